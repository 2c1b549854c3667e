"""Turn typed text into clean text. Only this module knows which characters are noise and which look alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pemdocs.data.schema import Field, load

HIDDEN = "…"
"""Stands in a message for a value that must not be quoted."""

LONGEST_QUOTED = 40

LIKE_AN_ID = re.compile(r"(?=.*[0-9])[A-Z]{1,6}(?:-[A-Z0-9]{1,4})+")
"""``COACH-2`` or ``SN-22-A``: no name, no telephone number."""

WORDY = re.compile(r"[^\W\d_]{2}|^\D*$|(?:\d\D*){9}")
"""Two letters together, no digit at all, or more digits than a date has: what may be a name, or somebody's number."""

BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
JOINERS = re.compile("(?<![\u0590-\u08ff\u0900-\u0dff\u2190-\U0010ffff])[\u200c\u200d]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What any of the rules above may touch: most texts hold nothing of it, and are spared the rest."""

COLUMNS = re.compile(r"(?<=\d)\t+(?=\d)")
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
WORDS = re.compile(r"\w+")

MARKS = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")
"""Shapes of digits that say something else than the digit: a footnote, a half, a number in a list."""

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

BESIDE = "·"
"""Between an id and the name that a drop-down shows beside it."""

SEVERAL = re.compile(f"[{BESIDE};\n]")
"""What no name beside an id holds, but several of them do."""

HYPHEN, GAP = re.compile(" *- *"), re.compile("(?<=[A-Z]) (?=[0-9])")
"""What parts an id: a hyphen with or without room around it, or a space in the place of one."""

LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaeopcyxijshqwABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters that nobody can tell from Latin ones, as they slip into passport numbers."""


def clean(text: str) -> str:
    """The text as it was meant: composed accents, plain line breaks, no invisible characters, no blank ends.

    Spaces inside stay as they are, no-break and narrow ones included; a tab becomes a space.
    """
    if not SUSPECT.search(text):
        return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()
    # A tab between two numbers keeps them apart, where a single space would join them into one.
    text = COLUMNS.sub("  ", BREAKS.sub("\n", text)).replace("\t", " ")
    text = CONTROLS.sub("", JOINERS.sub("", INVISIBLE.sub("", text)))
    return "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n")).strip()


def controls(text: str) -> bool:
    """Whether the text holds characters that no XML file, and so neither Word nor PDF, can hold."""
    return bool(SUSPECT.search(text) and CONTROLS.search(text))


def clean_code(text: str) -> str:
    """A code or an identifier in its plain spelling: ASCII digits, plain hyphens and spaces, Latin letters."""
    cleaned = clean(text)
    if cleaned.isascii():
        return " ".join(cleaned.split())
    plain = "".join(map(_plain, DASHES.sub("-", cleaned)))
    return " ".join(plain.split()).translate(LOOKALIKES)


def _plain(sign: str) -> str:
    """A letter or a digit in its plain shape; what stands higher, lower or in a circle is a mark, and no digit."""
    marked = unicodedata.decomposition(sign).startswith(MARKS)
    return sign if marked else unicodedata.normalize("NFKC", sign)


def identifier(text: str) -> str:
    """An id as it is meant, however it is written: ``sn - 014`` and ``SN 014 · Moulins du Fonio`` are ``SN-014``.

    What stands behind a dot in the middle is the name that a drop-down shows beside the id, unless another id may be
    in it: of two ids in one cell neither is lost.
    """
    code, _, name = clean(text).partition(BESIDE)
    bare = clean_code(text if SEVERAL.search(name) else code).strip().upper()
    return GAP.sub("-", HYPHEN.sub("-", bare))


def lookalikes(text: str) -> bool:
    """Whether a word mixes Latin letters with Cyrillic or Greek ones that look the same."""
    return not text.isascii() and any(
        word != word.translate(LOOKALIKES) and any("LATIN" in unicodedata.name(letter, "") for letter in word)
        for word in WORDS.findall(text)
    )


def disguised(text: str) -> bool:
    """Whether a code holds any letter of another alphabet that looks like a Latin one."""
    return not text.isascii() and text != text.translate(LOOKALIKES)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text for comparison: case, accents, spaces and punctuation do not count."""
    bare = unicodedata.normalize("NFKD", clean_code(text)).casefold().translate(LIGATURES)
    return "".join(letter for letter in bare if letter.isalnum())


def quotable(field: Field) -> bool:
    """Whether a message may quote values of this field: nothing restricted, nothing about a person."""
    return not field.personal and field.audience != "restricted"


def private(table: str) -> bool:
    """Whether rows of a table hold what must not be quoted: what stands in one column may belong in another."""
    known = load().get(table)
    return known is not None and not all(map(quotable, known.fields.values()))


def shown(field: Field, value: object) -> str:
    """The value as a message may quote it: written like an id, a number or a date. All else may be a name: ``…``.

    In a row about a person a number may be anybody's too, so there it is an id or nothing.
    """
    text = str(value)
    if not quotable(field) or len(text) > LONGEST_QUOTED:
        return HIDDEN
    telling = LIKE_AN_ID.fullmatch(text) or not (private(field.table) or WORDY.search(text))
    return text if telling else HIDDEN


def short(text: object) -> str:
    """A unit of a number format as a message may quote it, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST_QUOTED else line[: LONGEST_QUOTED - 1] + "…"
