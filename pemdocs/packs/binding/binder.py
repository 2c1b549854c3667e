"""Turn a run of sheets into one bound file. Only this module knows what stands in a file besides its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from pemdocs.packs.binding import archive, stamps
from pemdocs.packs.binding.order import Binding, Sheet, collate, first_pages


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies ready to be bound: the opened parts of each piece, and every sheet of them in order."""

    binding: Binding
    parts: tuple[tuple[pikepdf.Pdf, ...], ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """The sheets from ``start`` up to ``stop`` as one file; ``label`` names it, empty where it is the only one."""

    start: int
    stop: int
    label: str = ""


def lay(binding: Binding) -> Desk:
    """Open all parts and count their pages."""
    parts = tuple(tuple(pikepdf.open(BytesIO(part)) for part in piece.parts if part) for piece in binding.pieces)
    return Desk(binding, parts, collate([[len(part.pages) for part in piece] for piece in parts]))


def pages(content: bytes) -> int:
    """How many pages a PDF has; an empty one has none."""
    if not content:
        return 0
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def holds_together(content: bytes) -> bool:
    """Whether a PDF can be bound: what would cost the whole dossier is better left out of it."""
    if not content:
        return True
    try:
        with pikepdf.open(BytesIO(content)) as source, pikepdf.new() as pdf:
            pdf.add_pages_from(source, outlines="ignore")
            archive.tidy(pdf)
            return len(pdf.pages) > 0
    except Exception:  # whatever may be wrong with it
        return False


def write(desk: Desk, cut: Cut, strips: stamps.Strips, *, archival: bool) -> bytes:
    """The file of a cut, its pages stamped with the strips; ``archival`` claims PDF/A-3b."""
    binding, sheets = desk.binding, desk.sheets[cut.start : cut.stop]
    pdf = pikepdf.new()
    for (piece, part), run in groupby(sheets, lambda sheet: (sheet.piece, sheet.part)):
        pdf.add_pages_from(desk.parts[piece][part], [sheet.index for sheet in run], outlines="ignore")
    archive.tidy(pdf)
    for page, form in zip(pdf.pages, strips.forms[cut.start : cut.stop], strict=True):
        stamps.place(page, pdf.copy_foreign(form))
    title = " – ".join(filter(None, (binding.title, cut.label)))
    archive.describe(pdf, title, binding.languages, binding.author, binding.subject, binding.modified)
    _find(pdf, desk, cut, title)
    for name, content in _originals(desk, cut):
        archive.attach(pdf, name, content, binding.modified)
    if archival:
        archive.claim(pdf, pdf.copy_foreign(strips.intents))
    return archive.save(pdf, binding.password)


def _find(pdf: pikepdf.Pdf, desk: Desk, cut: Cut, title: str) -> None:
    """Bookmarks, below the volume's title where there are several, and the running numbers as labels of the pages."""
    sheets = desk.sheets[cut.start : cut.stop]
    marks = [_bookmark(desk, list(run)) for _, run in groupby(enumerate(sheets), lambda each: each[1].piece)]
    with pdf.open_outline() as outline:
        if cut.label:
            volume = OutlineItem(title, 0)
            volume.children.extend(marks)
            marks = [volume]
        outline.root.extend(marks)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=sheets[0].at)]))


def _bookmark(desk: Desk, run: Sequence[tuple[int, Sheet]]) -> OutlineItem:
    """The bookmark of a piece whose sheets here have these places, with one below for each part of several."""
    place, sheet = run[0]
    piece = desk.binding.pieces[sheet.piece]
    number = f"{piece.number}." if piece.number else ""
    mark = OutlineItem(f"{number} {piece.title}".strip(), place)
    if len(desk.parts[sheet.piece]) > 1:
        for part, places in groupby(run, lambda each: each[1].part):
            mark.children.append(OutlineItem(f"{number}{part + 1}. {piece.title}", next(places)[0]))
    return mark


def _originals(desk: Desk, cut: Cut) -> Iterator[tuple[str, bytes]]:
    """The files attached to the pieces that begin in the cut; one without pages goes with the piece after it."""
    counts = [sum(len(part.pages) for part in parts) for parts in desk.parts]
    for piece, first in zip(desk.binding.pieces, first_pages(counts), strict=True):
        if cut.start < min(first, len(desk.sheets)) <= cut.stop:
            yield from piece.originals
