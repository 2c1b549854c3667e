"""Turn a name, an address or a number into the mark by which texts are searched for it.

Only this module knows what of a name is common to many: legal forms, particles, titles.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pemdocs.knowledge.mentions.tokens import plain

Words = tuple[str, ...]

_FORMS = """sarl suarl sa sas sasu sau gie ei scs snc scop scoop bv bvba nv vof srl sprl sc scrl cv cvba asbl vzw aisbl
ivzw gmbh ltd llc inc plc ets co cie company compagnie"""
FORMS = frozenset(_FORMS.split())
"""Legal forms, which stand before or behind a name and are left out as often."""

_PARTICLES = """de la le les du des van der den het ter ten von el al ould mint ben bin d l"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words within names that are no names."""

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
    """What to look for: whose it is, of which sort, and its words; of a person given and family names apart."""

    whose: str
    sort: Sort
    words: Words
    given: Words = ()


def person(whose: str, given_names: str, family_name: str) -> Iterator[Mark]:
    """The mark of a person; of one with a single name that name."""
    given, family = plain(given_names), plain(family_name)
    if family or given:
        yield Mark(whose, Sort.NAME, family or given, given if family else ())


def company(whose: str, *names: str) -> Iterator[Mark]:
    """The marks of a company: each of its names without the legal form."""
    for words in dict.fromkeys(filter(None, map(_bare, names))):
        yield Mark(whose, Sort.COMPANY, words)


def _bare(name: str) -> Words:
    words = plain(name)
    while len(words) > 1 and words[-1] in FORMS:
        words = words[:-1]
    while len(words) > 1 and words[0] in FORMS:
        words = words[1:]
    return words


def passage(whose: str, text: str) -> Iterator[Mark]:
    """The mark of an address: several words with a number among them, or more than two."""
    words = plain(text)
    if len(words) > 2 or (len(words) > 1 and any(each.isdigit() for each in words)):
        yield Mark(whose, Sort.ADDRESS, words)


def signs(whose: str, sort: Sort, text: str) -> Iterator[Mark]:
    """The mark of a number, an address on the net or an id, whatever parts its signs."""
    run = "".join(plain(text))
    if sort is Sort.PHONE:
        run = "".join(each for each in run if each.isdigit())[-PHONE:]
    if len(run) >= (4 if sort is Sort.ID else SHORTEST) and any(each.isdigit() for each in run) | (sort is Sort.EMAIL):
        yield Mark(whose, sort, (run,))
