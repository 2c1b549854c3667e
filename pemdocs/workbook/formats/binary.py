"""Turn the stream of a binary part into its records, and their bytes into values. Only this module knows the bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import IO

from pemdocs.workbook.formats import limits

MOST_LENGTH = 4
"""Groups of seven bits in the length of a record."""

CHUNK = 1 << 16
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


def records(stream: IO[bytes], file: str, look: Callable[[], None]) -> Iterator[tuple[int, bytes]]:
    """The type and the content of each record. Raises ``ValueError`` where the part ends in the middle of one."""
    read = 0
    while head := stream.read(1):
        kind = head[0]
        if kind & 0x80:
            kind = kind & 0x7F | (_byte(stream) & 0x7F) << 7
        length = _length(stream)
        read += length
        if read > limits.PARSED:
            raise limits.heavy(file)
        content = stream.read(length)
        if len(content) < length:
            raise ValueError(kind)
        yield kind, content
        look()


def _length(stream: IO[bytes]) -> int:
    length = 0
    for group in range(MOST_LENGTH):
        byte = _byte(stream)
        length |= (byte & 0x7F) << 7 * group
        if not byte & 0x80:
            break
    return length


def _byte(stream: IO[bytes]) -> int:
    found = stream.read(1)
    if not found:
        raise ValueError
    return found[0]


def u16(content: bytes, at: int) -> int:
    """A whole number of two bytes. Raises ``ValueError`` behind the end, like all the others."""
    return int.from_bytes(_piece(content, at, 2), "little")


def u24(content: bytes, at: int) -> int:
    """A whole number of three bytes."""
    return int.from_bytes(_piece(content, at, 3), "little")


def u32(content: bytes, at: int) -> int:
    """A whole number of four bytes."""
    return int.from_bytes(_piece(content, at, 4), "little")


def real(content: bytes, at: int) -> float:
    """A number of eight bytes."""
    found: float = struct.unpack("<d", _piece(content, at, 8))[0]
    return found


def rk(content: bytes, at: int) -> float:
    """A number that was squeezed into four bytes."""
    packed = u32(content, at)
    if packed & 2:
        value = float((packed ^ 0x80000000) - 0x80000000 >> 2)
    else:
        value = struct.unpack("<d", (b"\0\0\0\0" + (packed & 0xFFFFFFFC).to_bytes(4, "little")))[0]
    return value / 100 if packed & 1 else value


def wide(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; the length 0xFFFFFFFF stands for no text."""
    length = u32(content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return _piece(content, at + 4, 2 * length).decode("utf-16-le", "replace"), end


def _piece(content: bytes, at: int, length: int) -> bytes:
    found = content[at : at + length]
    if len(found) < length:
        raise ValueError(at)
    return found
