"""Turn the theme into the looks of a figure, each apart from the others in grey and to the colour-blind."""

from __future__ import annotations

from collections.abc import Iterator

from pemdocs.pictures.charts.canvas import Area, Disc, Shape, box, hatching
from pemdocs.pictures.drawing import strokes
from pemdocs.project.theme import Theme

PAPER = "#ffffff"


def main(theme: Theme) -> str:
    """The colour of what a figure is about."""
    return theme.colour["accent"]


def pale(theme: Theme) -> str:
    """The ground that a bar runs on."""
    return strokes.mix(theme.colour["rule"], 0.55)


def part(place: int, left: float, top: float, right: float, bottom: float, theme: Theme) -> Iterator[Shape]:
    """A piece of a stacked bar: full and dark, pale and hatched, white with an edge, pale; then these again."""
    corners = box(left, top, right, bottom)
    warm = strokes.mix(theme.colour["before"], 0.4)
    match place % 4:
        case 0:
            yield Area(corners, main(theme))
        case 1:
            yield Area(corners, warm)
            yield hatching(left, top, right, bottom, theme.colour["before"])
        case 2:
            yield Area(corners, PAPER, theme.colour["muted"], 0.7)
        case _:
            yield Area(corners, pale(theme))


def grade(
    place: int, count: int, left: float, top: float, right: float, bottom: float, theme: Theme
) -> Iterator[Shape]:
    """The ground of a letter of a scale: green and dark at its good end, orange at its bad one, and paler on the way.

    In grey it goes from dark to white; the lower half has an edge, the last also lines.
    """
    corners = box(left, top, right, bottom)
    if place < count / 2:
        yield Area(corners, theme.colour["during"] if not place else strokes.mix(theme.colour["during"], 0.82))
        return
    last = place == count - 1 and count > 2
    yield Area(corners, strokes.mix(theme.colour["before"], 0.12 if last else 0.42), theme.colour["before"], 1.0)
    if last:
        yield hatching(left, top, right, top + 3, theme.colour["before"])
        yield hatching(left, bottom - 3, right, bottom, theme.colour["before"])


def on_grade(place: int, count: int, theme: Theme) -> str:
    """The colour of a letter on its ground."""
    return PAPER if place < count / 2 else theme.colour["ink"]


def withheld(left: float, top: float, right: float, bottom: float, theme: Theme) -> Iterator[Shape]:
    """What is there but not shown."""
    yield Area(box(left, top, right, bottom), PAPER, theme.colour["muted"], 0.6, dashed=True)


def diamond(x: float, y: float, size: float, fill: str, line: str) -> Area:
    """A square on its corner."""
    return Area(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), fill, line)


def ring(x: float, y: float, theme: Theme) -> Disc:
    """A hollow mark with a dark edge, to be seen on a bar as well as on paper."""
    return Disc((x, y), 2.7, PAPER, theme.colour["before"], 1.5)
