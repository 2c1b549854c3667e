"""Turn an answer into the code that is meant, or into yes or no. Only this module knows the words for them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from pemdocs.data.cleaning import clean, fold, quotable
from pemdocs.data.convert.unfit import unfit
from pemdocs.data.schema import Field
from pemdocs.project.programme import Codelist

YES = frozenset({"oui", "yes", "ja", "vrai", "true", "waar", "1", "x", "o", "y", "j"})
NO = frozenset({"non", "no", "nee", "neen", "faux", "false", "onwaar", "0", "n"})
TICKS = frozenset("✓✔☑✅🗸")
EMPTY_BOXES = frozenset("☐□")
VARIATION = "\ufe0f"
"""Follows a sign that a phone shows in colour."""

NEAR = 0.6
FEW = 15
"""So many codes at most are listed in a message."""


def yes_or_no(field: Field, value: object) -> bool:
    """True or false from ``Oui``, ``VRAI``, ``x``, ``✓``, ``1``, ``nee`` … Raises ``Unfit``."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal) and value in (0, 1):
        return bool(value)
    text = str(value).strip().removesuffix(VARIATION)
    if text in TICKS or fold(text) in YES:
        return True
    if text in EMPTY_BOXES or fold(text) in NO:
        return False
    raise unfit("not-a-boolean", field, value)


def code_of(field: Field, value: object, codes: Codelist) -> str:
    """The code whose name or label, in any language, is what was written; else ``Unfit`` with the nearest one."""
    if isinstance(value, date | time):
        raise unfit("unknown-code", field, value, **_help(field, "", codes))
    if isinstance(value, bool):
        return _yes_no_code(field, value, codes)
    text = clean(str(int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value))
    if text in codes:
        return text
    meant = _spellings(codes).get(fold(text), {})
    if len(meant) == 1:
        return next(iter(meant))
    if meant:
        raise unfit("ambiguous-code", field, text, codes=", ".join(meant))
    raise unfit("unknown-code", field, text, **_help(field, text, codes))


def _yes_no_code(field: Field, value: bool, codes: Codelist) -> str:
    # Excel turns VRAI into a truth value on its own; a list that offers yes and no means the same.
    spellings = _spellings(codes)
    meant = {code for word in (YES if value else NO) for code in spellings.get(word, {})}
    if len(meant) == 1:
        return meant.pop()
    raise unfit("unknown-code", field, str(value).upper(), **_help(field, "", codes))


def _spellings(codes: Codelist) -> dict[str, dict[str, str]]:
    """The codes that each folded spelling can mean, with the spelling as it is written; a code wins over a label."""
    found: dict[str, dict[str, str]] = {}
    for code, labels in codes.items():
        for label in labels.values():
            found.setdefault(fold(label), {})[code] = label
    found.update({fold(code): {code: code} for code in codes})
    found.pop("", None)
    return found


def _help(field: Field, text: str, codes: Codelist) -> Mapping[str, object]:
    spellings = _spellings(codes)
    # What is near to a personal answer tells that answer.
    near = difflib.get_close_matches(fold(text), spellings, 1, NEAR) if text and quotable(field) else []
    nearest = next(iter(spellings[near[0]].values())) if near else ""
    return {"nearest": nearest, "codes": ", ".join(codes) if len(codes) <= FEW else ""}
