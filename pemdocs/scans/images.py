"""Turn an image file into A4 pages: upright, no sharper than print needs. Only this module encodes pictures."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import ceil

from pikepdf import Dictionary, Name, Object, Pdf
from PIL import Image, TiffImagePlugin

from pemdocs.model import PemdocsError
from pemdocs.scans import colour, jpeg, sheets
from pemdocs.scans.limits import reading
from pemdocs.scans.paper import MILLIMETRE, Place, places
from pemdocs.scans.pictures import SIDEWAYS, Picture, Size, pictures
from pemdocs.scans.result import Prepared, Treatment, of_pages, told
from pemdocs.scans.sniff import Format

DENSEST, FLOOR = 200, 150
"""Dots per inch of the printed picture: never more, so that files stay small, nor fewer, so that they stay legible."""

TOLERATED = 1.05
"""A picture this much denser is left as it is: to blur it would cost more than its few bytes."""

MARGIN = 10 * MILLIMETRE
"""Points around a picture of which nobody knows how large its paper was."""

QUALITY = 80
FEW_COLOURS = 256
"""A drawing or a screen has no more colours than this; JPEG would blur it."""

SEVERAL = {Format.TIFF: "pages-of-tiff", Format.HEIC: "pictures-of-heic"}
"""What is told of a file with several pictures."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright, by its EXIF orientation (EXIF 2.32, tag 274)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a picture stands: its sheets, its width and height in points, and the pixels that are wanted there."""

    places: tuple[Place, ...]
    width: float
    height: float
    wanted: Size


def prepare(content: bytes, form: Format) -> Prepared:
    """The pictures of the file, each on a sheet. Raises ``PemdocsError`` ``attachment-damaged``, ``…-too-large``."""
    done: list[tuple[int, Treatment]] = []
    with reading(), Pdf.new() as pdf:
        count = 0
        for picture in pictures(content, form):
            count += 1
            at = len(pdf.pages) + 1
            done += [(at, each) for each in _add(pdf, picture, content, form)]
        if not count:  # written in a way that no decoder here knows
            raise PemdocsError("attachment-unknown")
        pages = len(pdf.pages)
        several = [Treatment(SEVERAL[form], {"pages": count})] if count > 1 else []
        return Prepared(sheets.written(pdf), pages, told([*several, *of_pages(done)]), None, True, form.value)


def _add(pdf: Pdf, picture: Picture, content: bytes, form: Format) -> Iterator[Treatment]:
    layout = _layout(picture)
    image = picture.load(_lying(layout.wanted, picture.turn))
    profile = image.info.get("icc_profile")
    as_it_is = form is Format.JPEG and image.mode in ("L", "RGB") and colour.is_screen(profile)
    as_it_is = as_it_is and picture.turn == 1 and picture.size == layout.wanted
    image, flattened = colour.plain(image)
    image, smaller = _resampled(image, layout, picture)
    image, converted = colour.screen(_upright(image, picture.turn), profile)
    image.info = {}
    drawn = (_as_it_is(pdf, image, content) if as_it_is else None) or _drawn(pdf, image, form)
    for each in layout.places:
        sheets.add(pdf, [drawn], each, layout.width, layout.height)
    yield from (Treatment("repaired") for _ in range(picture.mended))
    yield from (Treatment("turned") for _ in range(picture.turned))
    yield from (Treatment("depth-reduced") for _ in range(picture.deep))
    yield from (Treatment(code) for code in (*flattened, *converted))
    yield from (Treatment("resampled", {"dpi": DENSEST}) for _ in range(smaller))
    yield from (Treatment("split") for _ in range(len(layout.places) > 1))
    yield from (Treatment("scaled") for _ in range(bool(picture.dpi) and layout.places[0].percent < 100))
    yield from (Treatment("blank-pages") for _ in range(colour.blank(image)))


def _layout(picture: Picture) -> Layout:
    """A scan at its true size, a photograph as large as the sheet and its own sharpness allow."""
    across, down = picture.size
    if picture.dpi:
        width, height = across * 72 / picture.dpi[0], down * 72 / picture.dpi[1]
        where = places(width, height)
    else:
        width, height = float(across), float(down)
        where = places(width, height, most=72 / FLOOR, margin=MARGIN)
    width, height = width * where[0].scale, height * where[0].scale
    return Layout(where, width, height, (_dots(across, width), _dots(down, height)))


def _dots(there: int, points: float) -> int:
    wanted = max(1, ceil(round(points / 72 * DENSEST, 3)))
    return wanted if there > wanted * TOLERATED else there


def _lying(size: Size, turn: int) -> Size:
    return (size[1], size[0]) if turn in SIDEWAYS else size


def _resampled(image: Image.Image, layout: Layout, picture: Picture) -> tuple[Image.Image, bool]:
    """The picture at the wanted size, and whether that has fewer pixels; bilevel text keeps every dot."""
    wanted = _lying(layout.wanted, picture.turn)
    if image.mode == "1" or picture.size == layout.wanted:
        return image, False
    info = dict(image.info)
    image = image.resize(wanted, Image.Resampling.LANCZOS)
    image.info = info
    return image, True


def _upright(image: Image.Image, turn: int) -> Image.Image:
    return image.transpose(TURNS[turn]) if turn in TURNS else image


def _as_it_is(pdf: Pdf, image: Image.Image, content: bytes) -> Object | None:
    data = jpeg.bare(content)
    return None if data is None else _picture(pdf, image, data, Filter=Name.DCTDecode)


def _drawn(pdf: Pdf, image: Image.Image, form: Format) -> Object:
    if image.mode == "1":
        return _bilevel(pdf, image)
    if form is not Format.JPEG and image.getcolors(FEW_COLOURS) is not None:
        return _picture(pdf, image, zlib.compress(image.tobytes(), 9), Filter=Name.FlateDecode)
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return _picture(pdf, image, out.getvalue(), Filter=Name.DCTDecode)


def _bilevel(pdf: Pdf, image: Image.Image) -> Object:
    """Group 4 fax data: a TIFF of one strip holds it, white as 0 (ITU-T T.6; TIFF 6.0, section 11)."""
    out = BytesIO()
    plain = Image.new(
        "1", image.size
    )  # without the tags of the file that it came from, which the encoder would take over
    plain.paste(image)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[278] = image.height
    plain.save(out, "TIFF", compression="group4", tiffinfo=tags, strip_size=1 << 31)
    with Image.open(out, formats=["TIFF"]) as tiff:
        starts, counts, white = tiff.tag_v2[273], tiff.tag_v2[279], tiff.tag_v2[262] == 0  # type: ignore[attr-defined]
    data = b"".join(out.getvalue()[a : a + n] for a, n in zip(starts, counts, strict=True))
    decoding = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=not white)
    return _picture(pdf, image, data, Filter=Name.CCITTFaxDecode, DecodeParms=decoding)


def _picture(pdf: Pdf, image: Image.Image, data: bytes, **entries: Object) -> Object:
    space = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    bits = 1 if image.mode == "1" else 8
    return sheets.picture(pdf, data, image.size, ColorSpace=space, BitsPerComponent=bits, **entries)
