"""Turn the dated rules of a destination into figures and pieces. Only this module reads ``templates/visa-pack/*.toml``.

A destination is a file: its country, what its consulate takes, its figures with the day they became valid, its list of
pieces. What all Schengen states have in common lies in one file that the others extend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from pemdocs.resources import SHIPPED, Templates

FOLDER, COMMON = "visa-pack", "schengen"

Words = Mapping[str, str]
"""The same words per language."""


class Figure(NamedTuple):
    """A limit or an amount that the law sets, with the day from which it is valid; ``sure`` if it is confirmed."""

    name: str
    value: Decimal
    unit: str
    valid_from: date
    source: str
    sure: bool


class PieceRule(NamedTuple):
    """One line of the consulate's list: the piece, in which form, which paper fills it, when it is asked."""

    code: str
    form: str
    kind: str
    when: str
    source: str
    sure: bool


class Centre(NamedTuple):
    """Where the application is handed in for the consulate, and the form that is filled in online before.

    ``steps`` are what to do before the appointment, by language, in their order. ``number`` begins the form's number.
    """

    operator: str
    form: str
    address: str
    number: str
    steps: Mapping[str, tuple[str, ...]]
    source: str
    sure: bool


class Ground(NamedTuple):
    """A ground of refusal with the codes of the findings that bear on it: Regulation (EC) 810/2009, annex VI."""

    number: int
    text: Words
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """What a country's consulate asks. ``complete`` is false where the file holds only what all states share.

    ``centre`` is ``None`` where nothing is known of it. The ``lexicon`` holds, by language, beginnings of words that
    tell of work or training rather than of business. The ``citizens`` of these countries need no visa: those of the
    states, and of what else belongs to the Union.
    """

    country: str
    complete: bool
    languages: tuple[str, ...]
    post: Mapping[str, Words]
    figures: Mapping[str, tuple[Figure, ...]]
    pieces: tuple[PieceRule, ...]
    grounds: tuple[Ground, ...]
    states: frozenset[str]
    citizens: frozenset[str]
    peg: Mapping[str, Decimal]
    lexicon: Mapping[str, tuple[str, ...]]
    centre: Centre | None = None

    def figure(self, name: str, on: date) -> Figure | None:
        """The figure that is valid on a day, or ``None`` where there was none yet."""
        valid = [each for each in self.figures.get(name, ()) if each.valid_from <= on]
        return max(valid, key=lambda each: each.valid_from, default=None)


def available(templates: Templates = SHIPPED) -> tuple[str, ...]:
    """The countries that have a file."""
    return tuple(_files(templates))


@lru_cache(maxsize=32)
def of(country: str | None, templates: Templates = SHIPPED) -> Destination | None:
    """The destination of a country, or ``None`` where it has no file."""
    name = _files(templates).get(country or "")
    return None if name is None else _destination(_extended(name, templates))


@lru_cache(maxsize=32)
def common(templates: Templates = SHIPPED) -> Destination:
    """What all states share."""
    return _destination(_extended(COMMON, templates))


@lru_cache(maxsize=32)
def _files(templates: Templates) -> Mapping[str, str]:
    """The file of each country, by its name without the ending."""
    names = templates.names(f"{FOLDER}/*.toml")
    found = {name: templates.table(f"{FOLDER}/{name}.toml").get("country") for name in names}
    return {country: name for name, country in found.items() if country}


def _extended(name: str, templates: Templates) -> Mapping[str, Any]:
    own = dict(templates.table(f"{FOLDER}/{name}.toml"))
    if "extends" not in own:
        return own
    base = dict(_extended(own["extends"], templates))
    return base | own | {"figures": base.get("figures", {}) | own.get("figures", {})}


def _destination(plain: Mapping[str, Any]) -> Destination:
    return Destination(
        country=plain.get("country", ""),
        complete=plain.get("complete", False),
        languages=tuple(plain.get("languages", ())),
        post=plain.get("post", {}),
        figures={name: tuple(_figure(name, each) for each in entries) for name, entries in plain["figures"].items()},
        pieces=tuple(_piece(each) for each in plain.get("pieces", ())),
        grounds=tuple(Ground(each["number"], each["text"], tuple(each["codes"])) for each in plain["grounds"]),
        states=frozenset(plain["states"]),
        citizens=frozenset(plain["states"]) | frozenset(plain.get("citizens", ())),
        peg={code: Decimal(str(rate)) for code, rate in plain.get("peg", {}).items()},
        lexicon={language: tuple(words) for language, words in plain.get("lexicon", {}).items()},
        centre=_centre(plain["centre"]) if "centre" in plain else None,
    )


def _centre(plain: Mapping[str, Any]) -> Centre:
    steps = {language: tuple(each) for language, each in plain["steps"].items()}
    told = (plain["operator"], plain["form"], plain["address"], plain["number"])
    return Centre(*told, steps, plain["source"], plain["sure"])


def _figure(name: str, plain: Mapping[str, Any]) -> Figure:
    value = Decimal(str(plain["value"]))
    return Figure(name, value, plain["unit"], plain["valid_from"], plain["source"], plain["sure"])


def _piece(plain: Mapping[str, Any]) -> PieceRule:
    return PieceRule(plain["code"], plain["form"], plain.get("kind", ""), plain["when"], plain["source"], plain["sure"])
