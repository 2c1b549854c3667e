"""Turn a dossier into what tells of it: its list, its register, the pages that stand for untouched files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pemdocs.data.dataset import Linked
from pemdocs.facts.dossier import TO_SIGN
from pemdocs.knowledge.typography import typeset
from pemdocs.model import Bound, BoundFile, PemdocsError, Text
from pemdocs.packs import binding
from pemdocs.packs.gather import FILE, PACK, Dossier, Source
from pemdocs.packs.ready import Ready, Treatments, ready
from pemdocs.page.view import View
from pemdocs.project import kinds
from pemdocs.project.settings import Languages
from pemdocs.words import language
from pemdocs.writing import make

Sheet = make.Job | PemdocsError
"""A document of the frame that is to be made, or what kept it from being laid out."""

PIECES = ("supporting_documents", "piece")
"""The field whose labels are the titles of the pieces."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is known only when the pack is bound: its pages before the first piece, where each volume begins."""

    front: int = 2
    volumes: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class Frame:
    """The sheets of a dossier that tell of it. ``originals`` are by piece, one for each file attached untouched."""

    front: Sheet
    end: Sheet
    originals: tuple[tuple[Sheet, ...], ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All of them, in the order in which they are made."""
        return (self.front, self.end, *(sheet for some in self.originals for sheet in some))


def frame(dossier: Dossier, readies: Sequence[Sequence[Ready]], counts: Counts) -> Frame:
    """The frame of a dossier, as far as its pages are known by now."""
    pieces = bound(dossier, readies, counts)
    return Frame(
        front=_sheet(dossier, "front", pieces),
        end=_sheet(dossier, "end", pieces),
        originals=tuple(_originals(dossier, piece, some) for piece, some in zip(pieces, readies, strict=False)),
    )


def sheets(dossier: Dossier) -> dict[str, View]:
    """The list and the register by the file that each goes with, before anything is bound: no scan is opened."""
    readies = [tuple(map(_glanced, part.sources)) for part in dossier.parts]
    pieces = bound(dossier, readies, Counts())
    return {PACK: _view(dossier, "front", pieces), FILE: _view(dossier, "end", pieces)}


def _glanced(source: Source) -> Ready:
    return Ready(source, b"", 0, "", ()) if source.scanned else ready(source)


def _view(dossier: Dossier, role: str, pieces: tuple[Bound, ...]) -> View:
    kind = kinds.with_role(dossier.place, role, dossier.case.dataset.programme.templates)
    return View(kind, dossier.case, kind.versions(dossier.languages), (), pieces)


def _sheet(dossier: Dossier, role: str, pieces: tuple[Bound, ...]) -> Sheet:
    view = _view(dossier, role, pieces)
    page = make.laid_out(view)
    return page if isinstance(page, PemdocsError) else make.job(view.kind, dossier.case.record.id, page, "pdf")


def _originals(dossier: Dossier, piece: Bound, some: Sequence[Ready]) -> tuple[Sheet, ...]:
    there = [(file, each) for file, each in zip(piece.files, some, strict=True) if each.original]
    return tuple(_sheet(dossier, "original", (piece._replace(files=(file,)),)) for file, _ in there)


def bound(dossier: Dossier, readies: Sequence[Sequence[Ready]], counts: Counts) -> tuple[Bound, ...]:
    """The pieces with the page on which each begins; one that has no page has none."""
    pages = [sum(_pages(each) for each in some) for some in readies]
    firsts = binding.first_pages(pages, counts.front)
    several = len(counts.volumes) > 1
    found = []
    for part, some, count, first in zip(dossier.parts, readies, pages, firsts, strict=False):
        title = title_of(dossier.case, part.code, dossier.languages, draft=part.draft)
        volume = sum(begin <= first for begin in counts.volumes) if several else None
        waits: Treatments = ((TO_SIGN, {}),) if part.to_sign else ()
        files = tuple(_file(title, each, number, len(some), waits) for number, each in enumerate(some, 1))
        found.append(Bound(part.number, part.code, title, first if count else None, count, volume, files))
    return tuple(found)


def _pages(one: Ready) -> int:
    return 1 if one.original else one.pages


def _file(title: Text, one: Ready, number: int, of: int, further: Treatments) -> BoundFile:
    label = title if of == 1 else Text(tuple((lang, f"{words} ({number})") for lang, words in title.parts))
    return BoundFile(label, one.format, _pages(one), one.source.size, one.source.sha256, (*one.treatments, *further))


def title_of(case: Linked, code: str, languages: Languages, *, draft: bool = False) -> Text:
    """What a piece is called in each language; of what is not signed yet, that it is a draft."""
    table, name = PIECES
    field = case.dataset.tables[table].fields[name]
    said = ((lang, language.say_code(code, field, case.dataset.programme, lang)) for lang in languages)
    if draft:
        templates = case.dataset.programme.templates
        said = ((lang, f"{words} ({language.house_words(lang, templates)['draft']})") for lang, words in said)
    return Text(tuple((lang, typeset(words, lang)) for lang, words in said))


def parts_of(some: Sequence[Ready], originals: Sequence[bytes]) -> tuple[bytes, ...]:
    """The PDFs of a piece in order; for a file that is attached untouched the page that stands for it."""
    standing = iter(originals)
    return tuple(next(standing) if each.original else each.content for each in some)
