"""Rules about a stay as such: its days, the state that is competent, the application, its purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.facts.days import FALLEN_THROUGH
from pemdocs.facts.outcomes import result
from pemdocs.facts.stays import figure_of, months_later
from pemdocs.knowledge import calendars, schengen
from pemdocs.model import Finding, Severity
from pemdocs.project import destination as destinations
from pemdocs.project.destination import Figure
from pemdocs.rules import at, rule

BORDERS = "Regulation (EU) 2016/399"
VISA_CODE = "Regulation (EC) 810/2009"

WEEKEND = (6, 7)


def unconfirmed(*figures: Figure | None) -> str:
    """Where figures come from that nobody has confirmed yet; empty where all are sure."""
    return "; ".join(dict.fromkeys(each.source for each in figures if each and not each.sure))


def to_be_lodged(stay: Any) -> bool:
    """Whether the application is still being prepared, so that it can be mended."""
    return stay.status in (None, "preparing") and stay.progress is None


def still_planned(stay: Any) -> bool:
    """Whether the stay may yet take place: the visa is neither refused nor given up."""
    return stay.status not in FALLEN_THROUGH and result(stay) not in FALLEN_THROUGH


@rule("stay-over-90-days", source=f"{BORDERS}, art. 6(1) and (2)")
def stay_over_90_days(stay: Any, overstay: Any) -> Iterator[Finding]:
    """On every day of a stay at most 90 of the last 180 days are used."""
    facts = {"window": schengen.WINDOW, "latest": stay.latest_exit, "target": "travel_history"}
    if still_planned(stay):
        yield at(stay, "exit", date=overstay, days=stay.peak, limit=schengen.LIMIT, **facts)


@rule("stays-overlap", source=f"{BORDERS}, art. 6(2): a day is spent once")
def stays_overlap(stay: Any, person: Any) -> Iterator[Finding]:
    """A traveller's next stay begins when the last one has ended."""
    before = [other for other in _going_on(person) if other != stay and _begins_first(other, stay)]
    clash = next((other for other in before if stay.entry < other.exit or stay.entry == other.entry), None)
    if clash is not None and stay in _going_on(person):
        yield at(stay, "entry", other=f"{clash.record.sheet}!{clash.record.place('entry')}")


def _going_on(person: Any) -> list[Any]:
    return [stay for stay in person.stays if stay.days and still_planned(stay)]


def _begins_first(stay: Any, other: Any) -> bool:
    return bool(other.entry) and (stay.entry, stay.record.number) < (other.entry, other.record.number)


@rule("destination-unknown", source=f"{VISA_CODE}, art. 5")
def destination_unknown(stay: Any, destination: Any) -> Iterator[Finding]:
    """The rules of the country of destination are known."""
    templates = stay.dataset.programme.templates
    if destinations.of(destination, templates) is None:
        yield at(stay, "destination", country=destination, countries=", ".join(destinations.available(templates)))


@rule("destination-incomplete", source=f"{VISA_CODE}, art. 14(5a)", severity=Severity.NOTE)
def destination_incomplete(stay: Any, destination: Any) -> Iterator[Finding]:
    """Of the country of destination more is known than what all states share."""
    file = destinations.of(destination, stay.dataset.programme.templates)
    if file is not None and not file.complete:
        yield at(stay, "destination", country=destination)


@rule("other-state-competent", source=f"{VISA_CODE}, art. 5(1)(b)", severity=Severity.WARNING)
def other_state_competent(stay: Any, main_destination: Any) -> Iterator[Finding]:
    """The visa is asked of the state in which most days are spent."""
    spent = {each.country: each.days for each in stay.states}
    own = spent.get(stay.destination, 0)
    # Days of which the place is not known yet may still tip the balance.
    open_days = stay.days - sum(spent.values())
    if stay.competent is False and spent[main_destination] > own + open_days:
        yield at(stay, "destination", country=main_destination, days=spent[main_destination], here=stay.destination,
                 own=own)  # fmt: skip


