"""Facts of indicators: what was measured, by when, of whom; what is about too few people is hidden."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from pemdocs.consent.groups import FEWEST
from pemdocs.data.dataset import sourced
from pemdocs.data.registry import fact
from pemdocs.facts import areas, suppression
from pemdocs.knowledge.rough import FEWER, part_of_way, ratio, sign_of

SMALL, DERIVABLE = "small", "derivable"
"""Why a number is hidden: it is about too few people; with the total it would tell the one that is."""

PLANNED, INTERIM, FINAL = "planned", "interim", "final"
STAGES = (PLANNED, INTERIM, FINAL)
LEVELS = ("impact", "outcome", "output")
PERCENT, HUNDRED = "%", Decimal(100)
PARTS = re.compile(r"\d+|\D+")

Words = Mapping[str, Any]


class Number(NamedTuple):
    """A value as it may be published: ``None`` where it is hidden, and ``hidden`` says why."""

    value: Decimal | None
    hidden: str
    unit: Words
    date: date | None
    source: Words
    stage: str | None
    people: bool


class Category(NamedTuple):
    """A part of a total; ``share`` is 0 to 1 of the sum of the parts, ``None`` where the number is hidden."""

    label: Words
    number: Number
    share: Decimal | None


class Breakdown(NamedTuple):
    """An indicator's value by sex, region …, on the latest day of which it is known.

    On a map ``rest`` is by country (ISO 3166-1) what the regions are together that are not told by themselves; of a
    country that is not in it nothing else may be told.
    """

    indicator: Any
    dimension: str
    date: date
    source: Words
    total: Number | None
    rows: tuple[Category, ...]
    rest: Mapping[str, Decimal] = MappingProxyType({})


class FrameworkRow(NamedTuple):
    """An indicator with its target and what was reached; ``reached`` is the part of the way from the baseline.

    A result that names no stage counts as final.
    """

    indicator: Any
    baseline: Number | None
    target: Number | None
    planned: Number | None
    interim: Number | None
    final: Number | None
    latest: Number | None
    reached: Decimal | None
    latest_date: date | None


def natural(identifier: str) -> list[tuple[bool, int, str]]:
    """An id to sort by: ``R10`` stands behind ``R9``."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in PARTS.findall(identifier)]


def in_order(indicators: Iterable[Any]) -> list[Any]:
    """Indicators from impact to output, by rank, by id."""

    def place(indicator: Any) -> tuple[int, int, list[tuple[bool, int, str]]]:
        level = LEVELS.index(indicator.level) if indicator.level in LEVELS else len(LEVELS)
        return (level, 10**6 if indicator.rank is None else indicator.rank, natural(indicator.record.id))

    return sorted(indicators, key=place)


def few(indicator: Any, value: Any, stage: str | None) -> bool:
    """Whether a value is about so few people that it may tell of one.

    Of a percentage those count whom it is about, and those whom it is not: 8 % of 13 is one, 92 % of 13 leaves one.
    """
    if stage == PLANNED or not indicator.people:
        return False
    whole = whole_of(indicator)
    if whole is None:
        return not in_percent(indicator) and few_of(value)
    counted = counted_of(value, whole)
    return few_of(counted) or few_of(whole - counted)


def few_of(value: Any) -> bool:
    """Whether a number of people is fewer than five, or “fewer than 5” itself."""
    return bool(0 < value < FEWEST or (value == FEWEST and sign_of(value) == FEWER))


def in_percent(indicator: Any) -> bool:
    """Whether the values of an indicator are hundredths."""
    words = [str(each).strip() for each in (indicator.unit or {}).values()]
    return bool(words) and all(each == PERCENT for each in words)


def whole_of(indicator: Any) -> Decimal | None:
    """The number that is a hundred percent; nothing where the indicator is no percentage, or that is not known."""
    if not in_percent(indicator) or indicator.base is None or in_percent(indicator.base):
        return None
    found = [each for each in _totals(indicator.base) if each.stage != PLANNED]
    return Decimal(found[-1].value) if found else None


def counted_of(percent: Any, whole: Decimal) -> Decimal:
    """How many people a percentage is about."""
    return (Decimal(percent) * whole / HUNDRED).to_integral_value(ROUND_HALF_UP)


def _kept(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)


def _number(indicator: Any, value: Any, day: date | None, source: Words, stage: str | None = None) -> Number:
    people = bool(indicator.people)
    small = few(indicator, value, stage)
    return Number(None if small else _kept(value), SMALL if small else "", indicator.unit, day, source, stage, people)


def _of(indicator: Any, result: Any) -> Number:
    return _number(indicator, result.value, result.date, sourced(result), result.stage)


def _complete(results: Iterable[Any]) -> list[Any]:
    return [each for each in results if each.value is not None and each.date is not None]


def _totals(indicator: Any) -> list[Any]:
    """The results that are not part of a breakdown, by date; of the same day the most final stands last."""
    found = [each for each in _complete(indicator.results) if each.dimension is None]
    return sorted(found, key=lambda each: (each.date, STAGES.index(each.stage) if each.stage in STAGES else 1))


