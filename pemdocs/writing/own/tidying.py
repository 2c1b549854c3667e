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

BESIDE = "pemdocs parallel"
"""The style of a table of passages side by side, where a template has it."""

LIGHTENED = frozenset({*HEADINGS.values(), *UNNUMBERED.values(), "TOCHeading", "TOC1", "TOC2"})
"""The bold styles of the house in which a second language is not."""


def tidied(content: bytes, styles: Mapping[str, str], file: str) -> bytes:
    """A part that Word takes for whole. ``styles`` are the ids of the template's styles by their names."""
    if not UNTIDY.search(content):
        return content
    root = tree_of(content, file)
    _without_rowless(root)
    _joined(root, styles.get(BESIDE, ""))
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


def _joined(root: etree._Element, style: str) -> None:
    """Passages side by side that follow each other share one table, as in the documents of the house."""
    for table in [each for each in root.iter(W + "tbl") if style and _style(each) == style]:
        before = table.getprevious()
        holder = table.getparent()
        if before is None or holder is None or before.tag != W + "tbl" or _style(before) != style:
            continue
        if len(before.findall(f"{W}tblGrid/{W}gridCol")) == len(table.findall(f"{W}tblGrid/{W}gridCol")):
            before.extend(table.findall(W + "tr"))
            holder.remove(table)


def _style(table: etree._Element) -> str:
    style = table.find(f"{W}tblPr/{W}tblStyle")
    return "" if style is None else style.get(W + "val", "")


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