@rule("several-states-competent", source=f"{VISA_CODE}, art. 5(1)(b) and (c)", severity=Severity.WARNING)
def several_states_competent(stay: Any, destination: Any) -> Iterator[Finding]:
    """One country has most days of the stay; else its purpose decides, else the first entry."""
    others = [country for country in stay.tied if country != destination]
    if destination in stay.tied and stay.first_entry != destination and to_be_lodged(stay):
        yield at(stay, "destination", country=others[0], days=stay.states[0].days, here=destination)


@rule("application-too-early", source=f"{VISA_CODE}, art. 9(1)")
def application_too_early(stay: Any, appointment: Any) -> Iterator[Finding]:
    """The application is not lodged before the day from which it is taken."""
    earliest, figure = stay.window.earliest, figure_of(stay, "apply_earliest")
    if earliest and appointment < earliest and to_be_lodged(stay):
        yield at(stay, "appointment", date=appointment, earliest=earliest, months=figure.value if figure else None,
                 unconfirmed=unconfirmed(figure))  # fmt: skip


@rule("application-too-late", source=f"{VISA_CODE}, art. 9(1)", severity=Severity.WARNING)
def application_too_late(stay: Any, appointment: Any) -> Iterator[Finding]:
    """The application is lodged in time before the entry."""
    latest, figure = stay.window.latest, figure_of(stay, "apply_latest")
    if latest and appointment > latest and to_be_lodged(stay):
        yield at(stay, "appointment", date=appointment, latest=latest, days=figure.value if figure else None,
                 unconfirmed=unconfirmed(figure))  # fmt: skip


@rule("decision-may-come-late", source=f"{VISA_CODE}, art. 23(1) and (2)", severity=Severity.NOTE)
def decision_may_come_late(stay: Any, appointment: Any) -> Iterator[Finding]:
    """Even the longest decision is taken before the entry."""
    window, figure = stay.window, figure_of(stay, "decision_days_longest")
    in_time = window.latest and appointment <= window.latest
    if in_time and window.decision_longest and window.decision_longest > stay.entry and to_be_lodged(stay):
        yield at(stay, "appointment", date=window.decision_longest, entry=stay.entry,
                 days=figure.value if figure else None, unconfirmed=unconfirmed(figure))  # fmt: skip


@rule("appointment-on-holiday", source="Python package holidays", severity=Severity.NOTE)
def appointment_on_holiday(stay: Any, appointment: Any) -> Iterator[Finding]:
    """The appointment is not on a holiday of the home country or of the destination."""
    for country in (stay.dataset.programme.home, stay.destination):
        if country and to_be_lodged(stay) and appointment in calendars.holidays_of(country, appointment.year):
            yield at(stay, "appointment", date=appointment, country=country)
            return


@rule("appointment-on-weekend", source="Python package holidays", severity=Severity.NOTE)
def appointment_on_weekend(stay: Any, appointment: Any) -> Iterator[Finding]:
    """The appointment is on a working day."""
    if appointment.isoweekday() in WEEKEND and to_be_lodged(stay):
        yield at(stay, "appointment", date=appointment)


@rule("fingerprints-needed-again", source=f"{VISA_CODE}, art. 13(2) and (3)", severity=Severity.NOTE)
def fingerprints_needed_again(stay: Any) -> Iterator[Finding]:
    """Fingerprints are there from an application of the last 59 months."""
    figure, lodged = figure_of(stay, "biometrics_months"), stay.appointment or stay.entry
    if not to_be_lodged(stay) or figure is None:
        return
    facts = {"months": figure.value, "unconfirmed": unconfirmed(figure)}
    if not stay.fingerprints:
        yield at(stay, "fingerprints", **facts)
    elif stay.fingerprints_date and lodged and months_later(stay.fingerprints_date, int(figure.value)) <= lodged:
        yield at(stay, "fingerprints_date", **facts)


@rule("purpose-not-business", source=f"{VISA_CODE}, annex II, A.1", severity=Severity.WARNING)
def purpose_not_business(stay: Any, purpose: Any) -> Iterator[Finding]:
    """A dossier of the programme asks for a business visa."""
    if purpose != "business":
        yield at(stay, "purpose", purpose=purpose)
