"""Turn shapes and words into SVG. Only this module knows SVG and how wide a word is.

Only what WeasyPrint and resvg draw alike is used: attributes instead of classes, hatching as lines instead of
patterns, no clipping. All lengths are points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from pemdocs.project.theme import Theme

POINTS = 72 / 25.4
"""Points in a millimetre."""

Label = tuple[tuple[str, str], ...]
"""The same words in each language of the drawing: ``(("fr", "Visite"), ("nl", "Bezoek"))``."""

Line = tuple[str, str, bool]
"""A line of a label: its language, its words, whether it is of the first language."""

SPACE = 18.0
"""Points between two entries of a legend."""

_WIDTHS = {
    452: "'’",
    463: " \u00a0\u202f",
    479: "ijlI,.·",
    548: ":;",
    626: "()[]{}f-`",
    670: "Jt!²°",
    714: "r",
    800: "sz/\\",
    866: "Lc",
    925: "vxyk",
    950: "FS|?Z",
    981: "agT",
    1020: "eEYP#*+<=>^_~–«»≥≤",
    1038: "$0123456789€",
    1064: "XK",
    1080: "bdhnpquo",
    1112: "CRB",
    1185: "VA",
    1292: "DHG",
    1397: "UNOQ&",
    1464: "%w",
    1751: "mM",
    1854: "Wœæ@ŒÆ—…→",
}
"""Advance widths of Calibri and its twin Carlito in 1/2048 of the size, letters of about the same width together."""
_WIDTH = {letter: width / 2048 for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 0.9
"""Letters that are not known count as wide ones: a line may then end early, but never runs out of its place."""
_BOLD = 1.05


@dataclass(frozen=True, slots=True)
class Fill:
    """How a shape is filled: ``ground`` and ``line`` are colours, the rest tells statuses apart without colour."""

    ground: str
    line: str
    dashed: bool = False
    hatched: bool = False
    struck: bool = False


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide the words are, in points, to about two per cent and rather more than less."""
    return sum(_advance(letter) for letter in words) * size * (_BOLD if bold else 1.0)


def _advance(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTH.get(base, _WIDEST)


def wrap(words: str, size: float, room: float) -> tuple[str, ...]:
    """Break the words into lines no wider than ``room``; a word that is too long by itself is broken too."""
    lines = [""]
    for word in words.split(" "):
        for piece in _pieces(word, size, room):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if width(joined, size) <= room:
                lines[-1] = joined
            else:
                lines.append(piece)
    return tuple(line for line in lines if line)


def _pieces(word: str, size: float, room: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter, size) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def lines(label: Label, size: float, second: float, room: float) -> Iterator[Line]:
    """The label broken into lines, its first language in ``size``, the others in ``second``."""
    for place, (language, words) in enumerate(label):
        for part in wrap(words, second if place else size, room):
            yield language, part, not place


def mix(colour: str, share: float) -> str:
    """The colour on white paper, covering ``share`` of it."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def number(value: float) -> str:
    """A coordinate with two decimals at most: finer than any printer, and the same on every machine."""
    return f"{round(value, 2) + 0.0:g}"


def document(wide: float, high: float, shapes: Iterable[str], scale: float = 1.0) -> bytes:
    """The shapes as an SVG file, in points, shown ``scale`` times as large."""
    size = f'width="{number(wide * scale / POINTS)}mm" height="{number(high * scale / POINTS)}mm"'
    box = f'viewBox="0 0 {number(wide)} {number(high)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>{"".join(shapes)}</svg>'.encode()


def rect(x: float, y: float, wide: float, high: float, fill: str) -> str:
    """A plain rectangle."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}" fill="{fill}"/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, thick: float = 0.5, *, dashed: bool = False) -> str:
    """A straight line."""
    path = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{number(thick)}"{_dash(dashed)}/>'


