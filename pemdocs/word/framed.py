"""Turn boxes, fronts and pulled quotes into what Word has for them. Only this module knows which frame each takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from pemdocs.word import references, tables
from pemdocs.word.frame import PROSE, Frame
from pemdocs.word.markup import HEADINGS, W, apart, close_story, mark, paragraph, restyle, style_of

Fill = Callable[[etree._Element, etree._Element, Frame], None]

BOXES = {
    "note": "PemdocsBoxNote",
    "pending": "PemdocsBoxPending",
    "lead": "PemdocsBoxLead",
    "practice": "PemdocsBoxPractice",
    "lesson": "PemdocsBoxLesson",
    "recommendation": "PemdocsBoxRecommendation",
}
ON_GROUND = {"Title": "PemdocsFrontTitle", "Subtitle": "PemdocsFrontSubtitle", "PemdocsLead": "PemdocsFrontLead"}
MUTED = frozenset({"PemdocsSecondLanguage", "PemdocsLabel", "Hyperlink"})
"""Passages whose own colour could not be read on a coloured ground."""

QUOTE = replace(PROSE, text="Quote")
BOX_PADDING, FRONT_PADDING = 440, 720


def write_box(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append a box: a table of one cell with a ground and a bar."""
    kinds = element.get("class", "").split()
    style = next((BOXES[kind] for kind in kinds if kind in BOXES), "PemdocsBox")
    _cell(element, out, frame, fill, style, BOX_PADDING)


def write_front(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append the front of a publication: its title in light words on a coloured ground."""
    cell = _cell(element, out, frame, fill, "PemdocsFront", FRONT_PADDING)
    for made in cell.iter(W + "p"):
        restyle(made, ON_GROUND.get(style_of(made), "PemdocsFrontText"))
    for style in list(cell.iter(W + "rStyle")):
        parent = style.getparent()
        if parent is not None and style.get(W + "val") in MUTED:
            parent.remove(style)


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
    """Append a pulled quote, its source kept with it."""
    before = len(out)
    fill(element, out, replace(frame, dress=QUOTE))
    made = list(out)[before:]
    for each in made:
        if style_of(each) == "PemdocsSource":
            restyle(each, "PemdocsQuoteSource")
    for each in made[:-1]:
        for inner in each.iter(W + "p"):
            mark(inner, "keepNext")
    references.bookmark_first(element, made[0] if made else paragraph(out, QUOTE.text), frame)
