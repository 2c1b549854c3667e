"""Turn a JPEG file into its bare picture: no camera data, no comment, nothing after its end.

Only this module knows the segments of JPEG (ITU-T T.81, annex B).
"""

from __future__ import annotations

from collections.abc import Iterator

PLAIN = frozenset({0xC0, 0xC1, 0xC2})
"""Starts of frames that PDF readers decode: baseline, extended, progressive (ISO 32000-1, 7.4.8)."""

FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
KEPT = frozenset({0xE0, 0xEE})
"""The application segments that change how the picture looks: JFIF and Adobe's colour transform."""

SCAN, END = 0xDA, b"\xff\xd9"


def bare(content: bytes) -> bytes | None:
    """The picture alone, pixel for pixel the same; ``None`` where it is broken or of a kind that PDF does not hold."""
    parts = [content[:2]]
    for marker, start, end in _segments(content):
        if marker in FRAMES - PLAIN:
            return None
        if marker == SCAN:
            close = content.find(END, start)
            return None if close < 0 else b"".join((*parts, content[start : close + 2]))
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in KEPT:
            parts.append(content[start:end])
    return None


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The marker, start and end of each segment up to the first scan."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        yield content[at + 1], at, end
        at = end
