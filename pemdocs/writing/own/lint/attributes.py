"""Find the tags in what is read but not seen of a part: alternative texts, and settings of Word such as field codes.

docxtpl fills in whatever a part holds, so they are tags like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pemdocs.writing.own.lint.story import ALTERNATIVE, SETTING, Passage, Piece
from pemdocs.writing.word.markup import W

OPEN = re.compile(r"\{[{%#]")
DESCRIBED = frozenset({"descr", "title", "alt"})
"""The attributes of drawings that are read to those who do not see them."""

OF_TABLES = frozenset({W + "tblCaption", W + "tblDescription"})


def hung(passage: Passage) -> Iterator[Passage]:
    """The passages that hang on the things of a paragraph, each with where its thing stands in it."""
    for node in passage.element.iter(etree.Element):
        if next(node.iterancestors(W + "p"), None) is passage.element or node is passage.element:
            yield from _of(node, passage)


def of_table(table: etree._Element, first: Passage) -> Iterator[Passage]:
    """The passages that the settings of a table hold; they are told of at its first paragraph."""
    properties = table.find(W + "tblPr")
    for node in () if properties is None else properties.iter(etree.Element):
        yield from _of(node, first)


def _of(node: etree._Element, host: Passage) -> Iterator[Passage]:
    for name, words in node.attrib.items():
        if OPEN.search(str(words)):
            bare = etree.QName(str(name)).localname
            apart = ALTERNATIVE if bare in DESCRIBED or node.tag in OF_TABLES else SETTING
            piece = Piece(node, 0, len(str(words)), str(name))
            place = replace(host.place, apart=apart)
            yield Passage(host.name, host.element, str(words), (piece,), place, host.double, _where(node, host))


def _where(node: etree._Element, host: Passage) -> int:
    """Where the thing that a node belongs to stands in the text of its paragraph."""
    above = {node, *node.iterancestors()}
    return next((piece.start for piece in host.pieces if piece.element in above), 0)
