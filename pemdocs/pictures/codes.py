"""Turn words into the squares of a code that telephones read. Only this module knows segno."""

from __future__ import annotations

import segno

from pemdocs.pictures.drawing import strokes

QUIET = 4
"""Squares of white around a code (ISO/IEC 18004, 9.1)."""


def squares(words: str) -> list[bytes]:
    """The rows of a code, a byte for each square: 1 where it is dark."""
    return [bytes(row) for row in segno.make(words, error="m", micro=False, boost_error=True).matrix]


def svg(words: str) -> bytes:
    """A code as a picture, with the white that it needs around it."""
    rows = squares(words)
    side = len(rows) + 2 * QUIET
    dark = "".join(
        f"M{place + QUIET} {number + QUIET}h1v1h-1z"
        for number, row in enumerate(rows)
        for place, square in enumerate(row)
        if square
    )
    shapes = [f'<path d="M0 0h{side}v{side}h-{side}z" fill="#ffffff"/>', f'<path d="{dark}" fill="#000000"/>']
    return strokes.document(side, side, shapes)
