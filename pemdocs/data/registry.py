"""Keep the facts by the sort of record and the name they are asked by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fact = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact with the audience that may see it and the fields that it is made of."""

    function: Fact
    audience: str


_FACTS: dict[tuple[str, str], Declared] = {}
"""The registry: record name and fact name to the function."""


def fact(record: str, audience: str = "public") -> Callable[[Fact], Fact]:
    """Register a function of one record as a fact, under the function's own name."""

    def register(function: Fact) -> Fact:
        _FACTS[record, function.__name__] = Declared(function, audience)
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


def gives(record: str, name: str) -> str:
    """The type that the fact is declared to give, as it is written, without ``None``: ``int``, ``date``, ``Any``."""
    return str(_FACTS[record, name].function.__annotations__.get("return", "Any")).removesuffix(" | None")


def compute(record: str, name: str, linked: Any) -> Any:
    """The fact's value for a linked record."""
    return _FACTS[record, name].function(linked)
