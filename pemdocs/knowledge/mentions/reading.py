"""Turn a text into words that can be held against marks: what stands beside them, between them, and in how many parts.

Only this module knows which words of a text are written as one name: ``Van den Berghe`` and ``Vandenberghe``,
``Leie-kruid`` and ``N d i a y e``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from pemdocs.knowledge.mentions.marks import CONNECTING, PARTICLES
from pemdocs.knowledge.mentions.tokens import Token, tokens

ENDS = frozenset(".!?:;\n")
JOINTS = frozenset(("", ".", "_", "-", "-\n", "*", "**", "__", "/", "'", "’", "‑", "·"))
"""What joins the parts of a name without a space: in an address, a file, at the end of a line, below emphasis."""

LINKING = frozenset("@#./_\\")
"""What stands beside a word in an address on the net."""

NUMBERED, UNSEEN = re.compile(r"(?:%[0-9A-Fa-f]{2})+"), "\u200b"

PARTS = 14
"""Words that a name has in a text at most."""

SHORT = 3
"""Letters of a family name that can be told from an ordinary word."""


class Text(NamedTuple):
    """A text with its words, those that are ordinary anyway, and with these those that it also writes small."""

    whole: str
    words: tuple[Token, ...]
    common: frozenset[str]
    small: frozenset[str]


class Span(NamedTuple):
    """Words of a text that are one name: the first and the last of them, and the name as it is looked up.

    ``spaced`` where something parts them that is no joint.
    """

    first: int
    last: int
    key: str
    spaced: bool


def read(text: str, common: frozenset[str]) -> Text:
    """A text as it is searched: the signs of an address on the net that are written by their numbers, as such."""
    whole = NUMBERED.sub(lambda signs: unquote(signs[0]).ljust(len(signs[0]), UNSEEN), text)
    words = tokens(whole)
    found = Text(whole, words, common, common)
    small = {each.word for place, each in enumerate(words) if not each.capital and not linked(found, place)}
    return found._replace(small=frozenset(small | {each.word for each in words if each.word in common}))


def gap(text: Text, place: int) -> str:
    """What stands between a word and the one behind it."""
    return text.whole[text.words[place].end : text.words[place + 1].start].replace(UNSEEN, "")


def beginnings(names: Iterable[str]) -> frozenset[str]:
    """Everything with which a name begins, and the whole of it: where none of them goes on, no name does."""
    return frozenset(name[:end] for name in names for end in range(1, len(name) + 1))


def spans(text: Text, known: Container[str], begun: Container[str]) -> Iterator[Span]:
    """Every run of words that is, without what parts them, a known name, or one in the genitive or plural.

    ``begun`` are the ``beginnings`` of all that is known.
    """
    for first in range(len(text.words)):
        joined, spaced = "", False
        for last in range(first, min(first + PARTS, len(text.words))):
            word = text.words[last].word
            connecting = word in CONNECTING and last > first
            if last > first:
                between = gap(text, last - 1)
                if len(between) > 3 or (between not in JOINTS and set(between) & ENDS - {".", "\n"}):
                    break
                spaced = spaced or between not in JOINTS
            joined += "" if connecting else word
            if joined not in begun and joined[:-1] not in begun:
                break
            yield from (Span(first, last, key, spaced) for key in stems(joined) if key in known and not connecting)


def odd(text: Text, span: Span, name: Sequence[str]) -> bool:
    """Whether a text parts a name by spaces as it is not parted, and does not write it as names are written.

    Then it may stand there by chance: ``la mine`` is no Lamine.
    """
    words = [each for each in text.words[span.first : span.last + 1] if each.word not in CONNECTING]
    if not span.spaced or all(each.capital or each.word in PARTICLES for each in words):
        return False
    known, found = [each for each in name if each not in CONNECTING], [each.word for each in words]
    found[-1] = span.key.removeprefix("".join(found[:-1]))
    parted = any(known[at : at + len(found)] == found for at in range(len(known)))
    return not parted and not (len(words) > SHORT and all(len(each.word) == 1 for each in words))


def stems(word: str) -> tuple[str, ...]:
    """A word as it is, and without the ending of a genitive or a plural."""
    return (word, word[:-1]) if len(word) > SHORT and word.endswith("s") else (word,)


def linked(text: Text, place: int) -> bool:
    """Whether a word stands in an address on the net, in a file name or behind a sign that makes it findable."""
    token, whole = text.words[place], text.whole
    before, behind = whole[max(token.start - 2, 0) : token.start], whole[token.end : token.end + 2]
    led = before[-1:] in ("@", "#") or (before[-1:] in LINKING and before[:-1].isalnum())
    return bool(led or (behind[:1] in LINKING and behind[1:].isalnum() and behind[:1]))


def opens(text: Text, place: int) -> bool:
    """Whether a word opens a sentence, so that its capital says nothing."""
    before = text.whole[: text.words[place].start].rstrip(" \t\"'«»“”‘’(\u00a0\u202f")
    return not before or before[-1] in ".!?\n"
