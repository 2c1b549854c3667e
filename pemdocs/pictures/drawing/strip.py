"""Turn Schengen stays into a calendar on which 90 days in 180 can be counted. Only this module knows its cells.

Each month is a row, each day a cell. The day of exit looks back on 180 days: these are shaded, and what lies in them
is counted at the end of each row, so that the rows add up to the days used on the last day of the planned stay.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from pemdocs.knowledge import schengen
from pemdocs.pictures.drawing import strokes
from pemdocs.pictures.drawing.strokes import Fill, Label
from pemdocs.project.theme import Theme

Stay = tuple[date, date]
Mark = Literal["past", "gone", "planned", "first", "illegal"]
Sign = Literal["past", "gone", "planned", "first", "illegal", "window", "latest"]

SIZE = 8.0
SMALL = 7.0
LABEL = 50.0
"""Points at the left for the name of a month."""
COUNT = 28.0
"""Points at the right for the days counted in a month."""
HEAD = 24.0
ROW = 16.0
CELL = 13.0
"""Points of a row's height, and of the cell in it."""
MONTHS = 18
"""Rows at the most: more are only asked for by a stay that cannot be, and end in an ellipsis."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StripWords:
    """The words of a strip, each in every language of the document."""

    signs: Mapping[Sign, Label]
    """The legend: what each sign means."""
    counted: Label
    """Heads the column of days counted on the day of exit."""
    total: Label
    """Stands before their sum."""
    month: Callable[[date], str]
    """The short name of a date's month."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The days of a strip and where they lie: ``first`` is the first day of the first row."""

    past: tuple[Stay, ...]
    planned: Stay
    latest: date | None
    first: date
    rows: int
    whole: bool
    wide: float

    def row(self, day: date) -> int:
        return (day.year - self.first.year) * 12 + day.month - self.first.month

    def x(self, number: int) -> float:
        """The left edge of the cells of this day of the month, 1 to 32."""
        return LABEL + (self.wide - LABEL - COUNT) * (number - 1) / 31

    def top(self, day: date) -> float:
        return HEAD + self.row(day) * ROW + (ROW - CELL) / 2

    @property
    def since(self) -> date:
        """The first day that the day of exit looks back on."""
        return self.planned[1] - (schengen.WINDOW - 1) * DAY


def strip(
    past: Iterable[Stay], planned: Stay, *, width_mm: float, words: StripWords, theme: Theme, latest: date | None = None
) -> bytes:
    """Draw the days used by a planned stay as SVG: a row for each month from 180 days before the entry on.

    ``past`` are the earlier stays that count, in any order; ``latest`` is the last day on which the traveller may
    leave. A day of the planned stay carries the number of days used in the 180 that end with it; days over the limit
    are hatched, the first of them black; days that the day of exit no longer looks back on are struck out. Raises
    ValueError where an exit is before its entry.
    """
    calendar = _calendar(tuple(sorted(past)), planned, latest, width_mm * strokes.POINTS)
    marks = dict(_marks(calendar))
    bottom = HEAD + calendar.rows * ROW
    legend, high = _legend(_signs(calendar, marks.values()), words, theme, calendar.wide, bottom + 22)
    shapes = [
        *_head(calendar, words, theme),
        *(shape for number in range(calendar.rows) for shape in _row(calendar, number, words, theme)),
        *(_cell(calendar, day, mark, theme) for day, mark in marks.items()),
        *_edges(calendar, theme),
        *_gate(calendar, theme),
        *_total(calendar, bottom, words, theme),
        *legend,
    ]
    return strokes.document(calendar.wide, high, shapes)


def _calendar(past: tuple[Stay, ...], planned: Stay, latest: date | None, wide: float) -> _Calendar:
    entry, leave = planned
    first = (entry - (schengen.WINDOW - 1) * DAY).replace(day=1)
    last = max(leave, latest or leave)
    rows = (last.year - first.year) * 12 + last.month - first.month + 1
    return _Calendar(past, planned, latest, first, min(rows, MONTHS), rows <= MONTHS, wide)


