"""Turn the dates of a programme into a time line: a row each, so that no two labels ever meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Disc, Rules, Shape, Words, box, hatching, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined
from pemdocs.pictures.charts.rows import NARROW, SMALL, Entry, Frame, Head, Sign, lay, legend, note
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

Kind = Literal["plan", "phase", "event", "decision", "delay"]
LASTING = ("plan", "phase", "delay")
"""What is drawn as a bar: empty as it was planned, full as it was, hatched where it came late."""

KINDS: tuple[Kind, ...] = ("plan", "phase", "event", "decision", "delay")

HIGH = 8.0
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)
"""Months between two marks of the axis."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A phase as planned or as it was, an event, a decision or a delay; without an ``end`` it is of one day."""

    label: Label
    start: date
    end: date | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    last: date

    def x(self, day: date, frame: Frame) -> float:
        """Where a day stands, with room for half a mark at both ends."""
        whole = max((self.last - self.first).days, 1)
        return frame.left + 5 + (frame.wide - 10) * (day - self.first).days / whole


def milestones(
    items: Sequence[Milestone], *, speech: Speech, theme: Theme, today: date | None = None, width_mm: float = 170.0
) -> Chart:
    """The milestones by their start, phases as bars, days as marks, on one axis of months or years."""
    ordered = sorted(items, key=lambda each: (each.start, each.end or each.start, KINDS.index(each.kind)))
    span = _span(ordered)
    marks = _marks(span, (100.0 if width_mm < NARROW else 170.0))
    inside = today if today and ordered and span.first <= today <= span.last else None
    entries = [_entry(each, span, inside, speech, theme, width_mm) for each in ordered]
    behind = partial(_lines, span, marks, inside, theme)
    dates = () if width_mm < NARROW else (speech.say("date"),)
    head = Head(dates, partial(_names, span, marks, speech, theme), behind, 11.0, 0.24)
    shapes, high = lay(entries, head, width_mm, theme)
    if entries:
        more, high = legend(_signs(ordered, inside, speech, theme), width_mm, high, theme)
        shapes += more
    else:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    said = [speech.day(each.start, each.end) for each in ordered]
    values = list(zip(said, (speech.say(each.kind) for each in ordered), strict=True))
    items_said = [
        speech.say("item_dated", name=each.label, kind=kind, value=when)
        for each, (when, kind) in zip(ordered, values, strict=True)
    ]
    return Chart(
        "milestones",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        joined(speech.told("what_milestones", items_said), _today(inside, speech)),
        (speech.say("milestone"), speech.say("date"), speech.say("kind")),
        tuple(Row(each.label, value) for each, value in zip(ordered, values, strict=True)),
        _finding(ordered, speech),
    )


def _today(today: date | None, speech: Speech) -> Label:
    if today is None:
        return ()
    return tuple((each, f"{words}.") for each, words in speech.say("today", date=speech.day(today)))


def _span(ordered: Sequence[Milestone]) -> _Span:
    days = [day for each in ordered for day in (each.start, each.end or each.start)]
    return _Span(min(days), max(days)) if days else _Span(date(2000, 1, 1), date(2000, 12, 31))


