"""Turn the scores of an evaluation into a card: a criterion a line, its letter marked, what the letters mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Shape, Words, box, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined
from pemdocs.pictures.charts.rows import NARROW, SIZE, SMALL, Entry, Frame, Head, beside, block, block_height, lay
from pemdocs.pictures.charts.rows import note as footnote
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

CELL, HIGH = 34.0, 13.0
TILE, LETTER = 34.0, 20.0


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
        _finding(ratings, grades, speech),
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
        if own:
            yield from palette.grade(place, len(codes), left, frame.top, left + wide - 2, frame.bottom, theme)
        else:
            yield Area(corners, palette.PAPER, theme.colour["rule"], 0.6)
        paint = palette.on_grade(place, len(codes), theme) if own else theme.colour["muted"]
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


def score_strip(
    ratings: Sequence[Rating], grades: Sequence[Grade], *, speech: Speech, theme: Theme, width_mm: float = 170.0
) -> Chart:
    """All criteria side by side, the letter of each large on its ground: the scores at one glance."""
    made = scores(ratings, grades, speech=speech, theme=theme, width_mm=width_mm)
    codes = tuple(grade.code for grade in grades)
    wide = width_mm * strokes.POINTS / max(len(ratings), 1)
    shapes, high = list[Shape](), 0.0
    for place, each in enumerate(ratings):
        tile = Frame(place * wide, 0.0, (place + 1) * wide - 5, TILE)
        shapes += _tile(each, codes, theme, tile)
        shapes += block(each.label, tile.left, TILE + 3, tile.wide, theme, SIZE)
        high = max(high, TILE + 3 + block_height(each.label, tile.wide, SIZE))
    if not ratings:
        shapes, high = footnote(speech.say("empty"), width_mm, 0, theme)
    return replace(made, name="score-strip", svg=render(width_mm * strokes.POINTS, high + 2, shapes))


def _tile(each: Rating, codes: Sequence[str], theme: Theme, tile: Frame) -> Iterator[Shape]:
    known = each.score in codes
    if known:
        place = codes.index(str(each.score))
        yield from palette.grade(place, len(codes), tile.left, tile.top, tile.right, tile.bottom, theme)
    else:
        yield Area(box(tile.left, tile.top, tile.right, tile.bottom), palette.PAPER, theme.colour["rule"], 0.8)
    paint = palette.on_grade(codes.index(str(each.score)), len(codes), theme) if known else theme.colour["muted"]
    where = ((tile.left + tile.right) / 2, tile.middle + LETTER * 0.34)
    yield Words(where, each.score or "–", "", LETTER, paint, True, "middle")


def _finding(ratings: Sequence[Rating], grades: Sequence[Grade], speech: Speech) -> Label:
    """How many criteria have a letter of the upper half, and which has the lowest of the others."""
    codes = [grade.code for grade in grades]
    scored = [each for each in ratings if each.score in codes]
    upper = codes[: len(codes) // 2]
    if not scored or not upper:
        return ()
    good = [each for each in scored if each.score in upper]
    letters = tuple((each, f" {speech.words[each]['or']} ".join(upper)) for each in speech.languages)
    told = speech.say("finding_scores", letters=letters, value=_count(good, speech), whole=_count(scored, speech))
    worst = max((codes.index(str(each.score)) for each in scored), default=0)
    lowest = [each for each in scored if each.score == codes[worst]]
    if len(lowest) > 1 or len(lowest) == len(scored):
        return told
    code = tuple((each, codes[worst]) for each in speech.languages)
    return joined(told, speech.say("finding_lowest", name=lowest[0].label, code=code), mark=". ")


def _count(items: Sequence[object], speech: Speech) -> Label:
    return speech.amount(Decimal(len(items)))
