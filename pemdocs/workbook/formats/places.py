"""Turn the names of cells and ranges into numbers. Only this module knows how files write them."""

from __future__ import annotations

import re

from pemdocs.workbook.formats import limits
from pemdocs.workbook.grid import Range

CELL = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\s*")
RANGE = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?\s*")


def place(name: str) -> tuple[int, int] | None:
    """Row and column of ``F12``, ``None`` for what names no cell of a sheet."""
    found = CELL.fullmatch(name)
    if not found:
        return None
    row, column = int(found[2]), column_of(found[1])
    return (row, column) if 0 < row <= limits.ROWS and column <= limits.COLUMNS else None


def column_of(letters: str) -> int:
    """The number of a column: ``A`` is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def area(name: str) -> Range | None:
    """The range of ``B4:C7``, the right way round; ``None`` for what names none."""
    found = RANGE.fullmatch(name)
    if not found or found[3] is None:
        return None
    rows = sorted((int(found[2]), int(found[4])))
    columns = sorted((column_of(found[1]), column_of(found[3])))
    return Range(rows[0], columns[0], min(rows[1], limits.ROWS), min(columns[1], limits.COLUMNS))
