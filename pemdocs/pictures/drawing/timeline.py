"""Turn dated items into a calendar that can be read at a glance. Only this module knows how time lies on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from pemdocs.pictures.drawing import strokes
from pemdocs.pictures.drawing.strokes import Fill, Label
from pemdocs.project.theme import Theme

Phase = Literal["before", "during", "after"]
Status = Literal["done", "under-way", "planned", "postponed", "cancelled"]
PHASES: tuple[Phase, ...] = ("before", "during", "after")
STATUSES: tuple[Status, ...] = ("done", "under-way", "planned", "postponed", "cancelled")

SIZE = 8.0
"""Points of the labels."""
SMALL = 8.0
"""Points of the second language, of the axis and of the legend: none is smaller."""
LEADING = 9.0
GAP = 3.2
"""Points between two lanes."""
BAND = 13.5
"""Points of a phase's name."""
MARK = 3.0
"""Points of the coloured mark at the left of a phase, and least length of a bar."""
BAR = 7.0
"""Points of a bar's height; a diamond is a little larger."""
SATURDAY = 5
"""The first day of the weekend, as ``date.weekday`` counts."""
AXIS = 24.0
"""Points of the axis; where it counts days, their weekdays stand in ``WEEKDAYS`` points more."""
WEEKDAYS = 9.0
DAY = 11.0
"""Points that a day needs for its number."""
FEW_DAYS = 62
"""Up to this many days the axis counts weeks, beyond it months."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happens: a bar from ``start`` to ``end``, both included; a diamond where that is one day.

    A meeting is a diamond too, at the middle of its days.
    """

    label: Label
    start: date
    end: date
    phase: Phase
    status: Status
    meeting: bool = False


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """The words of a calendar, each in every language of the document."""

    phases: Mapping[Phase, Label]
    statuses: Mapping[Status, Label]
    milestone: Label
    window: Label
    today: Label
    month: Callable[[date], str]
    """The short name of a date's month, as the axis shows it."""
    weekday: Callable[[date], str] = str
    """The letter of a date's weekday, where the axis counts days."""


