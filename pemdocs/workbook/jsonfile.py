"""Turn the bytes of a JSON file into the rows of the tables, on the same road as a workbook.

Only this module knows the shape ``{"companies": [{…}], …}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from pemdocs.data.schema import Table
from pemdocs.model import LANGUAGE_MARK, Cell, Finding, PemdocsError, Row, Severity
from pemdocs.workbook import cells
from pemdocs.workbook.formats import limits
from pemdocs.workbook.grid import Extract, Raw
from pemdocs.workbook.headings import Column, Lexicon
from pemdocs.workbook.telling import told

LARGEST_EXPONENT = 40
"""Beyond it a number is a slip or an attack: 1e999999999 would fill the memory as a whole number."""

CLOUD_LINKS = frozenset({"doc_id", "resource_id"})
"""The keys of the small file that Google Drive puts in the place of a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Object:
    """A JSON object with its pairs as they stand, so that a key written twice is seen."""

    pairs: tuple[tuple[str, Any], ...]


def tables(content: bytes, file: str) -> tuple[tuple[str, Any], ...]:
    """The names of the tables with what stands under them. Raises ``PemdocsError`` where the file is no such JSON."""
    if sum(content.count(sign) for sign in (b",", b"{", b"[")) > 2 * limits.VALUES:
        raise limits.heavy(file)
    try:
        root = json.loads(content, object_pairs_hook=_object, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise PemdocsError("unreadable-json", file=file, line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise PemdocsError("unreadable-json", file=file, line=0, column=0) from error
    if not isinstance(root, Object):
        raise PemdocsError("unreadable-json-shape", file=file)
    if CLOUD_LINKS & {key for key, _ in root.pairs}:
        raise PemdocsError("unreadable-cloud-link", file=file)
    return tuple((key, value) for key, value in root.pairs if not key.startswith("$"))


def plain(value: object) -> object:
    """A value of plain Python as JSON would have it; what it cannot hold becomes what no field takes."""
    match value:
        case Mapping():
            return Object(tuple((str(key), plain(inner)) for key, inner in value.items()))
        case str() | bool() | int() | None:
            return value
        case date() | time():
            return value.isoformat()
        case float() | Decimal() if isfinite(value):
            return Decimal(str(value))
        case list() | tuple() | set() | frozenset():
            return [plain(each) for each in value]
    return [Object(())]


def _object(pairs: list[tuple[str, Any]]) -> Object:
    # Half a character, which JSON allows, could not be printed in a name.
    return Object(tuple((key.encode("utf-8", "replace").decode(), value) for key, value in pairs))


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def extract(name: str, items: object, table: Table, words: Lexicon) -> Extract:
    """The rows of one table. The place of a cell is its path inside the table: ``[3].motivation.fr``."""
    if not isinstance(items, list):
        return Extract((), (Finding("json-not-a-list", Severity.ERROR, name, table=table.name),))
    reader = _Reader(name, words, {})
    rows, findings = [], []
    for index, item in enumerate(items):
        row, remarks = reader.row(index, item)
        rows += [row] if row.cells else []
        findings += remarks
    return Extract(tuple(rows), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One table. ``columns`` remembers what each key stands for, so that a wrong key is told once."""

    name: str
    words: Lexicon
    columns: dict[str, Column | None]

    def row(self, index: int, item: object) -> tuple[Row, list[Finding]]:
        found: dict[str, Cell] = {}
        findings: list[Finding] = []
        if not isinstance(item, Object):
            findings.append(self._finding("json-not-an-object", Severity.ERROR, f"[{index}]", index))
        else:
            for key, ref, value in _flat(item, f"[{index}]"):
                findings += self._take(key, value, cells.Place(self.name, ref, index + 1), found)
        return Row(self.words.table.name, self.name, index + 1, found), findings

    def _take(self, key: str, value: object, place: cells.Place, found: dict[str, Cell]) -> Iterator[Finding]:
        new = key not in self.columns
        column = self.columns.setdefault(key, self.words.column(key))
        if new:
            yield from self._about_key(key, column, place)
        if column is None:
            return
        if column.key in found:
            facts = {"heading": told(key), "first": found[column.key].ref, "second": place.ref}
            yield self._finding("duplicate-column", Severity.ERROR, place.ref, place.number - 1, **facts)
            return
        taken = _taken(column, value, place)
        yield from taken.findings
        if taken.value is not None:
            found[column.key] = Cell(place.sheet, place.ref, taken.value)

    def _about_key(self, key: str, column: Column | None, place: cells.Place) -> Iterator[Finding]:
        if column is None:
            code, facts = self.words.misfit(key)
            where = place.ref if told(key) == key else f"[{place.number - 1}]"
            yield self._finding(code, Severity.WARNING, where, place.number - 1, **facts)
        elif column.assumed:
            facts = {"heading": told(key), "language": column.language}
            yield self._finding("heading-language-assumed", Severity.NOTE, place.ref, place.number - 1, **facts)

    def _finding(self, code: str, severity: Severity, ref: str, index: int, **facts: object) -> Finding:
        return Finding(code, severity, self.name, ref, self.words.table.name, row=index + 1, facts=facts)


def _flat(item: Object, path: str) -> Iterator[tuple[str, str, object]]:
    for key, value in item.pairs:
        if isinstance(value, Object):
            yield from ((key + LANGUAGE_MARK + inner, f"{path}.{key}.{inner}", deep) for inner, deep in value.pairs)
        elif value is not None:
            yield key, f"{path}.{key}", value


def _taken(column: Column, value: object, place: cells.Place) -> cells.Taken:
    if value is None:
        return cells.Taken(None)
    if isinstance(value, list) and column.field.type == "array":
        return _list(column, value, place)
    if isinstance(value, list | Object):
        return cells.Taken(None, (cells.finding("json-value", Severity.ERROR, column.field, place),))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if abs(Decimal(value).adjusted()) > LARGEST_EXPONENT:
            return cells.Taken(None, (cells.finding("digits-lost", Severity.ERROR, column.field, place),))
        value = int(value) if value == int(value) else value
    return cells.take(column, Raw(value if isinstance(value, bool | int | Decimal) else str(value)), place)


def _list(column: Column, values: list[object], place: cells.Place) -> cells.Taken:
    taken = [_taken(column, value, place) for value in values]
    texts = tuple(str(part.value) for part in taken if part.value is not None)
    return cells.Taken(texts or None, tuple(finding for part in taken for finding in part.findings))
