"""Turn dossiers into finished packs: scans made ready, frame made, all bound, until the page numbers are true."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pemdocs.model import PemdocsError
from pemdocs.packs import binding
from pemdocs.packs.frame import Counts, Frame, bound, frame, last_number, parts_of
from pemdocs.packs.gather import Dossier, Source
from pemdocs.packs.ready import Ready, ready, unread
from pemdocs.words import language
from pemdocs.writing import make
from pemdocs.writing.crew import Crew
from pemdocs.writing.make import HERE

AT_ONCE = 4
"""So many dossiers are in memory at a time."""

ROUNDS = 5
"""So often at the most the frame is made: longer contents move the pieces, and a new volume lengthens them."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A finished file: a volume of the pack or a sheet of its frame. ``too_large``: one page passes the limit."""

    path: str
    kind: str
    languages: tuple[str, ...]
    content: bytes
    pages: int
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class _Work:
    """A dossier on its way: its files made ready, by piece, and what is known of its pages."""

    dossier: Dossier
    readies: tuple[tuple[Ready, ...], ...]
    counts: Counts


Result = list[Packed] | PemdocsError


def fingerprint(dossier: Dossier) -> str:
    """What a pack is made from, as one hash; the password is not part of it."""
    sources = [source.sha256 or str(source.size) for part in dossier.parts for source in part.sources]
    codes = [f"{part.number} {part.code} {len(part.sources)}" for part in dossier.parts]
    sheets = frame(dossier, [()] * len(dossier.parts), Counts()).sheets
    marks = [make.fingerprint(sheet) for sheet in sheets if isinstance(sheet, make.Job)]
    told = [*dossier.languages, dossier.stem, str(dossier.wanted.max_bytes), *codes, *sources, *marks]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def assemble(dossiers: Sequence[Dossier], crew: Crew = HERE) -> Iterator[tuple[Dossier, Result]]:
    """Every pack with its frame, or the fault that stopped it; one that fails does not stop the others."""
    for start in range(0, len(dossiers), AT_ONCE):
        some = dossiers[start : start + AT_ONCE]
        sources = {source.path: source for each in some for part in each.parts for source in part.sources}
        found = _readies(sources, crew)
        works = [
            _Work(each, tuple(tuple(found[source.path] for source in part.sources) for part in each.parts), Counts())
            for each in some
        ]
        yield from zip(some, _settled(works, crew), strict=True)


def _readies(sources: Mapping[Path, Source], crew: Crew) -> dict[Path, Ready]:
    """The files made ready; one over which a worker came to its end counts as unreadable."""
    made = crew.many(ready, [(source,) for source in sources.values()])
    return {
        path: unread(sources[path]) if isinstance(each, PemdocsError) else each
        for path, each in zip(sources, made, strict=True)
    }


def _settled(works: Sequence[_Work], crew: Crew) -> list[Result]:
    """Every pack, made until the contents say the pages on which the pieces really are."""
    done: dict[int, Result] = {}
    open_ = dict(enumerate(works))
    for _ in range(ROUNDS):
        made = zip(list(open_), _round(list(open_.values()), crew), strict=True)
        for number, (result, seen) in list(made):
            if isinstance(result, PemdocsError) or seen == open_[number].counts:
                done[number] = result
                del open_[number]
            else:
                open_[number] = _Work(open_[number].dossier, open_[number].readies, seen)
    return [done.get(number, PemdocsError("document-failed", reason="pages")) for number in range(len(works))]


def _round(works: Sequence[_Work], crew: Crew) -> list[tuple[Result, Counts]]:
    """Each pack made once, with what was seen of its pages."""
    frames = [frame(work.dossier, work.readies, work.counts) for work in works]
    jobs = [sheet for each in frames for sheet in each.sheets if isinstance(sheet, make.Job)]
    made = iter(make.make_all(jobs, crew))
    sheets = [[next(made) if isinstance(sheet, make.Job) else sheet for sheet in each.sheets] for each in frames]
    orders = [_order(*each) for each in zip(works, frames, sheets, strict=True)]
    volumes = iter(crew.many(_bind, [(order,) for order in orders if isinstance(order, binding.Binding)]))
    return [
        (order, work.counts) if isinstance(order, PemdocsError) else _packed(work, each, some, next(volumes))
        for work, each, some, order in zip(works, frames, sheets, orders, strict=True)
    ]


