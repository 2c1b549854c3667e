"""Turn what a cell holds into the typed value of its field, or say why it does not fit.

Nothing is guessed: what can be read in two ways is refused, and the author says which is meant.
"""

from __future__ import annotations

from pemdocs.data.convert.types import convert
from pemdocs.data.convert.unfit import Unfit

__all__ = ["Unfit", "convert"]
