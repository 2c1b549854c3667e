"""Rules about the programme of a stay: what is done, of which kind, when, at whose place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pemdocs.data.schema import Table
from pemdocs.facts.dossier import OUTSIDE, telling
from pemdocs.facts.stays import destination_of
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE, WEEKEND, to_be_lodged

ENTRIES = frozenset({"meetings", "activities"})
"""The tables of what is done during a stay."""


@rule("activity-outside-visa", source="Belgium: professional card, exempt business trips", severity=Severity.WARNING)
def activity_outside_visa(stay: Any) -> Iterator[Finding]:
    """What is done during the stay is what a business traveller may do."""
    for entry in _entries(stay):
        if entry.activity_kind in OUTSIDE:
            yield at(entry, "activity_kind", activity=entry.activity_kind)


@rule("activity-kind-missing", source=f"{VISA_CODE}, annex II, A.1", severity=Severity.WARNING)
def activity_kind_missing(stay: Any) -> Iterator[Finding]:
    """Of everything that is done during the stay it is known what sort of business it is."""
    for entry in _entries(stay):
        if entry.activity_kind is None:
            yield at(entry, "activity_kind")


@rule("activity-words", source=f"{VISA_CODE}, annex II, A.1", severity=Severity.WARNING)
def activity_words(stay: Any) -> Iterator[Finding]:
    """What the title of an activity says is what its kind says: no hands-on work or traineeship called a visit."""
    lexicon = destination_of(stay).lexicon
    for entry in _entries(stay):
        if entry.activity_kind in OUTSIDE:
            continue
        for name, language, words in telling(entry, lexicon):
            yield at(entry, name, words=words, language=language, activity=entry.activity_kind)


@rule("activity-on-weekend", source=f"{VISA_CODE}, annex II, A.1", severity=Severity.NOTE)
def activity_on_weekend(stay: Any) -> Iterator[Finding]:
    """What is planned on a Saturday or a Sunday is no ordinary business: the officer will ask."""
    seen: set[Any] = set()
    for day in stay.agenda:
        for entry in day.entries if day.date.isoweekday() in WEEKEND else ():
            if entry not in seen and entry.activity_kind != "fair":
                seen.add(entry)
                yield at(entry, "date" if "date" in entry.table.fields else "start", date=day.date)


@rule("programme-gap", source=f"{VISA_CODE}, annex II, A.1(b)", severity=Severity.WARNING)
def programme_gap(stay: Any) -> Iterator[Finding]:
    """The programme of the stay leaves nothing of a meeting to be completed: when it is, with whom, where."""
    for entry in _entries(stay) if to_be_lodged(stay) else ():
        if "phase" in entry.table.fields:
            yield from () if entry.place or entry.host else (at(entry, "place"),)
            continue
        if entry.start is None:
            yield at(entry, "start")
        if not (entry.host or entry.host_name):
            yield at(entry, "host")
        if not (entry.place or (entry.host and entry.host.address)):
            yield at(entry, "place")


@rule("programme-hours", source=f"{VISA_CODE}, annex II, A.1(b)", severity=Severity.NOTE)
def programme_hours(stay: Any) -> Iterator[Finding]:
    """Of what takes whole days the programme of the stay tells the hours, and the company where it takes place."""
    for entry in _entries(stay) if to_be_lodged(stay) else ():
        if "phase" in entry.table.fields:
            yield from (at(entry, name) for name in ("start_time", "host") if not getattr(entry, name))


def _entered(table: Table) -> bool:
    return table.name in ENTRIES


@rule("without-pair-or-stay", source="One row belongs to one case", of=_entered)
def without_pair_or_stay(record: Any) -> Iterator[Finding]:
    """A meeting or an activity is of a partnership, or of a stay alone."""
    if record.partnership is None and record.stay is None:
        yield at(record, "partnership")


@rule("outside-its-stay", source=f"{VISA_CODE}, annex II, A.1(b)", severity=Severity.WARNING)
def outside_its_stay(stay: Any, entry: Any, exit: Any) -> Iterator[Finding]:
    """What takes place for a stay alone takes place during that stay."""
    for record in (*stay.meetings, *stay.activities):
        name = "date" if "date" in record.table.fields else "start"
        day = getattr(record, name)
        if day and not entry <= day <= exit and getattr(record, "phase", "during") == "during":
            yield at(record, name, date=day, entry=entry, exit=exit)


def _entries(stay: Any) -> Iterable[Any]:
    """The meetings and activities of the stay, each once."""
    return dict.fromkeys(entry for day in stay.agenda for entry in day.entries)
