"""Turn the XML of a worksheet into cells, ranges and hidden parts. Only this module knows how Excel stores a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.moments import iso, valued
from pemdocs.workbook.formats.parsing import local, parse, said, yes
from pemdocs.workbook.formats.places import area, place
from pemdocs.workbook.formats.strings import Rich, Text, unescaped
from pemdocs.workbook.formats.styles import Style
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.grid import Range, Raw
from pemdocs.workbook.shapes import moment

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
LONGEST_PLAIN = 15
TRUTH = {"1": True, "true": True, "0": False, "false": False}
PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share.

    ``doubtful`` tells that its formulas wait to be calculated, ``fonts`` of each font whether it strikes its letters.
    """

    texts: Sequence[Text]
    styles: Sequence[Style]
    epoch: datetime
    doubtful: bool
    tally: Tally
    look: Callable[[], None]
    fonts: Sequence[bool] = ()


@dataclass(slots=True)
class Grid:
    """What was read of a sheet so far."""

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    texts: int = 0
    """So many of the shared texts, from the first, are needed for its cells."""

    def put(self, row: int, column: int, raw: Raw) -> None:
        """Keep a cell; of one that is stored twice with different values neither is certain."""
        line = self.rows.setdefault(row, {})
        old = line.setdefault(column, raw)
        if old is not raw and (old.value, old.fault) != (raw.value, raw.fault):
            line[column] = Raw("", fault="cell-stored-twice")


def worksheet(package: Package, part: str, book: Book, only: frozenset[int] = frozenset()) -> Grid:
    """The cells of a sheet, of ``only`` these columns where any are named. Raises ``PemdocsError``."""
    reader = _Reader(book, only)
    with package.stream(part) as stream:
        parse(stream, package.file, book.look, reader.start, reader.end, reader.characters)
    return reader.grid


