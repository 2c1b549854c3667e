"""Turn words into outlines that any PDF can draw without a font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOVE, LINE, QUADRATIC, CUBIC, CLOSE = 1, 2, 3, 4, 79
"""The steps of a path as matplotlib numbers them."""


def words(lines: Sequence[str], width: float, height: float, size: float = 7.0) -> bytes:
    """Operators that draw lines of words into a box, from its upper left corner, smaller where they would not fit.

    Points; the origin is the lower left corner of the box.
    """
    from matplotlib.textpath import TextPath  # a moment to import, and only signatures need it

    paths = [TextPath((0, 0), line, size=size) for line in lines]
    widest = max((path.get_extents().x1 for path in paths if len(path.vertices)), default=1.0)
    scale = min(1.0, (width - 4) / widest, (height - 2) / (size * 1.25 * len(lines)))
    told = [f"{scale:.4f} 0 0 {scale:.4f} 2 {height - 1:.2f} cm"]
    for number, path in enumerate(paths, start=1):
        told += ["q", f"1 0 0 1 0 {-number * size * 1.25:.2f} cm", *_steps(path), "f Q"]
    return " ".join(told).encode()


def _steps(path: object) -> Iterator[str]:
    here = (0.0, 0.0)
    for points, code in path.iter_segments(curves=True, simplify=False):  # type: ignore[attr-defined]
        pairs = [(float(points[place]), float(points[place + 1])) for place in range(0, len(points), 2)]
        if code == QUADRATIC:  # PDF knows cubic curves alone
            (a, b), end = pairs[0], pairs[1]
            first = (here[0] + 2 / 3 * (a - here[0]), here[1] + 2 / 3 * (b - here[1]))
            second = (end[0] + 2 / 3 * (a - end[0]), end[1] + 2 / 3 * (b - end[1]))
            pairs, code = [first, second, end], CUBIC
        numbers = " ".join(f"{x:.2f} {y:.2f}" for x, y in pairs)
        yield {MOVE: f"{numbers} m", LINE: f"{numbers} l", CUBIC: f"{numbers} c", CLOSE: "h"}[int(code)]
        here = pairs[-1]
