"""Turn the steps of a selection into centred bars, each with its number and its shares."""

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
    """A step and how many have reached it; ``None`` where that is not known or ``withheld``."""

    label: Label
    value: Decimal | None
    withheld: bool = False


def funnel(steps: Sequence[Step], *, speech: Speech, theme: Theme, width_mm: float = 170.0) -> Chart:
    """Bars whose widths are in proportion; beside them the share of the first step and of the step before."""
    values = [speech.amount(step.value, withheld=step.withheld) for step in steps]
    first = [speech.part(step.value, steps[0].value) if place else () for place, step in enumerate(steps)]
    before = [speech.part(step.value, steps[place - 1].value) if place else () for place, step in enumerate(steps)]
    narrow = width_mm < NARROW
    most = max((step.value for step in steps if step.value is not None), default=Decimal(0))
    entries, tall = [], max((block_height(value, width_mm) + 4 for value in values), default=BAR)
    for step, value, *shares in zip(steps, values, first, before, strict=True):
        told = _told(shares[0], shares[1], speech) if narrow else ()
        draw = partial(_bar, step, value, most, theme)
        entries.append(Entry(step.label, draw, () if narrow else tuple(shares), max(BAR, tall), told))
    heads = (speech.say("of_first"), speech.say("of_previous"))
    shapes, high = lay(entries, Head(() if narrow else heads), width_mm, theme)
    if not steps:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    items = [
        speech.say("item", name=step.label, value=joined(value, _told(whole, part, speech), mark=", "))
        for step, value, whole, part in zip(steps, values, first, before, strict=True)
    ]
    return Chart(
        "funnel",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        speech.told("what_funnel", items),
        (speech.say("step"), speech.say("number"), *heads),
        tuple(Row(step.label, each) for step, each in zip(steps, zip(values, first, before, strict=True), strict=True)),
    )


def _told(first: Label, before: Label, speech: Speech) -> Label:
    """Both shares as words; one, where they are of the same step."""
    said = [
        speech.say(key, share=share) for key, share in (("share_first", first), ("share_previous", before)) if share
    ]
    return joined(*said, mark=", ") if said else ()


def _bar(step: Step, value: Label, most: Decimal, theme: Theme, frame: Frame) -> Iterator[Shape]:
    """The bar with its number on it, or beside it where it is too short."""
    middle, words = (frame.left + frame.right) / 2, once(value)
    half = 0.0
    if step.value is not None:
        half = max(frame.wide * float(max(step.value, Decimal(0)) / most), 0.6) / 2 if most else 0.3
        yield Area(box(middle - half, frame.top, middle + half, frame.bottom), palette.main(theme))
    if half * 2 >= block_width(words) + 6:
        base = frame.middle + SIZE * 0.33 - (len(words) - 1) * SIZE * LEADING / 2
        for place, (language, said) in enumerate(words):
            where = (middle, base + place * SIZE * LEADING)
            yield Words(where, said, language, SIZE, palette.PAPER, not place, "middle")
    else:
        left = middle + half + 4
        yield from beside(words, left, frame, theme, frame.right - left, bold=True)
