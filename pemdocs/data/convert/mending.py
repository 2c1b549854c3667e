"""Turn what does not fit into what was probably meant, as a proposal: it is shown and never used.

Only this module guesses; whatever can mean several things gets none, or each of them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches

DIGITS = re.compile(r"[0-9]+")
AMOUNT = re.compile(r"-?[0-9](?:[0-9., \u00a0\u202f]*[0-9])?")
WORD = re.compile(r"[^\W\d_]{3,}")
NEAR = 0.6
YOUNG = 70
"""A year of two digits below this is taken to be of this century."""

CLOCK = 4
"""The digits of an hour and its minutes, run together."""


def day_of(text: str, months: Mapping[str, int], fold: Callable[[str], str]) -> date | None:
    """The one day that a text can mean by its digits, with a month in letters or not: ``3 mras 2026``, ``3-4/2026``."""
    found = [int(each) for each in DIGITS.findall(text)]
    near = [get_close_matches(fold(word), months, 1, NEAR) for word in WORD.findall(text.lower())]
    named = [months[match[0]] for match in near if match]
    if len(named) == 1 and len(found) == 2:
        return _day(found[1], named[0], found[0])
    if named or len(found) != 3:
        return None
    return _day(found[0], found[1], found[2]) if found[0] > 99 else _day(found[2], found[1], found[0])


def _day(year: int, month: int, day: int) -> date | None:
    if not 1900 < year < 2101:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date | None:
    """The last day of a month; nothing where there is no such month."""
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 and 1900 < year < 2101 else None


def whole_year(text: str) -> str:
    """A date whose year has two digits, with four: 70 and later are of the last century."""
    head, year = text[:-2].rstrip("'’"), text[-2:]
    return f"{head}{'19' if int(year) >= YOUNG else '20'}{year}"


def moment_of(text: str) -> time | None:
    """The time of day that the digits of a text can mean: ``9h5``, ``1430``, ``14 h 30 précises``."""
    found = DIGITS.findall(text)
    if len(found) == 1 and len(found[0]) in (CLOCK - 1, CLOCK):
        found = [found[0][:-2], found[0][-2:]]
    if not 1 <= len(found) <= 2 or "pm" in text.replace(".", "") or "am" in text.replace(".", ""):
        return None
    hour, minute = int(found[0]), int(found[1]) if len(found) == 2 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def amount_in(text: str, read: Callable[[str], Decimal | None]) -> Decimal | None:
    """The only number that a text holds: ``environ 120 personnes``."""
    found = AMOUNT.findall(text)
    return read(found[0]) if len(found) == 1 else None
