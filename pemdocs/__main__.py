"""Run the commands as ``python -m pemdocs``."""

from __future__ import annotations

from pemdocs.cli import main

main()
