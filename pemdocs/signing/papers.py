"""Find the version that is meant, and the file of it that bears the latest signatures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pemdocs.checking.signed import AMENDED
from pemdocs.data.cleaning import identifier
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, signed
from pemdocs.project.programme import Programme
from pemdocs.project.signed import Frozen

SIGNED, SCANNED = "signed", "scan"
"""What a copy with signatures, and one that was scanned, have in their names before the ending."""

CASES = ("partnership", "stay")
"""The fields of the register that name a case, by the table of the kind."""


def meant(versions: Sequence[Frozen], case: str, kind: str, language: str, programme: Programme) -> Frozen:
    """The latest version about a case, of a kind and in languages where these are named.

    Where no kind is named, it is of the one that the programme names first: a charter before a consent sheet.

    Raises ``PemdocsError`` ``sign-none`` where there is none.
    """
    wanted = kinds.meant((kind,), programme.kinds, programme.templates)[0] if kind else ""
    asked = tuple(language.split("+")) if language else ()
    found = [
        each
        for each in versions
        if each.case == identifier(case) and wanted in ("", each.kind) and asked in ((), each.languages)
    ]
    if not found:
        raise PemdocsError("sign-none", case=identifier(case))
    return min(found, key=lambda each: (_rank(each.kind, programme), -each.version))


def _rank(kind: str, programme: Programme) -> int:
    """Where a kind stands in its programme, an amendment with what it amends."""
    known, document = list(programme.kinds), AMENDED.get(kind, kind)
    return known.index(document) if document in known else len(known)


def copy(frozen: Frozen, sort: str) -> str:
    """The path of the copy of a version that bears signatures, or of its scan."""
    return f"{frozen.name}.{sort}.pdf"


def latest(folder: Path, frozen: Frozen) -> bytes:
    """The file of a version with the signatures that it has so far. Raises ``PemdocsError`` ``sign-file-gone``."""
    for path in (copy(frozen, SIGNED), frozen.path):
        if (folder / path).is_file():
            return (folder / path).read_bytes()
    raise PemdocsError("sign-file-gone", file=Path(frozen.path).name)


def row(frozen: Frozen, table: str, who: str, **told: Any) -> dict[str, Any]:
    """A row of the register about the signature of somebody."""
    about = {"partnerships": "partnership", "stays": "stay"}[table]
    return {about: frozen.case, "document": frozen.kind, "version": frozen.version, "signatory": who, **told}


def table_of(frozen: Frozen, programme: Programme) -> str:
    """The table that the kind of a version is about."""
    return kinds.load(frozen.kind, programme.templates).table


def store(folder: Path, path: str, content: bytes) -> None:
    """Write a copy with signatures, or a scan, in the place of the one before."""
    signed.put(folder, path, content)
