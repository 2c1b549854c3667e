"""Tell which names a template may use: of which sort each is, and which name was meant where there is no such."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.data.schema import AUDIENCES, Field, Table, Tables
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.words import reading
from pemdocs.writing.own import names
from pemdocs.writing.own.lint import sorts
from pemdocs.writing.own.lint.flaws import nearest
from pemdocs.writing.own.lint.sorts import Sort
from pemdocs.writing.own.names import FACT, Attribute

BARE: Mapping[str, Sort] = {
    "programme": Sort(sorts.PROFILE), "languages": Sort(sorts.LIST), "parallel": sorts.UNKNOWN, "draft": sorts.UNKNOWN,
    "home": Sort(sorts.TEXT), "host": Sort(sorts.TEXT), "partners": Sort(sorts.LIST), "as_of": sorts.UNKNOWN,
    "destination": sorts.UNKNOWN,
}  # fmt: skip
OF_A_LOOP = "loop"


@dataclass(slots=True)
class Scope:
    """What can be named where a tag stands. ``gone`` are the names of loops that have ended."""

    kind: Kind
    programme: Programme
    levels: list[dict[str, Sort]] = field(default_factory=lambda: [{}])
    gone: set[str] = field(default_factory=set)
    known: Names = field(init=False)

    def __post_init__(self) -> None:
        self.known = Names(self.kind, self.programme)

    def find(self, name: str) -> Sort | None:
        """What a name is, ``None`` where there is no such."""
        for level in reversed(self.levels):
            if name in level:
                return level[name]
        return self.known.roots.get(name)

    def bind(self, name: str, sort: Sort) -> None:
        """Give a name to something."""
        self.levels[-1][name] = sort

    def open(self, **bound: Sort) -> None:
        """Begin a level, such as a loop."""
        self.levels.append(dict(bound))

    def close(self) -> None:
        """End it: its names are gone."""
        if len(self.levels) > 1:
            self.gone |= self.levels.pop().keys() - {OF_A_LOOP}

    def meant(self, name: str) -> str:
        """What may have been meant by a name that there is not."""
        within = {each for level in self.levels for each in level}
        own = self.known.nearest_attribute(self.known.table, name, 0.8)
        if own and own.casefold() == name.casefold():
            return f"case.{own}"
        return nearest(name, {*self.known.roots, *within}) or (f"case.{own}" if own else "")


@dataclass(frozen=True)
class Names:
    """The names that templates of a kind have, in a programme."""

    kind: Kind
    programme: Programme

    @cached_property
    def tables(self) -> Tables:
        """Every table."""
        return schema.load()

    @cached_property
    def table(self) -> Table:
        """That of the case."""
        return self.tables[self.kind.table]

    @cached_property
    def roots(self) -> Mapping[str, Sort]:
        """Variables and functions, under all their names."""
        case = Sort(sorts.RECORD, self.table.name)
        found: dict[str, Sort] = {"case": case, self.table.record: case}
        for each in names.VARIABLES:
            if each.name != "case" and (not each.tables or self.table.name in each.tables):
                found |= dict.fromkeys(each.all, BARE.get(each.name, sorts.UNKNOWN))
        for each in names.FUNCTIONS:
            if not each.tables or self.table.name in each.tables:
                found |= {name: Sort(sorts.FUNCTION, said=each.name) for name in each.all}
        for name in reading.built_in()[2]:
            found.setdefault(name, sorts.UNKNOWN)
        return found

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The functions and variables that only templates about other tables have."""
        return frozenset(name for each in (*names.VARIABLES, *names.FUNCTIONS) for name in each.all) - self.roots.keys()

    @cached_property
    def filters(self) -> Mapping[str, str]:
        """The filters by all their names, with the name under which each is known here."""
        own = {name: each.name for each in names.FILTERS for name in each.all}
        return {**{name: name for name in reading.built_in()[0]}, **own}

    def attributes(self, table: Table, audience: str = AUDIENCES[-1]) -> Mapping[str, Attribute]:
        """What records of a table have, as far as readers of this class may see it."""
        return {each.name: each for each in names.attributes(self.tables, table, audience)}

    def nearest_attribute(self, table: Table, name: str, least: float = 0.6) -> str:
        """What was meant by a name that records have not: the nearest name, or the field that is labelled so."""
        found = self.attributes(table, self.kind.audience)
        labelled = {plain(said): each.name for each in table.fields.values() if each.name in found
                    for said in each.accepted}  # fmt: skip
        near = nearest(plain(name), {*found, *labelled}, least)
        return near if near in found else labelled.get(near, "")

    def sort(self, table: Table, attribute: Attribute) -> Sort:
        """What an attribute of a record is."""
        if attribute.sort == names.RECORD:
            return Sort(sorts.RECORD, attribute.table)
        if attribute.sort == names.RECORDS:
            return Sort(sorts.RECORDS, attribute.table)
        if attribute.sort == FACT:
            return sorts.of_fact(attribute.name, facts.given(table.record, attribute.name))
        return Sort(sorts.VALUE, field=table.fields[attribute.name])

    def codes(self, about: Field) -> Iterator[str]:
        """What a coded field may be compared with: its codes and their labels in each language."""
        choices = about.labels or self.programme.codelists.get(about.codelist, {})
        yield from about.enum or choices
        for labels in choices.values():
            yield from labels.values()


def plain(words: str) -> str:
    """Words as a name is written: small letters without accents, an underscore for each gap."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"\W+", "_", bare).strip("_")
