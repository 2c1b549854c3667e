"""Turn a workbook that is in use into one with the sheets and columns that more documents or languages need.

Nothing that is in it is touched: what it lacks is taken from a new workbook and put behind or between what is there,
and every part of the file that needs no change keeps its bytes.
"""

from __future__ import annotations

from pemdocs.workbook.extending.added import Extended
from pemdocs.workbook.extending.extension import Donor, extended

__all__ = ["Donor", "Extended", "extended"]
