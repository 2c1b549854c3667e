"""Turn passages that people fill in into content controls: a list to choose from, a day to pick, a box to tick, words.

Only this module knows how Word writes them.
"""

from __future__ import annotations

from lxml import etree

from pemdocs.writing.word.frame import Frame, tag_of
from pemdocs.writing.word.markup import W, sub

DAY, TICK, WORDS = "day", "tick", "words"
"""What ``data-fill`` says of a day, of a box to tick, of words; else it holds the choices, with bars between them.

What is filled in already follows behind a colon: ``tick:ticked``, ``day:2026-03-30``; ``day:room`` and ``words:room``
show room to fill in by hand, which gives way to the first sign that is typed.
"""

TICKED, ROOM = "ticked", "room"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SIGNS = {"checked": "0", "checkedState": "2612", "uncheckedState": "2610"}
"""A box that is not ticked, and the characters that Word shows."""
LONGEST_TAG = 64
"""Signs of a tag that Word takes."""


def control(parent: etree._Element, fills: str, frame: Frame, tag: str = "") -> etree._Element:
    """Append a content control, which ``tag`` tells apart once the file comes back; returns what its runs go into."""
    made = sub(parent, "sdt")
    properties = sub(made, "sdtPr")
    if tag and len(tag) <= LONGEST_TAG:
        sub(properties, "tag", val=tag)
    sort, _, said = fills.partition(":")
    if said == ROOM:
        sub(properties, "showingPlcHdr")
    if sort == DAY:
        _day(properties, frame, "" if said == ROOM else said)
    elif sort == TICK:
        _box(properties, ticked=said == TICKED)
    elif sort == WORDS:
        sub(properties, "text", multiLine="1")
    else:
        choices = etree.SubElement(properties, W + "dropDownList")
        for each in dict.fromkeys(fills.split("|")):
            sub(choices, "listItem", displayText=each, value=each)
    return sub(made, "sdtContent")


def _day(properties: etree._Element, frame: Frame, day: str) -> None:
    picked = etree.SubElement(properties, W + "date")
    if day:
        picked.set(W + "fullDate", f"{day}T00:00:00Z")
    sub(picked, "dateFormat", val="d MMMM yyyy")
    sub(picked, "lid", val=tag_of(frame.language))
    sub(picked, "storeMappedDataAs", val="date")
    sub(picked, "calendar", val="gregorian")


def _box(properties: etree._Element, ticked: bool) -> None:
    box = etree.SubElement(properties, f"{{{W14}}}checkbox", nsmap={"w14": W14})
    for name, value in {**SIGNS, "checked": str(int(ticked))}.items():
        sign = etree.SubElement(box, f"{{{W14}}}{name}", {f"{{{W14}}}val": value})
        if name != "checked":
            sign.set(f"{{{W14}}}font", "MS Gothic")
