"""Turn the first records of an ``.xls`` workbook into what its sheets share. Only this module knows these records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.biff import LATIN, Pieces, Record, Runs, alphabet, records
from pemdocs.workbook.formats.binary import u16, u32
from pemdocs.workbook.formats.moments import MAC, USUAL
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.shapes import BUILT_IN, LONGEST

BEGINS = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
"""How a part begins, in each version before Excel 97."""

END, LOCKED, CALENDAR, PAGE, SHEET, HEADER = 0x0A, 0x2F, 0x22, 0x42, 0x85, 0x8F
TEXTS, FORMATS, FONTS, STYLES = 0xFC, (0x1E, 0x41E), (0x31, 0x231), (0x43, 0x243, 0x443, 0xE0)
GLOBALS, WORKSHEET, CHART, MACROS = 0x05, 0x10, 0x20, 0x40
CHARTED, MODULE = 2, 6
"""Types of listed sheets that have no cells: a chart, and a module of macros."""

WITH_BOOK, MODERN = 5, 8
"""The versions of Excel 5, the first that lists its sheets, and of Excel 97; before it texts were bytes."""

STRUCK = 0x08
NO_FONT = 4
"""Fonts are counted without this number."""


class Listed(NamedTuple):
    """A sheet: the place where it begins, its name, whether it is hidden, its type."""

    at: int
    name: str
    hidden: bool
    kind: int


@dataclass(slots=True)
class Book:
    """What the sheets of a workbook share, and which they are."""

    tally: Tally
    version: int = MODERN
    codec: str = LATIN
    epoch: datetime = USUAL
    texts: list[tuple[str, Runs]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    struck: list[bool] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)

    def style(self, number: int) -> tuple[str, bool]:
        """The number format of a cell, and whether a line is drawn through it."""
        font, shape = self.cells[number] if number < len(self.cells) else (0, 0)
        usual = BUILT_IN.get(shape, "General") if self.version >= WITH_BOOK else "General"
        return self.formats.get(shape, usual), self.through(font)

    def through(self, font: int) -> bool:
        """Whether a font draws a line through its letters."""
        number = font - (font > NO_FONT)
        return font != NO_FONT and number < len(self.struck) and self.struck[number]

    def text(self, record: Record, at: int, wide: bool = True) -> tuple[str, Runs]:
        """A text with its length before it, of two bytes or of one."""
        content = record.pieces[0]
        length = u16(content, at) if wide else content[at]
        at += 1 + wide
        if self.version >= MODERN:
            return Pieces(record.pieces, at).text(length)
        return self.old_text(content, at, length)

    def old_text(self, content: bytes, at: int, length: int) -> tuple[str, Runs]:
        """A text of bytes, with its runs where any stand behind it. Of letters of two bytes some count as one."""
        ends = (end for end in range(at + length, len(content)) if len(content) == end + 1 + 2 * content[end])
        end = next(ends, at + length)
        runs = content[end + 1 :] if end < len(content) else b""
        return content[at:end].decode(self.codec, "replace"), tuple(zip(runs[::2], runs[1::2], strict=False))


def listing(stream: bytes, book: Book, look: Callable[[], None]) -> list[Listed]:
    """The sheets in the order of their tabs, once what they share is read into the book.

    Raises ``PemdocsError``, and ``ValueError`` where a record ends too early.
    """
    loose = _begun(stream, book, look)
    listed = book.listed or loose
    if len(listed) > limits.SHEETS:
        raise limits.heavy(book.tally.file)
    if all(begins(stream, each.at) for each in listed):
        return listed
    # Some programs count the bytes wrongly: the sheets stand one after another all the same.
    begun = dict(enumerate(_parts(stream, look)))
    return [each._replace(at=begun.get(number, each.at)) for number, each in enumerate(listed, 1)]


def begins(stream: bytes, at: int) -> bool:
    """Whether a part begins here."""
    return at + 4 <= len(stream) and u16(stream, at) in BEGINS


def _parts(stream: bytes, look: Callable[[], None]) -> Iterator[int]:
    """The places where the parts begin that lie in no other: what the sheets share, then each of them."""
    depth = 0
    for record in records(stream, 0, look):
        if record.kind in BEGINS:
            if not depth:
                yield record.at
            depth += 1
        elif record.kind == END:
            depth = max(0, depth - 1)


def _begun(stream: bytes, book: Book, look: Callable[[], None]) -> list[Listed]:
    """Read what the sheets share; the sheets themselves where nothing lists them, as before Excel 5."""
    loose: list[Listed] = []
    depth, name = 0, ""
    for record in records(stream, 0, look):
        content = record.pieces[0]
        if record.kind in BEGINS:
            depth += 1
            kind = u16(content, 2)
            if depth == 1 and kind != GLOBALS and book.listed:
                break
            book.version = _version(record) if not record.at else book.version
            if kind in (WORKSHEET, CHART, MACROS) and not book.listed:
                loose.append(Listed(record.at, name or f"Sheet {len(loose) + 1}", False, CHARTED * (kind == CHART)))
        elif record.kind == END:
            depth -= 1
            if depth <= 0 and book.listed:
                break
        elif record.kind == HEADER and book.version < WITH_BOOK:
            name = content[5 : 5 + content[4]].decode(book.codec, "replace")
        else:
            _shared(record, book)
    return loose


def _version(record: Record) -> int:
    version = BEGINS[record.kind]
    return MODERN if version == 5 and u16(record.pieces[0], 0) == 0x0600 else version


def _shared(record: Record, book: Book) -> None:
    content = record.pieces[0]
    if record.kind == LOCKED:
        raise PemdocsError("unreadable-password", file=book.tally.file)
    if record.kind == PAGE:
        book.codec = alphabet(u16(content, 0))
    elif record.kind == CALENDAR:
        book.epoch = MAC if u16(content, 0) & 1 else USUAL
    elif record.kind == SHEET:
        name = book.text(record, 6, wide=False)[0]
        book.listed.append(Listed(u32(content, 0), name, bool(content[4] & 3), content[5]))
    elif record.kind in FONTS:
        book.struck.append(bool(u16(content, 2) & STRUCK))
    elif record.kind in FORMATS:
        _format(record, book)
    elif record.kind in STYLES:
        book.cells.append(_looks(record.kind, content))
        if len(book.cells) > limits.STYLES:
            raise limits.heavy(book.tally.file)
    elif record.kind == TEXTS:
        _texts(record, book)


def _format(record: Record, book: Book) -> None:
    listed = record.kind == 0x41E and book.version >= WITH_BOOK
    number = u16(record.pieces[0], 0) if listed else len(book.formats)
    try:
        shape = book.text(record, 2 if record.kind == 0x41E else 0, wide=book.version >= MODERN)[0]
    except ValueError:  # a format that cannot be read costs no value
        shape = ""
    book.formats[number] = shape[:LONGEST] or "General"


def _looks(kind: int, content: bytes) -> tuple[int, int]:
    """Font and number format of a style."""
    if kind == 0xE0:
        return u16(content, 0), u16(content, 2)
    return content[0], content[2] & 0x3F if kind == 0x43 else content[1]


def _texts(record: Record, book: Book) -> None:
    """The shared texts, as many as there are: what is told of their number need not be true."""
    pieces = Pieces(record.pieces, 8)
    while pieces.more:
        try:
            found = pieces.text(u16(pieces.take(2), 0))
        except ValueError:
            return
        book.tally.text(found[0])
        book.texts.append(found)
