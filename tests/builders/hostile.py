"""A project whose every field holds what breaks documents: signs of XML and of templates, line breaks, long words."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from pemdocs.data import schema
from pemdocs.data.dataset import Dataset, link
from pemdocs.data.schema import Field
from pemdocs.model import Cell, Record
from pemdocs.project import programme

SIGNS = "& < > \" ' « » {{ x }} {% y %} {_{ ]]> &amp; <b> ŋ ë ñ Ñ œ ’t Kint — 45 % : ? ! ;"
LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 2
LANGUAGES = ("fr", "en", "nl")
IDS = {"companies": "XX-001", "people": "XX-001-A", "partnerships": "P-01", "cohorts": "C1", "criteria": "CR-1",
       "stays": "S-01", "invitations": "I-01", "travel_documents": "T-01",
       "reports": "REP-1", "indicators": "IND-01", "budget_lines": "B-01", "questions": "QE1", "conclusions": "C1",
       "recommendations": "R1", "lessons": "L1", "notes": "N-1", "quotes": "Q-1", "photographs": "F-1",
       "consents": "CS-1"}  # fmt: skip
SINGLE = ("partnerships", "cohorts", "charters", "stays", "invitations", "reports", "notes")
CHOSEN: dict[tuple[str, str], tuple[Any, ...]] = {
    ("stays", "destination"): ("BE",),
    ("stays", "exit"): (date(2026, 3, 4),),
    ("stays", "languages"): ("fr+nl",),
    ("travel_history", "country"): ("FR", "GB"),
    ("travel_history", "entry"): (date(2026, 1, 5), date(2026, 2, 2)),
    ("travel_history", "exit"): (date(2026, 1, 9), date(2026, 2, 5)),
    ("transport", "from_country"): ("SN", "BE"),
    ("transport", "to_country"): ("BE", "SN"),
    ("lodging", "end"): (date(2026, 3, 2), date(2026, 3, 4)),
    ("lodging", "country"): ("BE", "NL"),
    ("questions", "parent"): (None, "QE1"),
    ("ratings", "score"): ("A", "B"),
    ("results", "stage"): ("final", "interim"),
    ("consents", "until"): (date(2027, 3, 1), date(2027, 3, 2)),
    ("consents", "withdrawn"): (None, date(2026, 4, 2)),
}
"""What a dossier must say to be followed day by day, and a consent to hold: by table and field, for the first record
and the second."""
NUMBERS = {"ninea": "001234567", "kbo": "1000.000.120", "vat": "BE1000000120", "rccm": "SN-DKR-2021-B-12345",
           "phone": "+221771234567", "email": "a&b@example.org", "uri": "https://example.org/?a=1&b=2"}  # fmt: skip
AUDIENCE_MARK = {"public": "⟦p⟧", "partner": "⟦q⟧", "internal": "⟦i⟧", "restricted": "⟦r⟧"}


def dataset() -> Dataset:
    """Two companies, two people, one pair, one stay, two of everything that belongs to them; every field is filled."""
    tables, profile = schema.load(), programme.load("pem-wecco")
    records = []
    for table in tables.values():
        for number in (1, 2) if table.name not in SINGLE else (1,):
            cells = {key: Cell(table.name, f"A{number}", value) for field in table.fields.values()
                     for key, value in _values(field, number, profile)}  # fmt: skip
            named = cells["id"].value if "id" in cells else f"{table.name}:{number}"
            records.append(Record(table.name, table.name, number, str(named), cells))
    found, _ = link(records, tables, profile, date(2026, 6, 30))
    return found


def _values(field: Field, number: int, profile: programme.Programme) -> list[tuple[str, Any]]:
    if field.translated:
        return [
            (f"{field.name}::{each}", f"{_mark(field)} {each} {SIGNS}\n{field.name} {LONG}\n\tx") for each in LANGUAGES
        ]
    return [(field.name, _value(field, number, profile))]


def _mark(field: Field) -> str:
    return f"{AUDIENCE_MARK[field.audience]}{field.table}.{field.name}"


def _value(field: Field, number: int, profile: programme.Programme) -> Any:
    if (field.table, field.name) in CHOSEN:
        return CHOSEN[field.table, field.name][number - 1]
    if field.name == "id":
        return _identity(field.table, number)
    if field.ref:
        named = _identity(field.ref, 2 if "host" in field.name else 1)
        return (named,) if field.type == "array" else named
    if field.name == "country":
        return (profile.home, profile.host)[number - 1]
    if field.name == "stage" and field.table == "partnerships":
        return "after"
    codes = field.enum or tuple(profile.codelist(field.codelist)) if field.coded else ()
    if codes:
        return codes if field.type == "array" else codes[(number - 1) % len(codes)]
    return _plain(field, number)


def _identity(table: str, number: int) -> str:
    return (
        IDS.get(table, f"{table[:1].upper()}-01-1")[:-1] + str(number)
        if table != "people"
        else f"XX-001-{'AB'[number - 1]}"
    )


def _plain(field: Field, number: int) -> Any:
    if field.format == "date":
        return date(2026, 3, number)
    if field.format == "time":
        return time(8 + number, 30)
    if field.type == "boolean":
        return number == 1
    if field.type == "integer":
        return number
    if field.type == "number":
        return Decimal(1234 * number) + Decimal("0.5")
    if field.type == "array":
        return (f"{_mark(field)} {SIGNS}", LONG)
    return NUMBERS.get(field.format) or (f"{number}.{number}" if field.name == "version" else f"{_mark(field)} {SIGNS}")
