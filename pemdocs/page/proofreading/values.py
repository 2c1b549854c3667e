"""What the names of a template stand for while it is read: a record of a table, a text, a macro, something unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pemdocs import facts
from pemdocs.data.dataset import back_references, may_see
from pemdocs.data.schema import AUDIENCES, Table, Tables
from pemdocs.page.proofreading.source import Source
from pemdocs.words.sandbox import nodes


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something of which nothing is known before it is there."""


ANY = Unknown()


@dataclass(frozen=True, slots=True)
class Known:
    """A value that stands in the template."""

    value: object


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of which a part is known: a regular expression."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a table."""

    table: str


@dataclass(frozen=True, slots=True)
class Records:
    """A list of records of a table."""

    table: str


@dataclass(frozen=True, slots=True)
class Item:
    """A field of a record as a layout sees it."""


@dataclass(frozen=True, slots=True)
class Method:
    """What a record can be asked by the name of a field."""

    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which every entry stands in the template."""

    entries: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A part of the programme's profile, as one language reads it."""

    part: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro with the template it stands in and the names that it sees."""

    node: nodes.Macro
    source: Source
    names: dict[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """An imported template."""

    names: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Function:
    """Something that a layout calls."""

    name: str


Value = Unknown | Known | Pattern | Record | Records | Item | Method | Listed | Profile | Macro | Module | Function

OF_AN_ITEM = ("label", "text", "state", "raw", "cell")
OF_A_MAPPING = ("get", "items", "keys", "values")
OF_A_RECORD = ("label", "raw", "state", "pending")
OF_A_SPOKEN_RECORD = ("code",)


def pattern_of(value: Value) -> str:
    """The texts that a value can be, as a regular expression."""
    if isinstance(value, Known):
        return re.escape(str(value.value))
    return value.pattern if isinstance(value, Pattern) else ".+"


class Attributes:
    """What records have, for the readers of one kind. ``methods`` are what they can be asked."""

    def __init__(self, tables: Tables, audience: str, methods: tuple[str, ...]) -> None:
        self.tables = tables
        self.audience = audience
        self.methods = methods
        self._backs = {name: back_references(tables, name) for name in tables}

    def names(self, table: str) -> tuple[str, ...]:
        """Every name that a record of the table knows."""
        one = self.tables[table]
        return (*one.fields, *self._backs[table], *facts.names(one.record))

    def hidden(self, table: str, name: str) -> str:
        """The class of what the readers may not see; empty where they may."""
        found = self._class(self.tables[table], name)
        return found if AUDIENCES.index(found) > AUDIENCES.index(self.audience) else ""

    def _class(self, table: Table, name: str) -> str:
        if name in table.fields:
            return table.fields[name].audience
        if facts.known(table.record, name):
            return facts.audience(table.record, name)
        return AUDIENCES[0] if may_see(self.audience, self._owner(table, name)) else AUDIENCES[-1]

    def _owner(self, table: Table, name: str) -> Table:
        return self.tables[self._backs[table.name][name].table]

    def value(self, table: str, name: str) -> Value:
        """What the attribute of a record is."""
        one = self.tables[table]
        found = one.fields.get(name)
        if found is not None:
            if not found.ref:
                return Item()
            return Records(found.ref) if found.type == "array" else Record(found.ref)
        if facts.known(one.record, name):
            return ANY
        owner = self._owner(one, name)
        return Record(owner.name) if owner.stands_alone(self._backs[table][name].name) else Records(owner.name)
