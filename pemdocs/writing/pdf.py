"""Turn a ``Page`` into a PDF/A-3a that is PDF/UA-1 too. Only this module lays pages out with WeasyPrint."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

from lxml import etree

from pemdocs import model
from pemdocs.knowledge.systems import resting
from pemdocs.model import PemdocsError
from pemdocs.page import specimen
from pemdocs.project.theme import Theme
from pemdocs.scans import photographs
from pemdocs.writing import account, codes, tagging
from pemdocs.writing.engine import fonts, weasyprint
from pemdocs.writing.sheets import Heights, frames, marked, rules_of, variables

RUNNING = ("header", "footer")
BOUND = "\N{NO-BREAK SPACE}"
MILLIMETRES = 25.4 / 96
"""Millimetres in a CSS pixel."""
DECLARATION = re.compile(rb"</rdf:RDF>")
CLAIM = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""
"""PDF/UA-1 in the metadata, with the schema that PDF/A asks for (ISO 19005-3, 6.6.2.3; PDF/UA-1, clause 5)."""

Fetch = Callable[[str], Any]
T = TypeVar("T")


class Written(NamedTuple):
    """The bytes of a PDF, its number of pages, and how much of the last one is filled (0 to 1)."""

    content: bytes
    pages: int
    last: float


def write(page: model.Page, theme: Theme, stylesheets: tuple[str, ...]) -> Written:
    """Lay out a page and write it. The same page gives the same bytes.

    ``stylesheets`` are CSS texts, the house style first; they may use the theme as variables (``var(--colour-ink)``).
    Raises ``PemdocsError`` ``picture-missing`` for a source that is not among the page's pictures, whatever its
    scheme, and ``picture-unreadable`` for a picture that cannot be drawn (fact: ``picture``).
    """
    return _laid_out(page, theme, stylesheets, lambda source, sheets: _paint(page, source, sheets))


def page_numbers(page: model.Page, theme: Theme, stylesheets: tuple[str, ...]) -> dict[str, int]:
    """The page on which each element that has an id begins, by its id; raises the faults of ``write``."""
    return _laid_out(page, theme, stylesheets, lambda source, sheets: _places(_render(source, sheets)))


def count(page: model.Page, theme: Theme, stylesheets: tuple[str, ...]) -> int:
    """How many sheets the page takes; raises the faults of ``write``."""
    return _laid_out(page, theme, stylesheets, lambda source, sheets: len(_render(source, sheets).pages))


def _places(rendered: Any) -> dict[str, int]:
    places: dict[str, int] = {}
    for number, sheet in enumerate(rendered.pages, start=1):
        for name in sheet.anchors:
            places.setdefault(name, number)
    return places


def _laid_out(
    page: model.Page, theme: Theme, stylesheets: tuple[str, ...], use: Callable[[Any, tuple[str, ...]], T]
) -> T:
    """What comes of the page's source and all its stylesheets."""
    room = theme.page["width"] - theme.page["inside"] - theme.page["outside"]
    fetch = _fetcher({**page.pictures, **frames(theme)}, photographs.dots(room))
    try:
        with resting(), _no_losses():
            rules = _rules(page.tree, theme, stylesheets, fetch)
            return use(_source(page.tree, fetch), (*stylesheets, rules))
    except _fatal() as fault:
        raise PemdocsError("picture-missing", picture=str(fault)) from fault


def _rules(tree: etree._Element, theme: Theme, stylesheets: tuple[str, ...], fetch: Fetch) -> str:
    """The rules that depend on the theme and on this page: sheets of paper with room for their running lines."""
    upright, wide = (theme.page["width"], theme.page["height"]), (theme.page["height"], theme.page["width"])
    papers = [("", upright)]
    if any("landscape" in section.get("class", "").split() for section in tree.iter("section")):
        papers.append(("landscape", wide))
    rules = [variables(theme), marked(theme) if any(map(specimen.is_mark, next(tree.iter("body")))) else ""]
    for name, paper in papers:
        room = paper[0] - theme.page["inside"] - theme.page["outside"]
        first, others = _measure(tree, theme, stylesheets, room, fetch)
        rules += [rules_of(name, paper, theme, others), rules_of(f"{name}:first", paper, theme, first)]
    return "\n".join(rules)


