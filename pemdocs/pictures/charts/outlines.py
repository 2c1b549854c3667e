"""Turn the corners of areas into what a map needs of them: the line around several, lines across, the middle."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pemdocs.pictures.charts.canvas import Point

Ring = tuple[Point, ...]
Line = tuple[Point, Point]

GRID = 14
"""So many points across and down are tried for the middle of an area."""


def sides(rings: Sequence[Ring]) -> Iterator[Line]:
    """The sides of closed rings."""
    for ring in rings:
        yield from zip(ring, (*ring[1:], ring[0]), strict=True)


def around(rings: Sequence[Ring]) -> tuple[Line, ...]:
    """The line around several areas, without the borders that two of them share."""
    found = Counter(min((a, b), (b, a)) for a, b in sides(rings))
    return tuple(line for line, times in found.items() if times == 1)


def bounds(rings: Sequence[Ring]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    points = [point for ring in rings for point in ring]
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def across(rings: Sequence[Ring], gap: float) -> Iterator[Line]:
    """Rising lines inside the areas, holes left out: they tell them apart where colours cannot."""
    turned = [tuple((x + y, y - x) for x, y in ring) for ring in rings]
    left, _, right, _ = bounds(turned)
    level = math.ceil(left / gap) * gap
    while level < right:
        cuts = sorted(_cut(line, level) for line in sides(turned) if (line[0][0] > level) != (line[1][0] > level))
        for low, high in zip(cuts[::2], cuts[1::2], strict=True):
            yield ((level - low) / 2, (level + low) / 2), ((level - high) / 2, (level + high) / 2)
        level += gap


def _cut(line: Line, level: float) -> float:
    (x1, y1), (x2, y2) = line
    return y1 + (y2 - y1) * (level - x1) / (x2 - x1)


def middle(rings: Sequence[Ring], free: Callable[[Point], bool] = lambda _: True) -> Point:
    """The point inside that is farthest from every border, near enough, of those that are ``free`` if any is."""
    left, top, right, bottom = bounds(rings)
    lines = around(rings)
    steps = [(number + 0.5) / GRID for number in range(GRID)]
    tried = ((left + (right - left) * across_, top + (bottom - top) * down) for across_ in steps for down in steps)
    within = [point for point in tried if _inside(point, lines)]
    kept = [point for point in within if free(point)] or within or [rings[0][0]]
    return max(kept, key=lambda point: min(_away(point, line) for line in lines))


def _inside(point: Point, lines: Sequence[Line]) -> bool:
    x, y = point
    crossed = [line for line in lines if (line[0][1] > y) != (line[1][1] > y)]
    return sum(x1 + (x2 - x1) * (y - y1) / (y2 - y1) > x for (x1, y1), (x2, y2) in crossed) % 2 == 1


def _away(point: Point, line: Line) -> float:
    (x, y), ((x1, y1), (x2, y2)) = point, line
    length = math.dist(*line)
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length**2)) if length else 0.0
    return math.dist(point, (x1 + along * (x2 - x1), y1 + along * (y2 - y1)))
