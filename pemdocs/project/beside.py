"""Turn the name of a file beside the workbook into its content. Only this module opens what a sheet names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path, PurePosixPath

from pemdocs.model import Read, heard

PLACES = ("", "photographs", "photos", "notes")
"""The folders in which a file may lie, from the project's own on."""

LARGEST = 60_000_000
"""Bytes of the largest file that is opened."""

CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ufffe\\uffff]")


_NAMES: ContextVar[set[str] | None] = ContextVar("names", default=None)
"""Who gathers the names of files."""


@contextmanager
def gathering() -> Iterator[set[str]]:
    """The names of all files that are looked for meanwhile."""
    names: set[str] = set()
    token = _NAMES.set(names)
    try:
        yield names
    finally:
        _NAMES.reset(token)


def find(folder: Path | None, name: str) -> Path | None:
    """The file of this name in the project's folder or in one of its ``PLACES``; never one outside of it."""
    if folder is None or not name.strip():
        return None
    names = _NAMES.get()
    if names is not None:
        names.add(name)
    inside = PurePosixPath(name.strip().replace("\\", "/"))
    for place in PLACES:
        for form in ("NFC", "NFD"):
            path = folder / place / unicodedata.normalize(form, str(inside))
            if _is_inside(path, folder):
                return path
    return None


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        real = path.resolve()
        return real.is_relative_to(folder.resolve()) and real.is_file() and real.stat().st_size <= LARGEST
    except (OSError, ValueError):
        return False


def content(folder: Path | None, name: str) -> bytes | None:
    """The bytes of a file; ``None`` where it is not there or cannot be read."""
    path = find(folder, name)
    try:
        found = None if path is None else path.read_bytes()
    except OSError:
        found = None
    return heard(Read.FILE, None, name, found)


def texts(folder: Path | None, name: str, languages: Iterable[str]) -> dict[str, str]:
    """The words of a text file by language: ``note.fr.md`` beside ``note.md``, which alone is in the first language."""
    return dict(_texts(folder, name, tuple(languages)))


def _texts(folder: Path | None, name: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    stem, dot, ending = name.strip().rpartition(".")
    marked = stem.rpartition(".")[2]
    own = marked if marked in languages else languages[0]
    stem = stem.removesuffix(f".{marked}") if marked in languages else stem
    for language in languages:
        found = content(folder, f"{stem}.{language}{dot}{ending}") if dot else None
        if found is None and language == own:
            found = content(folder, name)
        if found is not None:
            words = _decoded(found)
            if words.strip():
                yield language, words


def _decoded(content: bytes) -> str:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
    return CONTROL.sub("", unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")))
