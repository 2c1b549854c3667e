"""Turn values by region into maps, a country beside another: a round mark as large as its value, its name at the side.

What is not shown by itself is hatched and told together. Only this module knows where names stand around a map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from pemdocs.pictures.charts import outlines
from pemdocs.pictures.charts.bars import Measure
from pemdocs.pictures.charts.canvas import Area, Disc, Point, Rules, Shape, Words, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, is_share, joined
from pemdocs.pictures.charts.outlines import Ring
from pemdocs.pictures.charts.palette import PAPER, main, pale
from pemdocs.pictures.charts.rows import NARROW, SMALL, Sign, apart, block, block_height, block_width, legend, note
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

LARGEST, SMALLEST = 11.0, 3.0
"""Points of the radius of the largest mark, and of the least of one."""

BETWEEN, LED, APART = 18.0, 9.0, 3.0
"""Points between two maps, between a map and its names at the least, between two names."""

NAMES = 0.34
"""The most that the names of a side take of the width."""

TALLEST = 150.0
"""Points that a map is high at most."""

HATCH = 3.6
RULER = 100.0
"""Kilometres of the line that says how large a map is."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region with its value and its outlines, in kilometres from the upper left corner of its country."""

    label: Label
    value: Decimal
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """A country: the regions that are shown by themselves, what the others are together, where that may be told.

    ``others`` are the outlines of these, ``bare`` those of regions of which nothing is told.
    """

    label: Label
    places: tuple[Place, ...]
    rest: Decimal | None = None
    others: tuple[tuple[Ring, ...], ...] = ()
    bare: tuple[tuple[Ring, ...], ...] = ()

    @property
    def rings(self) -> tuple[Ring, ...]:
        """The outlines of all regions."""
        return tuple(ring for rings in (*(each.rings for each in self.places), *self.others, *self.bare)
                     for ring in rings)  # fmt: skip


class _Pin(NamedTuple):
    """The mark of a region on its map, and what is written at the side of it."""

    at: Point
    radius: float
    words: Label
    left: bool


class _Map(NamedTuple):
    """A map: where its names end on the left and begin on the right, their rooms, its corner, points of a kilometre."""

    sides: tuple[float, float]
    rooms: tuple[float, float]
    corner: Point
    scale: float

    def at(self, point: Point) -> Point:
        return self.corner[0] + point[0] * self.scale, self.corner[1] + point[1] * self.scale

    def put(self, rings: Iterable[Ring]) -> list[Ring]:
        return [tuple(map(self.at, ring)) for ring in rings]


def maps(
    lands: Sequence[Land], *, speech: Speech, theme: Theme, measure: Measure, remark: Label = (),
    width_mm: float = 170.0,
) -> Chart:  # fmt: skip
    """A map of each country with the values of its regions; ``remark`` stands below."""
    said = [(land, _said(land, measure, speech)) for land in lands]
    shapes, high = _laid(said, measure, speech, theme, width_mm)
    if not lands:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    elif remark:
        more, high = note(remark, width_mm, high, theme)
        shapes += more
    rows = [Row(_of(land, name), (value,)) for land, values in said for name, value in values]
    items = (speech.say("item", name=row.label, value=row.values[0]) for row in rows)
    alt = speech.told("what_map", items, speech.named(measure.subject, measure.unit))
    return Chart(
        "map",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        joined(alt, remark) if lands else alt,
        (speech.say("category"), speech.named(speech.say("value"), measure.unit)),
        tuple(rows),
        _finding(lands, measure, speech),
    )


def _of(land: Land, name: Label) -> Label:
    """A region with its country behind it; a country that is shown as a whole alone."""
    if name == land.label:
        return name
    return joined(name, tuple((each, f"({words})") for each, words in land.label))


def _said(land: Land, measure: Measure, speech: Speech) -> list[tuple[Label, Label]]:
    """What is told of a country: its regions, the largest value first, then what the others are together."""
    found = [(each.label, speech.amount(each.value, measure.unit)) for each in _sorted(land)]
    if land.rest is not None:
        found.append((_rest(land, speech), speech.amount(land.rest, measure.unit)))
    elif not land.places:
        found.append((land.label, speech.say("withheld")))
    return found


