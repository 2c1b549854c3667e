"""Turn dossiers into finished files, for the consulate and for the team, until the page numbers are true."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pemdocs.model import PemdocsError
from pemdocs.packs import binding
from pemdocs.packs.frame import Counts, Frame, bound, frame, parts_of, title_of
from pemdocs.packs.gather import FILE, PACK, Dossier, Part, Source
from pemdocs.packs.ready import Ready, ready, unread
from pemdocs.page.view import View
from pemdocs.project import kinds
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
    """A finished file: a volume of a binding or a sheet of its frame. ``too_large``: one page passes the limit.

    ``stem`` is the binding that it belongs to.
    """

    path: str
    stem: str
    kind: str
    languages: tuple[str, ...]
    content: bytes
    pages: int
    too_large: bool = False


Readies = tuple[tuple[Ready, ...], ...]
"""The files of several pieces made ready, by piece."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A dossier on its way: its files made ready, and what is known of its pages."""

    dossier: Dossier
    readies: Readies
    team: Readies
    counts: Counts


Result = list[Packed] | PemdocsError
Orders = tuple[binding.Binding, binding.Binding]
"""What is bound for the consulate, and for the team."""


def fingerprint(dossier: Dossier, stem: str) -> str:
    """What one of the files is made from, as one hash; the password is not part of it."""
    drawn = frame(dossier, [()] * len(dossier.parts), Counts())
    sheets = drawn.sheets if stem == FILE else (drawn.front, *drawn.sheets[2:])
    parts = (*dossier.parts, *dossier.team) if stem == FILE else dossier.parts
    sources = [source.sha256 or str(source.size) for part in parts for source in part.sources]
    codes = [f"{part.number} {part.code} {len(part.sources)}" for part in parts]
    marks = [make.fingerprint(sheet) for sheet in sheets if isinstance(sheet, make.Job)]
    told = [*dossier.languages, stem, dossier.tail, str(dossier.wanted.max_bytes), *codes, *sources, *marks]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def assemble(dossiers: Sequence[Dossier], crew: Crew = HERE) -> Iterator[tuple[Dossier, Result]]:
    """Every dossier's files, or the fault that stopped them; one that fails does not stop the others."""
    for start in range(0, len(dossiers), AT_ONCE):
        some = dossiers[start : start + AT_ONCE]
        every = (part for each in some for part in (*each.parts, *each.team))
        found = _readies({source.path: source for part in every for source in part.sources}, crew)
        works = [_Work(each, _of(each.parts, found), _of(each.team, found), Counts()) for each in some]
        yield from zip(some, _settled(works, crew), strict=True)


def _of(parts: Sequence[Part], found: Mapping[Path, Ready]) -> Readies:
    return tuple(tuple(found[source.path] for source in part.sources) for part in parts)


def _readies(sources: Mapping[Path, Source], crew: Crew) -> dict[Path, Ready]:
    """The files made ready; one over which a worker came to its end counts as unreadable."""
    made = crew.many(ready, [(source,) for source in sources.values()])
    return {
        path: unread(sources[path]) if isinstance(each, PemdocsError) else each
        for path, each in zip(sources, made, strict=True)
    }


def _settled(works: Sequence[_Work], crew: Crew) -> list[Result]:
    """Every dossier, made until its list says the pages on which the pieces really are."""
    done: dict[int, Result] = {}
    open_ = dict(enumerate(works))
    for _ in range(ROUNDS):
        made = zip(list(open_), _round(list(open_.values()), crew), strict=True)
        for number, (result, seen) in list(made):
            if isinstance(result, PemdocsError) or seen == open_[number].counts:
                done[number] = result
                del open_[number]
            else:
                open_[number] = replace(open_[number], counts=seen)
    return [done.get(number, PemdocsError("document-failed", reason="pages")) for number in range(len(works))]


def _round(works: Sequence[_Work], crew: Crew) -> list[tuple[Result, Counts]]:
    """Each dossier made once, with what was seen of its pages."""
    frames = [frame(work.dossier, work.readies, work.counts) for work in works]
    jobs = [sheet for each in frames for sheet in each.sheets if isinstance(sheet, make.Job)]
    made = iter(make.make_all(jobs, crew))
    sheets = [[next(made) if isinstance(sheet, make.Job) else sheet for sheet in each.sheets] for each in frames]
    orders = [_orders(*each) for each in zip(works, frames, sheets, strict=True)]
    sound = {number: some for number, some in enumerate(orders) if not isinstance(some, PemdocsError)}
    drafts = dict(zip(sound, crew.many(_bind, [(_draft(pack),) for pack, _ in sound.values()]), strict=True))
    seen = [_seen(work, sheets[number], drafts.get(number)) for number, work in enumerate(works)]
    found = [number for number, each in drafts.items() if not isinstance(each, PemdocsError)]
    settled = [number for number in found if seen[number] == works[number].counts]
    files = iter(crew.many(_bind, [(each,) for number in settled for each in sound[number]]))
    done: dict[int, Result] = {number: some for number, some in enumerate(orders) if isinstance(some, PemdocsError)}
    done |= {number: some for number, some in drafts.items() if isinstance(some, PemdocsError)}
    for number in settled:
        done[number] = _packed(works[number], frames[number], sheets[number], (next(files), next(files)))
    return [(done.get(number, []), seen[number]) for number in range(len(works))]


