"""Turn a decoded picture into one of three plain kinds: bilevel, grey, sRGB. Only this module converts colours."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageCms

BAND = 256
"""Rows of a picture that are converted at a time."""

GREY = frozenset({"1", "L", "LA", "La", "I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


def plain(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """The picture in ``1``, ``L``, ``RGB``, or still in ``CMYK`` or ``LAB``, on white where it was transparent.

    With the codes of what was done. A palette is gone, so that the picture can be resized.
    """
    done = []
    if image.mode[0] in "IF":
        image = _shallow(image)
        image.info.pop("transparency", None)  # one grey of 65 536, of which those beside it are seen
    if image.has_transparency_data:
        seen, image = _on_white(image)
        done = ["transparency-flattened"] if seen else []
    if image.mode == "P":
        image = image.convert("RGB")
    return image, done


def screen(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, list[str]]:
    """The picture in ``1``, ``L`` or sRGB, by its ICC profile where it has one that can be read."""
    if image.mode in ("1", "L"):
        return image, []
    done = ["cmyk-converted"] if image.mode == "CMYK" else []
    source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")) if image.mode == "LAB" else _read(profile)
    if source is not None and not _is_srgb(source):
        try:
            found = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, ValueError):  # a profile of other colours than the picture's
            found = None
        if found is not None:
            return found, done
    return image.convert("RGB"), done


def is_screen(profile: bytes | None) -> bool:
    """Whether a picture with this profile already has the colours of sRGB."""
    source = _read(profile)
    return source is None or _is_srgb(source)


def blank(image: Image.Image) -> bool:
    """Whether a picture shows nothing: the paper is light and even, but for the grain of a scanner."""
    image.draft("L", (150, 200))
    small = image.convert("L").resize((150, 200), Image.Resampling.BOX)
    low, high = small.getextrema()
    return float(high) - float(low) < 24 and float(high) > 127  # type: ignore[arg-type]


def _shallow(image: Image.Image) -> Image.Image:
    """A picture of 16 or 32 bits in 8 bits of grey."""
    if image.mode.startswith("I;16"):
        return _banded(image, lambda band: band.convert("I").point(lambda value: value * (1 / 256)).convert("L"))
    low, high = (float(each) for each in image.getextrema())  # type: ignore[arg-type]
    low, high = (0.0, 65535.0) if image.mode == "I" and low >= 0 and high <= 65535 else (low, high)
    scale = 255 / (high - low) if high > low else 1.0
    return _banded(image, lambda band: band.convert("F").point(lambda value: value * scale + -low * scale).convert("L"))


def _banded(image: Image.Image, shallow: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """A picture made shallow band by band, so that its copies are never there as a whole."""
    made = Image.new("L", image.size)
    made.info = dict(image.info)
    for top in range(0, image.height, BAND):
        made.paste(shallow(image.crop((0, top, image.width, min(top + BAND, image.height)))), (0, top))
    return made


def _on_white(image: Image.Image) -> tuple[bool, Image.Image]:
    mode = "L" if image.mode in GREY else "RGB"
    shown = image if image.mode == "RGBA" else image.convert("RGBA")
    alpha = shown.getchannel("A")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(shown, mask=alpha)
    paper.info = dict(image.info)
    return alpha.getextrema() != (255, 255), paper if mode == "RGB" else paper.convert(mode)


def _read(profile: bytes | None) -> ImageCms.ImageCmsProfile | None:
    try:
        return ImageCms.ImageCmsProfile(BytesIO(profile)) if profile else None
    except (OSError, ImageCms.PyCMSError):
        return None


def _is_srgb(source: ImageCms.ImageCmsProfile) -> bool:
    return "srgb" in (source.profile.profile_description or "").lower()
