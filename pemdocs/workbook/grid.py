"""The frozen types between a file's format and its meaning: sheets of raw cells. This module imports no reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from pemdocs.model import Finding, Row
from pemdocs.workbook.known import Seen

Stored = str | int | Decimal | bool | date | time
"""A value as the file stores it, in Python's types; a date with a time of day stays a ``datetime``."""

WHOLE_SECOND = timedelta(seconds=1)


class Raw(NamedTuple):
    """One cell that is not empty. ``format`` is its number format, as Excel writes it, where the file has one.

    ``fault`` is the code of the finding that says why there is no value; ``value`` is then what the cell shows.
    ``doubt`` is the code of a finding on a value that is read all the same. ``struck`` tells of a line through it.
    """

    value: Stored
    format: str = ""
    fault: str = ""
    doubt: str = ""
    struck: bool = False


class Range(NamedTuple):
    """A rectangle of cells, counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """The range as Excel writes it: ``B4:B7``."""
        return f"{ref(self.top, self.left)}:{ref(self.bottom, self.right)}"


Rows = Mapping[int, Mapping[int, Raw]]
"""Cells by row and column, counted from 1; empty cells are absent."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``hidden_columns`` are spans of columns, both ends included.

    ``missing`` tells that the workbook lists a sheet that is not in the file; ``beside`` counts what the sheet shows
    besides its cells, by kind: ``comments``, ``texts``, ``pictures``, ``charts``, ``objects``. ``seen`` is how it lies
    in the file, where that was asked for; ``known`` tells that it lies as it did, so that of its cells only those were
    read that are wanted all the same.
    """

    name: str
    rows: Rows
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[Range, ...] = ()
    missing: bool = False
    beside: Mapping[str, int] = field(default_factory=dict)
    seen: Seen | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """What a sheet or a list of objects gave: rows by field name, and what was found on the way."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def letters(column: int) -> str:
    """The letters of a column: 1 is ``A``, 27 is ``AA``."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def ref(row: int, column: int) -> str:
    """The name of a cell as Excel writes it: ``F12``."""
    return f"{letters(column)}{row}"


def stored(value: object) -> Stored:
    """A value of a reader library in our types: exact numbers, whole seconds, dates without an idle midnight."""
    if isinstance(value, bool | str | int | Decimal):
        return value
    if isinstance(value, float):
        return number(value) if math.isfinite(value) else str(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return _moment(datetime.combine(date(2000, 1, 1), value), clock=True)
    if isinstance(value, timedelta):
        return _duration(value)
    return value if isinstance(value, date) else str(value)


def number(value: float) -> int | Decimal:
    """A float as the number that Excel shows: at most 15 digits, so that 0.1 + 0.2 is 0.3; whole numbers as int."""
    exact = Decimal(f"{value:.15g}")
    return int(exact) if exact == exact.to_integral_value() else exact


def _moment(moment: datetime, clock: bool = False) -> date | time:
    rest = timedelta(microseconds=moment.microsecond)
    whole = moment - rest + (WHOLE_SECOND if rest * 2 >= WHOLE_SECOND else timedelta())
    if clock:
        return whole.time()
    return whole.date() if whole.time() == time() else whole


def _duration(length: timedelta) -> time | str:
    if timedelta() <= length < timedelta(days=1):
        moment = _moment(datetime(2000, 1, 1) + length, clock=True)
        return moment if isinstance(moment, time) else str(moment)
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
