"""Turn bytes into the format they are in, whatever the file's name says. Only this module knows the magic bytes."""

from __future__ import annotations

import re
from enum import StrEnum

from pemdocs.model import PemdocsError

HEAD = 1024
"""Bytes among which a PDF must begin, as its readers have it (ISO 32000-1, annex H, note 13)."""

HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mi[fa]1|mif3|msf1)", re.DOTALL)
AVIF = re.compile(rb"avi[fs]")


class Format(StrEnum):
    """The formats that are taken, as people name them."""

    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    WEBP = "WebP"
    HEIC = "HEIC"


MAGIC = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"II*\0", Format.TIFF),
    (b"MM\0*", Format.TIFF),
    (b"II+\0", Format.TIFF),
    (b"MM\0+", Format.TIFF),
)
FOREIGN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"<", b"{\\rtf")


def sniff(content: bytes) -> Format:
    """The format of a file. Raises ``PemdocsError`` ``attachment-empty`` or ``attachment-unknown``."""
    if not content.strip(b"\0 \t\r\n"):
        raise PemdocsError("attachment-empty")
    found = _picture(content[:64])
    if found is not None:
        return found
    if b"%PDF-" in content[:HEAD] and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(FOREIGN):
        return Format.PDF
    raise PemdocsError("attachment-unknown")


def format_of(content: bytes) -> str:
    """The format as people name it (``PDF``, ``JPEG`` …), empty where it is none of those taken."""
    try:
        return sniff(content).value
    except PemdocsError:
        return ""


def _picture(head: bytes) -> Format | None:
    for magic, found in MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Format.WEBP
    return Format.HEIC if HEIC.match(head) and not AVIF.search(head[8:32]) else None
