"""Rules about the travel document: how long it is valid, whose it is, whether its machine-readable lines are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pemdocs.data.dataset import Linked
from pemdocs.facts.stays import figure_of, months_later
from pemdocs.knowledge import births, locales, mrz
from pemdocs.knowledge.mrz import Mrz
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE, still_planned, to_be_lodged, unconfirmed

PASSPORT = f"{VISA_CODE}, art. 12"
ICAO = "ICAO Doc 9303, parts 3 and 4"
LINE = re.compile(f"[A-Z0-9<]{{{mrz.LENGTH}}}")
FIRST_LINE = frozenset({"document", "issuer", "name"})
SEXES = {"f": "F", "m": "M"}


@rule("passport-missing", source=PASSPORT, severity=Severity.WARNING)
def passport_missing(stay: Any, person: Any) -> Iterator[Finding]:
    """It is known with which travel document the traveller goes."""
    if stay.passport is None and stay.record.value("travel_document") is None and still_planned(stay):
        yield at(stay, "travel_document", count=len(person.travel_documents), target="travel_documents")


@rule("passport-of-other-person", source=PASSPORT)
def passport_of_other_person(stay: Any, travel_document: Any, person: Any) -> Iterator[Finding]:
    """The travel document of a stay is the traveller's."""
    if travel_document.person is not None and travel_document.person != person:
        yield at(stay, "travel_document", other=_place(travel_document, "person"), target="travel_documents")


@rule("passport-outlives-stay", source=f"{PASSPORT}(a)")
def passport_outlives_stay(stay: Any, passport: Any) -> Iterator[Finding]:
    """The travel document is valid for some months after the exit."""
    until, figure = stay.window.passport_until, figure_of(stay, "passport_months_after")
    if until and figure and passport.expires and passport.expires < until:
        yield at(passport, "expires", exit=stay.exit, until=until, months=figure.value, unconfirmed=unconfirmed(figure))


@rule("passport-too-old", source=f"{PASSPORT}(c)")
def passport_too_old(stay: Any, passport: Any) -> Iterator[Finding]:
    """The travel document was issued within the ten years before the stay."""
    since, figure = stay.window.passport_issued_from, figure_of(stay, "passport_years")
    if since and figure and passport.issued and passport.issued < since:
        yield at(passport, "issued", entry=stay.entry, since=since, years=figure.value, unconfirmed=unconfirmed(figure))


@rule("passport-too-long", source=f"{PASSPORT}(c)", severity=Severity.NOTE)
def passport_too_long(stay: Any, passport: Any) -> Iterator[Finding]:
    """No passport is valid for longer than ten years: a later day of expiry is typed wrong."""
    figure = figure_of(stay, "passport_years")
    if figure and passport.issued and passport.expires:
        last = months_later(passport.issued, 12 * int(figure.value))
        if passport.expires > last:
            yield at(passport, "expires", years=figure.value)


@rule("passport-pages", source=f"{PASSPORT}(b)")
def passport_pages(stay: Any, passport: Any) -> Iterator[Finding]:
    """The travel document has blank pages left for the visa."""
    figure = figure_of(stay, "passport_blank_pages")
    if figure and passport.blank_pages is not None and passport.blank_pages < figure.value:
        yield at(passport, "blank_pages", pages=passport.blank_pages, limit=figure.value,
                 unconfirmed=unconfirmed(figure))  # fmt: skip


@rule("passport-pages-unknown", source=f"{PASSPORT}(b)", severity=Severity.NOTE)
def passport_pages_unknown(stay: Any, passport: Any) -> Iterator[Finding]:
    """Of the travel document of a dossier it is known how many blank pages are left."""
    figure = figure_of(stay, "passport_blank_pages")
    if figure and passport.blank_pages is None and to_be_lodged(stay):
        yield at(passport, "blank_pages", limit=figure.value)


