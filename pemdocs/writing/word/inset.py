"""Turn a passage that is narrower than its sheet, and what stands in the margin beside it, into paragraphs.

Only this module knows the columns of a page: the text, and beside it a margin for sources, links and short quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from lxml import etree

from pemdocs.writing.word.frame import Frame
from pemdocs.writing.word.markup import (
    TWIPS_PER_MM,
    W,
    apart,
    is_table,
    mark,
    paragraph,
    place,
    restyle,
    style_of,
    sub,
    twips,
)
from pemdocs.writing.word.numbering import BULLETS, HANGING, NUMBERS

MILLIMETRE = 72 / 25.4
HUNG = {"ListBullet": HANGING[BULLETS], "ListNumber": HANGING[NUMBERS], "ListContinue": HANGING[BULLETS]}
"""The points by which a style hangs in already."""
HEADINGS = ("Heading", "PemdocsHeading")
GUTTER = 7.0
"""Millimetres between the text and its margin, as in the style sheet."""
LETTER, LINE, BETWEEN = 0.5, 1.3, 2.0
"""How wide a letter and how high a line is, times its size; the points between two paragraphs."""
ASIDE = {"Quote": "PemdocsAsideQuote"}
"""The styles of a margin: what is not a quote is a remark."""

Fill = Callable[[etree._Element, etree._Element, Frame], None]


def write_inset(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append blocks with the insets of the theme: paragraphs are indented, tables and pictures as wide as is left."""
    before = len(out)
    left, right = (frame.book.theme.page[f"inset_{side}"] for side in ("left", "right"))
    if not left and not right:
        fill(element, out, frame)
        return
    inner = frame.narrowed(frame.width - round((left + right) * TWIPS_PER_MM))
    fill(element, out, inner)
    _below_aside(out, before, inner)
    for made in list(out)[before:]:
        if made.tag == W + "p" and made.find(f"{W}pPr/{W}framePr") is None:
            _indent(made, left * MILLIMETRE, right * MILLIMETRE)
        elif is_table(made) and left:
            indented(made, twips(left * MILLIMETRE))


BEHIND = tuple(W + name for name in ("tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"))
"""What a table's properties have behind its indent."""


def indented(table: etree._Element, width: str) -> None:
    """Indent a table by so many twips: its indent stands where the schema wants it."""
    indent = sub(table[0], "tblInd", w=width, type="dxa")
    behind = next((each for each in table[0] if each.tag in BEHIND), None)
    if behind is not None:
        behind.addprevious(indent)


def _indent(made: etree._Element, left: float, right: float) -> None:
    """Indent a paragraph; a heading keeps the hanging of its number."""
    own = (
        {}
        if style_of(made).startswith(HEADINGS) and not left
        else {"left": twips(left + HUNG.get(style_of(made), 0.0))}
    )
    mark(made, "ind", right=twips(right), **own)


def write_aside(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append what stands in the margin beside the block that follows: a frame of Word, which its paragraph carries.

    Without a margin it is a remark in the text.
    """
    room = frame.book.theme.page["inset_right"]
    if room:
        apart(out)
        _below_aside(out, 0, frame)
    before = len(out)
    wide = round((room - GUTTER) * TWIPS_PER_MM)
    fill(element, out, frame.narrowed(wide) if room else frame)
    for made in [each for each in list(out)[before:] if each.tag == W + "p"]:
        restyle(made, ASIDE.get(style_of(made), "PemdocsAside"))
        mark(made, "keepNext")
        if room:
            _into_margin(made, wide)
    if len(out) > before and is_table(out[-1]):
        paragraph(out, "PemdocsSpacer")


def _below_aside(out: etree._Element, first: int, frame: Frame) -> None:
    """Let what follows begin below the last remark in the margin, as far as one can tell: frames may overlap."""
    blocks = list(out)[first:]
    framed = [number for number, each in enumerate(blocks) if _is_framed(each)]
    if not framed or framed[-1] == len(blocks) - 1:
        return
    page, last = frame.book.theme.page, framed[-1]
    start = next(number for number in framed if framed[-1] - number == len([at for at in framed if at > number]))
    remark = _height(blocks[start : last + 1], page["inset_right"] - GUTTER, frame, "small")
    text = _height(blocks[last + 1 :], frame.width / TWIPS_PER_MM, frame, "body")
    if remark > text:
        gap = paragraph(out, "PemdocsSpacer")
        mark(gap, "spacing", before=twips(remark - text))


def _is_framed(made: etree._Element) -> bool:
    return made.find(f"{W}pPr/{W}framePr") is not None


def _height(blocks: Sequence[etree._Element], wide: float, frame: Frame, size: str) -> float:
    """About how many points blocks are high that are so many millimetres wide."""
    points = frame.book.theme.size[size]
    letters = wide * MILLIMETRE / points / LETTER
    rows = [each for block in blocks for each in block.iter(W + "p")]
    lines = sum(ceil(len("".join(map(str, each.itertext()))) / letters) or 1 for each in rows)
    return lines * points * LINE + len(rows) * BETWEEN


def _into_margin(made: etree._Element, wide: int) -> None:
    holder = etree.Element("holder")
    framed = {"w": str(wide), "hSpace": "0", "wrap": "around", "vAnchor": "text", "hAnchor": "margin"}
    place(made, sub(holder, "framePr", **framed, xAlign="right", y="1"))
