"""Keep what a run intends until the account is written: one line of JSON for each file, on the disk before it is moved.

Only this module reads and writes ``manifest.journal``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pemdocs.project import placing

FILE = "manifest.journal"
ADDING = os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def note(folder: Path, intended: Mapping[str, Any]) -> None:
    """Add a line, and have it on the disk before this returns. Raises ``OSError``."""
    # The line break in front keeps a line apart from one that was torn before it.
    line = f"\n{json.dumps(intended, ensure_ascii=False)}\n".encode()
    fresh = not (folder / FILE).exists()
    file = os.open(folder / FILE, ADDING, 0o666)
    try:
        while line:
            line = line[os.write(file, line) :]
        os.fsync(file)
    finally:
        os.close(file)
    if fresh:
        placing.sync(folder)


def lines(folder: Path) -> Iterator[dict[str, Any]]:
    """What was intended, in its order; a line that was torn is none."""
    try:
        written = (folder / FILE).read_bytes()
    except OSError:
        return
    for line in written.split(b"\n"):
        with suppress(ValueError, RecursionError):
            found = json.loads(line)
            if isinstance(found, dict):
                yield found


def end(folder: Path) -> None:
    """Forget it all: the account says it now."""
    with suppress(OSError):
        (folder / FILE).unlink()
