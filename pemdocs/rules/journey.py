"""Rules about the journey: where it enters the area, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.model import Finding
from pemdocs.rules import at, rule
from pemdocs.rules.coherence import CONTRADICTIONS
from pemdocs.rules.stays import BORDERS, VISA_CODE, still_planned

ENTRIES = {"single": 1, "two": 2}
"""How often a visa lets its holder in; any other, as often as wanted."""


@rule("entries-too-few", source=f"{VISA_CODE}, art. 24(1); {BORDERS}, art. 6(1)")
def entries_too_few(stay: Any, entries: Any) -> Iterator[Finding]:
    """As many entries are asked for as the journey has."""
    arrivals, allowed = stay.arrivals, ENTRIES.get(entries)
    if allowed is not None and len(arrivals) > allowed and still_planned(stay):
        yield at(stay, "entries", count=len(arrivals), date=arrivals[allowed].arrival_date or stay.exit)


@rule("first-entry-differs", source=CONTRADICTIONS)
def first_entry_differs(stay: Any, arrival: Any, first_entry: Any) -> Iterator[Finding]:
    """The country of first entry is the one to which the journey leads."""
    if arrival.to_country != first_entry and still_planned(stay):
        other = f"{arrival.record.sheet}!{arrival.record.place('to_country')}"
        yield at(stay, "first_entry", country=arrival.to_country, here=first_entry, other=other)
