"""Turn parts into a package. Only this module knows archives: what stays the same is compressed once and copied."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
DAY = (1 << 5) | 1
"""The first day that an archive knows, 1 January 1980, so that the same parts give the same bytes."""

UTF8 = 0x800
DEFLATED = 8
FIRST = ("[Content_Types].xml", "_rels/.rels")
SMALLEST, FAST = 9, 6


@dataclass(frozen=True, slots=True)
class Stored:
    """A part as it lies in the archive: compressed, with the numbers that its entries need."""

    name: str
    entry: bytes
    crc: int
    packed: int
    size: int


def stored(name: str, content: bytes, level: int = FAST) -> Stored:
    """A part, compressed."""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = squeeze.compress(content) + squeeze.flush()
    crc, written = zlib.crc32(content), name.encode()
    head = LOCAL.pack(
        b"PK\3\4", 20, UTF8, DEFLATED, 0, DAY, crc, len(data), len(content), len(written), 0
    )  # fmt: skip
    return Stored(name, head + written + data, crc, len(data), len(content))


def content_of(part: Stored) -> bytes:
    """A part as it was before it was compressed."""
    return zlib.decompress(part.entry[-part.packed :], -15)


def sealed(parts: Iterable[Stored]) -> bytes:
    """The archive of these parts, in a fixed order."""
    entries, directory, offset, count = [], [], 0, 0
    for part in sorted(parts, key=lambda part: (part.name not in FIRST, part.name)):
        written = part.name.encode()
        directory.append(
            CENTRAL.pack(b"PK\1\2", 20, 20, UTF8, DEFLATED, 0, DAY, part.crc, part.packed, part.size,
                         len(written), 0, 0, 0, 0, 0, offset) + written
        )  # fmt: skip
        entries.append(part.entry)
        offset += len(part.entry)
        count += 1
    listed = b"".join(directory)
    return b"".join((*entries, listed, END.pack(b"PK\5\6", 0, 0, count, count, len(listed), offset, 0)))
