"""Turn the dates of an application into a sheet of lanes over one axis. Only this module knows its bars and marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from pemdocs.pictures.drawing import strokes
from pemdocs.pictures.drawing.axis import Axis, axis, months
from pemdocs.pictures.drawing.flags import LEADING, SMALL, Flag, flags
from pemdocs.pictures.drawing.strokes import Fill, Label
from pemdocs.project.theme import Theme

Look = Literal["open", "full", "possible"]
"""A span in which one may act, one that is sure, one that may be needed."""
Form = Literal["event", "limit", "holiday", "estimated"]

SIZE = 8.0
LABEL = 104.0
"""Points at the left for the names of the lanes."""
AXIS = 24.0
BAR = 7.0
LINE = 14.0
"""Points of a lane's bars and marks, above its labels."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A bar from ``start`` to ``end``, both included; without a start it comes from before the sheet."""

    start: date | None
    end: date
    look: Look = "full"


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with what is written below it, its date among the words; a holiday has none."""

    day: date
    form: Form = "event"
    label: Label = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """What belongs together: bars and marks on one line, named at the left."""

    label: Label
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """The words of the sheet, each in every language of the document; a sign that has none is not explained."""

    looks: Mapping[Look, Label]
    forms: Mapping[Form, Label]
    month: Callable[[date], str]
    """The short name of a date's month."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A lane at its height."""

    lane: Lane
    name: tuple[strokes.Line, ...]
    words: tuple[Flag, ...]
    top: float
    high: float


def deadlines(lanes: Iterable[Lane], *, width_mm: float, words: DeadlineWords, theme: Theme) -> bytes:
    """Draw lanes of bars and marks over one axis of time as SVG.

    Where more than half a year holds no event the axis, and each bar that runs through, is broken. Labels stand below
    their marks, make way for each other and are never cut. Lanes without a date are left out.
    """
    drawn = [lane for lane in lanes if lane.spans or lane.marks]
    wide = width_mm * strokes.POINTS
    days = [day for lane in drawn for day in _days(lane)] or [date(1970, 1, 1)]
    scale = axis(days, LABEL, wide - BAR)
    rows = _rows(drawn, scale, wide)
    bottom = rows[-1].top + rows[-1].high if rows else AXIS
    legend, high = _legend(drawn, words, theme, wide, bottom + 8)
    shapes = [
        *_axis(scale, rows, words, theme),
        *(shape for row in rows for shape in _row(row, scale, wide, theme)),
        *legend,
    ]
    return strokes.document(wide, high, shapes)


def _days(lane: Lane) -> Iterator[date]:
    for span in lane.spans:
        yield from (day for day in (span.start, span.end) if day)
    yield from (mark.day for mark in lane.marks)


def _rows(lanes: Sequence[Lane], scale: Axis, wide: float) -> list[_Row]:
    rows: list[_Row] = []
    top = AXIS + 2
    for lane in lanes:
        name = tuple(strokes.lines(lane.label, SIZE, SMALL, LABEL - 12))
        labels = [(_middle(mark.day, scale), mark.label) for mark in lane.marks if mark.label]
        placed = flags(labels, scale.left, wide)
        below = max((each.bottom for each in placed), default=0.0)
        high = max(LINE + below + 4, len(name) * LEADING + 7)
        rows.append(_Row(lane, name, placed, top, high))
        top += high
    return rows


def _middle(day: date, scale: Axis) -> float:
    return (scale.x(day) + scale.x(day + DAY)) / 2


def _axis(scale: Axis, rows: Sequence[_Row], words: DeadlineWords, theme: Theme) -> Iterator[str]:
    """Two rows above the lanes, years over months, and a hair line down from each month that is named."""
    muted = theme.colour["muted"]
    widest = max(strokes.width(words.month(date(2000, month, 1)), SMALL) for month in range(1, 13)) + 5
    named = list(months(scale, widest))
    starts = {part.left for part in scale.parts}
    years = [(day, x) for day, x, _ in named if x in starts or day.month == 1]
    for day, x, end in named:
        yield from _hair(x, rows, theme)
        if x + 2 + strokes.width(words.month(day), SMALL) <= end:
            yield strokes.text(x + 2, AXIS - 5.5, words.month(day), "", muted, SMALL)
    ends = [*(x for _, x in years[1:]), scale.right]
    for (day, x), end in zip(years, ends, strict=True):
        if x + 2 + strokes.width(str(day.year), SMALL + 0.5, bold=True) <= end:
            yield strokes.text(x + 2, 8.0, str(day.year), "", theme.colour["ink"], SMALL + 0.5, bold=True)
    for part in scale.parts:
        yield strokes.line(part.left, AXIS - 0.4, part.right, AXIS - 0.4, muted, 0.6)
    yield from _breaks(scale, scale.left, scale.right, AXIS - 0.4, theme)


