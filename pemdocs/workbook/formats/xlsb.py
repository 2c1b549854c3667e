"""Turn the package of an ``.xlsb`` workbook into its sheets. Only this module knows the records of [MS-XLSB]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.beside import beside
from pemdocs.workbook.formats.binary import ERRORS, real, records, rk, u16, u24, u32, wide
from pemdocs.workbook.formats.moments import MAC, USUAL, valued
from pemdocs.workbook.formats.parsing import damaged
from pemdocs.workbook.formats.relations import Relation, relations
from pemdocs.workbook.formats.styles import Style
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.formats.worksheet import Book, Grid
from pemdocs.workbook.grid import Range, Raw, Sheet
from pemdocs.workbook.shapes import BUILT_IN, LONGEST

ROW, MERGED, COLUMN = 0, 176, 60
SHORT = range(12, 19)
"""Cells that stand right behind the one before, and so do not say where."""

BLANK, RK, ERROR, TRUTH, REAL, TEXT, SHARED = range(1, 8)
KINDS = {**{kind: kind for kind in range(1, 8)}, **{kind: kind - 11 for kind in SHORT},
         8: TEXT, 9: REAL, 10: TRUTH, 11: ERROR, 62: TEXT}  # fmt: skip
"""What each record of a cell holds; 8 to 11 are the results of formulas, 62 is a text with several looks."""

FORMULAS = range(8, 12)
RICH = 62
STRUCK = 0x08


def sheets(package: Package, main: str) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs. Raises ``PemdocsError``."""
    look = limits.clock(package.file)
    with damaged(package.file):
        related = relations(package, main, look)
        parts = {relation.kind: relation.part for relation in related.values() if relation.part}
        tally = Tally(package.file)
        texts, looks = parts.get("sharedstrings"), parts.get("styles")
        listed, epoch, waiting = _listing(package, main, look)
        fonts: list[bool] = []
        styles = _styles(package, looks, fonts, look) if looks else ()
        book = Book(
            texts=_texts(package, texts, fonts, tally, look) if texts else (),
            styles=styles,
            epoch=epoch,
            doubtful=waiting,
            tally=tally,
            look=look,
            fonts=fonts,
        )
        return tuple(_sheet(package, *each, related, book) for each in listed)


def _listing(
    package: Package, main: str, look: Callable[[], None]
) -> tuple[list[tuple[str, str, bool]], datetime, bool]:
    found: list[tuple[str, str, bool]] = []
    epoch, waiting = USUAL, False
    with package.stream(main) as stream:
        for kind, content in records(stream, package.file, look):
            if kind == 156:
                relation, at = wide(content, 8)
                found.append((wide(content, at)[0], relation, u32(content, 0) != 0))
            elif kind == 153 and u32(content, 0) & 1:
                epoch = MAC
            elif kind == 157 and len(content) >= 26:
                waiting = bool(u16(content, 24) & 1)
    if len(found) > limits.SHEETS:
        raise limits.heavy(package.file)
    return found, epoch, waiting


def _texts(
    package: Package, part: str, fonts: Sequence[bool], tally: Tally, look: Callable[[], None]
) -> list[tuple[str, bool]]:
    found = []
    with package.stream(part) as stream:
        for kind, content in records(stream, package.file, look):
            if kind == 19:
                text, struck = _rich(content, 0, fonts)
                tally.text(text)
                found.append((text, struck))
    return found


def _rich(content: bytes, at: int, fonts: Sequence[bool]) -> tuple[str, bool]:
    """A text, and whether a line is drawn through any of it: its runs stand behind it."""
    text, end = wide(content, at + 1)
    count = u32(content, end) if content[at] & 1 and len(content) >= end + 4 else 0
    runs = ((u16(content, place), u16(content, place + 2)) for place in range(end + 4, end + 4 + 4 * count, 4))
    return text, any(begin < len(text) and font < len(fonts) and fonts[font] for begin, font in runs)


