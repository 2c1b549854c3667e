"""Turn whatever a decoder meets in a broken or hostile file into a fault. Only this module sets the limits."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from pemdocs.model import PemdocsError

HEAVIEST = 500_000_000
"""Bytes of the largest file."""

# What the libraries have to say of a broken file is told as a fault.
for _name in ("pikepdf", "PIL"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

LARGEST = 400_000_000
"""Pixels of the largest picture, and bytes of the largest one while it is decoded."""

MOST_PAGES = 1000
"""Pages of the longest attachment."""


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
    except MemoryError as error:
        raise PemdocsError("attachment-too-large") from error
    except Exception as error:  # in a broken file a decoder may stumble over anything
        raise PemdocsError("attachment-damaged") from error
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = limit, padded


def hold(size: int, most: int) -> None:
    """Raise ``attachment-too-large`` where a measure of the file is over its limit."""
    if size > most:
        raise PemdocsError("attachment-too-large")
