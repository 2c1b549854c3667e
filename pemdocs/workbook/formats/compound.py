"""Turn a compound file into the stream of its workbook. Only this module knows the sectors of [MS-CFB]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack_from
from typing import NamedTuple

WORKBOOK = ("workbook", "book")
"""The streams that hold a workbook, of Excel 97 and of Excel 5, in any case."""

NONE = 0xFFFFFFFA
"""From here on a number names no sector."""

HEADER = 512
ENTRY = 128
STREAM, ROOT = 2, 5


class Entry(NamedTuple):
    """A place of the directory: a stream or a folder, its neighbours and what lies in it."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Sectors(NamedTuple):
    """Pieces of one size, and which piece follows on which."""

    content: bytes
    size: int
    base: int
    following: Sequence[int]

    def chain(self, start: int) -> Iterator[bytes]:
        """The pieces from this one on, up to the end or to the first that is missing."""
        seen = 0
        while start < NONE and seen <= len(self.following):
            at = self.base + start * self.size
            piece = self.content[at : at + self.size]
            if not piece:
                return
            yield piece
            start = self.following[start] if start < len(self.following) else NONE
            seen += 1


def workbook(content: bytes) -> bytes:
    """The stream of the workbook. Raises ``ValueError`` where there is none or where a part of it is missing."""
    sectors = _sectors(content)
    entries = _entries(b"".join(sectors.chain(_number(content, 48))))
    found = _found(entries)
    size = min(found.size, len(content))
    if found.size < _number(content, 56) and entries[0].kind == ROOT:
        sectors = _small(content, sectors, entries[0])
    stream = b"".join(sectors.chain(found.start))
    if len(stream) < size and not stream.startswith(b"\x09"):
        raise ValueError(found.name)
    return stream[:size] if len(stream) > size else stream


def _sectors(content: bytes) -> Sectors:
    size = _power(content, 30, 9)
    per = size // 4
    heads = [*_numbers(content[76:HEADER]), *_further(content, size)]
    following: list[int] = []
    for head in heads[: _number(content, 44)] if _number(content, 44) else heads:
        at = (head + 1) * size
        table = _numbers(content[at : at + size]) if head < NONE else ()
        following += (*table, *(NONE,) * (per - len(table)))
    return Sectors(content, size, size, following)


def _further(content: bytes, size: int) -> Iterator[int]:
    """The tables of tables that do not fit into the header."""
    start = _number(content, 68)
    for _ in range(len(content) // size):
        if start >= NONE:
            return
        *some, start = _numbers(content[(start + 1) * size : (start + 2) * size]) or (NONE,)
        yield from some


def _small(content: bytes, sectors: Sectors, root: Entry) -> Sectors:
    """The small pieces, which lie together in the stream of the root."""
    table = b"".join(sectors.chain(_number(content, 60)))
    return Sectors(b"".join(sectors.chain(root.start)), _power(content, 32, 6), 0, _numbers(table))


def _entries(directory: bytes) -> list[Entry]:
    found = []
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = min(max(unpack_from("<H", directory, at + 64)[0] - 2, 0), 62)
        name = directory[at : at + length].decode("utf-16-le", "replace")
        left, right, child = unpack_from("<3I", directory, at + 68)
        start, size = unpack_from("<2I", directory, at + 116)
        found.append(Entry(name.casefold(), directory[at + 66], left, right, child, start, size))
    return found


def _found(entries: Sequence[Entry]) -> Entry:
    """The stream of the workbook itself, not that of one that lies in it."""
    own = list(_beside(entries, entries[0].child)) if entries else []
    for some in (own, entries):
        for name in WORKBOOK:
            for each in some:
                if each.name == name and each.kind == STREAM:
                    return each
    raise ValueError(WORKBOOK)


def _beside(entries: Sequence[Entry], first: int) -> Iterator[Entry]:
    """The entries of a folder, of which each names two neighbours."""
    waiting, seen = [first], set()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            yield entries[number]
            waiting += [entries[number].left, entries[number].right]


def _power(content: bytes, at: int, usual: int) -> int:
    told: int = unpack_from("<H", content, at)[0]
    return 1 << (told if 4 <= told <= 16 else usual)


def _number(content: bytes, at: int) -> int:
    found: int = unpack_from("<I", content, at)[0]
    return found


def _numbers(content: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(content) // 4}I", content)
