"""Turn a JPEG file into its bare picture: no camera data, no comment, no thumbnail, nothing after its end.

Only this module knows the segments of JPEG (ITU-T T.81, annex B) and of JPEG 2000 (ITU-T T.800, annexes A and I).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PLAIN = frozenset({0xC0, 0xC1, 0xC2})
"""Starts of frames that PDF readers decode: baseline, extended, progressive (ISO 32000-1, 7.4.8)."""

PROGRESSIVE = 0xC2
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
APPLICATION, COMMENT = range(0xE0, 0xF0), 0xFE
JFIF, ADOBE = 0xE0, 0xEE
"""The application segments that change how the picture looks: the density and Adobe's colour transform."""

START, SCAN, END = b"\xff\xd8", 0xDA, b"\xff\xd9"
NEXT = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""The marker that ends the data of a scan."""

ENOUGH = b"\0" * 16
"""Data for so few blocks that a picture for which they suffice lacks nothing that is seen."""

Segment = tuple[int, int, int]


def bare(content: bytes) -> bytes | None:
    """The picture alone, pixel for pixel the same; ``None`` where it is broken or of a kind that PDF does not hold."""
    parts = [START]
    for marker, start, end in _segments(content):
        if marker in FRAMES - PLAIN:
            return None
        if marker == END[1]:
            return b"".join((*parts, END))
        parts.append(_kept(marker, content[start:end]))
        if marker == SCAN and end == len(content):  # its end is lost
            return b"".join((*parts, END))
    return None


def unsaid(content: bytes) -> bytes:
    """The file without what is said of its picture, be it whole or not, and of any kind."""
    if not content.startswith(START):
        return content
    segments = list(_segments(content))
    kept = b"".join(_kept(marker, content[start:end]) for marker, start, end in segments)
    whole = bool(segments) and segments[-1][0] == END[1]
    return START + kept + (b"" if whole else content[segments[-1][2] if segments else 2 :])


def ended(content: bytes) -> bytes:
    """The file so that it can be decoded where it has lost its end and nothing more, else as it is."""
    segments = list(_segments(content))
    markers = [marker for marker, *_ in segments]
    if END[1] in markers or SCAN not in markers:
        return content
    if PROGRESSIVE not in markers:
        return content + ENOUGH
    return content + END if _refined(content, segments) else content


def held(content: bytes) -> tuple[int, int]:
    """How many pixels must be held at once to decode a picture, and how many are gone over in all: of a progressive
    one each pixel with each scan.
    """
    segments = list(_segments(content))
    at = next((start for marker, start, _ in segments if marker == PROGRESSIVE), None)
    if at is None:
        return 0, 0
    height, width = (int.from_bytes(content[at + 5 + 2 * n : at + 7 + 2 * n], "big") for n in (0, 1))
    return height * width, height * width * sum(marker == SCAN for marker, *_ in segments)


def _kept(marker: int, segment: bytes) -> bytes:
    """What of a segment changes how the picture looks."""
    if marker == JFIF and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        return b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0"  # without the thumbnail
    if marker == COMMENT or (marker in APPLICATION and not (marker == ADOBE and segment[4:9] == b"Adobe")):
        return b""
    return segment


def _refined(content: bytes, segments: list[Segment]) -> bool:
    """Whether the scans of a progressive picture bring every coefficient down to its last bit (annex G)."""
    frame = next(start for marker, start, _ in segments if marker == PROGRESSIVE)
    parts = content[frame + 10 : frame + 10 + 3 * content[frame + 9] : 3]
    left = {(part, low) for part in parts for low in range(64)}
    for marker, start, _ in segments:
        if marker == SCAN and start + 5 + 2 * content[start + 4] + 3 <= len(content):
            count = content[start + 4]
            first, last, bits = content[start + 5 + 2 * count : start + 8 + 2 * count]
            if bits & 15 == 0:
                left -= {(part, low) for part in content[start + 5 : start + 5 + 2 * count : 2]
                         for low in range(first, last + 1)}  # fmt: skip
    return not left


def _segments(content: bytes) -> Iterator[Segment]:
    """The marker, start and end of each segment, that of a scan with its data; up to the end of the picture."""
    at = 2
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == END[1]:
            yield marker, at, at + 2
            return
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(content):
            return
        if marker == SCAN:
            close = NEXT.search(content, end)
            end = close.start() if close else len(content)
        yield marker, at, end
        at = end


BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
"""The boxes of a JPEG 2000 file that its picture needs; others hold what somebody says of it."""


def bare2000(content: bytes) -> bytes:
    """A JPEG 2000 file without what is said of its picture; as it is where it is none."""
    if content[4:8] != b"jP  ":
        return _without_comments(content)
    parts = []
    at = 0
    while at + 8 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        head = 16 if size == 1 else 8
        size = int.from_bytes(content[at + 8 : at + 16], "big") if size == 1 else size or len(content) - at
        if size < head:
            return content
        if kind == b"jp2c":
            inner = _without_comments(content[at + head : at + size])
            parts.append((len(inner) + 8).to_bytes(4, "big") + kind + inner)
        elif kind in BOXES:
            parts.append(content[at : at + size])
        at += size
    return b"".join(parts)


def _without_comments(content: bytes) -> bytes:
    """A codestream without the comments in its main header."""
    if content[:2] != b"\xff\x4f":
        return content
    parts, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != b"\x90":
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end <= at + 2 or end > len(content):
            return content
        if content[at + 1] != 0x64:
            parts.append(content[at:end])
        at = end
    return b"".join((*parts, content[at:]))
