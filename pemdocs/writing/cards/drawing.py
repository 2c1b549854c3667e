"""Turn what a card says into its picture. Only this module knows where things stand on a card; all lengths are dots."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from pemdocs.model import Page
from pemdocs.pictures import vector
from pemdocs.pictures.drawing import strokes
from pemdocs.project.theme import Theme
from pemdocs.scans import photographs
from pemdocs.writing.cards.content import EMBLEM, Card

SIZES = ((1200, 675), (1080, 1080))
EDGE, STRIP = 56.0, 104.0
"""The least distance of words from the edges, and how high the white strip of the emblem and the logos is."""

STATEMENT = 360.0
"""How wide the statement of the funding may be."""

SERIF = 1.13
"""So many times wider than the letters of the text are those of titles."""

LEADING = 1.22
SMALLEST = 12.0
GAP = 26.0
NARROW, LARGER = 620.0, 1.35
"""How wide words stand on the narrowest card, and how much larger they are at most on a wider one."""

PALE = 0.22
"""How much of the white is left in words that matter less."""


class Box(NamedTuple):
    """A place on the card: left, top, width, height."""

    left: float
    top: float
    wide: float
    high: float


class Set(NamedTuple):
    """Words in lines that fit their place, in a size."""

    lines: tuple[str, ...]
    size: float

    @property
    def high(self) -> float:
        """How high the lines are together."""
        return len(self.lines) * self.size * LEADING


def draw(card: Card, size: tuple[int, int], page: Page, theme: Theme, marks: Sequence[str]) -> bytes:
    """A card as an SVG of this size; ``marks`` are the sources of the emblem and the logos."""
    wide, high = size
    root = etree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "width": str(wide), "height": str(high),
                                 "viewBox": f"0 0 {wide} {high}"})  # fmt: skip
    _rect(root, Box(0, 0, wide, high), theme.colour["accent"])
    room = Box(0, 0, wide, high - STRIP)
    if card.photograph is not None:
        picture, room = _parted(room)
        _photograph(root, card, page, picture)
        _credit(root, card.photograph.credit, picture, theme)
    _words(root, card, room, theme)
    _strip(root, card, page, Box(0, high - STRIP, wide, STRIP), theme, marks)
    return etree.tostring(root, encoding="utf-8")


def _parted(room: Box) -> tuple[Box, Box]:
    """The place of the photograph and that of the words: side by side where it is wide, else one over the other."""
    if room.wide > room.high * 1.4:
        part = round(room.wide * 0.4)
        return Box(0, 0, part, room.high), Box(part, 0, room.wide - part, room.high)
    part = round(room.high * 0.44)
    return Box(0, 0, room.wide, part), Box(0, part, room.wide, room.high - part)


def _words(root: etree._Element, card: Card, room: Box, theme: Theme) -> None:
    """What the card says, the title or the quote as large as its place lets it be."""
    inner = Box(room.left + EDGE, room.top + EDGE, room.wide - 2 * EDGE, room.high - 2 * EDGE + 14)
    paper, pale, larger = theme.colour["paper"], _pale(theme), min(LARGER, max(1.0, inner.wide / NARROW))
    label = fitted(" · ".join(filter(None, (card.mark, card.label))), inner.wide, 60, 25 * larger)
    level = _lines(root, label, inner.left, inner.top - 8, pale, theme.font["body"].pdf)
    below = [*_below(card, inner.wide, larger)]
    used = level - inner.top + 2 * GAP + sum(each.high for each, _ in below)
    title = fitted(card.quote or card.title, inner.wide, inner.high - used, 60 * larger, SERIF)
    spare = max(0.0, inner.high - used - title.high)
    level = _lines(root, title, inner.left, level + GAP * 0.6 + spare * 0.35, paper, theme.font["display"].pdf)
    level += GAP + min(spare * 0.15, 40)
    for number, (each, bold) in enumerate(below):
        if not number and card.value:
            _rect(root, Box(inner.left, level - GAP / 2, 72, 5), paper)
            level += 8
        colour = paper if bold else pale
        level = _lines(root, each, inner.left, level, colour, theme.font["body"].pdf, bold=bold)


def _below(card: Card, wide: float, larger: float) -> list[tuple[Set, bool]]:
    """What stands under the title: the figure over what it is of; who says the quote, and in which publication."""
    if card.quote:
        return [(fitted(card.who, wide, 110, 27 * larger), True), (fitted(card.title, wide, 100, 24 * larger), False)]
    if card.value:
        return [(fitted(card.value, wide, 170, 66 * larger), True), (fitted(card.told, wide, 110, 27 * larger), False)]
    return [(fitted(card.told, wide, 150, 30 * larger), False)] if card.told else []


def fitted(words: str, wide: float, high: float, most: float, factor: float = 1.0) -> Set:
    """The words as large as this place lets them be, no word broken as long as they can be read."""
    size = most
    while True:
        lines = strokes.wrap(words, size * factor, wide)
        whole = all(strokes.width(word, size * factor) <= wide for word in words.split(" "))
        if size <= SMALLEST or (whole and len(lines) * size * LEADING <= high):
            return Set(lines, size)
        size = max(SMALLEST, size * 0.96)


def _lines(
    root: etree._Element, what: Set, left: float, top: float, colour: str, family: str, *, bold: bool = False
) -> float:
    """Write lines, and say where the place below them begins."""
    for number, line in enumerate(what.lines):
        level = top + what.size * (0.95 + number * LEADING)
        told = {"x": f"{left:.1f}", "y": f"{level:.1f}", "font-size": f"{what.size:.2f}", "fill": colour,
                "font-family": f"{family}, sans-serif"}  # fmt: skip
        etree.SubElement(root, "text", told | ({"font-weight": "bold"} if bold else {})).text = line
    return top + what.high


def _pale(theme: Theme) -> str:
    """White with a little of the ground in it."""
    accent, paper = (int(theme.colour[name][1:], 16) for name in ("accent", "paper"))
    parts = (((paper >> shift & 255) * (1 - PALE) + (accent >> shift & 255) * PALE) for shift in (16, 8, 0))
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _photograph(root: etree._Element, card: Card, page: Page, box: Box) -> None:
    source = card.photograph.source if card.photograph else ""
    content = photographs.fit(
        photographs.cropped(page.pictures[source], box.wide, box.high, source), int(box.wide), source
    )
    media = "png" if content.startswith(photographs.PIXELS[0]) else "jpeg"
    _image(root, content, f"image/{media}", box, "xMidYMid slice")


def _credit(root: etree._Element, credit: str, box: Box, theme: Theme) -> None:
    """Who took the photograph, on a dark band at its foot."""
    if credit:
        words = fitted(credit, box.wide - 24, 40, 17)
        band = Box(box.left, box.top + box.high - words.high - 10, box.wide, words.high + 10)
        _rect(root, band, theme.colour["ink"], "0.72")
        _lines(root, words, band.left + 12, band.top + 4, theme.colour["paper"], theme.font["body"].pdf)


def _strip(root: etree._Element, card: Card, page: Page, box: Box, theme: Theme, marks: Sequence[str]) -> None:
    """The emblem with the statement of the funding on the left, the logos on the right, on white."""
    _rect(root, box, "#ffffff")
    high, level = 56.0, box.top + (box.high - 56) / 2
    left = box.left + 32
    if EMBLEM in page.pictures:
        left += _mark(root, page.pictures[EMBLEM], left, level, high) + 18
    statement = fitted(card.statement, STATEMENT, 60, 23)
    _lines(
        root, statement, left, box.top + (box.high - statement.high) / 2, "#003399", theme.font["body"].pdf, bold=True
    )
    right = box.left + box.wide - 32
    for source in reversed(marks):
        content = page.pictures.get(source, b"")
        if source != EMBLEM and vector.is_svg(content):
            across = _across(content, high)
            right -= across
            if right > left + STATEMENT:
                _mark(root, content, right, level, high)
            right -= 14


def _across(content: bytes, high: float) -> float:
    wide, tall = _box(content)
    return high * wide / tall


def _box(content: bytes) -> tuple[float, float]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    _, _, wide, tall = (float(part) for part in root.get("viewBox", "0 0 3 2").replace(",", " ").split())
    return wide, tall


def _mark(root: etree._Element, content: bytes, left: float, top: float, high: float) -> float:
    """Draw a logo, and say how wide it is."""
    across = _across(content, high)
    _image(root, content, "image/svg+xml", Box(left, top, across, high), "xMidYMid meet")
    return across


def _image(root: etree._Element, content: bytes, media: str, box: Box, fit: str) -> None:
    told = {"x": f"{box.left:g}", "y": f"{box.top:g}", "width": f"{box.wide:g}", "height": f"{box.high:g}",
            "preserveAspectRatio": fit, "href": f"data:{media};base64,{b64encode(content).decode()}"}  # fmt: skip
    etree.SubElement(root, "image", told)


def _rect(root: etree._Element, box: Box, colour: str, opacity: str = "1") -> None:
    etree.SubElement(root, "rect", {"x": f"{box.left:g}", "y": f"{box.top:g}", "width": f"{box.wide:g}",
                                    "height": f"{box.high:g}", "fill": colour, "fill-opacity": opacity})  # fmt: skip
