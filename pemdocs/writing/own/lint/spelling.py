"""Turn what Word's corrections have made of a tag's words back into what was typed, and tell what it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLOSERS = {'"': '"”“', "'": "'’", "“": "”“\"", "”": "”“\"", "„": "“”\"", "«": "»", "»": "«»", "‹": "›", "‘": "’‘'",
           "’": "’'", "‚": "‘’", "‛": "’", "‟": "”", "″": "″\"", "′": "′'", "`": "`'´", "´": "´`'"}  # fmt: skip
STRAIGHTENED = frozenset("“”‘’«»„")
"""The quotes that are made straight anyway before a template is filled in."""

AFTER = r"(?=\s*(?:$|[,)\]|}%=!<>~+:]|and\b|or\b|in\b|is\b|else\b|if\b|not\b))"
SIGNS = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00ad": "", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*",
         "÷": "/", "\u200b": "", "\ufeff": "", "\u2060": ""}  # fmt: skip
"""Other signs that Word puts for what was typed."""

DASHES = frozenset("–—−‐‑\u00ad")
INVISIBLE = frozenset("\u200b\ufeff\u2060")
OPERATORS = ((r"&&", " and "), (r"\|\|", " or "), (r"<>", "!="), (r"=>", ">="), (r"=<", "<="), (r"\bAND\b", "and"),
             (r"\bOR\b", "or"), (r"\bNOT\b", "not"))  # fmt: skip
FOREIGN = {"si": "if", "sinon": "else", "finsi": "endif", "fin si": "endif", "pour": "for", "finpour": "endfor",
           "fin pour": "endfor", "sinon si": "elif", "als": "if", "anders": "else", "eindeals": "endif",
           "einde als": "endif", "voor": "for", "eindevoor": "endfor", "einde voor": "endfor", "end if": "endif",
           "end for": "endfor", "else if": "elif", "elseif": "elif", "elsif": "elif",
           "fi": "endif", "next": "endfor"}  # fmt: skip
"""What people write for the words of tags."""

QUOTES, SIGN, OPERATOR, KEYWORD, CAPITAL, HIDDEN = "quotes", "sign", "operator", "keyword", "capital", "hidden"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A body as it should be spelt, and what was changed: for each sort, what stood there.

    ``grave`` says whether the template could not be filled in as it is.
    """

    body: str
    changed: tuple[tuple[str, str], ...] = ()
    grave: bool = False
    apostrophe: str = ""
    """A name with an apostrophe in it, which nothing can mend."""


def spelt(body: str, keywords: tuple[str, ...] = ()) -> Spelt:
    """The body of a tag as it should be spelt; ``keywords`` are those that may begin it."""
    words, changed, grave, apostrophe = [], [], False, ""
    for piece, quoted in _split(body):
        if quoted:
            right, bad, hard = _string(piece)
            if bad:
                changed.append((QUOTES, piece))
                grave = grave or hard
        else:
            right, told = _plain(piece, conditional=bool(keywords))
            changed += told
            grave = grave or bool(told)
            apostrophe = apostrophe or next(iter(re.findall(r"\w+’\w+", right)), "")
        words.append(right)
    whole = "".join(words)
    if keywords:
        whole, told = _keyword(whole, keywords)
        changed += told
        grave = grave or bool(told)
    return Spelt(whole, tuple(dict.fromkeys(changed)), grave, apostrophe)


def _split(body: str) -> Iterator[tuple[str, bool]]:
    """The stretches of a body: those in quotes of any sort, and the others."""
    at, begun = 0, 0
    while at < len(body):
        sign = body[at]
        inside = sign in "’'" and at and (body[at - 1].isalnum() or body[at - 1] == "_")
        end = _closing(body, at) if sign in CLOSERS and not inside else -1
        if end < 0:
            at += 1
            continue
        if begun < at:
            yield body[begun:at], False
        yield body[at : end + 1], True
        at = begun = end + 1
    if begun < len(body):
        yield body[begun:], False


def _closing(body: str, at: int) -> int:
    """Where a string that is opened here ends; -1 where it never does."""
    closers = CLOSERS[body[at]]
    own = body.find(body[at], at + 1) if body[at] in "\"'" else -1
    if own >= 0:
        return own
    found = re.compile(f"[{re.escape(closers)}]{AFTER}").search(body, at + 1)
    if found:
        return found.start()
    return next((place for place in range(at + 1, len(body)) if body[place] in closers), -1)


def _string(piece: str) -> tuple[str, bool, bool]:
    """A string in straight quotes, whether it was not, and whether it could not be read so."""
    first, last, inside = piece[0], piece[-1], piece[1:-1]
    straight = first == last and first in "\"'"
    if first in "«»‹":
        inside = inside.strip(" \u00a0\u202f")
    hurt = (first == "'" and set(inside) & set("‘’")) or (first == '"' and set(inside) & set("“”"))
    if straight and not hurt:
        return piece, False, False
    mark = "'" if '"' in inside or set(inside) & set("“”") else '"'
    if mark in inside:
        inside = inside.replace(mark, "\\" + mark)
    soft = not hurt and {first, last} <= STRAIGHTENED | {'"', "'"} and _pairs(first, last)
    return f"{mark}{inside}{mark}", True, not soft


def _pairs(first: str, last: str) -> bool:
    """Whether both quotes become the same straight one."""
    double = set('“”"')
    return (first in double) == (last in double)


def _plain(piece: str, *, conditional: bool) -> tuple[str, list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    right = piece
    for sign, meant in SIGNS.items():
        if sign in right:
            told.append((HIDDEN if sign in INVISIBLE else SIGN, sign))
            right = right.replace(sign, meant)
    for pattern, meant in OPERATORS:
        if re.search(pattern, right):
            told.append((OPERATOR, re.search(pattern, right)[0]))  # type: ignore[index]
            right = re.sub(pattern, meant, right)
    if conditional and re.match(r"\s*(?:if|elif|si|als|else if|elseif)\b", right, re.I):
        mended = re.sub(r"(?<![=!<>])=(?!=)", "==", right) if "(" not in right else right
        if mended != right:
            told.append((OPERATOR, "="))
            right = mended
    return right, told


def _keyword(body: str, keywords: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    """The first word of a tag, in small letters and in the language of tags."""
    bare = body.lstrip(" \u00a0\t\n")
    gap = body[: len(body) - len(bare)]
    for said in sorted(FOREIGN, key=len, reverse=True):
        meant = FOREIGN[said]
        found = re.match(rf"{said}(?=$|\W)", bare, re.I)
        if meant and found:
            return gap + meant + bare[found.end() :], [(KEYWORD, found[0])]
    found = re.match(r"\w+", bare)
    if found and found[0] not in keywords and found[0].lower() in keywords:
        return gap + found[0].lower() + bare[found.end() :], [(CAPITAL, found[0])]
    ending = re.match(r"(else|end(?:if|for))\s*[:;]\s*$", bare)
    if ending:
        return gap + ending[1], [(OPERATOR, bare.strip()[-1])]
    return body, []
