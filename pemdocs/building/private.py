"""Keep what a build remembers in a folder of its own beside the documents, readable by its owner alone."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pemdocs.project import placing

FOLDER = ".pemdocs"
"""The folder, under that of the documents."""


def read(out: Path, name: str) -> bytes:
    """What was kept under this name. Raises ``OSError`` where there is nothing."""
    return (out / FOLDER / name).read_bytes()


def write(out: Path, name: str, content: bytes) -> None:
    """Keep something; what cannot be kept is forgotten, for it can be worked out again."""
    folder = out / FOLDER
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        placing.put(folder / name, content, mode=0o600)


def names(out: Path, head: str) -> list[str]:
    """What is kept under names that begin like this."""
    try:
        return sorted(path.name for path in (out / FOLDER).glob(f"{head}*"))
    except OSError:  # no folder that can be
        return []


def forget(out: Path, some: Iterable[str]) -> None:
    """Keep it no longer."""
    with suppress(OSError):
        for name in some:
            (out / FOLDER / name).unlink(missing_ok=True)
