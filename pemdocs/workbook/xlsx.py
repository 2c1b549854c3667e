"""Turn the bytes of an .xlsx or .xlsm workbook into sheets of raw cells. Only this module reads with openpyxl."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pemdocs.workbook.grid import Range, Raw, Sheet, stored

if TYPE_CHECKING:
    from openpyxl import Workbook

TEXT_TYPES = frozenset({"s", "str", "inlineStr"})


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """The worksheets in the order of their tabs. Raises whatever openpyxl raises on a workbook it cannot read."""
    with warnings.catch_warnings():
        # openpyxl tells what it would lose on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        book = _load(content, results=False)
        results = _load(content, results=True) if _has_formulas(book) else book
        return tuple(_sheet(sheet, results[sheet.title]) for sheet in book.worksheets)


def _load(content: bytes, results: bool) -> Workbook:
    from openpyxl import load_workbook  # a third of a second, which other commands need not wait for

    return load_workbook(io.BytesIO(content), data_only=results, keep_links=False)


def _has_formulas(book: Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet).values())


def _cells(sheet: Any) -> dict[tuple[int, int], Any]:
    # The public iterators walk the whole rectangle, so that one stray cell in XFD1048576 would never end.
    cells: dict[tuple[int, int], Any] = sheet._cells
    return cells


def _sheet(sheet: Any, results: Any) -> Sheet:
    rows: dict[int, dict[int, Raw]] = {}
    shown = _cells(results)
    for (row, column), cell in sorted(_cells(sheet).items()):
        raw = _raw(cell, shown.get((row, column), cell))
        if raw is not None:
            rows.setdefault(row, {})[column] = raw
    return Sheet(
        name=sheet.title,
        rows=rows,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(row for row, size in sheet.row_dimensions.items() if size.hidden),
        hidden_columns=frozenset(_hidden_columns(sheet)),
        merged=tuple(sorted(Range(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges)),
    )


def _raw(cell: Any, result: Any) -> Raw | None:
    if cell.data_type == "f" and result.value is None:
        # A formula whose result is the empty text has an empty value of type text; one never calculated has none.
        return None if result.data_type in TEXT_TYPES else Raw("", fault="formula-without-result")
    if result.value is None:
        return None
    if result.data_type == "e":
        return Raw(str(result.value), fault="error-cell")
    return Raw(stored(result.value), result.number_format)


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for size in sheet.column_dimensions.values():
        if size.hidden:
            yield from range(size.min, size.max + 1)
