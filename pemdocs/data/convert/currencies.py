"""Know how money is written: whether a text names a currency, and whether a sign or a word means a given one."""

from __future__ import annotations

import re
from functools import lru_cache

from pemdocs.data.cleaning import fold
from pemdocs.knowledge import locales

LANGUAGES = ("fr", "en", "nl")

USUAL = r"f\.?\s?cfa|cfa|f|euros?|dollars?|dhs?|dirhams?|dinars?|cedis?"
CURRENCIES = "|".join((USUAL, *locales.currencies()))
"""What people write for a currency: its usual names, and every code of ISO 4217."""

CURRENCY = re.compile(rf"^(?:{CURRENCIES})\.?\s*(?=[\d-])|(?<=\d)\s*(?:{CURRENCIES})\.?$", re.IGNORECASE)

SIGNS = {
    "€": {"EUR"}, "£": {"GBP", "EGP", "GIP", "SSP", "SYP", "LBP", "SDG"}, "₵": {"GHS"}, "₦": {"NGN"},
    "¥": {"JPY", "CNY"}, "₹": {"INR"}, "₽": {"RUB"},
    "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "NAD", "LRD", "MXN", "BBD", "JMD", "FJD", "ZWL"},
}  # fmt: skip
"""The signs of money with the currencies that they are used for."""

OWN = {
    "XOF": {"cfa", "fcfa", "f", "franc", "francs", "francscfa", "franccfa"},
    "XAF": {"cfa", "fcfa", "f", "franc", "francs", "francscfa", "franccfa"},
    "EUR": {"euro", "euros"}, "MAD": {"dh", "dhs", "dirham", "dirhams"}, "GNF": {"fg", "f", "franc", "francs"},
    "TND": {"dt", "dinar", "dinars"}, "DZD": {"da", "dinar", "dinars"}, "GHS": {"cedi", "cedis", "gh"},
    "USD": {"dollar", "dollars", "us"}, "CAD": {"dollar", "dollars"}, "GBP": {"livre", "livres", "pound", "pounds"},
}  # fmt: skip
"""What people write beside the names that CLDR has."""


def named(text: str) -> bool:
    """Whether a code or a word for a currency stands before or behind the digits."""
    return CURRENCY.search(text) is not None


def agrees(written: str, currency: str) -> bool:
    """Whether ``€``, ``F CFA`` or ``euros`` means this currency; nothing agrees where none is known."""
    if not currency:
        return False
    return currency in SIGNS.get(written.strip(), ()) or fold(written) in _names(currency)


@lru_cache(maxsize=256)
def _names(currency: str) -> frozenset[str]:
    known = {name for language in LANGUAGES for name in locales.money_names(currency, language)}
    return frozenset({fold(name) for name in known} | OWN.get(currency, set())) - {""}
