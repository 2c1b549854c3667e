"""Turn rows into typed records: each value by its field, an amount by the currency of its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pemdocs.data.cleaning import short
from pemdocs.data.convert import Unfit, convert, currencies
from pemdocs.data.schema import Field, Table, Tables
from pemdocs.data.violations import about, violations
from pemdocs.model import LANGUAGE_MARK, Cell, Finding, Record, Row, Severity
from pemdocs.project.programme import Programme


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


def completed(record: Record, row: Row, table: Table, programme: Programme) -> Record:
    """A record with the cells of a row that it lacks, typed, in the order of the columns; what does not fit is left."""
    cells = {**record.cells, **_cells(row, table, programme)[0]}
    return replace(record, cells={key: cells[key] for key in record.columns if key in cells})


def _record(row: Row, table: Table, programme: Programme) -> tuple[Record, list[Finding]]:
    cells, faults, remarks = _cells(row, table, programme)
    name = cells["id"].value if "id" in cells else None
    record = Record(row.table, row.sheet, row.number, str(name or f"{row.table}:{row.number}"), cells, row.columns)
    touched = {key.partition(LANGUAGE_MARK)[0] for key in faults}
    return record, [*faults.values(), *remarks, *(f for f in violations(record, table) if f.field not in touched)]


def _cells(row: Row, table: Table, programme: Programme) -> tuple[dict[str, Cell], dict[str, Finding], list[Finding]]:
    """The typed cells of a row, a fault for each that does not fit, and what else there is to say of them."""
    cells: dict[str, Cell] = {}
    faults: dict[str, Finding] = {}
    remarks: list[Finding] = []
    for key, cell in row.cells.items():
        field = table.fields[key.partition(LANGUAGE_MARK)[0]]
        codelist = programme.codelist(field.codelist) if field.codelist else None
        currency = _currency(row, field, table, programme) if field.money else ""
        try:
            value = convert(field, cell.value, codelist, currency)
        except Unfit as unfit:
            faults[key] = about(row, field, cell.ref, unfit.code, unfit.facts)
        else:
            cells[key] = Cell(cell.sheet, cell.ref, value)
            remarks += _about_unit(row, field, cell, currency)
    return cells, faults, remarks


def _currency(row: Row, amount: Field, table: Table, programme: Programme) -> str:
    """The currency that the row gives for an amount, nothing where it gives none."""
    cell, field = row.cells.get(amount.money), table.fields[amount.money]
    try:
        return str(convert(field, cell.value, programme.codelist(field.codelist)) or "") if cell is not None else ""
    except Unfit:
        return ""


def _about_unit(row: Row, field: Field, cell: Cell, currency: str) -> Iterator[Finding]:
    """What the number format of a cell shows beside the number, where the row does not say the same."""
    if cell.unit and not currencies.agrees(cell.unit, currency):
        yield about(row, field, cell.ref, "unit-in-format", {"unit": short(cell.unit)}, Severity.WARNING)
