"""Turn a sheet of raw cells into the rows of a table. Only this module knows how people lay out a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pemdocs.data.cleaning import clean, fold, short
from pemdocs.model import Cell, Finding, Row, Severity
from pemdocs.workbook import cells
from pemdocs.workbook.grid import Extract, Range, Raw, Sheet, letters, ref
from pemdocs.workbook.headings import Column, Lexicon

HEADING_WITHIN = 30
"""The heading row is looked for in so many rows from the top."""

FEWEST_HEADINGS = 2
FAR_ROWS = 1000
FAR_COLUMNS = 50
"""What stands alone beyond so many empty rows or columns was dropped there by accident."""

COMMENT = "#"

TOTALS = re.compile("(?:grand|sub|sous|eind)?(?:totals?|totaux|totaal)(?:general)?|sum|somme|som")
"""The folded words at the head of a row that only sums up."""

COUNTED = re.compile("[:=(]")
"""Behind the word: ``Total : 6 personnes``, ``TOTAL (31)``."""

Line = Mapping[int, Raw]


@dataclass(frozen=True, slots=True)
class Head:
    """The heading row of a sheet: its number, its headings by column, and the columns that are understood."""

    number: int
    headings: Mapping[int, str]
    columns: Mapping[int, Column]


def head(sheet: Sheet, words: Lexicon) -> Head | None:
    """The row that holds the most headings of the table: at least two, or half of what the row holds."""
    candidates = [_head(sheet, number, words) for number in sorted(sheet.rows) if number <= HEADING_WITHIN]
    best = max(candidates, key=_matches, default=None)
    if best is None or not best.columns:
        return None
    enough = _matches(best) >= FEWEST_HEADINGS or 2 * _matches(best) >= len(best.headings)
    return best if enough else None


def _matches(candidate: Head) -> int:
    return len({column.key for column in candidate.columns.values()})


def _head(sheet: Sheet, number: int, words: Lexicon) -> Head:
    headings = {column: clean(str(raw.value)) for column, raw in sheet.rows[number].items()}
    headings = {column: text for column, text in headings.items() if text}
    known = {column: found for column, text in headings.items() if (found := words.column(text))}
    above = _from_above(sheet, number, headings) if known else {}
    known |= {column: found for column, text in above.items() if (found := words.column(text))}
    return Head(number, dict(sorted((headings | above).items())), dict(sorted(known.items())))


def _from_above(sheet: Sheet, number: int, headings: Mapping[int, str]) -> dict[int, str]:
    # A heading merged down over two rows stands in the first of them.
    return {
        area.left: clean(str(sheet.rows[area.top][area.left].value))
        for area in sheet.merged
        if area.top < number <= area.bottom
        and area.left == area.right
        and area.left not in headings
        and area.left in sheet.rows.get(area.top, {})
    }


def extract(sheet: Sheet, words: Lexicon) -> Extract:
    """The rows of the sheet, and everything that was found on the way. Raises nothing."""
    if not sheet.rows:
        return Extract((), ())
    top = head(sheet, words)
    if top is None:
        about = Finding(
            "no-heading-row", Severity.ERROR, sheet.name, table=words.table.name, facts={"sheet": sheet.name}
        )
        return Extract((), (about,))
    columns, doubles = _used(top)
    places = {column.key: letters(number) for number, column in columns.items()}
    return _Reader(sheet, words, top, columns, doubles, places).extract()


def _used(top: Head) -> tuple[Mapping[int, Column], Mapping[int, int]]:
    first: dict[str, int] = {}
    for number, column in top.columns.items():
        first.setdefault(column.key, number)
    used = {number: column for number, column in top.columns.items() if first[column.key] == number}
    return used, {number: first[column.key] for number, column in top.columns.items() if number not in used}


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sheet with its heading row. ``doubles`` leads from a second column of a field to the first."""

    sheet: Sheet
    words: Lexicon
    top: Head
    columns: Mapping[int, Column]
    doubles: Mapping[int, int]
    letters: Mapping[str, str]

    def extract(self) -> Extract:
        lines, stray = self._near()
        kept = {number: line for number, line in lines.items() if not self._aside(number, line)}
        rows, findings = [], [*self._about_headings(), *self._about_skipped(lines), *stray, *self._about_hidden(kept)]
        for number, line in kept.items():
            row, remarks = self._row(number, line)
            rows += [row] if row.cells else []
            findings += remarks
        findings += [*self._about_merged(kept), *self._about_bare(kept)]
        return Extract(tuple(rows), tuple(findings))

    def _finding(self, code: str, severity: Severity, cell: str = "", row: int = 0, **facts: object) -> Finding:
        return Finding(code, severity, self.sheet.name, cell, self.words.table.name, row=row, facts=facts)

    # Headings

    def _about_headings(self) -> Iterator[Finding]:
        for number, heading in self.top.headings.items():
            cell = ref(self.top.number, number)
            column = self.top.columns.get(number)
            if number in self.doubles:
                yield self._double(cell, heading, ref(self.top.number, self.doubles[number]))
            elif column is not None and column.assumed:
                facts = {"heading": short(heading), "language": column.language}
                yield self._finding("heading-language-assumed", Severity.NOTE, cell, self.top.number, **facts)
            elif column is None and not heading.startswith(COMMENT):
                code, about = self.words.misfit(heading)
                yield self._finding(code, Severity.WARNING, cell, self.top.number, **about)

    def _double(self, cell: str, heading: str, first: str) -> Finding:
        facts = {"heading": short(heading), "first": first, "second": cell}
        return self._finding("duplicate-column", Severity.ERROR, cell, self.top.number, **facts)

    # Which rows count

    def _near(self) -> tuple[dict[int, Line], list[Finding]]:
        near: dict[int, Line] = {}
        stray: list[str] = []
        last = self.top.number
        for number in sorted(number for number in self.sheet.rows if number > self.top.number):
            line = {column: raw for column, raw in self.sheet.rows[number].items() if _filled(raw)}
            far = {column for column in line if column > max(self.top.headings) + FAR_COLUMNS}
            stray += [ref(number, column) for column in far]
            line = {column: raw for column, raw in line.items() if column not in far}
            if len(line) == 1 and number - last > FAR_ROWS:
                stray += [ref(number, column) for column in line]
            elif line:
                near[number] = line
                last = number
        facts = {"count": len(stray)}
        return near, [self._finding("stray-cell", Severity.WARNING, stray[0], **facts)] if stray else []

    def _aside(self, number: int, line: Line) -> bool:
        return _comment(line) or self._repeated(line) or self._total(line)

    def _about_skipped(self, lines: Mapping[int, Line]) -> Iterator[Finding]:
        for number, line in lines.items():
            if _comment(line):
                continue
            code = "repeated-headings" if self._repeated(line) else "total-row" if self._total(line) else ""
            if code:
                yield self._finding(code, Severity.NOTE, ref(number, min(line)), number)

    def _repeated(self, line: Line) -> bool:
        """Whether the row says the headings again, in another language or lower down."""
        enough = len(line) >= min(FEWEST_HEADINGS, len(self.columns))
        return enough and all(self._says(self.columns.get(number), raw) for number, raw in line.items())

    def _says(self, own: Column | None, raw: Raw) -> bool:
        told = self.words.column(raw.value) if own is not None and isinstance(raw.value, str) else None
        return told is not None and own is not None and told.field == own.field

    def _total(self, line: Line) -> bool:
        """Whether the row only sums up: the word in its first cell, numbers or nothing in all others."""
        first, *others = (line[number] for number in sorted(line))
        return (
            isinstance(first.value, str)
            and TOTALS.fullmatch(fold(COUNTED.split(first.value, maxsplit=1)[0])) is not None
            and all(_numeric(raw) for raw in others)
        )

    def _about_hidden(self, kept: Mapping[int, Line]) -> Iterator[Finding]:
        rows = len(self.sheet.hidden_rows & kept.keys())
        columns = sorted(self.sheet.hidden_columns & self.columns.keys())
        if self.sheet.hidden:
            yield self._finding("hidden-sheet", Severity.NOTE)
        if rows:
            yield self._finding("hidden-rows", Severity.NOTE, count=rows)
        if columns:
            yield self._finding(
                "hidden-columns", Severity.NOTE, count=len(columns), columns=", ".join(letters(c) for c in columns)
            )

    # What the rows hold

    def _row(self, number: int, line: Line) -> tuple[Row, list[Finding]]:
        found: dict[str, Cell] = {}
        findings: list[Finding] = []
        for place, column in self.columns.items():
            if place in line:
                where = cells.Place(self.sheet.name, ref(number, place), number)
                taken = cells.take(column, line[place], where)
                findings += taken.findings
                if taken.value is not None:
                    found[column.key] = Cell(where.sheet, where.ref, taken.value)
        return Row(self.words.table.name, self.sheet.name, number, found, self.letters), findings

    def _about_merged(self, kept: Mapping[int, Line]) -> Iterator[Finding]:
        for area in self.sheet.merged:
            column = self.columns.get(area.left)
            if area.top in kept and area.left in kept[area.top] and column is not None and self._covers(area):
                yield Finding(
                    "merged-cells",
                    Severity.WARNING,
                    self.sheet.name,
                    ref(area.top, area.left),
                    column.field.table,
                    column.field.name,
                    row=area.top,
                    facts={"range": area.name},
                )

    def _covers(self, area: Range) -> bool:
        beside = any(number in self.columns for number in range(area.left + 1, min(area.right, 16384) + 1))
        return area.bottom > area.top or beside

    def _about_bare(self, kept: Mapping[int, Line]) -> Iterator[Finding]:
        """The columns that hold values and have no heading: nobody can know what they mean."""
        bare: dict[int, list[int]] = {}
        for number, line in kept.items():
            for column in line.keys() - self.top.headings.keys():
                bare.setdefault(column, []).append(number)
        for column, numbers in sorted(bare.items()):
            facts = {"column": letters(column), "count": len(numbers)}
            yield self._finding(
                "column-without-heading", Severity.WARNING, ref(numbers[0], column), numbers[0], **facts
            )


def _filled(raw: Raw) -> bool:
    return bool(raw.fault) or not isinstance(raw.value, str) or bool(clean(raw.value))


def _numeric(raw: Raw) -> bool:
    return bool(raw.fault) or (isinstance(raw.value, int | Decimal) and not isinstance(raw.value, bool))


def _comment(line: Line) -> bool:
    first = line[min(line)]
    if first.fault or not isinstance(first.value, str):
        return False
    return clean(first.value).startswith(COMMENT) and not cells.error_text(first.value)
