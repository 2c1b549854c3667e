"""Turn block elements into paragraphs and tables. Only this module knows which style a block takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.writing.word import captions, contents, framed, inline, inset, references, sections, tables
from pemdocs.writing.word.frame import PROSE, Frame, text_width
from pemdocs.writing.word.markup import (
    W,
    apart,
    close_story,
    is_table,
    mark,
    paragraph,
    place,
    restyle,
    style_of,
    sub,
    twips,
    words_in,
)
from pemdocs.writing.word.numbering import new_list

CENTRED = "PemdocsCentre"
AFTERWORD = "PemdocsSmall"
"""What is said in small below a passage."""
PARAGRAPHS = {
    "subtitle": "Subtitle",
    "lead": "PemdocsLead",
    "small": "PemdocsSmall",
    "key": "PemdocsKeyFigure",
    "note": "PemdocsNote",
    "pending": "PemdocsPending",
    "meta": "PemdocsMeta",
    "disclaimer": "PemdocsDisclaimer",
    "signature": "PemdocsSignature",
    "caption": "Caption",
    "source": "PemdocsSource",
    "centre": CENTRED,
    "motto": "PemdocsMotto",
    "party": "PemdocsParty",
    "about": "PemdocsAbout",
    "numbers": "PemdocsNumbers",
    "countersigned": "PemdocsCountersigned",
    "stamp": "PemdocsStamp",
    "finding": "PemdocsFinding",
    "huge": "PemdocsHuge",
}
HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3"}
UNNUMBERED = {"h2": "PemdocsHeading1Plain", "h3": "PemdocsHeading2Plain"}
LINES = "PemdocsLines"
"""The style of a list that has no signs before its lines."""
LISTS = frozenset({"ul", "ol"})
PLAIN = LISTS | {"p"}
GUTTER = 360
PARALLEL = "PemdocsParallel"
SHORT = 800


def write_flow(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    """Append the content of an element: blocks as they are, loose inline content as paragraphs of the frame's style."""
    frame = frame.of(element)
    loose: list[inline.Node] = []
    for node in inline.nodes_of(element):
        if isinstance(node, str) or node.tag in inline.TAGS:
            loose.append(node)
            continue
        _loose(loose, out, frame)
        write_block(node, out, frame)
    _loose(loose, out, frame)


