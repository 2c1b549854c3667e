"""The one type that this room takes: what to say at a cell, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535))
"""What no XML may hold, so no workbook either."""


def written(text: str) -> str:
    """The text without what cannot be written, its lines ended by a line feed alone."""
    return text.translate(UNWRITABLE).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong at a cell and what to do, in the reader's words.

    ``sheet`` and ``cell`` (``F12``; of a row ``12:12``) may be empty where it has no place. ``severity`` is ``error``,
    ``warning`` or ``note``. What is only ``listed`` neither colours its cell nor puts a note there.
    """

    sheet: str
    cell: str
    severity: str
    message: str
    remedy: str
    listed: bool = False

    @property
    def anchor(self) -> str:
        """The cell to go to: of a range its first, of a row that of column A, empty where there is none."""
        first = self.cell.partition(":")[0].replace("$", "")
        if first.isdigit():
            return f"A{first}"
        letters = first.rstrip("0123456789")
        sound = first[len(letters) :].isdigit() and letters.isascii() and letters.isalpha() and letters.isupper()
        return first if sound else ""
