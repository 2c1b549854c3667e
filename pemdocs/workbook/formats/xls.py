"""Turn the bytes of an old ``.xls`` workbook into its sheets. Only this module knows the records of [MS-XLS]."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterator

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.biff import Pieces, Record, Runs, records
from pemdocs.workbook.formats.binary import ERRORS, real, rk, u16, u32
from pemdocs.workbook.formats.compound import workbook
from pemdocs.workbook.formats.moments import valued
from pemdocs.workbook.formats.oldbook import BEGINS, CHARTED, END, MODERN, MODULE, Book, begins, listing
from pemdocs.workbook.formats.parsing import damaged
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.formats.worksheet import Grid
from pemdocs.workbook.grid import Range, Raw, Sheet

CONTAINER = b"\xd0\xcf\x11\xe0"
NUMBER, RK, SEVERAL, WHOLE = (0x03, 0x203), 0x27E, 0xBD, 0x02
LABEL, RICH, SHARED, TRUTH = (0x04, 0x204), 0xD6, 0xFD, (0x05, 0x205)
FORMULA, RESULT = (0x06, 0x206, 0x406), (0x07, 0x207)
OLDEST = frozenset({0x02, 0x03, 0x04, 0x05, 0x07})
"""Records of Excel 2, in which a style takes three bytes, and the length of a text one."""

ROW, COLUMN, MERGED, NOTE, OBJECT, WORDS = 0x208, 0x7D, 0xE5, 0x1C, 0x5D, 0x1B6
CHARTS, PICTURES, NOTES = 5, 8, 25
"""Types of objects."""


def sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs. Raises ``PemdocsError``."""
    look = limits.clock(file)
    with damaged(file):
        try:
            stream = workbook(content) if content.startswith(CONTAINER) else content
            book = Book(Tally(file))
            listed = listing(stream, book, look)
            return tuple(_sheet(stream, *each, book, look) for each in listed if each.kind != MODULE)
        except (IndexError, struct.error) as error:
            raise ValueError from error


# A sheet


def _sheet(stream: bytes, at: int, name: str, hidden: bool, kind: int, book: Book, look: Callable[[], None]) -> Sheet:
    if kind == CHARTED:
        return Sheet(name, {}, hidden, beside=Counter(charts=1))
    if not begins(stream, at):
        return Sheet(name, {}, hidden, missing=True)
    reader = _Reader(book)
    for record in records(stream, at, look):
        reader.take(record)
        if not reader.depth:
            break
    grid = reader.grid
    return Sheet(
        name=name,
        rows=dict(sorted(grid.rows.items())),
        hidden=hidden,
        hidden_rows=frozenset(grid.hidden_rows & grid.rows.keys()),
        hidden_columns=tuple(grid.hidden_columns),
        merged=tuple(sorted(grid.merged)),
        beside=+reader.beside,
    )


