"""Write what was taken away or added as Word tracks it: whose it is, and of which day.

Only this module knows the marks of tracked changes.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from typing import Literal

from lxml import etree

from pemdocs.writing.word.markup import SPACE, W

Mark = Literal["ins", "del"]
Block = etree._Element

FIRST = 100_000
"""The first number of a change: bookmarks have the ones below."""
TOKENS = re.compile(r"\s+|[^\s]+")
PLAIN = frozenset({W + "rPr", W + "t", W + "br", W + "tab", W + "softHyphen"})
FIELD = frozenset({W + "fldChar", W + "instrText"})
BETWEEN = {W + "br": "\n", W + "tab": "\t", W + "softHyphen": "\u00ad"}


class Pen:
    """Marks the changes of one author on one day."""

    def __init__(self, author: str, day: date) -> None:
        self._told = {W + "author": author, W + "date": f"{day.isoformat()}T00:00:00Z"}
        self._numbers = count(FIRST)

    def mark(self, sort: Mark) -> Block:
        """The element of a change, with its number, author and day."""
        return etree.Element(W + sort, {W + "id": str(next(self._numbers)), **self._told})

    def taken(self, block: Block) -> Block:
        """A paragraph or a table of the old file, taken away."""
        return self._table(block, "del") if block.tag == W + "tbl" else self._old_paragraph(block)

    def added(self, block: Block) -> Block:
        """A paragraph or a table of the new file, added."""
        return self._table(block, "ins") if block.tag == W + "tbl" else self._new_paragraph(block)

    def row(self, row: Block, sort: Mark) -> Block:
        """A row that was taken away or added."""
        made = etree.Element(W + "tr")
        properties = row.find(W + "trPr")
        kept = etree.Element(W + "trPr") if properties is None else copy.deepcopy(properties)
        kept.append(self.mark(sort))
        made.append(kept)
        for cell in row.iterchildren(W + "tc"):
            made.append(self._cell(cell, sort))
        return made

    def whole(self, old: Block, new: Block) -> Block:
        """A paragraph whose words are others, with all old ones taken away and all new ones added."""
        made = self._new_paragraph(new, False)
        place = 1 if made.find(W + "pPr") is not None else 0
        for number, change in enumerate(self._old_runs(old)):
            made.insert(place + number, change)
        return made

    def runs(self, words: str, look: Block | None, sort: Mark | None) -> Block:
        """Words in a look, as they are or changed."""
        run = etree.Element(W + "r")
        if look is not None:
            run.append(copy.deepcopy(look))
        for part in re.split("([\n\t\u00ad])", words):
            tag = next((tag for tag, sign in BETWEEN.items() if sign == part), "")
            if tag:
                etree.SubElement(run, tag)
            elif part:
                text = etree.SubElement(run, W + ("delText" if sort == "del" else "t"))
                text.text = part
                text.set(SPACE, "preserve")
        if sort is None:
            return run
        change = self.mark(sort)
        change.append(run)
        return change

    def _table(self, table: Block, sort: Mark) -> Block:
        made = etree.Element(W + "tbl")
        for part in table:
            made.append(self.row(part, sort) if part.tag == W + "tr" else copy.deepcopy(part))
        return made

    def _cell(self, cell: Block, sort: Mark) -> Block:
        """A cell of such a row: its last paragraph ends with the cell, so that only its words are marked."""
        made = etree.Element(W + "tc")
        for part in cell:
            last = part is cell[-1]
            if part.tag == W + "p":
                made.append(
                    self._old_paragraph(part, not last) if sort == "del" else self._new_paragraph(part, not last)
                )
            else:
                made.append(self._table(part, sort) if part.tag == W + "tbl" else copy.deepcopy(part))
        return made

    def _old_paragraph(self, old: Block, marked: bool = True) -> Block:
        made = etree.Element(W + "p")
        made.append(self._properties(old, "del" if marked else None))
        made.extend(self._old_runs(old))
        return made

    def _old_runs(self, old: Block) -> Iterator[Block]:
        for words, look in pieces(old):
            yield self.runs(words, look, "del")

    def _new_paragraph(self, new: Block, marked: bool = True) -> Block:
        made = copy.deepcopy(new)
        if marked:
            properties = made.find(W + "pPr")
            if properties is not None:
                made.remove(properties)
            made.insert(0, self._properties(new, "ins"))
        for run in list(made.iter(W + "r")):
            change = self.mark("ins")
            parent = run.getparent()
            assert parent is not None, "a run stands in a paragraph"  # noqa: S101
            parent.replace(run, change)
            change.append(run)
        return made

    def _properties(self, paragraph: Block, sort: Mark | None) -> Block:
        """The properties of a paragraph that ends with a mark of this sort; a break of sections stays with the new."""
        found = paragraph.find(W + "pPr")
        made = etree.Element(W + "pPr") if found is None else copy.deepcopy(found)
        for section in made.findall(W + "sectPr") if sort != "ins" else ():
            made.remove(section)
        if sort is None:
            return made
        look = made.find(W + "rPr")
        if look is None:
            look = etree.Element(W + "rPr")
            after = next((each for each in made if each.tag in (W + "sectPr", W + "pPrChange")), None)
            made.append(look) if after is None else after.addprevious(look)
        look.insert(0, self.mark(sort))
        return made


def pieces(paragraph: Block) -> Iterator[tuple[str, Block | None]]:
    """The words of a paragraph with their looks; without pictures, and of a field what it shows."""
    for run in paragraph.iter(W + "r"):
        words = "".join(BETWEEN.get(str(part.tag), part.text or "") for part in run if part.tag in PLAIN - {W + "rPr"})
        if words:
            yield words, run.find(W + "rPr")


def tokens(paragraph: Block) -> list[tuple[str, Block | None]]:
    """The same word by word."""
    return [(token, look) for words, look in pieces(paragraph) for token in TOKENS.findall(words)]


def is_plain(paragraph: Block) -> bool:
    """Whether a paragraph holds nothing but words, so that it can be compared word by word."""
    others: Iterable[Block] = (each for each in paragraph if each.tag != W + "pPr")
    marks = (W + "bookmarkStart", W + "bookmarkEnd")
    return all(
        each.tag in marks or (each.tag == W + "r" and all(part.tag in PLAIN for part in each)) for each in others
    )


def said(block: Block) -> str:
    """All words of a block, a line for each paragraph."""
    paragraphs = [block] if block.tag == W + "p" else block.iter(W + "p")
    return "\n".join("".join(words for words, _ in pieces(each)) for each in paragraphs)