def write_block(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    """Append one block element. Raises ``PemdocsError`` ``layout-unknown-element`` (fact: ``element``)."""
    block = BLOCKS.get(str(element.tag))
    if block is None:
        raise PemdocsError("layout-unknown-element", element=str(element.tag))
    block(element, out, frame.of(element))


def _loose(loose: list[inline.Node], out: etree._Element, frame: Frame) -> None:
    made = paragraph(out, frame.dress.text)
    if not inline.write_inline(made, loose, frame):
        out.remove(made)
    loose.clear()


def _classes(element: etree._Element) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def _styled(element: etree._Element, known: Mapping[str, str], otherwise: str) -> str:
    return next((known[kind] for kind in element.get("class", "").split() if kind in known), otherwise)


def _paragraph(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    style = _styled(element, PARAGRAPHS, frame.dress.text)
    if style == CENTRED and frame.dress is not PROSE:
        made = paragraph(out, frame.dress.text)
        mark(made, "jc", val="center")
    else:
        made = paragraph(out, style)
    inline.write_inline(made, inline.nodes_of(element), frame)
    if _introduces(element):
        mark(made, "keepNext")
    if style == AFTERWORD:
        _keep_above(made)
    references.bookmark(element, made, frame)


def _keep_above(made: etree._Element) -> None:
    """Keep an afterword with the paragraph, or the two side by side, that it belongs to."""
    above = made.getprevious()
    if above is not None and style_of(above) == PARALLEL:
        tables.keep_end(above)
    elif above is not None and above.tag == W + "p":
        mark(above, "keepNext")


def _introduces(element: etree._Element) -> bool:
    """Whether a passage stands before a list, or alone between a heading and a table or figure."""
    before, after = element.getprevious(), element.getnext()
    if after is None:
        return False
    return _is_list(after) or (before is not None and before.tag in HEADINGS and after.tag in ("table", "figure"))


def _is_list(element: etree._Element) -> bool:
    """Whether an element is a list, or lists side by side."""
    return element.tag in LISTS or (
        "parallel" in _classes(element) and all(side.tag in LISTS for side in element.iterfind("div/*"))
    )


def _heading(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    known = UNNUMBERED if "plain" in _classes(element) else HEADINGS
    made = paragraph(out, known.get(str(element.tag), HEADINGS[str(element.tag)]))
    inline.write_inline(made, inline.nodes_of(element), frame)
    inline.lighten(made)
    references.bookmark(element, made, frame)


def _numbered(number: str) -> etree._Element:
    holder = etree.Element("holder")
    made = sub(holder, "numPr")
    sub(made, "ilvl", val="0")
    sub(made, "numId", val=number)
    return made


def _list(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    ordered = element.tag == "ol"
    style = frame.dress.number if ordered else LINES if "lines" in _classes(element) else frame.dress.bullet
    number = new_list(frame.book.numbering, style, int(element.get("start", "1"))) if ordered else ""
    for item in element:
        if isinstance(item.tag, str):
            _item(item, out, frame.of(item), style, number)
    if len(out) and not is_table(out[-1]) and frame.dress is PROSE:
        gap = frame.book.theme.space["paragraph"] * (2 if style == LINES else 1)
        mark(out[-1], "spacing", after=twips(gap))


def _item(item: etree._Element, out: etree._Element, frame: Frame, style: str, number: str) -> None:
    """The first paragraph carries the mark, the further ones stand under it."""
    if item.tag != "li":
        raise PemdocsError("layout-unknown-element", element=str(item.tag))
    before = len(out)
    write_flow(item, out, replace(frame, dress=replace(frame.dress, text=frame.dress.further)))
    first = next((child for child in list(out)[before:] if not is_table(child)), None)
    if first is None:
        first = paragraph(out, style)
    restyle(first, style)
    if number:
        place(first, _numbered(number))


def _section(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    kinds = _classes(element)
    if "landscape" in kinds:
        sections.turn(out, sections.LANDSCAPE)
        write_flow(element, out, replace(frame, width=text_width(frame.book.theme, landscape=True)))
        sections.turn(out, sections.UPRIGHT)
        return
    if "new-page" in kinds:
        sections.turn(out, sections.NEW_PAGE)
    write_flow(element, out, frame)


def _division(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    kinds = _classes(element)
    if "parallel" in kinds:
        _parallel(element, out, frame)
    elif "box" in kinds:
        framed.write_box(element, out, frame, write_flow)
    elif "front" in kinds:
        framed.write_front(element, out, frame, write_flow)
    elif "keep" in kinds:
        _kept(element, out, frame)
    elif "measure" in kinds:
        inset.write_inset(element, out, frame, write_flow)
    elif "aside" in kinds:
        inset.write_aside(element, out, frame, write_flow)
    else:
        _section(element, out, frame)


def _kept(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    """Blocks that stay on one page, as far as there is room on one."""
    before = len(out)
    write_flow(element, out, frame)
    for made in list(out)[before:-1]:
        for inner in made.iter(W + "p"):
            mark(inner, "keepNext")


def _table(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    caption = element.find("caption")
    made = [] if caption is None else captions.write_caption(caption, out, frame.of(caption))
    for each in made:
        mark(each, "keepNext")
    last = "apart" in _classes(element)
    if last and len(out):
        tables.keep_end(out[-1])  # the end of a paper does not stand on a page of its own
    apart(out, wide=last)
    tables.write_table(element, out, frame, write_flow)
    if _is_explained(element):
        tables.keep_end(out[-1])
    if made:
        references.bookmark(element, made[0], frame)
    else:
        references.bookmark_first(element, out[-1], frame)


def _is_explained(element: etree._Element) -> bool:
    """Whether a note stands right below a table, which says what is in it."""
    after = element.getnext()
    return after is not None and after.tag == "p" and "note" in _classes(after)


def _quote(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    framed.write_quote(element, out, frame, write_flow)


def _parallel(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    """One row for each pair of blocks, so that the languages stay level; one row where the blocks do not pair."""
    sides = [side for side in element if isinstance(side.tag, str)]
    widths = tables.shares([1.0] * len(sides), frame.width)
    table = _parallel_above(out, len(sides))
    if table is None:
        apart(out)
        table = tables.new_table(out, PARALLEL, widths, first_row=False)
    for row_of_blocks in _levels(sides):
        row = tables.new_row(table, head=False, whole=_is_short(row_of_blocks))
        for number, (side, blocks, width) in enumerate(zip(sides, row_of_blocks, widths, strict=True)):
            left, right = GUTTER // 2 * (number > 0), GUTTER // 2 * (number < len(sides) - 1)
            cell = tables.new_cell(row, width, margins=(left, right))
            _side(side, blocks, cell, frame.of(side).narrowed(width - left - right))
        if _introduces(element):
            for made in row.iter(f"{W}p"):
                mark(made, "keepNext")


def _parallel_above(out: etree._Element, columns: int) -> etree._Element | None:
    """The table that stands right above, if it is of the same make: passages that follow each other share one."""
    last = out[-1] if len(out) else None
    if last is None or not is_table(last) or style_of(last) != PARALLEL:
        return None
    return last if len(last[1]) == columns else None


def _is_short(blocks: list[list[etree._Element] | None]) -> bool:
    """Whether a row may stay in one piece: short blocks, which a page would cut into single lines."""
    return (
        all(block.tag in PLAIN and len(words_in(block)) < SHORT for column in blocks for block in column or ())
        and None not in blocks
    )


def _levels(sides: list[etree._Element]) -> Iterator[list[list[etree._Element] | None]]:
    blocks = [[block for block in side if isinstance(block.tag, str)] for side in sides]
    paired = len({len(column) for column in blocks}) == 1
    if paired and blocks[0] and not any(_has_loose_text(side) for side in sides):
        for level in zip(*blocks, strict=True):
            yield [[block] for block in level]
    else:
        yield [None] * len(sides)


def _has_loose_text(side: etree._Element) -> bool:
    return any(node.strip(" \t\r\n\f") if isinstance(node, str) else node.tag in inline.TAGS
               for node in inline.nodes_of(side))  # fmt: skip


def _side(side: etree._Element, blocks: list[etree._Element] | None, cell: etree._Element, frame: Frame) -> None:
    if blocks is None:
        write_flow(side, cell, frame)
    for block in blocks or ():
        write_block(block, cell, frame)
    close_story(cell)


def _skip(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    """Running lines and captions have been written where they belong."""


BLOCKS: Mapping[str, Callable[[etree._Element, etree._Element, Frame], None]] = MappingProxyType({
    **dict.fromkeys(HEADINGS, _heading),
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "figure": captions.write_figure,
    "blockquote": _quote,
    "nav": contents.write_list,
    "section": _section,
    "div": _division,
    "header": _skip,
    "footer": _skip,
})  # fmt: skip
