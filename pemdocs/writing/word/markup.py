"""Turn names and values into WordprocessingML elements. Only this module knows their order."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ROOT = f'xmlns:w="{NAMESPACE}"'

TWIPS_PER_MM = 1440 / 25.4
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "numPr", "spacing", "ind", "jc", "sectPr",
)  # fmt: skip
"""The properties that are set on a paragraph itself, in the order that the schema asks."""


HEADINGS = frozenset({
    "Heading1", "Heading2", "Heading3", "PemdocsHeading1Plain", "PemdocsHeading2Plain", "TOCHeading",
    "PemdocsBoxHeading1", "PemdocsBoxHeading2",
})  # fmt: skip
"""They keep their own distances, above and below."""
OWN_BELOW = HEADINGS | {"Caption", "Subtitle"}
AIRLESS = frozenset({"PemdocsSpacer", "PemdocsGap"})
ABOVE_TABLE, BELOW_TABLE = "140", "200"
"""A Word table has no space around it, so the paragraphs beside it keep the distance (twips)."""
TEXT_TABLES = frozenset({"PemdocsParallel"})
"""Tables that are running text, whose own paragraphs keep it."""


def sub(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """Append ``w:name`` with ``w:`` attributes."""
    return etree.SubElement(parent, W + name, {W + key: value for key, value in attributes.items()})


def element(name: str) -> etree._Element:
    """A ``w:name`` that stands alone for now."""
    return etree.Element(W + name, nsmap={"w": NAMESPACE})


def words_in(element: etree._Element) -> str:
    """All the text inside an element."""
    return "".join(str(text) for text in element.itertext())


def legal(text: str) -> str:
    """The text with every character that XML forbids shown as U+FFFD."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def twips(points: float) -> str:
    """Points as Word counts them: twentieths."""
    return str(round(points * 20))


def mark(paragraph: etree._Element, name: str, /, **attributes: str) -> None:
    """Set a property of a paragraph, or further attributes of one it has."""
    properties = paragraph.find(W + "pPr")
    assert properties is not None, "every paragraph is made with its style"  # noqa: S101
    made = properties.find(W + name)
    if made is None:
        made = sub(properties, name)
        place(paragraph, made)
    for key, value in attributes.items():
        made.set(W + key, value)


def place(paragraph: etree._Element, made: etree._Element) -> None:
    """Put a finished property into a paragraph where the schema asks for it."""
    properties = paragraph[0]
    rank = PARAGRAPH_ORDER.index(str(made.tag).removeprefix(W))
    ranks = [PARAGRAPH_ORDER.index(str(child.tag).removeprefix(W)) for child in properties if child is not made]
    properties.insert(sum(other < rank for other in ranks), made)


def paragraph(parent: etree._Element, style: str) -> etree._Element:
    """Append a paragraph of this style."""
    made = etree.SubElement(parent, W + "p")
    sub(sub(made, "pPr"), "pStyle", val=style)
    return made


def spacer(parent: etree._Element, style: str = "PemdocsSpacer") -> etree._Element:
    """Append the empty paragraph that Word wants after a table, as low as it can be."""
    return paragraph(parent, style)


def apart(out: etree._Element, *, wide: bool = False) -> None:
    """Keep two tables from growing into one; a ``wide`` gap also stands below a paragraph."""
    if not len(out) or not (wide or is_table(out[-1])):
        return
    last = out[-1]
    stays = last.find(f".//{W}tr[last()]//{W}keepNext" if is_table(last) else f"{W}pPr/{W}keepNext") is not None
    gap = spacer(out, "PemdocsGap")
    if stays:
        mark(gap, "keepNext")


def restyle(made: etree._Element, style: str) -> None:
    """Give a paragraph another style."""
    for properties in made.iter(W + "pStyle"):
        properties.set(W + "val", style)


def is_table(made: etree._Element | None) -> bool:
    """Whether the element is a Word table."""
    return made is not None and made.tag == W + "tbl"


def style_of(made: etree._Element) -> str:
    """The style of a paragraph or table."""
    named = next(made.iter(W + "pStyle", W + "tblStyle"), None)
    return "" if named is None else named.get(W + "val", "")


def close_story(parent: etree._Element) -> None:
    """End the body, a cell, a header or a footer: Word wants a paragraph last, and tables want air around them."""
    if not len(parent) or is_table(parent[-1]):
        spacer(parent)
    for before, after in pairwise(parent):
        if is_table(before) and after.tag == W + "p" and style_of(after) not in HEADINGS | AIRLESS:
            if style_of(before) not in TEXT_TABLES:
                mark(after, "spacing", before=BELOW_TABLE)
        elif is_table(after) and before.tag == W + "p" and style_of(before) not in OWN_BELOW | AIRLESS:
            mark(before, "spacing", after=ABOVE_TABLE)
