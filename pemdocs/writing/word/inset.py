"""Turn a passage that is narrower than its sheet into paragraphs with indents on both sides."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from pemdocs.writing.word.frame import Frame
from pemdocs.writing.word.markup import W, mark, style_of, twips
from pemdocs.writing.word.numbering import BULLETS, HANGING, NUMBERS

MILLIMETRE = 72 / 25.4
HUNG = {"ListBullet": HANGING[BULLETS], "ListNumber": HANGING[NUMBERS], "ListContinue": HANGING[BULLETS]}
"""The points by which a style hangs in already."""

Fill = Callable[[etree._Element, etree._Element, Frame], None]


def write_inset(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append blocks with the insets of the theme."""
    before = len(out)
    fill(element, out, frame)
    left, right = (frame.book.theme.page[f"inset_{side}"] * MILLIMETRE for side in ("left", "right"))
    if not left and not right:
        return
    for made in list(out)[before:]:
        if made.tag == W + "p":
            mark(made, "ind", left=twips(left + HUNG.get(style_of(made), 0.0)), right=twips(right))
