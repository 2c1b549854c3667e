"""Turn an archive into one that is safe to open, or refuse it. Only this module knows the caps and the dangers."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from pemdocs.model import PemdocsError

MOST_PARTS = 10_000
MOST_BYTES = 300_000_000
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10_000_000
CHUNK = 1 << 20

MOST_MERGED = 2_000_000
"""openpyxl makes an object for each cell of a merged range, so a range over whole columns would fill the memory."""

DECLARATIONS = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|" + b"|".join(re.escape("<!DOCTYPE".encode(code)) for code in ("utf-16-le", "utf-16-be"))
)
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
PLACED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"")

STRICT = b"purl.oclc.org/ooxml"
STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)
"""The namespaces of Strict OOXML with the ones that every library knows; the elements are the same."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError)


def opened(content: bytes, file: str) -> zipfile.ZipFile:
    """The archive, once its sizes, its parts and its XML have been looked at. Raises ``PemdocsError``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise PemdocsError("unreadable-damaged", file=file) from error
    _check_sizes(archive, file)
    try:
        for part in archive.infolist():
            _check_part(archive, part, file)
    except (*BROKEN, RuntimeError) as error:
        raise PemdocsError("unreadable-damaged", file=file) from error
    return archive


def _check_sizes(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    swollen = (
        part.file_size > RATIO_COUNTS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or any(swollen):
        raise PemdocsError("unreadable-swollen", file=file)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    if part.flag_bits & 1:
        raise PemdocsError("unreadable-password", file=file)
    # The old OpenOffice wrote a DOCTYPE in its manifest, which nobody parses here.
    is_xml = part.filename.lower().endswith((".xml", ".rels")) and part.filename != "META-INF/manifest.xml"
    tail = b""
    # Reading to the end proves the sizes that were declared: zipfile stops there and compares the checksum.
    for chunk in _chunks(archive, part):
        if is_xml and DECLARATIONS.search(tail + chunk):
            raise PemdocsError("unreadable-entities", file=file)
        tail = chunk[-20:]


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def is_strict(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether the workbook was saved as Strict Open XML, which openpyxl reads as a workbook without sheets."""
    return STRICT in archive.read(part)


def transitional(archive: zipfile.ZipFile) -> bytes:
    """The same workbook under the namespaces that every library knows."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for name in dict.fromkeys(archive.namelist()):
            part = archive.read(name)
            if name.lower().endswith((".xml", ".rels")):
                for strict, usual in STRICT_NAMES:
                    part = part.replace(strict, usual)
            copy.writestr(name, part)
    return target.getvalue()


def merges_too_much(archive: zipfile.ZipFile) -> bool:
    """Whether merged ranges cover more cells than openpyxl can hold."""
    return any(
        sum(_area(*found) for found in MERGED.findall(archive.read(name))) > MOST_MERGED for name in _sheets(archive)
    )


def spread(archive: zipfile.ZipFile) -> int:
    """The cells of the largest rectangle from A1 to the last cell of a sheet: what a dense reader would allocate."""
    return max((_spread(archive.read(name)) for name in _sheets(archive)), default=0)


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if re.fullmatch(r"/?xl/worksheets/[^/]+\.xml", name)]


def _spread(part: bytes) -> int:
    places = [(int(row), _column(column)) for column, row in PLACED.findall(part)]
    return max((row for row, _ in places), default=0) * max((column for _, column in places), default=0)


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number
