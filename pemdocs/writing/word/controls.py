"""Turn passages that people fill in into content controls: a list to choose from, a day to pick.

Only this module knows how Word writes them.
"""

from __future__ import annotations

from lxml import etree

from pemdocs.writing.word.frame import Frame, tag_of
from pemdocs.writing.word.markup import W, sub

DAY = "day"
"""What ``data-fill`` says of a day; otherwise it holds the choices, with bars between them."""


def control(parent: etree._Element, fills: str, frame: Frame) -> etree._Element:
    """Append a content control; returns what its runs go into."""
    made = sub(parent, "sdt")
    properties = sub(made, "sdtPr")
    if fills == DAY:
        _day(properties, frame)
    else:
        choices = etree.SubElement(properties, W + "dropDownList")
        for each in dict.fromkeys(fills.split("|")):
            sub(choices, "listItem", displayText=each, value=each)
    return sub(made, "sdtContent")


def _day(properties: etree._Element, frame: Frame) -> None:
    picked = etree.SubElement(properties, W + "date")
    sub(picked, "dateFormat", val="d MMMM yyyy")
    sub(picked, "lid", val=tag_of(frame.language))
    sub(picked, "storeMappedDataAs", val="date")
    sub(picked, "calendar", val="gregorian")