class _Reader:
    """The place in a sheet: how deep charts lie in it, and the formula whose text comes next."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.grid = Grid()
        self.beside: Counter[str] = Counter()
        self.depth = 0
        self.waiting: tuple[int, int, int] | None = None
        self.object = 0

    def take(self, record: Record) -> None:
        content = record.pieces[0]
        if self.waiting is not None and record.kind in NEXT:
            self._put(*self.waiting, Raw("", fault="formula-without-result"))
            self.waiting = None
        if record.kind in BEGINS:
            self.depth += 1
        elif record.kind == END:
            self.depth -= 1
        elif self.depth != 1:
            return
        elif record.kind in RESULT and self.waiting is not None:
            self._put(*self.waiting, self.book.text(record, 0, wide=record.kind not in OLDEST))
            self.waiting = None
        elif record.kind in FORMULA:
            self._formula(content)
        elif record.kind in CELLS:
            self._cell(record)
        else:
            self._around(record.kind, content)

    def _cell(self, record: Record) -> None:
        for row, column, style, value in _values(record, self.book):
            self._put(row, column, style, value)

    def _formula(self, content: bytes) -> None:
        oldest = self.book.version == 2
        row, column, style = _place(content, oldest=oldest)
        at = 6 + oldest
        if u16(content, at + 6) != 0xFFFF:
            self._put(row, column, style, real(content, at))
        elif content[at] == 0:
            self.waiting = (row, column, style)
        elif content[at] in (1, 2):
            self._put(row, column, style, _truth(content, at + 2, fault=content[at] == 2))

    def _put(self, row: int, column: int, style: int, value: Value) -> None:
        shape, struck = self.book.style(style)
        raw: Raw | None
        if isinstance(value, Raw):
            raw = value._replace(format=shape, struck=struck)
        elif isinstance(value, float):
            raw = Raw(valued(value, shape, self.book.epoch), shape, struck=struck)
        else:
            text, runs = value
            self.book.tally.text(text)
            struck = struck or any(at < len(text) and self.book.through(font) for at, font in runs)
            raw = Raw(text, shape, struck=struck) if text else None
        if raw is not None:
            self.book.tally.value()
            self.grid.put(row + 1, column + 1, raw)

    def _around(self, kind: int, content: bytes) -> None:
        if kind == ROW and u16(content, 12) & 0x20:
            self.grid.hidden_rows.add(u16(content, 0) + 1)
        elif kind == COLUMN and u16(content, 8) & 1:
            self.grid.hidden_columns.append((u16(content, 0) + 1, min(u16(content, 2) + 1, limits.COLUMNS)))
        elif kind == MERGED:
            for at in range(2, 2 + 8 * u16(content, 0), 8):
                top, bottom, left, right = (u16(content, at + place) + 1 for place in (0, 2, 4, 6))
                self.book.tally.merged()
                self.grid.merged.append(Range(top, left, bottom, right))
        elif kind == NOTE:
            self.beside["comments"] += u16(content, 0) != 0xFFFF
        elif kind == OBJECT and self.book.version >= MODERN:
            self.object = u16(content, 4)
            self.beside["charts"] += self.object == CHARTS
            self.beside["pictures"] += self.object == PICTURES
        elif kind == WORDS and self.object != NOTES:
            self.beside["texts"] += u16(content, 10) > 0


# Values

Value = float | Raw | tuple[str, Runs]
CELLS = frozenset({*NUMBER, RK, SEVERAL, WHOLE, *LABEL, RICH, SHARED, *TRUTH})
NEXT = CELLS | {*FORMULA, END}
"""Before one of these a formula with a text as its result must have had it."""


def _place(content: bytes, *, oldest: bool) -> tuple[int, int, int]:
    """Row, column and style of a cell."""
    return u16(content, 0), u16(content, 2), content[4] & 0x3F if oldest else u16(content, 4)


def _values(record: Record, book: Book) -> Iterator[tuple[int, int, int, Value]]:
    """The cells of a record: row, column, style, value."""
    content = record.pieces[0]
    if record.kind == SEVERAL:
        row, first = u16(content, 0), u16(content, 2)
        for number, at in enumerate(range(4, len(content) - 7, 6)):
            yield row, first + number, u16(content, at), rk(content, at + 2)
        return
    oldest = record.kind in OLDEST
    yield *_place(content, oldest=oldest), _value(record, 6 + oldest, book)


def _value(record: Record, at: int, book: Book) -> Value:
    content = record.pieces[0]
    if record.kind in NUMBER:
        return real(content, at)
    if record.kind == RK:
        return rk(content, at)
    if record.kind == WHOLE:
        return float(u16(content, at))
    if record.kind in TRUTH:
        return _truth(content, at, fault=bool(content[at + 1]))
    if record.kind == SHARED:
        number = u32(content, at)
        return book.texts[number] if number < len(book.texts) else Raw("", fault="cell-unreadable")
    if record.kind == RICH and book.version >= MODERN:
        return _rich(record, at)
    return book.text(record, at, wide=record.kind not in OLDEST)


def _rich(record: Record, at: int) -> tuple[str, Runs]:
    """A text with its runs behind it."""
    pieces = Pieces(record.pieces, at + 2)
    text, _ = pieces.text(u16(record.pieces[0], at))
    count = u16(pieces.take(2), 0) if pieces.more else 0
    return text, tuple((u16(run, 0), u16(run, 2)) for run in (pieces.take(4) for _ in range(count)))


def _truth(content: bytes, at: int, *, fault: bool) -> Raw:
    return Raw(ERRORS.get(content[at], "#?"), fault="error-cell") if fault else Raw(bool(content[at]))
