"""Turn an OpenDocument spreadsheet, packed or flat, into its sheets. Only this module knows its elements."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import IO

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.looks import Looks
from pemdocs.workbook.formats.moments import MAC, USUAL, iso, valued
from pemdocs.workbook.formats.parsing import damaged, parse, said
from pemdocs.workbook.formats.prefixes import usual
from pemdocs.workbook.formats.styles import Style
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.formats.worksheet import Grid
from pemdocs.workbook.grid import Range, Raw, Sheet, Stored, number, stored
from pemdocs.workbook.shapes import moment

DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
BLANKS = re.compile(r"[ \r\n]+")
WHITE = re.compile(r"[\t\r\n]")
ASIDE = frozenset({"office:annotation", "table:tracked-changes", "table:shapes", "draw:frame", "draw:custom-shape",
                   "draw:g", "draw:control", "draw:rect", "draw:ellipse", "draw:line", "table:content-validations",
                   "office:event-listeners", "table:detective", "text:ruby-text", "text:note"})  # fmt: skip
"""What stands in a sheet or a cell and is no part of a cell's text."""

BESIDE = {"office:annotation": "comments", "draw:image": "pictures", "draw:object": "charts", "draw:text-box": "texts",
          "draw:custom-shape": "texts"}  # fmt: skip
MOST_REPEATED = 10_000_000


def sheets(package: Package) -> tuple[Sheet, ...]:
    """The sheets of a packed document in the order of their tabs. Raises ``PemdocsError``."""
    looks, look = Looks(), limits.clock(package.file)
    with damaged(package.file):
        if styles := package.find("styles.xml"):
            with package.stream(styles) as stream:
                parse(stream, package.file, look, *usual(looks.start, looks.end), looks.characters)
        content = package.find("content.xml")
        if not content:
            raise ValueError
        with package.stream(content) as stream:
            return _read(stream, package.file, looks, look)


