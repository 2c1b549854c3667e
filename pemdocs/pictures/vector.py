"""Turn an SVG into one that holds shapes, words and pictures and nothing else, which every writer embeds as it is.

No script, no animation, no foreign content, no document type and nothing from outside passes; what would be too much to
draw is refused by ``LIMITS``.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.scans import photographs


class Limits(NamedTuple):
    """How much a drawing may be. ``drawn`` counts each part as often as it is shown, ``longest`` is width to height."""

    bytes: int = 5_000_000
    drawn: int = 100_000
    longest: float = 200.0
    millimetres: float = 5_000.0
    dots: int = 4_000


LIMITS = Limits()

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
NAMES: Any = {None: SVG, "xlink": XLINK}
HREF = f"{{{XLINK}}}href"

_SHAPES = """svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc
linearGradient radialGradient stop clipPath mask pattern marker image style switch a"""
SHAPES = frozenset(_SHAPES.split())
"""What a drawing may hold; ``a`` becomes a group. Filters are not among them: no two writers draw the same."""

UNKEPT = frozenset({"href", "filter", "target", "baseProfile"})
DATA = re.compile(r"\s*data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
LOADS = re.compile(r"@import|\\|url\(\s*+['\"]?+\s*+(?!#)|expression\(|-moz-binding", re.IGNORECASE)
"""What loads from outside in a style sheet, and the sign that could hide it."""

REFERS = re.compile(r"url\(\s*['\"]?#([^)'\"]+)")
LENGTH = re.compile(r"\s*\+?([0-9.]+(?:e[+-]?[0-9]+)?)\s*(mm|cm|in|pt|pc|px|)\s*", re.IGNORECASE)
MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96, "": 25.4 / 96}
SIDE = 100.0
"""Pixels of a side where a drawing says nothing of its size."""


def is_svg(content: bytes) -> bool:
    """Whether a picture is text that may be an SVG, rather than dots."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


@lru_cache(maxsize=64)
def safe(content: bytes, source: str) -> bytes:
    """The drawing, bare of everything else. The same again where it is safe already.

    Raises ``PemdocsError``: ``picture-unreadable``, ``picture-not-self-contained``, ``picture-too-heavy``.
    """
    if len(content) > LIMITS.bytes:
        raise PemdocsError("picture-too-heavy", picture=source)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PemdocsError("picture-unreadable", picture=source) from error
    if _name(root) != "svg" or next(root.iter(etree.Entity), None) is not None:
        raise PemdocsError("picture-unreadable", picture=source)
    bare = etree.Element(f"{{{SVG}}}svg", nsmap=NAMES)
    _copy(root, bare, source)
    _size(bare, source)
    _weigh(bare, source)
    told = sorted(bare.attrib.items())
    bare.attrib.clear()
    bare.attrib.update(told)
    return bytes(etree.tostring(bare, encoding="utf-8"))


def _name(node: etree._Element) -> str:
    """The name of an element of SVG, be its namespace declared or not; empty for any other."""
    name = etree.QName(node)
    return name.localname if name.namespace in (SVG, None) else ""


def _copy(node: etree._Element, bare: etree._Element, source: str) -> None:
    bare.text, bare.tail = node.text, node.tail
    if _name(node) == "style" and LOADS.search(node.text or ""):
        raise PemdocsError("picture-not-self-contained", picture=source)
    for name, value in _attributes(node, source):
        bare.set(name, value)
    for child in node.iterchildren(etree.Element):
        if _name(child) in SHAPES:
            shape = "g" if _name(child) == "a" else _name(child)
            _copy(child, etree.SubElement(bare, f"{{{SVG}}}{shape}"), source)


def _attributes(node: etree._Element, source: str) -> Iterator[tuple[str, str]]:
    for name, value in sorted(node.attrib.items()):
        qualified, text = etree.QName(name), str(value)
        script = qualified.localname.lower().startswith("on")
        if qualified.namespace is None and qualified.localname not in UNKEPT and not script:
            yield qualified.localname, _contained(text, source)
    link = node.get(HREF, node.get("href", ""))
    if link and _name(node) != "a":
        yield HREF, _link(link, source)


def _contained(text: str, source: str) -> str:
    if LOADS.search(text):
        raise PemdocsError("picture-not-self-contained", picture=source)
    return text


def _link(link: str, source: str) -> str:
    """A link to a part of the drawing, or a picture inside it, made fit for a page."""
    inside = DATA.fullmatch(link)
    if inside:
        try:
            dots = photographs.fit(b64decode(inside[1]), LIMITS.dots, source)
        except ValueError as error:
            raise PemdocsError("picture-unreadable", picture=source) from error
        form = "png" if dots.startswith(photographs.PIXELS[0]) else "jpeg"
        return f"data:image/{form};base64,{b64encode(dots).decode()}"
    if not link.strip().startswith("#"):
        raise PemdocsError("picture-not-self-contained", picture=source)
    return link.strip()


def _size(root: etree._Element, source: str) -> None:
    """Say width and height in full, so that no writer has to guess them."""
    box = _numbers(root.get("viewBox", ""))
    across, down = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else (SIDE, SIDE)
    width, height = _length(root.get("width")), _length(root.get("height"))
    if not (width and height):
        width = width or (height * across / down if height else across * MM["px"])
        height = height or width * down / across
        root.set("width", f"{width:.4f}mm")
        root.set("height", f"{height:.4f}mm")
        if len(box) != 4:
            root.set("viewBox", f"0 0 {across:g} {down:g}")
    sides = (width, height), (across, down)
    if any(max(pair) > LIMITS.longest * min(pair) for pair in sides) or max(sides[0]) > LIMITS.millimetres:
        raise PemdocsError("picture-too-heavy", picture=source)


def _numbers(text: str) -> list[float]:
    try:
        return [float(each) for each in re.split(r"[\s,]+", text.strip())] if text.strip() else []
    except ValueError:
        return []


def _length(text: str | None) -> float | None:
    found = LENGTH.fullmatch(text or "")
    try:
        return float(found[1]) * MM[found[2].lower()] if found else None
    except ValueError:
        return None


def _weigh(root: etree._Element, source: str) -> None:
    """Refuse what shows its parts too often, or within themselves."""
    named = {node.get("id", ""): node for node in root.iter(etree.Element) if node.get("id")}
    weights: dict[etree._Element, int] = {}
    if _weight(root, named, weights, set()) > LIMITS.drawn:
        raise PemdocsError("picture-too-heavy", picture=source)


def _weight(
    node: etree._Element,
    named: Mapping[str, etree._Element],
    weights: dict[etree._Element, int],
    open_: set[etree._Element],
) -> int:
    """How much is drawn for a part with all that it refers to; too much, where that leads back to itself."""
    if node in open_:
        return LIMITS.drawn + 1
    if node not in weights:
        open_.add(node)
        parts = [*node.iterchildren(etree.Element), *(named[each] for each in _referred(node) if each in named)]
        weights[node] = min(LIMITS.drawn + 1, 1 + sum(_weight(each, named, weights, open_) for each in parts))
        open_.discard(node)
    return weights[node]


def _referred(node: etree._Element) -> Iterator[str]:
    for value in node.attrib.values():
        yield from REFERS.findall(str(value))
    link = node.get(HREF, "")
    if link.startswith("#"):
        yield link[1:]