def _marks(calendar: _Calendar) -> Iterator[tuple[date, Mark]]:
    """What each day of a stay is; the planned stay covers what lies under it."""
    entry, leave = calendar.planned
    stays = (*calendar.past, calendar.planned)
    overstay = False
    for day in _days(calendar):
        if entry <= day <= leave:
            illegal = schengen.days_used(stays, day) > schengen.LIMIT
            yield day, ("illegal" if overstay else "first") if illegal else "planned"
            overstay = overstay or illegal
        elif any(start <= day <= end for start, end in calendar.past):
            yield day, "gone" if day < calendar.since else "past"


def _days(calendar: _Calendar) -> Iterator[date]:
    day = calendar.first
    while calendar.row(day) < calendar.rows:
        yield day
        day += DAY


def _head(calendar: _Calendar, words: StripWords, theme: Theme) -> Iterator[str]:
    """The numbers of the days, and what the column at the right counts."""
    muted = theme.colour["muted"]
    room = strokes.phrase_width(words.counted, SMALL)
    yield strokes.phrase(calendar.wide - room, 8.0, words.counted, theme, SMALL, theme.colour["ink"])
    for number in range(1, 32):
        middle = (calendar.x(number) + calendar.x(number + 1)) / 2
        yield strokes.text(middle, HEAD - 3, str(number), "", muted, SMALL, anchor="middle")


def _row(calendar: _Calendar, number: int, words: StripWords, theme: Theme) -> Iterator[str]:
    """A month: its name, its empty cells, its days counted on the day of exit."""
    first = _later(calendar.first, number)
    length = monthrange(first.year, first.month)[1]
    base, ink = calendar.top(first) + CELL - 3.6, theme.colour["ink"]
    cut = "" if calendar.whole or number + 1 < calendar.rows else " …"
    yield strokes.text(0, base, f"{words.month(first)} {first.year}{cut}", "", ink, SIZE)
    yield from _ground(calendar, first, length, theme)
    counted = _counted(calendar, first, first + DAY * (length - 1))
    colour = ink if counted else theme.colour["muted"]
    yield strokes.text(calendar.wide, base, str(counted) if counted else "–", "", colour, SIZE, anchor="end")


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _counted(calendar: _Calendar, first: date, last: date) -> int:
    """The days of stay between two days that the day of exit looks back on."""
    first, last = max(first, calendar.since), min(last, calendar.planned[1])
    stays = [(max(start, first), min(end, last)) for start, end in (*calendar.past, calendar.planned)]
    return schengen.days_used([stay for stay in stays if stay[0] <= stay[1]], last)


def _ground(calendar: _Calendar, first: date, length: int, theme: Theme) -> Iterator[str]:
    """The days of a month on which nothing happens, shaded where the day of exit looks back on them."""
    top, last = calendar.top(first), first + DAY * (length - 1)
    yield strokes.rect(calendar.x(1), top, calendar.x(length + 1) - calendar.x(1), CELL, theme.colour["wash"])
    start, end = max(first, calendar.since), min(last, calendar.planned[1])
    if start <= end:
        left, right = calendar.x(start.day), calendar.x(end.day + 1)
        yield strokes.rect(left, top, right - left, CELL, strokes.mix(theme.colour["accent"], 0.16))
    for number in range(2, length + 1):
        yield strokes.line(calendar.x(number), top, calendar.x(number), top + CELL, "#ffffff", 1.0)


def _cell(calendar: _Calendar, day: date, mark: Mark, theme: Theme) -> str:
    """A day of stay; in the planned one with the number of days used."""
    x, right, top = calendar.x(day.day), calendar.x(day.day + 1), calendar.top(day)
    shape = strokes.polygon(_square(x + 0.9, top + 0.4, right - 0.9, top + CELL - 0.4), _fill(mark, theme))
    if mark in ("past", "gone"):
        return shape
    used = str(schengen.days_used((*calendar.past, calendar.planned), day))
    colour = "#ffffff" if mark == "first" else theme.colour["ink"]
    bold, middle = mark != "planned", (x + right) / 2
    if mark == "illegal":  # a number on hatching needs a ground of its own
        half = strokes.width(used, SMALL, bold=True) / 2 + 0.4
        shape += strokes.rect(middle - half, top + 3, 2 * half, CELL - 6, "#ffffff")
    return shape + strokes.text(middle, top + CELL - 4.1, used, "", colour, SMALL, bold=bold, anchor="middle")


