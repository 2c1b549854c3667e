"""Turn a date of birth of which the day, or day and month, are unknown into what is printed, and what it can mean.

Source: ICAO Doc 9303, part 3: an unknown part is left open in the passport, and a filler stands for it in the MRZ.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

Born = date | str
"""A whole date, or one with unknown parts as the passport prints it: ``00/00/1991``, ``00/07/1991``."""

FILLER = "<<"
YEARS = range(1900, 2101)
UNKNOWN = r"0{1,2}|[xX]{1,2}|[-–?]{1,2}|<{1,2}|_{1,2}"
DAY_FIRST = re.compile(rf"(?:{UNKNOWN})([-/. ])(?P<month>[0-9]{{1,2}}|{UNKNOWN})\1(?P<year>[0-9]{{4}})")
YEAR_FIRST = re.compile(rf"(?P<year>[0-9]{{4}})([-/. ])(?P<month>[0-9]{{1,2}}|{UNKNOWN})(?:\2(?:{UNKNOWN}))?")
NO_DAY = re.compile(r"(?:(?P<month>[0-9]{1,2})[-/.])?(?P<year>[0-9]{4})")


class Parts(NamedTuple):
    """What is known: the year, and the month unless it is 0."""

    year: int
    month: int


def read(text: str) -> str | None:
    """A date with unknown parts as a passport prints it, day first; ``None`` where the text is none.

    What stands for the unknown parts stays (``XX/XX/1991``); a year or a month alone gets zeros.
    """
    words = " ".join(text.split())
    parts = _parts(words)
    if parts is None:
        return None
    return words if DAY_FIRST.fullmatch(words) and "/" in words else f"00/{parts.month:02}/{parts.year}"


def _parts(words: str) -> Parts | None:
    found = DAY_FIRST.fullmatch(words) or YEAR_FIRST.fullmatch(words) or NO_DAY.fullmatch(words)
    if found is None:
        return None
    month = found["month"] or ""
    parts = Parts(int(found["year"]), int(month) if month.isdigit() else 0)
    return parts if parts.year in YEARS and parts.month <= 12 else None


def zone(born: Born) -> str:
    """The six signs of the machine-readable zone: ``910730``, ``91<<<<``."""
    if isinstance(born, date):
        return f"{born:%y%m%d}"
    parts = _known(born)
    return f"{parts.year % 100:02}{f'{parts.month:02}' if parts.month else FILLER}{FILLER}"


def earliest(born: Born) -> date:
    """The first day that it can mean."""
    if isinstance(born, date):
        return born
    parts = _known(born)
    return date(parts.year, parts.month or 1, 1)


def latest(born: Born) -> date:
    """The last day that it can mean."""
    if isinstance(born, date):
        return born
    parts = _known(born)
    month = parts.month or 12
    return date(parts.year, month, monthrange(parts.year, month)[1])


def _known(born: str) -> Parts:
    parts = _parts(born)
    if parts is None:
        raise ValueError("no date of birth")
    return parts
