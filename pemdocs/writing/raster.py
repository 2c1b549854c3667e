"""Turn an SVG into a PNG. Only this module draws dots, with the typefaces that are shipped at hand."""

from __future__ import annotations

from functools import lru_cache

import resvg_py

from pemdocs.model import PemdocsError
from pemdocs.project import typefaces


@lru_cache(maxsize=256)
def png(content: bytes, width: int, source: str) -> bytes:
    """The SVG as a PNG of this many dots across. Raises ``PemdocsError`` ``picture-unreadable``."""
    text, own = content.decode("utf-8-sig"), [str(typefaces.FOLDER)]
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, dpi=96, width=max(width, 1), font_dirs=own))
    except ValueError as error:
        raise PemdocsError("picture-unreadable", picture=source) from error
