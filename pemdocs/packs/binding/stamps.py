"""Turn lines of text into stamps at the foot of pages. Only this module knows where a stamp stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count

import pikepdf
from lxml import etree

from pemdocs.model import Page
from pemdocs.project.theme import Theme
from pemdocs.writing import pdf

WIDTH, HEIGHT = 180.0, 8.0
"""Millimetres of the band that a stamp takes, centred at the bottom edge of the page as it is read."""
PAPER = Theme(
    colour={},
    font={},
    size={},
    page={"width": WIDTH, "height": HEIGHT, "top": 0.0, "bottom": 0.0, "inside": 0.0, "outside": 0.0},
    space={},
    align={},
)
STYLE = """
body { margin: 0; }
p { margin: 0; padding-top: 0.6mm; font: 8pt/3mm Carlito, sans-serif; font-variant-numeric: lining-nums;
    color: #1b2330; text-align: center; white-space: nowrap; break-after: page; }
p:last-child { break-after: auto; }
"""
EPOCH = date(2000, 1, 1)
MARKS = {"BDC", "BMC", "EMC"}
USED = ("/Font", "/ExtGState")
DRAWING = b"\nQ\n/Artifact <</Type /Pagination>> BDC\nq %b cm %b Do Q\nEMC\n"


@dataclass(frozen=True, slots=True)
class Strips:
    """Drawn stamps as form XObjects, all in one embedded subset of the font, and the file that they live in."""

    file: pikepdf.Pdf
    forms: tuple[pikepdf.Object, ...]

    @property
    def intents(self) -> pikepdf.Object:
        """The output intent of a PDF/A whose colours are sRGB."""
        return self.file.make_indirect(self.file.Root.OutputIntents)


def draw(lines: Sequence[str]) -> Strips:
    """A stamp for each line, on a band ``WIDTH`` by ``HEIGHT``."""
    body = etree.Element("body")
    for line in lines:
        etree.SubElement(body, "p").text = line
    tree = etree.Element("html", lang="mul")
    tree.append(body)
    content, _ = pdf.write(Page(tree, {}, "", ("mul",), "", "", EPOCH), PAPER, (STYLE,))
    file = pikepdf.open(BytesIO(content))
    return Strips(file, tuple(file.make_indirect(_unmarked(file, page)) for page in file.pages))


def _unmarked(file: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """A page as a form, with what it uses and without the marks of a structure that a stamp has no part in."""
    orders = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) not in MARKS]
    page.obj.Contents = file.make_stream(pikepdf.unparse_content_stream(orders))
    page.obj.Resources = pikepdf.Dictionary({key: page.resources[key] for key in USED})
    return page.as_form_xobject()


def place(page: pikepdf.Page, stamp: pikepdf.Object) -> None:
    """Stamp a page at its bottom edge as it is read, whatever its ``/Rotate``; narrow pages get a smaller stamp."""
    taken = page.resources.get("/XObject", pikepdf.Dictionary())
    name = next(name for name in map("/Stamp{}".format, count(1)) if name not in taken)
    page.add_resource(stamp, pikepdf.Name.XObject, pikepdf.Name(name))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(DRAWING % (_matrix(page, stamp).encode(), name.encode()))


def _matrix(page: pikepdf.Page, stamp: pikepdf.Object) -> pikepdf.Matrix:
    """From the stamp's own space to the page's, which is turned clockwise by ``/Rotate`` when it is read."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    turn = page.rotation % 360
    width = top - bottom if turn in (90, 270) else right - left
    length = float(stamp.BBox[2]) - float(stamp.BBox[0])
    scale = min(1.0, width / length)
    corners = {90: (0, 1, -1, 0, right, bottom), 180: (-1, 0, 0, -1, right, top), 270: (0, -1, 1, 0, left, top)}
    corner = pikepdf.Matrix(*corners.get(turn, (1, 0, 0, 1, left, bottom)))
    return corner.translated((width - scale * length) / 2, 0).scaled(scale, scale)
