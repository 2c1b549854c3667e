"""Turn PNG and JPEG pictures into ones fit for a page: upright, in screen colours, without camera data, not too large.

Only this module knows how many dots a printed picture needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from math import ceil

from PIL import Image, ImageFile, ImageOps

from pemdocs.model import PemdocsError
from pemdocs.scans import colour, jpeg
from pemdocs.scans.limits import hold, reading

PIXELS = (b"\x89PNG", b"\xff\xd8\xff")
"""How the files begin that are pictures of dots."""

DENSEST = 220
"""Dots per inch of a printed picture: never more, so that files stay small."""

SPARSEST = 100
"""Dots per inch below which a printed picture shows them: a small one is printed small."""

TALLEST = 114.0
"""Millimetres of the tallest photograph, as the style sheet has it: one of 3:2 is as wide as the text."""

TOLERATED = 1.05
"""A picture this much denser is left as it is."""

QUALITY = 85
PAINTED = 65536
"""A drawing has fewer colours than this; a photograph that was saved as PNG has more, and is smaller as JPEG."""

MILLIMETRES = 25.4
ORIENTATION, SIDEWAYS = 0x0112, frozenset({5, 6, 7, 8})
HARMLESS = frozenset({"dpi", "transparency", "gamma", "srgb", "interlace", "aspect"})
"""What may stand beside the dots of a PNG: neither words nor a profile."""


def is_dots(content: bytes) -> bool:
    """Whether the picture is a PNG or a JPEG."""
    return content.startswith(PIXELS)


def dots(millimetres: float) -> int:
    """The dots that a picture of this width needs."""
    return max(1, ceil(round(millimetres / MILLIMETRES * DENSEST, 3)))


@lru_cache(maxsize=16)
def size(content: bytes, source: str) -> tuple[int, int]:
    """Width and height in dots of the upright picture. Raises ``PemdocsError`` ``picture-unreadable``."""
    with _opened(content, source) as image:
        across, down = image.size
        return (down, across) if image.getexif().get(ORIENTATION) in SIDEWAYS else (across, down)


@lru_cache(maxsize=16)
def fit(content: bytes, width: int, source: str) -> bytes:
    """The picture as PNG or JPEG, no wider than ``width`` dots. Raises ``PemdocsError`` ``picture-unreadable``."""
    across, down = size(content, source)
    wanted = (width, max(1, round(down * width / across))) if across > width * TOLERATED else (across, down)
    with _opened(content, source) as image:
        return (_kept(image, content) if wanted == (across, down) else None) or _made(image, wanted)


@lru_cache(maxsize=16)
def cropped(content: bytes, across: float, down: float, source: str) -> bytes:
    """The middle of the upright picture in the proportion of ``across`` to ``down``, as PNG or JPEG.

    Of a picture that is too tall the upper half is kept rather than the lower one: there are the faces.
    Raises ``PemdocsError`` ``picture-unreadable``.
    """
    wide, high = size(content, source)
    kept = (min(wide, max(1, round(high * across / down))), min(high, max(1, round(wide * down / across))))
    with _opened(fit(content, wide, source), source) as image:
        left, top = (wide - kept[0]) // 2, (high - kept[1]) // 3
        part = image.crop((left, top, left + kept[0], top + kept[1]))
        part = part.convert("RGB") if image.format == "JPEG" and part.mode not in ("L", "RGB") else part
        return _encoded(part, "PNG" if image.format == "PNG" else "JPEG")


def reaches(content: bytes, millimetres: float, source: str) -> bool:
    """Whether a picture has the dots for this width. Raises ``PemdocsError`` ``picture-unreadable``."""
    return size(content, source)[0] >= millimetres / MILLIMETRES * SPARSEST


def widest(content: bytes, source: str) -> float:
    """Millimetres that the picture may be wide: no taller than ``TALLEST``, no fewer dots than ``SPARSEST``.

    Raises ``PemdocsError`` ``picture-unreadable``.
    """
    across, down = size(content, source)
    return min(across / SPARSEST * MILLIMETRES, TALLEST * across / down)


@contextmanager
def _opened(content: bytes, source: str) -> Iterator[Image.Image]:
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = (
        False  # WeasyPrint turns it on for the whole process: half a picture is no picture
    )
    try:
        with reading(), Image.open(BytesIO(content), formats=["PNG", "JPEG", "MPO"]) as image:
            hold(image.width * image.height * 4, "picture")
            yield image
    except PemdocsError as fault:
        raise PemdocsError("picture-unreadable", picture=source) from fault
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _kept(image: Image.Image, content: bytes) -> bytes | None:
    """The bytes as they are, bare of what a camera or a program wrote into them, where nothing needs to change."""
    if image.format == "PNG":
        return content if set(image.info) <= HARMLESS and image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else None
    plain = image.mode in ("L", "RGB") and colour.is_screen(image.info.get("icc_profile"))
    upright = image.getexif().get(ORIENTATION, 1) in (0, 1)
    if not (plain and upright and image.format == "JPEG"):
        return None
    image.load()  # a picture that is cut off says so here
    return jpeg.bare(content)


def _made(image: Image.Image, wanted: tuple[int, int]) -> bytes:
    profile, form, larger = image.info.get("icc_profile"), image.format, image.size != wanted
    if form != "PNG":
        image.draft(None, wanted if image.getexif().get(ORIENTATION) not in SIDEWAYS else wanted[::-1])
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        return _encoded(upright.convert("RGBA").resize(wanted, Image.Resampling.LANCZOS), "PNG")
    upright, _ = colour.plain(upright)
    upright, _ = colour.screen(upright, profile)
    upright = upright.convert("L") if upright.mode == "1" else upright
    upright = upright.resize(wanted, Image.Resampling.LANCZOS)
    painted = form == "PNG" and not (larger and upright.getcolors(PAINTED) is None)
    return _encoded(upright, "PNG" if painted else "JPEG")


def _encoded(image: Image.Image, form: str) -> bytes:
    image.info = {}
    out = BytesIO()
    if form == "PNG":
        image.save(out, form, optimize=True)
    else:
        image.save(out, form, quality=QUALITY, optimize=True)
    return out.getvalue()