@fact("indicator")
def remark(indicator: Any) -> Words:
    """The note that its author lets everybody read; nothing where it is for the team."""
    told: Words = (indicator.note or {}) if indicator.note_public else {}
    return told


@fact("indicator")
def history(indicator: Any) -> tuple[Number, ...]:
    """The values of the whole, planned ones too, by date."""
    return tuple(_of(indicator, each) for each in _totals(indicator))


@fact("indicator")
def latest(indicator: Any) -> Number | None:
    """The last value of the whole that was measured and not planned."""
    return next((each for each in reversed(history(indicator)) if each.stage != PLANNED), None)


def _last(indicator: Any, *stages: str | None) -> Number | None:
    return next((each for each in reversed(history(indicator)) if each.stage in stages), None)


@fact("indicator")
def target_number(indicator: Any) -> Number | None:
    """The target, with its date and source."""
    if indicator.target is None:
        return None
    return _number(indicator, indicator.target, indicator.target_date, sourced(indicator), PLANNED)


@fact("indicator")
def baseline_number(indicator: Any) -> Number | None:
    """The value at the beginning."""
    if indicator.baseline is None:
        return None
    return _number(indicator, indicator.baseline, indicator.baseline_date, sourced(indicator))


@fact("indicator")
def reached(indicator: Any) -> Decimal | None:
    """The part of the way from the baseline (else from nothing) to the target; more than 1 where it is passed."""
    last, target, start = latest(indicator), indicator.target, baseline_number(indicator)
    first = Decimal(0) if start is None else start.value
    if last is None or last.value is None or first is None or target is None or target == first:
        return None
    return part_of_way(last.value, _kept(target), first)


@fact("indicator")
def breakdowns(indicator: Any) -> tuple[Breakdown, ...]:
    """The value by sex, sector, region …: of each the latest."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    for result in _complete(indicator.results):
        if result.dimension is not None:
            grouped[result.dimension].append(result)
    return tuple(_breakdown(indicator, dimension, results) for dimension, results in grouped.items())


def _breakdown(indicator: Any, dimension: str, results: Sequence[Any]) -> Breakdown:
    day = max(each.date for each in results)
    parts = {str(sorted((each.category or {}).items())): each for each in results if each.date == day}
    values = [Decimal(each.value) for each in parts.values()]
    base = whole_of(indicator)
    people = values if base is None else [counted_of(each, base) for each in values]
    found = [_of(indicator, each) for each in parts.values()]
    rest: Mapping[str, Decimal] = {}
    if areas.on_a_map(indicator, dimension):
        numbers, rest = _mapped(indicator, list(parts.values()), found, people)
    else:
        numbers = _guarded(found, people)
    whole = sum(values, Decimal(0))
    rows = tuple(
        Category(each.category or {}, number, None if number.value is None or not whole else ratio(number.value, whole))
        for each, number in zip(parts.values(), numbers, strict=True)
    )
    total = next((_of(indicator, each) for each in reversed(_totals(indicator)) if each.date == day), None)
    return Breakdown(indicator, dimension, day, next((n.source for n in numbers if n.source), {}), total, rows, rest)


def _mapped(
    indicator: Any, parts: Sequence[Any], numbers: list[Number], people: Sequence[Decimal]
) -> tuple[list[Number], Mapping[str, Decimal]]:
    """The parts as a map may tell them. What a share is of must be known, or nobody can tell whom it is about."""
    if in_percent(indicator) and whole_of(indicator) is None:
        return [_hide(each, labelled=False) for each in numbers], {}
    programme = indicator.dataset.programme
    lands = [areas.country_of(areas.code_of(programme, each.category or {})) for each in parts]
    values = [Decimal(each.value) for each in parts]
    few_ = [place for place, each in enumerate(people) if numbers[place].hidden or few_of(each)]
    told = areas.told(values, people, lands, few_)
    return [_hide(each, labelled=False) if n in told.hidden else each for n, each in enumerate(numbers)], told.rest


def _guarded(numbers: list[Number], values: list[Decimal]) -> list[Number]:
    """The parts of a total, with as many more hidden as it takes that the total gives none of them back."""
    small = [place for place, each in enumerate(numbers) if each.hidden]
    if not small:
        return numbers
    hidden, labelled = suppression.hidden(values, small)
    return [_hide(each, place in labelled) if place in hidden else each for place, each in enumerate(numbers)]


def _hide(number: Number, labelled: bool) -> Number:
    return number._replace(value=None, hidden=SMALL if labelled else DERIVABLE)


def framework_rows(indicators: Iterable[Any]) -> tuple[FrameworkRow, ...]:
    """The results framework of these indicators, in order."""
    return tuple(map(_row, in_order(indicators)))


def _row(indicator: Any) -> FrameworkRow:
    last = latest(indicator)
    return FrameworkRow(
        indicator=indicator,
        baseline=baseline_number(indicator),
        target=target_number(indicator),
        planned=_last(indicator, PLANNED),
        interim=_last(indicator, INTERIM),
        final=_last(indicator, FINAL, None),
        latest=last,
        reached=reached(indicator),
        latest_date=None if last is None else last.date,
    )