def flat(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The same for a document in a single XML file. Raises ``PemdocsError``."""
    with damaged(file):
        return _read(io.BytesIO(content), file, Looks(), limits.clock(file))


def _read(stream: IO[bytes], file: str, looks: Looks, look: Callable[[], None]) -> tuple[Sheet, ...]:
    reader = _Reader(looks, Tally(file))
    parse(stream, file, look, *usual(reader.start, reader.end), reader.characters)
    return tuple(reader.sheets)


class _Reader:
    """The place in the document, and what was read of the current sheet and cell."""

    def __init__(self, looks: Looks, tally: Tally) -> None:
        self.looks, self.tally = looks, tally
        self.sheets: list[Sheet] = []
        self.aside = 0
        self.sheet: dict[str, str] | None = None
        self.linked = False
        self.nested = 0
        self.grid = Grid()
        self.beside: Counter[str] = Counter()
        self.columns: list[tuple[int, int, str]] = []
        self.row = self.column = 0
        self.line: dict[str, str] = {}
        self.cells: list[tuple[int, Raw]] = []
        self.merges: list[tuple[int, int, int]] = []
        self.cell: dict[str, str] | None = None
        self.parts: list[str] = []
        self.paragraphs = 0
        self.depth = 0
        self.struck = False
        self.epoch = USUAL

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.looks.start(tag, attributes)
        if tag in BESIDE and self.sheet is not None:
            self.beside[BESIDE[tag]] += 1
        if self.aside or (tag in ASIDE and self.sheet is not None):
            self.aside += 1
        elif tag == "table:table":
            self._table(attributes)
        elif tag == "table:null-date" and attributes.get("table:date-value", "").startswith("1904"):
            self.epoch = MAC
        elif self.sheet is not None:
            self._inside(tag, attributes)

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.parts, self.paragraphs, self.struck = attributes, [], 0, False
        elif tag == "table:table-row":
            self.line, self.column, self.cells, self.merges = attributes, 0, [], []
        elif tag == "table:table-column":
            self._columns(attributes)
        elif tag == "table:table-source":
            self.linked = True
        elif self.cell is not None:
            self._text(tag, attributes)

    def _text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("text:p", "text:h"):
            if self.paragraphs:
                self.parts.append("\n")
            self.paragraphs += 1
            self.depth = 1
        elif tag == "text:s":
            self.parts.append("\u0000" * min(_times(attributes, "text:c"), limits.TEXT))
        elif tag == "text:tab":
            self.parts.append("\t")
        elif tag == "text:line-break":
            self.parts.append("\n")
        elif tag == "text:span" and attributes.get("text:style-name") in self.looks.through:
            self.struck = True

    def end(self, tag: str) -> None:
        self.looks.end(tag)
        if self.aside:
            self.aside -= 1
        elif tag == "table:table":
            self._end_table()
        elif tag in ("table:table-cell", "table:covered-table-cell") and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif tag == "table:table-row" and self.sheet is not None:
            self._end_row()
        elif tag in ("text:p", "text:h"):
            self.depth = 0

    def characters(self, text: str) -> None:
        self.looks.characters(text)
        if self.depth and not self.aside and self.cell is not None:
            self.parts.append(WHITE.sub(" ", text))

    # Tables

    def _table(self, attributes: dict[str, str]) -> None:
        if self.sheet is not None:
            self.nested += 1
            return
        self.sheet, self.linked = attributes, False
        self.grid, self.beside, self.columns, self.row = Grid(), Counter(), [], 0

    def _end_table(self) -> None:
        if self.nested:
            self.nested -= 1
            return
        if self.sheet is not None and not self.linked:
            self.sheets.append(self._made(self.sheet))
        self.sheet = None
        if len(self.sheets) > limits.SHEETS:
            raise limits.heavy(self.tally.file)

    def _made(self, sheet: Mapping[str, str]) -> Sheet:
        return Sheet(
            name=said(sheet, "name"),
            rows=self.grid.rows,
            hidden=said(sheet, "style-name") in self.looks.hidden,
            hidden_rows=frozenset(self.grid.hidden_rows),
            hidden_columns=tuple(self.grid.hidden_columns),
            merged=tuple(sorted(self.grid.merged)),
            beside=self.beside,
        )

    def _columns(self, attributes: dict[str, str]) -> None:
        first = self.columns[-1][1] + 1 if self.columns else 1
        last = min(first + _times(attributes, "table:number-columns-repeated") - 1, limits.COLUMNS)
        self.columns.append((first, last, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility", "visible") != "visible":
            self.grid.hidden_columns.append((first, last))

    # Rows and cells

    def _end_cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes, "table:number-columns-repeated")
        raw = self._raw(attributes)
        first = self.column + 1
        self.column += times
        if raw is not None:
            self.tally.value(times)
            self.cells += [(column, raw) for column in range(first, first + times)]
        across = _times(attributes, "table:number-columns-spanned")
        down = _times(attributes, "table:number-rows-spanned")
        if across > 1 or down > 1:
            self.merges.append((first, min(across, limits.COLUMNS), min(down, limits.ROWS)))

    def _end_row(self) -> None:
        times = _times(self.line, "table:number-rows-repeated")
        first = self.row + 1
        self.row += times
        self.cell = None
        for column, across, down in self.merges:
            self.tally.merged()
            self.grid.merged.append(Range(first, column, first + down - 1, column + across - 1))
        if not self.cells:
            return
        self.tally.value((times - 1) * len(self.cells))
        hidden = self.line.get("table:visibility", "visible") != "visible"
        for row in range(first, first + times):
            self.grid.rows[row] = dict(self.cells)
            if hidden:
                self.grid.hidden_rows.add(row)

    def _style(self, attributes: dict[str, str]) -> Style:
        own = attributes.get("table:style-name") or self.line.get("table:default-cell-style-name")
        if not own:
            column = self.column + 1
            own = next((style for first, last, style in self.columns if first <= column <= last), "")
        return self.looks.style(own)

    def _raw(self, attributes: dict[str, str]) -> Raw | None:
        text = "".join(self.parts)
        text = "\n".join(BLANKS.sub(" ", line).strip(" ") for line in text.split("\n")).replace("\u0000", " ")
        self.tally.text(text)
        style = self._style(attributes)
        kind = attributes.get("calcext:value-type") or attributes.get("office:value-type", "")
        formula = "table:formula" in attributes
        if kind == "error":
            return Raw(text or "#?", style.format, "error-cell", struck=style.struck)
        if kind in ("", "string", "void"):
            words = attributes.get("office:string-value") or text
            if words:
                return Raw(words, style.format, struck=style.struck or self.struck)
            return Raw("", fault="formula-without-result") if formula and not kind else None
        return _typed(kind, attributes, style, self.epoch)


def _typed(kind: str, attributes: dict[str, str], style: Style, epoch: datetime) -> Raw:
    try:
        value = _value(kind, attributes)
    except (ValueError, ArithmeticError, KeyError):
        return Raw("", style.format, "cell-unreadable", struck=style.struck)
    shape = style.format
    if kind == "percentage" and "%" not in shape:
        shape = "0%"
    if kind == "currency":
        shape = _money(shape, attributes.get("office:currency", ""))
    if kind == "float" and moment(shape) and isinstance(value, int | Decimal):
        value = valued(float(value), shape, epoch)
    return Raw(value, shape, struck=style.struck)


def _money(shape: str, currency: str) -> str:
    told = not currency or currency in shape or '"' in shape
    return shape if told else f"{shape if shape != 'General' else '0'}[${currency}]"


def _value(kind: str, attributes: dict[str, str]) -> Stored:
    if kind == "boolean":
        return {"true": True, "false": False}[attributes.get("office:boolean-value", "").strip()]
    if kind == "date":
        return iso(attributes.get("office:date-value", "").strip())
    if kind == "time":
        return _duration(attributes.get("office:time-value", "").strip())
    text = attributes.get("office:value", "").strip()
    if len(text) > 400:
        raise ValueError
    value = float(Decimal(text))
    if value in (float("inf"), float("-inf")) or value != value:
        raise ValueError
    return number(value)


def _duration(text: str) -> Stored:
    found = DURATION.fullmatch(text)
    if not found or text == "PT":
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return stored(timedelta(hours=hours, minutes=minutes, seconds=seconds))


def _times(attributes: Mapping[str, str], name: str) -> int:
    told = attributes.get(name, "1")
    return min(max(int(told), 1), MOST_REPEATED) if told.isdecimal() and len(told) < 10 else 1
