"""Rules about companies and people taken alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs import facts
from pemdocs.data.schema import Table
from pemdocs.knowledge import births
from pemdocs.model import Finding, Severity
from pemdocs.project import beside
from pemdocs.rules import at, rule
from pemdocs.scans import photographs

GUIDE = "Guide to the accompaniment plan, 3.1"
LETTERHEAD = "The letterhead of a company is its own"


@rule("women-over-employees", source=GUIDE)
def women_over_employees(company: Any) -> Iterator[Finding]:
    """There are not more women among the employees than employees."""
    if company.employees is not None and company.women_employees and company.women_employees > company.employees:
        yield at(company, "women_employees", women=company.women_employees, employees=company.employees)


def _with_amounts(table: Table) -> bool:
    return any(field.money for field in table.fields.values())


@rule("amount-without-currency", source=GUIDE, severity=Severity.WARNING, of=_with_amounts)
def amount_without_currency(record: Any) -> Iterator[Finding]:
    """An amount says in which currency it is."""
    for name, field in record.table.fields.items():
        if field.money and record.record.value(name) is not None and record.record.value(field.money) is None:
            yield at(record, field.money)


LONGEST = 60
"""The characters of a name that two lines of a charter still hold beside that of the other company."""


@rule("company-name-long", source=GUIDE, severity=Severity.NOTE)
def company_name_long(company: Any) -> Iterator[Finding]:
    """A company's name leaves the heads of plans and the signatures of charters on two lines."""
    if company.name and len(company.name) > LONGEST:
        yield at(company, "name", count=len(company.name), limit=LONGEST)


@rule("turnover-year-to-come", source=GUIDE)
def turnover_year_to_come(company: Any) -> Iterator[Finding]:
    """The year of the turnover is not after the date of the data."""
    if company.turnover_year and company.turnover_year > company.dataset.as_of.year:
        yield at(company, "turnover_year", year=str(company.turnover_year))


@rule("created-in-the-future", source=GUIDE)
def created_in_the_future(company: Any) -> Iterator[Finding]:
    """A company was created before the date of the data."""
    if company.created and company.created > company.dataset.as_of:
        yield at(company, "created", date=company.created, as_of=company.dataset.as_of)


@rule("region-of-other-country", source="ISO 3166-2", severity=Severity.WARNING)
def region_of_other_country(company: Any) -> Iterator[Finding]:
    """The region lies in the company's country."""
    if company.region and company.country and not company.region.startswith(f"{company.country}-"):
        yield at(company, "region", country=company.country)


@rule("birth-date-unlikely", source=GUIDE)
def birth_date_unlikely(person: Any) -> Iterator[Finding]:
    """A person in the programme is between 16 and 90 years old; of a traveller's age the rules of a visa speak."""
    age = facts.full_years(births.earliest(person.birth_date), person.dataset.as_of) if person.birth_date else None
    if age is not None and not (0 if person.stays else 16) <= age <= 90:
        yield at(person, "birth_date")


@rule("company-logo-missing", source=LETTERHEAD, severity=Severity.WARNING)
def company_logo_missing(company: Any, logo: str) -> Iterator[Finding]:
    """The logo that a company is to have on its letters lies beside the workbook, as JPEG or PNG."""
    if company.dataset.folder is not None:
        found = beside.content(company.dataset.folder, logo)
        if found is None or not photographs.is_dots(found):
            yield at(company, "logo")
