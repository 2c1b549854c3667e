"""Turn the stream of an ``.xls`` workbook into records and their texts. Only this module knows how they are written."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pemdocs.workbook.formats.binary import u16, u32

CONTINUE = 0x003C
LATIN = "cp1252"
PAGES = {367: LATIN, 1200: "utf-16-le", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic",
         10029: "mac_latin2", 10081: "mac_turkish", 32768: "mac_roman", 32769: LATIN}  # fmt: skip
"""Codes of alphabets that are not those of Windows."""


class Record(NamedTuple):
    """A record: where it begins, its type, and its pieces, of which each but the first continues it."""

    at: int
    kind: int
    pieces: list[bytes]


def records(stream: bytes, at: int, look: Callable[[], None]) -> Iterator[Record]:
    """The records from here to the end. Raises ``ValueError`` where the stream ends in the middle of one."""
    found: Record | None = None
    while at + 4 <= len(stream):
        kind, length = u16(stream, at), u16(stream, at + 2)
        content = stream[at + 4 : at + 4 + length]
        if kind == CONTINUE and found is not None:
            found.pieces.append(content)
        else:
            if found is not None:
                yield found
                look()
            if len(content) < length:
                raise ValueError(kind)
            found = Record(at, kind, [content])
        at += 4 + length
    if found is not None:
        yield found


def alphabet(page: int) -> str:
    """The codec of a code page; that of western Windows where there is none."""
    name = PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return LATIN
    return name


Runs = tuple[tuple[int, int], ...]
"""From which character on a text has which font."""


class Pieces:
    """A place in a record, which goes on in its next piece where one ends."""

    def __init__(self, pieces: Sequence[bytes], at: int) -> None:
        self.pieces = pieces
        self.number, self.at = 0, at

    @property
    def more(self) -> bool:
        """Whether anything is left."""
        return self.at < len(self.pieces[self.number]) or any(self.pieces[self.number + 1 :])

    def text(self, length: int) -> tuple[str, Runs]:
        """A text of Excel 97 whose length was told before. Raises ``ValueError`` behind the end."""
        if not length and not self.more:
            return "", ()  # some programs end here, without the options of no text
        options = self.take(1)[0]
        runs = u16(self.take(2), 0) if options & 8 else 0
        extra = u32(self.take(4), 0) if options & 4 else 0
        parts = []
        while length:
            piece = self.pieces[self.number]
            width = 2 if options & 1 else 1
            count = min((len(piece) - self.at) // width, length)
            end = self.at + count * width
            parts.append(piece[self.at : end].decode("utf-16-le" if options & 1 else "latin-1", "replace"))
            self.at, length = end, length - count
            if length:
                self._next()
                options = self.take(1)[0]
        found = tuple((u16(run, 0), u16(run, 2)) for run in (self.take(4) for _ in range(runs)))
        self.skip(extra)
        return "".join(parts), found

    def take(self, count: int) -> bytes:
        """So many bytes."""
        found = b""
        while len(found) < count:
            if self.at >= len(self.pieces[self.number]):
                self._next()
            piece = self.pieces[self.number][self.at : self.at + count - len(found)]
            found += piece
            self.at += len(piece)
        return found

    def skip(self, count: int) -> None:
        """Go so many bytes further, or to the end."""
        while count > len(self.pieces[self.number]) - self.at and self.number + 1 < len(self.pieces):
            count -= len(self.pieces[self.number]) - self.at
            self._next()
        self.at = min(self.at + count, len(self.pieces[self.number]))

    def _next(self) -> None:
        if self.number + 1 >= len(self.pieces):
            raise ValueError(self.number)
        self.number, self.at = self.number + 1, 0
