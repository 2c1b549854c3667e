"""A name is told by nothing that the program says, in whichever cell, heading, sheet or file it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from projects import FILES, Data, publication, write

import pemdocs
from pemdocs.checking.returning import mark
from pemdocs.cli import report

NAME, NUMBER = "Zéphyrine Quadriga", "+221 77 987 65 43"
LEAK = re.compile(r"quadriga|z[ée]phyrine|987[\s.]?65[\s.]?43", re.IGNORECASE)
MANY = ("companies", "people", "stays", "travel_documents", "interviews")
Flat = dict[str, list[dict[str, object]]]
"""Rows as a sheet has them: a column for each language of a text."""


def flat(data: Data) -> Flat:
    found: Flat = {}
    for table, rows in data.items():
        found[table] = []
        for row in rows:
            cells: dict[str, object] = {}
            for name, value in row.items():
                if isinstance(value, dict):
                    cells |= {f"{name}::{each}": said for each, said in value.items()}
                else:
                    cells[name] = "; ".join(value) if isinstance(value, list) else value
            found[table].append(cells)
    return found


def everywhere(said: str) -> Callable[[Flat], None]:
    def plant(data: Flat) -> None:
        for rows in data.values():
            rows[-1].update(dict.fromkeys(rows[-1], said))

    return plant


def one_by_one(data: Flat) -> None:
    """In each row another cell, so that no fault hides behind that of its neighbour."""
    for rows in (data[table] for table in MANY):
        some = [deepcopy(rows[0]) for _ in rows[0]]
        for row, name in zip(some, rows[0], strict=True):
            row[name] = f"{NAME} 1985"
        rows += some


def shifted(data: Flat) -> None:
    """Rows that were pasted one column to the right, or to the left."""
    for rows in data.values():
        for turn in (1, -1):
            names, values = list(rows[0]), [NAME, *list(rows[0].values())[1:]]
            rows.append(dict(zip(names, values[turn:] + values[:turn], strict=True)))


def headings(data: Flat) -> None:
    for table, rows in data.items():
        names = list(rows[0])
        data[table] = [{f"{NAME} {place}" if place % 2 else name: row.get(name) for place, name in enumerate(names)}
                       | {f"#{NAME}": 1, f"name ({NAME})": 2, NUMBER: 3} for row in rows]  # fmt: skip


def sheets(data: Flat) -> None:
    for number, table in enumerate(list(data)):
        data[f"{NAME} {number}"[:31]] = data.pop(table)
    data["people"] = []


PLANTED = {"a name": everywhere(NAME), "a number": everywhere(NUMBER), "one by one": one_by_one, "shifted": shifted,
           "headings": headings, "sheets": sheets}  # fmt: skip


def workbook(folder: Path, data: Flat) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table, rows in data.items():
        sheet = book.create_sheet(table)
        names = list(dict.fromkeys(name for row in rows for name in row))
        for row in (names, *([each.get(name) for name in names] for each in rows)):
            sheet.append(row)
    write(folder, {"notes": []}, workbook="cohort.xlsx", languages=["fr", "nl"])
    for name in ("attachments/S-07/01 Zéphyrine Quadriga.pdf", "attachments/Zéphyrine Quadriga/02.pdf", *FILES):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    book.save(folder / "cohort.xlsx")
    return folder


@pytest.mark.parametrize("way", PLANTED)
def test_what_may_be_a_name_is_never_told(tmp_path: Path, way: str) -> None:
    data = {table: rows for table, rows in flat(publication()).items() if rows}
    PLANTED[way](data)
    folder = workbook(tmp_path / "cohort", data)
    found = pemdocs.check(folder)
    built = pemdocs.build(folder, dry_run=True)
    told = {
        "text": report.as_text(found, "fr"),
        "json": report.as_json(found, "en"),
        "sarif": report.as_sarif(found, "nl", "cohort.xlsx"),
        "build": report.of_build(built, "fr", dry_run=True),
        "build as json": report.build_as_json(built, "nl"),
        "list": listed(mark(folder, found, tmp_path / "marked.xlsx", lang="en").path),
    }
    assert len(found.findings) > 20
    leaks = {form: [line for line in said.splitlines() if LEAK.search(line)][:5] for form, said in told.items()}
    assert {form: lines for form, lines in leaks.items() if lines} == {}


def listed(path: Path) -> str:
    """What a marked workbook says beside its cells: the sentences of its list, and its notes."""
    book = load_workbook(path)
    told = [str(cell.value) for row in book.worksheets[0].iter_rows(min_col=3) for cell in row]
    notes = [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    return "\n".join([*told, *notes])
