"""Turn one raw cell into the value of a row and what there is to say about it.

Only this module knows what Excel does to identifiers, and how an error looks once it is pasted as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pemdocs.data.cleaning import HIDDEN, clean, clean_code, controls, disguised, lookalikes, quotable, shown
from pemdocs.data.schema import Field
from pemdocs.model import Finding, Severity, Value
from pemdocs.workbook import shapes
from pemdocs.workbook.grid import Raw
from pemdocs.workbook.headings import Column

ERROR_TEXT = re.compile(
    r"#(?:N/?[ABDV]|N/?A!?|NV|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|GETTING_DATA"
    r"|VALEUR!|NOM\?|NOMBRE!|NUL!|PROPAGATION!|EPARS!|WAARDE!|VERW!|VERWIJZING!|DEEL/0!|NAAM\?|GETAL!|LEEG!|OVERLOOP!)",
    re.IGNORECASE,
)
"""The errors of Excel and LibreOffice in English, French and Dutch."""

FORMULA_TEXT = re.compile(r"=\s*(?:[A-Z][A-Z.]+\(|\$?[A-Z]{1,3}\$?\d|'?[\w .]{1,80}'?!)", re.IGNORECASE)

SAFE_DIGITS = 15
"""The digits of a number that Excel keeps; further ones become zeros."""

MOST_CHARACTERS = 32_767
"""The longest text of a cell; Excel cuts what is pasted beyond."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: its sheet, its name, and the number of its row or object."""

    sheet: str
    ref: str
    number: int


@dataclass(frozen=True, slots=True)
class Taken:
    """The value of a cell, ``None`` where there is none to use, its findings, and the unit that its format shows."""

    value: Value
    findings: tuple[Finding, ...] = ()
    unit: str = ""


def finding(code: str, severity: Severity, field: Field, place: Place, **facts: object) -> Finding:
    """A finding about one cell."""
    return Finding(code, severity, place.sheet, place.ref, field.table, field.name, row=place.number, facts=facts)


def take(column: Column, raw: Raw, place: Place) -> Taken:
    """The value of a cell under its heading."""
    field = column.field
    if raw.fault:
        facts = {"shown": raw.value} if raw.value else {}
        return Taken(None, (finding(raw.fault, Severity.ERROR, field, place, **facts),))
    taken = _taken(field, raw, place)
    if raw.doubt and taken.value is not None:
        return Taken(taken.value, (*taken.findings, finding(raw.doubt, Severity.WARNING, field, place)), taken.unit)
    return taken


def _taken(field: Field, raw: Raw, place: Place) -> Taken:
    if isinstance(raw.value, str):
        return _text(field, raw.value, place)
    if isinstance(raw.value, bool):
        return Taken(raw.value)
    if isinstance(raw.value, int | Decimal):
        return _number(field, raw.value, raw.format, place)
    if isinstance(raw.value, date) and field.format == "date":
        return Taken(raw.value, tuple(_incomplete(field, raw.value, raw.format, place)))
    return Taken(raw.value)


def error_text(text: str) -> bool:
    """Whether a text is one of Excel's errors, pasted as text."""
    return "#" in text and bool(ERROR_TEXT.fullmatch(text.strip()))


def _incomplete(field: Field, day: date, shape: str, place: Place) -> Iterator[Finding]:
    """A cell that shows «mai 1980» holds a first of May that Excel made up."""
    if shapes.moment(shape) == "date" and shapes.lacking(shape):
        told = shapes.shown(shape, day.day, day.month, day.year) if quotable(field) else HIDDEN
        yield finding("date-incomplete", Severity.WARNING, field, place, value=told)


def _text(field: Field, typed: str, place: Place) -> Taken:
    if error_text(typed):
        return Taken(None, (finding("error-cell", Severity.ERROR, field, place, shown=typed.strip()),))
    text = clean_code(typed) if field.kept_as_text and field.type != "array" else clean(typed)
    return Taken(text or None, tuple(_remarks(field, typed, text, place)))


def _remarks(field: Field, typed: str, text: str, place: Place) -> Iterator[Finding]:
    if controls(typed):
        yield finding("control-characters", Severity.NOTE, field, place)
    if len(typed) >= MOST_CHARACTERS:
        yield finding("text-at-limit", Severity.WARNING, field, place, most=MOST_CHARACTERS)
    if text.startswith("=") and FORMULA_TEXT.match(text):
        yield finding("formula-as-text", Severity.WARNING, field, place)
    if field.kept_as_text and disguised(clean(typed)):
        yield finding("lookalike-letters", Severity.ERROR, field, place, value=shown(field, text))
    elif lookalikes(text):
        yield finding("lookalike-letters", Severity.WARNING, field, place, value=shown(field, text))
    elif field.kept_as_text and field.type != "array" and text != typed.strip():
        yield finding("code-cleaned", Severity.NOTE, field, place, value=shown(field, text))


def _number(field: Field, value: int | Decimal, shape: str, place: Place) -> Taken:
    if field.type not in ("string", "array") or field.format in ("date", "time"):
        return Taken(_percent(value, shape), unit=shapes.unit(shape, value))
    if _spoiled(field, value, shape):
        return Taken(None, (finding("digits-lost", Severity.ERROR, field, place),))
    rebuilt = shapes.padded(value, shape)
    if rebuilt is not None:
        return Taken(rebuilt)
    if not field.kept_as_text:
        return Taken(_percent(value, shape), unit=shapes.unit(shape, value))
    digits = str(value)
    return Taken(digits, (finding("number-for-text", Severity.WARNING, field, place, value=shown(field, digits)),))


def _spoiled(field: Field, value: int | Decimal, shape: str) -> bool:
    whole = isinstance(value, int)
    if whole and abs(value) >= 10**SAFE_DIGITS:
        return True
    return field.kept_as_text and (not whole or shapes.scientific(shape))


def _percent(value: int | Decimal, shape: str) -> int | Decimal | str:
    # A cell that shows 12 % holds 0.12: the text keeps what the author sees, and the typing decides which is meant.
    if not shapes.percent(shape):
        return value
    share = Decimal(value) * 100
    return f"{Decimal(int(share)) if share == int(share) else share.normalize():f} %"
