"""Turn a workbook into the same with more in its cells; every other cell and part keeps its bytes."""

from __future__ import annotations

from pemdocs.workbook.entering.cells import Entered, Value, entered

__all__ = ["Entered", "Value", "entered"]
