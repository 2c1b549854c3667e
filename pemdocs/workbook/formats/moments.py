"""Turn a stored number into the date or the time that its format shows. Only this module knows Excel's calendars."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pemdocs.workbook import shapes
from pemdocs.workbook.grid import Stored, number, stored

USUAL, MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day 0 of the two calendars."""

FALSE_DAY = 60
"""29 February 1900, which never was: the days before it are counted one too far."""

LAST = 2_958_466
"""Behind it lies the year 10000."""

DAY = 24 * 60 * 60


def valued(value: float, shape: str, epoch: datetime) -> Stored:
    """The number, or the moment that it is under this format."""
    kind = shapes.moment(shape)
    if not kind:
        return number(value)
    if kind == "elapsed":
        return stored(timedelta(days=value)) if abs(value) < LAST else number(value)
    if not 0 <= value < LAST:
        return number(value)
    if value < 1 and (kind == "time" or epoch is USUAL):
        return stored((datetime(2000, 1, 1) + timedelta(seconds=round(value * DAY, 3))).time())
    if epoch is USUAL and value < FALSE_DAY:
        value += 1
    return stored(epoch + timedelta(days=int(value), seconds=round((value - int(value)) * DAY, 3)))


def iso(text: str) -> Stored:
    """A moment as ISO 8601 writes it: ``2026-03-12``, ``2026-03-12T14:30:00Z``, ``14:30``. Raises ``ValueError``."""
    if ":" in text and "-" not in text.partition(":")[0]:
        return stored(time.fromisoformat(text).replace(tzinfo=None))
    if len(text) <= 10:
        return stored(date.fromisoformat(text))
    return stored(datetime.fromisoformat(text).replace(tzinfo=None))
