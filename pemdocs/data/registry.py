"""Keep the facts by the sort of record and the name they are asked by."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

Fact = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact with the audience that may see it, and the table of the record or records that it gives, if it does."""

    function: Fact
    audience: str
    table: str = ""


_FACTS: dict[tuple[str, str], Declared] = {}
"""The registry: record name and fact name to the function."""


def fact(record: str, audience: str = "public", table: str = "") -> Callable[[Fact], Fact]:
    """Register a function of one record as a fact, under the function's own name.

    ``table`` is that of the record, or of the records, that it gives.
    """

    def register(function: Fact) -> Fact:
        _FACTS[record, function.__name__] = Declared(function, audience, table)
        return function

    return register


def known(record: str, name: str) -> bool:
    """Whether records of this sort have such a fact."""
    return (record, name) in _FACTS


def audience(record: str, name: str) -> str:
    """Who may see the fact."""
    return _FACTS[record, name].audience


def names(record: str) -> tuple[str, ...]:
    """The facts of a sort of record."""
    return tuple(name for owner, name in _FACTS if owner == record)


@dataclass(frozen=True, slots=True)
class Given:
    """What a fact gives: ``sort`` as its type is written (``int``, ``Day``, ``Any``), one or ``several``.

    ``table`` is that of the records that it gives; ``parts`` are the names of what rows of a type of their own have.
    """

    sort: str
    several: bool
    table: str
    parts: tuple[str, ...]


def given(record: str, name: str) -> Given:
    """What the fact is declared to give."""
    declared = _FACTS[record, name]
    written = str(declared.function.__annotations__.get("return", "Any")).removesuffix(" | None")
    inside = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", written)
    sort = inside[1] if inside else written
    return Given(
        sort, inside is not None, declared.table, _parts(vars(sys.modules[declared.function.__module__]).get(sort))
    )


def _parts(sort: Any) -> tuple[str, ...]:
    """The parts of a type that has some."""
    if is_dataclass(sort):
        return tuple(each.name for each in fields(sort))
    return tuple(getattr(sort, "_fields", ()))


def compute(record: str, name: str, linked: Any) -> Any:
    """The fact's value for a linked record."""
    return _FACTS[record, name].function(linked)
