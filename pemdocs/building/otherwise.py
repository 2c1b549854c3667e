"""Turn the value of a cell into another of its sort; and into the words that it may be said with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pemdocs.data.schema import Field
from pemdocs.model import Money

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TURNED = str.maketrans(
    LETTERS + LETTERS.upper() + "0123456789éèêàçùûôîï",
    LETTERS[1:] + "a" + LETTERS[1:].upper() + "A" + "1234567890abcdefghik",
)
"""What becomes of the letters and digits of a text: all are others, and every sign between them stays."""

WAYS = (1, 397, -1)
"""By so many days a date moves, one way after the other: month and year too, and back where an earlier one counts."""

YEAR = re.compile(r"\b[12]\d{3}\b")


def another(value: Any, field: Field | None, number: int, days: int = WAYS[0]) -> Any:
    """Another value of the same sort; ``number`` makes those of several cells differ from each other.

    A date moves by ``days``; a number, where these are many, by as much as tells when it is rounded.
    """
    match value:
        case bool():
            return not value
        case date():
            return value + timedelta(days=days + (number % 5 if days > 0 else -(number % 5)))
        case time():
            return (datetime.combine(date(2000, 1, 1), value) + timedelta(minutes=67 + number % 5)).time()
        case int() | Decimal():
            step = (1 + number % 3) * (1 if days > 0 else -1)
            return value * 2 + step if days > WAYS[0] else value + step
        case Money():
            return value._replace(amount=another(value.amount, field, number, days))
        case tuple():
            return value[1:]
    codes = tuple(code for code in (field.enum if field else ()) if code != value)
    if codes:
        return codes[number % len(codes)]
    return None if field is not None and field.codelist else str(value).translate(TURNED)


def may_say(value: Any, field: Field | None, words: str) -> bool:
    """Whether a value may be said by some of these words: small letters, a space between them.

    A day says its number, of its year where years are told; a code its labels; a text its words.
    """
    if isinstance(value, date):
        years = YEAR.findall(words)
        if years and str(value.year) not in years:
            return False
    return any(f" {form} " in f" {words} " for form in _forms(value, field))


def _forms(value: Any, field: Field | None) -> Iterator[str]:
    match value:
        case bool():
            return
        case date():
            yield from (str(value.day), f"{value.day:02}", f"{value.day}er")
        case time():
            yield from (str(value.hour), f"{value.hour:02}")
        case int() | Decimal():
            yield " ".join(re.findall(r"\w+", f"{value:n}"))
            yield " ".join(re.findall(r"\w+", f"{value:,}"))
        case tuple():
            for each in value:
                yield from _forms(each, field)
        case str() if field is not None and field.coded:
            for label in field.codes.get(value, {}).values():
                yield from re.findall(r"\w{3,}", label.casefold())
        case _:
            yield from re.findall(r"\w{3,}", str(value).casefold())
