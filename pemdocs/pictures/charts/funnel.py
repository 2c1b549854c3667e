"""Turn the steps of a selection into bars from one line, each with its number and its shares.

Only steps in the unit of the first are compared with it: of companies, agreements are no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Shape, Words, box, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined, once
from pemdocs.pictures.charts.rows import (
    LEADING,
    NARROW,
    SIZE,
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

BAR = 16.0


@dataclass(frozen=True, slots=True)
class Step:
    """A step and how many have reached it, in its ``unit``; ``None`` where that is not known or ``withheld``."""

    label: Label
    value: Decimal | None
    withheld: bool = False
    unit: Label = ()


def funnel(steps: Sequence[Step], *, speech: Speech, theme: Theme, width_mm: float = 170.0) -> Chart:
    """Bars whose widths are in proportion; beside them the share of the first step and of the step before.

    A step in another unit than the first has its number alone, and no bar: it stands on no common scale.
    """
    values = [speech.amount(step.value, withheld=step.withheld) for step in steps]
    shares = _shares(steps, speech)
    keys = ("of_first", "of_previous")[: 1 if len(steps) < 3 else 2]  # of two steps the first is the one before
    heads = tuple(map(speech.say, keys))
    shares = [said[: len(keys)] for said in shares]
    narrow = width_mm < NARROW
    most = max((step.value for step in steps if _alike(step, steps) and step.value is not None), default=Decimal(0))
    entries, tall = [], max((block_height(value, width_mm) + 4 for value in values), default=BAR)
    for step, value, said in zip(steps, values, shares, strict=True):
        draw = partial(_bar, step if _alike(step, steps) else None, value, most, theme)
        told = _told(said, speech) if narrow else ()
        label = step.label if _alike(step, steps) else speech.named(step.label, step.unit)
        entries.append(Entry(label, draw, () if narrow else said, max(BAR, tall), told))
    shapes, high = lay(entries, Head(() if narrow else heads), width_mm, theme)
    if not steps:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    items = [
        speech.say("item", name=step.label, value=joined(value, _told(said, speech), mark=", "))
        for step, value, said in zip(steps, values, shares, strict=True)
    ]
    return Chart(
        "funnel",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        speech.told("what_funnel", items),
        (speech.say("step"), speech.say("number"), *heads),
        tuple(Row(step.label, (value, *said)) for step, value, said in zip(steps, values, shares, strict=True)),
        _finding([step for step in steps if _alike(step, steps)], speech),
    )


def _alike(step: Step, steps: Sequence[Step]) -> bool:
    """Whether a step is counted in the unit of the first."""
    return step.unit == steps[0].unit


def _shares(steps: Sequence[Step], speech: Speech) -> list[tuple[Label, ...]]:
    """Of each step its share of the first, and of the one before, as far as they are counted alike."""
    return [
        (speech.part(step.value, steps[0].value), speech.part(step.value, steps[place - 1].value))
        if place and _alike(step, steps) and _alike(steps[place - 1], steps)
        else ((), ())
        for place, step in enumerate(steps)
    ]


def _told(shares: Sequence[Label], speech: Speech) -> Label:
    """Its shares as words."""
    pairs = zip(("share_first", "share_previous"), shares, strict=False)
    said = [speech.say(key, share=share) for key, share in pairs if share]
    return joined(*said, mark=", ") if said else ()


def _bar(step: Step | None, value: Label, most: Decimal, theme: Theme, frame: Frame) -> Iterator[Shape]:
    """The bar with its number on it, or beside it where it is too short."""
    words, wide = once(value), 0.0
    if step is not None and step.value is not None:
        wide = max(frame.wide * float(max(step.value, Decimal(0)) / most), 0.6) if most else 0.6
        yield Area(box(frame.left, frame.top, frame.left + wide, frame.bottom), palette.main(theme))
    if wide >= block_width(words) + 10:
        base = frame.middle + SIZE * 0.33 - (len(words) - 1) * SIZE * LEADING / 2
        for place, (language, said) in enumerate(words):
            where = (frame.left + wide - 5, base + place * SIZE * LEADING)
            yield Words(where, said, language, SIZE, palette.PAPER, not place, "end")
    else:
        left = frame.left + (wide + 4 if wide else 0)
        yield from beside(words, left, frame, theme, frame.right - left, bold=True)


def _finding(steps: Sequence[Step], speech: Speech) -> Label:
    """How many of the first step reached the last: ``Companies that travelled: 47 of 414, or 11%``."""
    known = [each for each in steps if each.value is not None and not each.withheld]
    if len(known) < 2 or not known[0].value:
        return ()
    first, last = known[0], known[-1]
    told = {"whole": speech.amount(first.value), "share": speech.part(last.value, first.value)}
    return speech.say("finding_part", name=last.label, value=speech.amount(last.value), **told)