def _rest(land: Land, speech: Speech) -> Label:
    return speech.say("other_regions") if land.places else land.label


def _sorted(land: Land) -> list[Place]:
    return sorted(land.places, key=lambda each: -each.value)


def _laid(
    said: Sequence[tuple[Land, list[tuple[Label, Label]]]], measure: Measure, speech: Speech, theme: Theme,
    width_mm: float,
) -> tuple[list[Shape], float]:  # fmt: skip
    """The maps side by side, on a narrow picture one below the other."""
    narrow, wide = width_mm < NARROW, width_mm * strokes.POINTS
    room = wide if narrow else (wide - BETWEEN * (len(said) - 1)) / max(len(said), 1)
    most = max((each.value for land, _ in said for each in land.places), default=Decimal(1))
    shapes, high, top = list[Shape](), 0.0, 0.0
    for place, (land, values) in enumerate(said):
        left = 0.0 if narrow else place * (room + BETWEEN)
        more, end = _country(land, values, (left, top, room), most, speech, theme)
        shapes += more
        high = max(high, end)
        top = end + BETWEEN if narrow else top
    return shapes, high


def _country(
    land: Land, values: list[tuple[Label, Label]], place: tuple[float, float, float], most: Decimal, speech: Speech,
    theme: Theme,
) -> tuple[list[Shape], float]:  # fmt: skip
    left, top, room = place
    heading = list[Shape](block(land.label, left, top, room, theme, bold=True))
    top += block_height(land.label, room, bold=True) + 4
    pins = _pins(land, [joined(name, value) for name, value in values], most, room)
    drawn = _placed(land, pins, (left, top, room))
    shapes, end = _named(drawn, pins, top, drawn.at((0, outlines.bounds(land.rings)[3]))[1], theme)
    shapes = [*_ground(land, drawn, theme), *shapes, *_ruler(land, drawn, end + 9, theme)]
    end += 12
    if land.rest is not None or not land.places:
        words = speech.say("item", name=_rest(land, speech), value=values[-1][1])
        more, end = _told_together(words, left, room, end, theme)
        shapes += more
    return [*heading, *shapes], end


def _pins(land: Land, names: Sequence[Label], most: Decimal, room: float) -> list[_Pin]:
    """The marks in kilometres, those of small regions first, which have no choice; points only of a radius."""
    left, _, right, _ = outlines.bounds(land.rings)
    point = (right - left) / (room * 0.45)
    pins = list[_Pin]()
    for each, words in sorted(zip(_sorted(land), names, strict=False), key=lambda pair: _extent(pair[0].rings)):
        radius = max(LARGEST * float(each.value / most) ** 0.5 if most else 0.0, SMALLEST)

        def free(at: Point, radius: float = radius) -> bool:
            return all(math.dist(at, pin.at) > (radius + pin.radius + 1) * point for pin in pins)

        at = outlines.middle(each.rings, free)
        pins.append(_Pin(at, radius, words, at[0] < (left + right) / 2))
    return sorted(pins, key=lambda pin: -pin.radius)


def _placed(land: Land, pins: Sequence[_Pin], place: tuple[float, float, float]) -> _Map:
    """The map as large as the names at its sides let it be."""
    left, top, room = place
    x1, y1, x2, y2 = outlines.bounds(land.rings)
    widths = [max((block_width(pin.words) for pin in pins if pin.left == side), default=0.0) for side in (True, False)]
    rooms = [min(wide, room * NAMES) for wide in widths]
    gaps = [wide + LED if wide else 0.0 for wide in rooms]
    scale = min((room - sum(gaps)) / (x2 - x1), TALLEST / (y2 - y1))
    start = left + gaps[0] + (room - sum(gaps) - (x2 - x1) * scale) / 2
    sides = start - LED, start + (x2 - x1) * scale + LED
    return _Map(sides, (rooms[0], rooms[1]), (start - x1 * scale, top - y1 * scale), scale)


