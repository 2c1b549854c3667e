"""Turn values at two times into a line each: it rises, falls or stays; the one that changed most stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Disc, Rules, Shape, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined
from pemdocs.pictures.charts.rows import NARROW, SMALL, apart, block, block_height, block_width, note
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

LEAST, EACH = 84.0, 24.0
"""Points that the lines are high at the least, and for each of them."""

APART, LED, RADIUS = 2.0, 7.0, 3.2
LEFT = 54.0
"""Points that the first values have."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was measured twice: the days, and the values in the unit of the figure."""

    label: Label
    first: tuple[date, Decimal]
    last: tuple[date, Decimal]

    @property
    def by(self) -> Decimal:
        """How much it changed."""
        return self.last[1] - self.first[1]


def changes(
    rows: Sequence[Change], *, speech: Speech, theme: Theme, unit: Label = (), subject: Label = (),
    width_mm: float = 170.0,
) -> Chart:  # fmt: skip
    """A line from the first value to the last for each; the days over them where they are the same for all."""
    heads = _heads(rows, speech)
    shapes, high = _drawn(rows, heads, unit, speech, theme, width_mm) if rows else note(
        speech.say("empty"), width_mm, 0, theme
    )  # fmt: skip
    same = _same_days(rows)
    values = [tuple(_value(each, amount, unit, speech, same=same) for amount in (each.first, each.last))
              for each in rows]  # fmt: skip
    pairs = list(zip(rows, values, strict=True))
    items = (
        joined(row.label, *(speech.say("item", name=head, value=value)
                            for head, value in zip(heads, said, strict=True)), mark=" – ")
        for row, said in pairs
    )  # fmt: skip
    return Chart(
        "changes",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        speech.told("what_changes", items, subject),
        (speech.say("indicator"), *heads),
        tuple(Row(row.label, said) for row, said in pairs),
        _finding(rows, unit, speech),
    )


def _same_days(rows: Sequence[Change]) -> bool:
    return len({each.first[0] for each in rows}) < 2 and len({each.last[0] for each in rows}) < 2


def _heads(rows: Sequence[Change], speech: Speech) -> tuple[Label, Label]:
    if rows and _same_days(rows):
        return speech.day(rows[0].first[0]), speech.day(rows[0].last[0])
    return speech.say("first"), speech.say("last")


def _value(each: Change, at: tuple[date, Decimal], unit: Label, speech: Speech, *, same: bool) -> Label:
    amount = speech.amount(at[1], unit)
    return amount if same else joined(amount, tuple((lang, f"({day})") for lang, day in speech.day(at[0])))


def _most(rows: Sequence[Change]) -> Change:
    return max(rows, key=lambda each: abs(each.by))


def _drawn(
    rows: Sequence[Change], heads: tuple[Label, Label], unit: Label, speech: Speech, theme: Theme, width_mm: float
) -> tuple[list[Shape], float]:
    same, wide = _same_days(rows), width_mm * strokes.POINTS
    firsts = [_value(each, each.first, unit, speech, same=same) for each in rows]
    lasts = [joined(_value(each, each.last, unit, speech, same=same), each.label, mark=" · ") for each in rows]
    room = min(max(LEFT, max(map(block_width, firsts)) + LED), wide * 0.3)
    least = 0.5 if width_mm < NARROW else 0.56
    left, right = room, max(wide * least, min(wide * 0.66, wide - LED - max(map(block_width, lasts))))
    top = max(block_height(head, right - left, SMALL) for head in heads) + 8
    low = top + max(LEAST, EACH * len(rows))
    values = [value for each in rows for value in (each.first[1], each.last[1])]
    bottom, most = min(values), max(values)

    def y(value: Decimal) -> float:
        return low - (low - top) * (float((value - bottom) / (most - bottom)) if most > bottom else 0.5)

    shapes = [*_axes(heads, (left, right), (top, low), theme, wide)]
    far = _most(rows)
    for each in sorted(rows, key=lambda one: one is far):
        shapes += _line((left, y(each.first[1])), (right, y(each.last[1])), theme, strong=each is far)
    ends = low
    for words, at, edge, space, anchor in (
        (firsts, [y(each.first[1]) for each in rows], left - LED, room - LED, "end"),
        (lasts, [y(each.last[1]) for each in rows], right + LED, wide - right - LED, "start"),
    ):
        order = sorted(range(len(rows)), key=lambda place: (at[place], place))
        highs = [block_height(words[place], space, bold=rows[place] is far) for place in order]
        levels = apart([at[place] for place in order], highs, top - 4, low + 4, APART)
        for place, level, high in zip(order, levels, highs, strict=True):
            paint = theme.colour["ink"] if rows[place] is far else theme.colour["muted"]
            shapes += block(words[place], edge, level - high / 2, space, theme, anchor=anchor, colour=paint,
                            bold=rows[place] is far)  # fmt: skip
            ends = max(ends, level + high / 2)
    return shapes, ends


def _axes(
    heads: tuple[Label, Label], across: tuple[float, float], down: tuple[float, float], theme: Theme, wide: float
) -> Iterator[Shape]:
    (left, right), (top, low) = across, down
    yield Rules((((left, top - 4), (left, low + 4)), ((right, top - 4), (right, low + 4))), theme.colour["rule"], 0.8)
    for head, x, anchor, room in ((heads[0], left, "middle", left * 2), (heads[1], right, "middle", wide - right)):
        yield from block(head, x, 0.0, room, theme, SMALL, anchor=anchor, colour=theme.colour["muted"])


def _line(start: tuple[float, float], end: tuple[float, float], theme: Theme, *, strong: bool) -> Iterator[Shape]:
    paint = palette.main(theme) if strong else strokes.mix(theme.colour["muted"], 0.75)
    yield Rules(((start, end),), paint, 2.4 if strong else 1.4)
    for point in (start, end):
        yield Disc(point, RADIUS if strong else RADIUS - 0.8, paint, palette.PAPER, 0.7)


def _finding(rows: Sequence[Change], unit: Label, speech: Speech) -> Label:
    """What changed most: ``Companies that have left: from 1 to 7``."""
    if not rows or not _most(rows).by:
        return ()
    far = _most(rows)
    told = {"first": speech.amount(far.first[1], unit), "last": speech.amount(far.last[1], unit)}
    return speech.say("finding_change", name=far.label, **told)
