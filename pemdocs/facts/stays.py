"""Facts of a stay: its passport, its journey, its nights, the state that is competent, the dates that bind it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.knowledge import births, calendars
from pemdocs.project import destination
from pemdocs.project.destination import Destination, Figure

DAY = timedelta(days=1)
OFFERED = frozenset({"private", "company"})
"""Lodging with people or at a company: not a hotel."""
LONGEST = 400
"""Days of a stay that are looked at one by one: a year typed wrong must not make thousands of lines."""


class Night(NamedTuple):
    """A night by the day it begins; where it is spent: in a lodging, ``doubled`` where two claim it, or on a leg."""

    date: date
    lodging: Any
    doubled: bool
    leg: Any


class StateDays(NamedTuple):
    """How much of a stay is spent in a country."""

    country: str
    days: int
    nights: int


class Window(NamedTuple):
    """The days that bind an application; each ``None`` where it cannot be known."""

    earliest: date | None
    latest: date | None
    decision: date | None
    decision_longest: date | None
    passport_until: date | None
    passport_issued_from: date | None


class Payers(NamedTuple):
    """Who pays what, as the invitation says it."""

    travel: str | None
    lodging: str | None
    subsistence: str | None
    insurance: str | None


def months_later(day: date, months: int) -> date:
    """The same day so many months later or earlier; where the month has no such day, its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def destination_of(stay: Any) -> Destination:
    """The destination of a stay; what all states share where its country has no file."""
    templates = stay.dataset.programme.templates
    return destination.of(stay.record.value("destination"), templates) or destination.common(templates)


def figure_of(stay: Any, name: str) -> Figure | None:
    """A figure as it is valid when the application is lodged; by default on the day the data speaks of."""
    return destination_of(stay).figure(name, stay.appointment or stay.dataset.as_of)


def span(stay: Any) -> tuple[date, ...]:
    """Every day of a stay, both ends included; empty where its dates are not known or cannot be."""
    if not (stay.entry and stay.exit) or stay.exit < stay.entry:
        return ()
    length = min((stay.exit - stay.entry).days + 1, LONGEST)
    return tuple(stay.entry + DAY * number for number in range(length))


@fact("stay", "restricted")
def days(stay: Any) -> int | None:
    """Days of the stay, the first and the last included."""
    return (stay.exit - stay.entry).days + 1 if span(stay) else None


@fact("stay", "restricted")
def nights(stay: Any) -> int | None:
    """Nights of the stay."""
    return (stay.exit - stay.entry).days if span(stay) else None


@fact("stay", "restricted", table="travel_documents")
def passport(stay: Any) -> Any:
    """The travel document of the stay, else the only one of the person."""
    if stay.travel_document is not None:
        return stay.travel_document
    owned: tuple[Any, ...] = stay.person.travel_documents if stay.person else ()
    return owned[0] if len(owned) == 1 else None


FULL_AGE = 12 * 18
"""Months after which nobody signs for a person any more."""


@fact("stay", "restricted")
def minor(stay: Any) -> bool:
    """Whether the traveller is under age on the day of lodging, else of entry, so that a guardian signs."""
    born, day = stay.person.birth_date if stay.person else None, stay.appointment or stay.entry
    return bool(born and day and months_later(births.earliest(born), FULL_AGE) > day)


FREE, CHILD = 12 * 6, 12 * 12
"""Months of age below which no fee is asked, and below which it is the child's."""


@fact("stay", "restricted")
def fee(stay: Any) -> Figure | None:
    """The fee that the consulate asks: by age; ``None`` where there is none, as of family of citizens of the Union."""
    person, day = stay.person, stay.appointment or stay.dataset.as_of
    born = births.earliest(person.birth_date) if person and person.birth_date else None
    if person and person.eu_family_nationality in destination_of(stay).citizens:
        return None
    if born and months_later(born, FREE) > day:
        return None
    return figure_of(stay, "fee_child" if born and months_later(born, CHILD) > day else "fee_adult")


@fact("stay", "restricted", table="companies")
def home_company(stay: Any) -> Any:
    """The company that sends the traveller."""
    return stay.person.company if stay.person else None


@fact("stay", "restricted", table="companies")
def host_company(stay: Any) -> Any:
    """The company that invites: the invitation's, else the partner's."""
    if stay.invitation is not None and stay.invitation.company is not None:
        return stay.invitation.company
    return stay.partnership.host_company if stay.partnership else None


@fact("stay", "restricted", table="stays")
def invited(stay: Any) -> tuple[Any, ...]:
    """Every stay of the same invitation, this one among them, by the travellers' names."""
    if stay.invitation is None:
        return (stay,)
    return tuple(sorted(stay.invitation.stays, key=_by_name))


def _by_name(stay: Any) -> tuple[str, str]:
    person = stay.person
    return ((person.family_name or "").casefold(), (person.given_names or "").casefold()) if person else ("", "")


@fact("stay", "restricted")
def group(stay: Any) -> bool:
    """Whether several travellers share the invitation."""
    return len(invited(stay)) > 1


@fact("stay", "restricted")
def payers(stay: Any) -> Payers:
    """Who pays what, as the invitation says it."""
    invitation = stay.invitation
    if invitation is None:
        return Payers(None, None, None, None)
    return Payers(
        travel=invitation.travel_payer,
        lodging=invitation.lodging_payer,
        subsistence=invitation.subsistence_payer,
        insurance=invitation.insurance_payer,
    )


@fact("stay", "restricted", table="transport")
def legs(stay: Any) -> tuple[Any, ...]:
    """The journey in the order of departure; what has no date stands last."""
    return tuple(
        sorted(stay.transport, key=lambda leg: (leg.departure_date or date.max, str(leg.departure_time or "")))
    )