def _told_together(words: Label, left: float, room: float, top: float, theme: Theme) -> tuple[list[Shape], float]:
    """What hatched regions are together, behind a piece of their ground."""

    def sign(x: float, y: float) -> Iterator[Shape]:
        ring = ((left + x, y - 4), (left + x + 14, y - 4), (left + x + 14, y + 4), (left + x, y + 4))
        yield from _hatched([ring], theme)
        yield Area(ring, "", theme.colour["muted"], 0.5)

    signs: list[Sign] = [((), sign)]
    shapes, _ = legend(signs, room / strokes.POINTS, top, theme)
    shapes += block(words, left + 18, top + 5, room - 18, theme)
    return shapes, top + 5 + block_height(words, room - 18)


def _ground(land: Land, drawn: _Map, theme: Theme) -> Iterator[Shape]:
    """The regions: those with a mark tinted, those told together hatched, the others pale; small ones over large."""
    kinds = [
        *((each.rings, partial(_plain, strokes.mix(main(theme), 0.28))) for each in land.places),
        *((rings, partial(_hatched, theme=theme)) for rings in land.others),
        *((rings, partial(_plain, pale(theme))) for rings in land.bare),
    ]
    for rings, paint in sorted(kinds, key=lambda each: -_extent(each[0])):
        yield from paint(drawn.put(rings))
    border = strokes.mix(theme.colour["muted"], 0.7)
    for rings, _ in kinds:
        yield Rules(outlines.around(drawn.put(rings)), border, 0.5)


def _extent(rings: Sequence[Ring]) -> float:
    left, top, right, bottom = outlines.bounds(rings)
    return (right - left) * (bottom - top)


def _plain(fill: str, rings: Sequence[Ring]) -> Iterator[Shape]:
    for ring in rings:
        yield Area(ring, fill, fill, 0.4)


def _hatched(rings: Sequence[Ring], theme: Theme) -> Iterator[Shape]:
    for ring in rings:
        yield Area(ring, PAPER)
    yield Rules(tuple(outlines.across(rings, HATCH)), strokes.mix(theme.colour["muted"], 0.75), 0.6)


def _named(
    drawn: _Map, pins: Sequence[_Pin], top: float, low: float, theme: Theme
) -> tuple[list[Shape], float]:  # fmt: skip
    """The marks, and left and right of the map their names, none over another; and where all of it ends."""
    marks, written, end = list[Shape](), list[Shape](), low
    lines = list[tuple[Point, Point]]()
    for side, left in enumerate((True, False)):
        own = sorted((pin for pin in pins if pin.left == left), key=lambda pin: pin.at[1])
        edge, room = drawn.sides[side], drawn.rooms[side]
        highs = [block_height(pin.words, room) for pin in own]
        levels = apart([drawn.at(pin.at)[1] for pin in own], highs, top, low, APART)
        for pin, level, high in zip(own, levels, highs, strict=True):
            lines.append((drawn.at(pin.at), (edge + (3 if left else -3), level)))
            written += block(pin.words, edge, level - high / 2, room, theme, anchor="end" if left else "start")
            end = max(end, level + high / 2)
    for pin in pins:
        marks.append(Disc(drawn.at(pin.at), pin.radius, main(theme), PAPER, 0.8))
    return [Rules(tuple(lines), theme.colour["muted"], 0.6), *marks, *written], end


def _ruler(land: Land, drawn: _Map, level: float, theme: Theme) -> Iterator[Shape]:
    """How long a hundred kilometres are, for two maps are seldom of one scale."""
    start = drawn.at((outlines.bounds(land.rings)[0], 0.0))[0]
    end = start + RULER * drawn.scale
    yield Rules((((start, level), (end, level)),), theme.colour["muted"], 0.8)
    yield Words((end + 4, level + 2.4), "100 km", "", SMALL, theme.colour["muted"])


def _finding(lands: Sequence[Land], measure: Measure, speech: Speech) -> Label:
    """The region with most, and what that is of its country."""
    shown = [(each, land) for land in lands for each in land.places if each.value]
    if not shown:
        return ()
    first, land = max(shown, key=lambda pair: pair[0].value)
    told = {"name": joined(land.label, first.label, mark=", "), "value": speech.amount(first.value, measure.unit)}
    whole = sum((each.value for each in land.places), land.rest or Decimal(0))
    if is_share(measure.unit) or whole == first.value:
        return speech.say("item", **told)
    share = speech.part(first.value, whole)
    return speech.say("finding_part", whole=speech.amount(whole, measure.unit), share=share, **told)
