"""Turn a country and a year into its public holidays. Only this module knows the package holidays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

PLAIN = "en_US"
"""The language of the names that the house's own words are found by."""


@lru_cache(maxsize=64)
def holidays_of(country: str, year: int, locale: str = PLAIN) -> Mapping[date, str]:
    """The public holidays of a year with their names, several on one day joined by ``; ``.

    ``locale`` is one of the package's own (``fr``, ``nl``); names it does not have in that language are English ones.
    A country that the package does not know has none.
    """
    return {day: _bare(name) for day, name in _found(country, year, locale).items()}


@lru_cache(maxsize=64)
def estimated_holidays(country: str, year: int) -> frozenset[date]:
    """The holidays that hang on the moon and were worked out beforehand: the real day may be one or two off."""
    return frozenset(day for day, name in _found(country, year, PLAIN).items() if "estimated" in name)


@lru_cache(maxsize=64)
def _found(country: str, year: int, locale: str) -> Mapping[date, str]:
    try:
        known = holidays.country_holidays(country, years=year, language=locale)
    except NotImplementedError:
        return {}
    return dict(sorted(known.items()))


def _bare(name: str) -> str:
    """The name without the package's remark that the day is estimated or falls instead of another."""
    return re.sub(r" \([^()]*\)(?=;|$)", "", name).replace("'", "’")
