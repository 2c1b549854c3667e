"""Turn a path into bytes and the format they are in, whatever the name says. Only this module knows the magic bytes."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package, package
from pemdocs.workbook.formats.relations import MAIN, relations

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLDEST = tuple(bytes((9, version, length, 0)) for version in (0, 2, 4, 8) for length in (4, 6, 8, 16))
"""How a workbook of Excel 2 to 95 begins that does not lie in a container."""

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_SHEETS = tuple(name.encode("utf-16-le") for name in ("workbook", "book"))
OLD_WORD = "WordDocument".encode("utf-16-le")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ROOT = re.compile(rb"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
FLAT = re.compile(r"<(?:[\w.-]+:)?document[\s>]")
EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
MACROS = "xl/vbaProject.bin"


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    FODS = "fods"
    XML = "xml"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Source:
    """A file in memory. ``package`` is there for the formats that are archives, ``main`` the part of the workbook."""

    file: str
    format: Format
    content: bytes
    package: Package | None = None
    main: str = ""

    @property
    def macros(self) -> bool:
        """Whether it holds macros."""
        return self.package is not None and bool(self.package.find(MACROS))


def source(path: Path) -> Source:
    """The file, recognised by its content. Raises ``PemdocsError`` with an ``unreadable-…`` code."""
    return recognised(_bytes(path), path.name)


def recognised(content: bytes, file: str) -> Source:
    """The same of bytes that are there already, under the name of a file."""
    if not content:
        raise PemdocsError("unreadable-empty", file=file)
    if content.startswith(ZIP):
        return _zipped(content, file)
    if content.startswith((OLE, *OLDEST)):
        return _compound(content, file)
    first = _begins(content)
    if first in ("{", "["):
        return _within(limits.JSON, Source(file, Format.JSON, content))
    if first == "<":
        return _xml(content, file)
    raise PemdocsError(_foreign(content), file=file)


def _bytes(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise PemdocsError("unreadable-lock-file", file=path.name, real=path.name[2:])
    try:
        about = path.stat()
        if path.is_dir():
            raise PemdocsError("unreadable-directory", file=path.name)
        if not stat.S_ISREG(about.st_mode):
            # A pipe or a device would be waited for without end.
            raise PemdocsError("unreadable-no-file", file=path.name)
        if about.st_size > limits.FILE:
            raise PemdocsError("unreadable-too-big", file=path.name, megabytes=limits.FILE // 1_000_000)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PemdocsError("unreadable-not-found", file=path.name, folder=str(path.parent)) from error
    except PermissionError as error:
        raise PemdocsError("unreadable-locked", file=path.name) from error
    except (OSError, ValueError) as error:
        raise PemdocsError("unreadable-not-found", file=path.name, folder=str(path.parent)) from error


def _within(most: int, source: Source) -> Source:
    if len(source.content) > most:
        raise PemdocsError("unreadable-too-big", file=source.file, megabytes=most // 1_000_000)
    return source


def _zipped(content: bytes, file: str) -> Source:
    parts = package(content, file)
    main = _main(parts)
    root = _root(parts, main) if main else b""
    if main and (main.lower().endswith(".bin") or not root):
        return Source(file, Format.XLSB, content, parts, main)
    if root == b"workbook":
        return Source(file, Format.XLSX, content, parts, main)
    if parts.find("content.xml") and _spreadsheet(parts):
        return _open_document(parts, content, file)
    raise PemdocsError(_foreign_zip(parts), file=file)


def _main(parts: Package) -> str:
    """The part that the package is about: the one it says, else the one that every program writes."""
    listed = (each.part for each in relations(parts, "", limits.clock(parts.file)).values() if each.kind == MAIN)
    usual = (parts.find(name) for name in ("xl/workbook.xml", "xl/workbook.bin"))
    return next((part for part in (*listed, *usual) if part), "")


def _root(parts: Package, main: str) -> bytes:
    """The name of the first element of a part, empty where it is no XML."""
    with parts.stream(main) as stream:
        head = stream.read(4096).replace(b"\x00", b"")
    found = ROOT.search(head)
    return found[1] if found else b""


def _spreadsheet(parts: Package) -> bool:
    if parts.find("mimetype"):
        return parts.read("mimetype").strip().startswith(ODS)
    return bool(parts.find("META-INF/manifest.xml")) and ODS in parts.read("META-INF/manifest.xml")


def _open_document(parts: Package, content: bytes, file: str) -> Source:
    manifest = parts.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in parts.read(manifest):
        raise PemdocsError("unreadable-password", file=file)
    return Source(file, Format.ODS, content, parts)


def _foreign_zip(parts: Package) -> str:
    names = parts.names
    if any(name.endswith((".iwa", "index.zip")) for name in names):
        return "unreadable-numbers"
    if any(name.startswith("word/") for name in names):
        return "unreadable-word"
    return "unreadable-zip"


def _compound(content: bytes, file: str) -> Source:
    if ENCRYPTED in content:
        raise PemdocsError("unreadable-password", file=file)
    # The names of streams lie in the directory in any case; small letters are found by folding the plain ones.
    folded = content.lower()
    if content.startswith(OLDEST) or any(name in folded for name in OLD_SHEETS):
        return _within(limits.OLD, Source(file, Format.XLS, content))
    raise PemdocsError("unreadable-word" if OLD_WORD in content else "unreadable-unknown", file=file)


def _xml(content: bytes, file: str) -> Source:
    head = _text(content[:4096])
    if FLAT.search(head):
        if ODS.decode() in head:
            return _within(limits.PARSED, Source(file, Format.FODS, content))
    elif EXCEL_2003 in head and "<Workbook" in head:
        return _within(limits.PARSED, Source(file, Format.XML, content))
    raise PemdocsError("unreadable-web-page", file=file)


def _foreign(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "unreadable-pdf"
    head = _text(content[:4096])
    if head and any(mark in head for mark in ",;\t"):
        return "unreadable-csv"
    return "unreadable-unknown"


def _begins(content: bytes) -> str:
    return _text(content[:4096]).lstrip("\ufeff \t\r\n")[:1]


def _text(head: bytes) -> str:
    for codec in ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        text = head.decode(codec, "replace" if codec == "utf-16" else "ignore")
        if text and "\x00" not in text:
            return text
    return ""