@rule("mrz-form", source=ICAO)
def mrz_form(travel_document: Any) -> Iterator[Finding]:
    """The lines at the foot of a passport have 44 characters each, in the order of a passport."""
    for name in ("mrz_1", "mrz_2"):
        line = getattr(travel_document, name)
        if line is not None and not LINE.fullmatch(line):
            yield at(travel_document, name, length=len(line) if len(line) != mrz.LENGTH else None, limit=mrz.LENGTH)
    zone = _zone(travel_document)
    wrong = {_line(fault) for fault in zone.faults if fault.endswith("-form")} if zone else ()
    for name in sorted(wrong):
        yield at(travel_document, name, length=None, limit=mrz.LENGTH)


@rule("mrz-check-digit", source=ICAO)
def mrz_check_digit(travel_document: Any) -> Iterator[Finding]:
    """The check digits of the second line agree with what stands before them."""
    zone = _zone(travel_document)
    if zone and not _malformed(zone):
        parts = [fault.removesuffix("-check-digit") for fault in zone.faults]
        # The last digit is reckoned over the others: alone it says something, after them nothing.
        for part in parts[:-1] if len(parts) > 1 and parts[-1] == "composite" else parts:
            yield at(travel_document, "mrz_2", part=part)


@rule("mrz-disagrees", source=ICAO)
def mrz_disagrees(travel_document: Any) -> Iterator[Finding]:
    """The machine-readable lines say the same as the rest of the passport and as the person's data."""
    zone = _zone(travel_document)
    if zone and not zone.faults:
        yield from _of_document(travel_document, zone)
        if travel_document.person is not None:
            yield from _of_person(travel_document, travel_document.person, zone)


def _of_document(document: Any, zone: Mrz) -> Iterator[Finding]:
    number = re.sub("[^A-Z0-9]", "", (document.number or "").upper())
    if number and number[:9] != zone.number:
        yield at(document, "number", part="number")
    if document.expires and f"{document.expires:%y%m%d}" != zone.expiry:
        yield at(document, "expires", part="expiry")
    if _other_state(document.nationality, zone.nationality):
        yield at(document, "nationality", part="nationality")
    if _other_state(document.issuer, zone.issuer):
        yield at(document, "issuer", part="issuer")
    if document.family_name and document.given_names and not _agrees(document, zone):
        surname = mrz.agrees(document.family_name, zone.surname)
        yield at(document, "given_names" if surname else "family_name", part="name")


def _of_person(document: Any, person: Any, zone: Mrz) -> Iterator[Finding]:
    born = births.zone(person.birth_date) if person.birth_date else zone.birth
    if any(mrz.FILLER != typed != read != mrz.FILLER for typed, read in zip(born, zone.birth, strict=False)):
        yield at(document, "mrz_2", part="birth", other=_place(person, "birth_date"))
    if zone.sex and SEXES.get(person.gender, zone.sex) != zone.sex:
        yield at(document, "mrz_2", part="sex", other=_place(person, "gender"))
    if not document.nationality and _other_state(person.nationality, zone.nationality):
        yield at(document, "mrz_2", part="nationality", other=_place(person, "nationality"))
    if not document.family_name and person.family_name and person.given_names and not _agrees(person, zone):
        yield at(document, "mrz_1", part="name", other=_place(person, "family_name"))


def _agrees(named: Any, zone: Mrz) -> bool:
    return mrz.agrees(" ".join(filter(None, (named.family_name, named.given_names))), zone.name)


def _other_state(country: str | None, code: str) -> bool:
    """Whether a code of three letters is known to be another country."""
    return country is not None and locales.country_of(code) not in (None, country)


def _zone(document: Any) -> Mrz | None:
    lines = (document.mrz_1 or "", document.mrz_2 or "")
    return mrz.parse(lines) if all(map(LINE.fullmatch, lines)) else None


def _malformed(zone: Mrz) -> bool:
    return any(fault.endswith("-form") for fault in zone.faults)


def _line(fault: str) -> str:
    return "mrz_1" if fault.removesuffix("-form") in FIRST_LINE else "mrz_2"


def _place(record: Linked, name: str) -> str:
    return f"{record.record.sheet}!{record.record.place(name)}"
