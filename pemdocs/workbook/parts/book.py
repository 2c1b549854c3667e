"""Turn the main part of a workbook into what it says of its sheets and names."""

from __future__ import annotations

from dataclasses import dataclass

from pemdocs.workbook.parts.package import Package, links, unpacked
from pemdocs.workbook.parts.splicing import LINKS, MAIN, Element, Unkept, outline, readable

LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Book:
    """A package with its main part: the name of that part, and the part of each worksheet by the sheet's name."""

    package: Package
    main: str
    sheets: dict[str, str]
    """The worksheets; a sheet that is a chart alone holds no cells and is not here."""

    @property
    def xml(self) -> bytes:
        """The main part."""
        return readable(self.package.parts[self.main])


def opened(content: bytes) -> Book:
    """The workbook, where something can be added without harm. Raises ``Unkept``.

    Refused are a signed one (``unkept-signed``), one whose changes are tracked for several people
    (``unkept-shared``), and Strict Open XML (``unkept-strict``).
    """
    package = unpacked(content)
    names = [name.lower() for name in package.parts]
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise Unkept("unkept-signed")
    if any(name.startswith("xl/revisions/") for name in names):
        raise Unkept("unkept-shared")
    main = next((link.target for link in links(package, "") if link.type == "officeDocument" and link.target), "")
    if not main:
        raise Unkept("unkept-damaged")
    return book(package, main)


def book(package: Package, main: str) -> Book:
    """The workbook of a package whose main part is known."""
    root = outline(readable(package.parts[main]))
    if root.space != MAIN:
        raise Unkept("unkept-strict" if "purl.oclc.org" in root.space else "unkept-damaged")
    targets = {link.id: link.target for link in links(package, main) if link.type == "worksheet"}
    sheets = root.first("sheets")
    entries = sheets.children if sheets else ()
    found = ((each, targets.get(each.attributes.get(f"{LINKS} id", ""), "")) for each in entries)
    return Book(package, main, {each.attributes.get("name", ""): part for each, part in found if part})


def free_name(name: str, before: Book) -> str:
    """The name of the sheet, with a number where the workbook has another sheet of that name."""
    taken = {each.attributes.get("name", "").casefold() for each in entries(outline(before.xml))}
    wishes = (name, *(f"{name[: LONGEST_NAME - 4]} ({n})" for n in range(2, 99)))
    return next(wish for wish in wishes if wish.casefold() not in taken)


def entries(root: Element) -> tuple[Element, ...]:
    """What the workbook says of its sheets, in the order of their tabs."""
    sheets = root.first("sheets")
    return sheets.children if sheets else ()


def defined_names(root: Element) -> tuple[Element, ...]:
    """The names that are defined."""
    names = root.first("definedNames")
    return names.children if names else ()


def open_tabs(root: Element) -> tuple[int, int]:
    """Which tab is open, and which one is the first in view."""
    views = root.first("bookViews")
    said = views.children[0].attributes if views and views.children else {}
    active, first = said.get("activeTab", "0"), said.get("firstSheet", "0")
    return int(active) if active.isdigit() else 0, int(first) if first.isdigit() else 0
