"""Turn what a page has read into the values that a signed version keeps, and tell which of them are others now.

Only this module knows how a value is kept: as it is, or as a mark where it must not be told.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from pemdocs.data.cleaning import quotable
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, Read, Record, Value
from pemdocs.page.reads import Notes, written
from pemdocs.project.manifest import digest
from pemdocs.project.signed import TABLE, Frozen

STEERING = frozenset({("partnerships", "stage")})
"""What decides whether something is due yet, and is printed nowhere."""

MARK = "#"
"""What a mark begins with, in the place of a value that must not be told."""

Kept = tuple[str, str, str, Any]
"""Table, record, field (with its language where it is translated), value."""


@dataclass(frozen=True, slots=True, repr=False)
class Changed:
    """A field of which a signed version says something else than the data; ``None`` for a value that is not told."""

    record: Record
    field: Field
    language: str
    was: Value
    now: Value

    def __repr__(self) -> str:
        return f"<Changed {self.field.table}.{self.field.name}>"


def values(notes: Notes, dating: Notes, languages: tuple[str, ...], salt: str) -> tuple[Kept, ...]:
    """Everything that a page has read of the data, but for the state of signatures and what is printed nowhere.

    ``dating`` has heard what is read to date the document: what is read for this alone is read last.
    """
    found: dict[tuple[str, str, str], Any] = {}
    for record, name in _read(_printed(notes, dating), languages):
        field = notes.dataset.tables[record.table].fields.get(name.partition(LANGUAGE_MARK)[0])
        if field is not None and record.table != TABLE and (record.table, field.name) not in STEERING:
            found[record.table, _named(record, notes.dataset), name] = _kept(field, record.value(name), salt)
    return tuple((*where, value) for where, value in sorted(found.items()))


Reading = tuple[Read, Record | None, str]


def _printed(notes: Notes, dating: Notes) -> list[Reading]:
    asked, aside = list(notes.readings()), {_asked(each) for each in dating.readings()}
    while asked and _asked(asked[-1]) in aside:
        asked.pop()
    return asked


def _asked(reading: Reading) -> tuple[Read, int, str]:
    return (reading[0], id(reading[1]), reading[2])


def _read(readings: Iterable[Reading], languages: tuple[str, ...]) -> Iterator[tuple[Record, str]]:
    for sort, record, name in readings:
        if record is None:
            continue
        if sort is Read.VALUE:
            yield record, name
        elif sort is Read.TEXTS:
            keys = [f"{name}{LANGUAGE_MARK}{each}" for each in languages]
            there = any(key in record.cells for key in keys)
            yield from ((record, key) for key in (keys if there else written(record, name)))


def merged(before: tuple[Kept, ...], now: tuple[Kept, ...]) -> tuple[Kept, ...]:
    """The values of both, of the same field those of the second."""
    found = {each[:3]: each[3] for each in (*before, *now)}
    return tuple((*where, value) for where, value in sorted(found.items()))


def renewed(before: Iterable[Kept], dataset: Dataset, salt: str) -> tuple[Kept, ...]:
    """What a version has read, as the data says it now: what is gone is left out."""
    there = {(table, _named(each, dataset)): each for table, some in dataset.records.items() for each in some}
    found = []
    for table, identifier, name, _ in before:
        record = there.get((table, identifier))
        field = dataset.tables[table].fields.get(name.partition(LANGUAGE_MARK)[0])
        if record is not None and field is not None:
            found.append((table, identifier, name, _kept(field, record.value(name), salt)))
    return tuple(found)


def mark(kept: tuple[Kept, ...]) -> str:
    """The mark of everything that a version says, without what must not be told."""
    told = [each for each in kept if not _hidden(each[3])]
    return digest(repr(told).encode("utf-8", "surrogatepass"))


def told(kept: tuple[Kept, ...]) -> list[dict[str, Any]]:
    """The values that may travel with a document: neither restricted nor about a person."""
    names = ("table", "record", "field", "value")
    return [dict(zip(names, each, strict=True)) for each in kept if not _hidden(each[3]) and each[3] is not None]


def changes(frozen: Frozen, dataset: Dataset, by_hand: tuple[str, ...] = ()) -> Iterator[Changed]:
    """Every field of which the version says something else than the data says now.

    Fields of ``by_hand`` (``charters.date``) were left blank on the paper: what stands there now contradicts nothing.
    """
    there = {(table, _named(each, dataset)): each for table, some in dataset.records.items() for each in some}
    for table, identifier, name, was in frozen.values:
        record = there.get((table, identifier))
        bare, _, language = name.partition(LANGUAGE_MARK)
        field = dataset.tables[table].fields.get(bare) if table in dataset.tables else None
        if record is None or field is None or (was is None and f"{table}.{bare}" in by_hand):
            continue
        now = record.value(name)
        if _kept(field, now, frozen.salt) != was:
            yield Changed(record, field, language, _typed(field, was), now if quotable(field) else None)


def _named(record: Record, dataset: Dataset) -> str:
    """A record by its id, or by what no two of its table share, so that it is found when rows stand above it."""
    table = dataset.tables[record.table]
    if table.has_id or not table.unique:
        return record.id
    return "/".join(str(record.value(name)) for name in table.unique[0])


def _kept(field: Field, value: Value, salt: str) -> Any:
    plain = _plain(value)
    if plain is None or quotable(field):
        return plain
    mixed = hmac.new(bytes.fromhex(salt), repr(plain).encode("utf-8", "surrogatepass"), hashlib.sha256)
    return MARK + mixed.hexdigest()[:24]


def _plain(value: Value) -> Any:
    match value:
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case tuple():
            return list(value)
    return value


def _hidden(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(MARK)


def _typed(field: Field, plain: Any) -> Value:
    """A value as a record would hold it; ``None`` for one that is not told."""
    if plain is None or _hidden(plain) or not quotable(field):
        return None
    if field.format == "date":
        return date.fromisoformat(plain)
    if field.format == "time":
        return time.fromisoformat(plain)
    if field.type == "number":
        return Decimal(plain)
    return tuple(plain) if isinstance(plain, list) else plain
