"""Hold numbers and dates that are known no better than they are written: ``≈ 60``, ``> 60``, March 2026, 2026.

They count as what they are nearest to, so that whoever compares and draws needs to know nothing of it; what is worked
out of them keeps their sign through ``ratio`` alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

ABOUT, MORE, FEWER, LEAST, MOST = "≈", ">", "<", "≥", "≤"
SIGNS = (ABOUT, MORE, FEWER, LEAST, MOST)
OPPOSITE = {MORE: FEWER, FEWER: MORE, LEAST: MOST, MOST: LEAST, ABOUT: ABOUT}
MONTH, YEAR = "month", "year"

WRITTEN = {
    ABOUT: ("≈", "~", "±", "environ", "env", "à peu près", "about", "approximately", "approx", "circa", "ca",
            "ongeveer", "rond"),
    MORE: (">", "plus de", "more than", "over", "meer dan", "ruim"),
    FEWER: ("<", "moins de", "fewer than", "less than", "under", "minder dan"),
    LEAST: ("≥", ">=", "au moins", "at least", "minstens", "ten minste"),
    MOST: ("≤", "<=", "au plus", "at most", "hoogstens", "ten hoogste"),
}  # fmt: skip
"""How people write each sign before a number."""

_WAYS = {way: sign for sign, ways in WRITTEN.items() for way in ways}
OPENING = re.compile(rf"\s*({'|'.join(sorted(map(re.escape, _WAYS), key=len, reverse=True))})(?=[\s\d.]|$)\.?\s*", re.I)
ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?")
TURNED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
NAMED = re.compile(r"([^\W\d_]+)\.?\s+(?:de\s+|of\s+)?([0-9]{4})")


class RoughNumber(Decimal):
    """A number with a sign: it is about, more than, fewer than, at least or at most that."""

    sign: str

    def __new__(cls, value: Decimal | int | str, sign: str) -> RoughNumber:
        """The number with its sign."""
        made = super().__new__(cls, value)
        made.sign = sign
        return made

    def __repr__(self) -> str:
        return f"RoughNumber('{self.sign} {Decimal(self)}')"

    def __reduce__(self) -> tuple[Any, ...]:
        return RoughNumber, (str(Decimal(self)), self.sign)


class RoughDate(date):
    """A day that stands for its month or its year."""

    precision: str

    def __new__(cls, year: int, month: int, day: int, precision: str = "") -> RoughDate:
        """The day with what is known of it."""
        made = super().__new__(cls, year, month, day)
        made.precision = precision
        return made

    def __repr__(self) -> str:
        return f"RoughDate({self.isoformat()}, {self.precision})"

    def __reduce__(self) -> tuple[Any, ...]:
        return RoughDate, (self.year, self.month, self.day, self.precision)


def sign_of(value: object) -> str:
    """The sign of a number; nothing where it is exact."""
    return value.sign if isinstance(value, RoughNumber) else ""


def precision_of(value: object) -> str:
    """What is known of a date: its month, its year; nothing where its day is."""
    return value.precision if isinstance(value, RoughDate) else ""


def exact(day: date) -> date:
    """The day by itself: for what speaks of a last day, whatever is known of it."""
    return date(day.year, day.month, day.day)


def parted(typed: str) -> tuple[str, str]:
    """The sign that stands before a number, and the rest."""
    found = OPENING.match(typed)
    return (_WAYS[found[1].lower()], typed[found.end() :]) if found else ("", typed)


def read_date(typed: str, months: dict[str, int], fold: Any, *, last: bool) -> RoughDate | None:
    """A month or a year, as people write it, by its first or its last day; ``None`` where it is neither."""
    text = " ".join(typed.split())
    if found := ISO.fullmatch(text):
        year, month = int(found[1]), int(found[2]) if found[2] else 0
    elif found := TURNED.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    elif (found := NAMED.fullmatch(text)) and fold(found[1]) in months:
        year, month = int(found[2]), months[fold(found[1])]
    else:
        return None
    if month > 12 or (not month and ISO.fullmatch(text) and "-" in text):
        return None
    return _whole(year, month, last=last)


def _whole(year: int, month: int, *, last: bool) -> RoughDate | None:
    first_month, last_month = (month, month) if month else (1, 12)
    precision = MONTH if month else YEAR
    if not 1900 < year <= 2100:
        return None
    if last:
        return RoughDate(year, last_month, monthrange(year, last_month)[1], precision)
    return RoughDate(year, first_month, 1, precision)


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole, as roughly as the rougher of both is known."""
    found = Decimal(part) / Decimal(whole)
    above, below = sign_of(part), sign_of(whole)
    if not above and not below:
        return found
    sign = above if not below else OPPOSITE[below] if not above else ABOUT
    return RoughNumber(found, sign)


def to_percent(share: Decimal) -> Decimal:
    """A share in whole hundredths, rounded so that its sign stays true: more than 48.9 is more than 48."""
    ways = {MORE: ROUND_FLOOR, LEAST: ROUND_FLOOR, FEWER: ROUND_CEILING, MOST: ROUND_CEILING}
    rounded = Decimal(share).quantize(Decimal("0.01"), ways.get(sign_of(share), ROUND_HALF_UP))
    return Decimal(rounded)


def part_of_way(value: Decimal, target: Decimal, start: Decimal) -> Decimal:
    """The part of the way from a start to a target; where the start is not nothing, no sign but “about” is sure."""
    if not start:
        return ratio(value, target)
    found = (Decimal(value) - Decimal(start)) / (Decimal(target) - Decimal(start))
    return RoughNumber(found, ABOUT) if any(map(sign_of, (value, target, start))) else found
