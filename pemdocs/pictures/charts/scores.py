"""Turn the scores of an evaluation into a card: a criterion a line, its letter marked, what the letters mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Shape, Words, box, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined
from pemdocs.pictures.charts.rows import NARROW, SIZE, SMALL, Entry, Frame, Head, beside, block, block_height, lay
from pemdocs.pictures.charts.rows import note as footnote
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

CELL, HIGH = 34.0, 13.0


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter of the scale and what it means."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Rating:
    """A criterion and its letter; ``None`` where it has not been scored."""

    label: Label
    score: str | None


def scores(
    ratings: Sequence[Rating], grades: Sequence[Grade], *, speech: Speech, theme: Theme, note: Label = (),
    width_mm: float = 170.0,
) -> Chart:  # fmt: skip
    """The letters of the scale side by side on each line, the criterion's own on a dark ground; the legend beside.

    ``note`` stands under what the letters mean.
    """
    codes = tuple(grade.code for grade in grades)
    entries = [Entry(each.label, partial(_cells, each, codes, speech, theme), (), HIGH) for each in ratings]
    if entries:
        shapes, high = _card(entries, grades, note, width_mm, theme)
    else:
        shapes, high = footnote(speech.say("empty"), width_mm, 0, theme)
    values = [_value(each, grades, speech) for each in ratings]
    items = [speech.say("item", name=each.label, value=value) for each, value in zip(ratings, values, strict=True)]
    scale = [speech.say("item", name=_same(grade.code, speech), value=grade.label) for grade in grades]
    return Chart(
        "scores",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        _alt(items, scale, speech),
        (speech.say("criterion"), speech.say("score")),
        tuple(Row(each.label, (value,)) for each, value in zip(ratings, values, strict=True)),
    )


def _same(code: str, speech: Speech) -> Label:
    return tuple((each, code) for each in speech.languages)


def _value(each: Rating, grades: Iterable[Grade], speech: Speech) -> Label:
    return _same(each.score, speech) if each.score else speech.say("not_rated")


def _alt(items: Sequence[Label], scale: Sequence[Label], speech: Speech) -> Label:
    alt = speech.told("what_scores", items)
    if not items or not scale:
        return alt
    return joined(alt, speech.say("alt", what=speech.say("scale"), items=speech.listed(scale)))


def _cells(each: Rating, codes: Sequence[str], speech: Speech, theme: Theme, frame: Frame) -> Iterator[Shape]:
    wide = min(CELL, frame.wide / max(len(codes) + (each.score not in codes) * 2, 1))
    for place, code in enumerate(codes):
        left, own = frame.left + place * wide, code == each.score
        corners = box(left, frame.top, left + wide - 2, frame.bottom)
        yield Area(corners, palette.main(theme)) if own else Area(corners, palette.PAPER, theme.colour["rule"], 0.6)
        paint = palette.PAPER if own else theme.colour["muted"]
        middle = left + wide / 2 - 1
        yield Words((middle, frame.middle + SIZE * 0.33), code, "", SIZE, paint, own, "middle")
    if each.score not in codes:
        left = frame.left + len(codes) * wide + 4
        yield from beside(_value(each, (), speech), left, frame, theme, max(frame.right - left, 30.0))


def _card(
    entries: Sequence[Entry], grades: Iterable[Grade], note: Label, width_mm: float, theme: Theme
) -> tuple[list[Shape], float]:
    """The lines with the meaning of the letters: beside them on a wide picture, below them on a narrow one."""
    narrow = width_mm < NARROW
    shapes, end = lay(entries, Head(), width_mm * (1.0 if narrow else 0.58), theme, narrow=narrow)
    left, top = (0.0, end) if narrow else (width_mm * strokes.POINTS * 0.62, 0.0)
    room = width_mm * strokes.POINTS - left
    for grade in grades:
        shapes += block((("", grade.code),), left, top + 3, 16, theme, SMALL, bold=True)
        shapes += block(grade.label, left + 18, top + 3, room - 18, theme, SMALL, colour=theme.colour["muted"])
        top += 3 + max(block_height((("", grade.code),), 16, SMALL), block_height(grade.label, room - 18, SMALL))
    if note:
        shapes += block(note, left, top + 5, room, theme, SMALL, colour=theme.colour["muted"])
        top += 5 + block_height(note, room, SMALL)
    return shapes, max(end, top)
