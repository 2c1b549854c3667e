"""Turn the name of a version into the code that each of its pages bears: which paper, which version, which page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.pictures.codes import squares

SIDE = 15.0
"""Millimetres that a code is wide with its dark squares alone: smaller ones do not survive a bad scan."""

EDGE = 4.5
"""Millimetres from the edges of the paper, which printers leave white."""

QUIET = 2.0
"""Millimetres of white beside a code."""

POINTS = 72 / 25.4


def payload(code: str, page: int, pages: int) -> str:
    """What the code on a page says."""
    return f"{code}:{page}/{pages}"


def draw(painted: Any, text: str) -> None:
    """Draw a code into the lower corner of a painted page, beside its text, as an artifact that is not read aloud."""
    commands = painted.stream.stream
    commands.append(b"/Artifact BMC q 1 1 1 rg")
    commands.append(_quiet(painted.page.width * 0.75, painted.page.height * 0.75))
    commands.append(b"0 0 0 rg")
    commands.extend(_rectangles(text, painted.page.width * 0.75, painted.page.height * 0.75))
    commands.append(b"Q EMC")


def _quiet(width: float, height: float) -> bytes:
    """The white around a code, over whatever frame a sheet has."""
    side = (EDGE + SIDE + QUIET) * POINTS
    return f"{width - side:.3f} {height - side:.3f} {side:.3f} {side:.3f} re f".encode()


def _rectangles(text: str, width: float, height: float) -> Iterator[bytes]:
    """The dark squares, those side by side in one; measured from the upper left corner, as the page is painted."""
    rows = squares(text)
    module = SIDE * POINTS / len(rows)
    left, top = width - (EDGE + SIDE) * POINTS, height - (EDGE + SIDE) * POINTS
    for number, row in enumerate(rows):
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            x, y = left + start * module, top + number * module
            yield f"{x:.3f} {y:.3f} {(end - start) * module:.3f} {module:.3f} re".encode()
            start = end
    yield b"f"
