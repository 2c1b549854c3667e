"""How large a file may be, in one table: what is over is refused before memory is taken for it.

Together they keep any file, whoever made it, within ten seconds and 512 MB.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from pemdocs.model import PemdocsError

FILE = 100_000_000
"""Bytes of the largest file."""

JSON = 30_000_000
"""Bytes of the largest JSON file: as objects in memory it takes many times that."""

OLD = 30_000_000
"""Bytes of the largest ``.xls`` file, which lies in memory whole."""

PARTS = 10_000
"""Parts of an archive."""

UNPACKED = 300_000_000
"""Bytes of all parts of an archive once they are unpacked."""

PARSED = 200_000_000
"""Bytes of those parts that are parsed: sheets, texts, styles."""

RATIO = 200
RATIO_FROM = 10_000_000
"""A part of more than these bytes that was packed more tightly than this is a trap."""

SHEETS = 1_000
VALUES = 1_000_000
"""Cells with a value, in all sheets together; a row that is repeated counts as often as it is."""

CHARACTERS = 60_000_000
"""Characters of all texts together."""

TEXT = 200_000
"""Characters of one text; Excel itself allows 32 767."""

STYLES = 200_000
RANGES = 200_000
"""Merged ranges of a sheet."""

ROWS, COLUMNS = 1_048_576, 16_384
"""Of a sheet, as Excel has them."""

DEPTH = 200
"""How deep elements may lie in each other."""

SECONDS = 10
"""Of the processor, for one file."""

MEMORY = 512_000_000
"""Bytes that any file may take."""


def heavy(file: str) -> PemdocsError:
    """The fault of a file that is over one of the limits."""
    return PemdocsError("unreadable-heavy", file=file, seconds=SECONDS, values=VALUES)


def clock(file: str) -> Callable[[], None]:
    """A function that raises ``unreadable-heavy`` once the time of this file is over."""
    end = process_time() + SECONDS

    def look() -> None:
        if process_time() > end:
            raise heavy(file)

    return look
