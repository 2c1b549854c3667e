"""Facts of a stay about its dossier: the days of its programme, and the pieces that the consulate asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.facts import signatures
from pemdocs.facts.money import guarantor, sponsored
from pemdocs.facts.stays import destination_of, group, home_company, legs, lodging_of_days
from pemdocs.knowledge import calendars
from pemdocs.project import kinds
from pemdocs.project.destination import PieceRule

DROPPED = frozenset({"postponed", "cancelled"})
"""Activities that do not take place as planned."""

OUTSIDE = frozenset({"training", "work"})
"""What a traveller on business does not do."""

TITLED = ("title", "purpose")
"""The fields that say what is done at a meeting or an activity."""

PRESENT, TO_SIGN = "present", "to-sign"
"""How a piece is that is there: the second waits for its signatures."""

TEAM = ("team", "team-sponsored")
"""When a piece is asked that no consulate asks: the team needs it, always or where there is a formal obligation."""


class Day(NamedTuple):
    """A day of the stay: meetings and activities, journeys, the lodging of its night, whether it is a holiday."""

    date: date
    entries: tuple[Any, ...]
    lodging: Any
    holiday: bool
    travel: tuple[Any, ...]


class Due(NamedTuple):
    """A piece that the consulate asks: its state, its form, whether it is translated, the paper that fills it."""

    code: str
    state: str
    form: str
    translation: str | None
    source: str
    rows: tuple[Any, ...]
    kind: str


@fact("stay", "restricted")
def agenda(stay: Any) -> tuple[Day, ...]:
    """The stay day by day."""
    return tuple(
        Day(day, _entries(stay, day), lodging, _holiday(stay, day), _travel(stay, day))
        for day, lodging in lodging_of_days(stay)
    )


def _entries(stay: Any, day: date) -> tuple[Any, ...]:
    meetings = [each for each in _own(stay, "meetings") if each.date == day]
    activities = [each for each in _own(stay, "activities") if _takes_place(each, day)]
    return (
        *sorted(meetings, key=lambda each: str(each.start or "24")),
        *sorted(activities, key=lambda each: each.start),
    )


def _own(stay: Any, table: str) -> tuple[Any, ...]:
    """The meetings or the activities of the stay's pair that are of no other stay, and those of the stay alone."""
    shared = getattr(stay.partnership, table) if stay.partnership else ()
    return (*(each for each in shared if each.stay is None), *getattr(stay, table))


def _takes_place(activity: Any, day: date) -> bool:
    begun = activity.start is not None and activity.start <= day <= (activity.end or activity.start)
    return begun and activity.status not in DROPPED


def _holiday(stay: Any, day: date) -> bool:
    return bool(stay.destination) and day in calendars.holidays_of(stay.destination, day.year)


def _travel(stay: Any, day: date) -> tuple[Any, ...]:
    return tuple(leg for leg in legs(stay) if day in (leg.departure_date, leg.arrival_date))


