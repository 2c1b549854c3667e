"""Put a merged part in order where its tags left gaps: tables that touch, cells without an end, doubled bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree

from pemdocs.writing.own import marks
from pemdocs.writing.own.cleaning import tree_of
from pemdocs.writing.word.blocks import HEADINGS, UNNUMBERED
from pemdocs.writing.word.inline import lighten
from pemdocs.writing.word.markup import W, element, sub

ROWLESS = b"</w:tblGrid></w:tbl>"
"""The end of a table of which every row was left out."""

UNTIDY = re.compile(rb"</w:tbl>\s*<w:tbl>|</w:tbl>\s*</w:tc>|<w:bookmarkStart\b[\s\S]*<w:bookmarkStart\b|" + ROWLESS)
GAP = "pemdocs gap"
"""The style of a paragraph that keeps tables apart, where a template has it."""

LIGHTENED = frozenset({*HEADINGS.values(), *UNNUMBERED.values(), "TOCHeading", "TOC1", "TOC2"})
"""The bold styles of the house in which a second language is not."""


def tidied(content: bytes, styles: Mapping[str, str], file: str) -> bytes:
    """A part that Word takes for whole. ``styles`` are the ids of the template's styles by their names."""
    if not UNTIDY.search(content):
        return content
    root = tree_of(content, file)
    _without_rowless(root)
    _apart(root, styles.get(GAP, ""))
    _bookmarks(root)
    _lighten(root)
    return marks.HEAD + bytes(etree.tostring(root, encoding="utf-8"))


def _without_rowless(root: etree._Element) -> None:
    """Without the tables that have no row, which Word takes for damage."""
    for table in list(root.iter(W + "tbl")):
        holder = table.getparent()
        if holder is not None and table.find(W + "tr") is None:
            holder.remove(table)


def _apart(root: etree._Element, style: str) -> None:
    """Two tables that touch would grow into one, and a cell ends with a paragraph."""
    for table in root.iter(W + "tbl"):
        after = table.getnext()
        if after is not None and after.tag == W + "tbl":
            table.addnext(_gap(style))
    for cell in root.iter(W + "tc"):
        if not len(cell) or cell[-1].tag != W + "p":
            cell.append(element("p"))


def _gap(style: str) -> etree._Element:
    made = element("p")
    if style:
        sub(sub(made, "pPr"), "pStyle", val=style)
    return made


def _bookmarks(root: etree._Element) -> None:
    """A bookmark that a loop has repeated stands where it came first; each has a number of its own."""
    numbers, names, numbered = count(), set[str](), dict[str, str | None]()
    for mark in list(_ends(root)):
        old = mark.get(W + "id", "")
        if mark.tag == W + "bookmarkStart":
            name = mark.get(W + "name", "").lower()
            numbered[old] = None if name in names else str(next(numbers))
            names.add(name)
        new = numbered.get(old)
        holder = mark.getparent()
        if new is not None:
            mark.set(W + "id", new)
        elif holder is not None:
            holder.remove(mark)


def _ends(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(W + "bookmarkStart", W + "bookmarkEnd")


def _lighten(root: etree._Element) -> None:
    for paragraph in root.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") in LIGHTENED:
            lighten(paragraph)
