"""Turn two ways to write a person's name into same, shortened or different. Only this module knows how names vary.

Tickets write ``NDIAYE/AMINATAMARIE MRS`` for Aminata Marie Ndiaye: the order is free, accents go or are spelled out as
in the machine-readable zone of a passport, names are run together, titles are added.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from pemdocs.knowledge import mrz

TITLES = frozenset({"M", "MR", "MRS", "MS", "MME", "MLLE", "MISS", "DHR", "MEVR", "MW", "DR"})
MOST_WORDS = 10
"""Of a longer name the words are taken in their order only: there are too many others."""

Words = tuple[str, ...]


class Likeness(StrEnum):
    """How much of a person's name another spelling holds."""

    SAME = "same"
    SHORTENED = "shortened"
    DIFFERENT = "different"


def compare(typed: str, family_name: str, given_names: str) -> Likeness:
    """Whether a typed name is the person's: the same, the same without some of the given names, or another one."""
    family, given = _words(family_name), _words(given_names)
    found = {_likeness(text, family, given) for text in _texts(typed)}
    return next((each for each in Likeness if each in found), Likeness.DIFFERENT)


def compare_given(typed: str, given_names: str) -> Likeness:
    """The same for given names alone; either may hold more of them than the other."""
    shorter = compare(typed, "", given_names)
    return compare(given_names, "", typed) if shorter is Likeness.DIFFERENT else shorter


def _likeness(text: str, family: Words, given: Words) -> Likeness:
    spent = set(_ways(text, family + given))
    if any(len(used) == len(family + given) for used in spent):
        return Likeness.SAME
    needed = frozenset(range(len(family)))
    return Likeness.SHORTENED if any(used and used >= needed for used in spent) else Likeness.DIFFERENT


def _ways(text: str, words: Words) -> Iterator[frozenset[int]]:
    """Each set of words that, in some order and run together, are the text."""
    seen: set[tuple[int, frozenset[int]]] = set()
    open_ = [(0, frozenset[int]())]
    while open_:
        place, used = state = open_.pop()
        if state in seen:
            continue
        seen.add(state)
        if place == len(text):
            yield used
        for number in _next(words, used):
            open_ += [(end, used | {number}) for end in _ends(words[number], text, place)]


def _next(words: Words, used: frozenset[int]) -> Iterator[int]:
    left = (number for number in range(len(words)) if number not in used)
    return left if len(words) <= MOST_WORDS else iter(list(left)[:1])


def _ends(word: str, text: str, place: int) -> set[int]:
    """Where the text may stand after the word, written in any way that the zone of a passport allows."""
    places = {place}
    for ways in mrz.spellings(word):
        places = {at + len(each) for at in places for each in ways if text.startswith(each, at)}
    return places


def _words(name: str) -> Words:
    return tuple(word for word in re.split(r"[\W\d_]+", _bare(name)) if word)


def _bare(name: str) -> str:
    """The name composed, without apostrophes and full stops, which no machine writes."""
    return unicodedata.normalize("NFC", name).translate(mrz.APOSTROPHES)


def _texts(typed: str) -> Iterator[str]:
    """The letters of a typed name, run together: umlauts spelled out or plain, a title in front or behind left out."""
    words = _words(typed)
    for bare in {words, _untitled(words)}:
        ways = [each for word in bare for each in mrz.spellings(word)]
        if ways and all(ways):
            yield "".join(each[0] for each in ways)
            yield "".join(each[-1] for each in ways)


def _untitled(words: Words) -> Words:
    if len(words) > 1 and words[0].upper() in TITLES:
        words = words[1:]
    return words[:-1] if len(words) > 1 and words[-1].upper() in TITLES else words
