"""Facts of a stay about 90 days in any 180: what was used before, what each day of it uses, where it must end."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.facts.outcomes import real_entry, real_exit, result
from pemdocs.facts.stays import DAY, destination_of, span
from pemdocs.knowledge import schengen

NOT_COUNTED = frozenset({"residence-permit", "long-stay-visa"})
"""Days under these do not count: Regulation (EU) 2016/399, art. 6(2)."""

FALLEN_THROUGH = frozenset({"refused", "withdrawn"})


class DayUsed(NamedTuple):
    """A day of the stay, and the days used in the window that ends with it."""

    date: date
    used: int


class Run(NamedTuple):
    """Days of the stay in a row that all add to the days used, or of which none does; ``over``: beyond the limit."""

    start: date
    end: date
    first: int
    last: int
    rising: bool
    over: bool


@fact("stay", "restricted", table="travel_history")
def past(stay: Any) -> tuple[Any, ...]:
    """The visits of the travel history that count: in a Schengen state, on a short stay, begun before this one."""
    visits = stay.person.travel_history if stay.person else ()
    area = destination_of(stay).states
    counted = [each for each in visits if each.country in area and each.basis not in NOT_COUNTED and _dated(each)]
    return tuple(sorted((each for each in counted if stay.entry and each.entry < stay.entry), key=_entry))


@fact("stay", "restricted", table="travel_history")
def not_counted(stay: Any) -> tuple[Any, ...]:
    """The other visits of the travel history."""
    there = past(stay)
    return tuple(each for each in (stay.person.travel_history if stay.person else ()) if each not in there)


@fact("stay", "restricted")
def past_stays(stay: Any) -> tuple[tuple[date, date], ...]:
    """Entry and exit of every earlier stay that counts, of the history and of the person's other dossiers."""
    visits = {(each.entry, each.exit) for each in past(stay)}
    return tuple(sorted(visits | {(real_entry(each), real_exit(each)) for each in earlier(stay)}))


@fact("stay", "restricted", table="stays")
def earlier(stay: Any) -> tuple[Any, ...]:
    """The person's other dossiers whose stay begins before this one: as it was, else as it is planned."""
    others = stay.person.stays if stay.person else ()
    found = [each for each in others if each != stay and _counts(each) and stay.entry and real_entry(each) < stay.entry]
    told = {(visit.entry, visit.exit) for visit in past(stay)}
    # What the travel history tells of already is told once.
    apart = [each for each in found if (real_entry(each), real_exit(each)) not in told]
    return tuple(sorted(apart, key=lambda each: (real_entry(each), each.record.number)))


def _counts(other: Any) -> bool:
    """Whether a stay of another dossier took place, or may yet."""
    first, last = real_entry(other), real_exit(other)
    fallen = other.status in FALLEN_THROUGH or result(other) in FALLEN_THROUGH
    return bool(first and last and first <= last) and not fallen


def _dated(record: Any) -> bool:
    return bool(record.entry and record.exit and record.entry <= record.exit)


def _entry(visit: Any) -> tuple[date, date]:
    return (visit.entry, visit.exit)


def _whole(stay: Any) -> tuple[tuple[date, date], ...]:
    return (*past_stays(stay), (stay.entry, stay.exit)) if span(stay) else ()


@fact("stay", "restricted")
def used_before(stay: Any) -> int | None:
    """Days used on the eve of the entry."""
    return schengen.days_used(past_stays(stay), stay.entry - DAY) if stay.entry else None


@fact("stay", "restricted")
def used(stay: Any) -> tuple[DayUsed, ...]:
    """For each day of the stay the days used in the 180 days that end with it."""
    whole = _whole(stay)
    return tuple(DayUsed(day, schengen.days_used(whole, day)) for day in span(stay))


@fact("stay", "restricted")
def peak(stay: Any) -> int | None:
    """The most days used on any day of the stay."""
    return max((each.used for each in used(stay)), default=None)


@fact("stay", "restricted")
def overstay(stay: Any) -> date | None:
    """The first day of this stay on which more than 90 days are used."""
    return next((each.date for each in used(stay) if each.used > schengen.LIMIT), None)


@fact("stay", "restricted")
def latest_exit(stay: Any) -> date | None:
    """The last day on which the traveller may leave after entering on the planned day; ``None`` if there is none."""
    return schengen.latest_departure(past_stays(stay), stay.entry) if stay.entry else None


@fact("stay", "restricted")
def days_left(stay: Any) -> int | None:
    """Days still free on the fullest day of the stay; none where the limit is passed."""
    most = peak(stay)
    return None if most is None else max(schengen.LIMIT - most, 0)


@fact("stay", "restricted")
def runs(stay: Any) -> tuple[Run, ...]:
    """The days used, day by day, as few runs: a day does not add to them where an earlier one leaves the window."""
    found: list[Run] = []
    before = used_before(stay)
    for day, count in used(stay):
        rising, over = count != before, count > schengen.LIMIT
        if found and (found[-1].rising, found[-1].over) == (rising, over):
            found[-1] = found[-1]._replace(end=day, last=count)
        else:
            found.append(Run(day, day, count, count, rising, over))
        before = count
    return tuple(found)
