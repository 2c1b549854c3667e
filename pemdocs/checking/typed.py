"""Turn what was read of a project into typed records; sheets that lie in the file as they did keep those they gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import replace
from itertools import chain

from pemdocs.data.records import completed, type_rows
from pemdocs.data.schema import AUDIENCES, Field, Table, Tables
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
        (_whole(there[sheet], reading, tables, programme), there[sheet].unfit)
        if sheet in there
        else type_rows(some, tables, programme)
        for sheet, some in rows.items()
    ]
    return tuple(chain.from_iterable(part[0] for part in parts)), tuple(chain.from_iterable(part[1] for part in parts))


def _whole(known: Known, reading: Reading, tables: Tables, programme: Programme) -> Iterator[Record]:
    """The records of a sheet that lies as it did, with what was not kept of them."""
    rows = {row.number: row for row in reading.withheld.get(known.sheet, ())}
    table = tables[known.table]
    for record in known.records:
        row = rows.get(record.number)
        yield record if row is None else completed(record, row, table, programme)


def learn(
    sheets: Sheets, reading: Reading, records: tuple[Record, ...], unfit: tuple[Finding, ...], tables: Tables
) -> None:
    """Keep of the sheets those that can be, and forget the others: nothing that is restricted is kept of them."""
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
        withheld = _withheld(rows[name], tables[table])
        if seen is not None and "id" not in withheld and tables[table].audience != AUDIENCES[-1]:
            some = (tuple(told[name]), tuple(_without(rows[name], withheld)), tuple(faults[name]), withheld)
            sheets[name] = Known(seen, name, table, *some)


def _withheld(records: Iterable[Record], table: Table) -> tuple[str, ...]:
    """The keys that are read every time: of what is restricted, and of the currencies of such amounts."""
    keys = dict.fromkeys(key for record in records for key in record.cells)
    hidden = {key for key in keys if _field(key, table).audience == AUDIENCES[-1]}
    money = {_field(key, table).money for key in hidden}
    return tuple(key for key in keys if key in hidden or key in money)


def _field(key: str, table: Table) -> Field:
    return table.fields[key.partition(LANGUAGE_MARK)[0]]


def _without(records: Iterable[Record], withheld: Sequence[str]) -> Iterator[Record]:
    for each in records:
        cells = {key: cell for key, cell in each.cells.items() if key not in withheld}
        yield each if len(cells) == len(each.cells) else replace(each, cells=cells)