def _bind(order: binding.Binding) -> tuple[binding.Volume, ...] | PemdocsError:
    try:
        return binding.bind(order)
    except Exception as error:  # a fault of ours in one pack must not cost the others
        return PemdocsError("document-failed", reason=type(error).__name__)


def _order(work: _Work, frame: Frame, sheets: Sequence[make.Made | PemdocsError]) -> binding.Binding | PemdocsError:
    """What is to be bound, in its order; the fault of a sheet that could not be made."""
    fault = next((sheet for sheet in sheets if isinstance(sheet, PemdocsError)), None)
    if fault is not None or not isinstance(frame.front, make.Job):
        return fault or PemdocsError("document-failed", reason="contents")
    contents = [sheet[0] for sheet in sheets if not isinstance(sheet, PemdocsError)]
    page, dossier = frame.front.page, work.dossier
    words = language.house_words(dossier.languages[0], dossier.case.dataset.programme.templates)
    return binding.Binding(
        title=page.title,
        languages=dossier.languages,
        author=page.author,
        subject=page.subject,
        modified=page.modified,
        pieces=(binding.Piece(0, page.title, (contents[0],)), *_pieces(work, frame, contents)),
        stamp=words["stamp"],
        volume=words["volume"],
        max_bytes=dossier.wanted.max_bytes,
        password=dossier.wanted.password,
        front=binding.pages(contents[0]),
    )


def _pieces(work: _Work, frame: Frame, contents: Sequence[bytes]) -> Iterator[binding.Piece]:
    """The pieces of the consulate's list, then the register."""
    standing = iter(contents[2:])
    titles = _titles(work)
    for part, some, sheets, title in zip(work.dossier.parts, work.readies, frame.originals, titles, strict=False):
        originals = [each.original for each in some if each.original]
        names = [f"piece-{part.number:02d}-{number}.pdf" for number in range(1, len(originals) + 1)]
        files = parts_of(some, [next(standing) for _ in sheets])
        archival = all(each.archival for each in some)
        yield binding.Piece(part.number, title, files, tuple(zip(names, originals, strict=True)), archival)
    yield binding.Piece(last_number(work.dossier) + 1, titles[-1], (contents[1],))


def _titles(work: _Work) -> list[str]:
    return [piece.title.parts[0][1] for piece in bound(work.dossier, work.readies, work.counts)]


def _packed(
    work: _Work,
    frame: Frame,
    sheets: Sequence[make.Made | PemdocsError],
    volumes: tuple[binding.Volume, ...] | PemdocsError,
) -> tuple[Result, Counts]:
    if isinstance(volumes, PemdocsError):
        return volumes, work.counts
    dossier = work.dossier
    files = [
        Packed(path_of(dossier, number, len(volumes)), dossier.place, dossier.languages, each.content, each.pages,
               each.too_large)
        for number, each in enumerate(volumes, 1)
    ]  # fmt: skip
    for job, made in zip((frame.front, frame.end), sheets, strict=False):
        if isinstance(job, make.Job) and not isinstance(made, PemdocsError):
            files.append(Packed(job.path, job.kind, job.page.languages, made[0], made[1] or 0))
    front = sheets[0]
    pages = 0 if isinstance(front, PemdocsError) else front[1] or 0
    return files, Counts(pages, tuple(each.first for each in volumes))


def path_of(dossier: Dossier, number: int = 1, of: int = 1) -> str:
    """Where a pack lies under the output folder, or one of its volumes."""
    stem = dossier.stem if of == 1 else f"{dossier.stem}-{number}-of-{of}"
    return f"{dossier.place}/{dossier.case.record.id}/{stem}.pdf"
