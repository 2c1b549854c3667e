"""Turn the value of a cell into the type of its field. Only this module knows which type is read how."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from pemdocs.data.cleaning import HIDDEN, clean, clean_code, identifier
from pemdocs.data.convert.choices import code_of, yes_or_no
from pemdocs.data.convert.dates import to_date
from pemdocs.data.convert.numbers import to_integer, to_number, usual
from pemdocs.data.convert.times import to_time
from pemdocs.data.convert.unfit import Unfit, unfit
from pemdocs.data.schema import Field
from pemdocs.model import Value
from pemdocs.project.programme import Codelist

SEPARATORS = re.compile(r"[;\n]")
CODE_SEPARATORS = re.compile(r"[;,\n]")
BULLET = re.compile(r"^(?:[•·▪◦‣●○]\s*|[-–*]\s+)")


def convert(field: Field, value: Value, codelist: Codelist | None = None, currency: str = "") -> Value:
    """The typed value: ``Decimal`` for a number, ``int``, ``bool``, ``date``, ``time``, ``str``, a tuple for a list.

    ``codelist`` holds the codes of a field with ``x-codelist``, ``currency`` is that of an amount, where it is known.
    Raises ``Unfit`` and nothing else.
    """
    if isinstance(value, str):
        value = clean(value)
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, int | Decimal) and not usual(value):
        raise Unfit("not-a-number", {"value": HIDDEN})
    if field.type == "array":
        return _list(field, value, codelist)
    if isinstance(value, tuple):
        raise unfit("list-for-one", field, "; ".join(value))
    if field.coded:
        return _code(field, value, codelist)
    if field.type in NUMBERS:
        return NUMBERS[field.type](field, value, currency)
    return (TYPES.get(field.type) or FORMATS.get(field.format) or _text)(field, value)


def _text(field: Field, value: object) -> str | None:
    if isinstance(value, bool):
        raise unfit("boolean-for-text", field, value)
    if isinstance(value, datetime | date):
        raise unfit("date-for-text", field, value.isoformat())
    if isinstance(value, time):
        raise unfit("time-for-text", field, value.isoformat("minutes"))
    if isinstance(value, Decimal) and value != value.to_integral_value():
        # 1.5 is shown as 1,5 to the author: only the author knows how the text should say it.
        raise unfit("decimal-for-text", field, f"{value:f}")
    text = str(int(value)) if isinstance(value, Decimal) else str(value)
    # The ids of a list may stand one below the other: they are cleaned one by one.
    if field.type == "array":
        return text
    if field.ref or field.name == "id":
        return identifier(text)
    return clean_code(text) if field.kept_as_text else text


def _list(field: Field, value: Value, codelist: Codelist | None) -> tuple[str, ...] | None:
    parts = value if isinstance(value, tuple) else _split(field, value, codelist)
    cleaned = [BULLET.sub("", clean(part)) for part in parts]
    items = [item for item in cleaned if item]
    if field.coded:
        items = [_code(field, item, codelist) for item in items]
    elif field.ref:
        items = [identifier(item) for item in items]
    # The same id or code twice in a cell says no more than once.
    unique = dict.fromkeys(items) if field.coded or field.ref else items
    return tuple(unique) or None


def _split(field: Field, value: Value, codelist: Codelist | None) -> list[str]:
    text = _text(field, value) or ""
    if field.coded and _is_code(field, text, codelist):
        return [text]
    return (CODE_SEPARATORS if field.coded or field.ref else SEPARATORS).split(text)


def _is_code(field: Field, text: str, codelist: Codelist | None) -> bool:
    # A label may itself hold a comma.
    try:
        _code(field, text, codelist)
    except Unfit:
        return False
    return True


def _code(field: Field, value: object, codelist: Codelist | None) -> str:
    return code_of(field, value, codelist or field.codes)


NUMBERS: Mapping[str, Callable[[Field, object, str], Value]] = {"integer": to_integer, "number": to_number}
TYPES: Mapping[str, Callable[[Field, object], Value]] = {"boolean": yes_or_no}
FORMATS: Mapping[str, Callable[[Field, object], Value]] = {"date": to_date, "time": to_time}
"""Who reads which type, and which format of text."""