def _measure(
    tree: etree._Element, theme: Theme, stylesheets: tuple[str, ...], room: float, fetch: Fetch
) -> tuple[Heights, Heights]:
    """The heights of the running lines on the first page and on the others, laid out by themselves.

    A margin does not grow with what it holds, so what it must hold has to be known before.
    """
    if not any(child.tag in RUNNING for child in next(tree.iter("body"))):
        return Heights(0, 0), Heights(0, 0)
    probe = deepcopy(tree)
    measured = next(probe.iter("body"))
    measured[:] = [child for child in measured if child.tag in RUNNING and not specimen.is_mark(child)]
    flat = f"{variables(theme)}@page{{size:{room:g}mm 5000mm;margin:0}}header,footer{{position:static!important}}"
    rendered = _render(_source(probe, fetch), (*stylesheets, flat))
    heights: dict[tuple[str, bool], float] = {}
    for box in _running(rendered.pages[0]._page_box):
        heights[box.element.tag, box.element.get("class") == "first"] = box.margin_height() * MILLIMETRES
    others = {tag: heights.get((tag, False), 0.0) for tag in RUNNING}
    first = {tag: heights.get((tag, True), others[tag]) for tag in RUNNING}
    return Heights(**first), Heights(**others)


def _running(box: Any) -> Iterator[Any]:
    if box.element_tag in RUNNING:
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _running(child)


def _source(tree: etree._Element, fetch: Fetch) -> Any:
    """The tree as WeasyPrint takes it: the first page's running lines before the others, headings with bookmarks."""
    tree = deepcopy(tree)
    body = next(tree.iter("body"))
    for line in [child for child in body if child.tag in RUNNING and child.get("class") == "first"]:
        body.insert(0, line)
    for heading in tree.iter("h1", "h2", "h3"):
        heading.set("data-bookmark", " ".join(" ".join(map(str, heading.itertext())).split()))
    for number in [span for span in tree.iter("span") if span.get("class") == "page-of"]:
        _into_link(number)
    cells = {span for cell in tree.iter("td", "th") for span in cell.iter("span")}
    for span in [span for span in tree.iter("span") if span in cells or span.get("class") == "mark"]:
        _apart(span)
    for aside in [each for each in tree.iter("div") if each.get("class") == "aside"]:
        _whole(aside)
    return weasyprint().HTML(string=etree.tostring(tree, encoding="unicode", method="html"), url_fetcher=fetch)


def _apart(mark: etree._Element) -> None:
    """Put the words before a mark into a span of their own, the last one with the mark where it is bound to it.

    Where words fill their line so that the mark goes to the next, WeasyPrint parts them after the first word.
    """
    before, parent = mark.getprevious(), mark.getparent()
    words = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    bound = words.endswith(BOUND)
    if not words.strip():
        if bound and before is not None:
            _borrow(before, mark)
        return
    words, last = _parted(words) if bound else (words.rstrip(), "")
    span = etree.Element("span")
    span.text, span.tail = words, " " if words else ""
    mark.addprevious(span)
    if before is not None:
        before.tail = None
    elif parent is not None:
        parent.text = None
    if bound:
        _together(mark, last)


def _borrow(before: etree._Element, mark: etree._Element) -> None:
    """Bind a mark to the last word of the passage before it; one of several lines lends none."""
    head, last = ("", "") if len(before) else _parted(before.text or "")
    before.tail = " " if head or not last else ""
    if last:
        before.text = head
        _together(mark, last, before)


def _parted(words: str) -> tuple[str, str]:
    """The words of a text without the last one, and the last one."""
    head, _, last = words.rstrip().rpartition(" ")
    return head, last


def _together(mark: etree._Element, word: str, like: etree._Element | None = None) -> None:
    """A mark on one line with the word before it, which is set ``like`` the words before that."""
    span = etree.Element("span", style="white-space:nowrap")
    mark.addprevious(span)
    span.tail, mark.tail = mark.tail, None
    last = etree.SubElement(span, "span")
    last.attrib.update({} if like is None else like.attrib)
    last.text, last.tail = word, BOUND
    span.append(mark)


