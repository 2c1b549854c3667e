"""Turn a date as people write it into a date. Only this module knows the forms that are declared unambiguous.

Those forms: 2026-03-12, 12/03/2026 (the day first, as in France and Belgium), 12.3.2026, 12 mars 2026, 1er mars 2026,
12 March 2026, March 12, 2026, 12 maart 2026, each with the day of the week before it if you like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from pemdocs.data.cleaning import fold, quotable
from pemdocs.data.convert import mending
from pemdocs.data.convert.unfit import Unfit, unfit
from pemdocs.data.schema import Field
from pemdocs.knowledge import births, locales
from pemdocs.knowledge.rough import RoughDate, read_date

LANGUAGES = ("fr", "en", "nl")

FIRST = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: what it calls a date before this day is off by one."""

LAST = date(2100, 12, 31)
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = (FIRST - EPOCH).days, (LAST - EPOCH).days
YEARS = range(FIRST.year, LAST.year + 1)

DECEMBER = 12
LONGEST = 60
YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})\s?(?P<mark>[-/.])\s?(?P<month>[0-9]{1,2})\s?(?P=mark)\s?(?P<year>[0-9]{4})"
)
MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?")
CLOCK = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")

ORDINAL = r"(?:er|re|e|ème|st|nd|rd|th|ste|de)?"
WORD = r"[^\W\d_]+"
NAMED = re.compile(
    rf"(?:(?P<weekday>{WORD})\.?,?\s+)?(?P<day>[0-9]{{1,2}}){ORDINAL}\.?[\s-]+(?:of\s+|de\s+)?"
    rf"(?P<month>{WORD})\.?,?[\s-]+(?P<year>[0-9]{{4}})"
)
MONTH_FIRST = re.compile(
    rf"(?:(?P<weekday>{WORD})\.?,?\s+)?(?P<month>{WORD})\.?\s+(?P<day>[0-9]{{1,2}}){ORDINAL},?\s+(?P<year>[0-9]{{4}})"
)
ARTICLE = re.compile(r"^(?:le|the|op|on)\s+", re.IGNORECASE)

TWO_DIGITS = re.compile(
    rf"(?:[0-9]{{1,2}}\s?[-/.]\s?[0-9]{{1,2}}\s?[-/.]\s?'?[0-9]{{2}}|[0-9]{{1,2}}[\s-]+{WORD}\.?[\s-]+[’']?[0-9]{{2}})"
)
NO_DAY = re.compile(rf"(?:[0-9]{{1,2}}[-/.][0-9]{{4}}|[0-9]{{4}}[-/.][0-9]{{1,2}}|[0-9]{{4}}|{WORD}\.?\s+[0-9]{{4}})")
NO_YEAR = re.compile(rf"(?:[0-9]{{1,2}}{ORDINAL}\s+{WORD}\.?|[0-9]{{1,2}}[-/.][0-9]{{1,2}})")


def to_date(field: Field, value: object) -> date | str:
    """The date, or where the field allows it one with unknown parts as a text. Raises ``Unfit``."""
    if field.unknown_parts and (born := _of_birth(value)):
        return born
    if field.rough and (rough := _roughly(field, value)):
        return rough
    if isinstance(value, bool):
        raise unfit("not-a-date", field, value)
    if isinstance(value, datetime):
        return _whole(field, value)
    if isinstance(value, date):
        return _within(field, value)
    if isinstance(value, time):
        raise unfit("time-for-date", field, value.isoformat("minutes"))
    if isinstance(value, int | Decimal):
        raise _serial(field, value)
    return _read(field, str(value))


def _of_birth(value: object) -> str | None:
    """A date of birth with unknown parts; a year alone that a cell took for a day is that year."""
    if isinstance(value, str):
        return births.read(ARTICLE.sub("", value.strip()))
    if isinstance(value, date):
        number = (date(value.year, value.month, value.day) - EPOCH).days
        return births.read(str(number)) if number in YEARS else None
    return births.read(str(value)) if isinstance(value, int | Decimal) and value in YEARS else None


