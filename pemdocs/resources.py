"""Find the folders that travel with the program. Only this module knows where they lie in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``templates``, ``schemas`` or ``examples``: in the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def names(parent: Path, marker: str) -> tuple[str, ...]:
    """The sub-folders of ``parent`` that hold the file ``marker``, sorted: a folder is a plug-in."""
    return tuple(sorted(path.parent.name for path in parent.glob(f"*/{marker}")))