def _hair(x: float, rows: Sequence[_Row], theme: Theme) -> Iterator[str]:
    """A line down through all lanes, left out wherever it would run through a label."""
    top = 12.0
    for row in rows:
        crossed = [each for each in row.words if min(each.left, each.pole) - 1 < x < max(each.right, each.pole) + 2]
        for each in sorted(crossed, key=lambda each: each.top):
            if row.top + LINE + each.top > top:
                yield strokes.line(x, top, x, row.top + LINE + each.top, theme.colour["rule"], 0.4)
            top = max(top, row.top + LINE + each.bottom)
    bottom = rows[-1].top + rows[-1].high if rows else AXIS
    yield strokes.line(x, top, x, bottom, theme.colour["rule"], 0.4)


def _breaks(scale: Axis, first: float, last: float, y: float, theme: Theme) -> Iterator[str]:
    """Two slanting strokes with nothing between them, wherever time is left out of a line or a bar."""
    for left, right in scale.breaks():
        if first <= left and right <= last:
            x = (left + right) / 2
            yield strokes.rect(x - 2.5, y - BAR, 5, 2 * BAR, "#ffffff")
            for edge in (x - 2.5, x + 2.5):
                yield strokes.line(edge - 2, y + 5, edge + 2, y - 5, theme.colour["muted"], 0.8)


def _row(row: _Row, scale: Axis, wide: float, theme: Theme) -> Iterator[str]:
    foot, middle = row.top + row.high, row.top + LINE / 2 + 1
    yield strokes.line(0, foot, wide, foot, theme.colour["rule"], 0.3)
    base = row.top + SIZE + 2
    for place, (language, words, first) in enumerate(row.name):
        colour, size = (theme.colour["ink"], SIZE) if first else (theme.colour["muted"], SMALL)
        yield strokes.text(0, base + place * LEADING, words, language, colour, size)
    for span in row.lane.spans:
        left = scale.x(span.start) if span.start else scale.left
        right = scale.x(span.end + DAY)
        yield _bar(left, right, middle, span.look, theme)
        yield from _breaks(scale, left, right, middle, theme)
    for each in row.words:
        yield from _written(each, row.top + LINE, middle, theme)
    for mark in row.lane.marks:
        yield _shape(mark.form, _middle(mark.day, scale), middle, theme)


def _written(words: Flag, top: float, middle: float, theme: Theme) -> Iterator[str]:
    """A label and the pole it hangs from."""
    yield strokes.line(words.pole, middle, words.pole, top + words.bottom - 1, theme.colour["ink"], 0.5)
    for place, (language, line, first) in enumerate(words.lines):
        colour = theme.colour["ink" if first else "muted"]
        base = top + words.top + place * LEADING + SMALL
        if words.left < words.pole:
            yield strokes.text(words.right, base, line, language, colour, SMALL, anchor="end")
        else:
            yield strokes.text(words.left, base, line, language, colour, SMALL)


def _bar(left: float, right: float, middle: float, look: Look, theme: Theme) -> str:
    accent = theme.colour["accent"]
    fill = {
        "open": Fill(strokes.mix(accent, 0.16), accent),
        "full": Fill(strokes.mix(accent, 0.7), accent),
        "possible": Fill("#ffffff", accent, hatched=True),
    }[look]
    top, bottom, right = middle - BAR / 2, middle + BAR / 2, max(right, left + 2)
    return strokes.polygon(((left, top), (right, top), (right, bottom), (left, bottom)), fill)


def _shape(form: Form, x: float, middle: float, theme: Theme) -> str:
    """A diamond for what happens, a stroke for what bounds, a dot for a holiday, hollow where it is estimated."""
    ink = theme.colour["ink"]
    if form == "limit":
        return strokes.line(x, middle - 6, x, middle + 6, ink, 1.6)
    if form == "event":
        reach = BAR * 0.68
        corners = ((x, middle - reach), (x + reach, middle), (x, middle + reach), (x - reach, middle))
        return strokes.polygon(corners, Fill(ink, "#ffffff"))
    return strokes.dot(x, middle, 2.2, Fill(ink if form == "holiday" else "#ffffff", ink))


def _legend(
    lanes: Sequence[Lane], words: DeadlineWords, theme: Theme, wide: float, top: float
) -> tuple[list[str], float]:
    looks = {span.look for lane in lanes for span in lane.spans}
    forms = {mark.form for lane in lanes for mark in lane.marks}
    signs = [(label, partial(_look, look, theme)) for look, label in words.looks.items() if look in looks]
    signs += [(label, partial(_form, form, theme)) for form, label in words.forms.items() if form in forms]
    return strokes.legend(signs, theme, SMALL, wide, top)


def _look(look: Look, theme: Theme, x: float, y: float) -> str:
    return _bar(x + 1, x + 17, y, look, theme)


def _form(form: Form, theme: Theme, x: float, y: float) -> str:
    return _shape(form, x + 9, y, theme)
