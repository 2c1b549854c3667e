"""Facts of people, companies, pairs, plans and objectives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pemdocs.data.registry import fact
from pemdocs.data.schema import STAGES


@fact("person")
def full_name(person: Any) -> str | None:
    """Given names, then family name; either alone where the other is missing."""
    return " ".join(filter(None, (person.given_names, person.family_name))) or None


@fact("person", audience="internal")
def age(person: Any) -> int | None:
    """Full years on the day the data speaks of."""
    return None if person.birth_date is None else full_years(person.birth_date, person.dataset.as_of)


def full_years(born: date, on: date) -> int:
    """Full years between a birth and a day; somebody born on 29 February has a birthday on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@fact("company", audience="internal")
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


@fact("partnership", audience="internal")
def current_version(pair: Any) -> Any:
    """The version with the highest number, or ``None``."""
    return max(pair.versions, key=order, default=None)


@fact("version", audience="internal")
def order(version: Any) -> tuple[int, ...]:
    """The number to sort by: ``1.10`` is (1, 10), so that it stands after ``1.9``; an empty number stands first."""
    return tuple(int(part) for part in (version.version or "0").split(".") if part.isdecimal())


@fact("objective", audience="internal")
def latest(objective: Any) -> Any:
    """The measurement with the latest date, or ``None``."""
    dated = [each for each in objective.measurements if each.date and each.value is not None]
    return max(dated, key=lambda each: each.date, default=None)


@fact("objective", audience="internal")
def reached(objective: Any) -> Decimal | None:
    """The part of the way from the baseline to the target that is done: 0 to 1, more when it is passed."""
    last, start, target = latest(objective), objective.baseline, objective.target
    if last is None or start is None or target is None or start == target:
        return None
    return Decimal(last.value - start) / Decimal(target - start)
