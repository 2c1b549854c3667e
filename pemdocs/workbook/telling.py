"""Turn a heading or the name of a sheet into what a message may say of it: what may be a person's name is not quoted.

Only this module knows the words that headings and sheets are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pemdocs.data import schema
from pemdocs.data.cleaning import HIDDEN, LONGEST_QUOTED, clean, fold
from pemdocs.knowledge import locales
from pemdocs.model import TAB

WORDS = re.compile(r"[^\W\d_]+")
NUMBERS = re.compile(r"\d+")
LONGEST_NUMBER = 4
"""Digits of a year. More of them, or several numbers, may be a date of birth or a telephone number."""

USUAL = """feuil feuille sheet blad tabblad onglet tableau table tabel copie copy kopie de du des la le les et ou of the
and for van het en voor in des à au aux par sur to do faire te doen liste list lijst note notes remarque remarques
opmerkingen comment comments test total données data gegevens ancien ancienne old oud brouillon draft new nouveau nieuw
pme sme kmo"""
"""Words beside those of the schemas that people write on tabs and over columns, and that name nobody."""


def told(heading: object) -> str:
    """A heading as a message may quote it, ``…`` where any of its words is not one that headings are made of."""
    text = clean(" ".join(str(heading).split()))
    return text if len(text) <= LONGEST_QUOTED and _known(text) else HIDDEN


def tab(name: str, number: int) -> str:
    """The name of a sheet as it may be told, else its place among the tabs: ``#4``."""
    return name if _known(name) else f"{TAB}{number}"


def _known(text: str) -> bool:
    numbers = NUMBERS.findall(text)
    few = not numbers or (len(numbers) == 1 and len(numbers[0]) <= LONGEST_NUMBER)
    return few and all(fold(word) in _vocabulary() for word in WORDS.findall(text))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(fold(word) for text in _texts() for word in WORDS.findall(text.replace("_", " ")))


def _texts() -> Iterator[str]:
    yield USUAL
    for table in schema.load().values():
        yield from (*table.accepted, table.record)
        for field in table.fields.values():
            yield from field.accepted
            codes = tuple(field.label)
            yield from (*codes, *(locales.tongue(code, each) for code in codes for each in codes))
