"""Turn what has changed since a version was signed into words: what it was, what it is now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from pemdocs.data.dataset import Linked
from pemdocs.data.schema import Field
from pemdocs.knowledge.typography import typeset
from pemdocs.model import LANGUAGE_MARK, Cell, Record, Text, Value
from pemdocs.page.view import View
from pemdocs.words import language
from pemdocs.words.wording import guard, say_field


class ChangeTold(NamedTuple):
    """A field that has changed since a version was signed; ``was`` and ``now`` are empty where there is nothing."""

    label: Text
    was: Text
    now: Text


def functions(view: View) -> dict[str, Callable[..., Any]]:
    """What an amendment can ask for: the version that was signed, its day, and the changes since."""
    return {
        "changes": lambda: tuple(_changes(view)),
        "amended_version": lambda: view.amends.version if view.amends else 1,
        "amended_on": lambda: view.amends.on if view.amends else view.linked.dataset.as_of,
    }


def _changes(view: View) -> list[ChangeTold]:
    """Each changed field once, in every language of the document."""
    found: dict[tuple[int, str], dict[str, tuple[Value, Value]]] = {}
    records: dict[int, Record] = {}
    for record, name, each, was in view.amends.changes if view.amends else ():
        records[id(record)] = record
        now = record.value(f"{name}{LANGUAGE_MARK}{each}" if each else name)
        for one in (each,) if each else view.languages:
            found.setdefault((id(record), name), {})[one] = (was, now)
    return [_told(view, Linked(view.linked.dataset, records[of]), name, each) for (of, name), each in found.items()]


def _told(view: View, linked: Linked, name: str, values: dict[str, tuple[Value, Value]]) -> ChangeTold:
    guard(view.kind, linked, name)
    field = linked.table.fields[name]
    was, now = (
        Text(tuple((each, _said(linked, field, both[side], each)) for each, both in values.items() if both[side]))
        for side in (0, 1)
    )
    return ChangeTold(view.label(field), was, now)


def _said(linked: Linked, field: Field, value: Value, each: str) -> str:
    """A value of a field in words, be it the one that the record has now or another."""
    if field.translated:
        return typeset(str(value), each)
    if field.ref:
        target = linked.dataset.find(field.ref, str(value))
        name = (target.full_name if field.ref == "people" else target.name) if target is not None else None
        return language.say(value, field, linked.dataset.programme, each) if not isinstance(name, str) else name
    record = replace(linked.record, cells={**linked.record.cells, field.name: Cell("", "", value)})
    return say_field(Linked(linked.dataset, record), field, each)
