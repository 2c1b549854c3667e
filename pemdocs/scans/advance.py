"""Tell how far a text moves what stands after it on its line, so that it can be taken out and nothing else moves.

Only this module knows the widths of the fonts in a PDF (ISO 32000-1, 9.2.4, 9.7.4.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, PikepdfError, String

from pemdocs.scans import lettering, streams
from pemdocs.scans.keeping import exact

FONT = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)\s+(-?[\d.]+)\s+Tf\Z")
NUMBER = re.compile(rb"(-?[\d.]+)\s+T[cw]\Z")


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths of a font in thousandths of its size, by code of so many ``bytes``, and that of any ``other`` code."""

    bytes: int
    each: Mapping[int, float]
    other: float


NEAR = 200
"""Bytes before an operator among which its operands stand."""


@dataclass(slots=True)
class Ruler:
    """What measures the texts of a drawing: the fonts that it names, and the widths that were looked up."""

    resources: Object | None
    widths: dict[str, Widths] = field(default_factory=dict)

    def moved(self, before: bytes, operands: bytes) -> bytes:
        """The instruction that moves as far as the text in these operands would, after the instructions before it."""
        name, size = _font(before)
        fonts = self.resources.get("/Font") if isinstance(self.resources, Dictionary) else None
        font = fonts.get(exact(f"/{name}")) if isinstance(fonts, Dictionary) and name else None
        if not isinstance(font, Dictionary) or not size:
            return b""
        letter, word = (_number(before, each) * 1000 / size for each in (b"Tc", b"Tw"))
        try:
            if name not in self.widths:
                self.widths[name] = _composite(font) if font.get("/Subtype") == Name.Type0 else _simple(font)
            total = sum(_wide(self.widths[name], each, letter, word) for each in _strings(operands))
        except (PikepdfError, ValueError, TypeError):
            return b""
        return b"[%.2f] TJ" % -total


def _font(before: bytes) -> tuple[str, float]:
    """The font that is set, and its size."""
    at = len(before)
    while (at := before.rfind(b"Tf", 0, at)) >= 0:
        if found := FONT.search(before, max(0, at - NEAR), at + 2):
            return found[1].decode("utf-8", "surrogateescape"), _float(found[2])
    return "", 0.0


def _number(before: bytes, operator: bytes) -> float:
    at = before.rfind(operator)
    found = NUMBER.search(before, max(0, at - NEAR), at + 2) if at >= 0 else None
    return _float(found[1]) if found else 0.0


def _float(word: bytes) -> float:
    try:
        return float(word)
    except ValueError:
        return 0.0


def _strings(operands: bytes) -> list[object]:
    """The strings and numbers that are shown, one after another."""
    found = Object.parse(b"[" + operands + b"]")
    last = found[-1] if isinstance(found, Array) and len(found) else None
    return list(last) if isinstance(last, Array) else [last]


def _wide(widths: Widths, shown: object, letter: float, word: float) -> float:
    """How far a string, or a number between strings, moves, in thousandths of the size."""
    if not isinstance(shown, String):
        return -float(shown)  # type: ignore[arg-type]
    codes, size = bytes(shown), widths.bytes
    numbers = [int.from_bytes(codes[at : at + size], "big") for at in range(0, len(codes), size)]
    spaces = numbers.count(32) if size == 1 else 0
    return sum(widths.each.get(number, widths.other) for number in numbers) + letter * len(numbers) + word * spaces


def _simple(font: Object) -> Widths:
    given, first = font.get("/Widths"), font.get("/FirstChar", 0)
    if isinstance(given, Array) and isinstance(first, int):
        matrix = font.get("/FontMatrix")
        scale = float(matrix[0]) * 1000 if font.get("/Subtype") == Name.Type3 and isinstance(matrix, Array) else 1.0
        return Widths(1, {first + at: float(each) * scale for at, each in enumerate(given)}, 0.0)
    family = streams.word(font.get("/BaseFont"))[1:]
    letters = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    return Widths(1, {code: lettering.width(each, family) * 1000 for code, each in letters.items()}, 0.0)


def _composite(font: Object) -> Widths:
    inner = font.get("/DescendantFonts")
    one = inner[0] if isinstance(inner, Array) and len(inner) else Dictionary()
    run = list(one.get("/W", Array()))
    found: dict[int, float] = {}
    at = 0
    while at + 1 < len(run):
        first, second = int(run[at]), run[at + 1]
        if isinstance(second, Array):
            found |= {first + number: float(each) for number, each in enumerate(second)}
            at += 2
        else:
            found |= dict.fromkeys(range(first, min(int(second), 0xFFFF) + 1), float(run[at + 2]))
            at += 3
    return Widths(2, found, float(one.get("/DW", 1000)))
