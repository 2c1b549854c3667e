"""Turn a path into bytes and the format they are in, whatever the name says. Only this module knows the magic bytes."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pemdocs.model import PemdocsError
from pemdocs.workbook import archive

LARGEST = 100_000_000
"""Bytes of the largest file that is read."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_SHEETS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
OLD_WORD = "WordDocument".encode("utf-16-le")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MAIN_XLSX = "xl/workbook.xml"
MACROS = "xl/vbaProject.bin"


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Source:
    """A file in memory. ``content`` is what to give to the reader, ``original`` what lies on the disk."""

    file: str
    format: Format
    content: bytes
    original: bytes
    macros: bool = False
    rough: bool = False
    """Whether openpyxl must not open it, because its merged ranges would fill the memory."""


def source(path: Path) -> Source:
    """The file, recognised by its content. Raises ``PemdocsError`` with an ``unreadable-…`` code."""
    content = _bytes(path)
    if not content:
        raise PemdocsError("unreadable-empty", file=path.name)
    if content.startswith(ZIP):
        return _zipped(content, path.name)
    if content.startswith(OLE):
        return _compound(content, path.name)
    if _begins(content) in ("{", "["):
        return Source(path.name, Format.JSON, content, content)
    raise PemdocsError(_foreign(content), file=path.name)


def _bytes(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise PemdocsError("unreadable-lock-file", file=path.name, real=path.name[2:])
    try:
        if path.is_dir():
            raise PemdocsError("unreadable-directory", file=path.name)
        if path.stat().st_size > LARGEST:
            raise PemdocsError("unreadable-too-big", file=path.name, megabytes=LARGEST // 1_000_000)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PemdocsError("unreadable-not-found", file=path.name, folder=str(path.parent)) from error
    except PermissionError as error:
        raise PemdocsError("unreadable-locked", file=path.name) from error
    except (OSError, ValueError) as error:
        raise PemdocsError("unreadable-not-found", file=path.name, folder=str(path.parent)) from error


def _zipped(content: bytes, file: str) -> Source:
    parts = archive.opened(content, file)
    names = set(parts.namelist())
    if MAIN_XLSX in names:
        strict = archive.is_strict(parts, MAIN_XLSX)
        plain = archive.transitional(parts) if strict else content
        return Source(file, Format.XLSX, plain, content, MACROS in names, archive.merges_too_much(parts))
    if "xl/workbook.bin" in names:
        return Source(file, Format.XLSB, content, content, MACROS in names)
    if "mimetype" in names and parts.read("mimetype").strip().startswith(ODS):
        return _open_document(parts, content, file)
    raise PemdocsError(_foreign_zip(names), file=file)


def _open_document(parts: zipfile.ZipFile, content: bytes, file: str) -> Source:
    manifest = "META-INF/manifest.xml"
    if manifest in parts.namelist() and b"encryption-data" in parts.read(manifest):
        raise PemdocsError("unreadable-password", file=file)
    return Source(file, Format.ODS, content, content)


def _foreign_zip(names: set[str]) -> str:
    if any(name.endswith((".iwa", "Index.zip")) for name in names):
        return "unreadable-numbers"
    if any(name.startswith("word/") for name in names):
        return "unreadable-word"
    return "unreadable-zip"


def _compound(content: bytes, file: str) -> Source:
    if ENCRYPTED in content:
        raise PemdocsError("unreadable-password", file=file)
    if any(name in content for name in OLD_SHEETS):
        return Source(file, Format.XLS, content, content)
    raise PemdocsError("unreadable-word" if OLD_WORD in content else "unreadable-unknown", file=file)


def _foreign(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "unreadable-pdf"
    first = _begins(content)
    if first == "<":
        return "unreadable-web-page"
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
