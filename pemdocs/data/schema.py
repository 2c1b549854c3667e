"""Turn the schemas into tables and fields. Only this module knows the keywords of ``schemas/dialect/keywords.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pemdocs import resources
from pemdocs.model import Words

STAGES = ("selection", "matching", "pre-departure", "mobility", "after")
"""The stages of a case in order, as ``x-due`` names them."""

AUDIENCES = ("public", "partner", "internal", "restricted")
"""From everybody to the few: a kind shows a field when its audience stands at or after the field's class."""

SOURCE = "source"
"""What ``x-said`` says of the words for where a figure comes from."""

TEXT_FORMATS = frozenset({"code", "phone", "ninea", "rccm", "ice", "kbo", "vat"})
"""Strings of digits that Excel would spoil as numbers."""


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a table's schema, with everything that is declared about it."""

    table: str
    name: str
    type: str
    format: str
    label: Words
    help: Words
    headings: tuple[str, ...]
    audience: str
    due: str
    required: bool
    personal: bool
    ref: str
    codelist: str
    enum: tuple[str, ...]
    labels: Mapping[str, Words]
    translated: bool
    said: str
    multiline: bool
    countries: tuple[str, ...]
    money: str
    examples: tuple[Any, ...]
    spec: Mapping[str, Any]
    codes: Mapping[str, Words]
    """The codes of ``enum`` with their labels."""

    @property
    def kept_as_text(self) -> bool:
        """Whether Excel must hold it as text: ids, identifiers, phones."""
        return self.format in TEXT_FORMATS or bool(self.ref)

    @property
    def unknown_parts(self) -> bool:
        """Whether day and month of a date may be unknown."""
        return bool(self.spec.get("x-unknown-parts"))

    @property
    def rough(self) -> bool:
        """Whether a number may be about, more or fewer, and a date its month or its year alone."""
        return bool(self.spec.get("x-rough"))

    @property
    def coded(self) -> bool:
        """Whether only codes of a list are allowed."""
        return bool(self.enum or self.codelist)

    @property
    def names(self) -> bool:
        """Whether it needs none, being a name or a source: words of it may have a column for each language beside."""
        return self.said in ("name", SOURCE)

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every heading under which the field is known: its name, its labels, its further headings."""
        return (self.name, *self.label.values(), *self.headings)


@dataclass(frozen=True)
class Table:
    """One schema: what a sheet holds, and how its records are linked."""

    name: str
    record: str
    order: int
    sheet: Words
    sheets: tuple[str, ...]
    help: Words
    unique: tuple[tuple[str, ...], ...]
    fields: Mapping[str, Field]
    source: str

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every sheet name under which the table is known."""
        return (self.name, *self.sheet.values(), *self.sheets)

    @property
    def has_id(self) -> bool:
        """Whether its records carry an id that other sheets can refer to."""
        return "id" in self.fields

    @cached_property
    def audience(self) -> str:
        """The widest class of what it tells: where all but the ids and references is restricted, the table is."""
        told = [each.audience for each in self.fields.values() if each.name != "id" and not each.ref]
        return min(told, key=AUDIENCES.index)

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The fields that refer to records."""
        return tuple(field for field in self.fields.values() if field.ref)

    @cached_property
    def awaited(self) -> tuple[Field, ...]:
        """The fields that are due at some stage."""
        return tuple(field for field in self.fields.values() if field.due)

    def stands_alone(self, name: str) -> bool:
        """Whether no two records may share this field."""
        return (name,) in self.unique


Tables = Mapping[str, Table]


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Tables:
    """Every table of the folder of schemas, in the order of the sheets."""
    where = folder or resources.folder("schemas")
    tables = [_table(json.loads(path.read_text("utf-8"))) for path in sorted(where.glob("*.json"))]
    return {table.name: table for table in sorted(tables, key=lambda table: table.order)}


def _table(schema: Mapping[str, Any]) -> Table:
    required = frozenset(schema["required"])
    fields = {
        name: _field(schema["title"], name, spec, name in required) for name, spec in schema["properties"].items()
    }
    return Table(
        name=schema["title"],
        record=schema["x-record"],
        order=schema["x-order"],
        sheet=schema["x-sheet"],
        sheets=tuple(schema.get("x-sheets", ())),
        help=schema["x-help"],
        unique=tuple(tuple(names) for names in schema.get("x-unique", ())),
        fields=fields,
        source=json.dumps(schema),
    )


def _field(table: str, name: str, spec: Mapping[str, Any], required: bool) -> Field:
    return Field(
        table=table,
        name=name,
        type=spec["type"],
        format=spec.get("format", ""),
        label=spec["x-label"],
        help=spec["x-help"],
        headings=tuple(spec.get("x-headings", ())),
        audience=spec["x-audience"],
        due=spec.get("x-due", ""),
        required=required,
        personal=spec.get("x-personal", False),
        ref=spec.get("x-ref", ""),
        codelist=spec.get("x-codelist", ""),
        enum=tuple(spec.get("enum", ())),
        labels=spec.get("x-labels", {}),
        translated=spec.get("x-translated", False),
        said=spec.get("x-said", ""),
        multiline=spec.get("x-multiline", False),
        countries=tuple(spec.get("x-countries", ())),
        money=spec.get("x-money", ""),
        examples=tuple(spec.get("examples", ())),
        spec=spec,
        codes={code: spec.get("x-labels", {}).get(code, {}) for code in spec.get("enum", ())},
    )


def called(name: str) -> Table | None:
    """The table of this name: as the schemas, the sheets of the workbook or its records are called."""
    tables = load().values()
    known = {said.casefold(): each for each in tables for said in (*each.accepted, each.record)}
    return known.get(name.strip().casefold())
