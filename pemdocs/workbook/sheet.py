"""Turn a table and its rows into a sheet to be filled in. Only this module knows how a data sheet is laid out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from math import ceil
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pemdocs.model import PemdocsError
from pemdocs.workbook import values
from pemdocs.workbook.choices import Choices, validation
from pemdocs.workbook.columns import EXAMPLE_ROW, FIRST_ROW, HEADING_ROW, Column, Layout, letter
from pemdocs.workbook.looks import Looks, band, ground, placed
from pemdocs.workbook.words import WorkbookWords

COMMENT = "#"
"""A row whose first filled cell starts with it is not data."""

LINE, AIR = 15.0, 9.0
"""The height of a line of a heading, and the room above and below it, in points."""

A4, PAGE = 9, 200
"""Excel's number for the paper, and the digits that can be read across one page of it."""

GROUPED, WHOLE = "#,##0.##", "#,##0"
WHOLE_FORMAT = 3
"""Excel's own number for ``#,##0``."""


def write(
    workbook: Workbook,
    layout: Layout,
    rows: Sequence[Mapping[str, object]],
    choices: Choices,
    looks: Looks,
    words: WorkbookWords,
    language: str,
) -> None:
    """Add the sheet of a table: headings, example, data, checks, formats, print setup."""
    sheet = workbook.create_sheet(layout.sheet)
    sheet.sheet_properties.tabColor = looks.stage(layout.stage)
    for number, column in enumerate(layout.columns, 1):
        _column(sheet, number, column)
        _heading(put(sheet, HEADING_ROW, number, column.heading), column, looks)
        sheet.add_data_validation(validation(column, layout.cells(number), choices, words, language))
    sheet.row_dimensions[HEADING_ROW].height = _height(layout.columns)
    _example(sheet, layout.columns, choices, looks, words)
    for row, record in enumerate(rows, FIRST_ROW):
        _record(sheet, row, layout, record, choices, words)
    _whole_numbers(sheet, layout)
    sheet.freeze_panes = f"{letter(layout.frozen + 1)}{HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{letter(len(layout.columns))}{layout.last}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    # A wide sheet on a single page could not be read: it takes as many as it needs, each with the first columns.
    sheet.print_title_cols = f"A:{letter(layout.frozen)}"
    printable(sheet, ceil(layout.width / PAGE))


def printable(sheet: Worksheet, pages: int = 1) -> None:
    """A4 landscape, ``pages`` wide, with the sheet's name and the page numbers below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "&P / &N"
    sheet.HeaderFooter.oddFooter = footer


def put(sheet: Worksheet, row: int, number: int, value: values.Shown) -> Cell:
    """Write a value as what it is: a text never becomes a formula, an error value or a number."""
    cell = cast("Cell", sheet.cell(row, number))
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = values.like_formula(value)
    return cell


def _column(sheet: Worksheet, number: int, column: Column) -> None:
    # The style of the column holds for every empty cell in it, and costs nothing.
    dimension = sheet.column_dimensions[letter(number)]
    dimension.width = column.width
    dimension.number_format = column.number_format
    dimension.alignment = _placed(column)


def _placed(column: Column) -> Alignment:
    return placed("right", indent=1) if column.numeric else placed("left")


def _heading(cell: Cell, column: Column, looks: Looks) -> None:
    colour = looks.heading(column.field)
    cell.font = looks.text(bold=True, colour="FFFFFF")
    cell.fill = ground(colour)
    cell.border = band(looks.stages.get(column.field.due, colour))
    cell.alignment = placed(vertical="center")


def _height(columns: Iterable[Column]) -> float:
    lines = max(len(textwrap.wrap(column.heading, int(column.width - 2))) for column in columns)
    return LINE * lines + AIR


def _example(sheet: Worksheet, columns: Iterable[Column], choices: Choices, looks: Looks, words: WorkbookWords) -> None:
    for number, column in enumerate(columns, 1):
        labels = choices.labels(column.field)
        value = values.shown(column, values.example(column, labels), labels, words.answers)
        if value is not None or number == 1:
            # Each cell says that it is an example: who types over one of them leaves a row that is told.
            value = f"{COMMENT} {_told(value)}".rstrip()
        cell = put(sheet, EXAMPLE_ROW, number, value)
        cell.font = looks.text(10, italic=True, colour=looks.muted)
        cell.fill = ground(looks.wash)
        cell.number_format = column.number_format
        cell.alignment = _placed(column)


def _told(value: values.Shown) -> str:
    """What an example is, as text: a date and a time as they are written."""
    if isinstance(value, date | time):
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else f"{value:%H:%M}"
    return "" if value is None else str(value)


def _record(
    sheet: Worksheet, row: int, layout: Layout, record: Mapping[str, object], choices: Choices, words: WorkbookWords
) -> None:
    flat = values.flat(record)
    for key in flat.keys() - {column.key for column in layout.columns}:
        raise PemdocsError("unknown-field", table=layout.table.name, field=key)
    blank = True
    for number, column in enumerate(layout.columns, 1):
        value = values.shown(column, flat.get(column.key), choices.labels(column.field), words.answers)
        if value is None:
            continue
        if blank and isinstance(value, str) and value.startswith(COMMENT):
            # The import would take the whole row for a comment.
            raise PemdocsError("cell-not-writable", table=layout.table.name, field=column.key)
        blank = False
        cell = put(sheet, row, number, value)
        cell.number_format = column.number_format
        cell.alignment = _placed(column)


def _whole_numbers(sheet: Worksheet, layout: Layout) -> None:
    """Without this a whole amount would show a lone decimal point at its end: ``48,500,000.``."""
    for number, column in enumerate(layout.columns, 1):
        if column.number_format == GROUPED:
            name = letter(number)
            style = DifferentialStyle(numFmt=NumberFormat(numFmtId=WHOLE_FORMAT, formatCode=WHOLE))
            rule = Rule(type="expression", dxf=style, formula=[f"MOD({name}{EXAMPLE_ROW},1)=0"])
            sheet.conditional_formatting.add(f"{name}{EXAMPLE_ROW}:{name}{layout.last}", rule)
