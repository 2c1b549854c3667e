"""Turn the main part of a workbook into one with further sheets among the others and further names.

Only this module knows what counts the sheets of a workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from pemdocs.workbook.parts.book import Book, book, defined_names, entries
from pemdocs.workbook.parts.order import SHEET_TYPE, WORKBOOK
from pemdocs.workbook.parts.package import linked, typed
from pemdocs.workbook.parts.reckoning import recalculated
from pemdocs.workbook.parts.splicing import LINKS, Edit, Element, appended, edited, outline, place, prefix, said


def with_sheets(before: Book, new: Sequence[tuple[str, bytes, str]], hidden: Sequence[tuple[str, bytes]]) -> Book:
    """The workbook with these sheets, each (name, content) behind the sheet of the third name, or before all others.

    ``hidden`` ones come last. Whatever counts the sheets counts on.
    """
    names = [each.attributes.get("name", "") for each in entries(outline(before.xml))]
    order: list[str] = list(names)
    for name, _, behind in new:
        order.insert(order.index(behind) + 1 if behind in order else 0, name)
    order += [name for name, _ in hidden]
    found, links = before, {}
    for name, content in (*((name, content) for name, content, _ in new), *hidden):
        part = found.package.free("xl/worksheets/sheet{}.xml")
        package = typed(found.package.having(part, content), part, SHEET_TYPE)
        package, links[name] = linked(package, before.main, f"{LINKS}/worksheet", part)
        found = Book(package, before.main, found.sheets)
    xml = before.xml
    root = outline(xml)
    edits = [*_entered(xml, root, order, links, {name for name, _ in hidden}), *_counted(xml, root, names, order)]
    return book(found.package.having(before.main, edited(xml, edits)), before.main)


def _entered(
    xml: bytes, root: Element, order: Sequence[str], links: Mapping[str, str], hidden: set[str]
) -> Iterator[Edit]:
    there = {each.attributes.get("name", ""): each for each in entries(root)}
    number = max(int(each.attributes.get("sheetId", "0")) for each in there.values())
    at = entries(root)[0].start
    for name in order:
        if name in there:
            at = there[name].end
            continue
        number += 1
        state = ' state="hidden"' if name in hidden else ""
        head = f'{prefix(xml, root)}sheet name={quoteattr(name)} sheetId="{number}"{state}'
        new = f'<{head} xmlns:pemdocs="{LINKS}" pemdocs:id="{links[name]}"/>'
        yield Edit(at, at, new.encode())


def _counted(xml: bytes, root: Element, was: Sequence[str], order: Sequence[str]) -> Iterator[Edit]:
    """The names that belong to a sheet, and the tabs that are open and in view."""
    for each in defined_names(root):
        own = each.attributes.get("localSheetId", "")
        if own.isdigit() and int(own) < len(was) and order.index(was[int(own)]) != int(own):
            yield said(xml, each, "localSheetId", str(order.index(was[int(own)])))
    views = root.first("bookViews")
    for view in views.children if views else ():
        for key in ("firstSheet", "activeTab"):
            told = view.attributes.get(key, "")
            if told.isdigit() and int(told) < len(was) and order.index(was[int(told)]) != int(told):
                yield said(xml, view, key, str(order.index(was[int(told)])))


def with_names(before: Book, new: Sequence[tuple[str, str, str]], wider: Mapping[str, str]) -> Book:
    """The workbook with these names (name, sheet that it belongs to or nothing, formula); ``wider`` are the ranges of
    filters by their sheets. All formulas are worked out when it is opened, for those that are new have no result."""
    xml = before.xml
    root = outline(xml)
    sheets = [each.attributes.get("name", "") for each in entries(root)]
    edits = [*_named(xml, root, new, sheets), *_widened(xml, root, wider, sheets), *recalculated(xml, root)]
    return Book(before.package.having(before.main, edited(xml, edits)), before.main, before.sheets)


def _named(xml: bytes, root: Element, new: Sequence[tuple[str, str, str]], sheets: Sequence[str]) -> Iterator[Edit]:
    p = prefix(xml, root)
    text = ""
    for name, sheet, formula in new:
        local = f' localSheetId="{sheets.index(sheet)}"' if sheet else ""
        hidden = ' hidden="1"' if name == FILTERED else ""
        text += f"<{p}definedName name={quoteattr(name)}{local}{hidden}>{escape(formula)}</{p}definedName>"
    there = root.first("definedNames")
    if there is not None:
        yield from appended(xml, there, text)
    elif text:
        at = place(root, WORKBOOK, "definedNames")
        yield Edit(at, at, f"<{p}definedNames>{text}</{p}definedNames>".encode())


FILTERED = "_xlnm._FilterDatabase"
"""The name by which Excel knows the range of a filter."""


def _widened(xml: bytes, root: Element, wider: Mapping[str, str], sheets: Sequence[str]) -> Iterator[Edit]:
    for each in defined_names(root):
        own = each.attributes.get("localSheetId", "")
        sheet = sheets[int(own)] if own.isdigit() and int(own) < len(sheets) else ""
        if each.attributes.get("name") == FILTERED and sheet in wider:
            head, mark, _ = xml[each.inner : each.close].decode().rpartition("!")
            yield Edit(each.inner, each.close, f"{head}{mark}{wider[sheet]}".encode())
