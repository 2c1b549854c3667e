"""Turn labelled rows into a figure: labels, the plot, columns of values. Only this module knows where these stand.

On a wide picture the label stands left of its plot, on a narrow one above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pemdocs.pictures.charts.canvas import Area, Rules, Shape, Words, box
from pemdocs.pictures.charts.chart import once
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

SIZE, SECOND, SMALL = 8.5, 8.0, 8.0
"""Points of a label, of its second language, of heads and legends: none is set smaller."""
LEADING = 1.2
BAR = 9.0
"""Points a plot is high at least."""
GAP = 8.0
"""Points between two columns."""
SIGN = 11.0
"""Points that a sign takes over the name of its column."""
PAD = 2.6
"""Points above and below what a row holds."""
NARROW = 120.0
"""Millimetres below which a picture is narrow."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of a plot."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def wide(self) -> float:
        """From left to right."""
        return self.right - self.left

    def x(self, share: float) -> float:
        """The place of a share of the width."""
        return self.left + self.wide * share


Draw = Callable[[Frame], Iterable[Shape]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its label, its plot and how high that is, the values in the columns, words under the plot.

    A heading is ``heavy`` and has a label only.
    """

    label: Label
    draw: Draw | None = None
    cells: tuple[Label, ...] = ()
    high: float = BAR
    under: Label = ()
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over the columns, and over and behind the plots: the marks of a scale, ``high`` points tall.

    No column is wider than ``limit``, a share of the picture. ``signs`` are drawn over the names of columns, each
    given its left edge, 14 wide, and its middle: they say beside its numbers what a mark in the plot is.
    """

    cells: tuple[Label, ...] = ()
    scale: Draw | None = None
    behind: Draw | None = None
    high: float = 0.0
    limit: float = 0.13
    signs: tuple[Callable[[float, float], Iterable[Shape]] | None, ...] = ()


Sign = tuple[Label, Callable[[float, float], Iterable[Shape]]]
"""What a legend explains, and how it is drawn from its left edge and its middle."""

Placed = tuple[list[Shape], float]
"""Shapes and where they end."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where labels, plots and columns of values stand."""

    label: float
    plot: tuple[float, float]
    cells: tuple[float, ...]
    rooms: tuple[float, ...]
    above: bool


def lay(entries: Sequence[Entry], head: Head, width_mm: float, theme: Theme, *, narrow: bool | None = None) -> Placed:
    """All rows under their head, and where they end; ``narrow`` where the width is not to decide."""
    wide = width_mm * strokes.POINTS
    columns = _columns(entries, head, wide, above=width_mm < NARROW if narrow is None else narrow)
    shapes, top = _head(head, columns, wide, theme)
    rows, plots = list[Shape](), list[Frame]()
    for entry in entries:
        more, top, plot = _row(entry, columns, top, wide, theme)
        rows += more
        plots += [plot] if plot else []
    for plot in _runs(plots) if head.behind else ():
        shapes += head.behind(plot) if head.behind else ()
    return [*shapes, *rows], top


def _runs(plots: Iterable[Frame]) -> list[Frame]:
    """The plots, those that touch as one."""
    runs: list[Frame] = []
    for each in plots:
        if runs and abs(runs[-1].bottom - each.top) < 0.01:
            each = Frame(each.left, runs.pop().top, each.right, each.bottom)
        runs.append(each)
    return runs


def _columns(entries: Sequence[Entry], head: Head, wide: float, *, above: bool) -> Columns:
    rooms = [_column(entries, head, place, wide * head.limit) for place in range(len(head.cells))]
    ends, right = [], wide
    for room in reversed(rooms):
        ends.append(right)
        right -= room + GAP
    labels = max((block_width(each.label) for each in entries if not each.heavy), default=0.0)
    room = wide if above else max(min(labels, wide * 0.36, right - wide * 0.15), 30.0)
    left = 0.0 if above else room + GAP
    return Columns(room, (left, max(right, left + 30)), tuple(reversed(ends)), tuple(rooms), above)


def _column(entries: Sequence[Entry], head: Head, place: int, limit: float) -> float:
    cells = [block_width(each.cells[place]) for each in entries if each.cells]
    return max(min(max((block_width(head.cells[place], SMALL), *cells)), limit), 12.0)


def _head(head: Head, columns: Columns, wide: float, theme: Theme) -> Placed:
    texts = [block_height(cell, room, SMALL) for cell, room in zip(head.cells, columns.rooms, strict=True)]
    bottom = max((head.high, *texts)) + (SIGN if any(head.signs) else 0)
    if not bottom:
        return [], 0.0
    shapes: list[Shape] = []
    for cell, right, room, high in zip(head.cells, columns.cells, columns.rooms, texts, strict=True):
        shapes += block(cell, right, bottom - high, room, theme, SMALL, anchor="end", colour=theme.colour["muted"])
    for sign, right, high in zip(head.signs, columns.cells, texts, strict=False):
        shapes += sign(right - 14, bottom - high - SIGN / 2) if sign else ()
    if head.scale:
        shapes += head.scale(Frame(columns.plot[0], bottom - head.high, columns.plot[1], bottom))
    return [*shapes, Rules((((0, bottom + 2), (wide, bottom + 2)),), theme.colour["rule"], 0.7)], bottom + 3.5


def _row(
    entry: Entry, columns: Columns, top: float, wide: float, theme: Theme
) -> tuple[list[Shape], float, Frame | None]:
    """The shapes of a row, where it ends, and the ground of its plot: the row's whole height on a wide picture."""
    room = wide if entry.heavy else columns.label
    text = block_height(entry.label, room, bold=entry.heavy)
    if entry.heavy:
        top += PAD * 2 if top else 0
        return list(block(entry.label, 0, top, room, theme, bold=True)), top + text + PAD, None
    sizes = [block_height(cell, size) for cell, size in zip(entry.cells, columns.rooms, strict=False)]
    high = max((entry.high, *sizes, 0.0 if columns.above else text))
    start, top = top, top + PAD
    shapes = list[Shape](block(entry.label, 0, top if columns.above else top + (high - text) / 2, room, theme))
    top += text + 1.5 if columns.above else 0
    middle = top + high / 2
    plot = Frame(columns.plot[0], middle - entry.high / 2, columns.plot[1], middle + entry.high / 2)
    shapes += entry.draw(plot) if entry.draw else ()
    for cell, right, size, tall in zip(entry.cells, columns.cells, columns.rooms, sizes, strict=False):
        shapes += block(cell, right, top + (high - tall) / 2, size, theme, anchor="end")
    top += high
    if entry.under:
        shapes += block(entry.under, plot.left, top + 2, plot.wide, theme, SMALL, colour=theme.colour["muted"])
        top += 2 + block_height(entry.under, plot.wide, SMALL)
    end = top + PAD * (2 if columns.above else 1)
    return shapes, end, plot if columns.above else Frame(plot.left, start, plot.right, end)


def block(
    label: Label, x: float, top: float, room: float, theme: Theme, size: float = SIZE, *,
    bold: bool = False, anchor: str = "start", colour: str = "",
) -> Iterator[Words]:  # fmt: skip
    """A label in its lines, the second language muted under the first."""
    for language, words, first in _lines(label, size, room, bold=bold):
        own = size if first else second(size)
        paint = (colour or theme.colour["ink"]) if first else theme.colour["muted"]
        yield Words((x, top + own * 0.93), words, language, own, paint, bold and first, anchor)
        top += own * LEADING


def block_height(label: Label, room: float, size: float = SIZE, *, bold: bool = False) -> float:
    """Points from the top of a label's first line to the bottom of its last."""
    return sum((size if first else second(size)) * LEADING for _, _, first in _lines(label, size, room, bold=bold))


def block_width(label: Label, size: float = SIZE) -> float:
    """Points that a label takes where no line of it is broken."""
    sizes = ((words, second(size) if place else size) for place, (_, words) in enumerate(once(label)))
    return max((strokes.width(words, own, bold=True) for words, own in sizes), default=0.0) + 0.5


def second(size: float) -> float:
    """The size of the second language beside the first one's."""
    return max(size * SECOND / SIZE, SMALL)


def _lines(label: Label, size: float, room: float, *, bold: bool = False) -> Iterator[strokes.Line]:
    space = room * (0.93 if bold else 0.98)  # widths are known to two per cent only
    clean = tuple((each, " ".join(filter(None, words.split(" ")))) for each, words in once(label) if words)
    return strokes.lines(clean, size, second(size), space)


def legend(entries: Iterable[Sign], width_mm: float, top: float, theme: Theme) -> Placed:
    """What signs mean, in rows no wider than the picture; a sign is drawn 14 wide, given its left and its middle."""
    wide, x, shapes = width_mm * strokes.POINTS, 0.0, list[Shape]()
    top, high = top + 5, 0.0
    for label, sign in entries:
        room = min(block_width(label, SMALL), wide - 18)
        if x and x + 18 + room > wide:
            x, top, high = 0.0, top + high + 2, 0.0
        shapes += [*sign(x, top + SMALL * 0.62), *block(label, x + 18, top, room, theme, SMALL)]
        x += 18 + room + 14
        high = max(high, block_height(label, room, SMALL))
    return (shapes, top + high) if shapes else ([], top - 5)


def note(label: Label, width_mm: float, top: float, theme: Theme) -> Placed:
    """A sentence under the picture, muted."""
    wide = width_mm * strokes.POINTS
    words = list[Shape](block(label, 0, top + 5, wide, theme, SMALL, colour=theme.colour["muted"]))
    return words, top + 5 + block_height(label, wide, SMALL)


def bar(left: float, right: float, frame: Frame, fill: str, high: float = BAR) -> Area:
    """A bar in the middle of a frame; one of nothing is a hair, for nothing is a value too."""
    half = high / 2
    return Area(box(left, frame.middle - half, max(right, left + 0.6), frame.middle + half), fill)


def beside(label: Label, x: float, frame: Frame, theme: Theme, room: float, *, bold: bool = False) -> Iterator[Words]:
    """A value next to its bar, in the middle of the frame's height."""
    high = block_height(label, room, bold=bold)
    return block(label, x, frame.middle - high / 2, room, theme, bold=bold)


def apart(wanted: Sequence[float], highs: Sequence[float], top: float, low: float, gap: float) -> list[float]:
    """The middles of labels as near as they can be to where they are wanted, sorted downwards, none over another."""
    low = max(low, top + sum(highs) + gap * (len(highs) - 1))
    found = list[float]()
    for middle, high in zip(wanted, highs, strict=True):
        found.append(max(middle, top + high / 2))
        top = found[-1] + high / 2 + gap
    for place in reversed(range(len(found))):
        found[place] = min(found[place], low - highs[place] / 2)
        low = found[place] - highs[place] / 2 - gap
    return found
