"""Narrow the schemas to what a programme asks for. Only this module leaves a sheet or a column out of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pemdocs.data.schema import Field, Table, Tables
from pemdocs.project import kinds
from pemdocs.project.programme import Programme


def asked(tables: Tables, programme: Programme) -> Tables:
    """The tables that the profile lists, every one where it lists none, with the columns that the programme needs.

    Left out are identifiers of other countries, references to tables that are left out, and what only a visa needs
    where no document may show it. The profile's own examples stand for those of the schemas; so does its home country.
    """
    names = [name for name in tables if name in programme.tables] if programme.tables else list(tables)
    audiences = {kind.audience for kind in _kinds(programme)}
    found: dict[str, Table] = {}
    for name in names:
        own = programme.examples.get(name, {})
        fields = {
            each.name: replace(each, examples=_examples(each, programme, own))
            for each in tables[name].fields.values()
            if _needed(each, programme, names, audiences)
        }
        found[name] = replace(tables[name], fields=fields)
    return found


def _kinds(programme: Programme) -> Iterator[kinds.Kind]:
    for name in programme.kinds:
        yield from (kinds.load(each, programme.templates) for each in kinds.members(name, programme.templates))


def _examples(field: Field, programme: Programme, own: Mapping[str, Any]) -> tuple[Any, ...]:
    if field.name in own:
        return (own[field.name],)
    abroad = field.codelist == "countries" and not {programme.home, programme.host} & set(field.examples)
    return (programme.home,) if abroad and field.examples else field.examples


def _needed(field: Field, programme: Programme, names: list[str], audiences: set[str]) -> bool:
    here = not field.countries or bool({programme.home, programme.host} & set(field.countries))
    shown = field.audience != "restricted" or "restricted" in audiences
    return here and shown and (not field.ref or field.ref in names)
