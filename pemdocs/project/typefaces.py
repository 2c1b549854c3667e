"""Let whatever lays out a page find the typefaces that travel with the program. Only this module knows where they lie.

WeasyPrint and LibreOffice look for typefaces through Fontconfig, which is told of the folder by its environment.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pemdocs import resources

FOLDER = resources.folder("templates") / "house" / "fonts"
"""Carlito and Caladea, as wide letter by letter as Calibri and Cambria, with their licences."""

LISTS = {"Windows": "windows.conf", "Darwin": "macos.conf"}
"""Where each system has its own typefaces: a list in the folder; ``linux.conf`` is that of all others."""

VARIABLE = "FONTCONFIG_FILE"
RELATIVE = '<dir prefix="relative">.</dir>'
"""How the lists name their own folder."""


def offer() -> None:
    """Name the list to Fontconfig, and to the programs started from here; a list that somebody chose stays."""
    os.environ.setdefault(VARIABLE, str(chosen()))


def chosen() -> Path:
    """The list of this system."""
    return FOLDER / LISTS.get(platform.system(), "linux.conf")


@contextmanager
def spelled_out() -> Iterator[None]:
    """Name a list to an old Fontconfig, such as dxpdf brings along: it takes what is relative to the list for relative
    to where the program runs, and leaves a file in every folder that it has looked at.
    """
    offer()
    before = os.environ[VARIABLE]
    if before == str(chosen()):
        os.environ[VARIABLE] = str(_copied()[1])
    try:
        yield
    finally:
        os.environ[VARIABLE] = before


@lru_cache(maxsize=1)
def _copied() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """The typefaces once more, with a list that says where they lie, as long as this process lives."""
    place = tempfile.TemporaryDirectory(prefix="pemdocs-", ignore_cleanup_errors=True)
    folder = Path(place.name) / "house" / "fonts"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns(".*"))
    own = folder / chosen().name
    own.write_text(own.read_text("utf-8").replace(RELATIVE, f"<dir>{folder.as_posix()}</dir>"), "utf-8")
    return place, own
