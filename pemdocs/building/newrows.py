"""Turn what a paper says into a new row of a sheet: its place behind the last one, its columns, its id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pemdocs.data.dataset import Dataset
from pemdocs.project.settings import Project
from pemdocs.workbook.columns import letter
from pemdocs.workbook.formats.sniff import Source
from pemdocs.workbook.read import Headed, headed

COUNTED = re.compile("[0-9]+$|(?<=-)[A-Z]$")
"""What is counted at the end of an id."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is not there yet: its sheet, its number, the row above whose formats it has, its id, its columns."""

    sheet: str
    number: int
    like: int
    id: str
    columns: Mapping[str, str]

    def cell(self, field: str) -> str:
        """The cell of a field (``D18``), empty where the sheet has no such column."""
        return f"{self.columns[field]}{self.number}" if field in self.columns else ""


class NewRows:
    """The rows that papers add to the sheets of a workbook, one for each key."""

    def __init__(self, project: Project, source: Source, dataset: Dataset) -> None:
        self.dataset = dataset
        self.made: dict[tuple[str, str], NewRow] = {}
        self._source = source
        self._language = project.programme.languages[0]
        self._sheets: dict[str, Headed] | None = None

    def of(self, table: str, key: str) -> NewRow | None:
        """The new row of a table for a key; ``None`` where the workbook has no such sheet."""
        if (table, key) not in self.made:
            sheet = self._headed().get(table)
            if sheet is None or sheet.top is None:
                return None
            self.made[table, key] = self._row(table, sheet)
        return self.made[table, key]

    def drop(self, table: str, key: str) -> None:
        """Make no row for a key after all."""
        self.made.pop((table, key), None)

    @property
    def like(self) -> dict[str, int]:
        """By sheet the row whose formats the new rows have."""
        return {each.sheet: each.like for each in self.made.values()}

    def _headed(self) -> dict[str, Headed]:
        if self._sheets is None:
            found = headed(self._source, self.dataset.tables, self._language)
            self._sheets = {each.table: each for each in reversed(found)}
        return self._sheets

    def _row(self, table: str, sheet: Headed) -> NewRow:
        records = self.dataset.records.get(table, ())
        before = [each for (name, _), each in self.made.items() if name == table]
        last = max([max(sheet.sheet.rows), *(each.number for each in before)])
        like = max((each.number for each in records if each.sheet == sheet.sheet.name), default=0)
        columns: dict[str, str] = {}
        for place, column in (sheet.top.columns if sheet.top else {}).items():
            columns.setdefault(column.key, letter(place))
        ids = [*(each.id for each in records), *(each.id for each in before)]
        example = str(self.dataset.tables[table].fields["id"].examples[0])
        return NewRow(sheet.sheet.name, last + 1, like, following(ids, example), columns)


def following(ids: Sequence[str], example: str) -> str:
    """The id behind the last one, as Excel’s list offers it: ``CS-17`` behind ``CS-16``; the first where there is none.

    One that is taken is passed over.
    """
    last = next((each for each in reversed(ids) if COUNTED.search(each)), "")
    if not last:
        return COUNTED.sub(lambda found: "A" if found[0].isalpha() else "1".zfill(len(found[0])), example)
    taken = {each.casefold() for each in ids}
    while last.casefold() in taken:
        last = COUNTED.sub(_next, last)
    return last


def _next(found: re.Match[str]) -> str:
    if found[0].isdigit():
        return str(int(found[0]) + 1).zfill(len(found[0]))
    return chr(ord(found[0]) + 1) if found[0] != "Z" else "Z-1"
