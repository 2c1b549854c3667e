"""Turn pictures into drawings. Only this module knows DrawingML and rasterises SVG.

An SVG stays a vector: Word since 2016 draws it; older ones, and viewers that cannot, show its PNG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.scans import photographs
from pemdocs.writing import raster
from pemdocs.writing.word.frame import Frame, text_height
from pemdocs.writing.word.markup import R, legal, sub, words_in

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
A = f"{{{DRAWING}}}"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PIC = f"{{{PICTURE}}}"
PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WP = f"{{{PLACED}}}"
VECTOR = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
VECTOR_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"

DOTS_PER_INCH = 300
LEAST = 0.1
EMU_PER_MM = 36000
EMU_PER_TWIP = 635
MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96, "": 25.4 / 96}
LENGTH = re.compile(r"\s*([0-9.]+)\s*(mm|cm|in|pt|pc|px|)\s*")
STYLE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9.]+)\s*(mm|cm|in|pt|pc|px|%)")
OUTSIDE = re.compile(r"\s*(?!data:image/(png|jpeg)[;,])[^#\s]")
LOADS = re.compile(r"@import|url\(\s*+['\"]?+\s*+(?!#)", re.IGNORECASE)


def draw(run: etree._Element, image: etree._Element, frame: Frame) -> None:
    """Append the picture of an ``img``, no wider than the frame and no taller than the sheet."""
    source = image.get("src", "")
    content = frame.book.page.pictures.get(source)
    if content is None:
        raise PemdocsError("picture-missing", picture=source)
    vector = _root(content, source) if _is_svg(content) else None
    natural = _size_of_svg(vector) if vector is not None else _size_of_dots(content, source)
    width, height = _fit(image, natural, frame)
    if vector is None:
        fit = photographs.fit(content, photographs.dots(width), source)
        _inline(run, image, frame, (width, height), _pixels(fit, frame), "")
    else:
        still = _pixels(raster.png(content, round(width / 25.4 * DOTS_PER_INCH), source), frame)
        _inline(run, image, frame, (width, height), still, _vector(content, frame))


def _is_svg(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


@lru_cache(maxsize=256)
def _root(content: bytes, source: str) -> etree._Element:
    """The parsed SVG, refused where it would load anything from outside itself."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PemdocsError("picture-unreadable", picture=source) from error
    if etree.QName(root).localname != "svg":
        raise PemdocsError("picture-unreadable", picture=source)
    if any(OUTSIDE.match(link) for link in _links(root)) or any(LOADS.search(text) for text in _styles(root)):
        raise PemdocsError("picture-not-self-contained", picture=source)
    return root


def _links(root: etree._Element) -> Iterator[str]:
    for node in root.iter(etree.Element):
        if etree.QName(node).localname != "a":
            yield from (str(value) for name, value in node.items() if str(name).rpartition("}")[2] == "href")


def _styles(root: etree._Element) -> Iterator[str]:
    for node in root.iter(etree.Element):
        if etree.QName(node).localname == "style":
            yield words_in(node)
        yield from (str(value) for value in node.attrib.values())


def _length(text: str | None) -> float | None:
    found = LENGTH.fullmatch(text or "")
    return float(found[1]) * MM[found[2]] if found else None


def _size_of_svg(root: etree._Element) -> tuple[float, float]:
    """Width and height in mm, from the root's own or from its viewBox, whose units are CSS pixels."""
    box = [float(number) for number in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))]
    across, down = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else (100.0, 100.0)
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return width, height
    if width or not height:
        width = width or across * MM["px"]
        return width, width * down / across
    return height * across / down, height


def _size_of_dots(content: bytes, source: str) -> tuple[float, float]:
    """Width and height in mm, a dot being a CSS pixel whatever the camera says, as in the PDF."""
    if not photographs.is_dots(content):
        raise PemdocsError("picture-unreadable", picture=source)
    across, down = photographs.size(content, source)
    return across * MM["px"], down * MM["px"]


