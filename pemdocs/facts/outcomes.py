"""Facts of a stay after its lodging: how far it is, what its sticker allows, when it really took place, the appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pemdocs.data.registry import fact
from pemdocs.facts.stays import DAY, arrivals, destination_of

LODGED, COMPLEMENT, DECIDED, ISSUED = "lodged", "complement", "decided", "issued"
REFUSED, APPEAL, TRAVELLED, RETURNED, WITHDRAWN = "refused", "appeal", "travelled", "returned", "withdrawn"

RESULTS = {"granted": "granted", "refused": "refused", "withdrawn": "withdrawn"}
ENTRIES = {"single": 1, "two": 2}
"""How many entries a sticker or an application speaks of; what is not here is without limit."""


def followed(stay: Any, name: str) -> Any:
    """What the follow-up of a stay says, ``None`` where it has none or says nothing of it."""
    return getattr(stay.outcome, name) if stay.outcome is not None else None


def result(stay: Any) -> str | None:
    """What was decided: as the follow-up says, else the status of the stay."""
    told: str | None = followed(stay, "result") or RESULTS.get(stay.status)
    return told


@fact("stay", "restricted")
def progress(stay: Any) -> str | None:
    """How far an application is once it is lodged; ``None`` before."""
    return next((stage for stage, reached in _reached(stay) if reached), None)


def _reached(stay: Any) -> Iterator[tuple[str, Any]]:
    """The stages from the last to the first, each with what shows that it is reached."""
    decided = result(stay)
    yield WITHDRAWN, decided == "withdrawn"
    yield RETURNED, followed(stay, "left")
    yield TRAVELLED, followed(stay, "entered")
    yield APPEAL, decided == "refused" and followed(stay, "appealed")
    yield REFUSED, decided == "refused"
    yield ISSUED, followed(stay, "sticker_until")
    yield DECIDED, decided == "granted" or followed(stay, "decided")
    yield COMPLEMENT, followed(stay, "complement_asked") and not followed(stay, "complement_given")
    yield LODGED, stay.status == "lodged" or followed(stay, "lodged") or followed(stay, "complement_given")


@fact("stay", "restricted")
def lodged_on(stay: Any) -> date | None:
    """The day on which the application was lodged, or is to be."""
    day: date | None = followed(stay, "lodged") or stay.appointment
    return day


@fact("stay", "restricted")
def real_entry(stay: Any) -> date | None:
    """The first day in the area: as it was, else as it is planned."""
    day: date | None = followed(stay, "entered") or stay.entry
    return day


@fact("stay", "restricted")
def real_exit(stay: Any) -> date | None:
    """The last day in the area: as it was, else as it is planned."""
    day: date | None = followed(stay, "left") or stay.exit
    return day


@fact("stay", "restricted")
def entries_needed(stay: Any) -> int:
    """How many entries the journey needs: one for each leg that leads into the area, one at the least."""
    return max(len(arrivals(stay)), 1)


def allowed(entries: str | None) -> int | None:
    """How many entries a word allows, ``None`` for any number."""
    return ENTRIES.get(entries or "")


@fact("stay", "restricted")
def appeal_until(stay: Any) -> date | None:
    """The last day for an appeal against a refusal, by the rule of the destination; ``None`` where it is not known.

    The time runs from the notification, else from the decision.
    """
    told: date | None = followed(stay, "notified") or followed(stay, "decided")
    if told is None or result(stay) != "refused":
        return None
    rule = destination_of(stay).figure("appeal_days", told)
    return told + DAY * int(rule.value) if rule else None
