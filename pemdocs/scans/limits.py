"""Turn whatever a decoder meets in a broken or hostile file into a fault. Only this module sets the limits.

They are held before memory is taken: no file may ask for more than half a gigabyte or twenty seconds.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

from pikepdf import settings
from PIL import Image, ImageFile

from pemdocs.model import PemdocsError

MOST = MappingProxyType(
    {
        "file": 120_000_000,  # bytes of a file, and of the files within it together
        "pages": 1_000,  # pages of a file
        "picture": 330_000_000,  # bytes of a picture as its decoder holds it, with the file itself
        "progressive": 45_000_000,  # pixels of a JPEG that must be held whole to be decoded
        "passes": 2_000_000_000,  # pixels of such a JPEG that its scans go over
        "stream": 64_000_000,  # bytes of any stream of a PDF once it is decoded
        "contents": 128_000_000,  # bytes of all that the pages of a PDF draw
        "trimmed": 4_000_000,  # bytes of the contents of a page of which what is outside of its box is taken out
        "notes": 50_000,  # fields and notes of a PDF
        "lettered": 300,  # texts of fields and notes in letters that need a font of ours
        "drawings": 60_000,  # fonts, pictures and drawings of a PDF
        "looked-at": 40_000_000,  # pixels of a picture in a PDF that is looked at for being empty
    }
)
"""The limits, by what they measure."""

HEAVIEST = MOST["file"]

# What the libraries have to say of a broken file is told as a fault.
for _name in ("pikepdf", "PIL", "fontTools", "weasyprint"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# The reader of PDFs holds these itself, wherever it undoes a filter.
settings.set_qpdf_limits(
    flate_max_memory=MOST["stream"],
    run_length_max_memory=MOST["stream"],
    png_max_memory=MOST["stream"],
    tiff_max_memory=MOST["stream"],
    dct_max_memory=MOST["stream"],
)


@contextmanager
def reading() -> Iterator[None]:
    """Faults of the decoders as ``attachment-damaged``, their warnings unheard, their own limits replaced by ours.

    WeasyPrint makes the decoder pad what is cut short with grey; here half a picture is a fault.
    """
    limit, padded = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, False
            yield
    except PemdocsError:
        raise
    except (MemoryError, RecursionError) as error:
        raise PemdocsError("attachment-too-large") from error
    except Exception as error:  # in a broken file a decoder may stumble over anything
        raise PemdocsError("attachment-damaged") from error
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = limit, padded


def hold(size: int, measure: str) -> None:
    """Raise ``attachment-too-large`` where a measure of the file is over its limit."""
    if size > MOST[measure]:
        raise PemdocsError("attachment-too-large")
