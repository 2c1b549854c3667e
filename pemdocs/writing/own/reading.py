"""Turn a finished Word file back into its texts: paragraph by paragraph, with what each of them is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from pemdocs.page.passages import folded

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAID = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts in which words stand, the body first."""

GAPS = frozenset((f"{W}tab", f"{W}br", f"{W}cr"))
HEADING = re.compile(r"heading ([1-4])", re.IGNORECASE)


def blocks(content: bytes) -> list[tuple[str, str]]:
    """The texts of a Word file by paragraph, with the name that the element has on a page (``h1``, ``td``, ``p``)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        there = archive.namelist()
        styles = _headings(archive.read("word/styles.xml")) if "word/styles.xml" in there else {}
        parts = [archive.read(name) for name in sorted(filter(SAID.fullmatch, there))]
    return [block for part in parts for block in _blocks(etree.fromstring(part), styles)]


def _headings(styles: bytes) -> dict[str, str]:
    """The styles that are headings, by their ids, which differ with the language of Word."""
    found = {}
    for style in etree.fromstring(styles).iter(f"{W}style"):
        name = style.find(f"{W}name")
        level = HEADING.fullmatch(name.get(f"{W}val", "")) if name is not None else None
        if level:
            found[style.get(f"{W}styleId", "")] = f"h{level[1]}"
    return found


def _blocks(part: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    for paragraph in part.iter(f"{W}p"):
        text = folded("".join(_words(paragraph)))
        if text:
            yield _sort(paragraph, styles), text


def _words(element: etree._Element) -> Iterator[str]:
    """The words of a paragraph, without those of a box that is anchored in it: they are paragraphs of their own."""
    for each in element:
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag in GAPS:
            yield " "
        elif each.tag != f"{W}txbxContent":
            yield from _words(each)


def _sort(paragraph: etree._Element, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    heading = styles.get(style.get(f"{W}val", ""), "") if style is not None else ""
    if heading:
        return heading
    if paragraph.find(f"{W}pPr/{W}numPr") is not None:
        return "li"
    return "td" if next(paragraph.iterancestors(f"{W}tc"), None) is not None else "p"
