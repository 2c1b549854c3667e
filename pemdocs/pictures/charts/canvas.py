"""Turn shapes into the SVG of a figure. Only this module knows matplotlib.

matplotlib draws; what it writes is then put down in the few elements and attributes that WeasyPrint, resvg and Word
draw alike, with the words as text in the house fonts. All lengths are points, from the left and from the top.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from pemdocs.pictures.drawing import strokes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = tuple[float, float]

SALT = "pemdocs"
TALLEST = 225.0
"""Millimetres; a figure that would be taller is shown smaller as a whole."""
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": SALT,
    "lines.scale_dashes": False,
    "path.simplify": False,
}
DASHES = (0, (2.0, 1.5))
PAINT = re.compile(r"(fill|stroke|stroke-width|stroke-dasharray):\s*([^;]+)")


@dataclass(frozen=True, slots=True)
class Area:
    """A closed shape; ``fill`` or ``line`` may be empty for none."""

    corners: tuple[Point, ...]
    fill: str
    line: str = ""
    thick: float = 0.8
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Straight lines of one look."""

    ends: tuple[tuple[Point, Point], ...]
    colour: str
    thick: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A round mark."""

    middle: Point
    radius: float
    fill: str
    line: str
    thick: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words; ``place`` is on its base line."""

    place: Point
    words: str
    language: str
    size: float
    colour: str
    bold: bool = False
    anchor: str = "start"


Shape = Area | Rules | Disc | Words


def box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """The corners of an upright rectangle."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


def hatching(left: float, top: float, right: float, bottom: float, colour: str, gap: float = 3.0) -> Rules:
    """Rising lines inside an upright rectangle, which tell it apart where colours cannot."""
    ends, level = [], left + top + gap / 2
    while level < right + bottom:
        low = min(bottom, level - left)
        high = max(top, level - right)
        if low - high > 0.2:
            ends.append(((level - low, low), (level - high, high)))
        level += gap
    return Rules(tuple(ends), colour, 0.6)


def render(wide: float, high: float, shapes: Iterable[Shape]) -> bytes:
    """The shapes as an SVG of this size, one after the other; the same shapes give the same bytes."""
    return _rendered(wide, high, tuple(each for each in shapes if not isinstance(each, Rules) or each.ends))


@lru_cache(maxsize=128)
def _rendered(wide: float, high: float, placed: tuple[Shape, ...]) -> bytes:
    """A page that is laid out again, with other words beside, has most of its drawings as they were."""
    with _own_settings():
        drawn = _drawn(wide, high, placed)
    parts = (_plain(element, placed) for element in drawn)
    return strokes.document(wide, high, parts, min(1.0, TALLEST * strokes.POINTS / high))


@contextmanager
def _own_settings() -> Iterator[None]:
    """Draw with matplotlib's own defaults whatever the machine has set, and leave no trace of it."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)  # a first start speaks of its font cache, which no figure uses
    try:
        import matplotlib  # here, for only those who draw a figure shall wait for it

        with warnings.catch_warnings(), matplotlib.rc_context():
            warnings.simplefilter("ignore", UserWarning)  # letters its own font lacks, which the house fonts may have
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(SETTINGS)
            yield
    finally:
        log.setLevel(level)


def _drawn(wide: float, high: float, shapes: Sequence[Shape]) -> list[etree._Element]:
    """What matplotlib writes for each shape, in their order."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(wide / 72, high / 72), dpi=72, frameon=False)
    canvas = FigureCanvasSVG(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    for place, shape in enumerate(shapes):
        _add(axes, shape, place)
    file = BytesIO()
    canvas.print_svg(
        file,  # type: ignore[no-untyped-call]
        metadata={"Date": None, "Creator": None},
    )
    root = etree.fromstring(file.getvalue(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    groups = {group.get("id"): group for group in root.iter("{*}g")}
    there = (groups.get(f"shape-{place}") for place in range(len(shapes)))  # words that are none are not drawn
    return [next(group.iter("{*}path", "{*}text")) for group in there if group is not None]


def _add(axes: Axes, shape: Shape, place: int) -> None:
    from matplotlib.patches import Circle, PathPatch, Polygon
    from matplotlib.path import Path

    common: dict[str, Any] = {"zorder": place, "gid": f"shape-{place}", "clip_on": False}
    match shape:
        case Area(corners, fill, line, thick, dashed):
            look = {"facecolor": fill or "none", "edgecolor": line or "none", "linewidth": thick if line else 0}
            axes.add_patch(Polygon(corners, closed=True, linestyle=DASHES if dashed else "-", **look, **common))
        case Rules(ends, colour, thick, dashed):
            points = [point for pair in ends for point in pair]
            path = Path(points, [Path.MOVETO, Path.LINETO] * len(ends))
            style = DASHES if dashed else "-"
            axes.add_patch(
                PathPatch(path, facecolor="none", edgecolor=colour, linewidth=thick, linestyle=style, **common)
            )
        case Disc(middle, radius, fill, line, thick):
            axes.add_patch(Circle(middle, radius, facecolor=fill, edgecolor=line, linewidth=thick, **common))
        case Words((x, y), words, _, size, colour, _, anchor):
            side = {"start": "left", "middle": "center", "end": "right"}[anchor]
            words, common["color"] = _legal(words), colour
            axes.text(x, y, words, parse_math=False, ha=side, va="baseline", fontsize=size, **common)


def _plain(element: etree._Element, shapes: Sequence[Shape]) -> str:
    """An element with attributes only; words get the fonts and the language that matplotlib knows nothing of."""
    group = element.getparent()
    shape = shapes[int(str(group.get("id") if group is not None else "").removeprefix("shape-"))]
    if isinstance(shape, Words):
        x, y = (float(str(element.get(name))) for name in ("x", "y"))
        said, look = _legal(shape.words), {"bold": shape.bold, "anchor": shape.anchor}
        return strokes.text(x, y, said, shape.language, shape.colour, shape.size, **look)  # type: ignore[arg-type]
    path = re.sub(r"-?\d+\.\d+", lambda found: strokes.number(float(found[0])), str(element.get("d")))
    paint = {"fill": "none", **dict(PAINT.findall(str(element.get("style"))))}
    look_of = "".join(f' {name}="{value.strip()}"' for name, value in paint.items())
    return f'<path d="{" ".join(path.split())}"{look_of}/>'


def _legal(words: str) -> str:
    """The words without signs that no XML may hold."""
    return "".join(letter for letter in words if unicodedata.category(letter) not in ("Cc", "Cs", "Cn"))
