"""Turn lists of headings, figures and tables into Word's own. Only this module knows the field of such a list."""

from __future__ import annotations

from lxml import etree

from pemdocs.writing.word import fields, inline, references, tables
from pemdocs.writing.word.frame import Frame
from pemdocs.writing.word.markup import apart, paragraph, spacer, sub

HEADINGS = 'TOC \\o "1-{}" \\h \\z \\u'
"""Headings of one level or two, by their level and not their style alone, so that those without a number are there."""

CAPTIONS = 'TOC \\h \\z \\c "{}"'
UNKNOWN = "–"


def write_list(nav: etree._Element, out: etree._Element, frame: Frame) -> None:
    """Append a list: its title, and one field that holds all its entries with the pages they stand on.

    One that is to be kept together stands in a cell that no page cuts, as a block of its own: LibreOffice keeps the
    paragraphs of such a field together in no other way.
    """
    if "keep" not in nav.get("class", "").split():
        _write(nav, out, frame)
        return
    apart(out)
    table = tables.new_table(out, "PemdocsParallel", [frame.width], first_row=False)
    cell = tables.new_cell(tables.new_row(table, head=False, whole=True), frame.width)
    block = sub(cell, "sdt")
    part = sub(sub(block, "sdtPr"), "docPartObj")
    sub(part, "docPartGallery", val="Table of Contents")
    sub(part, "docPartUnique")
    _write(nav, sub(block, "sdtContent"), frame)
    spacer(cell)


def _write(nav: etree._Element, out: etree._Element, frame: Frame) -> None:
    lines = [line for line in nav.iterchildren("p") if "entry" in line.get("class", "").split()]
    for title in nav.iterchildren("p"):
        if title not in lines:
            inline.write_inline(paragraph(out, "TOCHeading"), inline.nodes_of(title), frame.of(title))
    kinds = nav.get("class", "").split()
    headings = "contents" in kinds
    instruction = (
        HEADINGS.format(1 if "chapters" in kinds else 2) if headings else CAPTIONS.format(nav.get("data-name", ""))
    )
    for line in lines:
        made = paragraph(out, _style(line) if headings else "TableofFigures")
        if line is lines[0]:
            fields.begin(made, instruction, frame.language)
        _entry(line, made, frame)
        inline.lighten(made)
        if line is lines[-1]:
            fields.end(made, frame.language)


def _style(line: etree._Element) -> str:
    return "TOC2" if "inner" in line.get("class", "").split() else "TOC1"


def _entry(line: etree._Element, made: etree._Element, frame: Frame) -> None:
    """The words of an entry, dots, and the page, all of which lead to the target."""
    for link in line.iterchildren("a"):
        identity = link.get("href", "")[1:]
        parent = inline.inner_link(made, identity, frame)
        inline.write_inline(parent, inline.nodes_of(link), frame.of(link))
        fields.tab(parent, frame.language)
        fields.begin(parent, f"PAGEREF {references.anchor(identity, frame)} \\h", frame.language)
        fields.number(parent, str(frame.book.numbers.get(identity, UNKNOWN)), frame.language)
        fields.end(parent, frame.language)
