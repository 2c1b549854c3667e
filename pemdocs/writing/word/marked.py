"""Turn the headers of a Word file into ones that bear the mark of an example. Only this module knows where it stands.

It is a frame that stands on the sheet, above the running line: no line of the text moves.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from pemdocs.page.specimen import BETWEEN, is_mark
from pemdocs.writing.word.frame import tag_of
from pemdocs.writing.word.markup import SPACE, TWIPS_PER_MM, element, sub, words_in

TOP, SIDE, WIDTH = 3.5, 8.0, 70.0
"""Millimetres from the top and the right edge of the sheet, and how wide the frame is."""

SIZE, COLOUR = "15", "5A6572"
"""Half points; the theme’s colour of running lines."""

Said = tuple[tuple[str, str], ...]
"""The word in each language of the document."""


def said_on(body: etree._Element) -> Said:
    """What the mark of a page says; nothing where it bears none."""
    spans = (span for child in body if is_mark(child) for span in child.iter("span"))
    return tuple((span.get("lang", ""), words_in(span)) for span in spans)


def mark(document: Any, said: Said) -> None:
    """Put the mark into every header of a document, in place; a section without one gets it."""
    if not said:
        return
    both = document.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(document.sections):
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if both else []
        for header in headers:
            if number and header.is_linked_to_previous:
                continue
            if header.is_linked_to_previous:
                header.is_linked_to_previous = False
            left = section.page_width.mm - SIDE - WIDTH
            header.part.element.insert(0, _frame(said, left))


def _frame(said: Said, left: float) -> etree._Element:
    made = element("p")
    properties = sub(made, "pPr")
    place = {"hAnchor": "page", "vAnchor": "page", "wrap": "around", "hRule": "exact"}
    sub(properties, "framePr", w=_twips(WIDTH), h=_twips(4), **place, x=_twips(left), y=_twips(TOP))
    sub(properties, "spacing", before="0", after="0", line="240", lineRule="auto")
    sub(properties, "jc", val="right")
    for number, (language, words) in enumerate(said):
        run = sub(made, "r")
        look = sub(run, "rPr")
        sub(look, "color", val=COLOUR)
        sub(look, "sz", val=SIZE)
        sub(look, "lang", val=tag_of(language))
        text = sub(run, "t")
        text.text = words if number + 1 == len(said) else f"{words}{BETWEEN}"
        text.set(SPACE, "preserve")
    return made


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS_PER_MM))