def telling(entry: Any, lexicon: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """The words of a meeting or an activity that tell of work or training: field, language, the first such word."""
    for name in (each for each in TITLED if each in entry.table.fields):
        told = (_first(language, text, lexicon) for language, text in entry.record.texts(name).items())
        yield from ((name, *found) for found in [next(filter(None, told), None)] if found)


def _first(language: str, text: str, lexicon: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    found = (re.search(rf"\b(?:{words})\w*", text, re.IGNORECASE) for words in lexicon.get(language, ()))
    return next(((language, each[0]) for each in found if each), None)


@fact("stay", "restricted")
def works(stay: Any) -> bool:
    """Whether the programme of the stay holds training or work, by the kind of what is done or by its words."""
    lexicon = destination_of(stay).lexicon
    entries = dict.fromkeys(entry for day in agenda(stay) for entry in day.entries)
    return any(entry.activity_kind in OUTSIDE or any(telling(entry, lexicon)) for entry in entries)


CONDITIONS: Mapping[str, Callable[[Any], bool]] = {
    "always": lambda stay: True,
    "optional": lambda stay: False,
    "team": lambda stay: True,
    "team-sponsored": lambda stay: guarantor(stay) is not None,
    "sponsored": sponsored,
    "group": group,
    "programme": lambda stay: stay.partnership is not None,
    "planned": lambda stay: stay.partnership is not None or bool(stay.meetings or stay.activities),
    "charter": lambda stay: stay.partnership is not None and not _after_lodging(stay),
    "fair": lambda stay: any(each.activity_kind == "fair" for day in agenda(stay) for each in day.entries),
    "previous-visa": lambda stay: bool(stay.previous_visa or (stay.person and stay.person.travel_history)),
    "resident-elsewhere": lambda stay: bool(stay.person and stay.person.residence_permit),
    "minor": lambda stay: stay.minor,
    "employee": lambda stay: home_company(stay) is not None,
}
"""When a piece is asked, by the words of the destination's file."""


def _after_lodging(stay: Any) -> bool:
    """Whether the charter of the pair is signed, or is to be, only after the application is lodged."""
    pair = stay.partnership
    day = (pair.charter_signed or pair.charter.date) if pair is not None and pair.charter is not None else None
    return bool(day and stay.appointment and day > stay.appointment)


@fact("stay", "restricted")
def checklist(stay: Any) -> tuple[Due, ...]:
    """The pieces that the consulate asks of this traveller, in its order, then what else there is."""
    rules = destination_of(stay).pieces
    further = _further(stay, {rule.code for rule in rules})
    asked = (_due(stay, rule) for rule in (*rules, *further) if rule.when not in TEAM)
    return tuple(due for due in asked if due is not None)


def papers_of_team(stay: Any) -> tuple[Due, ...]:
    """What the team needs of this traveller's dossier and no consulate sees, in the order of the destination."""
    asked = (_due(stay, rule) for rule in destination_of(stay).pieces if rule.when in TEAM)
    return tuple(due for due in asked if due is not None)


def _further(stay: Any, listed: set[str]) -> Iterator[PieceRule]:
    """The pieces of which there is a row or a scan, though the consulate's list does not name them."""
    rows = [str(row.record.value("piece")) for row in stay.supporting_documents if row.record.value("piece")]
    for code in dict.fromkeys([*rows, *sorted(stay.dataset.attached(stay.record.id))]):
        if code not in listed:
            yield PieceRule(code, "both", "", "optional", "", True)


def _due(stay: Any, rule: PieceRule) -> Due | None:
    rows = tuple(row for row in stay.supporting_documents if row.record.value("piece") == rule.code)
    scanned = rule.code in stay.dataset.attached(stay.record.id)
    if not (rows or scanned or CONDITIONS[rule.when](stay)):
        return None
    kind = "" if rule.kind == signatures.CHARTER and _after_lodging(stay) else rule.kind
    return Due(rule.code, _state(stay, kind, rows, scanned), rule.form, _translation(rows), rule.source, rows, kind)


def _state(stay: Any, kind: str, rows: tuple[Any, ...], scanned: bool) -> str:
    said = {row.status for row in rows}
    if scanned or PRESENT in said:
        return PRESENT
    made = _made(stay, kind)
    return made or next((state for state in ("requested", "not-applicable") if state in said), "missing")


def _made(stay: Any, kind: str) -> str:
    """How far a paper is that the program itself makes; empty where it makes none, or lacks what it needs."""
    templates = stay.dataset.programme.templates
    if kind not in kinds.available(templates):
        return ""
    loaded = kinds.load(kind, templates)
    case = stay if loaded.table == stay.record.table else stay.partnership
    if case is None or kinds.lacking(loaded, case):
        return ""
    return TO_SIGN if loaded.signatories and not signatures.signed(loaded, case) else PRESENT


def _translation(rows: tuple[Any, ...]) -> str | None:
    said = {row.translation for row in rows}
    return next((state for state in ("missing", "attached", "not-needed") if state in said), None)
