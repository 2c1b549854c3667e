"""Keep the account of what was erased: what, when, on which ground, and nothing personal.

Only this module reads and writes ``erasures.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.project import placing

FILE = "erasures.json"
SCHEMA_VERSION = 1


def add(folder: Path, on: date, ground: str, cases: tuple[str, ...], counts: Mapping[str, int]) -> None:
    """Add an entry. Raises the faults of ``placing.unwritten``, and ``erasures-unreadable``."""
    told = [*read(folder), {"on": on.isoformat(), "ground": ground, "cases": list(cases), "erased": dict(counts)}]
    content = json.dumps({"schema_version": SCHEMA_VERSION, "erasures": told}, indent=1, ensure_ascii=False) + "\n"
    try:
        placing.put(folder / FILE, content.encode())
    except OSError as error:
        raise placing.unwritten(error, FILE) from error


def read(folder: Path) -> list[dict[str, Any]]:
    """The entries that there are. Raises ``erasures-unreadable``: an account that is spoiled is not written over."""
    path = folder / FILE
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_bytes())
        if found["schema_version"] != SCHEMA_VERSION:
            raise ValueError
        return list(found["erasures"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise PemdocsError("erasures-unreadable", file=FILE) from error
