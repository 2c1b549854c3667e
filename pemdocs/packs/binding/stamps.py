"""Turn lines of text into stamps at the foot of pages. Only this module knows where a stamp stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count, groupby

import pikepdf
from lxml import etree

from pemdocs.model import Page, PemdocsError
from pemdocs.project.theme import Theme
from pemdocs.writing import pdf

WIDTH, HEIGHT = 180.0, 8.0
"""Millimetres of the band that a stamp takes, centred at the bottom edge of the page as it is read."""
PAPER = Theme(
    colour={},
    font={},
    size={},
    page={"width": WIDTH, "height": HEIGHT, "top": 0.0, "bottom": 0.0, "inside": 0.0, "outside": 0.0, "edge": 0.0},
    space={},
    align={},
    frame={},
    fit={},
)
STYLE = """
body { margin: 0; }
p { margin: 0; padding-top: 0.6mm; font: 8pt/3mm Carlito, sans-serif; font-variant-numeric: lining-nums;
    font-variant-ligatures: none; font-kerning: none; color: #1b2330; white-space: pre; }
"""
EPOCH = date(2000, 1, 1)
PIXEL = 0.75
"""Points in a pixel of style sheets."""

SIZE = re.compile(r"/\S+ ([\d.]+) Tf")
BASELINE = re.compile(r"1 0 0 -1 [\d.-]+ ([\d.]+) Tm")
COLOUR = re.compile(r"([\d.]+ [\d.]+ [\d.]+ rg)")
GLYPH = re.compile(r"^<([0-9a-f]{4})> <((?:[0-9a-f]{4}){1,2})>$", re.MULTILINE)
"""The code of a glyph and its letter, as a font tells them."""

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


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in a font: the font's name there, the code of its glyph, its width in thousandths of the size."""

    font: str
    code: str
    width: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A line with every letter that is needed, set once by the writer of PDFs: its letters, and how it is set."""

    letters: Mapping[str, Letter]
    fonts: pikepdf.Object
    colour: str
    size: float
    low: float


def draw(lines: Sequence[str]) -> Strips:
    """A stamp for each line, on a band ``WIDTH`` by ``HEIGHT``."""
    body = etree.Element("body")
    etree.SubElement(body, "p").text = "".join(sorted(set("".join(lines)) | {"0"}))
    tree = etree.Element("html", lang="mul")
    tree.append(body)
    content = pdf.write(Page(tree, {}, "", ("mul",), "", "", EPOCH), PAPER, (STYLE,)).content
    file = pikepdf.open(BytesIO(content))
    sample = _sample(file.pages[0])
    return Strips(file, tuple(_strip(file, sample, line) for line in lines))


def _sample(page: pikepdf.Page) -> Sample:
    orders = b"".join(bytes(each.read_bytes()) for each in _streams(page.obj.Contents)).decode("latin-1")
    size, low, colour = SIZE.search(orders), BASELINE.search(orders), COLOUR.search(orders)
    if size is None or low is None or colour is None:
        raise PemdocsError("document-failed", reason="stamps")
    letters: dict[str, Letter] = {}
    for name, font in page.resources.Font.items():
        widths = _widths(font.DescendantFonts[0].W)
        for code, word in GLYPH.findall(bytes(font.ToUnicode.read_bytes()).decode("ascii")):
            letter = bytes.fromhex(word).decode("utf-16-be")
            letters.setdefault(letter, Letter(name, code, widths.get(int(code, 16), 500.0)))
    height = float(page.mediabox[3])
    return Sample(letters, page.resources.Font, colour[1], float(size[1]) * PIXEL, height - float(low[1]) * PIXEL)


def _streams(contents: pikepdf.Object) -> list[pikepdf.Object]:
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _widths(run: pikepdf.Object) -> dict[int, float]:
    """The widths of glyphs from pairs of a first code and the widths from there on (ISO 32000-1, 9.7.4.3)."""
    parts = list(run)
    found: dict[int, float] = {}
    for first, widths in zip(parts[::2], parts[1::2], strict=True):
        found |= {int(first) + at: float(each) for at, each in enumerate(widths)}
    return found


def _strip(file: pikepdf.Pdf, sample: Sample, line: str) -> pikepdf.Object:
    """A line in the middle of its band; smaller where it would be longer than that."""
    letters = [sample.letters[each] for each in line if each in sample.letters]
    across, down = (each * 72 / 25.4 for each in (WIDTH, HEIGHT))
    natural = sum(each.width for each in letters) / 1000 * sample.size
    size = sample.size * min(1.0, across / natural) if natural else sample.size
    left = (across - natural * size / sample.size) / 2
    runs = " ".join(
        f"{font} {size:.3f} Tf <{''.join(each.code for each in run)}> Tj"
        for font, run in groupby(letters, lambda each: each.font)
    )
    form = file.make_stream(f"BT {sample.colour} 1 0 0 1 {left:.3f} {sample.low:.3f} Tm {runs} ET".encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, round(across, 3), round(down, 3)])
    form.Resources = pikepdf.Dictionary(Font=sample.fonts)
    return form


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
