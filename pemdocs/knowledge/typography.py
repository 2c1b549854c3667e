"""Set the spaces and apostrophes of a finished text as its language asks. No letter, digit or other sign changes.

Sources: Lexique des règles typographiques (French: narrow no-break space before ; ! ? and inside « », no-break space
before : and %); Dutch and English keep numbers with their units. In all three a day stays with its month.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
NNBSP = "\u202f"
SPACES = f"[ {NBSP}{NNBSP}]"

UNTOUCHED = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\d{1,2}:\d{2}(?::\d{2})?|#[A-Z]+(?:/[A-Z0-9]+)?[!?]")
"""Addresses, times and Excel’s errors: inside them a colon, a question or an exclamation mark is no punctuation."""

UNIT = r"%|€|£|°C|km|kg|g|ha|m²|F\s?CFA|DHS?|[Dd]hs?|[A-Z]{3}"
"""Signs that belong to the number before them; three capitals are a currency, or might as well stay beside theirs."""

MEASURES = {
    "fr": r"h|min|jours?|semaines?|mois|ans?|années?|heures?|minutes?|personnes?|millions?|milliards?",
    "en": r"h|min|days?|weeks?|months?|years?|hours?|minutes?|people|million|billion",
    "nl": r"u|uur|uren|min|dag|dagen|weken|week|maand|maanden|jaar|jaren|minuten|personen|miljoen|miljard",
}
"""Words that say what a number counts: they stay beside it."""

MONTHS = {
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
}

APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])|(?<!\w)'(?=[stnkmr]\b)")
"""A straight apostrophe between two letters, or before a shortened word of Dutch: ``'t Kint``, ``'s morgens``."""


def _bound(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A number with what it counts, a day with its month and that with a year that ends a sentence, ``F`` with ``CFA``,
    a million with its currency.
    """
    return (
        (re.compile(rf"(?<=\d) (?=(?:{MEASURES[language]})\b)"), NBSP),
        (re.compile(rf"(?<=\d) (?=(?:{MONTHS[language]})\b)"), NBSP),
        (re.compile(rf"\b1er (?=(?:{MONTHS[language]})\b)"), f"1er{NBSP}"),
        (re.compile(rf"\b({MONTHS[language]}) (?=\d{{4}}\.$)"), rf"\1{NBSP}"),
        (re.compile(r"\bF (?=CFA\b)"), f"F{NBSP}"),
        (re.compile(rf"(?<=\dh) (?=\d\d\b)|(?<=\d{NBSP}h) (?=\d\d\b)"), NBSP),
        (re.compile(r"\b(millions?|milliards?|miljoen|miljard|billion) (?=(?:F|CFA|EUR|XOF|MAD|DH|€|euros?)(?:\W|$))"),
         rf"\1{NBSP}"),
    )  # fmt: skip


_FRENCH = (
    (re.compile(rf"«{SPACES}*"), f"«{NNBSP}"),
    (re.compile(rf"{SPACES}*»"), f"{NNBSP}»"),
    (re.compile(rf"(?<=[\w)\]»”’%€]){SPACES}*([;!?]+)(?=\s|$|[)\]»”])"), rf"{NNBSP}\1"),
    (re.compile(rf"(?<=[\w)\]»”’%€]){SPACES}*:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))"), NNBSP),
    (re.compile(rf"(?<=\d){SPACES}*(?=%)"), NBSP),
    (re.compile(rf"(?<=\d){SPACES}+(?=(?:{UNIT})(?:\W|$))"), NBSP),
    (re.compile(r"\b(n°|no|art\.|p\.) (?=\d)"), rf"\1{NBSP}"),
)
_OTHER = ((re.compile(rf"(?<=\d) (?=(?:{UNIT})(?:\W|$))"), NBSP),)

_BOUND = {language: _bound(language) for language in MONTHS}


def typeset(text: str, language: str) -> str:
    """The text with the language's own spaces and apostrophes. Idempotent; addresses and times keep theirs."""
    text = _spaced(text, APOSTROPHE, "’")
    for pattern, replacement in (*(_FRENCH if language == "fr" else _OTHER), *_BOUND.get(language, ())):
        text = _spaced(text, pattern, replacement)
    return text


def _spaced(text: str, pattern: re.Pattern[str], replacement: str) -> str:
    kept = [match.span() for match in UNTOUCHED.finditer(text)]

    def spaced(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        return match[0] if inside else match.expand(replacement)

    return pattern.sub(spaced, text)
