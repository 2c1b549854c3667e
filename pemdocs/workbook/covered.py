"""Turn the merged ranges of a sheet into the values that lie under them, where nobody sees them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator

from pemdocs.workbook.grid import Range, Raw, Rows, Sheet

MOST_ABREAST = 256
"""Ranges in one row that are looked at; what lies under further ones is read like any other value."""


def split(sheet: Sheet) -> tuple[Rows, dict[tuple[int, int], Range]]:
    """The cells that are seen, and the place of each that is not with the range over it."""
    if not sheet.merged:
        return sheet.rows, {}
    rows: dict[int, dict[int, Raw]] = {}
    under: dict[tuple[int, int], Range] = {}
    for row, line, areas in _rows(sheet):
        over = {column: area for column in line if (area := _over(areas, row, column))}
        under |= {(row, column): area for column, area in over.items()}
        if len(over) < len(line):
            rows[row] = {column: raw for column, raw in line.items() if column not in over}
    return rows, under


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[int, Raw], list[Range]]]:
    """Each row with the ranges that reach into it, from left to right."""
    waiting = sorted(sheet.merged, reverse=True)
    open_: list[Range] = []
    nearest = 0
    for row in sorted(sheet.rows):
        if open_ and nearest < row:
            open_ = [area for area in open_ if area.bottom >= row]
            nearest = min((area.bottom for area in open_), default=0)
        while waiting and waiting[-1].top <= row:
            area = waiting.pop()
            if area.bottom >= row and len(open_) < MOST_ABREAST:
                nearest = min(nearest, area.bottom) if open_ else area.bottom
                insort(open_, area, key=_left)
        yield row, dict(sheet.rows[row]), open_


def _over(areas: list[Range], row: int, column: int) -> Range | None:
    place = bisect_right(areas, column, key=_left) - 1
    if place < 0 or areas[place].right < column:
        return None
    area = areas[place]
    return area if (row, column) != (area.top, area.left) else None


def _left(area: Range) -> int:
    return area.left
