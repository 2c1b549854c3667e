"""Turn findings into the causes among them: what only follows from another finding is not said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pemdocs.model import FieldName, Finding, Severity

MISSING = (
    "missing-required",
    "stage-without-partner",
    "amount-without-currency",
    "objective-not-smart",
    "due-value-missing",
    "activity-kind-missing",
    "passport-missing",
    "minor-without-guardian",
    "paper-gap",
)
"""The codes that say that a value is missing, the most telling first: of one cell only the first is said."""

UNREAD_COLUMN = frozenset({"unknown-column", "unknown-language", "not-translated"})
UNREAD_SHEET = frozenset({"unknown-sheet", "sheet-missing", "no-heading-row", "json-not-a-list"})

ROW = re.compile("[0-9]+")
MOST_MERGED = 10_000
"""So many rows of a merged range at most are looked at: it may reach down to the last row of a sheet."""

Place = tuple[str, str, int, str]
"""A value: table, sheet, row, field."""


def causes(findings: Iterable[Finding], read: Collection[str]) -> tuple[Finding, ...]:
    """The findings without those that follow from others; ``read`` names the tables that have a sheet.

    A cell that was refused (``#REF!``, 31/02/2026) has no value for the schema and the rules, but it is not empty to
    its author; neither are the cells of a column whose heading is misspelt or those that are merged with the one
    above, and an id of a sheet that could not be read is no wrong id. One finding says what is wrong, and it is as bad
    as what follows from it.
    """
    found = tuple(findings)
    because = dict(_causes(found, frozenset(read)))
    grave = {cause for effect, cause in because.items() if found[effect].severity is Severity.ERROR}
    return tuple(
        replace(finding, severity=Severity.ERROR) if number in grave else finding
        for number, finding in enumerate(found)
        if number not in because
    )


def _causes(found: Sequence[Finding], read: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The number of each finding that follows from another, with the number of that one."""
    cells = _cells(found) | dict(_merged(found))
    columns, sheets = dict(_columns(found)), dict(_sheets(found, read))
    for number, finding in enumerate(found):
        cause = None
        if finding.code in MISSING:
            cause = cells[_place(finding)]
            # A cell that is named by its row alone has no column on its sheet.
            if cause == number and finding.cell == f"{finding.row}:{finding.row}":
                cause = columns.get((finding.table, finding.sheet, finding.field))
        elif finding.code == "unknown-reference":
            cause = sheets.get(str(finding.facts["target"]))
        if cause is not None and cause != number:
            yield number, cause


def _cells(found: Sequence[Finding]) -> dict[Place, int]:
    """By value the finding that says most of it: an error other than that it is missing, else how it is missing."""
    said: dict[Place, list[tuple[int, int]]] = defaultdict(list)
    for number, finding in enumerate(found):
        if finding.code in MISSING:
            said[_place(finding)].append((MISSING.index(finding.code), number))
        elif finding.severity is Severity.ERROR:
            said[_place(finding)].append((-1, number))
    return {place: min(numbers)[1] for place, numbers in said.items()}


def _merged(found: Sequence[Finding]) -> Iterator[tuple[Place, int]]:
    """The empty cells below the first of a merged range."""
    for number, finding in enumerate(found):
        if finding.code == "merged-cells":
            last = int(ROW.findall(str(finding.facts["range"]))[-1])
            for row in range(finding.row + 1, min(last, finding.row + MOST_MERGED) + 1):
                yield (finding.table, finding.sheet, row, finding.field), number


def _columns(found: Sequence[Finding]) -> Iterator[tuple[tuple[str, str, str], int]]:
    for number, finding in enumerate(found):
        meant = finding.facts.get("nearest") or finding.facts.get("field")
        if finding.code in UNREAD_COLUMN and isinstance(meant, FieldName):
            yield (finding.table, finding.sheet, meant.field), number


def _sheets(found: Sequence[Finding], read: frozenset[str]) -> Iterator[tuple[str, int]]:
    for number, finding in enumerate(found):
        meant = finding.table or str(finding.facts.get("table", ""))
        if finding.code in UNREAD_SHEET and (finding.table or meant not in read):
            yield meant, number


def _place(finding: Finding) -> Place:
    return (finding.table, finding.sheet, finding.row, finding.field)
