"""Say what CLDR knows of a locale: its names, how it writes dates, numbers, money. Only this module uses Babel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, dates, numbers
from babel.core import get_global

NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
"""Territories of CLDR that ISO 3166-1 does not assign to a country; neither does it those that begin with Q or X,
but Qatar."""


@lru_cache(maxsize=8)
def countries(language: str) -> Mapping[str, str]:
    """The name of every country by its ISO 3166-1 code, in the order of the codes: ``{"SN": "Sénégal"}``."""
    territories = _locale(language).territories
    return {code: str(territories[code]) for code in sorted(map(str, territories)) if _is_country(code)}


def territory(code: str, language: str) -> str:
    """The name of a country or region by its code; a code that is none is said as it is."""
    return str(_locale(language).territories.get(code, code))


def country_of(three_letters: str) -> str | None:
    """The country by its ISO code of three letters, as passports print it: ``SEN`` is ``SN``; ``None`` if unknown."""
    found = get_global("territory_aliases").get(three_letters, ())
    return str(found[0]) if len(found) == 1 else None


def tongue(code: str, language: str) -> str:
    """The name of a language in a language: ``néerlandais``; a code that is none is said as it is."""
    return str(_locale(language).languages.get(code, code))


def currencies() -> tuple[str, ...]:
    """Every code of ISO 4217."""
    return tuple(_locale("en").currencies)


def money_names(currency: str, language: str) -> frozenset[str]:
    """How a currency is written in a language: its code, its sign, its names."""
    symbol = numbers.get_currency_symbol(currency, locale=language)
    names = {numbers.get_currency_name(currency, count=count, locale=language) for count in (1, 2, None)}
    return frozenset({currency, str(symbol), *map(str, names)})


def months(language: str) -> Iterator[tuple[str, int]]:
    """Every name and abbreviation of a month with its number, from 1."""
    return _named("months", language)


def weekdays(language: str) -> Iterator[tuple[str, int]]:
    """Every name and abbreviation of a day of the week with its number; Monday is 0."""
    return _named("days", language)


def write_date(value: date, pattern: str, locale: str) -> str:
    """A date by a pattern of CLDR: ``d MMMM y``."""
    return dates.format_date(value, pattern, locale)


def write_interval(start: date, end: date, skeleton: str, locale: str) -> str:
    """A span of days by a skeleton of CLDR: ``yMMMd``."""
    return dates.format_interval(start, end, skeleton, locale=locale)


def write_number(value: int | Decimal, locale: str) -> str:
    """A number with all its decimals."""
    return numbers.format_decimal(value, locale=locale, decimal_quantization=False)


def write_percent(share: Decimal, pattern: str, locale: str) -> str:
    """A share by a pattern of CLDR: ``#,##0%``."""
    return numbers.format_percent(share, pattern, locale=locale)


def write_money(value: int | Decimal, currency: str, locale: str, *, rounded: bool) -> str:
    """An amount with its currency; ``rounded`` to the decimals that the currency has, else with all that are there."""
    return numbers.format_currency(
        value, currency, locale=locale, currency_digits=rounded, decimal_quantization=rounded
    )


def decimals(currency: str) -> int:
    """How many decimals a currency has: two for the euro, none for the franc CFA."""
    return numbers.get_currency_precision(currency)


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def _is_country(code: str) -> bool:
    """Whether a territory of Babel is a country: two letters, and not set aside for private use but for Qatar."""
    return code == "QA" or (len(code) == 2 and code.isalpha() and code[0] not in "QX" and code not in NO_COUNTRIES)


def _named(kind: str, language: str) -> Iterator[tuple[str, int]]:
    forms = getattr(_locale(language), kind)
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            yield from ((name, number) for number, name in forms[context][width].items())
