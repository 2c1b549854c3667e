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


def few(indicator: Any, value: Any, stage: str | None, day: date | None = None) -> bool:
    """Whether a value is about so few people that it may tell of one.

    Of a share those count whom it is about, and those whom it is not: 8 % of 13 is one, 92 % of 13 leaves one, as 12 of
    13 do. The whole is that of its ``day``, else each that is known.
    """
    if stage == PLANNED or not of_people(indicator):
        return False
    shares = [(counted_of(value, whole) if in_percent(indicator) else Decimal(value), whole)
              for whole in _wholes(indicator, day)]  # fmt: skip
    alone = not in_percent(indicator) and few_of(value)
    return alone or any(few_of(counted) or few_of(whole - counted) for counted, whole in shares)


def few_of(value: Any) -> bool:
    """Whether a number of people is fewer than five, or “fewer than 5” itself."""
    return bool(0 < value < FEWEST or (value == FEWEST and sign_of(value) == FEWER))


def of_people(indicator: Any) -> bool:
    """Whether an indicator counts people: it says so, or it does not say and has results by sex."""
    said = indicator.people
    return bool(said) or (said is None and any(each.dimension == "sex" for each in indicator.results))


def in_percent(indicator: Any) -> bool:
    """Whether the values of an indicator are hundredths."""
    words = [str(each).strip() for each in (indicator.unit or {}).values()]
    return bool(words) and all(each == PERCENT for each in words)


def whole_of(indicator: Any, day: date | None = None) -> Decimal | None:
    """The number that is a hundred percent; nothing where the indicator is no percentage, or that is not known."""
    return next(reversed(_wholes(indicator, day)), None) if in_percent(indicator) else None


def _wholes(indicator: Any, day: date | None) -> list[Decimal]:
    """Of what the values of an indicator are a share: on that day, else whenever it is known, the latest last."""
    base = indicator.base
    measured = [] if base is None or in_percent(base) else [e for e in _totals(base) if e.stage != PLANNED]
    return [Decimal(each.value) for each in [each for each in measured if each.date == day] or measured]


def counted_of(percent: Any, whole: Decimal) -> Decimal:
    """How many people a percentage is about."""
    return (Decimal(percent) * whole / HUNDRED).to_integral_value(ROUND_HALF_UP)


def _kept(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)


def _number(indicator: Any, value: Any, day: date | None, source: Words, stage: str | None = None) -> Number:
    people = of_people(indicator)
    hidden = "" if not few(indicator, value, stage, day) else SMALL if _counts(indicator, value) else DERIVABLE
    return Number(None if hidden else _kept(value), hidden, indicator.unit, day, source, stage, people)


def _counts(indicator: Any, value: Any) -> bool:
    """Whether a value is itself a number of few people, and no share of which few are or are not."""
    return not in_percent(indicator) and few_of(value)


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
    totals = [_of(indicator, each) for each in reversed(_totals(indicator)) if each.date == day]
    found = [_of(indicator, each) for each in parts.values()]
    people, unlisted = _people(indicator, day, values)
    rest: Mapping[str, Decimal] = {}
    if areas.on_a_map(indicator, dimension):
        numbers, rest = _mapped(indicator, list(parts.values()), found, people, unlisted)
    else:
        numbers = _guarded(indicator, found, people, unlisted)
    whole = sum(values, Decimal(0))
    rows = tuple(
        Category(each.category or {}, number, None if number.value is None or not whole else ratio(number.value, whole))
        for each, number in zip(parts.values(), numbers, strict=True)
    )
    source = next((number.source for number in numbers if number.source), {})
    return Breakdown(indicator, dimension, day, source, next(iter(totals), None), rows, rest)


def _mapped(
    indicator: Any, parts: Sequence[Any], numbers: list[Number], people: Sequence[Decimal], unlisted: Decimal
) -> tuple[list[Number], Mapping[str, Decimal]]:
    """The parts as a map may tell them. What a share is of must be known, or nobody can tell whom it is about."""
    if in_percent(indicator) and whole_of(indicator) is None:
        return [_hide(each) for each in numbers], {}
    programme = indicator.dataset.programme
    lands = [areas.country_of(areas.code_of(programme, each.category or {})) for each in parts]
    values = [Decimal(each.value) for each in parts]
    few_ = [place for place, each in enumerate(people) if numbers[place].hidden or few_of(each)]
    told = areas.told(values, people, lands, few_, unlisted)
    return [_hide(each) if n in told.hidden else each for n, each in enumerate(numbers)], told.rest


def _guarded(indicator: Any, numbers: list[Number], people: list[Decimal], unlisted: Decimal) -> list[Number]:
    """The parts of a total, with as many more hidden as it takes that the total gives no small one back."""
    small = {place for place, each in enumerate(numbers) if each.hidden}
    small |= {len(people)} if few_of(unlisted) and of_people(indicator) else set()
    beside = [len(people)] if unlisted else []
    hidden = suppression.hidden([*people, unlisted] if unlisted else people, small, beside) if small else ()
    return [_hide(each) if place in hidden else each for place, each in enumerate(numbers)]


def _hide(number: Number) -> Number:
    return number._replace(value=None, hidden=DERIVABLE)


def _people(indicator: Any, day: date, values: list[Decimal]) -> tuple[list[Decimal], Decimal]:
    """How many each part of a day is about, and how many are in none: these are found by subtraction from the total.

    The total is that of the day, else the latest; that of percentages is a hundred, but for what rounding takes.
    """
    percent, base = in_percent(indicator), whole_of(indicator, day)
    measured = [each for each in _totals(indicator) if each.stage != PLANNED]
    known = [Decimal(each.value) for each in [each for each in measured if each.date == day] or measured[-1:]]
    rounded = Decimal(len(values)) / 2 if percent else Decimal(0)
    rest = (whole - sum(values, Decimal(0)) for whole in ([HUNDRED] if percent else known))
    unlisted = max((each for each in rest if each > rounded), default=Decimal(0))
    if base is None:
        return values, unlisted
    return [counted_of(each, base) for each in values], counted_of(unlisted, base)


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
