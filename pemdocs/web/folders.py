"""Turn folders of this computer into what can be opened, and what comes from a browser into a project folder."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pemdocs.model import PemdocsError
from pemdocs.project import placing
from pemdocs.project.settings import FILE, SUFFIXES, open_project

RECENT = ".pemdocs-recent.json"
"""The folders that were opened, in the home folder of whoever did."""

MOST_RECENT = 8
MOST = 400
"""So many entries of a folder are shown."""

BESIDE = (*SUFFIXES, ".json")


class Entry(NamedTuple):
    """A folder or a workbook that can be opened. ``project``: it has settings."""

    name: str
    path: str
    project: bool
    workbook: bool


class Folder(NamedTuple):
    """A folder that is looked into."""

    path: str
    parent: str
    entries: tuple[Entry, ...]


def home() -> Path:
    """Where people keep their files."""
    found = Path.home()
    documents = found / "Documents"
    return documents if documents.is_dir() else found


def meant(written: str) -> Path:
    """The folder or file that somebody has written. Raises ``PemdocsError`` ``not-found`` for what can be none."""
    plain = written.strip().strip('"')  # Windows copies a path with them
    try:
        if "\0" in plain:
            raise ValueError
        return Path(plain).expanduser()
    except (ValueError, RuntimeError) as error:  # there is nobody of this name
        raise PemdocsError("not-found", file=plain.replace("\0", "")[-80:]) from error


def look(written: str) -> Folder:
    """What lies in a folder: folders, then workbooks. Raises ``PemdocsError`` ``not-found``."""
    folder = meant(written) if written else home()
    try:
        folder = folder.resolve()
        there = sorted(folder.iterdir(), key=lambda each: each.name.casefold())
    except OSError as error:
        raise PemdocsError("not-found", file=folder.name[:80]) from error
    folders = [Entry(each.name, str(each), (each / FILE).is_file(), False) for each in there if _open(each)]
    books = [Entry(each.name, str(each), False, True) for each in there if _book(each)]
    return Folder(str(folder), str(folder.parent) if folder.parent != folder else "", (*folders, *books)[:MOST])


def _open(path: Path) -> bool:
    with suppress(OSError):
        return path.is_dir() and path.name[0] not in ".~"
    return False


def _book(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.name[0] not in ".~" and path.is_file()


def recent() -> tuple[Entry, ...]:
    """The projects that were opened of late and are still there."""
    found = [Path(each) for each in _remembered()]
    return tuple(Entry(each.name, str(each), True, each.is_file()) for each in found if each.exists())


def _remembered() -> list[str]:
    with suppress(OSError, ValueError):
        told = json.loads((Path.home() / RECENT).read_text("utf-8"))
        return [each for each in told if isinstance(each, str)][:MOST_RECENT] if isinstance(told, list) else []
    return []


def remember(target: Path) -> None:
    """Remember a project that is opened; where that cannot be written, it is not remembered."""
    kept = [str(target), *(each for each in _remembered() if each != str(target))][:MOST_RECENT]
    with suppress(OSError):
        placing.put(Path.home() / RECENT, json.dumps(kept).encode(), mode=0o600)


def named(written: str) -> str:
    """A name that a folder may have, of what somebody has written."""
    plain = unicodedata.normalize("NFC", written).strip()
    return re.sub(r"[^\w .()-]+", "-", plain).strip(" .-")[:80]


def place(parent: str, name: str) -> Path:
    """The folder of a new project. Raises ``PemdocsError`` ``not-found`` where its place is not, ``web-name``."""
    folder = meant(parent) if parent else home()
    if not folder.is_dir():
        raise PemdocsError("not-found", file=folder.name[:80])
    if not named(name):
        raise PemdocsError("web-name")
    return folder.resolve() / named(name)


def receive(folder: Path, name: str, content: bytes, programme: str, lang: str) -> Path:
    """Put a workbook into a new project folder, with its settings. Raises ``PemdocsError``, and keeps nothing then.

    ``web-ending`` where it is no spreadsheet by its name, ``not-empty`` where something lies there.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in BESIDE:
        raise PemdocsError("web-ending", known=", ".join(BESIDE))
    if folder.exists() and any(folder.iterdir()):
        raise PemdocsError("not-empty", folder=folder.name)
    book = f"{named(Path(name).stem) or 'workbook'}{suffix}"
    told = {"programme": programme, "workbook": book, "lang": lang}
    settings = "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items() if value)
    try:
        placing.put(folder / book, content)
        placing.put(folder / FILE, settings.encode())
        open_project(folder)
    except (OSError, PemdocsError) as error:
        _undone(folder, book)
        raise error if isinstance(error, PemdocsError) else placing.unwritten(error, book) from error
    return folder


def _undone(folder: Path, book: str) -> None:
    with suppress(OSError):
        (folder / book).unlink(missing_ok=True)
        (folder / FILE).unlink(missing_ok=True)
        os.rmdir(folder)
