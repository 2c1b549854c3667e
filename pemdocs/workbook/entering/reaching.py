"""Turn a sheet into one whose lists, checks, colours and tables reach its new rows as they reached the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pemdocs.workbook.parts.package import Package, links
from pemdocs.workbook.parts.splicing import Edit, Element, edited, outline, readable, said

RANGE = re.compile(r"(\$?[A-Z]+\$?)([0-9]+)(?::(\$?[A-Z]+\$?)([0-9]+))?")
HELD = ("conditionalFormatting", "dataValidations")


def reached(found: Package, part: str, new: Sequence[int]) -> Package:
    """The package in which what ends in the row above the new rows (``[18, 19]``) ends in the last of them."""
    above, last = min(new) - 1, max(new)
    xml = readable(found.parts[part])
    found = found.having(part, edited(xml, list(_ranges(xml, above, last))))
    for link in links(found, part):
        if link.type == "table" and link.target in found.parts:
            table = readable(found.parts[link.target])
            found = found.having(link.target, edited(table, list(_table(table, above, last))))
    return found


def _ranges(xml: bytes, above: int, last: int) -> Iterator[Edit]:
    root = outline(xml)
    extent = root.first("dimension")
    if extent is not None:
        yield from _longer(xml, extent, "ref", above, last)
    for each in root.children:
        if each.name in HELD:
            for one in (each, *each.children):
                yield from _longer(xml, one, "sqref", above, last)


def _table(xml: bytes, above: int, last: int) -> Iterator[Edit]:
    """A table of Excel's and its filter; one that ends with totals stays as it is."""
    root = outline(xml)
    if root.attributes.get("totalsRowCount", "0") == "0":
        for each in (root, *root.all("autoFilter")):
            yield from _longer(xml, each, "ref", above, last)


def _longer(xml: bytes, element: Element, key: str, above: int, last: int) -> Iterator[Edit]:
    there = element.attributes.get(key, "")

    def end(found: re.Match[str]) -> str:
        first, top, right, bottom = found[1], found[2], found[3] or found[1], int(found[4] or found[2])
        return f"{first}{top}:{right}{last}" if bottom == above else found[0]

    longer = RANGE.sub(end, there)
    if longer != there:
        yield said(xml, element, key, longer)
