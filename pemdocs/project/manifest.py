"""Keep account of the documents in an output folder. Only this module reads and writes ``manifest.json``."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "manifest.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: where it lies, what it is, and the fingerprint of all that it was made from.

    ``pages`` is ``None`` for Word, whose pages depend on the program that opens it. ``locked``: it has a password.
    ``consents`` are the ids of the consents on which what it prints relies.
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


@dataclass(frozen=True, slots=True)
class Manifest:
    """The documents of one output folder by their paths."""

    entries: dict[str, Entry]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder; one that is absent or spoiled counts as empty, for it can be made again."""
        try:
            found = json.loads((folder / FILE).read_text("utf-8"))["documents"]
            entries = [_entry(each) for each in found]
            return cls({entry.path: entry for entry in entries if (folder / entry.path).is_file()})
        except (OSError, ValueError, KeyError, TypeError):
            return cls({})

    def write(self, folder: Path) -> None:
        """Write the manifest, documents in the order of their paths."""
        documents = [_plain(self.entries[path]) for path in sorted(self.entries)]
        text = json.dumps({"schema_version": SCHEMA_VERSION, "documents": documents}, indent=2, ensure_ascii=False)
        self.store(folder, FILE, f"{text}\n".encode())

    def store(self, folder: Path, path: str, content: bytes) -> None:
        """Write a file under a temporary name and move it into its place, so that none is ever half written."""
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = target.with_name(f".{target.name}.part")
        passing.write_bytes(content)
        os.replace(passing, target)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _plain(entry: Entry) -> dict[str, Any]:
    plain = asdict(entry)
    usual = {"pages": None, "locked": False, "consents": ()}
    return {key: value for key, value in plain.items() if key not in usual or value != usual[key]}


def _entry(plain: dict[str, Any]) -> Entry:
    known = {"pages": None, "consents": (), **plain}
    return Entry(**{**known, "languages": tuple(plain["languages"]), "consents": tuple(known["consents"])})