def _square(left: float, top: float, right: float, bottom: float) -> tuple[tuple[float, float], ...]:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _fill(mark: Mark, theme: Theme) -> Fill:
    """Earlier days are full, or struck out; planned ones light, too many hatched, the first of these black."""
    ink, muted, accent = theme.colour["ink"], theme.colour["muted"], theme.colour["accent"]
    return {
        "past": Fill(strokes.mix(accent, 0.7), accent),
        "gone": Fill("#ffffff", strokes.mix(muted, 0.7), struck=True),
        "planned": Fill("#ffffff", theme.colour["during"]),
        "first": Fill(ink, ink),
        "illegal": Fill("#ffffff", ink, hatched=True),
    }[mark]


def _edges(calendar: _Calendar, theme: Theme) -> Iterator[str]:
    """Brackets around the days that the day of exit looks back on."""
    accent = theme.colour["accent"]
    for day, edge, inwards in ((calendar.since, 0, 3.5), (calendar.planned[1], 1, -3.5)):
        if 0 <= calendar.row(day) < calendar.rows:
            yield from _bracket(calendar.x(day.day + edge), calendar.top(day) - 1.2, CELL + 2.4, inwards, accent)


def _bracket(x: float, top: float, high: float, inwards: float, colour: str) -> Iterator[str]:
    yield strokes.line(x, top, x, top + high, colour, 1.3)
    for y in (top, top + high):
        yield strokes.line(x, y, x + inwards, y, colour, 1.3)


def _gate(calendar: _Calendar, theme: Theme) -> Iterator[str]:
    """A flag at the end of the last day on which the traveller may leave."""
    day = calendar.latest
    if day and 0 <= calendar.row(day) < calendar.rows:
        yield from _flag(calendar.x(day.day + 1), calendar.top(day) - 1.5, CELL + 3, theme)


def _flag(x: float, top: float, high: float, theme: Theme) -> Iterator[str]:
    ink = theme.colour["ink"]
    yield strokes.line(x, top, x, top + high, ink, 2.0)
    yield strokes.polygon(((x, top), (x, top + 3.6), (x - 5.5, top)), Fill(ink, ink))


def _total(calendar: _Calendar, bottom: float, words: StripWords, theme: Theme) -> Iterator[str]:
    """The sum of the column, which is the number in the last day's cell, against the limit."""
    ink = theme.colour["ink"]
    used = schengen.days_used((*calendar.past, calendar.planned), calendar.planned[1])
    said = f"{used} / {schengen.LIMIT}"
    left = calendar.wide - strokes.width(said, SIZE + 1, bold=True)
    room = strokes.phrase_width(words.total, SMALL)
    yield strokes.line(calendar.x(32), bottom + 1.5, calendar.wide, bottom + 1.5, ink, 0.6)
    yield strokes.phrase(left - 8 - room, bottom + 12, words.total, theme, SMALL, ink)
    yield strokes.text(calendar.wide, bottom + 12, said, "", ink, SIZE + 1, bold=True, anchor="end")


def _signs(calendar: _Calendar, marks: Iterable[Mark]) -> Iterator[Sign]:
    """The signs that occur, in the order of the days they speak of."""
    there = set(marks)
    order: Sequence[Mark] = ("gone", "past", "planned", "first", "illegal")
    yield from (mark for mark in order if mark in there)
    yield "window"
    if calendar.latest:
        yield "latest"


def _legend(signs: Iterable[Sign], words: StripWords, theme: Theme, wide: float, top: float) -> tuple[list[str], float]:
    """The meaning of each sign, in rows as wide as the picture; and where the legend ends."""
    return strokes.legend([(words.signs[sign], partial(_sign, sign, theme)) for sign in signs], theme, SMALL, wide, top)


def _sign(sign: Sign, theme: Theme, x: float, y: float) -> str:
    if sign == "window":
        accent = theme.colour["accent"]
        edges = (*_bracket(x + 1, y - 4.4, 8.8, 3, accent), *_bracket(x + 17, y - 4.4, 8.8, -3, accent))
        return strokes.rect(x + 1, y - 4.4, 16, 8.8, strokes.mix(accent, 0.16)) + "".join(edges)
    if sign == "latest":
        return "".join(_flag(x + 11, y - 4.8, 9.8, theme))
    return strokes.polygon(_square(x + 4, y - 5, x + 14, y + 5), _fill(sign, theme))
