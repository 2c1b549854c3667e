"""Rules about what follows the lodging: complement, decision, sticker, the journey as it was, appeal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pemdocs.facts.outcomes import allowed, followed, result
from pemdocs.facts.stays import DAY, LONGEST, destination_of
from pemdocs.knowledge import schengen
from pemdocs.model import FieldName, Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import BORDERS, VISA_CODE, unconfirmed

STICKER = f"{VISA_CODE}, art. 24(1) and annex VII"
REFUSAL = f"{VISA_CODE}, art. 32 and annex VI"
ORDERS = (
    ("lodged", "complement_asked", "complement_given", "decided", "notified", "appealed"),
    ("complement_asked", "complement_until"),
    ("sticker_from", "sticker_until"),
    ("entered", "left"),
)
"""The days of a follow-up that come one after the other."""


@rule("follow-up-order", source="The order in which an application goes", severity=Severity.WARNING)
def follow_up_order(outcome: Any) -> Iterator[Finding]:
    """What is told of an application happened in the order in which it goes."""
    for names in ORDERS:
        told = [name for name in names if getattr(outcome, name)]
        for before, after in pairwise(told):
            first, second = getattr(outcome, before), getattr(outcome, after)
            if second < first:
                yield at(outcome, after, date=second, earlier=FieldName("outcomes", before), before=first)


@rule("complement-late", source=f"{VISA_CODE}, art. 23", severity=Severity.WARNING)
def complement_late(outcome: Any, complement_until: Any, complement_given: Any) -> Iterator[Finding]:
    """What the consulate has asked for was handed in by the day that it set."""
    if complement_given > complement_until:
        yield at(outcome, "complement_given", date=complement_given, until=complement_until)


@rule("result-differs", source="One state for each application", severity=Severity.WARNING)
def result_differs(outcome: Any, stay: Any) -> Iterator[Finding]:
    """The follow-up of a stay and its status tell the same decision."""
    if outcome.result and stay.status and stay.status != outcome.result:
        yield at(outcome, "result", other=f"{stay.record.sheet}!{stay.record.place('status')}")


@rule("sticker-not-recorded", source=STICKER, severity=Severity.NOTE)
def sticker_not_recorded(outcome: Any) -> Iterator[Finding]:
    """What the sticker of a visa says is written down, so that it can be held against the stay."""
    if outcome.result == "granted":
        for name in ("sticker_from", "sticker_until", "sticker_days", "sticker_entries"):
            if getattr(outcome, name) is None:
                yield at(outcome, name)
                return


@rule("sticker-dates", source=STICKER)
def sticker_dates(outcome: Any, stay: Any) -> Iterator[Finding]:
    """A sticker is valid from the entry until the exit that are planned."""
    if not _to_come(outcome):
        return
    if outcome.sticker_from and stay.entry and stay.entry < outcome.sticker_from:
        yield at(outcome, "sticker_from", date=outcome.sticker_from, entry=stay.entry)
    if outcome.sticker_until and stay.exit and stay.exit > outcome.sticker_until:
        yield at(outcome, "sticker_until", date=outcome.sticker_until, exit=stay.exit)


@rule("sticker-days", source=STICKER)
def sticker_days(outcome: Any, stay: Any, sticker_days: Any) -> Iterator[Finding]:
    """A sticker allows as many days as the stay has."""
    if _to_come(outcome) and stay.days and stay.days > sticker_days:
        yield at(outcome, "sticker_days", days=sticker_days, count=stay.days)


@rule("sticker-entries", source=STICKER)
def sticker_entries(outcome: Any, stay: Any, sticker_entries: Any) -> Iterator[Finding]:
    """A sticker allows as many entries as the journey has."""
    entries = allowed(sticker_entries)
    if _to_come(outcome) and entries is not None and stay.entries_needed > entries:
        yield at(outcome, "sticker_entries", entries=entries, count=stay.entries_needed)


def _to_come(outcome: Any) -> bool:
    """Whether the journey is still to come, so that it can be changed."""
    return outcome.entered is None and outcome.result != "refused"


@rule("stay-outside-sticker", source=f"{BORDERS}, art. 6(1)(b)")
def stay_outside_sticker(outcome: Any) -> Iterator[Finding]:
    """A traveller entered and left while the sticker was valid, and stayed no longer than it allows."""
    if outcome.entered and outcome.sticker_from and outcome.entered < outcome.sticker_from:
        yield at(outcome, "entered", date=outcome.entered, first=outcome.sticker_from)
    if outcome.left and outcome.sticker_until and outcome.left > outcome.sticker_until:
        yield at(outcome, "left", date=outcome.left, last=outcome.sticker_until)
    elif outcome.entered and outcome.left and outcome.sticker_days:
        spent = (outcome.left - outcome.entered).days + 1
        if spent > outcome.sticker_days:
            yield at(outcome, "left", days=spent, limit=outcome.sticker_days)


@rule("stayed-over-90-days", source=f"{BORDERS}, art. 6(1) and (2)")
def stayed_over_90_days(outcome: Any, stay: Any, entered: Any, left: Any) -> Iterator[Finding]:
    """A traveller really used 90 of any 180 days at the most."""
    if entered <= left and not stay.overstay:
        days = [entered + DAY * number for number in range(min((left - entered).days + 1, LONGEST))]
        used = max(schengen.days_used((*stay.past_stays, (entered, left)), day) for day in days)
        if used > schengen.LIMIT:
            yield at(outcome, "left", days=used, limit=schengen.LIMIT, window=schengen.WINDOW)


@rule("refusal-grounds-missing", source=REFUSAL, severity=Severity.NOTE)
def refusal_grounds_missing(outcome: Any, stay: Any) -> Iterator[Finding]:
    """Of a refusal it is known on which grounds it rests, and when the traveller received it."""
    if result(stay) == "refused":
        for name in ("grounds", "notified"):
            if getattr(outcome, name) is None:
                yield at(outcome, name)
                return


@rule("grounds-without-refusal", source=REFUSAL, severity=Severity.WARNING)
def grounds_without_refusal(outcome: Any, stay: Any, grounds: Any) -> Iterator[Finding]:
    """Grounds of refusal stand only where a visa was refused."""
    if grounds and result(stay) != "refused":
        yield at(outcome, "grounds")


@rule("appeal-open", source=f"{VISA_CODE}, art. 32(3)", severity=Severity.NOTE)
def appeal_open(outcome: Any, stay: Any) -> Iterator[Finding]:
    """Until when a refusal can be challenged is known, with the law that says so."""
    if stay.appeal_until and not outcome.appealed:
        figure = _appeal(stay)
        yield at(outcome, "appealed", until=stay.appeal_until, days=figure.value, law=figure.source,
                 unconfirmed=unconfirmed(figure))  # fmt: skip


@rule("appeal-late", source=f"{VISA_CODE}, art. 32(3)", severity=Severity.WARNING)
def appeal_late(outcome: Any, stay: Any, appealed: Any) -> Iterator[Finding]:
    """An appeal was lodged within its time."""
    if stay.appeal_until and appealed > stay.appeal_until:
        figure = _appeal(stay)
        yield at(outcome, "appealed", until=stay.appeal_until, days=figure.value, law=figure.source,
                 unconfirmed=unconfirmed(figure))  # fmt: skip


def _appeal(stay: Any) -> Any:
    return destination_of(stay).figure("appeal_days", followed(stay, "notified") or followed(stay, "decided"))
