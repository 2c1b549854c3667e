"""Rules about what the papers of a dossier say of each other: names, dates, payers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.data.dataset import Linked
from pemdocs.data.schema import Table
from pemdocs.facts.money import guarantor
from pemdocs.facts.stays import DAY
from pemdocs.knowledge.names import Likeness, compare, compare_given
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE

CONTRADICTIONS = f"{VISA_CODE}, annex VI, grounds 11 and 12"
SHORT = frozenset({Likeness.SHORTENED})

NAMED = {"policy": "insured", "leg": "passenger", "lodging": "guest", "piece": "holder"}
"""The field of a record that names the traveller."""

OWN = frozenset({"application-form", "passport", "old-passport", "residence-permit", "employment", "payslips",
                 "bank-statements", "insurance", "transport", "lodging", "property"})  # fmt: skip
"""The pieces that are in the traveller's own name."""


def _naming(table: Table) -> bool:
    """Whether the records of a table name the traveller."""
    return table.record in (*NAMED, "travel_document")


@rule("name-differs", source=CONTRADICTIONS, of=_naming)
def name_differs(record: Linked) -> Iterator[Finding]:
    """Every paper carries the traveller's name, letter by letter but for accents and order."""
    yield from _with_likeness(record, Likeness.DIFFERENT)


@rule("name-shortened", source=CONTRADICTIONS, severity=Severity.WARNING, of=_naming)
def name_shortened(record: Linked) -> Iterator[Finding]:
    """Every paper carries all given names of the traveller."""
    yield from _with_likeness(record, Likeness.SHORTENED)


def _with_likeness(record: Any, wanted: Likeness) -> Iterator[Finding]:
    person = _traveller(record)
    if person is not None and person.family_name and person.given_names:
        for name, likeness in _likenesses(record, person):
            if likeness is wanted:
                yield at(record, name, other=f"{person.record.sheet}!{person.record.place('family_name')}")


def _traveller(record: Any) -> Any:
    if record.table.record == "travel_document":
        return record.person
    return record.stay.person if record.stay is not None else None


def _likenesses(record: Any, person: Any) -> Iterator[tuple[str, Likeness]]:
    if record.table.record == "travel_document":
        if record.family_name:
            yield "family_name", compare(record.family_name, person.family_name, "")
        if record.given_names:
            yield "given_names", compare_given(record.given_names, person.given_names)
    elif record.table.record != "piece" or record.piece in OWN:
        name = NAMED[record.table.record]
        typed = getattr(record, name)
        if typed:
            yield name, compare(typed, person.family_name, person.given_names)


@rule("dates-differ", source=CONTRADICTIONS)
def dates_differ(stay: Any) -> Iterator[Finding]:
    """Invitation, journey and lodging have the dates of the stay."""
    if stay.days:
        for record, name in _astray(stay):
            yield at(record, name, date=getattr(record, name), start=stay.entry, end=stay.exit)


def _astray(stay: Any) -> Iterator[tuple[Any, str]]:
    same = ((stay.invitation, "entry", stay.entry), (stay.invitation, "exit", stay.exit),
            (stay.arrival, "arrival_date", stay.entry), (stay.leaving, "departure_date", stay.exit))  # fmt: skip
    for record, name, day in same:
        if record is not None and getattr(record, name) not in (None, day):
            yield record, name
    for lodging in stay.lodging:
        if lodging.start and lodging.start < stay.entry - DAY:
            yield lodging, "start"
        if lodging.end and lodging.end > stay.exit + DAY:
            yield lodging, "end"


@rule("lodging-a-night-more", source=CONTRADICTIONS, severity=Severity.NOTE)
def lodging_a_night_more(stay: Any) -> Iterator[Finding]:
    """A lodging is booked for the nights of the stay: one more, for a late flight, is worth a word."""
    for lodging in stay.lodging if stay.days else ():
        if lodging.start == stay.entry - DAY:
            yield at(lodging, "start", date=lodging.start, start=stay.entry, end=stay.exit)
        if lodging.end == stay.exit + DAY:
            yield at(lodging, "end", date=lodging.end, start=stay.entry, end=stay.exit)


PAID = (("insurance", "insurance_payer"), ("transport", "travel_payer"), ("lodging", "lodging_payer"))
"""What is paid, and who pays it by the invitation."""


@rule("payer-differs", source=CONTRADICTIONS, severity=Severity.WARNING)
def payer_differs(stay: Any, invitation: Any) -> Iterator[Finding]:
    """Who pays is the one that the invitation names, or it is said that several do."""
    for table, payer in PAID:
        promised = getattr(invitation, payer)
        for record in getattr(stay, table):
            pledged = record.payer == "guarantor" and guarantor(stay) is not None
            if promised and record.payer and record.payer != promised and not pledged:
                other = f"{invitation.record.sheet}!{invitation.record.place(payer)}"
                yield at(record, "payer", payer=record.payer, promised=promised, other=other)
