"""Write workbooks from tables that a reader of a test can read.

    workbook(tmp_path, '''
        == companies
        | id     | name   | turnover |
        | SN-014 | Exemple | 48500000 |
    ''')

``==`` opens a sheet. A cell that reads as a number, a date, true or false is written as one; what stands in quotes is
text; an empty cell is no cell. ``{dd/mm/yyyy}`` behind a value is its number format, ``\\n`` in it a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook

FORMAT = re.compile(r"^(?P<value>.*?)\s*\{(?P<format>[^}]+)\}$")


def tables(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The sheets of the text with their rows of cells as written."""
    name, rows = "", []
    for line in (line.strip() for line in text.strip().splitlines()):
        if line.startswith("=="):
            if name:
                yield name, rows
            name, rows = line.removeprefix("==").strip(), []
        elif line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif not line and name:
            rows.append([])
    if name:
        yield name, rows


def typed(text: str) -> object:
    """What a cell of the text stands for."""
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1].replace("\\n", "\n")
    for read in (int, float, date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text, text.replace("\\n", "\n"))


def book(text: str) -> Workbook:
    """The workbook that the text describes, still open for what no text can say."""
    result = Workbook()
    result.remove(result.worksheets[0])
    for name, rows in tables(text):
        sheet = result.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, text_of_cell in enumerate(row, 1):
                found = FORMAT.match(text_of_cell)
                if text_of_cell:
                    cell = sheet.cell(number, column, typed(found["value"] if found else text_of_cell))
                    cell.number_format = found["format"] if found else cell.number_format
    return result


def workbook(folder: Path, text: str, name: str = "book.xlsx") -> Path:
    """The file that the text describes, in the folder."""
    path = folder / name
    book(text).save(path)
    return path
