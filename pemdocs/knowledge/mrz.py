"""Turn the two lines at the foot of a passport into its data and faults. Only this module knows the MRZ of size TD3.

Source: ICAO Doc 9303, part 3 (check digits, transliteration of national characters) and part 4 (the TD3 layout).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import cycle

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The value of a character is its place: 0–9, A = 10 to Z = 35; the filler ``<`` counts 0."""

WEIGHTS = (7, 3, 1)
FILLER = "<"
LENGTH = 44
NAME_LENGTH = 39
VALIDITY_YEARS = 10
"""The longest a passport is valid: between issue and expiry."""

APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′."))
"""Signs that the MRZ leaves out without a filler in their place."""

SPELLINGS = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Đ": ("D",),
    "Ħ": ("H",),
    "Ł": ("L",),
    "Ñ": ("N", "NXX"),
    "Ŋ": ("N",),
    "Ö": ("OE", "O"),
    "Ø": ("OE", "O"),
    "Œ": ("OE",),
    "ẞ": ("SS",),
    "Þ": ("TH",),
    "Ŧ": ("T",),
    "Ü": ("UE", "UXX", "U"),
    # Letters of Pulaar, Bambara and Ewe that Doc 9303 leaves out: the hook goes, as accents do.
    "Ɓ": ("B",),
    "Ɖ": ("D",),
    "Ɗ": ("D",),
    "Ɛ": ("E",),
    "Ɲ": ("N",),
    "Ɔ": ("O",),
    "Ƴ": ("Y",),
}
"""The ways to write a capital in the MRZ that are more than leaving its accent out; editions and states differ."""

