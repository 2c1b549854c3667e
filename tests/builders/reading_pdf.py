"""Read a tagged PDF back as a screen reader would, and a page's source as its author wrote it."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import outloud
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from pemdocs.model import Page

BLOCKS = frozenset(
    ("/P", "/H1", "/H2", "/H3", "/H4", "/TD", "/TH", "/Caption", "/Figure", "/LBody", "/Div", "/Sect", "/TOCI")
)
SVG_TEXT = "{http://www.w3.org/2000/svg}text"
Words = dict[tuple[int, int], str]


EDGE, FOOT = 60, 90
"""Points at the top and at the foot of a page in which only running lines stand."""


def unheard(path: Path) -> list[str]:
    """The rules that a PDF breaks for those who listen to it.

    No fault: that running lines are passed over, and that a small table with a head for each row and each column has
    more heads than values.
    """
    with pikepdf.open(path) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
    found = outloud.check(str(path))
    assert found.error is None
    errors = [each for each in found.sorted_findings() if each.severity == "error"]
    passed = {"TAG-002": lambda each: _running(each.boxes, heights[each.page - 1]), "TBL-010": _headed_both_ways}
    return [each.rule for each in errors if each.rule not in passed or not passed[each.rule](each)]


def _running(boxes: list[dict[str, float]], height: float) -> bool:
    return all(box["y0"] > height - EDGE or box["y1"] < FOOT for box in boxes)


def _headed_both_ways(finding: Any) -> bool:
    """Whether the heads are those of one row and one column: r + c + 1 of them around r × c values."""
    counted = re.fullmatch(r"header cells look shredded: (\d+) header cells against (\d+) data cells", finding.message)
    heads, values = map(int, counted.groups()) if counted else (0, 0)
    return any(rows * (heads - 1 - rows) == values for rows in range(1, heads - 1))


def read_pdf_text(content: bytes, *, running: bool = False) -> str:
    """The text in the logical order of the structure tree, a line for each block, drawn words of pictures included.

    Artifacts (running lines, repeated heads) are left out, and so are numbers and bullets (``Lbl``), which no source
    holds. With ``running``, what the running lines say once (the disclaimer) follows at the end.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        words = _words(content)
        spoken = "".join(_read(pdf.Root.StructTreeRoot.K, pages, words, None, running))
    return "\n".join(line for line in (" ".join(line.split()) for line in spoken.split("\n")) if line)


def source_text(page: Page, numbers: Mapping[str, object] = MappingProxyType({})) -> str:
    """The text of a page's source without its running lines, each picture by the words drawn in it, unspaced.

    ``numbers`` are the pages that lists of contents show, by the id of what stands there.
    """
    body = page.tree.find("body")
    assert body is not None
    blocks = (child for child in body if child.tag not in ("header", "footer"))
    return squeeze("".join(words for block in blocks for words in _source(block, page, numbers)))


def squeeze(words: str) -> str:
    """The words without any white space: lines break elsewhere in a source than on paper."""
    return "".join(words.split())


def elements(content: bytes) -> Iterator[tuple[str, str, str]]:
    """Every element of the structure tree in order: role, language in force, text of its own and of all below."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        words = _words(content)
        stack = [(kid, str(pdf.Root.Lang)) for kid in reversed(list(pdf.Root.StructTreeRoot.K))]
        while stack:
            element, around = stack.pop()
            language = str(element.get("/Lang", around))
            spoken = "".join(_read(element.K, pages, words, element.get("/Pg"), True))
            yield str(element.S)[1:], language, " ".join(spoken.split())
            kids = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
            stack += [(kid, language) for kid in reversed(kids)]


def _words(content: bytes) -> Words:
    """The characters of each piece of marked content, by page and number."""
    words: Words = {}
    pdf = pypdfium2.PdfDocument(content)
    for number, page in enumerate(pdf):
        said: dict[int, str] = {}
        characters = page.get_textpage()
        for place in range(characters.count_chars()):
            text = _address(pdfium.FPDFText_GetTextObject(characters.raw, place))
            said[text] = said.get(text, "") + _character(characters.raw, place)
        for text, mark in _texts(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, -1):
            if mark >= 0:
                words[number, mark] = words.get((number, mark), "") + said.get(text, "")
    pdf.close()
    return words


def _texts(holder: Any, count: Any, get: Any, around: int) -> Iterator[tuple[int, int]]:
    """The texts of a page, or of a form drawn on it, each with the number of the marked content that it stands in."""
    for place in range(count(holder)):
        drawn = get(holder, place)
        own = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        mark = around if own < 0 else own
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _address(drawn), mark
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _texts(drawn, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, mark)


def _address(drawn: Any) -> int:
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


def _character(page: Any, place: int) -> str:
    """A character; a hyphen at the end of a line too, which the library takes for one that hyphenation has set."""
    return "-" if pdfium.FPDFText_IsHyphen(page, place) == 1 else chr(pdfium.FPDFText_GetUnicode(page, place))


def _read(kids: object, pages: dict[tuple[int, int], int], words: Words, home: object, running: bool) -> Iterator[str]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:  # type: ignore[attr-defined]
        if not isinstance(kid, pikepdf.Dictionary):
            yield words.get((pages[home.objgen], int(kid)), "") + " "  # type: ignore[attr-defined]
        elif "/MCID" in kid:
            yield words.get((pages[kid.Pg.objgen], int(kid.MCID)), "") + " "
        elif "/S" in kid and kid.S != "/Lbl" and (running or "/T" not in kid):
            edge = "\n" if str(kid.S) in BLOCKS else ""
            yield edge
            yield from _read(kid.K, pages, words, kid.get("/Pg"), running)
            yield edge


def _source(element: etree._Element, page: Page, numbers: Mapping[str, object]) -> Iterator[str]:
    if element.get("class") == "page-of":
        yield str(numbers[element.get("data-ref", "")])
    if element.tag == "img":
        picture = page.pictures[element.get("src", "")]
        if picture.lstrip().startswith(b"<svg"):
            yield from ("".join(text.itertext()) for text in etree.fromstring(picture).iter(SVG_TEXT))
    yield element.text or ""
    for child in element:
        yield from _source(child, page, numbers)
        yield child.tail or ""
