"""Keep account of the documents in an output folder. Only this module reads and writes ``manifest.json``.

The account is true at every instant. A document is written beside its place; what it will be (its ``Entry``: path,
digest, consents, what it was made from) is added to the journal, on the disk; then it is moved into its place. A run
that ends folds the journal into ``manifest.json`` and its backup, and removes it. A run that is killed leaves it: who
reads the account next takes, of several entries for a path, the one whose digest the file has. So a file whose digest
no entry knows is one that a person has changed, or of an account that was lost: ``building`` makes the document, and
adopts the file where it is the same.

An ``Entry`` grows by a field with a default: what is not there is read as the default, and a default is not written. A
change that older programs would misread raises ``SCHEMA_VERSION``, which they refuse.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.project import journal, lock, placing

FILE = "manifest.json"
BACKUP = "manifest.backup.json"
OWN = (FILE, BACKUP, journal.FILE, lock.FILE)
"""The files of an output folder that are no documents."""

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: where it lies, what it is, and the fingerprint of all that it was made from.

    ``pages`` is ``None`` for Word, whose pages depend on the program that opens it. ``locked``: it has a password.
    ``consents`` are the ids of the consents on which what it prints relies. ``maker`` is the foreign program that made
    it of a Word file, where one did; such a file is not ``accessible`` (no PDF/UA). ``signature`` is how far a document
    that is signed has come: as far as the signatory who is the farthest behind. ``version``: a publication’s code.
    """

    path: str
    kind: str
    case: str
    languages: tuple[str, ...]
    format: str
    sha256: str
    pages: int | None
    fingerprint: str
    locked: bool = False
    consents: tuple[str, ...] = ()
    maker: str = ""
    accessible: bool = True
    signature: str = ""
    version: str = ""


USUAL: dict[str, Any] = {each.name: each.default for each in fields(Entry) if each.default is not MISSING}
"""What of an entry is not written where it is so."""

NEEDED = {each.name for each in fields(Entry)} - USUAL.keys()


class Manifest:
    """The documents of one output folder by their paths, and what was intended and may not have come to pass."""

    def __init__(self, entries: dict[str, Entry], intended: Iterable[Entry] = ()) -> None:
        self.entries = entries
        self._intended = list(intended)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The account of a folder, or its backup where it is spoiled; what both do not know can be made again.

        Raises ``PemdocsError`` ``manifest-newer`` for one that a newer program has written.
        """
        entries, whole = _documents(folder / FILE)
        if not whole:
            spare, whole = _documents(folder / BACKUP)
            entries = spare if whole else spare | entries
        manifest = cls(entries, filter(None, map(_entry, journal.lines(folder))))
        manifest._settle(folder)
        manifest.entries = {path: each for path, each in manifest.entries.items() if (folder / path).is_file()}
        return manifest

    def store(self, folder: Path, entry: Entry, content: bytes) -> None:
        """Write a document and enter it. Raises ``OSError``; the account is true then too."""
        target = folder / entry.path
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise NotADirectoryError(errno.ENOTDIR, "a link leads out of the folder")
        placing.put(target, content, lambda: self._intend(folder, entry))
        self.entries[entry.path] = entry
        self._intended.remove(entry)
        lock.touch(folder)

    def adopt(self, folder: Path, entry: Entry) -> None:
        """Enter a document that is there already. Raises ``OSError``."""
        if self.entries.get(entry.path) != entry:
            journal.note(folder, _plain(entry))
            self.entries[entry.path] = entry

    def write(self, folder: Path) -> None:
        """Write the account, documents in the order of their paths, and end the journal. Raises ``OSError``."""
        self._settle(folder)
        documents = [_plain(self.entries[path]) for path in sorted(self.entries)]
        text = json.dumps({"schema_version": SCHEMA_VERSION, "documents": documents}, indent=2, ensure_ascii=False)
        for name in (BACKUP, FILE):
            if _content(folder / name) != f"{text}\n".encode():
                placing.put(folder / name, f"{text}\n".encode())
        journal.end(folder)

    def _intend(self, folder: Path, entry: Entry) -> None:
        self._intended.append(entry)
        journal.note(folder, _plain(entry))

    def _settle(self, folder: Path) -> None:
        """Enter what was intended and has come to pass: the file is there as it was to be."""
        digests = {each.path: digest(_content(folder / each.path)) for each in self._intended}
        for entry in self._intended:
            if entry.sha256 == digests[entry.path]:
                self.entries[entry.path] = entry
        self._intended = []


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _content(file: Path) -> bytes:
    """What is in a file; nothing where it is not there, is none, or cannot be read."""
    try:
        return file.read_bytes() if file.is_file() else b""
    except OSError:
        return b""


def _documents(file: Path) -> tuple[dict[str, Entry], bool]:
    """The entries of an account, and whether it is whole: neither absent nor spoiled."""
    try:
        found = json.loads(_content(file))
    except (ValueError, RecursionError):
        return {}, False
    told = found if isinstance(found, dict) else {}
    version, documents = told.get("schema_version"), told.get("documents")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise PemdocsError("manifest-newer", file=file.name)
    entries = [_entry(each) for each in documents] if isinstance(documents, list) else [None]
    return {entry.path: entry for entry in entries if entry}, None not in entries


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON has it, without what is as usual."""
    usual = USUAL | {"pages": None}
    told = ((name, getattr(entry, name)) for name in Entry.__slots__)
    return {name: value for name, value in told if name not in usual or value != usual[name]}


def _entry(plain: object) -> Entry | None:
    """An entry from what JSON has, without what is not known here; ``None`` where it is none or leads elsewhere."""
    if not isinstance(plain, dict):
        return None
    told: dict[str, Any] = {"pages": None} | {
        key: tuple(each) if isinstance(each, list) else each for key, each in plain.items()
    }
    known = {name: told[name] for name in Entry.__slots__ if name in told}
    texts = [known.get(name) for name in ("path", "kind", "case", "format", "sha256", "fingerprint")]
    if NEEDED - known.keys() or not all(isinstance(each, str) for each in texts):
        return None
    lists = all(isinstance(known.get(name, ()), tuple) for name in ("languages", "consents"))
    return Entry(**known) if lists and _inside(known["path"]) else None


def _inside(path: str) -> bool:
    """Whether a path stays in the folder that it starts from, on every system."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not {"..", "/"} & set(parts) and not {"\\", ":"} & set(path)
