"""Turn boxes, fronts and pulled quotes into what Word has for them. Only this module knows which frame each takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from pemdocs.writing.word import references, tables
from pemdocs.writing.word.frame import PROSE, Frame
from pemdocs.writing.word.inset import indented
from pemdocs.writing.word.markup import (
    HEADINGS,
    TWIPS_PER_MM,
    W,
    apart,
    close_story,
    mark,
    paragraph,
    restyle,
    style_of,
    sub,
)

Fill = Callable[[etree._Element, etree._Element, Frame], None]

BOXES = {
    "note": "PemdocsBoxNote",
    "pending": "PemdocsBoxPending",
    "lead": "PemdocsBoxLead",
    "practice": "PemdocsBoxPractice",
    "lesson": "PemdocsBoxLesson",
    "recommendation": "PemdocsBoxRecommendation",
}
IN_BOX = {
    "Heading1": "PemdocsBoxHeading1",
    "Heading2": "PemdocsBoxHeading2",
    "PemdocsHeading1Plain": "PemdocsBoxHeading1",
    "PemdocsHeading2Plain": "PemdocsBoxHeading2",
}
"""The titles of boxes: small, at the level that they have."""
ON_GROUND = {"Title": "PemdocsFrontTitle", "Subtitle": "PemdocsFrontSubtitle", "PemdocsLead": "PemdocsFrontLead"}
MUTED = frozenset({"PemdocsSecondLanguage", "PemdocsLabel", "Hyperlink"})
"""Passages whose own colour could not be read on a coloured ground."""

QUOTE = replace(PROSE, text="Quote")
CLOSE, BETWEEN = frozenset({"BodyText", "PemdocsSmall"}), "30"
"""The paragraphs of a box stand close (twips)."""
BESIDE = {"BodyText": "PemdocsQuoteBeside"}
"""A quote in a cell, which has the bar."""
BOX_PADDING, FRONT_PADDING, QUOTE_PADDING = 440, 720, 240
COVER_HEIGHT = 86.0
"""Millimetres of a front that is a cover: what the style sheet's room above the words and two lines of title make."""


def write_box(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append a box: a table of one cell with a ground and a bar."""
    kinds = element.get("class", "").split()
    if "heart" in kinds:
        _write_heart(element, out, frame, fill)
        return
    style = next((BOXES[kind] for kind in kinds if kind in BOXES), "PemdocsBox")
    cell = _cell(element, out, frame, fill, style, BOX_PADDING)
    for made in cell.iter(W + "p"):
        restyle(made, IN_BOX.get(style_of(made), style_of(made)))
    for made in list(cell)[1:-1]:
        if style_of(made) in CLOSE:
            mark(made, "spacing", after=BETWEEN)


def _write_heart(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append the heart of a sheet: between two lines, with air above and below."""
    apart(out, wide=True)
    _cell(element, out, frame, fill, "PemdocsBoxHeart", 0)
    apart(out)


def write_front(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append the front of a publication: its title in light words on a coloured ground."""
    kinds = element.get("class", "").split()
    bleeds = "bleed" in kinds
    cell = _cell(element, out, _whole_sheet(frame) if bleeds else frame, fill, "PemdocsFront", FRONT_PADDING)
    if bleeds:
        _reach(cell, frame)
    if "cover" in kinds:
        tables.stretch(cell, round(COVER_HEIGHT * TWIPS_PER_MM))
    for made in cell.iter(W + "p"):
        restyle(made, ON_GROUND.get(style_of(made), "PemdocsFrontText"))
    for style in list(cell.iter(W + "rStyle")):
        parent = style.getparent()
        if parent is not None and style.get(W + "val") in MUTED:
            parent.remove(style)


def _whole_sheet(frame: Frame) -> Frame:
    return replace(frame, width=round(frame.book.theme.page["width"] * TWIPS_PER_MM))


def _reach(cell: etree._Element, frame: Frame) -> None:
    """Let the ground of a front reach to both edges of the sheet, its words standing as wide as the text."""
    page = frame.book.theme.page
    sides = {
        side: str(round(page[margin] * TWIPS_PER_MM)) for side, margin in (("left", "inside"), ("right", "outside"))
    }
    margins = sub(cell[0], "tcMar")
    for side, wide in sides.items():
        sub(margins, side, w=wide, type="dxa")
    table = next(cell.iterancestors(W + "tbl"))
    indented(table, f"-{sides['left']}")


def _cell(
    element: etree._Element, out: etree._Element, frame: Frame, fill: Fill, style: str, padding: int
) -> etree._Element:
    apart(out)
    table = tables.new_table(out, style, [frame.width], first_row=False)
    row = tables.new_row(table, head=False, whole=element.find(".//table") is None)
    cell = tables.new_cell(row, frame.width)
    fill(element, cell, frame.narrowed(frame.width - padding, PROSE))
    close_story(cell)
    if style_of(cell[1]) in HEADINGS:
        mark(cell[1], "spacing", before="0")
    references.bookmark_first(element, table, frame)
    return cell


def write_quote(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append a pulled quote, its source kept with it; in two languages side by side, in a cell with the bar."""
    if element.find("div") is not None:
        _quote_beside(element, out, frame, fill)
        return
    before = len(out)
    fill(element, out, replace(frame, dress=QUOTE))
    made = list(out)[before:]
    for each in made:
        for inner in each.iter(W + "p"):
            if style_of(inner) == "PemdocsSource":
                restyle(inner, "PemdocsQuoteSource")
            if each is not made[-1]:
                mark(inner, "keepNext")
    references.bookmark_first(element, made[0] if made else paragraph(out, QUOTE.text), frame)


def _quote_beside(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    cell = _cell(element, out, frame, fill, "PemdocsBoxQuote", QUOTE_PADDING)
    for made in cell.iter(W + "p"):
        restyle(made, BESIDE.get(style_of(made), style_of(made)))
    for row in cell.iter(W + "tr"):
        if row.getnext() is not None:
            for made in row.iter(W + "p"):
                mark(made, "keepNext")
