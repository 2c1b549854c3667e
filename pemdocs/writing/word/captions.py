"""Turn figures and captions into paragraphs. Only this module knows how a caption stays with its picture."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from pemdocs.writing.word import inline, references
from pemdocs.writing.word.frame import Frame
from pemdocs.writing.word.markup import TWIPS_PER_MM, mark, paragraph

CLOSE, BELOW = "30", "200"
"""Twips between a caption and what is said of its source, and below the last of them."""
APART = frozenset(("credit", "source"))
"""Passages of a caption with a paragraph of their own: they are no part of the name that a list of figures shows."""


def write_figure(element: etree._Element, out: etree._Element, frame: Frame) -> None:
    """Append the pictures of a figure and, kept with them, its caption."""
    captions = [child for child in element if child.tag == "figcaption"]
    kinds = element.get("class", "").split()
    kept = bool(captions) or "lead-in" in kinds
    target = None
    for child in element:
        if child.tag != "figcaption" and isinstance(child.tag, str):
            target = paragraph(out, "PemdocsFigure")
            inline.write_inline(target, [child], _to_the_edges(target, frame) if "bleed" in kinds else frame)
            if kept:
                mark(target, "keepNext")
    for caption in captions:
        target, *further = write_caption(caption, out, frame.of(caption))
        mark(further[-1] if further else target, "spacing", after=BELOW)
    if target is not None:
        references.bookmark(element, target, frame)


def _to_the_edges(target: etree._Element, frame: Frame) -> Frame:
    """Let a paragraph reach from edge to edge of the sheet; returns the frame of that width."""
    page = frame.book.theme.page
    mark(target, "spacing", before="0", after="0")
    sides = {
        side: str(-round(page[margin] * TWIPS_PER_MM)) for side, margin in (("left", "inside"), ("right", "outside"))
    }
    mark(target, "ind", **sides)
    return replace(frame, width=round(page["width"] * TWIPS_PER_MM))


def write_caption(element: etree._Element, out: etree._Element, frame: Frame) -> list[etree._Element]:
    """Append a caption, and below it what is said of its source; returns the paragraphs."""
    named: list[inline.Node] = []
    apart: list[etree._Element] = []
    for node in inline.nodes_of(element):
        if not isinstance(node, str) and APART & set(node.get("class", "").split()):
            apart.append(node)
        else:
            named.append(node)
    while apart and named and not _says(named[-1]):
        named.pop()
    made = [paragraph(out, "Caption")]
    inline.write_inline(made[0], named, frame)
    for node in apart:
        made.append(paragraph(out, "PemdocsCredit"))
        inline.write_inline(made[-1], [node], frame)
    for each in made[:-1]:
        mark(each, "keepNext")
        mark(each, "spacing", after=CLOSE)
    return made


def _says(node: inline.Node) -> bool:
    """Whether a node is more than the white space or the break before a passage with a line of its own."""
    return bool(node.strip(" \t\r\n\f")) if isinstance(node, str) else node.tag != "br"
