"""What a test reads from a picture: its words, where they lie, the corners of its shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import resvg_py
from lxml import etree

from pemdocs.pictures.drawing import strokes

SVG = "{http://www.w3.org/2000/svg}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ALLOWED = {SVG + name for name in ("svg", "rect", "path", "text", "circle")}


def words(svg: bytes) -> list[str]:
    return ["".join(map(str, text.itertext())) for text in etree.fromstring(svg).iter(SVG + "text")]


def size(svg: bytes) -> tuple[float, float]:
    """Width and height in millimetres."""
    root = etree.fromstring(svg)
    return float(root.get("width", "").removesuffix("mm")), float(root.get("height", "").removesuffix("mm"))


def texts(svg: bytes) -> Iterator[tuple[str, float, float, float]]:
    """Each text with its left and right end and its base line, in points."""
    for text in etree.fromstring(svg).iter(SVG + "text"):
        said = "".join(map(str, text.itertext()))
        wide = strokes.width(said, float(text.get("font-size", "")), bold="font-weight" in text.attrib)
        x = float(text.get("x", "")) - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor", ""), 0)
        yield said, x, x + wide, float(text.get("y", ""))


def edges(svg: bytes) -> Iterator[tuple[float, float]]:
    """Left and right end of each text, in points."""
    return ((left, right) for _, left, right, _ in texts(svg))


def places(svg: bytes) -> Iterator[tuple[float, float]]:
    """Every corner of every line and shape, in points."""
    for path in etree.fromstring(svg).iter(SVG + "path"):
        for pair in re.split("[ML]", path.get("d", "").strip("Z")):
            if pair:
                x, y = pair.split()
                yield float(x), float(y)
    for rect in etree.fromstring(svg).iter(SVG + "rect"):
        x, y, wide, high = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        yield from ((x, y), (x + wide, y + high))


def plainly_drawn(svg: bytes) -> bool:
    """Whether only what both renderers draw alike is used."""
    tree = etree.fromstring(svg)
    styled = any("class" in element.attrib or "style" in element.attrib for element in tree.iter())
    drawn = resvg_py.svg_to_bytes(svg_string=svg.decode(), dpi=96)
    return {element.tag for element in tree.iter()} <= ALLOWED and not styled and bool(drawn)


def grey(colour: str) -> str:
    """A colour as a printer without colour shows it, in five steps."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{round((0.299 * red + 0.587 * green + 0.114 * blue) / 64)}"