Spellings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a TD3 zone says, fillers at the ends taken off; ``name`` alone is the whole field as printed, 39 characters.

    ``birth`` and ``expiry`` are YYMMDD without a century; unknown parts of a birth date are ``<<``. ``sex`` is M, F or
    empty. ``faults`` names what is wrong, in the order of the zone: ``FIELD-form`` or ``FIELD-check-digit``, where
    FIELD is document, issuer, name, number, nationality, birth, sex, expiry, optional or composite.
    """

    document_code: str
    issuer: str
    name: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str
    faults: tuple[str, ...]


def check_digit(text: str) -> str:
    """The check digit of a text of A–Z, 0–9 and ``<``: values times 7, 3, 1 repeating, summed, modulo 10.

    Raises ValueError for any other character. Source: ICAO Doc 9303 part 3, 4.9.
    """
    if not re.fullmatch("[A-Z0-9<]*", text):
        raise ValueError(f"a machine-readable zone has only A–Z, 0–9 and <: {text!r}")
    values = (0 if character == FILLER else ALPHABET.index(character) for character in text)
    return str(sum(value * weight for value, weight in zip(values, cycle(WEIGHTS), strict=False)) % 10)


def parse(lines: tuple[str, str]) -> Mrz:
    """Read the two lines of a passport; what is wrong in them is named in ``faults`` and never raised.

    Raises ValueError unless there are two lines of 44 characters out of A–Z, 0–9 and ``<``.
    """
    if len(lines) != 2 or not all(re.fullmatch(f"[A-Z0-9<]{{{LENGTH}}}", line) for line in lines):
        raise ValueError(f"a passport has two lines of {LENGTH} characters, only A–Z, 0–9 and <")
    upper, lower = lines
    surname, _, given_names = upper[5:].partition(FILLER * 2)
    return Mrz(
        document_code=upper[:2].rstrip(FILLER),
        issuer=upper[2:5].rstrip(FILLER),
        name=upper[5:],
        surname=_words(surname),
        given_names=_words(given_names),
        number=lower[:9].rstrip(FILLER),
        nationality=lower[10:13].rstrip(FILLER),
        birth=lower[13:19],
        sex=lower[20].rstrip(FILLER),
        expiry=lower[21:27],
        optional=lower[28:42].rstrip(FILLER),
        faults=tuple(_faults(upper, lower)),
    )


def resolve_birth(yymmdd: str, today: date) -> date | None:
    """The last date up to today that these six digits can mean; None where they are no date or parts are unknown."""
    return next((day for day in _dates(yymmdd, today.year, -1) if day <= today), None)


def resolve_expiry(yymmdd: str, issued: date) -> date | None:
    """The date from the day of issue to ten years after that these six digits mean; None where there is none."""
    end = (issued.year + VALIDITY_YEARS, issued.month, issued.day)
    found = next((day for day in _dates(yymmdd, issued.year, 1) if day >= issued), None)
    return found if found and (found.year, found.month, found.day) <= end else None


def agrees(name: str, mrz_name: str) -> bool:
    """Whether a name as people write it, surname first, can stand in the MRZ as ``mrz_name`` does.

    Accents go or are spelled out, in any way a state may have chosen; apostrophes and full stops go; hyphens, spaces
    and commas are fillers, one or more of them being the same. ``mrz_name`` is a part of a name, or the whole field of
    39 characters (``Mrz.name``), where a name that fills it may be cut off. Empty names and other scripts never agree.
    """
    text = _joined(mrz_name)
    cut = len(mrz_name) == NAME_LENGTH
    length = len(mrz_name.rstrip(FILLER))
    if not text:
        return False
    if cut and length == NAME_LENGTH:
        return _matches(name, text, lambda rest, spelling: spelling.startswith(rest))
    # Cut between two words, the field ends in one filler, or in two between surname and given names.
    if cut and length >= NAME_LENGTH - 2:
        return _matches(name, text, lambda rest, spelling: not rest and spelling == FILLER)
    return _matches(name, text, lambda rest, spelling: False)


def _matches(name: str, text: str, ends: Callable[[str, str], bool]) -> bool:
    """Follow all spellings at once; ``ends`` tells whether the text may stop here, before a spelling is complete."""
    places = {0}
    for ways in spellings(name):
        pairs = [(place, spelling) for place in places for spelling in ways]
        if any(ends(text[place:], spelling) for place, spelling in pairs):
            return True
        places = {place + len(spelling) for place, spelling in pairs if text.startswith(spelling, place)}
    return len(text) in places


def spellings(name: str) -> Iterator[Spellings]:
    """For each letter of a name the ways to write it; none at all where the MRZ has no letter for it."""
    capitals = unicodedata.normalize("NFKC", name.translate(APOSTROPHES).upper()).upper().translate(APOSTROPHES)
    for letter in _joined("".join(FILLER if _parts(each) else each for each in capitals)):
        yield SPELLINGS.get(letter) or _without_accent(letter)


def _parts(character: str) -> bool:
    """Whether a character parts two words as a space does: a comma or any dash."""
    return character == "," or unicodedata.category(character) == "Pd"


def _without_accent(letter: str) -> Spellings:
    bare = "".join(each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each))
    return SPELLINGS.get(bare) or ((bare,) if set(bare) <= set(ALPHABET + FILLER) else ())


def _joined(text: str) -> str:
    return FILLER.join(re.findall(r"[^<\s]+", text))


def _words(field: str) -> str:
    return _joined(field).replace(FILLER, " ")


def _dates(yymmdd: str, year: int, step: int) -> Iterator[date]:
    """The dates of these digits in the century of a year, and in the one before or after it."""
    if not re.fullmatch("[0-9]{6}", yymmdd):
        return
    for century in (year // 100, year // 100 + step):
        with suppress(ValueError):  # 29 February is not in every century
            yield date(century * 100 + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:]))


def _faults(upper: str, lower: str) -> Iterator[str]:
    wrong_forms = [field for field, right in _forms(upper, lower) if not right]
    wrong_digits = [field for field, right in _digits(lower) if not right]
    for field in _FIELDS:
        if field in wrong_forms:
            yield f"{field}-form"
        if field in wrong_digits:
            yield f"{field}-check-digit"


def _forms(upper: str, lower: str) -> Iterator[tuple[str, bool]]:
    """Whether each field has the signs that belong there."""
    yield "document", bool(re.fullmatch("P[A-Z<]", upper[:2]))
    yield "issuer", _is_state(upper[2:5])
    yield "name", bool(re.fullmatch("[A-Z]+(<[A-Z]+)*(<<[A-Z]+(<[A-Z]+)*)?<*", upper[5:]))
    yield "number", lower[0] != FILLER
    yield "nationality", _is_state(lower[10:13])
    yield "birth", _is_birth(lower[13:19])
    yield "sex", lower[20] in "MF<"
    yield "expiry", _is_day(lower[21:27])


def _digits(lower: str) -> Iterator[tuple[str, bool]]:
    """Whether each check digit is right; the one of an empty optional field may be a filler."""
    optional = lower[28:42]
    yield "number", check_digit(lower[:9]) == lower[9]
    yield "birth", check_digit(lower[13:19]) == lower[19]
    yield "expiry", check_digit(lower[21:27]) == lower[27]
    yield "optional", check_digit(optional) == lower[42] or optional + lower[42] == FILLER * 15
    yield "composite", check_digit(lower[:10] + lower[13:20] + lower[21:43]) == lower[43]


def _is_state(code: str) -> bool:
    return bool(re.fullmatch("[A-Z]+<*", code))


def _is_day(yymmdd: str) -> bool:
    """Whether the digits are a date in some century: 2000 has the leap years of them all."""
    return any(_dates(yymmdd, 2000, 1))


def _is_birth(yymmdd: str) -> bool:
    """Whether these are a date of which year, month or day may be unknown."""
    parts = (yymmdd[:2], yymmdd[2:4], yymmdd[4:])
    # What is unknown is taken as what allows most: a leap year, a long month, the first day.
    widest = zip(parts, ("00", "01", "01"), strict=True)
    return _is_day("".join(most if part == FILLER * 2 else part for part, most in widest))


_FIELDS = (
    "document",
    "issuer",
    "name",
    "number",
    "nationality",
    "birth",
    "sex",
    "expiry",
    "optional",
    "composite",
)
