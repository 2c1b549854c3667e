"""The commands: thin skins on the functions of the same names. Only this package prints and exits."""

from __future__ import annotations

from pemdocs.cli.entry import main

__all__ = ["main"]
