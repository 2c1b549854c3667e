"""Turn the bytes of a Word file that comes back into the parts that are read; nothing of it is run or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.writing.own import opening

WHY = {
    "own-not-found": "review-not-found",
    "own-locked": "review-locked",
    "own-swollen": "review-swollen",
    "own-password": "review-password",
    "own-damaged": "review-damaged",
    "own-entities": "review-damaged",
}
"""What is wrong with a file, by what would be wrong with it as a template; else it is no Word document of today."""

PARTS = ("comments", "commentsExtended", "styles", "footnotes", "endnotes")
PROPERTIES = "docProps/custom.xml"
RELATIONS = "word/_rels/document.xml.rels"
TAG = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Returned:
    """The parts of a Word file that are read: its body, and by their sort those that it has beside it."""

    body: etree._Element
    beside: dict[str, etree._Element]


def opened(path: Path) -> Returned:
    """The parts of a Word file.

    Raises ``PemdocsError``: ``review-not-found``, ``review-locked``, ``review-not-word``, ``review-password``,
    ``review-damaged``, ``review-swollen``.
    """
    try:
        found = opening.unpacked(opening.read(path), path.name)
    except PemdocsError as fault:
        raise PemdocsError(WHY.get(fault.code, "review-not-word"), file=path.name) from fault
    try:
        names = dict(_named(found))
        beside = {sort: _parsed(found[name]) for sort, name in names.items()}
        return Returned(_parsed(found[opening.MAIN]), beside)
    except etree.XMLSyntaxError as fault:
        raise PemdocsError("review-damaged", file=path.name) from fault


def _named(found: opening.Parts) -> Iterator[tuple[str, str]]:
    """The parts beside the body by their sort, as its relations name them, else as Word does."""
    related = {}
    for each in _parsed(found[RELATIONS]).iter(TAG) if RELATIONS in found else ():
        target = each.get("Target", "")
        related[each.get("Type", "").rpartition("/")[2]] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("word", target))
        )
    if PROPERTIES in found:
        yield "properties", PROPERTIES
    for sort in PARTS:
        name = related.get(sort, f"word/{sort}.xml")
        if name in found:
            yield sort, name


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
