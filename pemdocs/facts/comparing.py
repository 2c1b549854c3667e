"""Turn indicators of one unit into what is drawn on one axis: their parts side by side, and how each has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pemdocs.facts.indicators import PLANNED, Breakdown, Number, Words, in_order

DOTS, CHANGE = "dots", "change"
"""How an indicator is drawn beside others, and against itself at another time."""


class Comparison(NamedTuple):
    """Breakdowns of several indicators by the same thing in the same unit."""

    dimension: str
    unit: Words
    rows: tuple[Breakdown, ...]
    sources: tuple[Words, ...]


class Changed(NamedTuple):
    """An indicator with the first and the last of what was measured, on two days."""

    indicator: Any
    first: Number
    last: Number


class Changes(NamedTuple):
    """Indicators of one unit that were measured twice."""

    unit: Words
    rows: tuple[Changed, ...]
    sources: tuple[Words, ...]


def comparisons(indicators: Iterable[Any]) -> tuple[Comparison, ...]:
    """The breakdowns of indicators that ask for dots; one that has none to stand beside is not among them."""
    asked = [each for each in in_order(indicators) if DOTS in (each.chart or ())]
    found = _grouped(
        (part for each in asked for part in each.breakdowns), lambda part: (part.dimension, _unit(part.indicator))
    )
    return tuple(
        Comparison(some[0].dimension, some[0].indicator.unit or {}, tuple(some), _once(each.source for each in some))
        for some in found
        if len(some) > 1
    )


def alone(indicators: Iterable[Any]) -> tuple[Breakdown, ...]:
    """The breakdowns that stand in no comparison."""
    listed = in_order(indicators)
    beside = {(one.indicator, one.dimension) for each in comparisons(listed) for one in each.rows}
    parts = (part for each in listed for part in each.breakdowns)
    return tuple(part for part in parts if (part.indicator, part.dimension) not in beside)


def changes(indicators: Iterable[Any]) -> tuple[Changes, ...]:
    """Indicators that ask for it, from the first value to the last; those that may not be published are left out."""
    asked = [each for each in in_order(indicators) if CHANGE in (each.chart or ())]
    rows = [found for each in asked if (found := _changed(each)) is not None]
    return tuple(
        Changes(some[0].indicator.unit or {}, tuple(some), _once(n.source for each in some for n in each[1:]))
        for some in _grouped(rows, lambda row: (_unit(row.indicator),))
    )


def _changed(indicator: Any) -> Changed | None:
    start = indicator.baseline_number
    begun = [start] if start is not None and start.date is not None else []
    told = [each for each in (*begun, *indicator.history) if each.stage != PLANNED and each.value is not None]
    if len(told) < 2:
        return None
    first, last = min(told, key=lambda each: each.date), told[-1]
    return Changed(indicator, first, last) if first.date < last.date else None


def _unit(indicator: Any) -> str:
    return str(sorted((indicator.unit or {}).items())).casefold()


def _grouped(items: Iterable[Any], key: Callable[[Any], tuple[str, ...]]) -> list[list[Any]]:
    found: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for each in items:
        found[key(each)].append(each)
    return list(found.values())


def _once(sources: Iterable[Words]) -> tuple[Words, ...]:
    return tuple({str(sorted(each.items())): each for each in sources if each}.values())
