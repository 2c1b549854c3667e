"""Turn a workbook and what is wrong in it into the same workbook with marks: coloured cells, notes, a list; and back.

Every part of the file that needs no mark stays as it is, byte for byte, and so do the cells of every sheet. Marks are
known by themselves: those of an earlier run are taken away first, whatever was changed in the workbook since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pemdocs.workbook.marking import colours, listing, looks, notes
from pemdocs.workbook.marking.book import with_list, without_list
from pemdocs.workbook.marking.looks import SEVERITIES
from pemdocs.workbook.marking.marks import Mark
from pemdocs.workbook.parts import package
from pemdocs.workbook.parts.book import Book, book, opened
from pemdocs.workbook.parts.package import Package
from pemdocs.workbook.parts.splicing import Unkept, outline, readable
from pemdocs.workbook.words import load

__all__ = ["Mark", "Unkept", "listed", "mark", "unmark"]


def mark(content: bytes, marks: Sequence[Mark], language: str) -> bytes:
    """The ``.xlsx`` or ``.xlsm`` with these marks and no others: where there are none, as it was before.

    Raises ``Unkept`` where something would be lost: then nothing is made.
    """
    bare = _unmarked(opened(content))
    if not marks:
        return package.packed(bare.package)
    words = load(language).marking
    styled, styles = looks.with_styles(bare)
    marked = styled
    for name, part in bare.sheets.items():
        marked = _marked_sheet(marked, part, [each for each in marks if each.sheet == name], styles)
    page = listing.sheet(marks, words, styles.listed, bare.sheets)
    done = with_list(Book(marked, bare.main, bare.sheets), words.sheet, page)
    _sound(bare, done)
    return package.packed(done)


def unmark(content: bytes) -> bytes:
    """The workbook without the marks of earlier runs. Raises ``Unkept``."""
    return package.packed(_unmarked(opened(content)).package)


def listed(marks: Sequence[Mark], language: str) -> bytes:
    """The list as a workbook of its own, for a file that cannot take marks."""
    return mark(package.packed(package.bare()), marks, language) if marks else package.packed(package.bare())


def _unmarked(marked: Book) -> Book:
    found = without_list(marked)
    for part in marked.sheets.values():
        if part in found.parts:
            found = _bare_sheet(notes.unnoted(found, part), part)
    return Book(looks.without_styles(book(found, marked.main)), marked.main, book(found, marked.main).sheets)


def _bare_sheet(found: Package, part: str) -> Package:
    xml = found.parts[part]
    bare = colours.bare(readable(xml))
    return found if bare == xml else found.having(part, bare)


def _marked_sheet(found: Package, part: str, marks: Sequence[Mark], styles: looks.Styles) -> Package:
    at: dict[str, list[Mark]] = defaultdict(list)
    for each in marks:
        if each.anchor and not each.listed:
            at[each.anchor].append(each)
    if not at:
        return found
    worst = {cell: min((each.severity for each in here), key=SEVERITIES.index) for cell, here in at.items()}
    cells = {severity: [cell for cell in worst if worst[cell] == severity] for severity in SEVERITIES}
    cells = {severity: found for severity, found in cells.items() if found}
    found = found.having(part, colours.coloured(readable(found.parts[part]), cells, styles.marked))
    return notes.noted(found, part, {cell: _said(here) for cell, here in at.items()})


def _said(marks: Iterable[Mark]) -> str:
    return "\n\n".join(f"{each.message}\n→ {each.remedy}" for each in marks)


def _sound(before: Book, after: Package) -> None:
    """Make sure that what was written can be read, and that the cells of every sheet are what they were."""
    for part in before.sheets.values():
        old, new = readable(before.package.parts[part]), after.parts[part]
        if _cells(old) != _cells(new):
            raise Unkept("unkept-damaged")


def _cells(xml: bytes) -> bytes:
    found = outline(xml).first("sheetData")
    return xml[found.start : found.end] if found else b""
