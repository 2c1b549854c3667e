"""Turn a text into its words without case and accents, each with its place. Only this module knows what parts words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ŋ": "n", "ɗ": "d", "ɓ": "b"})
"""Letters that no decomposition parts."""

LOOKALIKES = str.maketrans(
    "авеѕіјкмнорстухԛԝԁһӏցոօսհαβεικνορτυχγωϲϳɑɡᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "abesijkmhopctyxqwdhlgnouhabeikvoptuxywcjagabcdeghijklmnoprstuvwyz",
)
"""Cyrillic, Greek, Armenian and phonetic letters that look like Latin ones: small ones, for case is folded first."""


UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u200a\u2006")
"""Letters and spaces that nobody sees."""


class Token(NamedTuple):
    """A word of a text: folded, where it stands, whether it begins with a capital."""

    word: str
    start: int
    end: int
    capital: bool


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text; what is invisible, such as a soft hyphen, parts nothing."""
    found, word, start, end, capital = [], "", 0, 0, False
    for place, sign in enumerate(text):
        folded = _folded(sign)
        if folded and not word:
            start, capital = place, sign.isupper() or sign.istitle()
        if folded:
            word, end = word + folded, place + 1
        elif word and not _invisible(sign):
            found.append(Token(word, start, end, capital))
            word = ""
    return (*found, Token(word, start, end, capital)) if word else tuple(found)


def plain(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(each.word for each in tokens(text))


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    if sign in UNSEEN:
        return ""
    bare = unicodedata.normalize("NFKD", sign).casefold().translate(LIGATURES).translate(LOOKALIKES)
    return "".join(each for each in bare if each.isalnum())


@lru_cache(maxsize=4096)
def _invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Cf", "Me") or sign in UNSEEN