@fact("stay", "restricted", table="transport")
def arrival(stay: Any) -> Any:
    """The leg that leads into the area, or ``None``."""
    states = destination_of(stay).states
    return next((leg for leg in legs(stay) if leg.to_country in states and leg.from_country not in states), None)


@fact("stay", "restricted", table="transport")
def arrivals(stay: Any) -> tuple[Any, ...]:
    """Every leg that leads into the area, in the order of departure: each is an entry."""
    states = destination_of(stay).states
    known = [leg for leg in legs(stay) if leg.to_country and leg.from_country]
    return tuple(leg for leg in known if leg.to_country in states and leg.from_country not in states)


@fact("stay", "restricted", table="transport")
def leaving(stay: Any) -> Any:
    """The last leg that leads out of the area, or ``None``."""
    states = destination_of(stay).states
    out = [leg for leg in legs(stay) if leg.from_country in states and leg.to_country not in states]
    return out[-1] if out and all(leg.from_country and leg.to_country for leg in out) else None


@fact("stay", "restricted", table="lodging")
def lodgings(stay: Any) -> tuple[Any, ...]:
    """The lodgings in the order of their first night."""
    return tuple(sorted(stay.lodging, key=lambda lodging: lodging.start or date.max))


@fact("stay", "restricted")
def night_list(stay: Any) -> tuple[Night, ...]:
    """Every night of the stay with the lodging that covers it."""
    return tuple(_night(stay, day) for day in span(stay)[:-1])


def _night(stay: Any, day: date) -> Night:
    there = [each for each in lodgings(stay) if each.start and each.end and each.start <= day < each.end]
    return Night(day, there[0] if there else None, len(there) > 1, None if there else _travelling(stay, day))


def _travelling(stay: Any, day: date) -> Any:
    """The leg that is under way all night, or ``None``."""
    dated = (leg for leg in legs(stay) if leg.departure_date and leg.arrival_date)
    return next((leg for leg in dated if leg.departure_date <= day < leg.arrival_date), None)


def lodging_of_days(stay: Any) -> tuple[tuple[date, Any], ...]:
    """Each day with the lodging of its night; the last day with that of the night before."""
    spent = night_list(stay)
    last = [(stay.exit, spent[-1].lodging if spent else None)] if span(stay) else []
    return (*((night.date, night.lodging) for night in spent), *last)


class Declaration(NamedTuple):
    """The arrival that is to be declared at the municipality: until which day, and where the traveller lodges."""

    day: date
    lodging: Any


@fact("stay", "restricted")
def declaration(stay: Any) -> Declaration | None:
    """The declaration of arrival that who lodges outside of a hotel makes, where the destination asks for it."""
    figure = figure_of(stay, "declare_arrival_days")
    private = [each for each in lodgings(stay) if each.kind in OFFERED and each.country == stay.destination]
    first = next((each for each in private if each.start), None)
    if figure is None or first is None or not stay.entry:
        return None
    return Declaration(_working_day(stay.destination, max(first.start, stay.entry), int(figure.value)), first)


def _working_day(country: str, day: date, count: int) -> date:
    """The day that is so many working days later."""
    while count:
        day += DAY
        count -= day.isoweekday() < 6 and day not in calendars.holidays_of(country, day.year)
    return day


@fact("stay", "restricted")
def states(stay: Any) -> tuple[StateDays, ...]:
    """The countries of the stay, most days first."""
    by_day = Counter(lodging.country for _, lodging in lodging_of_days(stay) if lodging and lodging.country)
    by_night = Counter(night.lodging.country for night in night_list(stay) if night.lodging and night.lodging.country)
    return tuple(StateDays(country, count, by_night[country]) for country, count in _most(by_day))


def _most(counted: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


@fact("stay", "restricted")
def main_destination(stay: Any) -> str | None:
    """The country with most days, the stay's own on a tie: Regulation (EC) 810/2009, art. 5(1)(b)."""
    spent = states(stay)
    if not spent:
        return None
    longest = [each.country for each in spent if each.days == spent[0].days]
    own: str | None = stay.destination
    return own if own in longest else longest[0]


@fact("stay", "restricted")
def tied(stay: Any) -> tuple[str, ...]:
    """The countries that share the most days, where there are several."""
    spent = states(stay)
    longest = tuple(each.country for each in spent if each.days == spent[0].days)
    return longest if len(longest) > 1 else ()


@fact("stay", "restricted")
def competent(stay: Any) -> bool | None:
    """Whether the consulate of the stay's destination is the right one."""
    main = main_destination(stay)
    return None if main is None or not stay.destination else main == stay.destination


@fact("stay", "restricted")
def window(stay: Any) -> Window:
    """The days that bind the application, from the dated figures of the destination."""
    return Window(
        earliest=_months(stay, stay.entry, "apply_earliest", -1),
        latest=_days(stay, stay.entry, "apply_latest", -1),
        decision=_days(stay, stay.lodged_on, "decision_days", 1),
        decision_longest=_days(stay, stay.lodged_on, "decision_days_longest", 1),
        passport_until=_months(stay, stay.exit, "passport_months_after", 1),
        passport_issued_from=_months(stay, stay.entry, "passport_years", -12),
    )


def _months(stay: Any, day: date | None, name: str, times: int) -> date | None:
    figure = figure_of(stay, name)
    return months_later(day, int(figure.value) * times) if day and figure else None


def _days(stay: Any, day: date | None, name: str, times: int) -> date | None:
    figure = figure_of(stay, name)
    return day + DAY * (int(figure.value) * times) if day and figure else None
