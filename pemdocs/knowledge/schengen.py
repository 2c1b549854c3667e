"""Turn Schengen stays into days used, the first overstay and the latest departure. Only this module knows 90/180.

Source: Regulation (EU) 2016/399 art. 6(1), at most 90 days in any 180-day period, looking at the 180 days that end
with each day of stay; art. 6(2), the day of entry is the first day of stay, the day of exit the last, and days under a
residence permit or a long-stay visa are not counted, so such stays are left out by the caller. Days are calendar dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

LIMIT = 90
"""Days of stay allowed in any window: Regulation (EU) 2016/399 art. 6(1)."""

WINDOW = 180
"""Days looked at, the day itself and the 179 before it: Regulation (EU) 2016/399 art. 6(1)."""

Stay = tuple[date, date]
"""The dates of entry and exit, both of them days of stay; the same date twice is a stay of one day."""


def days_used(stays: Iterable[Stay], on: date) -> int:
    """How many days of the window that ends with this day were spent inside: 0 to 180.

    Stays may come in any order and overlap; a day counts once, and days after ``on`` do not count.
    Raises ValueError where an exit is before its entry.
    """
    last = on.toordinal()
    return sum(len(span) for span in _clipped(_spans(stays), last - WINDOW + 1, last))


def first_overstay(stays: Iterable[Stay]) -> date | None:
    """The first day on which more than 90 days are used, every day of stay being checked; None where there is none.

    Stays may come in any order and overlap. Raises ValueError where an exit is before its entry.
    """
    first = next(_overstays(_spans(stays)), None)
    return None if first is None else date.fromordinal(first)


def latest_departure(stays: Iterable[Stay], entry: date) -> date | None:
    """The last day to leave after entering on this day, so that each day of the new stay is legal.

    None where even the day of entry is one too many. Never later than the 90th day, ``entry`` + 89 days; earlier
    stays shorten it unless their days leave the window in time. Only the days of the new stay are judged: an overstay
    in the past does not bar it, and a stay planned for later does not shorten it (``first_overstay`` of all the stays
    together tells whether the later one still fits). Raises ValueError where an exit is before its entry.
    """
    first, beyond = entry.toordinal(), entry.toordinal() + LIMIT
    near = _clipped(_spans(stays), first - WINDOW + 1, beyond)
    inside = _merged([*near, range(first, beyond + 1)])
    # The 91st day of an unbroken stay is always one too many, so there is a first one.
    barred = next(day for day in _overstays(inside) if day >= first)
    return None if barred == first else date.fromordinal(min(barred - 1, date.max.toordinal()))


def _spans(stays: Iterable[Stay]) -> list[range]:
    """The stays as ranges of day numbers, in order and apart."""
    spans = []
    for entry, leave in stays:
        if leave < entry:
            raise ValueError(f"the exit {leave.isoformat()} is before the entry {entry.isoformat()}")
        spans.append(range(entry.toordinal(), leave.toordinal() + 1))
    return _merged(spans)


def _merged(spans: list[range]) -> list[range]:
    merged: list[range] = []
    for span in sorted(spans, key=lambda each: each.start):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return merged


def _clipped(spans: list[range], first: int, last: int) -> list[range]:
    parts = (range(max(span.start, first), min(span.stop, last + 1)) for span in spans)
    return [part for part in parts if part]


def _overstays(spans: list[range]) -> Iterator[int]:
    """Each day of stay that has 90 others before it in its window: only a day of stay can raise the count."""
    for earlier, day in zip(_days(spans), islice(_days(spans), LIMIT, None), strict=False):
        if day - earlier < WINDOW:
            yield day


def _days(spans: list[range]) -> Iterator[int]:
    return (day for span in spans for day in span)
