"""The signs that a value carries through the merge: of another language, of what is to come, of a thing to be set.

They are noncharacters, which Unicode keeps for such inner use; none that stands in the data is let through.
"""

from __future__ import annotations

import re

from pemdocs.words.language import TAGS

END = "\ufdd0"
TO_COME = "\ufdd1"
THING, THING_END = "\ufdd2", "\ufdd3"
SECOND, NOT_OURS, EXPLAINS = "\ufdd4", "\ufdd5", "\ufdd6"
"""The second language of a text, the mark of one that is not the reader's, and what tells of these marks."""

TONGUES = {language: chr(0xFDE0 + number) for number, language in enumerate(TAGS)}
LANGUAGES = {mark: language for language, mark in TONGUES.items()}
ANY = re.compile("[\ufdd0-\ufdef]")
SPLIT = re.compile(f"({THING}\\d+{THING_END}|[\ufdd0-\ufdef])")

HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;",
                         "{": "&#123;", "}": "&#125;"})  # fmt: skip
"""Braces too, so that no value is taken for a tag when a part is rendered twice."""

FORBIDDEN = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef]")


def plain(words: str) -> str:
    """Words without what would break a file: a forbidden character is shown as U+FFFD, each line ends the same way."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(words: str) -> str:
    """Words as a part holds them."""
    return words.translate(ESCAPES)


def in_language(words: str, language: str) -> str:
    """A passage in another language than that of the document."""
    return f"{TONGUES[language]}{words}{END}"


def to_come(words: str) -> str:
    """A passage that stands in for a value."""
    return f"{TO_COME}{words}{END}"


def look(sign: str, words: str) -> str:
    """A passage with a look of its own: ``SECOND``, ``NOT_OURS``, or the one that ``EXPLAINS``."""
    return f"{sign}{words}{END}"


def thing(number: int) -> str:
    """A picture or a block, by its number in the document."""
    return f"{THING}{number}{THING_END}"
