"""Turn the formats of a workbook into that of a cell which is entered: as its column has it, a day as its days are.

Only this module knows which format a cell has that is not there, and from which day a workbook counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from pemdocs.workbook.formats.moments import MAC, USUAL
from pemdocs.workbook.parts.book import Book
from pemdocs.workbook.parts.cells import cells, rows
from pemdocs.workbook.parts.package import Package
from pemdocs.workbook.parts.splicing import Element, edited, outline, prefix, readable
from pemdocs.workbook.parts.styles import children, extended, styled
from pemdocs.workbook.shapes import BUILT_IN, moment
from pemdocs.workbook.values import FIRST_SAFE_DATE

SHORT_DAY = "14"
"""Excel’s own number for a day as the reader’s computer writes it."""
SAID = re.compile(rb"""\s(?:numFmtId|applyNumberFormat)\s*=\s*("[^"]*"|'[^']*')""")


@dataclass
class Dresser:
    """The formats of cells of a workbook, and those that are added for days that stand where none did."""

    book: Book
    new: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.package, self.part = styled(self.book)
        self.xml = readable(self.package.parts[self.part])
        root = outline(self.xml)
        self.prefix = prefix(self.xml, root)
        self.formats = children(root, "cellXfs")
        own = {each.attributes.get("numFmtId", ""): each.attributes.get("formatCode", "")
               for each in children(root, "numFmts")}  # fmt: skip
        self.shapes = {**{str(number): shape for number, shape in BUILT_IN.items()}, **own}

    @cached_property
    def epoch(self) -> datetime:
        """The day 0 of the workbook."""
        properties = outline(self.book.xml).first("workbookPr")
        mac = properties is not None and properties.attributes.get("date1904") in ("1", "true")
        return MAC if mac else USUAL

    def sheet(self, xml: bytes) -> Dressing:
        """The formats of a sheet."""
        return Dressing(self, xml)

    def number_format(self, style: str) -> str:
        """The number of the format of numbers that a format of cells has."""
        place = int(style or 0)
        return self.formats[place].attributes.get("numFmtId", "0") if place < len(self.formats) else "0"

    def of_days(self, style: str) -> bool:
        """Whether a format shows a number as a day."""
        return moment(self.shapes.get(self.number_format(style)) or "General") == "date"

    def with_days(self, style: str, like: str) -> str:
        """The format of cells that is this one in all but that it shows days as another format does."""
        number = self.number_format(like) if like else SHORT_DAY
        place = len(self.formats) + len(self.new)
        return str(self.new.setdefault((int(style or 0), number), place))

    def put_on(self, found: Package) -> Package:
        """The package with the formats that were added."""
        if not self.new:
            return found
        texts = tuple(self._made(place, number) for place, number in self.new)
        changed = edited(self.xml, extended(self.xml, outline(self.xml), "cellXfs", texts))
        for name, part in self.package.parts.items():
            if self.book.package.parts.get(name) != part:  # a workbook without formats gets its first ones
                found = found.having(name, part)
        return found.having(self.part, changed)

    def _made(self, place: int, number: str) -> str:
        if place >= len(self.formats):
            return f'<{self.prefix}xf numFmtId="{number}" xfId="0" applyNumberFormat="1"/>'
        old = self.formats[place]
        tag = SAID.sub(b"", self.xml[old.start : old.inner])
        end = b"/>" if old.empty else b">"
        head = tag[: -len(end)] + f' numFmtId="{number}" applyNumberFormat="1"'.encode() + end
        return (head + self.xml[old.inner : old.end]).decode()


@dataclass(frozen=True)
class Dressing:
    """The formats of the cells of a sheet, and of its columns."""

    dresser: Dresser
    xml: bytes

    def bare(self, column: int, row: Element | None = None) -> str:
        """The format of a cell that is not there: that of its row, else of its column."""
        if row is not None and row.attributes.get("customFormat") in ("1", "true"):
            return row.attributes.get("s", "")
        return next((style for first, last, style in self._columns if first <= column <= last), "")

    def serial(self, day: date) -> int | None:
        """The number that a day is in this workbook; ``None`` where it knows no such day."""
        if day < FIRST_SAFE_DATE or day <= self.dresser.epoch.date():
            return None
        return (day - self.dresser.epoch.date()).days

    def dated(self, column: int, style: str) -> str:
        """The format for a day: its own where that shows days, else the same with days as the column shows them."""
        if self.dresser.of_days(style):
            return style
        own = self.bare(column)
        like = own if self.dresser.of_days(own) else next(self._days(column), "")
        return self.dresser.with_days(style, like)

    @cached_property
    def _columns(self) -> list[tuple[int, int, str]]:
        there = outline(self.xml).first("cols")
        said = [each.attributes for each in (there.children if there else ())]
        return [(int(each["min"]), int(each["max"]), each.get("style", "")) for each in said]

    def _days(self, column: int) -> Iterator[str]:
        """The formats of the days that stand in a column, the last first."""
        for _, row in reversed(list(rows(self.xml))):
            style = next((cell.attributes.get("s", "") for place, cell in cells(row) if place == column), "")
            if style and self.dresser.of_days(style):
                yield style
