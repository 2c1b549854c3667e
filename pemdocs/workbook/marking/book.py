"""Turn the main part of a workbook into one with a sheet before the others, and back. Only this module edits it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from pemdocs.workbook.parts.book import Book, book, defined_names, entries, free_name, open_tabs
from pemdocs.workbook.parts.order import SHEET_TYPE, WORKBOOK
from pemdocs.workbook.parts.package import Package, linked, typed, unlinked, untyped
from pemdocs.workbook.parts.splicing import (
    LINKS,
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
)

OWN = "\n"
"""What begins a list of names that was not there before."""

MARKER = "_pemdocs_marks"
"""The hidden name that leads to the sheet of findings, whatever its author calls it.

Its comment says which tab was open before and which one was the first in view.
"""

# Adding the sheet of findings


def with_list(before: Book, name: str, sheet: bytes) -> Package:
    """The package with the sheet of findings before all others, and open on it."""
    part = before.package.free("xl/worksheets/sheet{}.xml")
    package = typed(before.package.having(part, sheet), part, SHEET_TYPE)
    package, identifier = linked(package, before.main, f"{LINKS}/worksheet", part)
    xml = before.xml
    root = outline(xml)
    tabs = open_tabs(root)
    edits = [*_shifted(xml, root, 1), *_new_sheet(xml, root, free_name(name, before), identifier)]
    edits += [*_turned_to(xml, root, 0), *_marked(xml, root, free_name(name, before), tabs)]
    package = package.having(before.main, edited(xml, edits))
    return _selected(package, _sheet_at(before, root, tabs[0]), False)


def _new_sheet(xml: bytes, root: Element, name: str, identifier: str) -> Iterator[Edit]:
    sheets = root.first("sheets")
    if sheets is None:
        raise Unkept("unkept-damaged")
    number = max((int(each.attributes.get("sheetId", "0")) for each in sheets.children), default=0) + 1
    head = f'{prefix(xml, root)}sheet name={quoteattr(name)} sheetId="{number}"'
    new = f'<{head} xmlns:pemdocs="{LINKS}" pemdocs:id="{identifier}"/>'
    yield Edit(sheets.inner, sheets.inner, new.encode())


def _marked(xml: bytes, root: Element, name: str, tabs: tuple[int, int]) -> Iterator[Edit]:
    head = prefix(xml, root)
    quoted = name.replace("'", "''")
    there = f"'{quoted}'!$A$1"
    own = f'name="{MARKER}" comment="{tabs[0]} {tabs[1]}" hidden="1"'
    new = f"<{head}definedName {own}>{escape(there)}</{head}definedName>"
    names = root.first("definedNames")
    if names is not None:
        yield from appended(xml, names, new)
    else:
        at = place(root, WORKBOOK, "definedNames")
        yield Edit(at, at, f"<{head}definedNames>{OWN}{new}</{head}definedNames>".encode())


def _shifted(xml: bytes, root: Element, by: int) -> Iterator[Edit]:
    """The names that belong to a sheet count the sheets."""
    for each in defined_names(root):
        own = each.attributes.get("localSheetId")
        if own is not None and each.attributes.get("name") != MARKER:
            yield said(xml, each, "localSheetId", str(int(own) + by))


def _turned_to(xml: bytes, root: Element, tab: int) -> Iterator[Edit]:
    views = root.first("bookViews")
    for view in views.children if views else ():
        if view.attributes.get("activeTab", "0") != str(tab):
            yield said(xml, view, "activeTab", str(tab))
        if "firstSheet" in view.attributes:
            yield said(xml, view, "firstSheet", "0")


def _sheet_at(before: Book, root: Element, tab: int) -> str:
    """The part of the sheet at a place among the tabs; empty where it is none with cells."""
    found = entries(root)
    return before.sheets.get(found[tab].attributes.get("name", ""), "") if tab < len(found) else ""


SELECTED = ({"1": "0", "true": "false"}, {"0": "1", "false": "true"})
"""What the selection of a sheet is turned into: off, on."""


def _selected(package: Package, part: str, on: bool) -> Package:
    """The package in which a sheet is selected, or not: two selected sheets would both take what is typed."""
    if not part:
        return package
    xml = readable(package.parts[part])
    views = outline(xml).first("sheetViews")
    found = [(view, view.attributes.get("tabSelected", "")) for view in (views.children if views else ())]
    edits = [said(xml, view, "tabSelected", SELECTED[on][was]) for view, was in found if was in SELECTED[on]]
    return package.having(part, edited(xml, edits)) if edits else package


# Taking it away


def without_list(marked: Book) -> Package:
    """The package without the sheet of findings that was added before, and as it was opened then."""
    root = outline(marked.xml)
    marker = next((each for each in defined_names(root) if each.attributes.get("name") == MARKER), None)
    if marker is None:
        return marked.package
    number = _listed_at(marked, root, marker)
    if number is None or len(entries(root)) == 1:
        return marked.package.having(marked.main, edited(marked.xml, _unmarked(marked.xml, root, marker)))
    return _removed(marked, root, marker, number)


def _listed_at(marked: Book, root: Element, marker: Element) -> int | None:
    where = marked.xml[marker.inner : marker.close].decode()
    names = [each.attributes.get("name", "") for each in entries(root)]
    return next((number for number, name in enumerate(names) if where in _addresses(name)), None)


def _addresses(name: str) -> tuple[str, str]:
    """How a workbook says where the first cell of a sheet is: in quotes, or without where it needs none."""
    quoted = name.replace("'", "''")
    return escape(f"'{quoted}'!$A$1"), escape(f"{name}!$A$1")


def _unmarked(xml: bytes, root: Element, marker: Element) -> Iterator[Edit]:
    names = root.first("definedNames")
    if names is None or len(names.children) > 1:
        yield Edit(marker.start, marker.end)
    elif xml[names.inner : marker.start] == OWN.encode():
        yield Edit(names.start, names.end)
    else:
        yield Edit(names.inner - 1, names.end, b"/>")


def _removed(marked: Book, root: Element, marker: Element, number: int) -> Package:
    xml = marked.xml
    entry = entries(root)[number]
    name = entry.attributes.get("name", "")
    told = [int(each) for each in marker.attributes.get("comment", "").split() if each.isdigit()]
    was, first = told if len(told) == len(open_tabs(root)) else (0, 0)
    edits = [*_unmarked(xml, root, marker), Edit(entry.start, entry.end)]
    edits += [each for each in _shifted_back(xml, root, number) if not _inside(each, edits)]
    edits += _turned_back(xml, root, was, first)
    package = marked.package.having(marked.main, edited(xml, edits))
    part = marked.sheets.get(name, "")
    if part:
        package = untyped(unlinked(package.lacking(part), marked.main, part), f"/{part}")
    after = book(package, marked.main)
    return _selected(package, _sheet_at(after, outline(after.xml), was), True)


def _inside(edit: Edit, gone: list[Edit]) -> bool:
    return any(other.start <= edit.start < other.end for other in gone)


def _shifted_back(xml: bytes, root: Element, number: int) -> Iterator[Edit]:
    for each in defined_names(root):
        own = each.attributes.get("localSheetId")
        if own is not None and int(own) == number:
            yield Edit(each.start, each.end)
        elif own is not None and int(own) > number:
            yield said(xml, each, "localSheetId", str(int(own) - 1))


def _turned_back(xml: bytes, root: Element, was: int, first: int) -> Iterator[Edit]:
    views = root.first("bookViews")
    for view in views.children if views else ():
        if "activeTab" in view.attributes:
            yield said(xml, view, "activeTab", str(was))
        if "firstSheet" in view.attributes:
            yield said(xml, view, "firstSheet", str(first))
