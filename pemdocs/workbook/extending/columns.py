"""Turn the columns of a new sheet into further columns of one that is in use: behind all that stands in it.

Only this module edits the cells, and only by adding some at the end of the heading row and of the example below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy as copy
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from pemdocs.workbook.columns import EXAMPLE_ROW, FIRST_ROW, HEADING_ROW, letter
from pemdocs.workbook.extending.added import Room
from pemdocs.workbook.extending.grafts import M
from pemdocs.workbook.extending.styles import written
from pemdocs.workbook.lines import COMMENT
from pemdocs.workbook.parts.order import WORKSHEET
from pemdocs.workbook.parts.splicing import (
    Edit,
    Element,
    Unkept,
    appended,
    edited,
    outline,
    place,
    prefix,
    readable,
    said,
    unsaid,
)

PRIORITY = re.compile(rb'priority\s*=\s*"(\d+)"')
REF = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Moved:
    """A column of the donor (by its number there) and the number that it gets."""

    was: int
    now: int


def with_columns(xml: bytes, room: Room, donor: etree._Element, moved: Sequence[Moved], last: int) -> bytes:
    """The sheet with these columns behind its own, down to the row ``last``. Raises ``Unkept`` ``unkept-damaged``."""
    xml = readable(xml)
    root = outline(xml, whole=True)
    work = _Work(xml, root, prefix(xml, root), room, donor, moved, last)
    return edited(xml, work.edits())


@dataclass(frozen=True, slots=True)
class _Work:
    xml: bytes
    root: Element
    p: str
    room: Room
    donor: etree._Element
    moved: Sequence[Moved]
    last: int

    def edits(self) -> Iterator[Edit]:
        yield from self._cells(HEADING_ROW, self.room.heading)
        if self.room.example:
            yield from self._cells(EXAMPLE_ROW, self.room.heading + 1)
        yield from self._widths()
        yield from self._extent()
        yield from self._filter()
        # In the order of the standard, for what is new may all belong at one place.
        yield from self._formats()
        yield from self._together("dataValidations", list(self._checks()), counted=True)
        yield from self._together("ignoredErrors", list(self._texts()))

    def _cells(self, was: int, now: int) -> Iterator[Edit]:
        row = self._row(now)
        cells = {each.get("r"): each for each in self.donor.iter(f"{M}c")}
        found = ((cells.get(f"{letter(each.was)}{was}"), f"{letter(each.now)}{now}") for each in self.moved)
        plain = was == EXAMPLE_ROW and not self.room.marked
        new = "".join(self._cell(cell, ref, plain) for cell, ref in found if cell is not None)
        yield from appended(self.xml, row, new)
        yield from unsaid(self.xml, row, "spans")

    def _row(self, number: int) -> Element:
        data = self.root.first("sheetData")
        found = [each for each in (data.children if data else ()) if each.attributes.get("r") == str(number)]
        if not found or any("r" not in cell.attributes for cell in found[0].children):
            raise Unkept("unkept-damaged")
        return found[0]

    def _cell(self, cell: etree._Element, ref: str, plain: bool) -> str:
        p, text = self.p, cell.findtext(f"{M}is/{M}t")
        text = text.removeprefix(COMMENT).lstrip() if plain and text is not None else text
        head = f'{p}c r="{ref}" s="{cell.get("s", "0")}"'
        if text is None:
            return f"<{head}/>"
        return f'<{head} t="inlineStr"><{p}is><{p}t xml:space="preserve">{escape(text)}</{p}t></{p}is></{p}c>'

    def _widths(self) -> Iterator[Edit]:
        """The columns with their widths; what was said of all columns to the end of the sheet makes room for them."""
        first, last = self.moved[0].now, self.moved[-1].now
        new = "".join(self._width(each) for each in self.moved)
        there = self.root.first("cols")
        if there is None:
            at = place(self.root, WORKSHEET, "cols")
            yield Edit(at, at, f"<{self.p}cols>{new}</{self.p}cols>".encode())
            return
        behind = ""
        for each in there.children:
            low, high = int(each.attributes["min"]), int(each.attributes["max"])
            if high < first:
                continue
            if high > last:
                behind += self._again(each, max(low, last + 1), high)
            if low < first:
                yield said(self.xml, each, "max", str(first - 1))
            else:
                yield Edit(each.start, each.end)
        yield from appended(self.xml, there, new + behind)

    def _width(self, each: Moved) -> str:
        found = next(c for c in self.donor.iter(f"{M}col") if int(c.get("min", 0)) <= each.was <= int(c.get("max", 0)))
        kept = {str(key): str(value) for key, value in found.attrib.items() if key not in ("min", "max")}
        tags = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
        return f'<{self.p}col min="{each.now}" max="{each.now}"{tags}/>'

    def _again(self, each: Element, low: int, high: int) -> str:
        kept = {key: value for key, value in each.attributes.items() if key not in ("min", "max") and " " not in key}
        tags = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
        return f'<{self.p}col min="{low}" max="{high}"{tags}/>'

    def _extent(self) -> Iterator[Edit]:
        there = self.root.first("dimension")
        found = REF.fullmatch(there.attributes.get("ref", "")) if there else None
        if there is not None and found:
            yield said(self.xml, there, "ref", f"{found[1]}{found[2]}:{letter(self.moved[-1].now)}{found[4]}")

    def _filter(self) -> Iterator[Edit]:
        there = self.root.first("autoFilter")
        wider = widened(there.attributes.get("ref", ""), self.room.heading, self.moved) if there else ""
        if there is not None and wider:
            yield said(self.xml, there, "ref", wider)

    def _checks(self) -> Iterator[str]:
        for each in self.moved:
            for check in self.donor.iter(f"{M}dataValidation"):
                if check.get("sqref", "").startswith(f"{letter(each.was)}{FIRST_ROW}:"):
                    check = copy(check)
                    check.set("sqref", f"{letter(each.now)}{self.room.first}:{letter(each.now)}{self.last}")
                    yield written(check, self.p)

    def _together(self, name: str, new: list[str], counted: bool = False) -> Iterator[Edit]:
        """Further elements in the one that holds them together."""
        there = self.root.first(name)
        if not new:
            return
        if there is None:
            at = place(self.root, WORKSHEET, name)
            tags = f' count="{len(new)}"' if counted else ""
            yield Edit(at, at, f"<{self.p}{name}{tags}>{''.join(new)}</{self.p}{name}>".encode())
            return
        if "count" in there.attributes:
            yield said(self.xml, there, "count", str(len(there.children) + len(new)))
        yield from appended(self.xml, there, "".join(new))

    def _formats(self) -> Iterator[Edit]:
        priority = max((int(number) for number in PRIORITY.findall(self.xml)), default=0)
        at, new = place(self.root, WORKSHEET, "conditionalFormatting"), ""
        for each in self.moved:
            was, now, first = letter(each.was), letter(each.now), self.room.heading + 1
            for found in self.donor.iter(f"{M}conditionalFormatting"):
                if found.get("sqref", "").startswith(f"{was}{EXAMPLE_ROW}:"):
                    priority, found = priority + 1, copy(found)
                    self._placed(found, f"{was}{EXAMPLE_ROW}", f"{now}{first}", priority)
                    found.set("sqref", f"{now}{first}:{now}{self.last}")
                    new += written(found, self.p)
        if new:
            yield Edit(at, at, new.encode())

    def _placed(self, found: etree._Element, was: str, now: str, priority: int) -> None:
        for rule in found.iter(f"{M}cfRule"):
            rule.set("priority", str(priority))
        for formula in found.iter(f"{M}formula"):
            formula.text = (formula.text or "").replace(was, now)

    def _texts(self) -> Iterator[str]:
        """The columns whose digits are text: without it Excel marks each of their cells as a doubt."""
        told = " ".join(each.get("sqref", "") for each in self.donor.iter(f"{M}ignoredError")).split()
        kept = {ref.partition(str(EXAMPLE_ROW))[0] for ref in told}
        mine = [each for each in self.moved if letter(each.was) in kept]
        if mine:
            first = self.room.heading + 1
            area = " ".join(f"{letter(each.now)}{first}:{letter(each.now)}{self.last}" for each in mine)
            yield f'<{self.p}ignoredError sqref="{area}" numberStoredAsText="1"/>'


def widened(ref: str, heading: int, moved: Sequence[Moved]) -> str:
    """The range of the filter of a heading row with these columns; empty where they do not stand right behind it."""
    found = REF.fullmatch(ref.replace("$", ""))
    if not found or int(found[2]) != heading or found[3] != letter(moved[0].now - 1):
        return ""
    return f"{found[1]}{found[2]}:{letter(moved[-1].now)}{found[4]}"
