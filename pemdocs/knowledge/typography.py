"""Set the spaces of a finished text as its language asks. Only spaces change: no letter, digit or sign ever does.

Sources: Lexique des règles typographiques (French: narrow no-break space before ; ! ? and inside « », no-break space
before : and %); Dutch and English only keep numbers with their units.
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


def typeset(text: str, language: str) -> str:
    """The text with the language's own spaces. Idempotent; addresses and times keep theirs."""
    for pattern, replacement in _FRENCH if language == "fr" else _OTHER:
        text = _spaced(text, pattern, replacement)
    return text


def _spaced(text: str, pattern: re.Pattern[str], replacement: str) -> str:
    kept = [match.span() for match in UNTOUCHED.finditer(text)]

    def spaced(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        return match[0] if inside else match.expand(replacement)

    return pattern.sub(spaced, text)
