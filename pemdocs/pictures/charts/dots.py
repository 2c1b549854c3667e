"""Turn the same parts of several things into dots on one axis: a line each, its parts as marks that differ in grey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import partial

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Disc, Rules, Shape, Words, box, render
from pemdocs.pictures.charts.chart import HUNDRED, Chart, Row, Speech, is_share, joined, once, words_of
from pemdocs.pictures.charts.rows import NARROW, SMALL, Entry, Frame, Head, lay, legend, note
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

HIGH, RADIUS = 13.0, 3.6
STEPS = 5
"""So many parts the axis has at most."""


@dataclass(frozen=True, slots=True)
class Dotted:
    """A line: what it is of and the value of each part, ``None`` where it is not known or in ``withheld``."""

    label: Label
    values: tuple[Decimal | None, ...]
    withheld: tuple[bool, ...] = ()

    def said(self, place: int, unit: Label, speech: Speech) -> Label:
        """A value in words."""
        hidden = place < len(self.withheld) and self.withheld[place]
        return speech.amount(self.values[place], unit, withheld=hidden)

    @property
    def known(self) -> tuple[Decimal, ...]:
        """The values that are shown."""
        return tuple(each for each in self.values if each is not None)

    @property
    def gap(self) -> Decimal:
        """How far the parts lie apart."""
        return max(self.known) - min(self.known) if self.known else Decimal(0)


def dots(
    rows: Sequence[Dotted], parts: Sequence[Label], *, speech: Speech, theme: Theme, unit: Label = (),
    width_mm: float = 170.0,
) -> Chart:  # fmt: skip
    """A line for each row with a mark for each part, all on one axis from nothing on; their numbers beside."""
    narrow = width_mm < NARROW
    steps = _steps(rows, unit)
    said = [tuple(row.said(place, unit, speech) for place in range(len(parts))) for row in rows]
    signs = [partial(_sign, place, theme) for place in range(len(parts))]
    entries = [
        Entry(row.label, partial(_line, row, steps[-1], theme), () if narrow else values, HIGH,
              _listed(parts, values, speech) if narrow else ())
        for row, values in zip(rows, said, strict=True)
    ]  # fmt: skip
    head = Head(
        () if narrow else tuple(parts), partial(_ticks, steps, unit, speech, theme), partial(_lines, steps, theme),
        10.0, 0.16, () if narrow else tuple(signs),
    )  # fmt: skip
    shapes, high = lay(entries, head, width_mm, theme) if rows else note(speech.say("empty"), width_mm, 0, theme)
    if rows and narrow:
        more, high = legend(list(zip(parts, signs, strict=True)), width_mm, high, theme)
        shapes += more
    items = [joined(row.label, _listed(parts, values, speech), mark=" – ")
             for row, values in zip(rows, said, strict=True)]  # fmt: skip
    return Chart(
        "dots",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        speech.told("what_dots", items),
        (speech.say("indicator"), *parts),
        tuple(Row(row.label, values) for row, values in zip(rows, said, strict=True)),
        _finding(rows, parts, unit, speech),
    )


def _listed(parts: Sequence[Label], values: Sequence[Label], speech: Speech) -> Label:
    pairs = zip(parts, values, strict=True)
    return joined(*(speech.say("item", name=part, value=value) for part, value in pairs), mark=", ")


def _steps(rows: Sequence[Dotted], unit: Label) -> tuple[Decimal, ...]:
    """The marks of the axis: from nothing to a hundred where the values are shares, else to a round number."""
    most = max((value for row in rows for value in row.known), default=Decimal(0))
    if is_share(unit) and most <= HUNDRED:
        return tuple(HUNDRED / 4 * place for place in range(5))
    step = Decimal(1)
    while step * STEPS < most:
        step *= 2 if str(step)[0] in "15" else Decimal("2.5")
    count = max(int((most / step).to_integral_value(ROUND_CEILING)), 1)
    return tuple(step * place for place in range(count + 1))


def _x(value: Decimal, high: Decimal, frame: Frame) -> float:
    inner = frame.wide - 2 * RADIUS
    return frame.left + RADIUS + inner * min(max(float(value / high), 0.0), 1.0)


def _line(row: Dotted, high: Decimal, theme: Theme, frame: Frame) -> Iterator[Shape]:
    if len(row.known) > 1:
        ends = (_x(min(row.known), high, frame), frame.middle), (_x(max(row.known), high, frame), frame.middle)
        yield Rules((ends,), palette.pale(theme), 3.0)
    drawn = list[float]()
    for place, value in enumerate(row.values):
        if value is not None:
            x = _x(value, high, frame)
            beside = sum(abs(x - other) < RADIUS * 1.5 for other in drawn)
            drawn.append(x)
            yield mark(place, x, frame.middle + (0, -RADIUS, RADIUS)[beside % 3], theme)


def mark(place: int, x: float, y: float, theme: Theme) -> Shape:
    """The mark of a part: full, hollow, on its corner, square; then these again."""
    match place % 4:
        case 0:
            return Disc((x, y), RADIUS, palette.main(theme), palette.PAPER, 0.6)
        case 1:
            return Disc((x, y), RADIUS - 0.6, palette.PAPER, theme.colour["before"], 1.7)
        case 2:
            return palette.diamond(x, y, RADIUS + 0.6, theme.colour["ink"], palette.PAPER)
        case _:
            return Area(box(x - 3, y - 3, x + 3, y + 3), palette.PAPER, theme.colour["muted"], 1.4)


def _sign(place: int, theme: Theme, x: float, y: float) -> Iterator[Shape]:
    yield mark(place, x + 14 - RADIUS, y, theme)


def _ticks(steps: Sequence[Decimal], unit: Label, speech: Speech, theme: Theme, frame: Frame) -> Iterator[Shape]:
    end = -1.0
    for step in steps:
        words = words_of(once(speech.amount(step, unit)), speech.languages[0])
        room = strokes.width(words, SMALL)
        x = min(max(_x(step, steps[-1], frame) - room / 2, frame.left), frame.right - room)
        if x > end:
            yield Words((x, frame.bottom - 2), words, speech.languages[0], SMALL, theme.colour["muted"])
            end = x + room + 4


def _lines(steps: Sequence[Decimal], theme: Theme, frame: Frame) -> Iterator[Shape]:
    places = [_x(step, steps[-1], frame) for step in steps]
    yield Rules(tuple(((x, frame.top), (x, frame.bottom)) for x in places), theme.colour["rule"], 0.5)


def _finding(rows: Sequence[Dotted], parts: Sequence[Label], unit: Label, speech: Speech) -> Label:
    """The row whose parts lie farthest apart: ``Incubators identified: Belgium 12, Senegal 10``."""
    far = max((row for row in rows if len(row.known) > 1), key=lambda row: row.gap, default=None)
    if far is None:
        return ()
    known = [place for place, value in enumerate(far.values) if value is not None]
    most, least = (pick(known, key=lambda place: far.values[place] or Decimal(0)) for pick in (max, min))
    told = {"name": far.label, "first": parts[most], "more": far.said(most, unit, speech)}
    if not far.gap:
        return ()
    return speech.say("finding_gap", second=parts[least], less=far.said(least, unit, speech), **told)
