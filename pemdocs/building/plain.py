"""Turn values, the findings of a check, and what was left out, into what JSON can hold, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from pemdocs.building.outcome import Skipped
from pemdocs.knowledge.rough import RoughDate, RoughNumber
from pemdocs.model import FieldName, Finding, Money, Severity


def of_finding(finding: Finding) -> list[Any]:
    """A finding as a list. Raises ``TypeError`` for a fact that JSON cannot hold."""
    place = [finding.sheet, finding.cell, finding.table, finding.field, finding.record, finding.row]
    return [finding.code, finding.severity.value, *place, _facts(finding.facts), finding.source]


def finding(told: list[Any]) -> Finding:
    """A finding from such a list."""
    code, severity, sheet, cell, table, field, record, row, facts, source = told
    return Finding(code, Severity(severity), sheet, cell, table, field, record, row, _read(facts), source)


def of_skipped(each: Skipped) -> list[Any]:
    """What was left out as a list. Raises as ``of_finding`` does."""
    return [each.kind, each.case, each.code, _facts(each.facts), each.wrong]


def skipped(told: list[Any]) -> Skipped:
    """What was left out, from such a list."""
    kind, case, code, facts, wrong = told
    return Skipped(kind, case, code, _read(facts), wrong)


def _facts(facts: Mapping[str, object]) -> dict[str, Any]:
    return {name: of_value(fact) for name, fact in facts.items()}


def _read(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value(fact) for name, fact in facts.items()}


def of_value(fact: object) -> Any:
    """A value as it is, or a pair of its sort and how it is written. Raises ``TypeError`` for what JSON cannot hold."""
    match fact:
        case None | bool() | int() | float():
            return fact
        case str():
            return str(fact)
        case FieldName():
            return ["field", [fact.table, fact.field]]
        case RoughNumber():
            return ["rough-number", [str(Decimal(fact)), fact.sign]]
        case RoughDate():
            return ["rough-date", [fact.isoformat(), fact.precision]]
        case date() | time():
            return [type(fact).__name__, fact.isoformat()]
        case Decimal():
            return ["number", str(fact)]
        case Money():
            return ["money", [of_value(fact.amount), fact.currency]]
        case tuple() | list() if not hasattr(fact, "_fields"):
            return [type(fact).__name__, [of_value(each) for each in fact]]
    raise TypeError(type(fact).__name__)


def value(plain: Any) -> Any:
    """A value from what ``of_value`` gave."""
    if not isinstance(plain, list):
        return plain
    sort, written = plain
    return _SORTS[sort](written)


def _rough_date(written: str, precision: str) -> RoughDate:
    day = date.fromisoformat(written)
    return RoughDate(day.year, day.month, day.day, precision)


_SORTS: Mapping[str, Callable[[Any], Any]] = {
    "field": lambda written: FieldName(*written),
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "number": Decimal,
    "rough-number": lambda written: RoughNumber(*written),
    "rough-date": lambda written: _rough_date(*written),
    "money": lambda written: Money(value(written[0]), written[1]),
    "tuple": lambda written: tuple(map(value, written)),
    "list": lambda written: list(map(value, written)),
}
"""How each sort of fact is read again."""


class Once:
    """Things in the order in which they first came, each once."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def place(self, thing: Any) -> int:
        """Where a thing stands."""
        return self._places.setdefault(thing, len(self._places))

    @property
    def all(self) -> list[Any]:
        """All of them."""
        return list(self._places)
