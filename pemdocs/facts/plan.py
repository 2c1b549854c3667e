"""Facts of people, companies, pairs, plans and objectives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.data.schema import STAGES
from pemdocs.knowledge import births


@fact("person")
def full_name(person: Any) -> str | None:
    """Given names, then family name; either alone where the other is missing."""
    return " ".join(filter(None, (person.given_names, person.family_name))) or None


@fact("person", audience="internal")
def age(person: Any) -> int | None:
    """Full years on the day the data speaks of; ``None`` where unknown parts of the birth date leave two answers."""
    if person.birth_date is None:
        return None
    days = {births.earliest(person.birth_date), births.latest(person.birth_date)}
    years = {full_years(day, person.dataset.as_of) for day in days}
    return years.pop() if len(years) == 1 else None


def full_years(born: date, on: date) -> int:
    """Full years between a birth and a day; somebody born on 29 February has a birthday on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@fact("company", audience="partner")
def women_share(company: Any) -> Decimal | None:
    """Women among the employees, 0 to 1."""
    if not company.employees or company.women_employees is None:
        return None
    return Decimal(company.women_employees) / Decimal(company.employees)


@fact("partnership")
def stage_number(pair: Any) -> int:
    """How far the case has come: 0 for selection to 4 for after; an empty stage counts as the first."""
    return STAGES.index(pair.stage) if pair.stage else 0


@fact("partnership")
def mobility_days(pair: Any) -> int | None:
    """Days of the mobility, the first and the last included."""
    if not (pair.mobility_start and pair.mobility_end):
        return None
    return int((pair.mobility_end - pair.mobility_start).days) + 1


@fact("partnership")
def dataset_date(pair: Any) -> date:
    """The day that the data speaks of."""
    day: date = pair.dataset.as_of
    return day


@fact("partnership", audience="partner", table="versions")
def current_version(pair: Any) -> Any:
    """The version with the highest number, or ``None``."""
    return max(pair.versions, key=order, default=None)


@fact("version", audience="partner")
def order(version: Any) -> tuple[int, ...]:
    """The number to sort by: ``1.10`` is (1, 10), so that it stands after ``1.9``; an empty number stands first."""
    return tuple(int(part) for part in (version.version or "0").split(".") if part.isdecimal())


@fact("objective", audience="partner", table="measurements")
def latest(objective: Any) -> Any:
    """The measurement with the latest date, or ``None``."""
    dated = [each for each in objective.measurements if each.date and each.value is not None]
    return max(dated, key=lambda each: each.date, default=None)


@fact("objective", audience="partner")
def reached(objective: Any) -> Decimal | None:
    """The part of the way from the baseline to the target that is done: 0 to 1, more when it is passed."""
    last, start, target = latest(objective), objective.baseline, objective.target
    if last is None or start is None or target is None or start == target:
        return None
    return Decimal(last.value - start) / Decimal(target - start)


@fact("objective", audience="partner")
def trend(objective: Any) -> str | None:
    """Where the last two values lead: ``nearer`` to the target, ``farther`` from it, ``steady``; the first value is
    compared with the baseline."""
    dated = sorted((each.date, each.value) for each in objective.measurements if each.date and each.value is not None)
    values = [value for value in (objective.baseline, *(value for _, value in dated)) if value is not None]
    if objective.target is None or not dated or len(values) < 2:
        return None
    before, now = (abs(objective.target - value) for value in values[-2:])
    return "steady" if before == now else "nearer" if now < before else "farther"


@fact("partnership", audience="internal", table="coordination")
def open_steps(pair: Any) -> tuple[Any, ...]:
    """The entries of the coordination whose next step is not done, the most urgent first."""
    found = (each for each in pair.coordination if each.record.texts("next_step") and not each.done)
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.date)))


class Ahead(NamedTuple):
    """Something that comes: its day, its sort (``activity``, ``objective``, …), and the record that says it."""

    day: date
    sort: str
    record: Any


@fact("partnership", audience="partner")
def ahead(pair: Any) -> tuple[Ahead, ...]:
    """What comes after the day that the data speaks of, the next first."""
    today = pair.dataset.as_of
    return tuple(sorted((each for each in _dated(pair) if each.day > today), key=lambda each: each[:2]))


def _dated(pair: Any) -> Iterator[Ahead]:
    days = {"departure": pair.mobility_start, "return": pair.mobility_end, "review": pair.next_review}
    yield from (Ahead(day, sort, pair) for sort, day in days.items() if day)
    yield from (Ahead(each.start, "activity", each) for each in pair.activities if each.start and _stands(each))
    yield from (Ahead(each.date, "meeting", each) for each in pair.meetings if each.date)
    approved = (each for each in pair.trainings if each.approval == "approved")
    yield from (Ahead(each.start, "training", each) for each in approved if each.start)
    yield from (Ahead(each.due, "objective", each) for each in pair.objectives if each.due)
    yield from (Ahead(each.interim_due, "interim", each) for each in pair.objectives if each.interim_due)


def _stands(activity: Any) -> bool:
    return activity.status not in ("done", "cancelled")


class Visa(NamedTuple):
    """Where an application stands, and no more of it: its state, and the day on which it is or was lodged."""

    state: str
    lodged: date | None


