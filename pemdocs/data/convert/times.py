"""Turn a time of day as people write it into a time. Only this module knows those forms.

They are 14:30, 14:30:00, 14h30, 14 h 30, 14 h, 14u30, 14.30 uur, 2:30 pm, 2 p.m.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pemdocs.data.cleaning import quotable
from pemdocs.data.convert import mending
from pemdocs.data.convert.unfit import Unfit, unfit
from pemdocs.data.schema import Field

HALF_DAY = 12
MINUTES_A_DAY = 24 * 60

CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})\s?[:.]\s?(?P<minute>[0-9]{2})(?:\s?:\s?(?P<second>[0-9]{2}))?(?:\s?(?:h|uur|u))?"
)
SPOKEN = re.compile(
    r"(?P<hour>[0-9]{1,2})\s?(?:h|heures?|hours?|u|uur)(?:\s?(?P<minute>[0-9]{2})(?:\s?(?:min|mn|m))?)?"
)
TWELVE = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s?(?P<half>[ap])\.?\s?m\.?")


def to_time(field: Field, value: object) -> time:
    """The time of day. Raises ``Unfit``."""
    if isinstance(value, bool):
        raise unfit("not-a-time", field, value)
    if isinstance(value, time):
        return value
    if isinstance(value, datetime):
        raise unfit("date-for-time", field, value.isoformat(" ", "minutes"))
    if isinstance(value, date):
        raise unfit("date-for-time", field, value.isoformat())
    if isinstance(value, int | Decimal):
        raise _fraction(field, value)
    return _read(field, str(value))


def _fraction(field: Field, number: int | Decimal) -> Unfit:
    if not 0 < number < 1:
        return unfit("not-a-time", field, number)
    minutes = round(number * MINUTES_A_DAY) % MINUTES_A_DAY
    meant = (datetime.min + timedelta(minutes=minutes)).time()
    return unfit("time-as-number", field, number, time=meant if quotable(field) else "…")


def _read(field: Field, typed: str) -> time:
    text = " ".join(typed.lower().split())
    if found := TWELVE.fullmatch(text):
        return _twelve(field, typed, int(found["hour"]), int(found["minute"] or 0), found["half"] == "p")
    found = CLOCK.fullmatch(text) or SPOKEN.fullmatch(text)
    if found is None:
        raise unfit("not-a-time", field, typed, mended=mending.moment_of(text))
    parts = found.groupdict()
    return _made(field, typed, int(parts["hour"]), int(parts["minute"] or 0), int(parts.get("second") or 0))


def _twelve(field: Field, typed: str, hour: int, minute: int, afternoon: bool) -> time:
    if not 1 <= hour <= HALF_DAY:
        raise unfit("not-a-time", field, typed)
    return _made(field, typed, hour % HALF_DAY + (HALF_DAY if afternoon else 0), minute, 0)


def _made(field: Field, typed: str, hour: int, minute: int, second: int) -> time:
    try:
        return time(hour, minute, second)
    except ValueError:
        raise unfit("not-a-time", field, typed) from None
