"""Turn the texts of cells into texts whose words tell which cell they come from, wherever they stand on a page.

A sign that no text has is put before the last letter of each word; spaces, marks and first letters stay as they are, so
that a page is laid out as with the true words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FIRST = 0xF0000
"""The first of the signs, in a plane that is for private use."""

MOST = 0xFFFD
"""So many cells have a sign of their own."""

LAST_LETTER = re.compile(r"(?<=\w)\w(?!\w)")
WORD = re.compile(r"\w\w+")
SIGN = re.compile(f"[{chr(FIRST)}-{chr(FIRST + MOST)}]")


def traced(text: str, number: int) -> str:
    """The text with the sign of a cell in each of its words of two letters and more."""
    return LAST_LETTER.sub(lambda letter: chr(FIRST + number) + letter[0], text)


def plain(text: str) -> str:
    """The text without signs."""
    return SIGN.sub("", text)


def cells(text: str, start: int, end: int) -> Iterator[tuple[int | None, int, int]]:
    """For each word of a traced text between two places of the plain one: the number of its cell, or ``None``.

    With it from where to where the word goes in the plain text.
    """
    places = {match.start() - before: ord(match[0]) - FIRST for before, match in enumerate(SIGN.finditer(text))}
    for word in WORD.finditer(plain(text)):
        if word.start() < end and start < word.end():
            number = next((places[at] for at in range(word.start(), word.end()) if at in places), None)
            yield number, word.start(), word.end()
