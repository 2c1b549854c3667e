"""Turn a workbook in use and a new one into the first with what it lacks of the second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.workbook.columns import LISTS, ROWS, Layout, letter
from pemdocs.workbook.extending import book as books
from pemdocs.workbook.extending.added import Extended, Room
from pemdocs.workbook.extending.columns import Moved, widened, with_columns
from pemdocs.workbook.extending.grafts import Grafts, M, file_of
from pemdocs.workbook.extending.lists import lists_in
from pemdocs.workbook.extending.styles import joined
from pemdocs.workbook.formats import opening, sniff
from pemdocs.workbook.formats.sniff import Source
from pemdocs.workbook.grid import Rows
from pemdocs.workbook.lines import COMMENT
from pemdocs.workbook.marking import unmark
from pemdocs.workbook.parts.book import Book, defined_names, entries, free_name, opened
from pemdocs.workbook.parts.package import links, packed
from pemdocs.workbook.parts.splicing import edited, outline, readable, said
from pemdocs.workbook.read import Headed, headed

SHEET_ASKED = re.compile(r"'((?:[^']|'')+)'!")
LIST_OF_IDS = re.compile(r"ids_\w+")


@dataclass(frozen=True)
class Donor:
    """A new workbook: its bytes and its layouts; ``wanted`` tells of a column (table and key) whether it may be added.

    ``was`` is the workbook as it would have been new before, with the sheets that explain it; ``explain`` are their
    names.
    """

    content: bytes
    layouts: Mapping[str, Layout]
    wanted: frozenset[tuple[str, str]]
    was: bytes
    explain: tuple[str, ...]
    language: str


def extended(source: Source, donor: Donor) -> Extended:
    """The workbook with the sheets and columns of the donor that it lacks. The marks of an earlier check are gone.

    Raises ``Unkept`` where something could not be kept, ``PemdocsError`` ``extend-no-headings`` for a sheet without a
    row of headings: nothing is made then.
    """
    return _Extension(source, donor).done()


@dataclass
class _Extension:
    source: Source
    donor: Donor
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wider: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def done(self) -> Extended:
        before = opened(unmark(self.source.content))
        new = opened(self.donor.content)
        package, numbers = joined(before, new)
        grafts = Grafts(new, numbers, free_name(LISTS, before))
        choices = self._lists(grafts)
        grafts = replace(grafts, known=lists_in(before, choices))
        found = Book(package, before.main, before.sheets)
        for each in self.there:
            found = self._with_columns(found, each, grafts)
        sheets = tuple(self._sheets(grafts))
        kept = tuple(name for name in self.donor.explain if name in found.sheets and not self._ours(found, name))
        for name in self.donor.explain:
            if name in found.sheets and name not in kept and (sheets or self.columns):
                found = _explained(found, name, grafts)
        if not sheets and not self.columns:
            return Extended(self.source.content, (), {}, ())
        names = [*self._ids(grafts, before), *_local(new, [each[0] for each in sheets])]
        found = books.with_sheets(found, sheets, [] if grafts.known else [(grafts.lists, file_of(choices))])
        found = grafts.known.extended(found, choices) if grafts.known else found
        found = books.with_names(found, names, self.wider)
        return Extended(packed(found.package), tuple(name for name, *_ in sheets), self.columns, kept)

    @cached_property
    def there(self) -> tuple[Headed, ...]:
        tables = {name: layout.table for name, layout in self.donor.layouts.items()}
        return headed(self.source, tables, self.donor.language)

    def _with_columns(self, found: Book, each: Headed, grafts: Grafts) -> Book:
        layout = self.donor.layouts[each.table]
        if each.top is None:
            raise PemdocsError("extend-no-headings", sheet=each.sheet.name)
        known = {column.key for column in each.top.columns.values()}
        lacking = [
            number
            for number, column in enumerate(layout.columns, 1)
            if column.key not in known and (each.table, column.key) in self.donor.wanted
        ]
        if not lacking:
            return found
        room, part = _room(each), found.sheets[each.sheet.name]
        moved = [Moved(was, room.last_column + n) for n, was in enumerate(lacking, 1)]
        donor = grafts.sheet(layout.sheet)
        xml = readable(found.package.parts[part])
        done = with_columns(xml, room, donor, moved, max(room.last_row, room.heading + ROWS))
        self.columns[each.sheet.name] = tuple(layout.columns[number - 1].heading for number in lacking)
        self._note(xml, room, moved)
        self.asked |= {
            name
            for check in donor.iter(f"{M}dataValidation")
            if any(check.get("sqref", "").startswith(f"{letter(one.was)}3:") for one in moved)
            for name in LIST_OF_IDS.findall(check.findtext(f"{M}formula1") or "")
        }
        return Book(found.package.having(part, done), found.main, found.sheets)

    def _note(self, xml: bytes, room: Room, moved: Sequence[Moved]) -> None:
        """The range of the filter of a sheet that has grown, as Excel's own name says it."""
        there = outline(xml).first("autoFilter")
        ref = widened(there.attributes.get("ref", ""), room.heading, moved) if there else ""
        if ref:
            self.wider[room.sheet] = re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", ref)

    def _sheets(self, grafts: Grafts) -> Iterator[tuple[str, bytes, str]]:
        """The sheets that are lacking, each behind the last one before it that is there."""
        there: dict[str, str] = {}
        for each in self.there:
            there.setdefault(each.table, each.sheet.name)
        behind = next((name for name in self.donor.explain if name in self._rows), "")
        for table, layout in self.donor.layouts.items():
            if table in there:
                behind = there[table]
            elif any((table, column.key) in self.donor.wanted for column in layout.columns):
                donor = grafts.sheet(layout.sheet)
                self.asked |= {
                    name for each in donor.iter(f"{M}formula1") for name in LIST_OF_IDS.findall(each.text or "")
                }
                yield layout.sheet, file_of(donor), behind
                behind = layout.sheet

    def _lists(self, grafts: Grafts) -> etree._Element:
        """The choices of what is new. Names beside ids only of sheets that are new: the others have their own."""
        root = grafts.sheet(LISTS)
        for cell in tuple(root.iter(f"{M}c")):
            formula = cell.findtext(f"{M}f") or ""
            asked = SHEET_ASKED.search(formula)
            if asked and asked[1] not in self._new:
                parent = cell.getparent()
                if parent is not None:
                    parent.remove(cell)
        return root

    @cached_property
    def _new(self) -> set[str]:
        there = {each.table for each in self.there}
        return {layout.sheet.replace("'", "''") for table, layout in self.donor.layouts.items() if table not in there}

    def _ids(self, grafts: Grafts, before: Book) -> Iterator[tuple[str, str, str]]:
        """The names that lead to the ids of a sheet: of a new one as it has them, of another its own column."""
        taken = {each.attributes.get("name", "").casefold() for each in defined_names(outline(before.xml))}
        there = {each.table: each for each in self.there}
        names = outline(grafts.donor.xml)
        for each in defined_names(names):
            name = each.attributes.get("name", "")
            table = name.removeprefix("ids_")
            if not name.startswith("ids_") or name.casefold() in taken:
                continue
            if table not in there:
                text = grafts.donor.xml[each.inner : each.close].decode()
                yield name, "", grafts.renamed(_plain(text))
            elif name in self.asked:
                yield name, "", _column_of_ids(there[table])

    def _ours(self, found: Book, name: str) -> bool:
        """Whether a sheet that explains the workbook is as it was new: nobody has written, drawn or noted in it."""
        beside = {link.type for link in links(found.package, found.sheets[name])} - {"printerSettings"}
        return not beside and _texts(self._rows[name]) == _texts(self._were.get(name, {}))

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        return {sheet.name: sheet.rows for sheet in opening.sheets(self.source)}

    @cached_property
    def _were(self) -> Mapping[str, Rows]:
        return {sheet.name: sheet.rows for sheet in opening.sheets(sniff.recognised(self.donor.was, self.source.file))}


