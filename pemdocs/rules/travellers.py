"""Rules about the traveller: who needs no visa, whose family pays no fee, who signs for a child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.facts.outcomes import followed
from pemdocs.facts.stays import destination_of, figure_of, months_later
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE, still_planned, to_be_lodged

FREE_MOVEMENT = "Directive 2004/38/EC"
CONVENTION = "Convention implementing the Schengen Agreement, art. 21"


@rule("visa-not-needed", source=f"{FREE_MOVEMENT}, art. 5(1)")
def visa_not_needed(stay: Any, person: Any) -> Iterator[Finding]:
    """Who asks for a visa is no citizen of a state whose citizens need none."""
    citizens = destination_of(stay).citizens
    for record in filter(None, (person, stay.passport)):
        if record.nationality in citizens and still_planned(stay):
            yield at(record, "nationality", country=record.nationality)


@rule("permit-instead-of-visa", source=CONVENTION, severity=Severity.WARNING)
def permit_instead_of_visa(stay: Any, person: Any) -> Iterator[Finding]:
    """Who asks for a visa has no permit of a Schengen state that is as good as one."""
    abroad = person.residence_country in destination_of(stay).states
    lasting = person.residence_permit_until is None or not stay.exit or person.residence_permit_until >= stay.exit
    if abroad and person.residence_permit and lasting and still_planned(stay):
        yield at(person, "residence_permit", country=person.residence_country)


@rule("family-of-citizen", source=f"{FREE_MOVEMENT}, art. 5(2)", severity=Severity.NOTE)
def family_of_citizen(stay: Any, person: Any) -> Iterator[Finding]:
    """The family of a citizen of the Union who uses the right to move pays no fee and leaves the starred fields out."""
    named = person.eu_family_relation and person.eu_family_nationality in destination_of(stay).citizens
    if named and to_be_lodged(stay):
        yield at(person, "eu_family_relation")


@rule("minor-without-guardian", source=f"{VISA_CODE}, art. 14(1) and annex I, field 10")
def minor_without_guardian(stay: Any, person: Any) -> Iterator[Finding]:
    """For a traveller under age it is known who holds parental authority, and signs."""
    if stay.minor and not person.guardian:
        yield at(person, "guardian")


@rule("multiple-entries-asked", source=f"{VISA_CODE}, art. 24(2)", severity=Severity.NOTE)
def multiple_entries_asked(stay: Any, person: Any) -> Iterator[Finding]:
    """Who asks for several entries has used the visas that make them due, or gives reasons."""
    visas, years = figure_of(stay, "cascade_visas"), figure_of(stay, "cascade_years")
    day = stay.appointment or stay.entry
    if stay.entries != "multiple" or not (day and visas and years and to_be_lodged(stay)):
        return
    since = months_later(day, -12 * int(years.value))
    used = [visit for visit in stay.past if visit.basis == "visa" and visit.exit >= since]
    visited = [each for each in stay.earlier if followed(each, "left") and each.outcome.left >= since]
    if len({visit.visa_number or visit.entry for visit in used}) + len(visited) < visas.value:
        yield at(stay, "entries", count=visas.value, years=years.value)
