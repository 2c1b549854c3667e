"""Take out of the instructions of a page what a hidden part of them paints; all else is as it was."""

from __future__ import annotations

import re
from collections.abc import Callable

PIECE = re.compile(
    rb"[\0\t\n\f\r ]++|%[^\r\n]*+|\((?:[^()\\]++|\\.)*+\)|[(\[\]{})]|<<|>>|<[^<>]*+>|/[^\0\t\n\f\r ()<>\[\]{}/%]*+"
    rb"|[^\0\t\n\f\r ()<>\[\]{}/%]++|.",
    re.DOTALL,
)
OPERAND = re.compile(rb"[-+.\d]|(?:true|false|null)\Z")
WORD = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]")

PATHS = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
"""What paints a path, which must be ended all the same."""

SHOWS = frozenset({b"Do", b"sh"})
TEXTS = frozenset({b"Tj", b"TJ"})
LINES = frozenset({b"'", b'"'})
"""What shows text on the next line."""

BEFORE = 1 << 16
"""Bytes before a text in which its font is looked for."""

OPEN, CLOSE = frozenset({b"[", b"<<", b"{"}), frozenset({b"]", b">>", b"}"})

Move = Callable[[bytes, bytes], bytes]
"""What moves as far as a text would: from the instructions before it and its operands."""

Skip = Callable[[bytes, int], int]
"""Where a string, or a picture among the instructions, ends that begins at a place."""


def part(content: bytes, at: int, string: Skip, picture: Skip, move: Move) -> tuple[bytes, int]:
    """What remains of the hidden part that begins here, and where it ends with its ``EMC``."""
    kept: list[bytes] = []
    start, level, depth = at, 1, 0
    while level and (found := PIECE.match(content, at)):
        word, at = found[0], found.end()
        if word == b"(":
            at = string(content, found.start())
        depth = max(0, depth + (word in OPEN) - (word in CLOSE))
        if depth or not WORD.match(word) or OPERAND.match(word):
            continue
        level += (word in (b"BMC", b"BDC")) - (word == b"EMC")
        if word == b"BI":
            at = picture(content, found.start())
        operands = content[start : found.start()]
        moved = move(content[max(0, start - BEFORE) : start], operands) if word in (*TEXTS, *LINES) else b""
        kept.append(_left(word, content[start:at], moved))
        start = at
    return b" ".join(filter(None, kept)), at


def _left(word: bytes, order: bytes, moved: bytes) -> bytes:
    """What remains of an instruction, with its operands."""
    if word in PATHS:
        return b"n"
    if word in LINES:
        return b"T* " + moved
    if word in TEXTS:
        return moved
    return b"" if word in SHOWS or word in (b"BI", b"BMC", b"BDC", b"EMC", b"MP", b"DP") else order
