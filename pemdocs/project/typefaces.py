"""Let whatever lays out a page find the typefaces that travel with the program. Only this module knows where they lie.

WeasyPrint and LibreOffice look for typefaces through Fontconfig, which is told of the folder by its environment.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path

from pemdocs import resources

FOLDER = resources.folder("templates") / "house" / "fonts"
"""Carlito and Caladea, as wide letter by letter as Calibri and Cambria, with their licences."""

LISTS = {"Windows": "windows.conf", "Darwin": "macos.conf"}
"""Where each system has its own typefaces: a list in the folder; ``linux.conf`` is that of all others."""

VARIABLE = "FONTCONFIG_FILE"


def offer() -> None:
    """Name the list to Fontconfig, and to the programs started from here; a list that somebody chose stays."""
    os.environ.setdefault(VARIABLE, str(chosen()))


def chosen() -> Path:
    """The list of this system."""
    return FOLDER / LISTS.get(platform.system(), "linux.conf")
