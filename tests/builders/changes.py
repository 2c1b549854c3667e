"""Change the rows of a workbook in memory as people change them: one cell, or one row, at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.data.schema import load
from pemdocs.model import LANGUAGE_MARK, Cell, Row
from pemdocs.workbook.read import Reading


class Change(NamedTuple):
    """What was changed, at which place: ``Activités!F9``, or the sheet alone for rows that were removed or moved."""

    way: str
    place: str


def changed(reading: Reading, dice: random.Random) -> tuple[Reading, Change]:
    """The same rows with one cell, or one row, changed."""
    way = dice.choices(list(WAYS), [weight for weight, _ in WAYS.values()])[0]
    row = dice.choice(reading.rows)
    rows, place = WAYS[way][1](reading.rows, row, dice)
    return replace(reading, rows=rows), Change(way, place)


Rows = tuple[Row, ...]


def _other(rows: Rows, row: Row, dice: random.Random) -> tuple[Rows, str]:
    key = dice.choice(list(row.cells))
    return _put(rows, row, key, another(row.cells[key].value, row.table, key, dice))


def _copied(rows: Rows, row: Row, dice: random.Random) -> tuple[Rows, str]:
    key = dice.choice(list(row.cells))
    return _put(rows, row, key, dice.choice(_said(rows, row, key)))


def _filled(rows: Rows, row: Row, dice: random.Random) -> tuple[Rows, str]:
    """Fill a cell that is empty with what another row has there."""
    empty = [key for key in row.columns if key not in row.cells and _said(rows, row, key)]
    if not empty:
        return _other(rows, row, dice)
    key = dice.choice(empty)
    return _put(rows, row, key, dice.choice(_said(rows, row, key)))


def _emptied(rows: Rows, row: Row, dice: random.Random) -> tuple[Rows, str]:
    key = dice.choice(list(row.cells))
    fewer = {name: cell for name, cell in row.cells.items() if name != key}
    return _with(rows, row, replace(row, cells=fewer)), row.cells[key].place


def _removed(rows: Rows, row: Row, _dice: random.Random) -> tuple[Rows, str]:
    left = (each for each in rows if each is not row)
    below = (row.sheet, row.number)
    return tuple(_at(e, e.number - 1) if (e.sheet, e.number) > below and e.sheet == row.sheet else e for e in left), (
        row.sheet
    )


def _moved(rows: Rows, row: Row, dice: random.Random) -> tuple[Rows, str]:
    """Let two rows of a sheet change their places."""
    second = dice.choice([each for each in rows if each.sheet == row.sheet])
    turned = {id(row): _at(second, row.number), id(second): _at(row, second.number)}
    return tuple(turned.get(id(each), each) for each in rows), row.sheet


WAYS: dict[str, tuple[int, Callable[[Rows, Row, random.Random], tuple[Rows, str]]]] = {
    "other": (10, _other),
    "copied": (4, _copied),
    "filled": (3, _filled),
    "emptied": (3, _emptied),
    "removed": (1, _removed),
    "moved": (1, _moved),
}
"""The ways of changing, and how often each is taken."""


def _said(rows: Rows, row: Row, key: str) -> list[Any]:
    return [each.cells[key].value for each in rows if each.table == row.table and key in each.cells]


def _put(rows: Rows, row: Row, key: str, value: Any) -> tuple[Rows, str]:
    old = row.cells.get(key)
    cell = replace(old, value=value) if old else Cell(row.sheet, f"{row.columns[key]}{row.number}", value)
    ordered = [name for name in row.columns if name in row.cells or name == key]
    there = {**row.cells, key: cell}
    return _with(rows, row, replace(row, cells={name: there[name] for name in (*ordered, *there)})), cell.place


def _with(rows: Rows, row: Row, fresh: Row) -> Rows:
    return tuple(fresh if each is row else each for each in rows)


def _at(row: Row, number: int) -> Row:
    """The same row at another place of its sheet."""
    cells = {key: replace(cell, ref=re.sub(r"\d+$", str(number), cell.ref)) for key, cell in row.cells.items()}
    return replace(row, number=number, cells=cells)


def another(value: Any, table: str, key: str, dice: random.Random) -> Any:
    """Another value of the same sort, as a file stores it."""
    field = load()[table].fields[key.partition(LANGUAGE_MARK)[0]]
    if field.enum:
        return dice.choice(list(field.enum))
    match value:
        case bool():
            return not value
        case date():
            return value + timedelta(days=dice.choice((-1, 1, 40)))
        case int() | float() | Decimal():
            return value + 1
        case str():
            return f"{value} bis"
    return value
