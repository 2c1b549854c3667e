"""Turn values by region into those that may stand on a map, and what the others of a country are together.

No mark of a map is about fewer than five, and no calculation with what is told gives such a number back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.consent.groups import FEWEST
from pemdocs.facts import suppression

NOBODY = Decimal(0)
MAP = "map"
"""How an indicator is drawn whose regions stand on a map."""


class Told(NamedTuple):
    """The places of values that are not told by themselves; by country the sum of these, where it may be told."""

    hidden: frozenset[int]
    rest: Mapping[str, Decimal]


def on_a_map(indicator: Any, dimension: str | None) -> bool:
    """Whether values of this breakdown are told as a map tells them."""
    return dimension == "region" and MAP in (indicator.chart or ())


def code_of(programme: Any, words: Mapping[str, Any]) -> str:
    """The code of a region by what it is called in any language; empty where the programme has no such region."""
    names = {str(each).casefold() for each in words.values()}
    listed = programme.codelists.get("regions", {}).items()
    return next((code for code, label in listed if names & {str(each).casefold() for each in label.values()}), "")


def country_of(code: str) -> str:
    """The country that a region lies in (ISO 3166-2)."""
    return code.partition("-")[0]


def told(
    values: Sequence[Decimal],
    counted: Sequence[Decimal],
    lands: Sequence[str],
    few: Collection[int],
    unlisted: Decimal = NOBODY,
) -> Told:
    """What of these values may be told, region by region and country by country.

    ``counted`` are the people or companies behind each value, ``few`` the places of those that are too few, and
    ``unlisted`` are those of the total that are in no region.
    """
    own: dict[str, list[int]] = defaultdict(list)
    for place, land in enumerate(lands):
        own[land].append(place)
    closed = _closed([sum((counted[place] for place in places), NOBODY) for places in own.values()], unlisted)
    hidden, rest = set[int](), dict[str, Decimal]()
    for number, (land, places) in enumerate(own.items()):
        found = places if number in closed else _hidden(places, counted, few)
        hidden.update(found)
        if found and number not in closed:
            rest[land] = sum((values[place] for place in found), Decimal(0))
    return Told(frozenset(hidden), rest)


def _closed(totals: Sequence[Decimal], unlisted: Decimal) -> frozenset[int]:
    """The countries of which nothing at all may be told; what is in none of them is as another one."""
    parts = [*totals, unlisted] if unlisted else totals
    small = [place for place, total in enumerate(parts) if 0 < total < FEWEST]
    return suppression.hidden(parts, small, range(len(totals), len(parts))) if small else frozenset()


def _hidden(places: Sequence[int], counted: Sequence[Decimal], few: Collection[int]) -> list[int]:
    small = [number for number, place in enumerate(places) if place in few]
    found = suppression.hidden([counted[place] for place in places], small) if small else ()
    return [places[number] for number in sorted(found)]
