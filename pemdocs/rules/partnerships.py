"""Rules about the pair: its two sides, its stage, its mobility, the history of its plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from pemdocs import facts
from pemdocs.data.dataset import Linked, named
from pemdocs.data.schema import AUDIENCES, STAGES, Field, Table
from pemdocs.model import Finding, Severity
from pemdocs.project import kinds
from pemdocs.rules import at, rule

GUIDE = "Guide to the accompaniment plan"
SHORT_STAY = 90
"""Days a short stay may last at the most: Regulation (EU) 2016/399, art. 6(1)."""


@rule("due-value-missing", source=f"{GUIDE}, 2 and 3", severity=Severity.WARNING)
def due_value_missing(partnership: Any) -> Iterator[Finding]:
    """What a stage needs is filled once the case has reached it; of the host, who asks for no visa, nothing for one."""
    for record, name in due_by(partnership, facts.stage_number(partnership)):
        yield at(record, name, stage=partnership.stage, case=named(partnership))


def due_by(partnership: Any, stage: int) -> Iterator[tuple[Linked, str]]:
    """What a pair, and all that is told of it, needs at a stage (by its number) and has not: record and field.

    What no document of the project shows is not needed.
    """
    programme = partnership.dataset.programme
    spared = kinds.unasked(programme.kinds, programme.templates)
    for record in _described(partnership):
        for field in record.table.awaited:
            due = STAGES.index(field.due) <= stage and not _filled(record, field)
            if due and _asked(partnership, record, field) and f"{record.record.table}.{field.name}" not in spared:
                yield record, field.name


def _asked(partnership: Any, record: Linked, field: Field) -> bool:
    """Whether a field is asked of this record: of a company of this country, of who asks for a visa."""
    if field.countries and getattr(record, "country", None) not in field.countries:
        return False
    return not (field.audience == AUDIENCES[-1] and record == partnership.host_person)


def _filled(record: Linked, field: Field) -> bool:
    return record.record.value(field.name) is not None or bool(record.record.texts(field.name))


def _described(partnership: Any) -> Iterator[Linked]:
    yield partnership
    yield from filter(None, (getattr(partnership, f"{side}_{who}") for side in SIDES for who in ("company", "person")))
    for name in partnership.dataset.backs[partnership.record.table]:
        found = getattr(partnership, name)
        yield from found if isinstance(found, tuple) else filter(None, (found,))


SIDES = ("home", "host")


@rule("company-of-other-country", source=f"{GUIDE}, 3.1")
def company_of_other_country(partnership: Any) -> Iterator[Finding]:
    """The company on each side comes from that side's country."""
    programme = partnership.dataset.programme
    for side, country in (("home", programme.home), ("host", programme.host)):
        company = getattr(partnership, f"{side}_company")
        if company is not None and company.country and company.country != country:
            yield at(partnership, f"{side}_company", country=country, other=company.country)


@rule("person-of-other-company", source=f"{GUIDE}, 3.1")
def person_of_other_company(partnership: Any) -> Iterator[Finding]:
    """The entrepreneur on each side belongs to that side's company."""
    for side in SIDES:
        company, person = getattr(partnership, f"{side}_company"), getattr(partnership, f"{side}_person")
        if company and person and person.company and person.company != company:
            yield at(partnership, f"{side}_person", person=named(person), company=named(company))


@rule("stage-without-partner", source=f"{GUIDE}, 3.1")
def stage_without_partner(partnership: Any) -> Iterator[Finding]:
    """From the preparation of the departure on, the pair has its second company."""
    if facts.stage_number(partnership) >= STAGES.index("pre-departure") and not partnership.host_company:
        yield at(partnership, "host_company", stage=partnership.stage)


def _periods(table: Table) -> list[tuple[str, str]]:
    return [each for each in PERIODS if table.fields.keys() >= {*each}]


@rule("end-before-start", source="A period ends after it begins", of=lambda table: bool(_periods(table)))
def end_before_start(record: Linked) -> Iterator[Finding]:
    """A period does not end before it begins."""
    for first, last in PERIODS:
        start, end = record.record.value(first), record.record.value(last)
        if start is not None and end is not None and end < start:  # type: ignore[operator]
            yield at(record, last, start=start, end=end)


PERIODS = (("start", "end"), ("start_time", "end_time"), ("mobility_start", "mobility_end"),
           ("mobility_from", "mobility_to"), ("programme_start", "programme_end"), ("entry", "exit"),
           ("issued", "expires"), ("departure_date", "arrival_date"), ("period_start", "period_end"),
           ("valid_from", "until"), ("final_permit_from", "final_permit_until"))  # fmt: skip


@rule("mobility-over-90-days", source="Regulation (EU) 2016/399, art. 6(1)")
def mobility_over_90_days(partnership: Any) -> Iterator[Finding]:
    """The mobility fits into a short stay."""
    days = facts.mobility_days(partnership)
    if days is not None and days > SHORT_STAY:
        yield at(partnership, "mobility_end", days=days, limit=SHORT_STAY)


@rule("date-outside-cohort", source=f"{GUIDE}, 1: the cohort has its calendar", severity=Severity.WARNING)
def date_outside_cohort(partnership: Any, cohort: Any) -> Iterator[Finding]:
    """The mobility falls into the cohort's window for mobilities, whatever else is dated into its programme."""
    window = (cohort.mobility_from, cohort.mobility_to)
    for name in ("mobility_start", "mobility_end"):
        yield from _outside(partnership, name, window)
    programme = (cohort.programme_start, cohort.programme_end)
    for table in ("activities", "trainings", "meetings", "logistics"):
        for record in getattr(partnership, table):
            for name in DATES & record.table.fields.keys():
                yield from _outside(record, name, programme)


DATES = frozenset({"start", "end", "date"})
"""The fields that date what is done for a pair; a time of the day is none."""


def _outside(record: Any, name: str, window: tuple[date | None, date | None]) -> Iterator[Finding]:
    day, (first, last) = getattr(record, name), window
    if isinstance(day, date) and first and last and first <= last and not first <= day <= last:
        yield at(record, name, date=day, start=first, end=last)


@rule("other-case", source="One row belongs to one case", of=lambda table: "partnership" in table.fields)
def other_case(record: Linked) -> Iterator[Finding]:
    """What a record refers to belongs to the same pair."""
    tables = record.dataset.tables
    for field in record.table.references:
        if "partnership" not in tables[field.ref].fields or field.type != "string":
            continue
        own, target = record.partnership, record.follow(field)
        theirs = target.partnership if target is not None else None
        if own and theirs and own != theirs:
            yield at(record, field.name, case=named(own), other=named(theirs))


@rule("no-version", source=f"{GUIDE}, 1: the plan is kept up to date", severity=Severity.WARNING)
def no_version(partnership: Any) -> Iterator[Finding]:
    """Every plan has at least one version with date, author and what changed."""
    if not partnership.versions:
        yield at(partnership, "id")


@rule("version-before-earlier", source=f"{GUIDE}, 1: the plan is kept up to date")
def version_before_earlier(partnership: Any) -> Iterator[Finding]:
    """A higher version has a later date, or the same."""
    ordered = sorted((v for v in partnership.versions if v.date and v.version), key=facts.order)
    for earlier, later in pairwise(ordered):
        if later.date < earlier.date:
            yield at(later, "date", version=later.version, earlier=earlier.version)
