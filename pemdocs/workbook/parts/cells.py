"""Turn the part of a sheet into its rows and cells by name; where the file leaves a name out, it is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pemdocs.workbook.parts.splicing import Element, outline

REF = re.compile(r"([A-Z]+)([0-9]+)")


def rows(xml: bytes) -> Iterator[tuple[int, Element]]:
    """Each row with its number, from 1."""
    data = outline(xml, whole=True).first("sheetData")
    number = 0
    for row in data.children if data else ():
        number = int(row.attributes.get("r", number + 1))
        yield number, row


def cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Each cell of a row with the number of its column, from 1."""
    column = 0
    for cell in row.all("c"):
        found = REF.fullmatch(cell.attributes.get("r", ""))
        column = column_number(found[1]) if found else column + 1
        yield column, cell


def place(ref: str) -> tuple[int, int]:
    """The column and the row of a cell: ``F12`` is ``(6, 12)``. Raises ``ValueError`` for what is no cell."""
    found = REF.fullmatch(ref)
    if found is None:
        raise ValueError(ref)
    return column_number(found[1]), int(found[2])


def column_number(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
