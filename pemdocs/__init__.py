"""One Excel workbook in, all the paperwork of a mobility programme out: Word and PDF, in one language or in two.

The same as the commands: ``new`` and ``extend``, ``check``, ``build``, ``status``, ``track``, ``explain``, ``verify``,
for what is signed ``prepare``, ``sign``, ``scan``, ``unsigned``, and ``serve`` for the pages in a browser; and for
programs that hold their records themselves ``load`` and ``render``: records in, bytes out (``docs/python.md``). They
neither print nor exit; faults of the data are findings in their results, and ``PemdocsError`` tells misuse and
unreadable input. ``str`` of a finding or of an error says it in plain words (``PEMDOCS_LANG`` chooses the language); no
``repr`` holds a value of the data.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from pemdocs.knowledge import mrz, schengen

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pemdocs.building import Built, build
    from pemdocs.building.differing import Difference, diff
    from pemdocs.building.doctor import Organ, doctor
    from pemdocs.building.entering import Answers, enter
    from pemdocs.building.erasing import Erasure, erase
    from pemdocs.building.explain import explain
    from pemdocs.building.extending import extend
    from pemdocs.building.linting import lint
    from pemdocs.building.previewing import preview
    from pemdocs.building.register import Register, published
    from pemdocs.building.rendering import render
    from pemdocs.building.reviewing import Comments, comments
    from pemdocs.building.starting import new
    from pemdocs.building.status import Status, status
    from pemdocs.building.tracking import Tracked, track
    from pemdocs.building.translating import TakenIn, Texts, take_in, translate
    from pemdocs.checking.examination import Case, Report, check
    from pemdocs.checking.linting import Linted
    from pemdocs.checking.loading import Loaded, load
    from pemdocs.checking.returning import mark
    from pemdocs.model import Finding, PemdocsError, Severity
    from pemdocs.signing.electronic import sign
    from pemdocs.signing.paper import scan
    from pemdocs.signing.preparing import prepare
    from pemdocs.signing.states import unsigned
    from pemdocs.signing.verifying import Verdict, verify
    from pemdocs.web.serving import serve

__all__ = [
    "Answers",
    "Built",
    "Case",
    "Comments",
    "Difference",
    "Erasure",
    "Finding",
    "Linted",
    "Loaded",
    "Organ",
    "PemdocsError",
    "Register",
    "Report",
    "Severity",
    "Status",
    "TakenIn",
    "Texts",
    "Tracked",
    "Verdict",
    "__version__",
    "build",
    "check",
    "comments",
    "diff",
    "doctor",
    "enter",
    "erase",
    "explain",
    "extend",
    "lint",
    "load",
    "mark",
    "mrz",
    "new",
    "prepare",
    "preview",
    "published",
    "render",
    "scan",
    "schengen",
    "serve",
    "sign",
    "status",
    "take_in",
    "track",
    "translate",
    "unsigned",
    "verify",
]

sys.modules[f"{__name__}.mrz"] = mrz
sys.modules[f"{__name__}.schengen"] = schengen
"""Two pieces of knowledge that other programs use too are modules under short names, as ``os.path`` is one."""

_HOMES = {
    "Answers": "building.entering",
    "Built": "building",
    "Case": "checking.examination",
    "Comments": "building.reviewing",
    "Difference": "building.differing",
    "Erasure": "building.erasing",
    "Finding": "model",
    "Linted": "checking.linting",
    "Loaded": "checking.loading",
    "Organ": "building.doctor",
    "PemdocsError": "model",
    "Register": "building.register",
    "Report": "checking.examination",
    "Severity": "model",
    "Status": "building.status",
    "TakenIn": "building.translating",
    "Texts": "building.translating",
    "Tracked": "building.tracking",
    "Verdict": "signing.verifying",
    "build": "building",
    "check": "checking.examination",
    "comments": "building.reviewing",
    "diff": "building.differing",
    "enter": "building.entering",
    "erase": "building.erasing",
    "doctor": "building.doctor",
    "explain": "building.explain",
    "extend": "building.extending",
    "lint": "building.linting",
    "load": "checking.loading",
    "mark": "checking.returning",
    "new": "building.starting",
    "prepare": "signing.preparing",
    "preview": "building.previewing",
    "published": "building.register",
    "render": "building.rendering",
    "scan": "signing.paper",
    "serve": "web.serving",
    "sign": "signing.electronic",
    "status": "building.status",
    "take_in": "building.translating",
    "track": "building.tracking",
    "translate": "building.translating",
    "unsigned": "signing.states",
    "verify": "signing.verifying",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: a start takes a tenth of a second instead of one and a half."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pemdocs' has no attribute {name!r}")
    importlib.import_module("pemdocs.words.speech")  # so that ``str`` of a finding is a sentence
    return getattr(importlib.import_module(f"pemdocs.{_HOMES[name]}"), name)