def polygon(corners: Sequence[tuple[float, float]], fill: Fill) -> str:
    """A closed shape, hatched and struck where its fill says so. Hatching is for upright rectangles and diamonds."""
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"
    shape = f'<path d="{path}" fill="{fill.ground}" stroke="{fill.line}" stroke-width="0.8"{_dash(fill.dashed)}/>'
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    if fill.hatched:
        shape += _hatch(corners, (left, top, right, bottom), fill.line)
    if fill.struck:
        middle = (top + bottom) / 2
        shape += line(left - 2, middle, right + 2, middle, fill.line, 1.0)
    return shape


def dot(x: float, y: float, radius: float, fill: Fill) -> str:
    """A round mark."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return f'<circle {place} fill="{fill.ground}" stroke="{fill.line}" stroke-width="1"/>'


def text(
    x: float,
    y: float,
    words: str,
    language: str,
    colour: str,
    size: float,
    *,
    bold: bool = False,
    anchor: str = "start",
) -> str:
    """One line of words, ``y`` its base line, in its language."""
    weight = ' font-weight="bold"' if bold else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    tongue = f" xml:lang={quoteattr(language)}" if language else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-family="Calibri, Carlito, sans-serif" '
        f'font-size="{number(size)}"{weight} fill="{colour}"{place}{tongue}>{escape(words)}</text>'
    )


def phrase(x: float, y: float, label: Label, theme: Theme, size: float, colour: str, *, bold: bool = False) -> str:
    """A label on one line, the second language muted after the first."""
    parts = []
    for place, (language, words) in enumerate(label):
        paint, heavy = (theme.colour["muted"], False) if place else (colour, bold)
        parts.append(text(x, y, words, language, paint, size, bold=heavy))
        x += width(words, size, bold=heavy) + size * 0.7
    return "".join(parts)


def phrase_width(label: Label, size: float, *, bold: bool = False) -> float:
    """How wide ``phrase`` draws a label."""
    widths = (width(words, size, bold=bold and not place) for place, (_, words) in enumerate(label))
    return sum(widths) + size * 0.7 * (len(label) - 1)


def legend(
    entries: Iterable[tuple[Label, Callable[[float, float], str]]], theme: Theme, size: float, wide: float, top: float
) -> tuple[list[str], float]:
    """What signs mean, in rows no wider than the picture; and where the legend ends.

    A sign is drawn 18 points wide and 10 high, given its left edge and its middle.
    """
    shapes: list[str] = []
    x, y = 0.0, top
    for label, sign in entries:
        room = 22 + phrase_width(label, size) + SPACE
        if x and x + room - SPACE > wide:
            x, y = 0.0, y + 12
        shapes.append(sign(x, y + 5))
        shapes.append(phrase(x + 22, y + 7.4, label, theme, size, theme.colour["muted"]))
        x += room
    return shapes, y + 12 if shapes else top


def _dash(dashed: bool) -> str:
    return ' stroke-dasharray="2 1.5"' if dashed else ""


def _hatch(corners: Sequence[tuple[float, float]], box: tuple[float, float, float, float], colour: str) -> str:
    """Rising lines every three points, each cut where it meets the edges of the shape."""
    left, top, right, bottom = box
    lines, level = [], left + top + 1.5
    while level < right + bottom:
        meets = sorted(_meets(corners, level))
        if len(meets) > 1 and meets[-1][0] - meets[0][0] > 0.1:
            (x1, y1), (x2, y2) = meets[0], meets[-1]
            lines.append(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}")
        level += 3.0
    return f'<path d="{"".join(lines)}" fill="none" stroke="{colour}" stroke-width="0.7"/>' if lines else ""


def _meets(corners: Sequence[tuple[float, float]], level: float) -> Iterator[tuple[float, float]]:
    """Where the line ``x + y = level`` crosses the edges of a shape."""
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        first, second = x1 + y1 - level, x2 + y2 - level
        if first * second <= 0 and first != second:
            share = first / (first - second)
            yield x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