class _Reader:
    """The place in the sheet, and what was read of the current cell."""

    def __init__(self, book: Book, only: frozenset[int]) -> None:
        self.book = book
        self.only = only
        self.grid = Grid()
        self.row = self.column = 0
        self.at = (0, 0)
        self.rich = Rich()
        self.cell: dict[str, str] | None = None
        self.inside = ""
        self.hidden = False
        self.formula = self.stored = self.inline = False
        self.value: list[str] = []
        self.starts = {"c": self._cell, "v": self._value, "f": self._formula, "is": self._inline, "row": self._row,
                       "sheetData": self._data, "mergeCell": self._merge, "col": self._col}  # fmt: skip
        self.names: dict[str, str] = {}
        self.data = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self.names.get(tag) or self.names.setdefault(tag, local(tag))
        if self.inside == "is":
            self.rich.start(name, attributes)
            return
        known = self.starts.get(name)
        if known is not None:
            known(attributes)

    def end(self, tag: str) -> None:
        name = self.names[tag]
        if name == "c":
            if self.cell is not None:
                self._keep(self.cell)
                self.cell = None
        elif name == "v" or name == "f" or name == "is":
            self.inside = ""
        elif self.inside == "is":
            self.rich.end(name)
        elif name == "row":
            self._end_row()
        elif name == "sheetData":
            self.data = False

    def characters(self, text: str) -> None:
        if self.inside == "v":
            self.value.append(text)
        elif self.inside == "is":
            self.rich.characters(text)

    # Elements

    def _data(self, _: dict[str, str]) -> None:
        self.data = True

    def _row(self, attributes: dict[str, str]) -> None:
        if self.data:
            told = attributes.get("r", "")
            self.row = int(told) if told.isdecimal() and 0 < int(told[:9]) <= limits.ROWS else self.row + 1
            self.column = 0
            self.hidden = yes(attributes.get("hidden", ""))

    def _end_row(self) -> None:
        if self.hidden and self.row in self.grid.rows:
            self.grid.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        if not self.data:
            return
        told = attributes.get("r")
        at = place(told) if told else None
        self.at = at or (max(self.row, 1), self.column + 1)
        self.column = self.at[1]
        if self.only and self.column not in self.only:
            return
        self.cell = attributes
        self.formula = self.stored = self.inline = False
        self.value = []

    def _value(self, _: dict[str, str]) -> None:
        if self.cell is not None:
            self.inside, self.stored = "v", True

    def _formula(self, _: dict[str, str]) -> None:
        if self.cell is not None:
            self.inside, self.formula = "f", True

    def _inline(self, _: dict[str, str]) -> None:
        if self.cell is not None:
            self.inside, self.inline = "is", True

    def _merge(self, attributes: dict[str, str]) -> None:
        found = area(attributes.get("ref", ""))
        if found is not None:
            self.book.tally.merged()
            self.grid.merged.append(found)

    def _col(self, attributes: dict[str, str]) -> None:
        if not self.data and yes(said(attributes, "hidden")):
            first, last = (said(attributes, name, "1").strip() for name in ("min", "max"))
            if first.isdecimal() and last.isdecimal():
                self.grid.hidden_columns.append((int(first[:9]), min(int(last[:9]), limits.COLUMNS)))

    # Values

    def _keep(self, attributes: dict[str, str]) -> None:
        if not (self.stored or self.inline or self.formula):
            return
        raw = self._raw(attributes)
        if raw is None:
            return
        self.book.tally.value()
        if self.formula and self.book.doubtful and raw.value == 0 and not raw.fault:
            # Programs that cannot calculate write a nought as the result and ask for it to be worked out.
            raw = raw._replace(doubt="formula-not-calculated")
        self.grid.put(*self.at, raw)

    def _raw(self, attributes: dict[str, str]) -> Raw | None:
        kind = attributes.get("t", "n")
        text = "".join(self.value)
        style = self._style(attributes.get("s"))
        if self.inline:
            inline, struck = self.rich.take()
            if inline and text and inline != text:
                return Raw("", fault="cell-stored-twice")
            if inline or not text:
                return self._text(inline, style, struck)
        if kind == "s" and self.stored:
            return self._shared(text.strip(), style)
        if kind == "str" and self.stored:
            return self._text(unescaped(text), style)
        if not text.strip():
            return Raw("", fault="formula-without-result") if self.formula else None
        return self._typed(kind, text, style)

    def _typed(self, kind: str, text: str, style: Style) -> Raw | None:
        bare = text.strip()
        if kind == "n":
            return _number(bare, style, self.book.epoch)
        if kind == "b":
            truth = TRUTH.get(bare.lower())
            return _broken(style) if truth is None else Raw(truth, style.format, struck=style.struck)
        if kind == "e":
            return Raw(bare, style.format, "error-cell", struck=style.struck)
        if kind == "d":
            return _iso(bare, style)
        # Of a type that Excel does not know nobody can say whether the value is a text or the number of one.
        return self._text(unescaped(text), style) if kind == "inlineStr" else _broken(style)

    def _style(self, told: str | None) -> Style:
        if not told or not told.isdecimal():
            return PLAIN
        number = int(told[:9])
        return self.book.styles[number] if number < len(self.book.styles) else PLAIN

    def _text(self, text: str, style: Style, struck: bool = False) -> Raw | None:
        self.book.tally.text(text)
        return Raw(text, style.format, struck=struck or style.struck) if text else None

    def _shared(self, told: str, style: Style) -> Raw | None:
        if not told.isdecimal():
            return _broken(style)
        number = int(told[:9])
        self.grid.texts = max(self.grid.texts, number + 1)
        if number >= len(self.book.texts):
            return _broken(style)
        text, struck = self.book.texts[number]
        return Raw(text, style.format, struck=struck or style.struck) if text else None


def _number(text: str, style: Style, epoch: datetime) -> Raw:
    if text.isdigit() and text.isascii() and len(text) <= LONGEST_PLAIN and not moment(style.format):
        return Raw(int(text), style.format, struck=style.struck)
    if len(text) > 400 or not NUMBER.fullmatch(text):
        return _broken(style)
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return _broken(style)
    return Raw(valued(value, style.format, epoch), style.format, struck=style.struck)


def _iso(text: str, style: Style) -> Raw:
    try:
        return Raw(iso(text), style.format, struck=style.struck)
    except ValueError:
        return _broken(style)


def _broken(style: Style) -> Raw:
    return Raw("", style.format, "cell-unreadable", struck=style.struck)
