"""Turn points and what a note says of its lines and colours into instructions. All is in the points of the page."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object

Point = tuple[float, float]
Box = tuple[float, float, float, float]

CURVE = 0.5523
"""How far the handles of a curve stand out for a quarter of a circle, in radii."""


def box(note: Object) -> Box | None:
    """The rectangle of a note; ``None`` where it has none."""
    found = numbers(note.get("/Rect"))
    return box_of(found) if len(found) == 4 else None


def box_of(edges: Sequence[float]) -> Box:
    """The box with these edges, in whatever order they come."""
    a, b, c, d = edges
    return min(a, c), min(b, d), max(a, c), max(b, d)


def numbers(found: object) -> list[float]:
    """The numbers of an array, empty where it holds anything else."""
    try:
        return [float(each) for each in found] if isinstance(found, Array) else []
    except (TypeError, ValueError):
        return []


def points(found: object) -> list[Point]:
    """The points of an array of coordinates."""
    run = numbers(found)
    return list(zip(run[::2], run[1::2], strict=False))


def colour(found: object, paint: bytes) -> bytes:
    """The operator that sets a colour, to stroke (``G RG K``) or to fill (``g rg k``); empty where there is none."""
    parts = numbers(found)
    operator = {1: b"g", 3: b"rg", 4: b"k"}.get(len(parts), b"")
    operator = operator.upper() if paint == b"S" else operator
    return b" ".join(b"%.3f" % each for each in parts) + b" " + operator + b" " if operator else b""


def line(note: Object) -> tuple[float, bytes]:
    """The width of a note's line, and the operators that set it with its dashes."""
    style, old = note.get("/BS"), note.get("/Border")
    dashes: list[float] = []
    if isinstance(style, Dictionary):
        width = (numbers(Array([style.get("/W", 1)])) or [1.0])[0]
        dashes = (numbers(style.get("/D")) or [3.0]) if style.get("/S") == Name.D else []
    else:
        parts = list(old) if isinstance(old, Array) else []
        width = (numbers(Array(parts[2:3])) or [1.0])[0]
        dashes = numbers(parts[3]) if len(parts) > 3 else []
    run = b" ".join(b"%.2f" % each for each in dashes if each >= 0) if any(each > 0 for each in dashes) else b""
    return width, b"%.2f w [%b] 0 d " % (width, run)


def square(frame: Box) -> bytes:
    """The path along the edges of a box."""
    left, low, right, high = frame
    return b"%.2f %.2f %.2f %.2f re " % (left, low, right - left, high - low)


def circle(frame: Box) -> bytes:
    """The path of the ellipse in a box."""
    left, low, right, high = frame
    x, y, rx, ry = (left + right) / 2, (low + high) / 2, (right - left) / 2, (high - low) / 2
    a, b = rx * CURVE, ry * CURVE
    return b"%.2f %.2f m %.2f %.2f %.2f %.2f %.2f %.2f c %.2f %.2f %.2f %.2f %.2f %.2f c " % (
        right, y, right, y + b, x + a, high, x, high, x - a, high, left, y + b, left, y
    ) + b"%.2f %.2f %.2f %.2f %.2f %.2f c %.2f %.2f %.2f %.2f %.2f %.2f c h " % (
        left, y - b, x - a, low, x, low, x + a, low, right, y - b, right, y
    )  # fmt: skip


def path(points: Sequence[Point]) -> bytes:
    """The path from point to point, open."""
    first, *others = points
    return b"%.2f %.2f m " % first + b"".join(b"%.2f %.2f l " % each for each in others)


def bounds(runs: Sequence[Point]) -> Box:
    """The box around some points."""
    return min(x for x, _ in runs), min(y for _, y in runs), max(x for x, _ in runs), max(y for _, y in runs)
