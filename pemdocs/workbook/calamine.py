"""Turn the bytes of an .xls, .xlsb or .ods workbook into sheets of raw cells. Only this module uses python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator

import python_calamine

from pemdocs.workbook.grid import Range, Raw, Sheet, stored

Password = python_calamine.PasswordError


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """The worksheets in the order of their tabs. Raises whatever calamine raises on a workbook it cannot read.

    Number formats, formulas, hidden rows and error values are unknown here: calamine gives an error as an empty cell.
    """
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    visible = python_calamine.SheetVisibleEnum.Visible
    return tuple(
        _sheet(book.get_sheet_by_name(about.name), hidden=about.visible != visible)
        for about in book.sheets_metadata
        if about.typ == python_calamine.SheetTypeEnum.WorkSheet
    )


def _sheet(sheet: python_calamine.CalamineSheet, hidden: bool) -> Sheet:
    return Sheet(
        name=sheet.name,
        rows=dict(_rows(sheet)),
        hidden=hidden,
        merged=tuple(
            Range(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ),
    )


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[tuple[int, dict[int, Raw]]]:
    # The rows are given from the first on, the columns only from the first that is used.
    _, left = sheet.start or (0, 0)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = {
            column: Raw(stored(value)) for column, value in enumerate(values, start=left + 1) if value not in ("", None)
        }
        if cells:
            yield number, cells
