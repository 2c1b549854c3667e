"""Turn an image file into its pictures, one after another, not yet decoded. Only this module knows pi-heif."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import pi_heif
from PIL import ExifTags, Image

from pemdocs.scans.limits import LARGEST, MOST_PAGES, hold
from pemdocs.scans.sniff import Format

TRUE_SIZE = (100.0, 1200.0)
"""Dots per inch that a scanner states. Less or more is a screen's or a camera's, and says nothing about the paper."""

SIDEWAYS = frozenset({5, 6, 7, 8})
"""The EXIF orientations that swap width and height."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is decoded. ``size`` is upright, in pixels, ``dpi`` what a scanner states, across and down.

    ``turn`` is the EXIF orientation that is still to be applied, 1 where none; ``turned`` whether it did not lie
    upright in the file. ``load`` decodes it, at least as large as the size it is given, and still as it lies.
    """

    size: Size
    dpi: tuple[float, float] | None
    turn: int
    turned: bool
    deep: bool
    load: Callable[[Size], Image.Image]


def pictures(content: bytes, form: Format) -> Iterator[Picture]:
    """The pictures of a file: the pages of a TIFF, of any other format but HEIC the first.

    Each must be loaded before the next one is asked for. Raises ``PemdocsError`` ``attachment-too-large``.
    """
    yield from _heic(content) if form is Format.HEIC else _pillow(content, form)


def _pillow(content: bytes, form: Format) -> Iterator[Picture]:
    with Image.open(BytesIO(content), formats=[form.value]) as image:
        count = getattr(image, "n_frames", 1) if form is Format.TIFF else 1
        hold(count, MOST_PAGES)
        for number in range(count):
            if number:
                image.seek(number)
            yield _picture(image, content, form)


def _picture(image: Image.Image, content: bytes, form: Format) -> Picture:
    turn = _orientation(image)
    sideways = turn in SIDEWAYS
    # Pillow turns a TIFF by itself when it decodes it, and gives the upright size before.
    own = form is Format.TIFF
    upright = image.size[::-1] if sideways and not own else image.size
    hold(upright[0] * upright[1] * (1 if form is Format.JPEG else len(image.getbands())), LARGEST)

    def load(least: Size) -> Image.Image:
        if form is Format.JPEG:
            image.draft(None, least)
        image.load()
        return image

    dpi = _dpi(image.info.get("dpi"))
    dpi = dpi[::-1] if dpi and sideways else dpi
    return Picture(upright, dpi, 1 if own else turn, turn != 1, _deep(image, content, form), load)


def _heic(content: bytes) -> Iterator[Picture]:
    file = pi_heif.open_heif(BytesIO(content), convert_hdr_to_8bit=True)
    hold(len(file), MOST_PAGES)
    for each in file:
        size = (int(each.size[0]), int(each.size[1]))
        hold(size[0] * size[1] * len(each.mode), LARGEST)
        # The decoder applies the turn of the container; the one in EXIF repeats it.
        turned = (each.info.get("original_orientation") or _exif_orientation(each.info.get("exif"))) not in (None, 1)
        deep = int(each.info.get("bit_depth", 8)) > 8
        yield Picture(size, None, 1, turned, deep, partial(_decoded, each))


def _decoded(image: Any, _: Size) -> Image.Image:
    picture: Image.Image = image.to_pillow()
    return picture


def _exif_orientation(raw: bytes | None) -> int | None:
    if not raw:
        return None
    exif = Image.Exif()
    exif.load(raw)
    return exif.get(ExifTags.Base.Orientation)


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation; 1 where it is missing or cannot be read, for the picture itself may still be sound."""
    try:
        found = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # whatever lies in a broken block
        return 1
    return found if found in range(1, 9) else 1


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
