"""Turn the bytes of an old ``.xls`` workbook into its sheets. Only this module uses xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.binary import ERRORS
from pemdocs.workbook.formats.moments import MAC, USUAL, valued
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.grid import Range, Raw, Sheet


def sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The worksheets in the order of their tabs. Raises ``PemdocsError``, and whatever xlrd raises at broken files."""
    import xlrd  # only an old workbook needs it
    from xlrd.biffh import XLRDError

    try:
        book = xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
            ignore_workbook_corruption=True,
        )
    except XLRDError as error:
        # xlrd tells what is wrong in words only.
        locked = "encrypted" in str(error).lower() or "password" in str(error).lower()
        raise PemdocsError("unreadable-password" if locked else "unreadable-damaged", file=file) from error
    tally = Tally(file)
    return tuple(_sheet(book, number, tally) for number in range(book.nsheets))


def _sheet(book: Any, number: int, tally: Tally) -> Sheet:
    sheet = book.sheet_by_index(number)
    rows: dict[int, dict[int, Raw]] = {}
    for row in range(sheet.nrows):
        line = dict(_line(book, sheet, row, tally))
        if line:
            rows[row + 1] = line
    found = Sheet(
        name=sheet.name,
        rows=rows,
        hidden=bool(sheet.visibility),
        hidden_rows=frozenset(row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden and row + 1 in rows),
        hidden_columns=tuple((column + 1, column + 1) for column, about in sheet.colinfo_map.items() if about.hidden),
        merged=tuple(sorted(Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in _areas(sheet))),
        beside={"comments": len(sheet.cell_note_map)} if sheet.cell_note_map else {},
    )
    book.unload_sheet(number)
    return found


def _areas(sheet: Any) -> list[tuple[int, int, int, int]]:
    found: list[tuple[int, int, int, int]] = sheet.merged_cells
    return found[: limits.RANGES]


def _line(book: Any, sheet: Any, row: int, tally: Tally) -> Iterator[tuple[int, Raw]]:
    kinds, values = sheet.row_types(row), sheet.row_values(row)
    for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
        raw = _raw(book, kind, value, sheet.cell_xf_index(row, column)) if kind not in (0, 6) else None
        if raw is not None:
            tally.value()
            yield column + 1, raw


def _raw(book: Any, kind: int, value: Any, style: int) -> Raw | None:
    looks = book.xf_list[style] if style < len(book.xf_list) else None
    shape = book.format_map[looks.format_key].format_str if looks and looks.format_key in book.format_map else "General"
    struck = bool(looks and looks.font_index < len(book.font_list) and book.font_list[looks.font_index].struck_out)
    if kind == 1:
        return Raw(value, shape, struck=struck) if value else None
    if kind in (2, 3):
        return Raw(valued(value, shape, MAC if book.datemode else USUAL), shape, struck=struck)
    if kind == 4:
        return Raw(bool(value), shape, struck=struck)
    return Raw(ERRORS.get(value, "#?"), shape, "error-cell", struck=struck)