def _styles(package: Package, part: str, struck: list[bool], look: Callable[[], None]) -> list[Style]:
    """The styles of cells; of each font whether it is struck goes into the list."""
    formats = dict(BUILT_IN)
    cells: list[tuple[int, int]] = []
    inside = False
    with package.stream(part) as stream:
        for kind, content in records(stream, package.file, look):
            if kind == 44:
                formats[u16(content, 0)] = wide(content, 2)[0][:LONGEST] or "General"
            elif kind == 43:
                struck.append(bool(u16(content, 2) & STRUCK))
            elif kind in (617, 618):
                inside = kind == 617
            elif kind == 47 and inside:
                cells.append((u16(content, 2), u16(content, 4)))
    if len(cells) > limits.STYLES:
        raise limits.heavy(package.file)
    return [Style(formats.get(shape, "General"), font < len(struck) and struck[font]) for shape, font in cells]


def _sheet(
    package: Package, name: str, relation: str, hidden: bool, related: Mapping[str, Relation], book: Book
) -> Sheet:
    target = related.get(relation, Relation("", ""))
    if not target.part:
        return Sheet(name, {}, hidden, missing=True)
    if target.kind == "chartsheet":
        return Sheet(name, {}, hidden, beside=Counter(charts=1))
    grid = _grid(package, target.part, book)
    others = beside(package, target.part, book.look)
    return Sheet(
        name=name,
        rows=dict(sorted(grid.rows.items())),
        hidden=hidden,
        hidden_rows=frozenset(grid.hidden_rows),
        hidden_columns=tuple(grid.hidden_columns),
        merged=tuple(sorted(grid.merged)),
        beside=others,
    )


def _grid(package: Package, part: str, book: Book) -> Grid:
    grid = Grid()
    row = column = 0
    hidden = False
    with package.stream(part) as stream:
        for kind, content in records(stream, package.file, book.look):
            if kind in KINDS:
                short = kind in SHORT
                column = column + 1 if short else u32(content, 0) + 1
                raw = _raw(kind, content, 0 if short else 4, book)
                if raw is not None:
                    book.tally.value()
                    grid.put(row, column, raw)
                    if hidden:
                        grid.hidden_rows.add(row)
            elif kind == ROW:
                row, column = u32(content, 0) + 1, 0
                hidden = len(content) > 11 and bool(content[11] & 0x10)
            elif kind == MERGED:
                top, bottom, left, right = (u32(content, at) + 1 for at in (0, 4, 8, 12))
                book.tally.merged()
                grid.merged.append(Range(top, left, min(bottom, limits.ROWS), min(right, limits.COLUMNS)))
            elif kind == COLUMN and u16(content, 16) & 1:
                grid.hidden_columns.append((u32(content, 0) + 1, min(u32(content, 4) + 1, limits.COLUMNS)))
    return grid


def _raw(kind: int, content: bytes, at: int, book: Book) -> Raw | None:
    number = u24(content, at)
    style = book.styles[number] if number < len(book.styles) else Style()
    raw = _value(KINDS[kind], kind == RICH, content, at + 4, style, book)
    if raw is not None and kind in FORMULAS and book.doubtful and raw.value == 0 and not raw.fault:
        return raw._replace(doubt="formula-not-calculated")
    return raw


def _value(kind: int, rich: bool, content: bytes, at: int, style: Style, book: Book) -> Raw | None:
    if kind == BLANK:
        return None
    if kind in (RK, REAL):
        value = rk(content, at) if kind == RK else real(content, at)
        return Raw(valued(value, style.format, book.epoch), style.format, struck=style.struck)
    if kind == TRUTH:
        return Raw(bool(content[at]), style.format, struck=style.struck)
    if kind == ERROR:
        return Raw(ERRORS.get(content[at], "#?"), style.format, "error-cell", struck=style.struck)
    if kind == SHARED:
        number = u32(content, at)
        if number >= len(book.texts):
            return Raw("", style.format, "cell-unreadable", struck=style.struck)
        text, struck = book.texts[number]
    else:
        text, struck = _rich(content, at, book.fonts) if rich else (wide(content, at)[0], False)
        book.tally.text(text)
    return Raw(text, style.format, struck=struck or style.struck) if text else None
