"""Turn the styles of two workbooks into one list: those of the second behind those of the first, with new numbers.

Only this module knows which numbers of a style lead where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pemdocs.workbook.parts.book import Book
from pemdocs.workbook.parts.package import Package
from pemdocs.workbook.parts.splicing import Element, edited, outline, prefix, readable
from pemdocs.workbook.parts.styles import children, extended, named, styled

LISTED = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
"""What a format of cells leads to, beside its format of numbers."""

FIRST_OWN = 164
"""From this number on, a format of numbers is a workbook's own."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The new numbers of the styles that were brought, by their old ones: of cells, and of conditional formats."""

    cells: Mapping[str, str]
    differences: Mapping[str, str]


def joined(book: Book, donor: Book) -> tuple[Package, Numbers]:
    """The package with the styles of the donor behind its own, and their new numbers."""
    package, part = styled(book)
    xml = readable(package.parts[part])
    root, there = etree.fromstring(_part(donor)), outline(xml)
    p = prefix(xml, there)
    shifts = {name: len(children(there, name)) for name in (*LISTED.values(), "cellXfs", "dxfs")}
    formats = _formats(xml, there, root)
    new = {name: [_moved(each, {}, formats) for each in _all(root, name)] for name in (*LISTED.values(), "dxfs")}
    new["numFmts"] = [_moved(each, {}, formats) for each in _all(root, "numFmts")]
    new["cellXfs"] = [_moved(each, shifts, formats) for each in _all(root, "cellXfs")]
    texts = {name: tuple(written(each, p) for each in found) for name, found in new.items() if found}
    edits = [edit for name, found in texts.items() for edit in extended(xml, there, name, found)]
    cells = {str(number): str(shifts["cellXfs"] + number) for number in range(len(new["cellXfs"]))}
    differences = {str(number): str(shifts["dxfs"] + number) for number in range(len(new["dxfs"]))}
    return package.having(part, edited(xml, edits)), Numbers(cells, differences)


def _part(book: Book) -> bytes:
    return book.package.parts[named(book)]


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    found = root.find(f"{{*}}{name}")
    return [] if found is None else list(found)


def _formats(xml: bytes, there: Element, root: etree._Element) -> dict[str, str]:
    """New numbers for the donor's own formats of numbers: behind those that are there."""
    taken = [int(each.attributes.get("numFmtId", "0")) for each in children(there, "numFmts")]
    first = max([FIRST_OWN - 1, *taken]) + 1
    return {each.get("numFmtId", ""): str(first + number) for number, each in enumerate(_all(root, "numFmts"))}


def _moved(each: etree._Element, shifts: Mapping[str, int], formats: Mapping[str, str]) -> etree._Element:
    """The style with the numbers that what it leads to has now; what it was based on stays behind."""
    for key, name in LISTED.items():
        if key in each.attrib and name in shifts:
            each.set(key, str(int(each.attrib[key]) + shifts[name]))
    if etree.QName(each).localname == "xf":
        each.set("xfId", "0")
    for said_ in each.iter(etree.Element):
        if said_.get("numFmtId") in formats:
            said_.set("numFmtId", formats[said_.get("numFmtId", "")])
    return each


def written(each: etree._Element, p: str) -> str:
    """An element as it is written in a file where the namespace has this prefix."""
    name = p + etree.QName(each).localname
    tags = "".join(f' {key!s}="{_quoted(str(value))}"' for key, value in each.attrib.items())
    inside = _text(each.text) + "".join(written(child, p) + _text(child.tail) for child in each)
    return f"<{name}{tags}>{inside}</{name}>" if inside else f"<{name}{tags}/>"


def _quoted(value: str) -> str:
    return _text(value).replace('"', "&quot;").replace("\n", "&#10;")


def _text(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
