"""Turn the rows below a heading row into those that are data and the others. Only this module knows the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pemdocs.data.cleaning import clean, fold
from pemdocs.model import Finding, Severity
from pemdocs.workbook import cells
from pemdocs.workbook.grid import Raw, Sheet, ref
from pemdocs.workbook.headings import Column, Lexicon
from pemdocs.workbook.tops import FEWEST_HEADINGS, Head

FAR_ROWS = 1000
FAR_COLUMNS = 50
"""What stands alone beyond so many empty rows or columns was dropped there by accident."""

COMMENT = "#"
CHANGED = "example-changed"

TOTALS = re.compile("(?:grand|sub|sous|eind)?(?:totals?|totaux|totaal)(?:general)?|sum|somme|som")
"""The folded words at the head of a row that only sums up."""

COUNTED = re.compile("[:=(]")
"""Behind the word: ``Total : 6 personnes``, ``TOTAL (31)``."""

LONGEST_TOTAL = 60

Line = Mapping[int, Raw]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading row with the rows below it, up to the next heading row or the end of the sheet."""

    sheet: Sheet
    words: Lexicon
    top: Head
    lines: Mapping[int, Line]

    def finding(self, code: str, severity: Severity, cell: str = "", row: int = 0, **facts: object) -> Finding:
        """A finding about the sheet."""
        return Finding(code, severity, self.sheet.name, cell, self.words.table.name, row=row, facts=facts)

    def apart(self) -> tuple[dict[int, Line], list[Finding]]:
        """The rows of data by their numbers, and a finding on each of the others."""
        near, findings = self._near()
        kept = {}
        for number, line in near.items():
            code = self._aside(number, line)
            if code:
                severity = Severity.WARNING if code == CHANGED else Severity.NOTE
                findings.append(self.finding(code, severity, ref(number, min(line)), number))
            elif code is None:
                kept[number] = line
        return kept, findings

    def _near(self) -> tuple[dict[int, Line], list[Finding]]:
        near: dict[int, Line] = {}
        stray: list[str] = []
        last, edge = self.top.number, max(self.top.headings) + FAR_COLUMNS
        for number, whole in self.lines.items():
            line = {column: raw for column, raw in whole.items() if filled(raw)}
            far = [column for column in line if column > edge]
            for column in far:
                stray.append(ref(number, column))
                del line[column]
            if len(line) == 1 and number - last > FAR_ROWS:
                stray += [ref(number, column) for column in line]
            elif line:
                near[number] = line
                last = number
        facts = {"count": len(stray)}
        return near, [self.finding("stray-cell", Severity.WARNING, stray[0], **facts)] if stray else []

    def _aside(self, number: int, line: Line) -> str | None:
        """The code of the finding on a row that is no data, empty for the example row, ``None`` for data."""
        if _comment(line):
            if not self._example(number, line):
                return "comment-row"
            return CHANGED if self._typed_over(line) else ""
        if self._repeated(line):
            return "repeated-headings"
        return "total-row" if _total(line) else None

    def _example(self, number: int, line: Line) -> bool:
        """Whether it is the example row of a new workbook: right below the headings, with an example as its first."""
        said = clean(str(line[min(line)].value)).removeprefix(COMMENT).strip()
        return number == self.top.number + 1 and said in self.words.examples

    def _typed_over(self, line: Line) -> bool:
        """Whether an example row holds something else than the examples that it had, each with its sign, when new."""
        others = [str(line[number].value).strip() for number in sorted(line)[1:]]
        marked = [said.startswith(COMMENT) for said in others]
        if any(marked):
            return not all(marked)
        return bool(others) and not any(clean(said) in self.words.examples for said in others)

    def _repeated(self, line: Line) -> bool:
        """Whether the row says the headings again, in another language or lower down."""
        enough = len(line) >= min(FEWEST_HEADINGS, len(self.top.columns))
        return enough and all(self._says(self.top.columns.get(number), raw) for number, raw in line.items())

    def _says(self, own: Column | None, raw: Raw) -> bool:
        told = self.words.column(raw.value) if own is not None and isinstance(raw.value, str) else None
        return told is not None and own is not None and told.field == own.field


def filled(raw: Raw) -> bool:
    """Whether a cell holds more than blanks."""
    return bool(raw.fault) or not isinstance(raw.value, str) or bool(clean(raw.value))


def _total(line: Line) -> bool:
    """Whether the row only sums up: the word in its first cell, numbers or nothing in all others."""
    first, *others = (line[number] for number in sorted(line))
    return (
        isinstance(first.value, str)
        and len(first.value) <= LONGEST_TOTAL
        and all(_numeric(raw) for raw in others)
        and TOTALS.fullmatch(fold(COUNTED.split(first.value, maxsplit=1)[0])) is not None
    )


def _numeric(raw: Raw) -> bool:
    return bool(raw.fault) or (isinstance(raw.value, int | Decimal) and not isinstance(raw.value, bool))


def _comment(line: Line) -> bool:
    first = line[min(line)]
    if first.fault or not isinstance(first.value, str):
        return False
    return clean(first.value).startswith(COMMENT) and not cells.error_text(first.value)


def above(top: Head, rows: Mapping[int, Line], sheet: Sheet, words: Lexicon) -> Iterator[Finding]:
    """A finding for each row over the headings: a title is worth a note, what looks like data a warning."""
    titles = {(area.top, area.left) for area in sheet.merged if area.right > area.left and area.top < top.number}
    for number in sorted(number for number in rows if number < top.number):
        line = {column: raw for column, raw in rows[number].items() if filled(raw)}
        known = [column for column in line if column in top.columns and (number, column) not in titles]
        if line and _comment(line):
            yield Finding(
                "comment-row", Severity.NOTE, sheet.name, ref(number, min(line)), words.table.name, row=number
            )
        elif line:
            severity = Severity.WARNING if len(known) >= FEWEST_HEADINGS else Severity.NOTE
            facts = {"count": len(line), "headings": top.number}
            cell = ref(number, min(line))
            yield Finding("rows-above-headings", severity, sheet.name, cell, words.table.name, row=number, facts=facts)