def _whole(aside: etree._Element) -> None:
    """Put what stands in the margin into a box that is never parted: WeasyPrint parts a float at a page’s end."""
    whole = etree.Element("div", {"class": "whole"})
    whole.text, aside.text = aside.text, None
    whole[:] = list(aside)
    aside.append(whole)


def _into_link(number: etree._Element) -> None:
    """Put a page number into the link before it, so that the whole line of a list leads to its target."""
    link = number.getprevious()
    if link is not None:
        link.append(number)
    number.set("data-ref", f"#{number.get('data-ref', '')}")


def _render(source: Any, stylesheets: tuple[str, ...]) -> Any:
    return source.render(font_config=fonts(), stylesheets=[_css(text) for text in stylesheets], cache={})


def _paint(page: model.Page, source: Any, stylesheets: tuple[str, ...]) -> Written:
    rendered = _render(source, stylesheets)
    metadata, moment = rendered.metadata, f"{page.modified.isoformat()}T00:00:00Z"
    metadata.title, metadata.authors, metadata.description = page.title, [page.author], page.subject
    metadata.created = metadata.modified = moment
    metadata.lang, metadata.generator = page.languages[0], "pemdocs"
    metadata.attachments = account.attachments(page)
    for sheet in rendered.pages:  # WeasyPrint would make each passage inside a link one more place to stop at
        sheet.links = [link for link in sheet.links if link[-1].element_tag == "a"]
    heard = [tagging.painting(sheet) for sheet in rendered.pages]

    def finish(_: Any, pdf: Any) -> None:
        paintings = [painting for sheet in heard for painting in sheet]
        for number, painting in enumerate(paintings if page.code else (), start=1):
            codes.draw(painting, codes.payload(page.code, number, len(paintings)))
        tagging.retag(pdf, source.etree_element, paintings)
        _claim(pdf)
        account.settle(pdf)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the file of its colour profile open
        content = rendered.write_pdf(pdf_variant="pdf/a-3a", finisher=finish)
    sheet = rendered.pages[-1]._page_box
    return Written(content, len(rendered.pages), min(1.0, sheet.children[0].margin_height() / sheet.height))


def _claim(pdf: Any) -> None:
    """Add to the metadata that the file is PDF/UA-1: WeasyPrint writes one standard at a time."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [DECLARATION.sub(lambda _: CLAIM, b"\n".join(metadata.stream))]


def _fetcher(pictures: Mapping[str, bytes], dots: int = 0) -> Fetch:
    """A fetcher that knows the page's pictures and nothing else: no file, no network. None is wider than ``dots``."""
    urls = weasyprint().urls

    def fetch(url: str) -> Any:
        content = pictures.get(url, pictures.get(unquote(url)))
        if content is None:
            raise urls.FatalURLFetchingError(url)
        if photographs.is_dots(content):
            content = photographs.fit(content, dots, url)
        return urls.URLFetcherResponse(url, content)

    return fetch


def _fatal() -> type[BaseException]:
    fatal: type[BaseException] = weasyprint().urls.FatalURLFetchingError
    return fatal


@lru_cache(maxsize=32)
def _css(text: str) -> Any:
    """A parsed stylesheet, which may import nothing."""
    return weasyprint().CSS(string=text, font_config=fonts(), url_fetcher=_fetcher({}))


@contextmanager
def _no_losses() -> Iterator[None]:
    """Raise for a picture that WeasyPrint would leave out with no more than a line in its log."""
    lost: list[str] = []

    def listen(record: logging.LogRecord) -> bool:
        if record.msg.startswith("Failed to") and isinstance(record.args, tuple):
            lost.append(str(record.args[0]))
        return True

    logger = logging.getLogger("weasyprint")
    logger.addFilter(listen)
    try:
        yield
    finally:
        logger.removeFilter(listen)
    if lost:
        raise PemdocsError("picture-unreadable", picture=unquote(lost[0]))
