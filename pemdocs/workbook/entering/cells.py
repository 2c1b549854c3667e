"""Turn texts, days and numbers into cells of a sheet, in rows that are there or behind the last one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from pemdocs.workbook.entering.dressing import Dresser, Dressing
from pemdocs.workbook.entering.reaching import reached
from pemdocs.workbook.grid import letters
from pemdocs.workbook.parts import package
from pemdocs.workbook.parts.book import opened
from pemdocs.workbook.parts.cells import cells, place, rows
from pemdocs.workbook.parts.package import Package
from pemdocs.workbook.parts.splicing import Edit, Element, appended, edited, outline, prefix, readable

Value = str | date | int | Decimal
"""What a cell gets: a text whatever it begins with, never a formula; a day in the workbook’s calendar; a number."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The workbook, and the cells (``F12``) by sheet that were left: they hold a formula, or there is no such sheet."""

    content: bytes
    left: Mapping[str, tuple[str, ...]]


def entered(
    content: bytes, values: Mapping[str, Mapping[str, Value]], like: Mapping[str, int] | None = None
) -> Entered:
    """The ``.xlsx`` or ``.xlsm`` with these values, by sheet and cell; a format of the cell stays.

    A day is shown as the days of its column are. A row that is not there yet is made; ``like`` tells for its sheet of
    which row it has the formats, 0 for those of the columns. Raises ``Unkept`` where something else would be lost.
    """
    book = opened(content)
    dresser = Dresser(book)
    found, left = book.package, {}
    for name, wanted in values.items():
        part = book.sheets.get(name, "")
        there: frozenset[str] = frozenset()
        if part:
            found, there = _sheet(found, part, wanted, dresser, (like or {}).get(name, 0))
        left[name] = tuple(ref for ref in wanted if ref not in there)
    return Entered(package.packed(dresser.put_on(found)), {name: refs for name, refs in left.items() if refs})


def _sheet(
    found: Package, part: str, wanted: Mapping[str, Value], dresser: Dresser, like: int
) -> tuple[Package, frozenset[str]]:
    xml = readable(found.parts[part])
    by_row: dict[int, dict[int, str]] = {}
    for ref in wanted:
        column, below = place(ref)
        by_row.setdefault(below, {})[column] = ref
    there = dict(rows(xml))
    sheet = _Sheet(xml, wanted, dresser.sheet(xml), dict(cells(there[like])) if like in there else {})
    edits: list[Edit] = []
    refs: set[str] = set()
    for number in sorted(by_row.keys() & there.keys()):
        made = dict(sheet.row(there[number], by_row[number]))
        edits += [edit for each in made.values() for edit in each]
        refs |= made.keys() - {""}
    new = sorted(by_row.keys() - there.keys())
    edits += sheet.rows(there, {number: by_row[number] for number in new})
    refs |= {ref for number in new for ref in by_row[number].values()}
    if edits:
        found = found.having(part, edited(xml, edits))
    return (reached(found, part, new) if new else found), frozenset(refs)


@dataclass(frozen=True)
class _Sheet:
    xml: bytes
    wanted: Mapping[str, Value]
    dressing: Dressing
    above: Mapping[int, Element]
    """The cells of the row whose formats new rows have."""

    def row(self, row: Element, columns: Mapping[int, str]) -> Iterator[tuple[str, tuple[Edit, ...]]]:
        """The edits of a row by the cells that are entered: in place of one, before the next or behind the last."""
        there, p = dict(cells(row)), prefix(self.xml, row)
        tail = ""
        for column, ref in sorted(columns.items()):
            old = there.get(column)
            if old is None:
                new = self.cell(p, column, ref, self.dressing.bare(column, row))
                behind = next((there[each] for each in sorted(there) if each > column), None)
                tail += "" if behind else new
                yield ref, (Edit(behind.start, behind.start, new.encode()),) if behind else ()
            elif old.first("f") is None:
                new = self.cell(p, column, ref, old.attributes.get("s", ""))
                yield ref, (Edit(old.start, old.end, new.encode()),)
        if tail:
            yield "", appended(self.xml, row, tail)

    def rows(self, there: Mapping[int, Element], new: Mapping[int, Mapping[int, str]]) -> Iterator[Edit]:
        """The edits that add rows, each at its place among those that are there."""
        data = outline(self.xml).first("sheetData")
        if data is None:
            return
        behind = sorted(there)
        for number, columns in new.items():
            text = self.new_row(prefix(self.xml, data), number, columns)
            following = next((there[each] for each in behind if each > number), None)
            if following is not None:
                yield Edit(following.start, following.start, text.encode())
            else:
                yield from appended(self.xml, data, text)

    def new_row(self, p: str, number: int, columns: Mapping[int, str]) -> str:
        dressed = [column for column, each in self.above.items() if each.attributes.get("s")]
        made = ""
        for column in sorted({*columns, *dressed}):
            old = self.above.get(column)
            style = old.attributes.get("s", "") if old is not None else self.dressing.bare(column)
            made += (
                self.cell(p, column, columns[column], style)
                if column in columns
                else f'<{p}c r="{letters(column)}{number}" s="{style}"/>'
            )
        return f'<{p}row r="{number}">{made}</{p}row>'

    def cell(self, p: str, column: int, ref: str, style: str) -> str:
        value = self.wanted[ref]
        day = self.dressing.serial(value) if isinstance(value, date) else None
        if isinstance(value, date):
            value = value.isoformat() if day is None else day
            style = style if day is None else self.dressing.dated(column, style)
        said = f' s="{style}"' if style else ""
        if not isinstance(value, str):
            return f'<{p}c r="{ref}"{said}><{p}v>{value}</{p}v></{p}c>'
        held = f'<{p}is><{p}t xml:space="preserve">{escape(value)}</{p}t></{p}is>'
        return f'<{p}c r="{ref}"{said} t="inlineStr">{held}</{p}c>'
