"""Turn a name, an address or a number into the mark by which texts are searched for it.

Only this module knows what of a name is common to many: legal forms, particles, titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pemdocs.knowledge.mentions.tokens import plain

Words = tuple[str, ...]

_FORMS = """sarl suarl sa sas sasu sau gie ei scs snc scop scoop bv bvba nv vof srl sprl sc scrl cv cvba asbl vzw aisbl
ivzw gmbh ltd llc inc plc ets co cie company compagnie"""
FORMS = frozenset(_FORMS.split())
"""Legal forms, which stand before or behind a name and are left out as often."""

_PARTICLES = """de la le les du des van der den het ter ten von el al ould mint ben bin d l o of the"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words within names that are no names."""

CONNECTING = frozenset(("et", "and", "en", "und"))
"""Words within names that are written as a sign as often."""

_LEADS = """societe soc groupe groupement entreprise ets etablissement etablissements maison cabinet cooperative firma
bedrijf la le les the de het"""
_TRAILS = """solutions services service group groupe groep international senegal maroc belgium belgique afrique africa
consulting industries industrie foods food holding trading technologies technology tech distribution production
productions partners fils freres zonen broers"""
LEADS, TRAILS = frozenset(_LEADS.split()), frozenset(_TRAILS.split())
"""Words before and behind a name that are dropped where one speaks of the company."""

_BOXES = "bp villa lot immeuble appartement appt bus boite box bureau residence"
BOXES = frozenset(_BOXES.split())
STREET = re.compile(
    r"rue|avenue|av|bd|boulevard|route|chemin|impasse|allee|quai|place|street|road|lane|\w*(?:straat|laan|weg|plein|kaai|"
    r"lei|dreef|baan|werf|markt|hof|gasse|strasse)"
)
"""Words that make an address of what stands beside them and a number."""

SHORTEST = 6
"""Signs of a number or an address at least: a shorter one stands in many texts by chance."""

PHONE = 8
"""The last digits of a telephone number, which are enough to know it by."""


class Sort(StrEnum):
    """What a mark is of."""

    NAME = "name"
    COMPANY = "company"
    ID = "id"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NUMBER = "number"


class Mark(NamedTuple):
    """What to look for: whose it is, of which sort, and its words; of a person given and family names apart.

    Of an address ``given`` are its numbers. ``short`` is a company’s name with a part left out, and ``private`` what
    nobody publishes who may be named.
    """

    whose: str
    sort: Sort
    words: Words
    given: Words = ()
    short: bool = False
    private: bool = False


def person(whose: str, given_names: str, family_name: str) -> Iterator[Mark]:
    """The mark of a person; of one with a single name that name."""
    given, family = plain(given_names), plain(family_name)
    if family or given:
        yield Mark(whose, Sort.NAME, family or given, given if family else ())


def company(whose: str, *names: str) -> Iterator[Mark]:
    """The marks of a company: each of its names without the legal form, and what one says for short."""
    found = dict.fromkeys(filter(None, map(_bare, names)))
    for words in found:
        yield Mark(whose, Sort.COMPANY, words)
    for short in dict.fromkeys(each for words in found for each in _shortened(words) if each not in found):
        yield Mark(whose, Sort.COMPANY, short, short=True)


def _bare(name: str) -> Words:
    words = plain(name)
    while len(words) > 1 and words[-1] in FORMS:
        words = words[:-1]
    while len(words) > 1 and words[0] in FORMS:
        words = words[1:]
    return words


def _shortened(words: Words) -> Iterator[Words]:
    """A name without its first words, or its last, that are common to many: as long as it is still a name."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in LEADS:
        first += 1
    while last > first + 1 and words[last - 1] in TRAILS | CONNECTING:
        last -= 1
    for some in (words[first:], words[:last], words[first:last]):
        if some != words and len("".join(some)) >= SHORTEST - 1 and not {*some} <= LEADS | TRAILS | PARTICLES:
            yield some


def passage(whose: str, text: str, *, private: bool = False) -> Iterator[Mark]:
    """The marks of an address: the whole of it, and each of its parts that has a street or a number of a house."""
    words = plain(text)
    if len(words) > 2 and any(map(_numbered, words)):
        yield Mark(whose, Sort.ADDRESS, words, private=private)
    for part in re.split(r"[,;\n|]", text):
        there = plain(part)
        named, numbers = (tuple(each for each in there if _numbered(each) == wanted) for wanted in (False, True))
        if named and _leads(named, numbers):
            yield Mark(whose, Sort.ADDRESS, named, numbers, private=private)


def _numbered(word: str) -> bool:
    return any(each.isdigit() for each in word)


def _leads(named: Words, numbers: Words) -> bool:
    """Whether a part of an address leads to a house: a town and its code do not."""
    kind = "".join(named) in BOXES or any(each in BOXES or STREET.fullmatch(each) for each in named)
    if not numbers:
        return kind and len(named) > 2
    coded = len(numbers) == 1 and numbers[0].isdigit() and len(numbers[0]) > 3
    return len("".join((*named, *numbers))) >= SHORTEST and (kind or (len(named) > 1 and not coded))


def signs(whose: str, sort: Sort, text: str, *, private: bool = False) -> Iterator[Mark]:
    """The mark of a number, an address on the net or an id, whatever parts its signs."""
    run = "".join(plain(text))
    if sort is Sort.PHONE:
        run = "".join(each for each in run if each.isdigit())[-PHONE:]
    if len(run) >= (SHORTEST // 2 if sort is Sort.ID else SHORTEST) and (_numbered(run) or sort is Sort.EMAIL):
        yield Mark(whose, sort, (run,), private=private)
