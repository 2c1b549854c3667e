"""The types of this room: what a workbook lacks, and what was added to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extended:
    """The workbook as a file, the sheets that are new, the headings that are new by sheet, the sheets left as they were
    because somebody had changed them: they explain the workbook and do not tell of what is new."""

    content: bytes
    sheets: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A sheet that is there: its name, its heading row, whether an example follows it, its last row and column.

    ``marked``: each cell of that example begins with its sign, not only the first, as older workbooks have it.
    """

    sheet: str
    heading: int
    example: bool
    last_row: int
    last_column: int
    marked: bool = True

    @property
    def first(self) -> int:
        """The first row of data."""
        return self.heading + (2 if self.example else 1)