def _texts(rows: Rows) -> dict[tuple[int, int], str]:
    return {(row, column): str(raw.value) for row, line in rows.items() for column, raw in line.items()}


def _room(each: Headed) -> Room:
    top, rows = each.top, each.sheet.rows
    heading = top.number if top else 0
    below = rows.get(heading + 1, {})
    example = bool(below) and str(below[min(below)].value).startswith(COMMENT)
    columns = [column for line in rows.values() for column in line]
    right = max([*columns, *(area.right for area in each.sheet.merged)])
    others = [str(below[column].value) for column in sorted(below)[1:]]
    marked = not others or any(said.startswith(COMMENT) for said in others)
    return Room(each.sheet.name, heading, example, max(rows), right, marked)


def _column_of_ids(each: Headed) -> str:
    room = _room(each)
    place = (
        next((place for place, column in each.top.columns.items() if column.field.name == "id"), 1) if each.top else 1
    )
    name, column = each.sheet.name.replace("'", "''"), letter(place)
    cells = f"'{name}'!${column}${room.first}:${column}${max(room.last_row, room.heading + ROWS)}"
    return f"'{name}'!${column}${room.first}:INDEX({cells},MAX(1,COUNTA({cells})))"


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _local(new: Book, sheets: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What the donor's names say of the sheets that are taken: what is printed on each page, and the filter."""
    tabs = [each.attributes.get("name", "") for each in entries(outline(new.xml))]
    for each in defined_names(outline(new.xml)):
        own = each.attributes.get("localSheetId", "")
        if own and tabs[int(own)] in sheets:
            yield each.attributes["name"], tabs[int(own)], _plain(new.xml[each.inner : each.close].decode())


def _explained(found: Book, name: str, grafts: Grafts) -> Book:
    """The workbook in which a sheet that explains it is the new one; open if it was open."""
    part = found.sheets[name]
    views = outline(readable(found.package.parts[part])).first("sheetViews")
    selected = views.children[0].attributes.get("tabSelected", "") if views and views.children else ""
    xml = file_of(grafts.sheet(name))
    view = outline(xml).first("sheetViews")
    if view and view.children:
        xml = edited(xml, [said(xml, view.children[0], "tabSelected", selected or "0")])
    return Book(found.package.having(part, xml), found.main, found.sheets)