@fact("partnership", audience="internal")
def visa(pair: Any) -> Visa | None:
    """Where the application of the entrepreneur stands; of several the one of the latest entry."""
    mine = [each for each in pair.stays if each.person == pair.home_person and each.status]
    last = max(mine, key=lambda each: each.entry or date.min, default=None)
    return None if last is None else Visa(last.status, last.appointment)


class Step(NamedTuple):
    """A step of the journal: its day, its sort (``lodged``, ``departure``, ``meeting``, …), the meeting that it is, and
    whether it has ``happened``, is ``to_come``, or should be over and nobody has noted that it is (``unnoted``)."""

    day: date | None
    sort: str
    record: Any
    state: str


LODGED = frozenset({"lodged", "granted", "refused"})
"""The states of a visa in which its application is lodged."""


@fact("partnership", audience="partner")
def journal(pair: Any) -> tuple[Step, ...]:
    """The mobility step by step: lodging of the visa, departure, arrival, meetings, return; what has no day is last.

    That a planned day is over does not tell that its step was taken: the data have to say so.
    """
    visa_of = visa(pair)
    days = {
        "lodged": visa_of.lodged if visa_of else None,
        "departure": pair.mobility_start,
        "arrival": pair.arrived,
        "return": pair.returned or pair.mobility_end,
    }
    told = _told(pair, visa_of, days)
    steps = [Step(day, sort, pair, _state(pair, sort, days, told)) for sort, day in days.items()]
    for each in pair.meetings:
        steps.append(Step(each.date, "meeting", each, "happened" if each.record.texts("result") else "to_come"))
    if not any(each.kind == "debriefing" for each in pair.meetings):
        steps.append(Step(None, "debriefing", pair, _state(pair, "debriefing", days, told)))
    return tuple(sorted(steps, key=lambda step: _moment(step, pair)))


def _told(pair: Any, application: Visa | None, days: Mapping[str, date | None]) -> frozenset[str]:
    """The steps of which the data tell that they were taken, unless they are dated later."""
    away = STAGES.index("mobility")
    told = {
        "lodged": application is not None and application.state in LODGED,
        "departure": bool(pair.arrived or pair.returned) or stage_number(pair) >= away,
        "arrival": bool(pair.arrived),
        "return": bool(pair.returned),
    }
    return frozenset(sort for sort, there in told.items() if there and (days[sort] or date.min) <= pair.dataset.as_of)


def _state(pair: Any, sort: str, days: Mapping[str, date | None], told: frozenset[str]) -> str:
    if sort in told:
        return "happened"
    due = days.get(sort) or days["return" if sort == "debriefing" else "departure"]
    return "unnoted" if due is not None and due <= pair.dataset.as_of else "to_come"


ORDER = ("lodged", "departure", "arrival", "meeting", "debriefing", "return")
"""How steps of one day follow each other."""


def _moment(step: Step, pair: Any) -> tuple[Any, ...]:
    """Where a step stands; one without a day where it belongs: lodging first, arrival behind the departure."""
    likely = {"lodged": date.min, "arrival": pair.mobility_start, "debriefing": pair.mobility_end}
    start = step.record.start if step.sort == "meeting" else None
    return (step.day or likely.get(step.sort) or date.max, ORDER.index(step.sort), start or time.min)


class Sum(NamedTuple):
    """An amount in a currency."""

    amount: Decimal
    currency: str


@fact("partnership", audience="internal")
def logistics_total(pair: Any) -> tuple[Sum, ...]:
    """What the arrangements cost together, currency by currency."""
    priced = [each for each in pair.logistics if each.amount is not None and each.currency]
    found = dict.fromkeys(each.currency for each in priced)
    return tuple(Sum(sum((each.amount for each in priced if each.currency == one), Decimal()), one) for one in found)


@fact("partnership", audience="internal")
def score_total(pair: Any) -> Decimal | None:
    """The sum of its scores; ``None`` where there is none."""
    given = [each.score for each in pair.scores if each.score is not None]
    return sum(map(Decimal, given), Decimal()) if given else None


@fact("partnership", audience="internal")
def score_maximum(pair: Any) -> Decimal | None:
    """The most that the criteria it was scored by can give together."""
    most = [each.criterion.maximum for each in pair.scores if each.criterion and each.criterion.maximum]
    return sum(map(Decimal, most), Decimal()) if most else None


class Rank(NamedTuple):
    """A place among the files of a cohort that have as many scores: 2 of 13; equal totals share a place."""

    place: int
    of: int


@fact("partnership", audience="internal")
def score_rank(pair: Any) -> Rank | None:
    """The place of its total among the files of its cohort that were scored; ``None`` without a cohort or scores."""
    mine = score_share(pair)
    if mine is None or pair.cohort is None:
        return None
    shares = [share for other in pair.cohort.partnerships if (share := score_share(other)) is not None]
    return Rank(1 + sum(share > mine for share in shares), len(shares))


def score_share(pair: Any) -> Decimal | None:
    """The total as a share of the most that is possible."""
    total, most = score_total(pair), score_maximum(pair)
    return total / most if total is not None and most else None
