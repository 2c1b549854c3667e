"""Keep what is to be signed beside the workbook: versions that are never made again, and how far each signature is.

Only this module reads and writes the folder ``signed``. A version is written once: its files, then the account of what
it says. The register holds rows of the table ``signatures``, as a workbook would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.project import placing
from pemdocs.project.manifest import digest

FOLDER = "signed"
REGISTER = "register.json"
PLACE = f"{FOLDER}/{REGISTER}"
TABLE = "signatures"
SCHEMA_VERSION = 1

Row = Mapping[str, Any]
"""A row of the register by the names of the fields."""


@dataclass(frozen=True, slots=True, repr=False)
class Frozen:
    """A version that is to be signed, and never made again.

    ``path`` is that of its PDF, from the project on; ``sha256`` and ``size`` are of it as it was made, before anybody
    signed; ``check`` are the signs by which its pages name it, ``digest`` the mark of what it says. ``values`` are
    that: table, record, field, and the value, or in its place a mark of what must not be told (made with ``salt``).
    """

    kind: str
    case: str
    version: int
    languages: tuple[str, ...]
    path: str
    sha256: str
    size: int
    pages: int
    on: str
    check: str
    digest: str
    signatories: tuple[str, ...]
    values: tuple[tuple[str, str, str, Any], ...]
    salt: str
    word: str = ""
    word_sha256: str = ""

    def __repr__(self) -> str:
        return f"<Frozen {self.kind} {self.case} version {self.version}>"

    @property
    def name(self) -> str:
        """The file names of this version, without their endings."""
        return self.path.removesuffix(".pdf")


def place(kind: str, case: str, name: str, version: int, languages: Iterable[str]) -> str:
    """Where the files of a version lie in the project, without their endings: the name carries case and version."""
    return f"{FOLDER}/{kind}/{case}/{name}.v{version}.{'-'.join(languages)}"


def versions(folder: Path | None) -> tuple[Frozen, ...]:
    """Every version of a project that is to be signed, in the order of kind, case and number.

    Raises ``PemdocsError`` ``signed-unreadable`` for an account that is spoiled: what it says cannot be made again.
    """
    there = [] if folder is None else sorted((folder / FOLDER).glob("*/*/*.json"))
    found = [_frozen(_read(path), path) for path in there]
    return tuple(sorted(found, key=lambda each: (each.kind, each.case, each.version, each.languages)))


def _frozen(told: Mapping[str, Any], path: Path) -> Frozen:
    known = {each.name: told[each.name] for each in fields(Frozen) if each.name in told}
    try:
        lists = {name: tuple(known[name]) for name in ("languages", "signatories")}
        values = tuple((str(a), str(b), str(c), d) for a, b, c, d in known["values"])
        return Frozen(**{**known, **lists, "values": values})
    except (KeyError, TypeError, ValueError) as error:
        raise PemdocsError("signed-unreadable", file=path.name) from error


def keep(folder: Path, frozen: Frozen, content: bytes, word: bytes = b"") -> None:
    """Write a version: its files first, so that an account never tells of what is not there.

    Raises ``PemdocsError``: ``signed-there`` where a file of this name is there, and those of ``placing.unwritten``.
    """
    told = json.dumps({"schema_version": SCHEMA_VERSION, **asdict(frozen)}, indent=1, ensure_ascii=False)
    files = [(frozen.path, content), (frozen.word, word), (f"{frozen.name}.json", told.encode())]
    for path, bytes_ in files:
        if path and (folder / path).exists():
            raise PemdocsError("signed-there", file=Path(path).name)
        if path:
            put(folder, path, bytes_)


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file of the folder ``signed`` whole. Raises the faults of ``placing.unwritten``."""
    try:
        placing.put(folder / path, content)
    except OSError as error:
        raise placing.unwritten(error, Path(path).name) from error


def rows(folder: Path | None) -> tuple[Row, ...]:
    """What the register says, in its order. Raises ``PemdocsError`` ``signed-unreadable`` where it is spoiled."""
    path = None if folder is None else folder / PLACE
    if path is None or not path.is_file():
        return ()
    found = _read(path).get(TABLE)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise PemdocsError("signed-unreadable", file=REGISTER)
    return tuple(found)


KEYS = ("partnership", "stay", "document", "version", "signatory")
"""What tells the rows of the register apart."""


def enter(folder: Path, entered: Iterable[Row]) -> None:
    """Enter rows into the register, each in the place of the one about the same signature.

    Raises the faults of ``placing.unwritten``.
    """
    there = {_key(row): dict(row) for row in rows(folder)}
    for row in entered:
        there[_key(row)] = there.get(_key(row), {}) | {name: value for name, value in row.items() if value is not None}
    leave(folder, there.values())


def leave(folder: Path, there: Iterable[Row]) -> None:
    """Let the register hold these rows and no others. Raises the faults of ``placing.unwritten``."""
    told = {"schema_version": SCHEMA_VERSION, TABLE: list(there)}
    put(folder, PLACE, (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in KEYS)


def mark(folder: Path) -> str:
    """The mark of the register as it is now; empty where there is none."""
    path = folder / PLACE
    return digest(path.read_bytes()) if path.is_file() else ""


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise PemdocsError("signed-unreadable", file=path.name) from error
    if not isinstance(found, dict) or found.get("schema_version") != SCHEMA_VERSION:
        raise PemdocsError("signed-unreadable", file=path.name)
    return found
