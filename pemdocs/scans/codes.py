"""Turn a scan into what the codes on each of its pages say. Only this module knows zxing-cpp and pypdfium2.

A code is of the page that it stands on and of no other: a page on which none can be read has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PIL import Image, ImageFilter, ImageOps

from pemdocs.model import PemdocsError
from pemdocs.scans.preparing import prepare
from pemdocs.scans.sniff import Format, sniff

DOTS = 200
"""Dots per inch at which a page is looked at first."""

LARGEST = 5000
"""Dots along the longer side of a page that is looked at: more only costs time."""

Look = Callable[[Image.Image], Image.Image]

LOOKS: tuple[Look, ...] = (
    lambda image: image,
    lambda image: ImageOps.autocontrast(image.filter(ImageFilter.GaussianBlur(1)), cutoff=2),
    lambda image: image.resize((image.width * 3 // 2, image.height * 3 // 2), Image.Resampling.BICUBIC),
    lambda image: image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.LANCZOS),
    lambda image: image.filter(ImageFilter.UnsharpMask(3, 250, 0)),
    lambda image: image.filter(ImageFilter.MedianFilter(3)).point(lambda grey: 255 if grey > 110 else 0),
)
"""How a page is looked at until a code is found: as it is, softened, larger, smaller, sharper, black and white."""


def as_pdf(content: bytes) -> bytes:
    """A scan as a PDF with its pages in their order. Raises ``PemdocsError`` as ``scans.prepare`` does."""
    return content if sniff(content) is Format.PDF else prepare(content).content


def read(content: bytes) -> tuple[tuple[str, ...], ...]:
    """What the codes on each page of a PDF say, page by page; nothing for a page without one.

    Raises ``PemdocsError``: ``sign-extra-missing`` where the libraries are not installed, ``attachment-damaged``.
    """
    return tuple(_of(page) for page in _pages(content))


def _pages(content: bytes) -> Iterator[Image.Image]:
    try:
        import pypdfium2
    except ImportError as error:
        raise PemdocsError("sign-extra-missing") from error
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise PemdocsError("attachment-damaged") from error
    try:
        for page in document:
            scale = min(DOTS / 72, LARGEST / max(page.get_size()))
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def _of(page: Image.Image) -> tuple[str, ...]:
    for look in LOOKS:
        found = _decoded(look(page))
        if found:
            return found
    return ()


def _decoded(page: Image.Image) -> tuple[str, ...]:
    try:
        import zxingcpp
    except ImportError as error:
        raise PemdocsError("sign-extra-missing") from error
    found: Any = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    return tuple(dict.fromkeys(each.text for each in found if each.text))
