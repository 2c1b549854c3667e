"""One Excel workbook in, all the paperwork of a mobility programme out: Word and PDF, in one language or in two.

The same as the commands: ``new``, ``check``, ``build``. They neither print nor exit; faults of the data are findings
in their results, and ``PemdocsError`` tells misuse and unreadable input.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pemdocs.building import Built, build
    from pemdocs.checking import Report, check
    from pemdocs.model import Finding, PemdocsError, Severity
    from pemdocs.starting import new

__all__ = ["Built", "Finding", "PemdocsError", "Report", "Severity", "__version__", "build", "check", "new"]

_HOMES = {
    "Built": "building",
    "Finding": "model",
    "PemdocsError": "model",
    "Report": "checking",
    "Severity": "model",
    "build": "building",
    "check": "checking",
    "new": "starting",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: a start takes a tenth of a second instead of one and a half."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pemdocs' has no attribute {name!r}")
    return getattr(importlib.import_module(f"pemdocs.{_HOMES[name]}"), name)
