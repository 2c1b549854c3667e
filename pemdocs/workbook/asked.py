"""Narrow the schemas to what a programme asks for. Only this module leaves a sheet or a column out of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pemdocs.data.schema import AUDIENCES, Field, Table, Tables
from pemdocs.project import kinds
from pemdocs.project.programme import Programme

DECIDING = frozenset({
    "consents", "publications", "photographs.nobody", "interviews.person", "interviews.consent", "indicators.base",
    "indicators.note", "indicators.note_public",
})  # fmt: skip
"""Sheets and columns that no reader sees and that decide what readers see: they go with the sheets of publications."""


def asked(tables: Tables, programme: Programme) -> Tables:
    """The tables that the kinds of the profile and the profile itself need, with their columns, as they can be filled.

    A sheet stands behind those that it refers to, so that no drop-down is empty. Left out are identifiers of other
    countries, references to tables that are left out, and what no document of these kinds may show, or does. The
    profile's own examples stand for those of the schemas; so does its home country, and what only the other country
    asks has none.
    """
    names = _ordered([name for name in tables if name in _sheets(programme, tables)], tables)
    audience = max((kind.audience for kind in _kinds(programme)), key=AUDIENCES.index, default=AUDIENCES[-1])
    spared = kinds.unasked(programme.kinds, programme.templates)
    found: dict[str, Table] = {}
    for name in names:
        own = programme.examples.get(name, {})
        fields = {
            each.name: replace(each, examples=_examples(each, programme, own))
            for each in tables[name].fields.values()
            if f"{name}.{each.name}" not in spared and _needed(each, programme, names, audience)
        }
        found[name] = replace(tables[name], fields=fields)
    return found


def _sheets(programme: Programme, tables: Tables) -> set[str]:
    """The tables that the profile lists, of these those that its kinds ask for; where nothing is said, all."""
    listed = set(programme.tables) or set(tables)
    asked = [set(kind.sheets) for kind in _kinds(programme)]
    return listed & set().union(*asked) if asked and all(asked) else listed


def _ordered(names: list[str], tables: Tables) -> list[str]:
    """The tables in their own order, but each behind those that it refers to."""
    found: list[str] = []

    def place(name: str, waiting: frozenset[str]) -> None:
        for other in tables:
            refers = any(field.ref == other for field in tables[name].fields.values())
            if other in names and refers and other not in waiting:
                place(other, waiting | {name})
        if name not in found:
            found.append(name)

    for each in names:
        place(each, frozenset((each,)))
    return found


def _kinds(programme: Programme) -> Iterator[kinds.Kind]:
    for name in programme.kinds:
        yield from (kinds.load(each, programme.templates) for each in kinds.members(name, programme.templates))


def _examples(field: Field, programme: Programme, own: Mapping[str, Any]) -> tuple[Any, ...]:
    if field.name in own:
        return (own[field.name],)
    if field.countries and programme.home not in field.countries:
        return ()
    abroad = field.codelist == "countries" and not {programme.home, programme.host} & set(field.examples)
    return (programme.home,) if abroad and field.examples else field.examples


def _needed(field: Field, programme: Programme, names: list[str], audience: str) -> bool:
    here = not field.countries or bool({programme.home, programme.host} & set(field.countries))
    decides = field.table in DECIDING or f"{field.table}.{field.name}" in DECIDING
    shown = field.required or decides or AUDIENCES.index(field.audience) <= AUDIENCES.index(audience)
    return here and shown and (not field.ref or field.ref in names)
