"""Keep the sheets of the last check beside the documents, so that the next reads only those that are others.

Only this module reads and writes ``sheet-….json``, one for each table. Nothing that is restricted is in them: the
cells that are withheld are read from the workbook every time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pemdocs.building import plain, private
from pemdocs.building.parts import everything
from pemdocs.building.plain import Once
from pemdocs.model import Cell, Record
from pemdocs.project.programme import Programme
from pemdocs.workbook.known import Known, Seen

HEAD = "sheet-"
SCHEMA_VERSION = 2
SIMPLE = frozenset({str, int, bool})
"""The types of values that JSON has as well."""


def read(folder: Path, programme: Programme) -> dict[str, Known]:
    """The sheets by their names, as the same program has read them with the same templates; what is spoiled is not."""
    mark = everything(programme)
    found = (_read(folder, name, mark) for name in private.names(folder, HEAD))
    return {each.sheet: each for each in found if each is not None}


def write(folder: Path, programme: Programme, sheets: Mapping[str, Known], before: Mapping[str, Known]) -> None:
    """Keep the sheets that are others than ``before``, and forget those that are there no more."""
    mark = everything(programme)
    for name, known in sheets.items():
        if before.get(name) is not known:
            _write(folder, known, mark)
    there = {_file(each.table) for each in sheets.values()}
    private.forget(folder, [each for each in private.names(folder, HEAD) if each not in there])


def _file(table: str) -> str:
    return f"{HEAD}{table}.json"


def _write(folder: Path, known: Known, mark: str) -> None:
    columns, shapes = Once(), Once()
    try:
        told = {
            "schema_version": SCHEMA_VERSION,
            "made_with": mark,
            "seen": known.seen,
            "sheet": known.sheet,
            "table": known.table,
            "records": [_plain(each, columns, shapes) for each in known.records],
            "columns": [dict(each) for each in columns.all],
            "shapes": shapes.all,
            "findings": [plain.of_finding(each) for each in known.findings],
            "unfit": [plain.of_finding(each) for each in known.unfit],
            "withheld": known.withheld,
        }
    except (TypeError, ValueError):  # a value, or a place, of a sort that nobody foresaw: the sheet is read again
        private.forget(folder, [_file(known.table)])
        return
    private.write(folder, _file(known.table), json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode())


def _plain(record: Record, columns: Once, shapes: Once) -> list[Any]:
    letters = record.columns
    if any(cell.unit or cell.ref != f"{letters[key]}{record.number}" for key, cell in record.cells.items()):
        raise ValueError("a cell out of its column")
    values = (cell.value for cell in record.cells.values())
    shape = shapes.place(tuple(record.cells))
    where = columns.place(tuple(letters.items()))
    told = (each if type(each) in SIMPLE else plain.of_value(each) for each in values)
    return [record.number, record.id, where, shape, *told]


def _read(folder: Path, name: str, mark: str) -> Known | None:
    try:
        found = json.loads(private.read(folder, name))
        if found["schema_version"] != SCHEMA_VERSION or found["made_with"] != mark:
            return None
        return Known(
            seen=Seen(*found["seen"]),
            sheet=found["sheet"],
            table=found["table"],
            findings=tuple(map(plain.finding, found["findings"])),
            records=tuple(_records(found)),
            unfit=tuple(map(plain.finding, found["unfit"])),
            withheld=tuple(found["withheld"]),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError):
        return None


def _records(found: Mapping[str, Any]) -> Iterator[Record]:
    table, sheet, shapes, columns = (found[each] for each in ("table", "sheet", "shapes", "columns"))
    for number, identifier, where, shape, *values in found["records"]:
        letters = columns[where]
        cells = {
            key: Cell(sheet, f"{letters[key]}{number}", plain.value(each) if type(each) is list else each)
            for key, each in zip(shapes[shape], values, strict=True)
        }
        yield Record(table, sheet, number, identifier, cells, letters)