def _draft(order: binding.Binding) -> binding.Binding:
    """The same for its page numbers alone: whether it keeps to a standard is looked at once they are settled."""
    return replace(order, pieces=tuple(replace(each, archival=False) for each in order.pieces))


def _seen(
    work: _Work, sheets: Sequence[make.Made | PemdocsError], pack: tuple[binding.Volume, ...] | PemdocsError | None
) -> Counts:
    """The pages of the list, and where each volume begins; what was thought where there is no file."""
    if pack is None or isinstance(pack, PemdocsError):
        return work.counts
    front = sheets[0]
    pages = 0 if isinstance(front, PemdocsError) else front[1] or 0
    return Counts(pages, tuple(each.first for each in pack))


def _bind(order: binding.Binding) -> tuple[binding.Volume, ...] | PemdocsError:
    try:
        return binding.bind(order)
    except Exception as error:  # a fault of ours in one file must not cost the others
        return PemdocsError("document-failed", reason=type(error).__name__)


def _orders(work: _Work, frame: Frame, sheets: Sequence[make.Made | PemdocsError]) -> Orders | PemdocsError:
    """What is to be bound, in its order; the fault of a sheet that could not be made."""
    fault = next((sheet for sheet in sheets if isinstance(sheet, PemdocsError)), None)
    if fault is not None or not isinstance(frame.front, make.Job):
        return fault or PemdocsError("document-failed", reason="contents")
    contents = [sheet[0] for sheet in sheets if not isinstance(sheet, PemdocsError)]
    page, dossier = frame.front.page, work.dossier
    words = language.house_words(dossier.languages[0], dossier.case.dataset.programme.templates)
    pack = binding.Binding(
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
    )
    register = _register(dossier)
    end = binding.Piece(0, register.say("title").parts[0][1], (contents[1],))
    title = register.say("team").parts[0][1]
    return pack, replace(pack, title=title, pieces=(*_inner(work), end))


def _pieces(work: _Work, frame: Frame, contents: Sequence[bytes]) -> Iterator[binding.Piece]:
    """The pieces of the consulate's list."""
    standing = iter(contents[2:])
    titles = [piece.title.parts[0][1] for piece in bound(work.dossier, work.readies, work.counts)]
    for part, some, sheets, title in zip(work.dossier.parts, work.readies, frame.originals, titles, strict=True):
        files = parts_of(some, [next(standing) for _ in sheets])
        yield _piece(part.number, title, files, some, f"piece-{part.number:02d}")


def _inner(work: _Work) -> Iterator[binding.Piece]:
    """The papers of the team; a file that is signed is attached without a page that stands for it."""
    dossier = work.dossier
    for part, some in zip(dossier.team, work.team, strict=True):
        yield _piece(
            0, _title(dossier, part), tuple(each.content for each in some if not each.original), some, part.code
        )


def _piece(number: int, title: str, files: tuple[bytes, ...], some: Sequence[Ready], name: str) -> binding.Piece:
    originals = [each.original for each in some if each.original]
    names = [f"{name}-{at}.pdf" for at in range(1, len(originals) + 1)]
    archival = all(each.archival for each in some)
    return binding.Piece(number, title, files, tuple(zip(names, originals, strict=True)), archival)


def _title(dossier: Dossier, part: Part) -> str:
    """What a paper of the team is called: by its kind, or as the list of pieces calls it."""
    templates = dossier.case.dataset.programme.templates
    if part.code in kinds.available(templates):
        return kinds.title(part.code, dossier.languages[0], templates)
    return title_of(dossier.case, part.code, dossier.languages).parts[0][1]


def _register(dossier: Dossier) -> View:
    kind = kinds.with_role(dossier.place, "end", dossier.case.dataset.programme.templates)
    return View(kind, dossier.case, dossier.languages)


def _packed(
    work: _Work,
    frame: Frame,
    sheets: Sequence[make.Made | PemdocsError],
    bindings: tuple[tuple[binding.Volume, ...] | PemdocsError, ...],
) -> Result:
    files: list[Packed] = []
    for stem, volumes, job, made in zip((PACK, FILE), bindings, (frame.front, frame.end), sheets, strict=False):
        if isinstance(volumes, PemdocsError):
            return volumes
        files += _volumes(work.dossier, stem, volumes)
        if isinstance(job, make.Job) and not isinstance(made, PemdocsError):
            files.append(Packed(job.path, stem, job.kind, job.page.languages, made[0], made[1] or 0))
    return files


def _volumes(dossier: Dossier, stem: str, volumes: Sequence[binding.Volume]) -> Iterator[Packed]:
    for number, each in enumerate(volumes, 1):
        path = path_of(dossier, stem, number, len(volumes))
        yield Packed(path, stem, dossier.place, dossier.languages, each.content, each.pages, each.too_large)


def path_of(dossier: Dossier, stem: str, number: int = 1, of: int = 1) -> str:
    """Where a file of a dossier lies under the output folder, or one of its volumes."""
    name = f"{stem}{dossier.tail}"
    name = name if of == 1 else f"{name}-{number}-of-{of}"
    return f"{dossier.place}/{dossier.case.record.id}/{name}.pdf"