@dataclass(frozen=True, slots=True)
class _Lane:
    """An item with its wrapped label, a column for each language, at its height in the picture."""

    item: Item
    columns: tuple[tuple[strokes.Line, ...], ...]
    top: float
    high: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days on paper: ``first`` lies at ``left``, the day after ``last`` at ``right``."""

    first: date
    last: date
    left: float
    right: float

    @property
    def daily(self) -> bool:
        """Whether the axis counts days and has room for each."""
        days = (self.last - self.first).days + 1
        return days <= FEW_DAYS + 14 and (self.right - self.left) / days >= DAY

    @property
    def top(self) -> float:
        """Where the axis ends and the lanes begin."""
        return AXIS + WEEKDAYS if self.daily else AXIS

    def x(self, day: date) -> float:
        days = (self.last - self.first).days + 1
        return self.left + (self.right - self.left) * (day - self.first).days / days


def timeline(
    items: Iterable[Item],
    *,
    width_mm: float,
    today: date | None,
    words: TimelineWords,
    theme: Theme,
    window: tuple[date, date] | None = None,
    height_mm: float = 225.0,
) -> bytes:
    """Draw a mobility path as SVG: a band for each phase, a lane for each item, time from left to right.

    ``window`` is the stay abroad, shaded over all lanes; ``today`` a dashed line where it falls inside the calendar.
    A status is told by its fill, not by colour alone. Labels wrap and are never cut. The picture grows with its
    items; one that would be higher than ``height_mm`` is made smaller as a whole: ``timelines`` draws several
    instead. Items may come in any order.
    """
    ordered, scale = _ordered(items, window, today, width_mm)
    shapes, high = _shapes(ordered, scale, window, today, words, theme)
    shrink = min(1.0, height_mm * strokes.POINTS / high)
    if shrink < 1:  # drawn on wider paper, so that it still fills its width once it is smaller
        ordered, scale = _ordered(ordered, window, today, width_mm / shrink)
        shapes, high = _shapes(ordered, scale, window, today, words, theme)
    return strokes.document(scale.right + 1, high, shapes, shrink)


def timelines(
    items: Iterable[Item],
    *,
    width_mm: float,
    today: date | None,
    words: TimelineWords,
    theme: Theme,
    window: tuple[date, date] | None = None,
    height_mm: float = 225.0,
) -> tuple[bytes, ...]:
    """Draw as ``timeline`` does, on as many pictures as it takes for each to keep its size within ``height_mm``.

    All have the same axis, so that a day stands at the same place in each.
    """
    ordered, scale = _ordered(items, window, today, width_mm)
    room = height_mm * strokes.POINTS - 46.0  # for today's name and two rows of the legend
    parts: list[list[Item]] = [[]]
    for item in ordered:
        _, _, bottom = _lanes([*parts[-1], item], scale)
        if parts[-1] and bottom > room:
            parts.append([])
        parts[-1].append(item)
    drawn = (_shapes(part, scale, window, today, words, theme) for part in parts)
    return tuple(strokes.document(scale.right + 1, high, shapes) for shapes, high in drawn)


def _ordered(
    items: Iterable[Item], window: tuple[date, date] | None, today: date | None, width_mm: float
) -> tuple[list[Item], _Scale]:
    ordered = sorted(items, key=lambda item: (PHASES.index(item.phase), item.start, item.end, item.label))
    days = [day for item in ordered for day in (item.start, item.end)] + list(window or ())
    two = any(len(item.label) > 1 for item in ordered)
    return ordered, _scale(days or [today or date(1970, 1, 1)], width_mm * strokes.POINTS, two)


def _shapes(
    ordered: Sequence[Item],
    scale: _Scale,
    window: tuple[date, date] | None,
    today: date | None,
    words: TimelineWords,
    theme: Theme,
) -> tuple[list[str], float]:
    """All that is drawn, from the ground up, and how high it is."""
    wide = scale.right + 1
    bands, lanes, bottom = _lanes(ordered, scale)
    marked = today if today and scale.first <= today <= scale.last else None
    legend, high = _legend(ordered, window, words, theme, wide, bottom + (16.0 if marked else 6.0))
    shapes = [
        *_weekends(scale, bottom, theme),
        *_window(window, scale, bottom, theme),
        *_bands(bands, words, theme, wide),
        *_axis(scale, bottom, words, theme),
        *(shape for lane in lanes for shape in _lane(lane, scale, wide, theme)),
        *_today(marked, scale, bottom, words, theme),
        *legend,
    ]
    return shapes, high


def _scale(days: Sequence[date], wide: float, two: bool) -> _Scale:
    """From the first to the last day, widened to whole months, or to whole weeks where there are few days."""
    first, last = min(days), max(days)
    if (last - first).days <= FEW_DAYS:
        first -= timedelta(days=first.weekday())
        last += timedelta(days=6 - last.weekday())
    else:
        first, last = first.replace(day=1), _next_month(last) - timedelta(days=1)
    return _Scale(first, last, left=min(wide * 0.62, 305.0) if two else min(wide * 0.4, 215.0), right=wide - 1)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _lanes(ordered: Sequence[Item], scale: _Scale) -> tuple[list[tuple[Phase, float, float]], list[_Lane], float]:
    """Stack the lanes phase by phase: each phase with its top and bottom, each lane, and the bottom of all."""
    bands: list[tuple[Phase, float, float]] = []
    lanes: list[_Lane] = []
    y = scale.top
    for phase in PHASES:
        mine = [item for item in ordered if item.phase == phase]
        top = y
        y += BAND if mine else 0
        for item in mine:
            columns = tuple(_column(item.label, place, scale) for place in range(len(item.label)))
            high = max(map(len, columns), default=0) * LEADING + GAP
            lanes.append(_Lane(item, columns, y, high))
            y += high
        if mine:
            bands.append((phase, top, y))
            y += 3
    return bands, lanes, y - 3 if lanes else y


def _column(label: Label, place: int, scale: _Scale) -> tuple[strokes.Line, ...]:
    """The label in one of its languages, as narrow as the others leave room for."""
    size, room = SMALL if place else SIZE, (scale.left - 12) / len(label) - (4 if len(label) > 1 else 0)
    language, words = label[place]
    return tuple((language, part, not place) for part in strokes.wrap(words, size, room))


def _bands(
    bands: Sequence[tuple[Phase, float, float]], words: TimelineWords, theme: Theme, wide: float
) -> Iterator[str]:
    for phase, top, bottom in bands:
        colour = theme.colour[phase]
        yield strokes.rect(0, top, wide, BAND, strokes.mix(colour, 0.12))
        yield strokes.rect(0, top, MARK, bottom - top, colour)
        yield strokes.phrase(MARK + 5, top + BAND - 4.4, words.phases[phase], theme, SIZE + 0.5, colour, bold=True)


def _window(window: tuple[date, date] | None, scale: _Scale, bottom: float, theme: Theme) -> Iterator[str]:
    if window:
        colour = theme.colour["during"]
        left, right = scale.x(window[0]), scale.x(window[1] + timedelta(days=1))
        yield strokes.rect(left, scale.top - 4, right - left, bottom - scale.top + 4, strokes.mix(colour, 0.14))
        for x in (left, right):
            yield strokes.line(x, scale.top - 4, x, bottom, colour, 0.6)


def _weekends(scale: _Scale, bottom: float, theme: Theme) -> Iterator[str]:
    """The ground of Saturdays and Sundays, where the axis counts days."""
    day = scale.first
    while scale.daily and day <= scale.last:
        if day.weekday() >= SATURDAY:
            left, right = scale.x(day), scale.x(day + timedelta(days=1))
            yield strokes.rect(left, AXIS - 12, right - left, bottom - AXIS + 12, theme.colour["wash"])
        day += timedelta(days=1)


def _axis(scale: _Scale, bottom: float, words: TimelineWords, theme: Theme) -> Iterator[str]:
    """Two rows above the lanes: years over months, or months over the Mondays of each week."""
    rule, ink, muted = theme.colour["rule"], theme.colour["ink"], theme.colour["muted"]
    few = (scale.last - scale.first).days <= FEW_DAYS + 14
    ticks = list(_days(scale, words) if few else _months(scale, words))
    heads = [*[scale.x(day) for day, _, upper in ticks if upper][1:], scale.right]
    for day, label, upper in ticks:
        x = scale.x(day)
        yield strokes.line(x, (2.0 if upper else 12.0), x, bottom, rule, 0.8 if upper else 0.4)
        if x + 2 + strokes.width(label, SMALL) <= scale.right:
            yield strokes.text(x + 2, AXIS - 5.5, label, "", muted, SMALL)
        if scale.daily:
            yield strokes.text(x + 2, AXIS + WEEKDAYS - 5.5, words.weekday(day), "", muted, SMALL)
        if upper and x + strokes.width(upper, SMALL + 0.5, bold=True) + 2 <= heads.pop(0):
            yield strokes.text(x + 2, 8.0, upper, "", ink, SMALL + 0.5, bold=True)
    yield strokes.line(scale.right, 2.0, scale.right, bottom, rule, 0.4)
    yield strokes.line(scale.left, scale.top - 0.4, scale.right, scale.top - 0.4, muted, 0.6)


def _days(scale: _Scale, words: TimelineWords) -> Iterator[tuple[date, str, str]]:
    """Every day, or every Monday where days have no room: its number, and the month where that changes."""
    step = 1 if scale.daily else 7
    day, before = scale.first, None
    while day <= scale.last:
        yield day, str(day.day), f"{words.month(day)} {day.year}" if before != day.month else ""
        before = day.month
        day += timedelta(days=step)


def _months(scale: _Scale, words: TimelineWords) -> Iterator[tuple[date, str, str]]:
    """The first of each month, or of every second, third, sixth … so that the names have room; and the years."""
    firsts = [scale.first]
    while (day := _next_month(firsts[-1])) <= scale.last:
        firsts.append(day)
    widest = max(strokes.width(words.month(day), SMALL) for day in firsts) + 5
    room = (scale.right - scale.left) / len(firsts)
    step = next((step for step in (1, 2, 3, 6) if room * step >= widest), 12)
    before = None
    for place, day in enumerate(firsts):
        if place == 0 or ((day.month - 1) % step == 0 and place >= step):
            yield day, words.month(day), str(day.year) if before != day.year else ""
            before = day.year


def _lane(lane: _Lane, scale: _Scale, wide: float, theme: Theme) -> Iterator[str]:
    middle = lane.top + lane.high / 2
    yield strokes.line(MARK, lane.top + lane.high, wide, lane.top + lane.high, theme.colour["rule"], 0.3)
    base = lane.top + GAP / 2 + SIZE - 1.2
    for column, lines in enumerate(lane.columns):
        x = MARK + 5 + column * (scale.left - 12) / len(lane.columns)
        for place, (language, words, first) in enumerate(lines):
            colour, size = (theme.colour["ink"], SIZE) if first else (theme.colour["muted"], SMALL)
            yield strokes.text(x, base + place * LEADING, words, language, colour, size)
    yield _shape(lane.item, scale, middle, theme)


def _shape(item: Item, scale: _Scale, middle: float, theme: Theme) -> str:
    left, right = scale.x(item.start), scale.x(item.end + timedelta(days=1))
    fill = _fill(item.status, theme.colour[item.phase], theme)
    if item.meeting or item.start == item.end:
        return strokes.polygon(_diamond((left + right) / 2, middle), fill)
    return strokes.polygon(_bar(left, max(right, left + MARK), middle), fill)


def _bar(left: float, right: float, middle: float) -> tuple[tuple[float, float], ...]:
    top, bottom = middle - BAR / 2, middle + BAR / 2
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _diamond(x: float, y: float) -> tuple[tuple[float, float], ...]:
    reach = BAR * 0.68
    return (x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)


def _fill(status: Status, colour: str, theme: Theme) -> Fill:
    """Done is full, under way hatched, planned hollow, postponed dashed, cancelled grey and struck out."""
    muted = theme.colour["muted"]
    return {
        "done": Fill(colour, colour),
        "under-way": Fill(strokes.mix(colour, 0.2), colour, hatched=True),
        "planned": Fill("#ffffff", colour),
        "postponed": Fill("#ffffff", colour, dashed=True),
        "cancelled": Fill(theme.colour["wash"], muted, struck=True),
    }[status]


def _today(today: date | None, scale: _Scale, bottom: float, words: TimelineWords, theme: Theme) -> Iterator[str]:
    if today:
        ink = theme.colour["ink"]
        x = scale.x(today) + (scale.x(today + timedelta(days=1)) - scale.x(today)) / 2
        yield strokes.line(x, scale.top - 4, x, bottom + 3, ink, 0.9, dashed=True)
        room = strokes.phrase_width(words.today, SMALL)
        left = min(max(x - room / 2, 0), scale.right - room)
        yield strokes.phrase(left, bottom + 10, words.today, theme, SMALL, ink)


def _legend(
    items: Sequence[Item],
    window: tuple[date, date] | None,
    words: TimelineWords,
    theme: Theme,
    wide: float,
    top: float,
) -> tuple[list[str], float]:
    """The meaning of each sign that occurs, in rows as wide as the picture; and where the legend ends."""
    signs = [(label, partial(_sign, sign, theme)) for label, sign in _signs(items, window, words, theme)]
    return strokes.legend(signs, theme, SMALL, wide, top)


def _signs(
    items: Sequence[Item], window: tuple[date, date] | None, words: TimelineWords, theme: Theme
) -> Iterator[tuple[Label, Status | Literal["milestone", "window"]]]:
    used = {item.status for item in items}
    for status in STATUSES:
        if status in used:
            yield words.statuses[status], status
    if any(item.meeting or item.start == item.end for item in items):
        yield words.milestone, "milestone"
    if window:
        yield words.window, "window"


def _sign(sign: Status | Literal["milestone", "window"], theme: Theme, x: float, y: float) -> str:
    muted, during = theme.colour["muted"], theme.colour["during"]
    if sign == "milestone":
        return strokes.polygon(_diamond(x + 9, y), Fill(muted, muted))
    if sign == "window":
        edges = (strokes.line(edge, y - 5, edge, y + 5, during, 0.6) for edge in (x + 1, x + 17))
        return strokes.rect(x + 1, y - 5, 16, 10, strokes.mix(during, 0.14)) + "".join(edges)
    return strokes.polygon(_bar(x + 1, x + 17, y), _fill(sign, muted, theme))
