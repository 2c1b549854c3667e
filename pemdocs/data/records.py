"""Turn rows into typed records. Only this module uses jsonschema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from pemdocs.data.convert import Unfit, convert
from pemdocs.data.schema import Field, Table, Tables
from pemdocs.model import LANGUAGE_MARK, Cell, FieldName, Finding, Record, Row, Severity, Value
from pemdocs.project.programme import Programme

CODES = {
    "required": "missing-required",
    "pattern": "wrong-pattern",
    "minimum": "too-small",
    "exclusiveMinimum": "too-small",
    "maximum": "too-large",
    "minLength": "too-short",
    "maxLength": "too-long",
}
"""The finding's code for each JSON Schema keyword that typing leaves to the schema."""


def type_rows(
    rows: Iterable[Row], tables: Tables, programme: Programme
) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """Every row as a record; a value that does not fit is left out of the record and named by an error."""
    records, findings = [], []
    for row in rows:
        record, faults = _record(row, tables[row.table], programme)
        records.append(record)
        findings += faults
    return tuple(records), tuple(findings)


def _record(row: Row, table: Table, programme: Programme) -> tuple[Record, list[Finding]]:
    cells: dict[str, Cell] = {}
    faults: dict[str, Finding] = {}
    for key, cell in row.cells.items():
        field = table.fields[key.partition(LANGUAGE_MARK)[0]]
        codelist = programme.codelist(field.codelist) if field.codelist else None
        try:
            value = convert(field, cell.value, codelist)
        except Unfit as unfit:
            faults[key] = _finding(row, field, cell.ref, unfit.code, unfit.facts)
        else:
            cells[key] = Cell(cell.sheet, cell.ref, value)
    name = cells["id"].value if "id" in cells else None
    record = Record(row.table, row.sheet, row.number, str(name or f"{row.table}:{row.number}"), cells, row.columns)
    touched = {key.partition(LANGUAGE_MARK)[0] for key in faults}
    return record, [*faults.values(), *(f for f in _violations(record, table) if f.field not in touched)]


def _violations(record: Record, table: Table) -> Iterator[Finding]:
    for error in _validator(table.source).iter_errors(_instance(record, table)):
        for name in _fields_of(error):
            field = table.fields[name]
            facts = {"example": _example(field), "limit": _limit(error)}
            code = CODES.get(str(error.validator), "invalid-value")
            yield _finding(record, field, record.place(name), code, facts)


@lru_cache(maxsize=64)
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema))


def _fields_of(error: ValidationError) -> list[str]:
    if error.validator == "required":
        required: list[str] = error.validator_value  # type: ignore[assignment]
        return [name for name in required if f"'{name}'" in error.message]
    return [str(error.absolute_path[0])] if error.absolute_path else []


def _instance(record: Record, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, cell in record.cells.items():
        name = key.partition(LANGUAGE_MARK)[0]
        found.setdefault(name, _plain(cell.value))
    return found


def _plain(value: Value) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _example(field: Field) -> str:
    return str(field.examples[0]) if field.examples and not field.translated else ""


def _limit(error: ValidationError) -> object:
    return error.validator_value if isinstance(error.validator_value, int | float) else ""


def _finding(row: Row | Record, field: Field, ref: str, code: str, facts: Mapping[str, object]) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        sheet=row.sheet,
        cell=ref,
        table=row.table,
        field=field.name,
        record=row.id if isinstance(row, Record) else "",
        row=row.number,
        facts={"field": FieldName(row.table, field.name), **facts},
    )
