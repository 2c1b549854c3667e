"""Whoever breaks a cell of the example is told which: every field that is more than free text, one sheet at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import pemdocs
from pemdocs import resources
from pemdocs.data import schema
from pemdocs.model import Severity
from pemdocs.words import speech
from pemdocs.workbook.headings import fold

EXAMPLE = resources.folder("examples") / "pem-wecco" / "cohort.xlsx"
GARBAGE = "zzz ???"
ROWS = 6


def _breakable(field: schema.Field) -> bool:
    typed = field.type != "string" or field.format not in ("", "code") or field.coded or bool(field.ref)
    return (typed and field.type != "array") or "pattern" in field.spec


@pytest.fixture(scope="module")
def short() -> Workbook:
    """The example with the first rows of each sheet; who breaks a cell mends it again."""
    book = load_workbook(EXAMPLE)
    for sheet in book:
        sheet.delete_rows(ROWS + 1, sheet.max_row)
    for table in schema.load().values():
        if table.sheet["fr"] not in book.sheetnames:
            book.create_sheet(table.sheet["fr"]).append([field.label["fr"] for field in table.fields.values()])
    return book


def test_each_broken_cell_is_named_with_a_remedy(short: Workbook, tmp_path: Path) -> None:
    broken: set[tuple[str, str]] = set()
    for table in schema.load().values():
        sheet = short[table.sheet["fr"]]
        headings = {fold(field.label["fr"]) for field in table.fields.values() if _breakable(field)}
        cells = [cell.column for cell in sheet[1] if fold(str(cell.value or "")) in headings]
        assert cells, table.name
        for column in cells:
            target = sheet.cell(row=4, column=column)
            target.value = f"{GARBAGE} {table.name} {column}"  # no two alike: an id would make references right
            broken.add((sheet.title, target.coordinate))
    short.save(tmp_path / "cohort.xlsx")
    named = [f for f in pemdocs.check(tmp_path / "cohort.xlsx").findings if f.severity is Severity.ERROR]
    assert broken - {(finding.sheet, finding.cell) for finding in named} == set()
    for finding in named:
        assert all(speech.message(finding, lang) and speech.remedy(finding, lang) for lang in ("fr", "en", "nl"))
