"""Turn the markup of a block into paragraphs and tables of Word, in the look of the paragraph whose place they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pemdocs.words.language import TAGS
from pemdocs.writing.own.cleaning import PARSER
from pemdocs.writing.word.markup import SPACE, W, element, sub

HANGING = {"left": "425", "hanging": "283"}
UPPER, LOWER = "heading 2", "heading 3"
LINES = ("top", "left", "bottom", "right", "insideH", "insideV")
NOT_COPIED = frozenset(W + name for name in ("numPr", "ind", "pageBreakBefore", "sectPr", "keepNext", "pBdr", "tabs"))
PROPERTIES = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "sz", "szCs",
              "highlight", "u", "lang")  # fmt: skip
"""The properties of a run that are set here or stand beside them, in the order that the schema asks."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the properties of its paragraph and run, the ids of the template's styles by their names,
    the width in twips, the language of the document."""

    paragraph: etree._Element | None
    run: etree._Element | None
    styles: Mapping[str, str]
    width: int
    language: str


def blocks(parts: tuple[tuple[str, str], ...], place: Place) -> Iterator[etree._Element]:
    """The paragraphs and tables of a block, one language after the other."""
    for language, words in parts:
        for node in etree.fromstring(f"<div>{words}</div>", PARSER):
            yield from _block(node, language, place)


def _block(node: Any, language: str, place: Place) -> Iterator[etree._Element]:
    if node.tag in ("ul", "ol"):
        for number, item in enumerate(node, 1):
            yield _item(item, "•" if node.tag == "ul" else f"{number}.", language, place)
    elif node.tag in ("h3", "h4"):
        style = place.styles.get(UPPER if node.tag == "h3" else LOWER, "")
        yield _paragraph(node, language, place, style=style, bold=not style)
    elif node.tag == "table":
        yield _table(node, language, place)
    elif node.tag == "div":
        yield _signature(node, language, place)
    else:
        yield _paragraph(node, language, place)


def _paragraph(node: Any, language: str, place: Place, style: str = "", *, bold: bool = False) -> etree._Element:
    made = element("p")
    properties = sub(made, "pPr") if style else _properties(made, place, bare=False)
    if style:
        sub(properties, "pStyle", val=style)
    _runs(node, made, language, place if not style else _unset(place), bold=bold)
    return made


def _unset(place: Place) -> Place:
    """The place without the look of its run, where a style gives one."""
    return Place(place.paragraph, None, place.styles, place.width, place.language)


def _properties(made: etree._Element, place: Place, *, bare: bool) -> etree._Element:
    """The properties of the paragraph whose place it takes; ``bare`` of what moves or frames it."""
    properties = deepcopy(place.paragraph) if place.paragraph is not None else element("pPr")
    for child in list(properties):
        if child.tag == W + "sectPr" or (bare and child.tag in NOT_COPIED):
            properties.remove(child)
    made.append(properties)
    return properties


def _item(node: Any, sign: str, language: str, place: Place) -> etree._Element:
    """An item: in the template's own list style where it has one, else behind a sign of its own."""
    made, style = element("p"), place.styles.get("list bullet" if sign == "•" else "", "")
    if style:
        sub(sub(made, "pPr"), "pStyle", val=style)
        _runs(node, made, language, _unset(place))
        return made
    properties = _properties(made, place, bare=True)
    _insert(properties, "ind", HANGING)
    run = _run(made, place, language)
    _text(run, sign)
    sub(run, "tab")
    _runs(node, made, language, place)
    return made


BEFORE_INDENT = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
                 "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
                 "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
                 "snapToGrid", "spacing")  # fmt: skip


def _insert(properties: etree._Element, name: str, attributes: Mapping[str, str]) -> None:
    """Put the indent of a paragraph where the schema asks for it."""
    before = [child for child in properties if etree.QName(child).localname in BEFORE_INDENT]
    made = element(name)
    for key, value in attributes.items():
        made.set(W + key, value)
    properties.insert(len(before), made)


def _runs(node: Any, made: etree._Element, language: str, place: Place, **look: bool) -> None:
    """The words of a node and of what is inside it, each in a run."""
    if node.text:
        _text(_run(made, place, language, **look), node.text)
    for child in node:
        if child.tag == "br":
            sub(_run(made, place, language), "br")
        elif child.tag == "a":
            link = sub(made, "fldSimple", instr=f'HYPERLINK "{child.get("href", "")}"')
            _runs(child, link, language, place, underline=True)
        else:
            inner = {**look, **{"strong": {"bold": True}, "em": {"italic": True}}.get(child.tag, {})}
            _runs(child, made, child.get("lang", language), place, **inner)
        if child.tail:
            _text(_run(made, place, language, **look), child.tail)


