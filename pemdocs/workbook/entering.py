"""Turn a workbook into the same with texts in some of its cells; every other cell and part keeps its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pemdocs.workbook.parts import package
from pemdocs.workbook.parts.book import opened
from pemdocs.workbook.parts.cells import cells, place, rows
from pemdocs.workbook.parts.package import Package
from pemdocs.workbook.parts.splicing import Edit, Element, appended, edited, prefix, readable


@dataclass(frozen=True, slots=True)
class Entered:
    """The workbook, and the cells (``F12``) by sheet that were left: they hold a formula, or there is no such row."""

    content: bytes
    left: Mapping[str, tuple[str, ...]]


def entered(content: bytes, texts: Mapping[str, Mapping[str, str]]) -> Entered:
    """The ``.xlsx`` or ``.xlsm`` with these texts, by sheet and cell; a format of the cell stays.

    A text is a text whatever it begins with, never a formula. Raises ``Unkept`` where something else would be lost.
    """
    book = opened(content)
    found, left = book.package, {}
    for name, wanted in texts.items():
        part = book.sheets.get(name, "")
        found, there = _sheet(found, part, wanted) if part else (found, frozenset())
        left[name] = tuple(ref for ref in wanted if ref not in there)
    return Entered(package.packed(found), {name: refs for name, refs in left.items() if refs})


def _sheet(found: Package, part: str, wanted: Mapping[str, str]) -> tuple[Package, frozenset[str]]:
    xml = readable(found.parts[part])
    by_row: dict[int, dict[int, str]] = {}
    for ref in wanted:
        column, below = place(ref)
        by_row.setdefault(below, {})[column] = ref
    done: dict[str, tuple[Edit, ...]] = {}
    for number, row in rows(xml):
        if number in by_row:
            done |= dict(_row(xml, row, by_row[number], wanted))
    edits = [edit for each in done.values() for edit in each]
    return (found.having(part, edited(xml, edits)) if edits else found), frozenset(done)


def _row(
    xml: bytes, row: Element, columns: Mapping[int, str], wanted: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """The edits of a row by the cells that are entered: in place of a cell, or before the first that comes behind."""
    there = dict(cells(row))
    for column, ref in sorted(columns.items()):
        p = prefix(xml, row)
        old = there.get(column)
        if old is None:
            new = _cell(p, ref, wanted[ref], "")
            behind = next((there[each] for each in sorted(there) if each > column), None)
            yield ref, (Edit(behind.start, behind.start, new),) if behind else appended(xml, row, new.decode())
        elif old.first("f") is None:
            yield ref, (Edit(old.start, old.end, _cell(p, ref, wanted[ref], old.attributes.get("s", ""))),)


def _cell(p: str, ref: str, text: str, style: str) -> bytes:
    said = f' s="{style}"' if style else ""
    held = f'<{p}is><{p}t xml:space="preserve">{escape(text)}</{p}t></{p}is>'
    return f'<{p}c r="{ref}"{said} t="inlineStr">{held}</{p}c>'.encode()
