"""Turn lists of plain values into a workbook to read and to filter. No text of it is ever a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Plain = str | int | date | None

HEAD = PatternFill("solid", fgColor="0B4F6C")
MARKED = PatternFill("solid", fgColor="FFF6E0")
DAY = "dd/mm/yyyy"
LINE = 15
"""Points that a line of a cell takes: not every program works out how high a row with several must be."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet: its name, the headings with the widths of their columns in characters, the rows.

    ``marked`` are the numbers of the rows that want attention, ``hidden`` those of columns for programs, from 0.
    """

    name: str
    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Plain, ...], ...]
    marked: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()


def workbook(sheets: Sequence[Listed], title: str) -> bytes:
    """The workbook of these sheets: headings that stay in view, a filter on each column, days as days."""
    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.title = title
    book.properties.creator = "pemdocs"
    for each in sheets:
        _fill(book.create_sheet(each.name[:31]), each)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _fill(sheet: Worksheet, listed: Listed) -> None:
    for number, (label, width) in enumerate(listed.heads, 1):
        _put(sheet, 1, number, label)
        sheet.cell(1, number).font = Font(bold=True, color="FFFFFF")
        sheet.cell(1, number).fill = HEAD
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.column_dimensions[get_column_letter(number)].hidden = number - 1 in listed.hidden
    for place, row in enumerate(listed.rows):
        for number, value in enumerate(row, 1):
            _put(sheet, place + 2, number, value)
            if place in listed.marked:
                sheet.cell(place + 2, number).fill = MARKED
        sheet.row_dimensions[place + 2].height = LINE * _lines(row, listed)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listed.heads))}{len(listed.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _lines(row: Sequence[Plain], listed: Listed) -> int:
    """The lines of the highest cell of a row that is seen."""
    seen = [(value, width) for number, (value, (_, width)) in enumerate(zip(row, listed.heads, strict=True))
            if isinstance(value, str) and number not in listed.hidden]  # fmt: skip
    return max((sum(1 + len(part) // width for part in text.split("\n")) for text, width in seen), default=1)


def _put(sheet: Worksheet, row: int, column: int, value: Plain) -> None:
    cell = sheet.cell(row, column, value)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = DAY
