"""Turn what was read of a project into typed records; sheets that lie in the file as they did keep those they gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, MutableMapping
from itertools import chain

from pemdocs.data.records import type_rows
from pemdocs.data.schema import AUDIENCES, Table, Tables
from pemdocs.model import LANGUAGE_MARK, Finding, Record, Row
from pemdocs.project.programme import Programme
from pemdocs.workbook.known import Known
from pemdocs.workbook.read import Reading

Sheets = MutableMapping[str, Known]
"""The sheets that may be kept, by their names."""


def typed(reading: Reading, tables: Tables, programme: Programme) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """Every row as a record, in the order of the tabs, and what does not fit."""
    if not reading.known:
        return type_rows(reading.rows, tables, programme)
    rows: dict[str, list[Row]] = {sheet: [] for sheet in reading.sheets.values()}
    for row in reading.rows:
        rows.setdefault(row.sheet, []).append(row)
    there = reading.known
    parts = [
        (there[sheet].records, there[sheet].unfit) if sheet in there else type_rows(some, tables, programme)
        for sheet, some in rows.items()
    ]
    return tuple(chain.from_iterable(part[0] for part in parts)), tuple(chain.from_iterable(part[1] for part in parts))


def learn(
    sheets: Sheets, reading: Reading, records: tuple[Record, ...], unfit: tuple[Finding, ...], tables: Tables
) -> None:
    """Keep of the sheets those that can be, and forget the others: nothing that is restricted is kept."""
    for name in sheets.keys() - reading.known.keys():
        del sheets[name]
    rows: dict[str, list[Record]] = defaultdict(list)
    faults: dict[str, list[Finding]] = defaultdict(list)
    told: dict[str, list[Finding]] = defaultdict(list)
    for record in records:
        rows[record.sheet].append(record)
    for finding in unfit:
        faults[finding.sheet].append(finding)
    for finding in reading.findings:
        told[finding.sheet].append(finding)
    for table, name in reading.sheets.items():
        seen = reading.seen.get(name)
        if seen is not None and not _restricted(rows[name], tables[table]):
            some = (tuple(told[name]), tuple(rows[name]), tuple(faults[name]))
            sheets[name] = Known(seen, name, table, *some)


def _restricted(records: Iterable[Record], table: Table) -> bool:
    keys = {key for record in records for key in record.cells}
    return any(table.fields[key.partition(LANGUAGE_MARK)[0]].audience == AUDIENCES[-1] for key in keys)
