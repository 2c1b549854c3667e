"""Turn the typefaces of a theme into the few letters of them that a page has, to travel inside it.

A typeface that is not among those that are shipped is asked for by its name, and the reader's own stands in for it.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from pemdocs.project import typefaces
from pemdocs.project.theme import Theme

STYLES = {"Regular": ("400", "normal"), "Bold": ("700", "normal"), "Italic": ("400", "italic")}
"""The styles of a typeface, by the names of their files: weight and slant."""

ALWAYS = "0123456789 –-.,:;%()…"
"""What lists and counters write beside the letters of a page."""


def faces(theme: Theme, letters: str) -> str:
    """The style rules that bring the letters of a theme's typefaces along; empty where none of them is shipped."""
    wanted = "".join(sorted({*letters, *ALWAYS} - {"\n"}))
    names = dict.fromkeys(font.pdf for font in theme.font.values())
    return "".join(_face(name, style, wanted) for name in names for style in STYLES)


def _face(name: str, style: str, letters: str) -> str:
    content = _subset(f"{name}-{style}.ttf", letters)
    if not content:
        return ""
    weight, slant = STYLES[style]
    source = f"url(data:font/woff2;base64,{b64encode(content).decode()}) format('woff2')"
    return (
        f'@font-face{{font-family:"{name}";font-weight:{weight};font-style:{slant};font-display:swap;src:{source}}}\n'
    )


@lru_cache(maxsize=64)
def _subset(file: str, letters: str) -> bytes:
    """These letters of a typeface, the same bytes each time; nothing where it is not shipped."""
    path = typefaces.FOLDER / file
    if "/" in file or not path.is_file():
        return b""
    from fontTools import subset  # type: ignore[import-untyped] # a moment to import, and only web pages need it
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = subset.Options(hinting=False, recalc_timestamp=False, notdef_outline=True)
    font = TTFont(path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()
