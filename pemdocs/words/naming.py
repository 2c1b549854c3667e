"""Turn what stands where a name belongs into each language, and tell whether it is one at all.

Only this module knows what looks like a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from pemdocs.data.cleaning import fold
from pemdocs.resources import SHIPPED, Templates

AIRPORT = re.compile(r" \([A-Z]{3}\)$")
"""The code of an airport behind its name."""

ELIDED = re.compile(r"^[«“\"(]*(?:[dlDL][’'])?")
"""What may stand before the first letter of a name."""

NO_WORDS = re.compile(r"[^\W\d_]{2}")
"""Two letters side by side: what has none, such as a telephone number, is the same in every language."""

ADDRESS = re.compile(r"[@/]|\w\.\w")
"""What an address on the web has: ``hub.brussels``."""

PARTICLES = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "d",
        "l",
        "van",
        "den",
        "der",
        "dem",
        "ten",
        "ter",
        "te",
        "t",
        "op",
        "het",
        "of",
        "the",
        "von",
        "zu",
        "ben",
        "bin",
        "el",
        "al",
        "y",
        "e",
        "&",
        "et",
        "en",
        "and",
        "au",
        "aux",
        "à",
        "sur",
        "sous",
        "lez",
        "bij",
        "aan",
    ]
)
"""Small words within names."""

OPENING = frozenset(
    [
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "douze",
        "the",
        "a",
        "an",
        "two",
        "three",
        "four",
        "five",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "de",
        "het",
        "een",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "twaalf",
    ]
)
"""Words that a sentence begins with, and a name rarely."""


def say_place(name: str, language: str, templates: Templates = SHIPPED) -> str:
    """A place by its name in the language, with what code it has: ``Gent (GNE)`` is ``Gand (GNE)``; others stay."""
    return ", ".join(_place(part, language, templates) for part in name.split(", "))


def _place(name: str, language: str, templates: Templates) -> str:
    plain, code = AIRPORT.sub("", name), AIRPORT.search(name)
    known = _places(templates).get(fold(plain))
    return f"{known[language]}{code[0] if code else ''}" if known and language in known else name


@lru_cache(maxsize=8)
def _places(templates: Templates) -> Mapping[str, Mapping[str, str]]:
    """The names of each place by language, under each of its folded names that no other place bears."""
    table = templates.table("house/places.toml")
    others = {fold(name) for name in table["ambiguous"]}
    named = [(fold(name), names) for names in table.values() if isinstance(names, dict) for name in names.values()]
    return {name: names for name, names in named if name not in others}


def say_name(name: str, language: str, source: str, *, people: bool = False, templates: Templates = SHIPPED) -> str:
    """A name with what stands beside it or instead of it: ``Accueil, Gand`` is ``Onthaal, Gent``; names stay.

    ``source`` is the language in which it is written: between ``people`` its word for *and* parts as a comma does.
    """
    own, other = (f" {_and(each, templates)} " for each in (source, language))
    return ", ".join(
        other.join(_common(each, language, templates) for each in _named(part, own, people, templates))
        for part in name.split(", ")
    )


def _named(part: str, own: str, people: bool, templates: Templates) -> list[str]:
    """A part between commas, between people further parted at each *and*: a company may have one in its name."""
    return part.split(own) if people and not _known(part, templates) else [part]


@lru_cache(maxsize=64)
def _and(language: str, templates: Templates) -> str:
    return str(templates.table(f"house/words/{language}.toml")["and"])


def _common(part: str, language: str, templates: Templates) -> str:
    known = _commons(templates).get(fold(part))
    if not known or language not in known:
        return _place(part, language, templates)
    word = str(known[language])
    return word[:1].lower() + word[1:] if part[:1].islower() else word


@lru_cache(maxsize=8)
def _commons(templates: Templates) -> Mapping[str, Mapping[str, str]]:
    """The words that stand where a name belongs, under each of their folded spellings."""
    table = templates.table("house/common.toml")
    return {fold(word): words for words in table.values() for word in words.values()}


def _known(part: str, templates: Templates) -> bool:
    return fold(part) in _commons(templates) or fold(AIRPORT.sub("", part)) in _places(templates)


def reads(
    name: str, source: str, beside: Collection[str] = (), *, people: bool = False, templates: Templates = SHIPPED
) -> bool:
    """Whether it can be said in every language: names, places, numbers, and words that the house knows.

    ``beside`` are the folded words of names that are known of the pair. Where it should name ``people``, a word that
    begins with a capital is no name yet: ``Apprentis``.
    """
    own = f" {_and(source, templates)} "
    parts = (each for part in name.split(", ") for each in _named(part, own, people, templates))
    return all(_known(each, templates) or _is_name(each, beside, people) for each in parts)


def _is_name(part: str, beside: Collection[str], people: bool) -> bool:
    words = part.split()
    if not NO_WORDS.search(part) or ADDRESS.search(part) or all(fold(word) in beside for word in words):
        return True
    if not (_capital(words[0]) or _small(words[0])):
        return False
    if len(words) == 1:
        return part.isupper() or (not people and _capital(part))
    if all(_capital(word) or _small(word) for word in words):
        return any(map(_capital, words[1:]))
    return not people and fold(words[0]) not in OPENING and any(map(_capital, words[1:]))


def _capital(word: str) -> bool:
    """Whether a word is written like one of a name: ``Ndiaye``, ``d’Exemple``, ``4x4``."""
    return bool(re.match(r"[^\W_]", bare := ELIDED.sub("", word))) and not bare[0].islower()


def _small(word: str) -> bool:
    return fold(word) in PARTICLES or not NO_WORDS.search(word)


def words_of(names: Collection[object]) -> frozenset[str]:
    """The folded words of names, and the names themselves."""
    return frozenset(_words(names))


def _words(names: Collection[object]) -> Iterator[str]:
    for name in filter(None, names):
        yield fold(str(name))
        yield from map(fold, str(name).split())
