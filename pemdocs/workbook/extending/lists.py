"""Turn the sheet of choices of a workbook into one that offers more: its own columns stay, others come behind them.

Only this module knows in which of its columns a choice of a new workbook stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pemdocs.workbook.columns import LISTS, letter
from pemdocs.workbook.parts.book import Book, entries
from pemdocs.workbook.parts.cells import column_number, place
from pemdocs.workbook.parts.package import links
from pemdocs.workbook.parts.splicing import MAIN, outline, readable

M = f"{{{MAIN}}}"
REF = re.compile(r"([A-Z]+)([0-9]+)")
ASKED = re.compile(re.escape(LISTS) + r"!\$([A-Z]+)\$([0-9]+)(?::\$([A-Z]+)\$([0-9]+))?")

Column = Mapping[int, str]
"""What the rows of a column say: texts, and formulas as Excel may have written them anew."""


@dataclass
class Lists:
    """The columns of the sheet of choices in use, and where those of a new one stand among them.

    ``sheet`` is its name; ``new`` are the columns of the new one that are put behind, with their letters there.
    """

    sheet: str
    part: str
    here: Mapping[str, Column]
    there: Mapping[str, Column]
    new: dict[str, str] = field(default_factory=dict)

    def renamed(self, formula: str) -> str:
        """A formula that asks the new sheet of choices, as it asks the one in use."""
        return ASKED.sub(self._asked, formula)

    def _asked(self, found: re.Match[str]) -> str:
        column = self._letter(found[1])
        more = f":${column}${found[4]}" if found[3] else ""
        return f"'{self.sheet}'!${column}${found[2]}{more}"

    def _letter(self, was: str) -> str:
        if was not in self.new:
            same = (each for each, said in self.here.items() if said == self.there.get(was))
            found = next(same, "")
            if found:
                return found
            last = max([0, *map(column_number, self.here), *map(column_number, self.new.values())])
            self.new[was] = letter(last + 1)
        return self.new[was]

    def extended(self, book: Book, donor: etree._Element) -> Book:
        """The workbook whose sheet of choices has the new columns, as the ``donor`` sheet says them."""
        if not self.new:
            return book
        root = etree.fromstring(readable(book.package.parts[self.part]))
        data = next(root.iter(f"{M}sheetData"))
        rows = {int(row.get("r", "0")): row for row in data}
        for number, cells in sorted(_moved(donor, self.new).items()):
            if number not in rows:
                rows[number] = etree.Element(f"{M}row", {"r": str(number)})
                data.insert(sum(int(each.get("r", "0")) < number for each in data), rows[number])
            if "spans" in rows[number].attrib:
                del rows[number].attrib["spans"]
            rows[number].extend(cells)
        for extent in root.iter(f"{M}dimension"):
            root.remove(extent)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return Book(book.package.having(self.part, content), book.main, book.sheets)


def _moved(donor: etree._Element, new: Mapping[str, str]) -> dict[int, list[etree._Element]]:
    """The cells of the new columns by row, at their new places, in the order of their columns."""
    found: dict[int, list[etree._Element]] = {}
    for cell in donor.iter(f"{M}c"):
        ref = REF.fullmatch(cell.get("r", ""))
        if ref and ref[1] in new:
            cell.set("r", f"{new[ref[1]]}{ref[2]}")
            found.setdefault(int(ref[2]), []).append(cell)
    return {row: sorted(cells, key=lambda cell: place(cell.get("r", ""))) for row, cells in found.items()}


def lists_in(book: Book, donor: etree._Element) -> Lists | None:
    """The sheet of choices of a workbook, where it has one: hidden, under the name that a new one gives it."""
    hidden = [each for each in entries(outline(book.xml)) if each.attributes.get("state", "visible") != "visible"]
    if LISTS not in (each.attributes.get("name", "") for each in hidden) or LISTS not in book.sheets:
        return None
    part = book.sheets[LISTS]
    root = etree.fromstring(readable(book.package.parts[part]))
    return Lists(LISTS, part, _columns(root, _strings(book)), _columns(donor, []))


def _columns(root: etree._Element, strings: list[str]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for cell in root.iter(f"{M}c"):
        ref, said = REF.fullmatch(cell.get("r", "")), _said(cell, strings)
        if ref and said:
            found.setdefault(ref[1], {})[int(ref[2])] = said
    return found


def _said(cell: etree._Element, strings: list[str]) -> str:
    formula = cell.findtext(f"{M}f")
    if formula:
        return "=" + formula.replace("'", "").replace(" ", "")
    text = cell.findtext(f"{M}v") or ""
    if cell.get("t") == "s":
        return strings[int(text or 0)]
    return "".join(each.text or "" for each in cell.iter(f"{M}t")) or text


def _strings(book: Book) -> list[str]:
    part = next((link.target for link in links(book.package, book.main) if link.type == "sharedStrings"), "")
    items = etree.fromstring(readable(book.package.parts[part])) if part else ()
    return ["".join(each.text or "" for each in item.iter(f"{M}t")) for item in items]
