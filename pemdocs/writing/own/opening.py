"""Turn the bytes of a Word template into its parts, or refuse it with a reason. Only this module knows the dangers."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pemdocs.model import PemdocsError

Parts = Mapping[str, bytes]
"""The parts of a package by their names in the archive."""

LARGEST = 50_000_000
MOST_PARTS = 5_000
MOST_BYTES = 200_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"
TEMPLATE = b"wordprocessingml.template.main+xml"
DOCUMENT = b"wordprocessingml.document.main+xml"
STRICT = b"purl.oclc.org/ooxml"

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
MACROS = re.compile(rb"macroEnabled|vbaProject|activeX", re.IGNORECASE)
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|" + re.escape("<!DOCTYPE".encode("utf-16-le")))
OUTSIDE = re.compile(rb"<Relationship\s[^>]*>")
FETCHING = re.compile(
    rb"\b(?:INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|RD)\b(?=\s)(?=[^<]*(?:\"|\\|/))", re.IGNORECASE
)
HIDDEN_FETCHING = re.compile(
    rb"INCLUDEPICTURE\s|INCLUDETEXT\s|DDEAUTO\s|(?<!HYPER)LINK\s+[\w.]+\s*[\"\\]", re.IGNORECASE
)
"""The same where a code is cut into several passages."""

LOADING = re.compile(
    rb"(?:href|src)\s*=\s*[\"'](?!#|data:)|@import|url\(\s*[\"']?(?!#|data:)|<\?xml-stylesheet", re.IGNORECASE
)
"""What makes a picture of vectors load something."""

FIELDS = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
KEPT_OUTSIDE = (b"/hyperlink", b"/attachedTemplate", b"/mailMergeSource", b"/mailMergeHeaderSource")
"""What may lead outside: links that nobody follows unasked, and what is taken out before the template is used."""


def read(path: Path) -> bytes:
    """The bytes of a template. Raises ``PemdocsError``: ``own-not-found``, ``own-locked``, ``own-swollen``."""
    try:
        if path.stat().st_size > LARGEST:
            raise PemdocsError("own-swollen", file=path.name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PemdocsError("own-not-found", file=path.name) from error
    except OSError as error:
        raise PemdocsError("own-locked", file=path.name) from error


def parts(content: bytes, file: str) -> Parts:
    """Every part of a template, once all has been looked at.

    Raises ``PemdocsError``: ``own-macros``, ``own-linked``, and as ``unpacked`` does.
    """
    found = unpacked(content, file)
    _check(found, file)
    return {**found, TYPES: found[TYPES].replace(TEMPLATE, DOCUMENT)}


def unpacked(content: bytes, file: str) -> Parts:
    """Every part of a Word file that is only read: macros are not run, nothing is fetched.

    Raises ``PemdocsError``: ``own-empty``, ``own-old-word``, ``own-password``, ``own-not-word``, ``own-damaged``,
    ``own-swollen``, ``own-entities``, ``own-strict``.
    """
    if not content.startswith(ZIP):
        raise PemdocsError(_foreign(content), file=file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, file)
            found = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except BROKEN as error:
        raise PemdocsError("own-damaged", file=file) from error
    _check_form(found, file)
    return found


def _foreign(content: bytes) -> str:
    """What is wrong with a file that is no archive."""
    if not content:
        return "own-empty"
    if content.startswith(OLE):
        return "own-password" if ENCRYPTED in content else "own-old-word"
    return "own-old-word" if content.startswith(b"{\\rtf") else "own-not-word"


def _check_sizes(archive: zipfile.ZipFile, file: str) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise PemdocsError("own-password", file=file)
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise PemdocsError("own-swollen", file=file)


def _check_form(found: Parts, file: str) -> None:
    if MAIN not in found or TYPES not in found:
        odd = any(name.startswith("word/") for name in found)
        raise PemdocsError("own-damaged" if odd else "own-not-word", file=file)
    for name, content in found.items():
        if name.endswith((".xml", ".rels")) and DECLARED.search(content):
            raise PemdocsError("own-entities", file=file)
    if STRICT in found[MAIN]:
        raise PemdocsError("own-strict", file=file)


def _check(found: Parts, file: str) -> None:
    if MACROS.search(found[TYPES]) or any(MACROS.search(name.encode()) for name in found):
        raise PemdocsError("own-macros", file=file)
    if next(_linked(found), None):
        raise PemdocsError("own-linked", file=file)


def _linked(found: Parts) -> Iterator[str]:
    """The parts that would fetch something: links to pictures, objects and other formats, fields that include files."""
    for name, content in found.items():
        if name.endswith(".rels"):
            for relation in OUTSIDE.findall(content):
                outside = b'"External"' in relation and not any(kept in relation for kept in KEPT_OUTSIDE)
                if outside or b"/aFChunk" in relation:
                    yield name
        elif name.lower().endswith(".svg"):
            if LOADING.search(content):
                yield name
        elif name.startswith("word/") and name.endswith(".xml"):
            codes = [(code or other).replace(b"&quot;", b'"') for code, other in FIELDS.findall(content)]
            if FETCHING.search(b" ".join(codes)) or HIDDEN_FETCHING.search(b"".join(codes)):
                yield name
