"""How much of each page of PDF files is filled: ``python tests/filled.py out/**/*.pdf``.

A page is filled as far down as there is ink between its running lines: its last page apart, one filled less than
four fifths was ended by what did not fit, and is worth a look. ``wide`` is the share of the width that ink reaches.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops

SCALE = 1.0
"""Pixels to a point."""
HEAD, FOOT = 22.0, 24.0
"""Millimetres of the running lines, as in the theme of the house."""
PALE = 12
"""Steps of grey that are still paper."""


class Filled(NamedTuple):
    """Shares of one that a page is filled: down, across, and by ink in all."""

    down: float
    wide: float
    ink: float


def filled(page: Image.Image, head: float = HEAD, foot: float = FOOT) -> Filled:
    """How far a page is filled between its running lines; 0 where there is nothing."""
    across, down = page.size
    top, bottom = round(head / 297 * down), round(down - foot / 297 * down)
    body = page.convert("L").crop((0, top, across, bottom))
    dark = ImageChops.invert(body).point(lambda each: 255 if each > PALE else 0)
    box = dark.getbbox()
    if box is None:
        return Filled(0.0, 0.0, 0.0)
    return Filled(box[3] / body.height, (box[2] - box[0]) / across, dark.histogram()[255] / (body.width * body.height))


def pages(path: Path) -> list[Filled]:
    """Every page of a PDF."""
    with pypdfium2.PdfDocument(path) as file:
        return [filled(page.render(scale=SCALE).to_pil()) for page in file]


def main() -> None:
    """Print a line for each file: the share of each page, the last in brackets, and those below four fifths."""
    for name in sys.argv[1:]:
        found = pages(Path(name))
        told = [f"{each.down:.0%}" for each in found]
        told[-1] = f"({told[-1]})"
        low = [number for number, each in enumerate(found[:-1], start=1) if each.down < 0.8]
        sys.stdout.write(f"{name}: {' '.join(told)}{'  below: ' + ', '.join(map(str, low)) if low else ''}\n")


if __name__ == "__main__":
    main()
