"""Turn a sheet of a new workbook into one that can stand in another: its texts inside, its styles by their new numbers.

Only this module knows what a sheet shares with the rest of its workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from pemdocs.workbook.columns import LISTS
from pemdocs.workbook.extending.lists import Lists
from pemdocs.workbook.extending.styles import Numbers
from pemdocs.workbook.parts.book import Book
from pemdocs.workbook.parts.package import links
from pemdocs.workbook.parts.splicing import MAIN

M = f"{{{MAIN}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WITH_STYLE = {"c": "s", "row": "s", "col": "style"}


@dataclass(frozen=True)
class Grafts:
    """The sheets of a new workbook, as another one can take them in.

    ``lists`` is how the sheet of choices is called there; ``known`` the one that is there already.
    """

    donor: Book
    numbers: Numbers
    lists: str
    known: Lists | None = None

    def sheet(self, name: str) -> etree._Element:
        """A sheet of the donor, ready to stand in the other workbook."""
        root = etree.fromstring(self.donor.package.parts[self.donor.sheets[name]])
        for each in tuple(root.iter(etree.Element)):
            tag = etree.QName(each).localname
            if tag == "c" and each.get("t") == "s":
                _inside(each, self._strings[int(each.findtext(f"{M}v") or 0)])
            self._numbered(each, WITH_STYLE.get(tag, ""), self.numbers.cells)
            self._numbered(each, "dxfId" if tag == "cfRule" else "", self.numbers.differences)
            if tag in ("formula1", "formula2", "f"):
                each.text = self.renamed(each.text or "")
        return root

    def renamed(self, formula: str) -> str:
        """A formula that asks the sheet of choices by its name there."""
        return self.known.renamed(formula) if self.known else formula.replace(f"{LISTS}!", f"'{self.lists}'!")

    def _numbered(self, each: etree._Element, key: str, numbers: Mapping[str, str]) -> None:
        if key and key in each.attrib:
            each.set(key, numbers[each.get(key, "")])

    @cached_property
    def _strings(self) -> list[str]:
        package = self.donor.package
        part = next(link.target for link in links(package, self.donor.main) if link.type == "sharedStrings")
        return [each.findtext(f"{M}t") or "" for each in etree.fromstring(package.parts[part])]


def _inside(cell: etree._Element, text: str) -> None:
    """The text in the cell itself: the table of strings of the other workbook stays as it is."""
    cell.set("t", "inlineStr")
    cell[:] = []
    etree.SubElement(etree.SubElement(cell, f"{M}is"), f"{M}t", {SPACE: "preserve"}).text = text


def file_of(root: etree._Element) -> bytes:
    """A sheet as a part of a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
