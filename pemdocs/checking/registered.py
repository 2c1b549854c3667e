"""Turn the register of signatures into rows beside those of the workbook, so that all that follows sees both alike."""

from __future__ import annotations

from pathlib import Path

from pemdocs.model import Cell, Row
from pemdocs.project import signed


def rows(folder: Path | None) -> tuple[Row, ...]:
    """The rows of the register of a project. Raises ``PemdocsError`` ``signed-unreadable`` where it is spoiled."""
    return tuple(_row(number, row) for number, row in enumerate(signed.rows(folder)))


def _row(number: int, row: signed.Row) -> Row:
    cells = {
        name: Cell(signed.PLACE, f"[{number}].{name}", value)
        for name, value in row.items()
        if isinstance(value, str | int) and value != ""
    }
    return Row(signed.TABLE, signed.PLACE, number + 1, cells)
