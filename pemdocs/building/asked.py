"""Turn a reading of a page into the cells that answer it; and two pages into whether words stand in both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pemdocs.model import LANGUAGE_MARK, Page, Read, Record
from pemdocs.page.passages import Passage, beside, blocks, folded
from pemdocs.writing.own.finished import Merged


class Asked(NamedTuple):
    """A reading that may be answered otherwise: its sort, the record, by which name."""

    sort: Read
    record: Record
    name: str


def words_of(passage: Passage) -> str:
    """The words of a passage alone, with a space between them."""
    return " ".join(re.findall(r"\w+", passage.text[passage.start : passage.end].casefold()))


def having(found: list[Asked], passage: Passage) -> list[Asked]:
    """Of several cells those that hold the very words, if there are any: the others only move what stands around."""
    said = passage.text[passage.start : passage.end].casefold()
    having = [
        each
        for each in found
        if any(said in folded(str(each.record.cells[key].value)).casefold() for key in written(each))
    ]
    return having or found


def written(each: Asked) -> list[str]:
    """The keys of the cells that answer it: as it is typed, and in each language beside."""
    own = [each.name] if each.name in each.record.cells else []
    return own + keys(each.record, each.name)


def texts(laid: Page | Merged, *, web: bool = False) -> list[tuple[str, str]]:
    """The texts of a page, or of what a Word template has made, block by block."""
    if isinstance(laid, Page):
        return [*blocks(laid), *(beside(laid) if web else ())]
    from pemdocs.writing.own import reading  # what most kinds do not need

    return reading.blocks(laid.content)


def keys(record: Record, name: str) -> list[str]:
    """The keys of a text in each language in which it is written."""
    return [key for key in record.cells if key.startswith(name + LANGUAGE_MARK)]


def stands(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], passage: Passage) -> bool:
    """Whether the passage still stands where it stood, though blocks around it may have come or gone."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, end, begin, finish in matcher.get_opcodes():
        if start <= passage.place < end:
            if before[start:end] == after[begin:finish]:
                return True
            there = [text for _, text in after[begin:finish]]
            return any(_kept(passage, text) for text in there)
    return False


def _kept(passage: Passage, text: str) -> bool:
    """Whether the words of a passage are among what two texts of a block have in common."""
    wanted = passage.text[passage.start : passage.end]
    if wanted not in text:
        return False
    common = SequenceMatcher(None, passage.text, text, autojunk=False).get_matching_blocks()
    return any(place <= passage.start and passage.end <= place + length for place, _, length in common)
