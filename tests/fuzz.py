"""Feed the reader workbooks that nobody would make, for as long as you like: ``make fuzz``.

Whatever comes in is read or refused in words; anything else stops the run and leaves the input in a file.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pemdocs.workbook", "pemdocs.data"]):
    from pemdocs.data import schema
    from pemdocs.model import PemdocsError
    from pemdocs.workbook.read import read

TABLES = schema.load()
FOLDER = Path(tempfile.mkdtemp())


def one(content: bytes) -> None:
    """Read one input."""
    path = FOLDER / "book.xlsx"
    path.write_bytes(content)
    try:
        read(path, TABLES)
    except PemdocsError as refused:
        if not refused.code.startswith("unreadable-"):
            raise


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
