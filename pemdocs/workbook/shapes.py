"""Turn a number format into what it does to a number. Only this module knows how Excel writes number formats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

LONGEST = 255
"""Excel allows no longer format."""

TOKEN = re.compile(
    r'"(?P<text>[^"]*)"?|\\(?P<escaped>.)|(?P<pad>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<whole>General|Standard|[ap]m?/[ap]m?'
    r"|E[+-])|(?P<place>[0#?])|(?P<letters>([a-z])\8*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__,
    "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip
CALENDAR = frozenset("dmyhsbeg")
PLAIN = frozenset(" -/():+.'’,\u00a0\u202f")
"""Signs around digits that say nothing of what they count."""

THOUSANDS = frozenset(
    {"k", "m", "md", "mio", "mrd", "milliers", "millions", "thousand", "million", "duizend", "miljoen"}
)


class Token(NamedTuple):
    """A piece of a format: ``text``, ``pad``, ``bracket``, ``whole``, ``place``, ``letters`` or ``other``."""

    kind: str
    text: str


Section = tuple[Token, ...]


@lru_cache(maxsize=4096)
def sections(shape: str) -> tuple[Section, ...]:
    """The sections of a format, which are parted by semicolons."""
    found: list[list[Token]] = [[]]
    for token in _tokens(shape[:LONGEST]):
        if token == Token("other", ";"):
            found.append([])
        else:
            found[-1].append(token)
    return tuple(map(tuple, found))


def _tokens(shape: str) -> Iterator[Token]:
    for match in TOKEN.finditer(shape):
        kind = match.lastgroup if match.lastgroup != "escaped" else "text"
        for name in ("text", "escaped", "pad", "bracket", "whole", "place", "letters", "other"):
            if match[name] is not None:
                kind = "text" if name == "escaped" else name
                yield Token(kind, match[name])
                break


def section(shape: str, value: int | Decimal) -> Section:
    """The section that holds for this number."""
    found = sections(shape)[:3]
    conditions = [_condition(each) for each in found]
    if not any(conditions):
        return found[_usual(len(found), value)]
    fits = (each for each, holds in zip(found, conditions, strict=True) if holds is None or holds(Decimal(value)))
    return next(fits, found[-1])


def _usual(count: int, value: int | Decimal) -> int:
    if count == 3 and value == 0:
        return 2
    return 1 if count >= 2 and value < 0 else 0


def _condition(found: Section) -> Callable[[Decimal], bool] | None:
    for token in found:
        match = CONDITION.fullmatch(token.text.strip()) if token.kind == "bracket" else None
        if match:
            sign, limit = match[1], Decimal(match[2])
            return lambda value: HOLDS[sign](value, limit)
    return None


@lru_cache(maxsize=4096)
def moment(shape: str) -> str:
    """``date``, ``time`` or ``elapsed`` where the format makes a moment of a number, else nothing."""
    first = sections(shape)[0]
    if any(token.kind == "bracket" and ELAPSED.fullmatch(token.text) for token in first):
        return "elapsed"
    letters = {token.text[0].lower() for token in first if token.kind == "letters"}
    if not letters or not letters <= CALENDAR or _counts(first):
        return ""
    return "date" if letters & set("dybeg") or letters == {"m"} else "time"


def _counts(found: Section) -> bool:
    """Whether the section has places for digits, other than for parts of a second."""
    last = ""
    for token in found:
        if token.kind == "place" and last != "s":
            return True
        if token.kind == "letters":
            last = token.text[0].lower()
    return False


def lacking(shape: str) -> bool:
    """Whether a format of a date does not show its day, its month or its year."""
    letters = {token.text.lower() for token in sections(shape)[0] if token.kind == "letters"}
    day = bool(letters & {"d", "dd"})
    year = any(each[0] in "ye" for each in letters)
    month = any(each[0] == "m" for each in letters)
    return not (day and month and year)


def shown(shape: str, day: int, month: int, year: int) -> str:
    """What an incomplete format shows of a date, in figures: ``05/1980``, ``12/05``."""
    letters = {token.text.lower() for token in sections(shape)[0] if token.kind == "letters"}
    parts = [
        f"{day:02}" if letters & {"d", "dd"} else "",
        f"{month:02}" if any(each[0] == "m" for each in letters) else "",
        str(year) if any(each[0] in "ye" for each in letters) else "",
    ]
    return "/".join(filter(None, parts))


def percent(shape: str) -> bool:
    """Whether the format shows the number as a percentage."""
    return "%" in shape and any(token.text == "%" for token in sections(shape)[0] if token.kind == "other")


def scientific(shape: str) -> bool:
    """Whether the format shows the number by a power of ten."""
    return any(token.kind == "whole" and token.text[0] in "Ee" for token in sections(shape)[0])


def unit(shape: str, value: int | Decimal) -> str:
    """What the format says beside the digits: ``€``, ``F CFA``, ``kg``; nothing for one that only groups or rounds."""
    if not shape or shape == "General" or moment(shape):
        return ""
    found = section(shape, value)
    text = "".join(_words(found)).strip("".join(PLAIN))
    telling = any(sign.isalpha() or sign in "°‰" or unicodedata.category(sign) == "Sc" for sign in text)
    return text if telling and not (_scaled(found) and text.casefold() in THOUSANDS) else ""


def _words(found: Section) -> Iterator[str]:
    for token in found:
        if token.kind in ("text", "letters") or (token.kind == "other" and token.text not in PLAIN | {"%"}):
            yield token.text
        elif token.kind == "bracket" and token.text.startswith("$"):
            yield token.text[1:].partition("-")[0]


def _scaled(found: Section) -> bool:
    """Whether a comma behind the last digit divides by a thousand."""
    last = max((place for place, token in enumerate(found) if token.kind == "place"), default=-1)
    return found[last + 1 : last + 2] == (Token("other", ","),)


def padded(value: int | Decimal, shape: str) -> str | None:
    """The digits as a number format with leading zeros shows them (``000000000``), ``None`` for any other format."""
    if not isinstance(value, int) or value < 0 or moment(shape):
        return None
    found = section(shape, value)
    places = [token.text for token in found if token.kind == "place"]
    odd = any(token.kind in ("letters", "whole") for token in found)
    odd = odd or any(token.kind == "other" and token.text not in " -/():+" for token in found)
    if odd or "0" not in places[:-1]:
        return None
    return _filled(list(str(value)), found, len(places))


def _filled(left: list[str], found: Section, places: int) -> str:
    said: list[str] = []
    for token in reversed(found):
        if token.kind in ("text", "other"):
            said.append(token.text)
        if token.kind != "place":
            continue
        places -= 1
        if places == 0 and left:
            said.append("".join(left))
        else:
            said.append(left.pop() if left else "0" if token.text == "0" else "")
    return "".join(reversed(said)).strip()


BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy/mm/dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
}  # fmt: skip
"""Formats that files name by a number alone; those that are missing show the currency of whoever looks at them."""