def _marks(span: _Span, room: float) -> tuple[date, ...]:
    """Firsts of months or years, as close as names of their width allow."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    step = next((step for step in STEPS if months / step <= room / (38 if step < 12 else 24)), STEPS[-1])
    start = span.first.year * 12 + span.first.month - 1
    places = range(-(-start // step) * step, span.last.year * 12 + span.last.month, step)
    days = (date(place // 12, place % 12 + 1, 1) for place in places if 12 <= place < 120000)
    return tuple(day for day in days if span.first <= day <= span.last)


def _entry(each: Milestone, span: _Span, today: date | None, speech: Speech, theme: Theme, width_mm: float) -> Entry:
    said = speech.day(each.start, each.end)
    draw = partial(_mark, each, span, today, theme)
    return Entry(each.label, draw, (said,), HIGH) if width_mm >= NARROW else Entry(each.label, draw, (), HIGH, said)


def _mark(each: Milestone, span: _Span, today: date | None, theme: Theme, frame: Frame) -> Iterator[Shape]:
    """A milestone; of a phase that goes on after today, what is still to come is as it is planned."""
    last = max(each.end or each.start, each.start)
    left, right = span.x(each.start, frame), span.x(last, frame)
    if each.kind == "phase" and today is not None and last > today:
        yield from _sign("plan", left, right, frame.middle, theme)
        right = span.x(today, frame)
        if each.start > today:
            return
    yield from _sign(each.kind, left, right, frame.middle, theme)


def _sign(kind: Kind, left: float, right: float, y: float, theme: Theme) -> Iterator[Shape]:
    accent, ink, warm = theme.colour["accent"], theme.colour["ink"], theme.colour["before"]
    if kind in LASTING:
        right = max(right, left + 2)
        edge = {"plan": accent, "phase": "", "delay": warm}[kind]
        yield Area(box(left, y - 3.5, right, y + 3.5), palette.PAPER if edge else accent, edge, 0.8)
        if kind == "delay":
            yield hatching(left, y - 3.5, right, y + 3.5, warm, 2.4)
        return
    ends = (left, right) if right - left > 8 else ((left + right) / 2,)
    if len(ends) > 1:
        yield Rules((((left, y), (right, y)),), ink if kind == "decision" else accent, 1.2)
    for x in ends:
        if kind == "event":
            yield Disc((x, y), 2.8, palette.PAPER, accent, 1.5)
        else:
            yield palette.diamond(x, y, 3.8, ink, ink)


def _names(span: _Span, marks: Sequence[date], speech: Speech, theme: Theme, frame: Frame) -> Iterator[Shape]:
    """The names of the marks, each that has room after the one before."""
    whole, end = all(day.month == 1 for day in marks), -1.0
    for day in marks:
        words = str(day.year) if whole else f"{speech.month(day, speech.languages[0])} {day.year}"
        room = strokes.width(words, SMALL)
        x = min(max(span.x(day, frame) - room / 2, frame.left), frame.right - room)
        if x > end:
            yield Words((x, frame.bottom - 2), words, "", SMALL, theme.colour["muted"])
            end = x + room + 4


def _lines(span: _Span, marks: Sequence[date], today: date | None, theme: Theme, frame: Frame) -> Iterator[Shape]:
    places = [span.x(day, frame) for day in marks]
    yield Rules(tuple(((x, frame.top), (x, frame.bottom)) for x in places), theme.colour["rule"], 0.5)
    if today:
        x = span.x(today, frame)
        yield Rules((((x, frame.top), (x, frame.bottom)),), theme.colour["ink"], 0.9, dashed=True)


def _signs(items: Sequence[Milestone], today: date | None, speech: Speech, theme: Theme) -> Iterator[Sign]:
    used = {each.kind for each in items}
    if today and any(each.kind == "phase" and (each.end or each.start) > today for each in items):
        used.add("plan")
    for kind in KINDS:
        if kind in used:
            lasting = kind in LASTING
            ends = (0.0, 14.0) if lasting else (7.0, 7.0)
            yield speech.say(kind), partial(_legend_sign, kind, ends, theme)
    if today:
        yield (
            speech.say("today", date=speech.day(today)),
            lambda x, y: (Rules((((x + 7, y - 5), (x + 7, y + 5)),), theme.colour["ink"], 0.9, dashed=True),),
        )


def _legend_sign(kind: Kind, ends: tuple[float, float], theme: Theme, x: float, y: float) -> Iterator[Shape]:
    return _sign(kind, x + ends[0], x + ends[1], y, theme)


def _finding(items: Sequence[Milestone], speech: Speech) -> Label:
    """What ended on another day than planned, else the first delay with its days; else nothing that one must see."""
    for plan in (each for each in items if each.kind == "plan" and each.end):
        done = next((each for each in items if each.kind == "phase" and each.start == plan.start and each.end), None)
        if done is not None and done.end and plan.end and done.end != plan.end:
            told = {"last": speech.day(done.end), "planned": speech.day(plan.end)}
            return speech.say("finding_late", name=done.label, **told)
    late = next((each for each in items if each.kind == "delay"), None)
    return speech.say("item", name=late.label, value=speech.day(late.start, late.end)) if late else ()
