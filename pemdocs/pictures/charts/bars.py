"""Turn values by category into bars: by type and sector, the longest first, and by region, country by country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Rules, Shape, box, render
from pemdocs.pictures.charts.chart import HUNDRED, Chart, Row, Speech, is_share, joined
from pemdocs.pictures.charts.rows import (
    BAR,
    NARROW,
    Draw,
    Entry,
    Frame,
    Head,
    beside,
    block_height,
    block_width,
    lay,
    note,
)
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme


@dataclass(frozen=True, slots=True)
class Bar:
    """A category and its value in the unit of its figure; ``None`` where it is not known or ``withheld``."""

    label: Label
    value: Decimal | None
    withheld: bool = False

    @property
    def shown(self) -> Decimal | None:
        """The value, unless it is not to be seen."""
        return None if self.withheld else self.value


@dataclass(frozen=True, slots=True)
class Group:
    """Categories that belong together: the regions of a country."""

    label: Label
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What the values are of, their unit, and the whole that they are shares of where they are."""

    subject: Label = ()
    unit: Label = ()
    total: Decimal | None = None


def breakdown(
    bars: Iterable[Bar], *, speech: Speech, theme: Theme, measure: Measure = Measure(), width_mm: float = 170.0,
    name: str = "breakdown",
) -> Chart:  # fmt: skip
    """Bars from the longest to the shortest; with a total each value is followed by its share of it."""
    return _chart((Group((), tuple(bars)),), name, speech, theme, (measure, width_mm))


def regions(
    groups: Iterable[Group], *, speech: Speech, theme: Theme, measure: Measure = Measure(), width_mm: float = 170.0
) -> Chart:  # fmt: skip
    """Bars under the name of their country, all on one scale."""
    return _chart(tuple(groups), "regions", speech, theme, (measure, width_mm))


def _chart(groups: Iterable[Group], name: str, speech: Speech, theme: Theme, of: tuple[Measure, float]) -> Chart:
    measure, width_mm = of
    groups = [Group(group.label, tuple(sorted(group.bars, key=_place))) for group in groups if group.bars]
    values = {bar: _value(bar, measure, speech) for group in groups for bar in group.bars}
    scale = _Scale.of(values, measure, width_mm)
    entries = list(_entries(groups, values, scale, theme))
    shapes, high = lay(entries, Head(behind=_zero(scale, theme)), width_mm, theme)
    if not entries:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    items = (speech.say("item", name=_name(group, bar), value=values[bar]) for group in groups for bar in group.bars)
    return Chart(
        name,
        render(width_mm * strokes.POINTS, high + 2, shapes),
        speech.told(f"what_{name}", items, speech.named(measure.subject, measure.unit)),
        (speech.say("category"), speech.named(speech.say("value"), measure.unit)),
        tuple(Row(_name(group, bar), (values[bar],)) for group in groups for bar in group.bars),
        _finding([bar for group in groups for bar in group.bars], measure, speech),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the lowest to the highest value, nothing between them, and the room that the values' words have.

    ``whole`` where the bars are parts of it: then every figure has the same scale, from nothing to all.
    """

    low: Decimal
    high: Decimal
    room: float
    whole: bool

    @staticmethod
    def of(values: dict[Bar, Label], measure: Measure, width_mm: float) -> _Scale:
        """The scale of these values on a picture of this width."""
        known = [bar.shown for bar in values if bar.shown is not None]
        all_of = HUNDRED if is_share(measure.unit) else measure.total
        if all_of is not None and all_of > 0 and all(0 <= each <= all_of for each in known):
            known.append(all_of)
        else:
            all_of = None
        limit = width_mm * strokes.POINTS * (0.5 if width_mm < NARROW else 0.25)
        room = min(max((block_width(words) for words in values.values()), default=0.0), limit)
        return _Scale(min((*known, Decimal(0))), max((*known, Decimal(0))), room, all_of is not None)

    def x(self, value: Decimal, frame: Frame) -> float:
        """Where a value stands; words always have room right of it."""
        span = self.high - self.low
        share = float((value - self.low) / span) if span else 0.0
        return frame.left + max(frame.wide - self.room - 4, 10.0) * share


def _place(bar: Bar) -> tuple[bool, Decimal]:
    return bar.shown is None, -(bar.shown or Decimal(0))


def _value(bar: Bar, measure: Measure, speech: Speech) -> Label:
    amount = speech.amount(bar.shown, measure.unit, withheld=bar.withheld)
    share = () if is_share(measure.unit) else speech.part(bar.shown, measure.total)
    return joined(amount, tuple((each, f"({words})") for each, words in share)) if share else amount


def _name(group: Group, bar: Bar) -> Label:
    return joined(bar.label, tuple((each, f"({words})") for each, words in group.label))


def _entries(groups: Iterable[Group], values: dict[Bar, Label], scale: _Scale, theme: Theme) -> Iterator[Entry]:
    for group in groups:
        if group.label:
            yield Entry(group.label, heavy=True)
        for each in group.bars:
            words = values[each]
            high = max(BAR, block_height(words, scale.room))
            yield Entry(each.label, partial(_bar, each, words, scale, theme), high=high)


def _bar(each: Bar, words: Label, scale: _Scale, theme: Theme, frame: Frame) -> Iterator[Shape]:
    zero = scale.x(Decimal(0), frame)
    end = zero if each.shown is None else scale.x(each.shown, frame)
    if each.shown is not None:
        left, right = sorted((zero, end))
        half = BAR / 2
        if scale.whole:
            yield Area(
                box(zero, frame.middle - half, scale.x(scale.high, frame), frame.middle + half), palette.pale(theme)
            )
        corners = box(left, frame.middle - half, max(right, left + 0.6), frame.middle + half)
        yield Area(corners, palette.main(theme))
    right = scale.x(scale.high, frame) if scale.whole and each.shown is not None else max(zero, end)
    yield from beside(words, right + 4, frame, theme, scale.room)


def _zero(scale: _Scale, theme: Theme) -> Draw:
    def line(frame: Frame) -> Iterator[Shape]:
        if len({scale.low, scale.high}) > 1:
            x = scale.x(Decimal(0), frame)
            yield Rules((((x, frame.top), (x, frame.bottom)),), theme.colour["rule"], 0.7)

    return line


def _finding(bars: Sequence[Bar], measure: Measure, speech: Speech) -> Label:
    """The category with most, ahead of the next: ``Import and export: 79%, ahead of new products (11%)``."""
    known = sorted((each for each in bars if each.shown), key=lambda each: -(each.shown or Decimal(0)))
    if not known:
        return ()
    first = known[0]
    leads = known[1:] and (first.shown or 0) > (known[1].shown or 0)
    told = {"name": first.label, "value": _said_of(first, measure, speech)}
    if leads:
        said = speech.say("finding_ahead", other=known[1].label, less=_said_of(known[1], measure, speech), **told)
    elif known[1:]:
        said = speech.say("finding_level", other=known[1].label, **told)
    else:
        said = speech.say("item", **told)
    return joined(measure.subject, said, mark=" – ") if measure.subject else said


def _said_of(bar: Bar, measure: Measure, speech: Speech) -> Label:
    share = () if is_share(measure.unit) else speech.part(bar.shown, measure.total)
    return share or speech.amount(bar.shown, measure.unit)
