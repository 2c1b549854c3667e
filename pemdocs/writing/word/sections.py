"""Turn the marks of landscape sections and new pages into Word's sections. Only this module knows page setup."""

from __future__ import annotations

from lxml import etree

from pemdocs.project.theme import Theme
from pemdocs.writing.word.markup import (
    TWIPS_PER_MM,
    W,
    element,
    is_table,
    mark,
    paragraph,
    place,
    spacer,
    style_of,
    sub,
)

LANDSCAPE = "landscape"
UPRIGHT = "upright"
NEW_PAGE = "new-page"
TURN = "turn"
HEADINGS = frozenset({"Heading1", "Heading2", "PemdocsHeading1Plain", "PemdocsHeading2Plain", "TOCHeading"})


def turn(out: etree._Element, to: str) -> None:
    """Leave a mark that the following blocks stand on a landscape or upright sheet, or on a new page."""
    etree.SubElement(out, TURN, to=to)


def close(body: etree._Element, theme: Theme) -> None:
    """Replace the marks by section breaks and page breaks, and end the body with the last section's setup."""
    direction, ended, fresh = UPRIGHT, None, True
    for child in list(body):
        if child.tag != TURN:
            if fresh and ended is not None:
                _start_at_top(child)
            fresh = False
        elif child.get("to") == NEW_PAGE:
            _break_page(child, fresh)
        else:
            if not fresh:
                ended, fresh = _end(child, direction, theme), True
            direction = child.get("to", UPRIGHT)
        if child.tag == TURN:
            body.remove(child)
    if len(body) and is_table(body[-1]):
        spacer(body)
    if fresh and ended is not None:
        body.append(ended)
    else:
        body.append(setup(theme, direction))


def setup(theme: Theme, direction: str) -> etree._Element:
    """A section's ``sectPr``: sheet and margins of the theme."""
    made = element("sectPr")
    sub(made, "type", val="nextPage")
    size = {name: _twips(theme.page[name]) for name in ("width", "height")}
    if direction == LANDSCAPE:
        sub(made, "pgSz", w=size["height"], h=size["width"], orient="landscape")
    else:
        sub(made, "pgSz", w=size["width"], h=size["height"])
    margins = {"top": "top", "right": "outside", "bottom": "bottom", "left": "inside"}
    sides = {side: _twips(theme.page[name]) for side, name in margins.items()}
    distance = _twips(theme.page["edge"])
    sub(made, "pgMar", **sides, header=distance, footer=distance, gutter="0")
    _frame(made, theme)
    sub(made, "cols", space="708")
    return made


def _frame(made: etree._Element, theme: Theme) -> None:
    """The lines around the sheet; Word counts their distance in points, 31 at the most."""
    sides = [side for side in ("top", "left", "bottom", "right") if theme.frame[side]]
    if not sides:
        return
    borders = sub(made, "pgBorders", offsetFrom="page")
    drawn = "double" if theme.frame["lines"] > 1 else "single"
    space = str(min(round(theme.frame["distance"] * 72 / 25.4), 31))
    for side in sides:
        colour = theme.colour["accent"][1:].upper()
        sub(borders, side, val=drawn, sz=str(round(theme.frame[side] * 8)), space=space, color=colour)


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS_PER_MM))


def _end(at: etree._Element, direction: str, theme: Theme) -> etree._Element:
    """End a section before the mark: its last paragraph holds the setup, or a tiny one after a table."""
    last = at.getprevious()
    made = setup(theme, direction)
    if last is None or is_table(last) or last.find(f"{W}pPr/{W}sectPr") is not None:
        body = at.getparent()
        assert body is not None, "marks stand in the body"  # noqa: S101
        last = paragraph(body, "PemdocsSpacer")
        at.addprevious(last)
    place(last, made)
    return made


def _break_page(at: etree._Element, fresh: bool) -> None:
    """Start a page at the mark, unless the section starts there anyway."""
    following = at.getnext()
    while following is not None and following.tag == TURN and following.get("to") == NEW_PAGE:
        following = following.getnext()
    body = at.getparent()
    if fresh or following is None or body is None or following.tag == TURN:
        return
    if is_table(following):
        tiny = paragraph(body, "PemdocsSpacer")
        at.addprevious(tiny)
        following = tiny
    mark(following, "pageBreakBefore")
    _start_at_top(following)


def _start_at_top(made: etree._Element) -> None:
    """A heading that opens a page needs no space above."""
    if style_of(made) in HEADINGS:
        mark(made, "spacing", before="0")