def _run(made: etree._Element, place: Place, language: str, **look: bool) -> etree._Element:
    run = sub(made, "r")
    properties = deepcopy(place.run) if place.run is not None else element("rPr")
    run.append(properties)
    for name, wanted in (("b", look.get("bold")), ("i", look.get("italic"))):
        if wanted:
            put(properties, name)
    if look.get("underline"):
        put(properties, "u", "single")
    if language != place.language:
        put(properties, "lang", TAGS.get(language, language))
    return run


def put(properties: etree._Element, name: str, value: str = "") -> None:
    """Set a property of a run, in its place."""
    made = properties.find(W + name)
    if made is None:
        rank = PROPERTIES.index(name)
        made = element(name)
        later = (number for number, child in enumerate(properties) if _rank(child) > rank)
        properties.insert(next(later, len(properties)), made)
    if value:
        made.set(W + "val", value)


def _rank(child: etree._Element) -> int:
    name = etree.QName(child).localname
    return PROPERTIES.index(name) if name in PROPERTIES else PROPERTIES.index("color")


def _text(run: etree._Element, words: str) -> None:
    text = sub(run, "t")
    text.text = words
    text.set(SPACE, "preserve")


def _table(node: Any, language: str, place: Place) -> etree._Element:
    made = element("tbl")
    columns = len(node[0])
    each = max(place.width // columns, 400)
    properties = sub(made, "tblPr")
    style = place.styles.get("table grid")
    if style:
        sub(properties, "tblStyle", val=style)
    sub(properties, "tblW", w="5000", type="pct")
    if not style:
        borders = sub(properties, "tblBorders")
        for side in LINES:
            sub(borders, side, val="single", sz="4", space="0", color="auto")
    grid = sub(made, "tblGrid")
    for _ in range(columns):
        sub(grid, "gridCol", w=str(each))
    for row in node:
        _row(row, made, each, language, place)
    return made


def _row(row: Any, table: etree._Element, width: int, language: str, place: Place) -> None:
    made = sub(table, "tr")
    head = row[0].tag == "th"
    settings = sub(made, "trPr")
    sub(settings, "cantSplit")
    if head:
        sub(settings, "tblHeader")
    for cell in row:
        inside = sub(made, "tc")
        sub(sub(inside, "tcPr"), "tcW", w=str(width), type="dxa")
        paragraph = sub(inside, "p")
        _properties(paragraph, place, bare=True)
        _runs(cell, paragraph, language, place, bold=head)


def _signature(node: Any, language: str, place: Place) -> etree._Element:
    """Room for ink over a line, the words below it; nothing of it is parted."""
    made = element("tbl")
    properties = sub(made, "tblPr")
    wide = str(min(place.width, 4500))
    sub(properties, "tblW", w=wide, type="dxa")
    sub(sub(made, "tblGrid"), "gridCol", w=wide)
    for number, line in enumerate([None, *node]):
        row = sub(made, "tr")
        settings = sub(row, "trPr")
        sub(settings, "cantSplit")
        if line is None:
            sub(settings, "trHeight", val="1134", hRule="atLeast")
        cell = sub(row, "tc")
        look = sub(cell, "tcPr")
        sub(look, "tcW", w=wide, type="dxa")
        if number == 1:
            sub(sub(look, "tcBorders"), "top", val="single", sz="4", space="0", color="auto")
        paragraph = sub(cell, "p")
        settings = _properties(paragraph, place, bare=True)
        _tighten(settings)
        _keep(settings, last=number == len(node))
        if line is not None:
            _runs(line, paragraph, language, place)
    return made


def _tighten(properties: etree._Element) -> None:
    """No air around the lines of a signature, whatever the style of their paragraph has."""
    for spacing in properties.findall(W + "spacing"):
        properties.remove(spacing)
    before = [child for child in properties if etree.QName(child).localname in BEFORE_INDENT]
    spacing = element("spacing")
    spacing.set(W + "before", "0")
    spacing.set(W + "after", "0")
    properties.insert(len(before), spacing)


def _keep(properties: etree._Element, *, last: bool) -> None:
    if not last:
        style = properties.find(W + "pStyle")
        properties.insert(0 if style is None else 1, element("keepNext"))
