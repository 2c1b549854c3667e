"""Turn dates into places on an axis that leaves out the time in which nothing happens. Only this module breaks time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONG = 200
"""Days without any event after which the axis is broken: the half year in which one may apply stays whole."""
BREAK = 22.0
"""Points of a break."""
STEPS = (1, 2, 3, 6)
"""Months between two names of months."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """Whole months that are drawn to scale: ``first`` lies at ``left``, the day after ``last`` at ``right``."""

    first: date
    last: date
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Days on paper, in one part or in several with a break between each two."""

    parts: tuple[Part, ...]

    @property
    def left(self) -> float:
        """Where the axis begins."""
        return self.parts[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.parts[-1].right

    def x(self, day: date) -> float:
        """The place where a day begins; a day in a break lies within it, one beyond the axis at its end."""
        past = self.left
        for part in self.parts:
            if day < part.first:
                return (past + part.left) / 2
            if day <= part.last:
                share = (day - part.first).days / ((part.last - part.first).days + 1)
                return part.left + (part.right - part.left) * share
            past = part.right
        return past

    def breaks(self) -> Iterator[tuple[float, float]]:
        """Both ends of each break."""
        for before, after in zip(self.parts, self.parts[1:], strict=False):
            yield before.right, after.left


def axis(days: Iterable[date], left: float, right: float) -> Axis:
    """An axis on which each of the days lies, broken wherever more than ``LONG`` days have no event."""
    spans = _spans(sorted(days))
    room = right - left - BREAK * (len(spans) - 1)
    if room < (right - left) / 2:  # so many breaks that nothing would be left between them: draw it all to scale
        spans, room = [(spans[0][0], spans[-1][1])], right - left
    whole = sum((last - first).days + 1 for first, last in spans)
    parts = []
    for first, last in spans:
        wide = room * ((last - first).days + 1) / whole
        parts.append(Part(first, last, left, left + wide))
        left += wide + BREAK
    return Axis(tuple(parts))


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """The whole months around the days, those of days close to each other together."""
    spans: list[tuple[date, date]] = []
    for day in days:
        first, last = day.replace(day=1), following(day) - DAY
        if spans and (day - spans[-1][1]).days <= LONG:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def following(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def months(axis: Axis, room: float) -> Iterator[tuple[date, float, float]]:
    """The months whose names are written, with their place and that of the next one or of the part's end.

    As many as have ``room``: each, or every second, third, sixth, twelfth, counted from January.
    """
    narrowest = min((part.right - part.left) / len(_firsts(part)) for part in axis.parts)
    step = next((step for step in STEPS if narrowest * step >= room), 12)
    for part in axis.parts:
        named = [day for day in _firsts(part) if day == part.first or (day.month - 1) % step == 0]
        ends = [*(axis.x(day) for day in named[1:]), part.right]
        yield from ((day, axis.x(day), end) for day, end in zip(named, ends, strict=True))


def _firsts(part: Part) -> list[date]:
    firsts = [part.first]
    while (day := following(firsts[-1])) <= part.last:
        firsts.append(day)
    return firsts
