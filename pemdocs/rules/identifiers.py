"""Rules about identifiers: their form, their check digits, the country they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.data.cleaning import quotable, shown
from pemdocs.data.dataset import Linked, country_of
from pemdocs.data.schema import Field, Table
from pemdocs.knowledge import identifiers
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

FILINGS = "OHADA RCCM nomenclature: letters D, M, R, S"


def _told_by(table: Table) -> bool:
    """Whether a table has identifiers."""
    return any(identifiers.checked(field.format) for field in table.fields.values())


def _with_fault(record: Linked, fault: str) -> Iterator[Finding]:
    checked = ((name, each) for name, each in record.table.fields.items() if identifiers.checked(each.format))
    for name, field in checked:
        value = record.record.value(name)
        if isinstance(value, str) and identifiers.fault(field.format, value, country_of(record)) == fault:
            example = str(field.examples[0]) if field.examples else ""
            yield at(record, name, format=field.format, example=example, **_told(record, field, value))


def _told(record: Linked, field: Field, value: str) -> dict[str, object]:
    """The value and what it was probably meant to be, as a message may quote them; and what it lacks."""
    programme = record.dataset.programme
    countries = dict.fromkeys((country_of(record), programme.home, programme.host))
    found: dict[str, object] = {"value": shown(field, value)}
    if field.format == "email":
        found["lacks"] = identifiers.lacks(value)
    if field.format == "phone":
        found["prefix"] = identifiers.prefix(value, countries)
    mended = identifiers.meant(field.format, value, countries)
    return {**found, "mended": mended} if mended and quotable(field) else found


@rule("identifier-form", source="OHADA RCCM nomenclature; libphonenumber; python-stdnum", of=_told_by)
def identifier_form(record: Linked) -> Iterator[Finding]:
    """An identifier, a phone number, an e-mail or a web address has the form it should have."""
    yield from _with_fault(record, "identifier-form")


@rule("identifier-check-digit", source="NINEA, ICE and KBO check digits as in python-stdnum", of=_told_by)
def identifier_check_digit(record: Linked) -> Iterator[Finding]:
    """The check digits of a company number agree with the other digits."""
    yield from _with_fault(record, "identifier-check-digit")


@rule("identifier-is-filing", source=FILINGS, severity=Severity.WARNING, of=_told_by)
def identifier_is_filing(record: Linked) -> Iterator[Finding]:
    """A trade-register number names the registration, not a later filing."""
    yield from _with_fault(record, "identifier-is-filing")


@rule("identifier-of-other-country", source="schemas/companies.json, x-countries")
def identifier_of_other_country(company: Any) -> Iterator[Finding]:
    """A company carries the identifiers of its own country only."""
    country = company.country
    for name, field in company.table.fields.items():
        elsewhere = field.countries and country and country not in field.countries
        if elsewhere and company.record.value(name) is not None:
            yield at(company, name, country=country)


@rule("rccm-of-other-country", source="OHADA RCCM nomenclature: first part")
def rccm_of_other_country(company: Any) -> Iterator[Finding]:
    """The state in a trade-register number is the company's country."""
    state = identifiers.rccm_country(company.rccm or "")
    if state and company.country and state != company.country:
        yield at(company, "rccm", country=company.country)


@rule("vat-against-kbo", source="Belgian VAT number = BE + enterprise number")
def vat_against_kbo(company: Any) -> Iterator[Finding]:
    """A Belgian VAT number repeats the enterprise number."""
    if company.kbo and company.vat:
        kbo, vat = identifiers.written("kbo", company.kbo), identifiers.written("vat", company.vat)
        if vat.startswith("BE ") and vat != f"BE {kbo}":
            yield at(company, "vat")