def _fit(image: etree._Element, natural: tuple[float, float], frame: Frame) -> tuple[float, float]:
    """Width and height in mm: as the ``img`` asks, in proportion, and never beyond the frame."""
    room = frame.width * EMU_PER_TWIP / EMU_PER_MM
    limit = text_height(frame.book.theme, landscape=False) * EMU_PER_TWIP / EMU_PER_MM * 0.9
    around = image.getparent()
    kinds = around.get("class", "").split() if around is not None and around.tag == "figure" else []
    if "photo" in kinds and "bleed" not in kinds:
        limit = min(limit, photographs.TALLEST)
    asked = {name: float(number) * (room / 100 if unit == "%" else MM[unit])
             for name, number, unit in STYLE.findall(image.get("style", ""))}  # fmt: skip
    width, height = asked.get("width"), asked.get("height")
    if width is None and height is None:
        width, height = natural
    elif width is None:
        width = (height or 0) * natural[0] / natural[1]
    height = width * natural[1] / natural[0] if height is None else height
    width, height = max(width, LEAST), max(height, LEAST)
    scale = min(1.0, room / width, limit / height)
    return width * scale, height * scale


def _pixels(content: bytes, frame: Frame) -> str:
    """The relation to the one image part that has these bytes."""
    relation, _ = frame.part.get_or_add_image(BytesIO(content))
    return str(relation)


def _vector(content: bytes, frame: Frame) -> str:
    vectors, package = frame.book.vectors, frame.book.package
    if content not in vectors:
        name = PackURI(f"/word/media/vector{len(vectors) + 1}.svg")
        vectors[content] = Part(name, "image/svg+xml", content, package)
    return str(frame.part.relate_to(vectors[content], RELATIONSHIP_TYPE.IMAGE))


def _inline(
    run: etree._Element, image: etree._Element, frame: Frame, size: tuple[float, float], still: str, vector: str
) -> None:
    number = str(next(frame.book.drawings))
    across, down = (str(round(side * EMU_PER_MM)) for side in size)
    inline = etree.SubElement(
        sub(run, "drawing"), WP + "inline", dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
        nsmap={"wp": PLACED, "a": DRAWING, "pic": PICTURE},
    )  # fmt: skip
    etree.SubElement(inline, WP + "extent", cx=across, cy=down)
    _described(inline, legal(image.get("alt", "")), number)
    locks = etree.SubElement(etree.SubElement(inline, WP + "cNvGraphicFramePr"), A + "graphicFrameLocks")
    locks.set("noChangeAspect", "1")
    graphic = etree.SubElement(etree.SubElement(inline, A + "graphic"), A + "graphicData", uri=PICTURE)
    picture = etree.SubElement(graphic, PIC + "pic")
    names = etree.SubElement(picture, PIC + "nvPicPr")
    etree.SubElement(names, PIC + "cNvPr", id=number, name=f"Picture {number}")
    etree.SubElement(names, PIC + "cNvPicPr")
    _filled(picture, still, vector)
    _shaped(picture, across, down)


def _described(inline: etree._Element, alt: str, number: str) -> None:
    described = etree.SubElement(inline, WP + "docPr", id=number, name=f"Picture {number}", descr=alt)
    if not alt:
        _extension(described, DECORATIVE_EXTENSION, "decorative", "adec", DECORATIVE).set("val", "1")


def _filled(picture: etree._Element, still: str, vector: str) -> None:
    fill = etree.SubElement(picture, PIC + "blipFill")
    blip = etree.SubElement(fill, A + "blip", {R + "embed": still})
    if vector:
        _extension(blip, VECTOR_EXTENSION, "svgBlip", "asvg", VECTOR).set(R + "embed", vector)
    etree.SubElement(etree.SubElement(fill, A + "stretch"), A + "fillRect")


def _shaped(picture: etree._Element, across: str, down: str) -> None:
    shape = etree.SubElement(picture, PIC + "spPr")
    transform = etree.SubElement(shape, A + "xfrm")
    etree.SubElement(transform, A + "off", x="0", y="0")
    etree.SubElement(transform, A + "ext", cx=across, cy=down)
    etree.SubElement(etree.SubElement(shape, A + "prstGeom", prst="rect"), A + "avLst")


def _extension(parent: etree._Element, uri: str, name: str, prefix: str, namespace: str) -> Any:
    extension: Any = etree.SubElement(etree.SubElement(parent, A + "extLst"), A + "ext", uri=uri)
    return etree.SubElement(extension, f"{{{namespace}}}{name}", nsmap={prefix: namespace})
