"""Turn the text of a passage into its tags, closed or not: a mistake in one tag hides none of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pemdocs.writing.own.lint.story import Passage

BLANK = "[ \u00a0\u200b\u202f]"
OPEN = re.compile(rf"\{{{BLANK}?[{{%#]")
CLOSE = re.compile(rf"[}}%#]{BLANK}?\}}")
SINGLE = re.compile(r"\{\s*(\w+\.[\w.]+)\s*(?:\|[^{}]*)?\}")
CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
EXPRESSION = re.compile(r"[^}.;:!?]{0,80}?(?=\}|$|[.;:!?] )")
PREFIXED = re.compile(
    r"\A(?P<sign>[-+]?)(?P<gap>\s*)(?P<prefix>tr|tc|p|r)(?P<between>\s*)(?P<rest>\S.*)\Z", re.S | re.I
)
STATEMENTS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro", "call", "endcall",
              "filter", "endfilter", "with", "endwith")  # fmt: skip
STATED = re.compile(rf"(?:{'|'.join(STATEMENTS)})\b", re.I)
PRINTING, STATING, REMARK = "{{", "{%", "{#"
SPACED, MISMATCHED, UNCLOSED, ALONE, ONE_BRACE = "spaced", "mismatched", "unclosed", "alone", "one-brace"
"""What may be wrong with the braces of a tag."""


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag, or what was meant as one.

    ``wrong`` is what is wrong with its braces; ``prefix`` is ``p``, ``tr``, ``tc``, ``r`` or nothing, ``body`` what
    stands between the braces behind the prefix.
    """

    passage: Passage
    start: int
    end: int
    opener: str
    body: str
    prefix: str = ""
    sign: str = ""
    wrong: str = ""
    misplaced: bool = False
    """Whether its prefix is not written as it must be: with a blank before it, or none behind."""

    @property
    def text(self) -> str:
        """The tag as it stands."""
        return self.passage.text[self.start : self.end]

    @property
    def closer(self) -> str:
        """What should close it."""
        return CLOSERS[self.opener]

    @property
    def closing_dash(self) -> bool:
        """Whether it takes away the white space behind it."""
        return bool(re.search(r"\s-[%}]\}\Z", self.text))


def tags(passage: Passage) -> Iterator[Tag]:
    """The tags of a passage in their order, and what is left of some: braces that nothing opens or closes."""
    text, at = passage.text, 0
    while found := OPEN.search(text, at):
        yield from _between(passage, at, found.start())
        tag = _tag(passage, found)
        if tag.wrong == UNCLOSED and len(found[0]) > len(tag.opener):
            at = found.end()  # two braces apart that nothing closes are no tag
            continue
        yield tag
        at = max(tag.end, found.end())
    yield from _between(passage, at, len(text))


def _tag(passage: Passage, found: re.Match[str]) -> Tag:
    text, opener = passage.text, found[0][0] + found[0][-1]
    following = OPEN.search(text, found.end())
    limit = following.start() if following else len(text)
    close = CLOSE.search(text, found.end(), limit)
    wrong = SPACED if len(found[0]) > 2 else ""
    if close is None:
        end, inner = _open_end(text, found.end(), limit)
        return _made(passage, found.start(), end, opener, inner, UNCLOSED)
    if close[0][0] + close[0][-1] != CLOSERS[opener]:
        wrong = MISMATCHED
    elif len(close[0]) > 2:
        wrong = wrong or SPACED
    return _made(passage, found.start(), close.end(), opener, text[found.end() : close.start()], wrong)


def _open_end(text: str, start: int, limit: int) -> tuple[int, str]:
    """Where a tag that nobody has closed may end: at a single brace, else at the end of its expression."""
    brace = text.find("}", start, limit)
    if brace >= 0:
        return brace + 1, text[start:brace].rstrip("%")
    found = EXPRESSION.match(text, start, limit)
    end = max(found.end() if found else limit, start)
    return end, text[start:end]


def _made(passage: Passage, start: int, end: int, opener: str, inner: str, wrong: str) -> Tag:
    found = PREFIXED.match(inner)
    if found and _is_prefix(found, opener):
        given = found["prefix"]
        misplaced = bool(found["gap"]) or not found["between"] or not given.islower()
        rest = found["rest"]
        return Tag(passage, start, end, opener, _inner(rest), given.lower(), found["sign"], wrong, misplaced)
    sign = inner[:1] if inner[:1] in "-+" and opener != REMARK else ""
    return Tag(passage, start, end, opener, _inner(inner.removeprefix(sign)), "", sign, wrong)


def _inner(body: str) -> str:
    """A body without the dash that takes white space away."""
    return re.sub(r"\s-\Z", "", body)


def _is_prefix(found: re.Match[str], opener: str) -> bool:
    if opener == STATING:
        return bool(STATED.match(found["rest"])) or (not found["gap"] and bool(found["between"]))
    return not found["gap"] and bool(found["between"]) and not re.match(r"[|.(,=+*/<>-]", found["rest"])


def _between(passage: Passage, start: int, end: int) -> Iterator[Tag]:
    """What stands between tags and looks like one: closing braces alone, a name in single braces."""
    text = passage.text
    for found in re.finditer(r"(?P<single>\{\s*\w+\.[\w.]+\s*(?:\|[^{}]*)?\}+)|[}%#]\}", text[start:end]):
        first, last = start + found.start(), start + found.end()
        if found["single"]:
            inner = found[0].strip("{} ")
            yield Tag(passage, first, last, PRINTING, inner, wrong=ONE_BRACE)
        else:
            yield Tag(passage, first, last, {"}": "{{", "%": "{%", "#": "{#"}[found[0][0]], "", wrong=ALONE)
