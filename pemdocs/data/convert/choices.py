"""Turn an answer into the code that is meant, or into yes or no. Only this module knows the words for them.

Nothing is meant by half: a question mark, ``N/A`` or a word that happens to look like a code is no answer.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from pemdocs.data.cleaning import clean, fold, quotable
from pemdocs.data.convert import currencies
from pemdocs.data.convert.unfit import unfit
from pemdocs.data.schema import Field
from pemdocs.project.programme import Codelist

YES = frozenset({"oui", "yes", "ja", "vrai", "true", "waar", "1", "x", "o", "y", "j"})
NO = frozenset({"non", "no", "nee", "neen", "faux", "false", "onwaar", "0", "n"})
SPOKEN_YES, SPOKEN_NO = frozenset({"oui", "yes", "ja"}), frozenset({"non", "no", "nee", "neen"})
TICKS = frozenset("✓✔☑✅🗸")
EMPTY_BOXES = frozenset("☐□")
VARIATION = "\ufe0f"
"""Follows a sign that a phone shows in colour."""

SHORT = 3
"""A code of so many letters at most is known by its letters alone; a longer one is a word like any label."""

PLACEHOLDERS = frozenset(
    {"NA", "NB", "NC", "ND", "NP", "NR", "NT", "NS", "PM", "SO", "TBA", "TBC", "TBD", "NVT", "RAS"}
)
"""What people write where they have nothing to write, in capitals too: not applicable, sans objet, pro memorie …"""

WORDS = frozenset(
    {
        "ad", "ai", "al", "all", "am", "an", "as", "at", "au", "aw", "ax", "ba", "bi", "bo", "by", "cad", "cf", "cl",
        "cm", "co", "cu", "cup", "do", "ee", "eh", "em", "er", "et", "eu", "fm", "ge", "gel", "go", "ha", "he", "hi",
        "hm", "ho", "ht", "hu", "id", "ie", "il", "in", "is", "it", "je", "ka", "kg", "km", "la", "lak", "le", "les",
        "li", "ma", "mad", "me", "mg", "mm", "mon", "mop", "mr", "ms", "mu", "my", "ne", "ni", "no", "nu", "of", "oh",
        "om", "on", "op", "or", "os", "pa", "par", "pas", "pen", "per", "pp", "pro", "ps", "rob", "se", "si", "son",
        "sos", "sur", "ta", "te", "ti", "to", "top", "try", "tu", "un", "va", "ve", "via", "vs", "we", "ze", "zo",
    }
)  # fmt: skip
"""Words and abbreviations of the three languages that would be the code of a country or a currency in capitals."""

SILENT = frozenset(" -'’‘ʼ.,()«»\"“”&·/\u00a0\u202f\u2010\u2011\u2012\u2013\u2014")
"""Signs that may be more or fewer than in a label and say nothing; any other, like a question mark, says something."""

FORMER = {
    "mission-order": ("Dienstopdracht",),
    "mobility": ("Pendant le séjour", "During the stay", "Tijdens het verblijf"),
    "debriefing": ("Bilan du séjour",),
}
"""Words for a code that the lists of older workbooks have."""

HELD_BACK = re.compile(r"^[(\-/]|/$|\.\.")
"""A whole answer in brackets, one behind a hyphen, or one that trails off."""

NEAR = 0.6
FEW = 15
"""So many codes at most are listed in a message."""

LONGEST = 200
"""A longer text is no answer."""


class Spellings(NamedTuple):
    """What can be written for the codes of a list: the letters of short ones; by folded word, the codes it can mean."""

    codes: Codelist
    letters: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]


def yes_or_no(field: Field, value: object) -> bool:
    """True or false from ``Oui``, ``VRAI``, ``x``, ``✓``, ``1``, ``nee`` … Raises ``Unfit``."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal) and value in (0, 1):
        return bool(value)
    text = str(value).strip().removesuffix(VARIATION)
    word = clean(text).removesuffix(".").casefold()
    if text in TICKS or word in YES:
        return True
    if text in EMPTY_BOXES or word in NO:
        return False
    raise unfit("not-a-boolean", field, value)


