"""Start WeasyPrint: with the typefaces that travel with the program, and quietly where Pango is missing."""

from __future__ import annotations

import importlib
from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO
from typing import Any

from pemdocs.knowledge import systems
from pemdocs.model import PemdocsError
from pemdocs.project import typefaces


@lru_cache(maxsize=1)
def weasyprint() -> Any:
    """The package, with what is needed of it imported; 1.3 s that commands without a PDF should not pay.

    Raises ``PemdocsError`` ``pdf-engine-missing`` where its libraries are not there
    (fact ``install_pango``: the system).
    """
    typefaces.offer()
    try:
        with redirect_stdout(StringIO()):  # it prints a banner before it fails
            for module in ("weasyprint.urls", "weasyprint.text.fonts"):
                importlib.import_module(module)
            return importlib.import_module("weasyprint")
    except OSError:
        raise PemdocsError("pdf-engine-missing", install_pango=systems.here()) from None


def starts() -> bool:
    """Whether pages can be laid out here."""
    try:
        weasyprint()
    except PemdocsError:
        return False
    return True


@lru_cache(maxsize=1)
def fonts() -> Any:
    """Every typeface that is there, looked up once. Raises as ``weasyprint``."""
    return weasyprint().text.fonts.FontConfiguration()


def has_typeface(family: str) -> bool:
    """Whether text of this family is set in it, and not in whatever stands in for it. Raises as ``weasyprint``."""
    quoted = '"' + family.replace("\\", "").replace('"', "") + '"'
    page = weasyprint().HTML(string=f"<p style='font-family: {quoted}'>x</p>").render(font_config=fonts())
    page.write_pdf()
    return any(font.family.casefold() == family.casefold() for font in page.fonts.values())