def _roughly(field: Field, value: object) -> RoughDate | None:
    """A month or a year by itself."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    typed = ARTICLE.sub("", str(value).strip())
    return read_date(typed.lower(), months(), fold, last=field.spec["x-rough"] == "last")


def _whole(field: Field, moment: datetime) -> date:
    if moment.time() != time():
        raise unfit("date-with-time", field, moment.isoformat(" ", "minutes"), mended=moment.date())
    return _within(field, moment.date())


def _within(field: Field, day: date) -> date:
    if not FIRST <= day <= LAST:
        raise unfit("date-out-of-range", field, day.isoformat(), first=FIRST, last=LAST)
    return day


def _serial(field: Field, number: int | Decimal) -> Unfit:
    if number in YEARS:
        return unfit("date-incomplete", field, number)
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return unfit("not-a-date", field, number)
    meant = EPOCH + timedelta(days=int(number))
    return unfit("date-as-number", field, number, date=meant if quotable(field) else "…")


def _read(field: Field, typed: str) -> date:
    text = ARTICLE.sub("", " ".join(typed.split()))
    if len(text) > LONGEST:
        raise unfit("not-a-date", field, typed)
    if clock := CLOCK.search(text):
        if not MIDNIGHT.fullmatch(clock[0]) or clock.end() != len(text):
            raise unfit("date-with-time", field, typed, mended=_meant(text[: clock.start()]))
        text = text[: clock.start()]
    found = YEAR_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)
    if found:
        return _made(field, typed, int(found["year"]), int(found["month"]), int(found["day"]))
    return _named(field, typed, text)


def _named(field: Field, typed: str, text: str) -> date:
    found = NAMED.fullmatch(text.lower()) or MONTH_FIRST.fullmatch(text.lower())
    month = months().get(fold(found["month"])) if found else None
    if found is None or month is None:
        reason = _reason(text)
        raise unfit(reason, field, typed, mended=_proposed(reason, text))
    weekday = weekdays().get(fold(found["weekday"])) if found["weekday"] else None
    if found["weekday"] and weekday is None:
        raise unfit("not-a-date", field, typed)
    day = _made(field, typed, int(found["year"]), month, int(found["day"]))
    if weekday is not None and day.weekday() != weekday:
        raise unfit("date-weekday", field, typed, mended=day)
    return day


def _made(field: Field, typed: str, year: int, month: int, day: int) -> date:
    try:
        made = date(year, month, day)
    except ValueError:
        swapped = month > DECEMBER >= day and DAY_FIRST.search(typed) is not None
        if swapped:
            raise unfit("date-month-first", field, typed, mended=date(year, day, month)) from None
        raise unfit("date-impossible", field, typed, mended=mending.last_of(year, month)) from None
    return _within(field, made)


def _meant(text: str) -> date | None:
    return mending.day_of(text, months(), fold)


def _proposed(reason: str, text: str) -> object:
    if reason == "date-two-digit-year":
        return mending.whole_year(text)
    return _meant(text) if reason == "not-a-date" else None


def _reason(text: str) -> str:
    if TWO_DIGITS.fullmatch(text):
        return "date-two-digit-year"
    if NO_DAY.fullmatch(text) or NO_YEAR.fullmatch(text):
        words = re.findall(WORD, text.lower())
        if all(
            fold(word) in months() or fold(word) in {"er", "e", "st", "nd", "rd", "th", "ste", "de"} for word in words
        ):
            return "date-incomplete"
    return "not-a-date"


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The number of each month by its folded name or abbreviation in French, English and Dutch."""
    return dict(_names(locales.months)) | {"sept": 9, "mrt": 3, "fev": 2, "juin": 6, "juil": 7}


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """The number of each day of the week, Monday is 0, by its folded name or abbreviation."""
    return dict(_names(locales.weekdays))


def _names(named: Callable[[str], Iterable[tuple[str, int]]]) -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        yield from ((fold(name), number) for name, number in named(language))