def code_of(field: Field, value: object, codes: Codelist) -> str:
    """The code whose name or label, in any language, is what was written; else ``Unfit`` with the nearest one."""
    known = _spellings(codes)
    if isinstance(value, date | time):
        raise unfit("unknown-code", field, value, **_help(field, "", known))
    if isinstance(value, bool):
        return _yes_no_code(field, value, known)
    text = clean(str(int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value))
    meant = _meant(text, known)
    if len(meant) == 1:
        return next(iter(meant))
    if meant:
        raise unfit("ambiguous-code", field, text, codes=", ".join(meant))
    raise unfit("unknown-code", field, text, **_help(field, text, known))


def _meant(text: str, known: Spellings) -> Mapping[str, str]:
    if len(text) > LONGEST:
        return {}
    if text.upper() in PLACEHOLDERS and fold(text) not in known.words:
        return {}
    if text in known.codes:
        return {text: text}
    found = known.words.get(fold(text), {})
    if found:
        return found if _sure(text, found) else {}
    letters = known.letters.get(text.upper(), "")
    return {letters: letters} if letters and text.lower() not in WORDS else {}


def _sure(text: str, found: Mapping[str, str]) -> bool:
    """Whether the signs that folding leaves out say nothing: spaces, hyphens, a full stop, those of a label."""
    labels = found.values()
    plain = unicodedata.normalize("NFC", text)
    signs = {sign for sign in plain if not sign.isalnum()} - SILENT
    telling = {sign for sign in signs if not any(sign in label for label in labels)}
    return text in labels or (not telling and not HELD_BACK.search(plain))


def _yes_no_code(field: Field, value: bool, known: Spellings) -> str:
    # Excel turns VRAI into a truth value on its own; a list that offers both yes and no means the same.
    yes, no = ({code for word in words for code in known.words.get(word, {})} for words in (SPOKEN_YES, SPOKEN_NO))
    meant = yes if value else no
    if len(yes) == len(no) == 1 and yes != no:
        return meant.pop()
    raise unfit("unknown-code", field, str(value).upper(), **_help(field, "", known))


_known: dict[int, Spellings] = {}
MOST_KNOWN = 256


def _spellings(codes: Codelist) -> Spellings:
    """The spellings of a list, which are worked out once: a list is the same object for all its cells."""
    found = _known.get(id(codes))
    if found is None or found.codes is not codes:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[id(codes)] = _spelled(codes)
    return found


def _spelled(codes: Codelist) -> Spellings:
    words: dict[str, dict[str, str]] = {}
    for code, labels in codes.items():
        for label in (*labels.values(), *FORMER.get(code, ())):
            words.setdefault(fold(label), {})[code] = label
    words.update({fold(code): {code: code} for code in codes if len(code) > SHORT or not code.isalpha()})
    words.pop("", None)
    return Spellings(codes, {code.upper(): code for code in codes if len(code) <= SHORT and code.isalpha()}, words)


def _money(field: Field, text: str, known: Spellings) -> str:
    """The only currency of a list that ``FCFA`` or ``€`` can mean."""
    found = [code for code in known.codes if field.codelist == "currencies" and currencies.agrees(text, code)]
    return found[0] if len(found) == 1 else ""


def _help(field: Field, text: str, known: Spellings) -> Mapping[str, object]:
    # What is near to a personal answer tells that answer.
    folded = fold(text[:LONGEST])
    near = difflib.get_close_matches(folded, known.words, 1, NEAR) if text and quotable(field) else []
    nearest = next(iter(known.words[near[0]].values())) if near else _money(field, text, known)
    return {"nearest": nearest, "codes": ", ".join(known.codes) if len(known.codes) <= FEW else ""}
