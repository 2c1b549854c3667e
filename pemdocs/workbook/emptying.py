"""Turn a workbook into the same without what some cells hold: their values, their texts, the notes on them.

Every part in which nothing is emptied keeps its bytes, and so does every other cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pemdocs.workbook.parts import package
from pemdocs.workbook.parts.book import Book, opened
from pemdocs.workbook.parts.package import Package, links
from pemdocs.workbook.parts.reckoning import recalculated
from pemdocs.workbook.parts.splicing import Edit, Element, edited, outline, readable

REF = re.compile(r"([A-Z]+)([0-9]+)")
REMARKS = ("comments", "threadedComment")
"""The sorts of parts that hold the remarks on the cells of a sheet."""


@dataclass(frozen=True, slots=True)
class Emptied:
    """What is to be emptied in a sheet: whole rows by their numbers, and single cells (``F12``)."""

    rows: frozenset[int] = frozenset()
    cells: frozenset[str] = frozenset()

    def has(self, ref: str) -> bool:
        """Whether a cell is among them."""
        found = REF.fullmatch(ref)
        return ref in self.cells or (found is not None and int(found[2]) in self.rows)


def emptied(content: bytes, sheets: Mapping[str, Emptied], values: Collection[bytes] = ()) -> bytes:
    """The ``.xlsx`` or ``.xlsm`` with these cells empty; a format, a border, a drop-down stays.

    What a formula elsewhere has last given and that holds one of the ``values`` goes too: Excel reckons it anew.
    Raises ``Unkept`` where something else would be lost.
    """
    book = opened(content)
    found = book.package
    for name, what in sheets.items():
        part = book.sheets.get(name)
        if part is not None:
            found = _sheet(found, part, what)
            found = _remarks(found, part, what)
    for part in book.sheets.values():
        found = _forgotten(found, part, values, book.main)
    return package.packed(_texts(found, book))


def _forgotten(found: Package, part: str, values: Collection[bytes], main: str) -> Package:
    """The sheet without the results of formulas that hold one of the values; they are reckoned when it is opened."""
    xml = readable(found.parts[part])
    if not any(value in xml for value in values):
        return found
    results = (cell.first("v") for _, cell in _cells(xml) if cell.first("f") is not None)
    told = [each for each in results if each is not None and any(v in xml[each.inner : each.close] for v in values)]
    if not told:
        return found
    found = found.having(part, edited(xml, [Edit(each.start, each.end, b"") for each in told]))
    whole = readable(found.parts[main])
    return found.having(main, edited(whole, list(recalculated(whole, outline(whole)))))


def _sheet(found: Package, part: str, what: Emptied) -> Package:
    xml = readable(found.parts[part])
    edits = [Edit(cell.start, cell.end, _bare(ref, cell)) for ref, cell in _cells(xml) if what.has(ref)]
    return found.having(part, edited(xml, edits)) if edits else found


def _bare(ref: str, cell: Element) -> bytes:
    style = cell.attributes.get("s")
    return f'<c r="{ref}"{f" s={chr(34)}{style}{chr(34)}" if style else ""}/>'.encode()


def _cells(xml: bytes) -> Iterator[tuple[str, Element]]:
    """Each cell with its name; where the file leaves one out, it is counted."""
    data = outline(xml, whole=True).first("sheetData")
    number = 0
    for row in data.children if data else ():
        number = int(row.attributes.get("r", number + 1))
        column = 0
        for cell in row.all("c"):
            found = REF.fullmatch(cell.attributes.get("r", ""))
            column = _number(found[1]) if found else column + 1
            yield f"{_letters(column)}{number}", cell


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _remarks(found: Package, part: str, what: Emptied) -> Package:
    """The sheet's remarks on the cells, without their words."""
    for link in links(found, part):
        if link.type in REMARKS and link.target in found.parts:
            xml = readable(found.parts[link.target])
            edits = list(_wordless(outline(xml, whole=True), what))
            found = found.having(link.target, edited(xml, edits)) if edits else found
    return found


def _wordless(element: Element, what: Emptied) -> Iterator[Edit]:
    for child in element.children:
        if child.name in ("comment", "threadedComment") and what.has(child.attributes.get("ref", "")):
            texts = child.all("text")
            yield from (Edit(text.inner, text.close) for text in texts)
        else:
            yield from _wordless(child, what)


def _texts(found: Package, book: Book) -> Package:
    """The shared texts, without those that only emptied cells have used."""
    shared = next((link.target for link in links(found, book.main) if link.type == "sharedStrings"), "")
    if not shared:
        return found
    kept, before = set(_used(found, book.sheets.values())), set(_used(book.package, book.sheets.values()))
    xml = readable(found.parts[shared])
    gone = before - kept
    items = enumerate(outline(xml).all("si"))
    edits = [Edit(item.inner, item.close, b"<t/>") for number, item in items if number in gone and not item.empty]
    return found.having(shared, edited(xml, edits)) if edits else found


def _used(found: Package, parts: Iterable[str]) -> Iterator[int]:
    """The numbers of the shared texts that cells show."""
    for part in parts:
        xml = readable(found.parts[part])
        for _, cell in _cells(xml):
            value = cell.first("v")
            if cell.attributes.get("t") == "s" and value is not None:
                yield int(xml[value.inner : value.close])
