"""Turn an image file into its pictures, one after another, not yet decoded. Only this module knows pi-heif."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import pi_heif
from PIL import ExifTags, Image, ImageChops

from pemdocs.scans import colour, jpeg
from pemdocs.scans.limits import hold
from pemdocs.scans.sniff import Format

TRUE_SIZE = (100.0, 1200.0)
"""Dots per inch that a scanner states. Less or more is a screen's or a camera's, and says nothing about the paper."""

CAMERA = frozenset({0x829A, 0x829D, 0x8822, 0x8827, 0x9201, 0x9202, 0x9207, 0x9209, 0x920A, 0xA405, 0xA432, 0xA434})
"""What only cameras tell: exposure, aperture, program, sensitivity, metering, flash, focal length, lens (EXIF 2.32)."""

EXPOSED = re.compile(rb"exif:(?:ExposureTime|FNumber|FocalLength|ISOSpeedRatings|PhotographicSensitivity|LensModel)")
VIEWS = re.compile(rb"ster|altr")
GROUPED = 1 << 20
"""Bytes of a HEIC among which its groups are told."""

SPARE = frozenset({b"tEXt", b"zTXt", b"iTXt", b"acTL", b"fcTL", b"fdAT"})
"""The chunks of a PNG that are words, or move its picture."""

LAST = b"\0\0\0\0IEND\xaeB`\x82"
"""What ends a PNG, and may be lost."""

NEW_SUBFILE, SUBFILE = 254, 255
REDUCED, MASK, OLD_REDUCED = 1, 4, 2
"""What a page of a TIFF says of itself when it is none (TIFF 6.0, section 8)."""

TAKEN = {"1": 2, "L": 1, "P": 5}
"""Bytes of memory for a pixel, by mode."""

WEBP = 16
"""The same for a WebP, whose decoder holds several copies."""

SIDEWAYS = frozenset({5, 6, 7, 8})
"""The EXIF orientations that swap width and height."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is decoded. ``size`` is upright, in pixels, ``dpi`` what a scanner states, across and down.

    ``turn`` is the EXIF orientation that is still to be applied, 1 where none; ``turned`` whether it did not lie
    upright in the file, ``mended`` whether the file has lost its end. ``load`` decodes it, at least as large as the
    size it is given, and still as it lies.
    """

    size: Size
    dpi: tuple[float, float] | None
    turn: int
    turned: bool
    deep: bool
    mended: bool
    load: Callable[[Size], Image.Image]


def pictures(content: bytes, form: Format) -> Iterator[Picture]:
    """The pictures of a file: the pages of a TIFF, of any other format but HEIC the first.

    Each must be loaded before the next one is asked for. Raises ``PemdocsError`` ``attachment-too-large``.
    """
    yield from _heic(content) if form is Format.HEIC else _pillow(content, form)


def _pillow(content: bytes, form: Format) -> Iterator[Picture]:
    whole = content
    if form is Format.JPEG:
        at_once, in_all = jpeg.held(content)
        hold(at_once, "progressive")
        hold(in_all, "passes")
        whole = jpeg.ended(content)
    read = _still(content) if form is Format.PNG else whole
    with Image.open(BytesIO(read), formats=[form.value]) as image:
        for number in _pages(image) if form is Format.TIFF else (0,):
            if number:
                image.seek(number)
            yield _picture(image, content, form, mended=whole is not content)


def _still(content: bytes) -> bytes:
    """A PNG without what is said of it and what would move it: neither is shown, and either may be broken."""
    parts, at = [content[:8]], 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] == LAST[4:8]:
            break
        if content[at + 4 : at + 8] not in SPARE:
            parts.append(content[at:end])
        at = end
    return b"".join((*parts, LAST))


def _pages(image: Image.Image) -> list[int]:
    """The pages of a TIFF without the small pictures and masks of them that some programs put beside them."""
    count = getattr(image, "n_frames", 1)
    hold(count, "pages")
    whole = []
    for number in range(count):
        image.seek(number)
        tags = image.tag_v2  # type: ignore[attr-defined]
        if not _number(tags.get(NEW_SUBFILE)) & (REDUCED | MASK) and _number(tags.get(SUBFILE)) != OLD_REDUCED:
            whole.append(number)
    found = whole or list(range(count))
    image.seek(found[0])
    return found


def _picture(image: Image.Image, content: bytes, form: Format, *, mended: bool) -> Picture:
    turn = _orientation(image, form)
    sideways = turn in SIDEWAYS
    # Pillow turns a TIFF by itself when it decodes it, and gives the upright size before.
    own = form is Format.TIFF
    upright = image.size[::-1] if sideways and not own else image.size
    if form is not Format.JPEG:
        hold(_taken(image) + len(content), "picture")

    def load(least: Size) -> Image.Image:
        if form is Format.JPEG:
            image.draft(None, least)
            hold(_taken(image) + len(content), "picture")
        image.load()
        if not _negative(image, form):
            return image
        return ImageChops.invert(colour.plain(image)[0])

    dpi = None if _photographed(image) else _dpi(image.info.get("dpi"))
    dpi = dpi[::-1] if dpi and sideways else dpi
    return Picture(upright, dpi, 1 if own else turn, turn != 1, _deep(image, content, form), mended, load)


def _taken(image: Image.Image) -> int:
    """Bytes of memory that a picture takes until it is plain, with the copies that this needs."""
    each = (
        8
        if image.has_transparency_data and image.mode[0] not in "IF"
        else TAKEN.get(image.mode, 6 if image.mode[0] in "IF" else 4)
    )
    each = WEBP if image.format == "WEBP" else each
    return image.size[0] * image.size[1] * each


def _negative(image: Image.Image, form: Format) -> bool:
    """Whether a TIFF of 16 bits has white as 0, which its decoder does not heed."""
    white = form is Format.TIFF and image.tag_v2.get(262) == 0  # type: ignore[attr-defined]
    return bool(white) and image.mode.startswith("I;16")


def _heic(content: bytes) -> Iterator[Picture]:
    file = pi_heif.open_heif(BytesIO(content), convert_hdr_to_8bit=True)
    hold(len(file), "pages")
    # Two eyes see a spatial photograph, and readers show one of them.
    every = [file[file.primary_index]] if len(file) > 1 and _one_of_several(content) else file
    for each in every:
        size = (int(each.size[0]), int(each.size[1]))
        hold(size[0] * size[1] * 3 * (len(each.mode) + 1) + len(content), "picture")
        # The decoder applies the turn of the container; the one in EXIF repeats it.
        turned = (each.info.get("original_orientation") or _exif(each.info.get("exif"))) not in (None, 1)
        deep = int(each.info.get("bit_depth", 8)) > 8
        yield Picture(size, None, 1, turned, deep, False, partial(_decoded, each))


def _one_of_several(content: bytes) -> bool:
    """Whether the pictures of a file are views or versions of one (ISO/IEC 23008-12, 6.8; ISO/IEC 14496-12, 8.18)."""
    group = content.find(b"grpl", 0, GROUPED)
    return group >= 0 and bool(VIEWS.search(content, group, group + 4096))


def _decoded(image: Any, _: Size) -> Image.Image:
    picture: Image.Image = image.to_pillow()
    return picture


def _exif(raw: object) -> int | None:
    """The orientation that a block of EXIF says; ``None`` where there is none or it cannot be read."""
    exif = _read(raw)
    return exif.get(ExifTags.Base.Orientation) if exif is not None else None


def _read(raw: object) -> Image.Exif | None:
    exif = Image.Exif()
    try:
        exif.load(raw if isinstance(raw, bytes) else b"")
    except Exception:  # whatever lies in a broken block: the picture itself may still be sound
        return None
    return exif


def _orientation(image: Image.Image, form: Format) -> int:
    """The EXIF orientation, 1 where it is missing. What XMP says of it no reader heeds."""
    try:
        tags = image.tag_v2 if form is Format.TIFF else {}  # type: ignore[attr-defined]
        found = tags.get(274, 1) if form is Format.TIFF else _exif(image.info.get("exif"))
    except Exception:  # a broken table
        return 1
    return found if isinstance(found, int) and found in range(1, 9) else 1


def _photographed(image: Image.Image) -> bool:
    """Whether a camera took the picture: it says how it was exposed, and its dots per inch say nothing."""
    exif = _read(image.info.get("exif"))
    try:
        told = image.getexif() if exif is None or image.format == "TIFF" else exif
        inside = told.get_ifd(ExifTags.IFD.Exif)
        if CAMERA & inside.keys() or told.get_ifd(ExifTags.IFD.GPSInfo):
            return True
    except Exception:  # whatever lies in a broken block
        return False
    xmp = image.info.get("xmp")
    return isinstance(xmp, bytes) and bool(EXPOSED.search(xmp))


def _number(found: object) -> int:
    return found if isinstance(found, int) else 0


def _dpi(stated: object) -> tuple[float, float] | None:
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    across, down = float(stated[0]), float(stated[1])
    # The lines of a fax lie further apart than its dots.
    credible = TRUE_SIZE[0] <= across <= TRUE_SIZE[1] and TRUE_SIZE[0] / 1.1 <= down <= TRUE_SIZE[1]
    return (across, down) if credible else None


def _deep(image: Image.Image, content: bytes, form: Format) -> bool:
    """Whether a sample has more than 8 bits."""
    if image.mode[0] in "IF":
        return True
    if form is Format.TIFF:
        return bool(max(image.tag_v2.get(258, (8,))) > 8)  # type: ignore[attr-defined]
    return form is Format.PNG and content[24] > 8
