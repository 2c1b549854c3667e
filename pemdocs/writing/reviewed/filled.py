"""Turn the controls of a Word file that came back into what was filled in, by the tag that says what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pemdocs.writing import roster
from pemdocs.writing.reviewed.opening import opened
from pemdocs.writing.reviewed.walking import DELETED, GAPS, TRACKED, W

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PARTS = re.compile(r"([a-z_]+)/([\w.+-]+)/([a-z_]+)(?:/([\w-]+))?")
"""A tag: table, record, field, and the code of a box or the language of words."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ON = ("1", "true", "on")


@dataclass(frozen=True, slots=True, repr=False)
class Filled:
    """A control: what it is for, and what was filled in; empty where nothing was. A box that is ticked says its code.

    ``more`` is the code of a box, of words the language of the paper. ``picked`` is the day of a control that lets
    people pick one: ``said`` is then what it shows, which they may have typed.
    """

    table: str
    id: str
    field: str
    more: str
    said: str
    picked: str = ""


def filled(path: Path) -> tuple[Filled, ...]:
    """The controls of a Word file that have a tag of ours, in its order. Raises ``PemdocsError`` as ``opened`` does."""
    returned = opened(path)
    roster.tagged(returned.body, returned.beside.get("properties"))
    found = (_filled(each) for each in returned.body.iter(f"{W}sdt"))
    return tuple(each for each in found if each is not None)


def _filled(control: etree._Element) -> Filled | None:
    properties = control.find(f"{W}sdtPr")
    tag = None if properties is None else properties.find(f"{W}tag")
    parts = None if tag is None else PARTS.fullmatch(tag.get(f"{W}val", ""))
    if properties is None or parts is None:
        return None
    table, name, field, more = parts.groups(default="")
    box = properties.find(f"{W14}checkbox")
    if box is not None:
        return Filled(table, name, field, more, more if _ticked(box) else "")
    said = _said(control, properties)
    return Filled(table, name, field, more, said, _picked(properties) if said else "")


def _ticked(box: etree._Element) -> bool:
    checked = box.find(f"{W14}checked")
    return checked is not None and checked.get(f"{W14}val", "1") in ON


def _said(control: etree._Element, properties: etree._Element) -> str:
    """The words of a control, those that were deleted left out; none where it shows that there is room for some."""
    shows = properties.find(f"{W}showingPlcHdr")
    if shows is not None and shows.get(f"{W}val", "1") not in ("0", "false", "off"):
        return ""
    return "".join(_words(control.find(f"{W}sdtContent"))).strip()


def _picked(properties: etree._Element) -> str:
    picked = properties.find(f"{W}date")
    found = DAY.match("" if picked is None else picked.get(f"{W}fullDate", ""))
    return found[0] if found else ""


def _words(content: etree._Element | None) -> Iterator[str]:
    for each in () if content is None else content.iterchildren(etree.Element):
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag in GAPS:
            yield GAPS[each.tag]
        elif TRACKED.get(each.tag) != DELETED and each.tag != f"{W}delText":
            yield from _words(each)
            yield "\n" if each.tag == f"{W}p" else ""
