"""Make data from the schemas that are as hard on a layout as can be: the longest, the shortest, none, hostile.

People, companies and numbers in it are nobody's; only this module makes up records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from pemdocs.data import schema
from pemdocs.data.dataset import Dataset, back_references, link
from pemdocs.data.schema import STAGES, Field, Table, Tables
from pemdocs.model import Cell, Record
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme

LONGEST, SHORTEST, EMPTY, HOSTILE = SAMPLES = ("longest", "shortest", "empty", "hostile")
"""The sorts of data: everything filled at length; everything as short as it can be; only what the document needs; signs
that break documents."""

DAY = date(2026, 6, 30)
"""The day that the data speaks of."""

SENTENCE = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore. "
)
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
SIGNS = "& < > \" ' « » {{ x }} {% y %} ]]> &amp; <b> ŋ ñ œ ’t — 45 % : ? !"
TEXTS: Mapping[str, tuple[str, str]] = {
    LONGEST: (f"{WORD} {SENTENCE.strip()}", "\n".join(f"{SENTENCE * 3}{WORD}." for _ in range(3))),
    SHORTEST: ("A", "A"),
    EMPTY: ("A", "A"),
    HOSTILE: (f"{SIGNS} {WORD * 2}", f"{SIGNS}\n\t{WORD * 2}\n\n{SIGNS}"),
}
"""A text on one line and one of several, for each sort."""

LATE = ("end", "exit", "until", "expires", "arrival", "due", "return", "departure_date")
"""What the names of fields hold that tell the later of two days."""
OVER = date(2035, 12, 31)
"""A day that nothing outlives, for what must still hold."""


def dataset(kind: Kind, programme: Programme, sort: str, languages: tuple[str, ...]) -> Dataset:
    """The data for a preview of a kind: one record of its table, with all that belongs to it or that it refers to."""
    tables = schema.load()
    records = [each for table in tables.values() for each in _records(table, tables, kind, programme, sort, languages)]
    found, _ = link(records, tables, programme, DAY)
    if sort == EMPTY:
        records = [_bared(each, tables[each.table], kind) for each in records if _needed(each.table, kind, tables)]
        bare, _ = link(records, tables, programme, DAY)
        found = found if kinds.lacking(kind, bare.table(kind.table)[0]) else bare
    return replace(found, languages=languages, made_up=True)


def _records(
    table: Table, tables: Tables, kind: Kind, programme: Programme, sort: str, languages: tuple[str, ...]
) -> Iterator[Record]:
    for number in range(1, _count(table, tables, kind, sort) + 1):
        cells: dict[str, Cell] = {}
        for each in table.fields.values():
            value = _value(each, number, programme, sort, languages)
            keys = [f"{each.name}::{lang}" for lang in languages] if each.translated else [each.name]
            cells |= {key: Cell(table.name, f"A{number}", value) for key in keys if value is not None}
        named = cells["id"].value if "id" in cells else f"{table.name}:{number}"
        yield Record(table.name, table.name, number, str(named), cells)


def _count(table: Table, tables: Tables, kind: Kind, sort: str) -> int:
    """How many records there are: one of what documents are about, several of what belongs to it."""
    if table.name in ("people", "companies"):
        return 2
    owned = [name for name in tables for each in back_references(tables, name).values() if each.table == table.name]
    alone = any(len(names) == 1 and names != ("id",) for names in table.unique)
    if table.name == kind.table or alone or not owned or back_references(tables, table.name):
        return 1
    return 1 if sort in (SHORTEST, EMPTY) else 4


def _needed(name: str, kind: Kind, tables: Tables) -> bool:
    """Whether a document without anything optional still has records of this table."""
    paths = {step for need in kind.needs for step in need.split(".")}
    referred = {each.ref for each in tables[kind.table].fields.values() if each.ref}
    return name in {kind.table, *referred} or bool(paths & {name, tables[name].record})


def _bared(record: Record, table: Table, kind: Kind) -> Record:
    """The record with nothing but what every such record has, what it refers to, and what the kind needs."""
    steps = {step for need in kind.needs for step in need.split(".")}
    kept = {name for name, each in table.fields.items() if each.required or each.ref or name in steps | {"id"}}
    return replace(record, cells={key: cell for key, cell in record.cells.items() if key.split("::")[0] in kept})


def _value(field: Field, number: int, programme: Programme, sort: str, languages: tuple[str, ...]) -> Any:
    """A value of a field that its schema allows."""
    if (field.table, field.name) in CHOSEN:
        return CHOSEN[field.table, field.name](programme, languages)
    if field.name == "id":
        return identity(field.table, number)
    if field.ref:
        return _reference(field, number)
    if field.name == "country" or field.codelist == "countries":
        return (programme.home, programme.host)[(number + 1 + ("host" in field.name or "to_" in field.name)) % 2]
    if field.coded:
        return _code(field, number, programme, sort, languages[0])
    return _plain(field, number, sort)


def identity(table: str, number: int) -> str:
    """The id of a made-up record."""
    return f"{table[:2].upper()}-{number:03d}"


def _reference(field: Field, number: int) -> Any:
    if field.ref == field.table:  # of its own sort: the first stands alone
        named: str | None = identity(field.ref, 1) if number > 1 else None
    else:
        named = identity(field.ref, 2 if "host" in field.name else 1)
    return named if field.type != "array" or named is None else (named,)


def _code(field: Field, number: int, programme: Programme, sort: str, language: str) -> Any:
    """The code with the longest or the shortest label, or one after the other."""
    codes = list(field.enum or programme.codelists.get(field.codelist, {}))
    labels = field.labels if field.enum else programme.codelists.get(field.codelist, {})
    if not codes:
        return None
    if field.type == "array":
        return tuple(codes) if sort in (LONGEST, HOSTILE) else (codes[0],)
    by_length = sorted(codes, key=lambda code: len(str(labels.get(code, {}).get(language, code))))
    turn = {LONGEST: by_length[::-1], HOSTILE: codes}.get(sort, by_length)
    return turn[(number - 1) % len(turn)]


def _plain(field: Field, number: int, sort: str) -> Any:
    one, several = TEXTS[sort]
    match field.type, field.format:
        case _, "date":
            late = any(each in field.name for each in LATE)
            return date(2026, 3, 20 + number) if late else date(2026, 3, number)
        case _, "time":
            return time(17, 45) if any(each in field.name for each in LATE) else time(8, 30)
        case "boolean", _:
            return sort != SHORTEST
        case "integer" | "number", _:
            return _number(field, sort)
        case "array", _:
            return (one,) if sort in (SHORTEST, EMPTY) else (one, one, one)
    if field.examples and (field.format or "pattern" in field.spec):
        return field.examples[0]
    return several if field.multiline else one


def _number(field: Field, sort: str) -> int | Decimal:
    if field.name.endswith("year"):
        return DAY.year
    least = field.spec.get("minimum", field.spec.get("exclusiveMinimum", 0) + 1)
    most = field.spec.get("maximum", 999_999_999)
    chosen = most if sort == LONGEST else max(least, 1234 if sort == HOSTILE else least)
    chosen = min(chosen, most)
    return int(chosen) if field.type == "integer" else Decimal(str(chosen))


CHOSEN: Mapping[tuple[str, str], Any] = {
    ("partnerships", "stage"): lambda programme, languages: STAGES[-1],
    ("stays", "destination"): lambda programme, languages: programme.host,
    ("stays", "languages"): lambda programme, languages: "+".join(languages),
    ("transport", "from_country"): lambda programme, languages: programme.home,
    ("transport", "to_country"): lambda programme, languages: programme.host,
    ("results", "stage"): lambda programme, languages: "final",
    ("versions", "version"): lambda programme, languages: "1.0",
    ("consents", "withdrawn"): lambda programme, languages: None,
    ("consents", "until"): lambda programme, languages: OVER,
    ("consents", "languages"): lambda programme, languages: tuple(programme.languages),
}
"""What must fit together for a document to show anything."""
