"""Turn an archive into a package of parts that is safe to open, or refuse it. Only this module knows zip files."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits

CHUNK = 1 << 18

DECLARATIONS = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|" + b"|".join(re.escape("<!DOCTYPE".encode(code)) for code in ("utf-16-le", "utf-16-be"))
)

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError)
"""What zipfile and its decompressors raise at archives that are not whole."""


@dataclass(frozen=True, slots=True)
class Package:
    """An archive in memory. ``names`` leads from the name of a part as every program compares it to its own."""

    file: str
    archive: zipfile.ZipFile
    names: Mapping[str, str]

    def find(self, name: str) -> str:
        """The part that this name means, whatever the case, the slashes or the escapes; empty where there is none."""
        return self.names.get(plain(name), "")

    def stream(self, name: str) -> IO[bytes]:
        """A part to be read piece by piece. Raises ``KeyError`` where there is none."""
        return self.archive.open(self.names[plain(name)])

    def read(self, name: str) -> bytes:
        """A whole part. Raises ``KeyError`` where there is none."""
        with self.stream(name) as stream:
            return stream.read()


def plain(name: str) -> str:
    """The name of a part for comparison: ``\\xl\\Work%62ook.xml`` is ``xl/workbook.xml``."""
    path = unquote(name).replace("\\", "/")
    return posixpath.normpath("/" + path).lstrip("/").casefold()


def package(content: bytes, file: str) -> Package:
    """The package, once its sizes, its parts and its XML have been looked at. Raises ``PemdocsError``."""
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
    names: dict[str, str] = {}
    for name in archive.namelist():
        names.setdefault(plain(name), name)
    # Of two names that differ in case only, the one that is written as programs write it is meant.
    names |= {name: name for name in archive.namelist() if plain(name) == name}
    return Package(file, archive, names)


def _check_sizes(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    swollen = (
        part.file_size > limits.RATIO_FROM and part.file_size > limits.RATIO * max(part.compress_size, 1)
        for part in parts
    )
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.PARTS or unpacked > limits.UNPACKED or any(swollen):
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
