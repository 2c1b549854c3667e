"""Turn the labels of marks on a line into flags that hang below it. Only this module knows how labels make way.

A flag hangs from a pole below its mark. Flags fly to the right, and are placed from the last mark to the first; those
without room there fly to the left and are placed from the first to the last. So a pole never has to pass a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pemdocs.pictures.drawing import strokes
from pemdocs.pictures.drawing.strokes import Label, Line

SMALL = 7.0
LEADING = 8.6
WIDEST = 120.0
"""Points of a label before it wraps."""
POLE = 3.0
"""Points between a pole and its label."""
APART = 6.0
"""Points between two labels side by side."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A label in its place: ``pole`` is the place of its mark, heights are counted from below the marks."""

    lines: tuple[Line, ...]
    pole: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Label:
    pole: float
    lines: tuple[Line, ...]
    room: float


def flags(labels: Iterable[tuple[float, Label]], left: float, right: float) -> tuple[Flag, ...]:
    """The labels, each given with the place of its mark, where none touches another one or another one's pole.

    A flag flies to the right where it ends before ``right``, or where to the left it would begin before ``left``.
    """
    placed: list[Flag] = []
    for label, leftwards in _order([_measured(pole, words) for pole, words in labels], left, right):
        start = label.pole - POLE - label.room if leftwards else label.pole + POLE
        top, high = 0.0, len(label.lines) * LEADING
        while any(_touches(each, start, start + label.room, top, top + high) for each in placed):
            top += LEADING
        placed.append(Flag(label.lines, label.pole, start, start + label.room, top, top + high))
    return tuple(placed)


def _measured(pole: float, label: Label) -> _Label:
    lines = tuple(strokes.lines(label, SMALL, SMALL, WIDEST))
    return _Label(pole, lines, max((strokes.width(words, SMALL) for _, words, _ in lines), default=0.0))


def _order(labels: Sequence[_Label], left: float, right: float) -> list[tuple[_Label, bool]]:
    """The labels in the order in which they are placed, and whether they fly to the left."""
    rightwards: list[tuple[_Label, bool]] = []
    leftwards: list[tuple[_Label, bool]] = []
    for label in sorted(labels, key=lambda label: -label.pole):
        if label.pole + POLE + label.room > right and label.pole - POLE - label.room >= left:
            leftwards.append((label, True))
            right = label.pole
        else:
            rightwards.append((label, False))
    return rightwards + sorted(leftwards, key=lambda each: each[0].pole)


def _touches(other: Flag, left: float, right: float, top: float, bottom: float) -> bool:
    """Whether a label in this place would touch another one, or the pole that one hangs from."""
    if top >= other.bottom:
        return False
    beside = left >= other.right + APART or right <= other.left - APART
    clear = left >= other.pole + POLE - 1 or right <= other.pole - POLE + 1
    return not clear or not (beside or bottom <= other.top)
