"""Turn the parts of a Word file into passages: the text of each paragraph, with where it stands and what holds it.

Only this module knows which elements of Word carry text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lxml import etree

from pemdocs.writing.own.cleaning import tree_of
from pemdocs.writing.own.opening import Parts
from pemdocs.writing.word.markup import W

STORIES = re.compile(r"word/(document|header|footer|footnotes)\d*\.xml")
"""The parts that are filled in, in the order in which they are read."""

STYLES = "word/styles.xml"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
"""What stands for the elements of a run that are white space or hyphens."""

THING = "\ufffc"
"""What stands for a picture, a note, a field: anything that is no text."""

SILENT = frozenset(W + name for name in ("rPr", "lastRenderedPageBreak", "proofErr", "delText", "instrText"))
HEADING = re.compile(r"(?:heading|titre|kop) [1-9]", re.IGNORECASE)
HOLDERS = frozenset(W + name for name in ("hyperlink", "smartTag", "sdt", "fldSimple", "ins", "moveTo", "bdo", "dir"))
"""What holds runs inside a paragraph: a tag may not begin in one and end in another."""


ALTERNATIVE, SETTING = "alternative", "setting"
"""Where a passage is that stands in no text: in what is read of a picture or a table, in a setting of Word."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: numbers from one, zero where it stands in none; ``heading`` is the nearest above it.

    ``apart`` is where it is if it stands in no text.
    """

    part: str
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    heading: str = ""
    box: bool = False
    apart: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of a passage: the element that holds it, its first sign and the one behind its last.

    ``attribute`` is what of the element holds it, where that is not its text.
    """

    element: etree._Element
    start: int
    end: int
    attribute: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Passage:
    """The text of a paragraph. ``name`` is the part's, ``double`` says that Word shows another copy of it.

    ``at`` is where the thing stands in its paragraph that holds a passage apart.
    """

    name: str
    element: etree._Element
    text: str
    pieces: tuple[Piece, ...]
    place: Place
    double: bool = False
    at: int = 0

    def above(self, name: str) -> etree._Element | None:
        """The nearest element of this name that holds the paragraph."""
        return next(self.element.iterancestors(W + name), None)

    def within(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that a stretch of the text touches."""
        return tuple(piece for piece in self.pieces if piece.start < end and start < piece.end)


Trees = Mapping[str, etree._Element]


def trees(parts: Parts, file: str) -> dict[str, etree._Element]:
    """The parts that are filled in, as trees, in the order in which they are read."""
    found = {name: STORIES.fullmatch(name) for name in parts}
    order = ("document", "header", "footer", "footnotes")
    names = sorted((name for name, match in found.items() if match), key=lambda name: order.index(part_of(name)))
    return {name: tree_of(parts[name], file) for name in names}


def part_of(name: str) -> str:
    """What a part is: ``document``, ``header``, ``footer``, ``footnotes``."""
    return re.sub(r"\d+$", "", PurePosixPath(name).stem)


def passages(name: str, root: etree._Element, headings: frozenset[str]) -> Iterator[Passage]:
    """The passages of a part in their order; ``headings`` are the ids of the styles of headings."""
    place = Place(part_of(name))
    tables = {table: number for number, table in enumerate(root.iter(W + "tbl"), 1)}
    count = 0
    for paragraph in root.iter(W + "p"):
        text, pieces = _text(paragraph)
        table = next(paragraph.iterancestors(W + "tbl"), None)
        box = next(paragraph.iterancestors(W + "txbxContent"), None) is not None
        if table is None and not box and text.strip():
            count += 1
            if _heads(paragraph, headings):
                place = replace(place, heading=" ".join(text.replace(THING, "").split())[:60])
        here = _here(replace(place, box=box), paragraph, table, tables, count)
        double = next(paragraph.iterancestors(MC + "Fallback"), None) is not None
        yield Passage(name, paragraph, text, pieces, here, double)
        code, parts = _field_code(paragraph)
        if "{" in code:
            yield Passage(name, paragraph, code, parts, here, double)


def heading_styles(parts: Parts, file: str) -> frozenset[str]:
    """The ids of the styles that make headings."""
    if STYLES not in parts:
        return frozenset()
    found = set()
    for style in tree_of(parts[STYLES], file).iter(W + "style"):
        name = style.find(W + "name")
        named = name is not None and HEADING.fullmatch(name.get(W + "val", ""))
        if named or style.find(f"{W}pPr/{W}outlineLvl") is not None:
            found.add(style.get(W + "styleId", ""))
    return frozenset(found)


def _here(
    place: Place,
    paragraph: etree._Element,
    table: etree._Element | None,
    tables: Mapping[etree._Element, int],
    count: int,
) -> Place:
    """A place with its numbers: of the paragraph, or of the table with row and cell."""
    if table is None:
        return replace(place, paragraph=count)
    cell = next(paragraph.iterancestors(W + "tc"))
    row = next(cell.iterancestors(W + "tr"))
    return replace(
        place,
        table=tables[table],
        row=1 + sum(1 for _ in row.itersiblings(W + "tr", preceding=True)),
        cell=1 + sum(1 for _ in cell.itersiblings(W + "tc", preceding=True)),
    )


def _heads(paragraph: etree._Element, headings: frozenset[str]) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    if style is not None and style.get(W + "val") in headings:
        return True
    return paragraph.find(f"{W}pPr/{W}outlineLvl") is not None


def _text(paragraph: etree._Element) -> tuple[str, tuple[Piece, ...]]:
    """What is read in a paragraph itself, without the boxes that hang on it."""
    words, pieces, at = [], [], 0
    for run in _runs(paragraph):
        for child in run:
            said = _said(child)
            if said:
                pieces.append(Piece(child, at, at + len(said)))
                words.append(said)
                at += len(said)
    return "".join(words), tuple(pieces)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    for child in paragraph:
        if child.tag == W + "r":
            yield child
        elif child.tag in HOLDERS or child.tag == W + "sdtContent":
            yield from _runs(child)


def _said(child: etree._Element) -> str:
    if child.tag == W + "t":
        return child.text or ""
    if child.tag in SILENT or not isinstance(child.tag, str):
        return ""
    return SIGNS.get(child.tag, THING)


def _field_code(paragraph: etree._Element) -> tuple[str, tuple[Piece, ...]]:
    """The instructions of the fields in a paragraph, which are filled in too."""
    pieces, at = [], 0
    found = [each for run in _runs(paragraph) for each in run.iterchildren(W + "instrText")]
    for each in found:
        pieces.append(Piece(each, at, at + len(each.text or "")))
        at += len(each.text or "")
    return "".join(each.text or "" for each in found), tuple(pieces)
