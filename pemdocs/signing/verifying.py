"""Turn a file into what it is: which paper and version, whether its bytes are those made, what its signatures say."""

from __future__ import annotations

import base64
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from pemdocs.checking.examination import examine
from pemdocs.checking.signed import by_hand, latest
from pemdocs.data.dataset import Dataset
from pemdocs.model import PemdocsError
from pemdocs.page import kept
from pemdocs.project import signed
from pemdocs.project.manifest import Manifest, digest
from pemdocs.project.settings import FILE, Project, open_project
from pemdocs.project.signed import Frozen
from pemdocs.scans import codes
from pemdocs.scans.preparing import read
from pemdocs.signing import coded
from pemdocs.signing.checking import Signature, signatures_of
from pemdocs.writing.account import NAME, PART

VERSION, DOCUMENT, SCAN, FOREIGN = "version", "document", "scan", "foreign"
"""What a file is: a version to be signed, another document of the project, a scan of a version, or none of these."""

MADE, ADDED, CHANGED, UNKNOWN = "made", "added", "changed", "unknown"
"""Its bytes: as they were made; those, with something added behind, such as signatures; others; nobody can tell."""

CURRENT, STALE = "current", "stale"
"""What it says: the same as the workbook, or not; ``UNKNOWN`` where there is no workbook to hold it against."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is worth. ``stale`` are the fields of which it says something else than the workbook.

    ``outdated``: a later version, or an amendment, has been made. ``pages`` of a scan are those that its codes name.
    """

    file: Path
    sort: str
    kind: str = ""
    case: str = ""
    version: int = 0
    content: str = UNKNOWN
    data: str = UNKNOWN
    stale: tuple[kept.Changed, ...] = ()
    outdated: bool = False
    signatures: tuple[Signature, ...] = ()
    pages: tuple[int, ...] = ()
    of: int = 0
    lies_at: str = ""

    @property
    def clean(self) -> bool:
        """Whether it is a paper of the project, unchanged and current, and every signature on it is good."""
        whole = self.sort == SCAN or self.content in (MADE, ADDED)
        good = all(each.good for each in self.signatures) and (self.content != ADDED or bool(self.signatures))
        return self.sort != FOREIGN and whole and self.data != STALE and not self.outdated and good


@dataclass(frozen=True, slots=True)
class _Known:
    """What a project knows of its papers: nothing where there is no project."""

    project: Project | None
    versions: tuple[Frozen, ...]
    dataset: Dataset | None


def verify(
    files: Iterable[Path | str], *, target: Path | str | None = None, trusted: Iterable[Path | str] = ()
) -> tuple[Verdict, ...]:
    """What each of these files is: PDF, Word, or a scan with a code.

    ``target`` is the project that they belong to, by default the one in whose folder they lie. ``trusted`` are files of
    certificates that signatures must lead back to (and lists of revoked ones); without them it is told whether a
    signature fits its bytes, not whose it is. Nothing is fetched. Raises ``PemdocsError`` for a file that cannot be
    read, ``sign-trust-unreadable``, and where the project cannot be read.
    """
    paths, roots = [Path(each) for each in files], tuple(map(Path, trusted))
    known = _known(_project(target, paths))
    return tuple(_verdict(path, known, roots) for path in paths)


def _project(target: Path | str | None, paths: Sequence[Path]) -> Path | None:
    if target is not None:
        return Path(target)
    around = (folder for path in paths[:1] for folder in path.resolve().parents)
    return next((folder for folder in around if (folder / FILE).is_file()), None)


def _known(folder: Path | None) -> _Known:
    if folder is None:
        return _Known(None, (), None)
    project = open_project(folder)
    return _Known(project, signed.versions(project.folder), examine(project).dataset)


def _verdict(path: Path, known: _Known, roots: tuple[Path, ...]) -> Verdict:
    if not path.is_file():
        raise PemdocsError("not-found", file=path.name)
    content = path.read_bytes()
    told = _told(content)
    if told is not None:
        return _of_version(path, content, told, known, roots)
    return _of_document(path, content, known) or _of_scan(path, known)


def _told(content: bytes) -> dict[str, Any] | None:
    """What a file says of itself; ``None`` where it says nothing."""
    try:
        inner = _in_pdf(content) if content[:1024].find(b"%PDF-") >= 0 else _in_word(content)
        found = json.loads(inner) if inner else None
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, pikepdf.PdfError):
        return None
    return found if isinstance(found, dict) and found.get("program") == "pemdocs" else None


def _in_pdf(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as pdf:
        return pdf.attachments[NAME].get_file().read_bytes() if NAME in pdf.attachments else b""


def _in_word(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith(PART.lstrip("/").rsplit("item", 1)[0]) and name.endswith(".xml"):
                inner = re.search(rb"<account[^>]*>([A-Za-z0-9+/=]*)</account>", parts.read(name))
                if inner:
                    return base64.b64decode(inner[1])
    return b""


def _of_version(path: Path, content: bytes, told: dict[str, Any], known: _Known, roots: tuple[Path, ...]) -> Verdict:
    check, case, number = str(told.get("check")), str(told.get("case")), int(told.get("version") or 0)
    frozen = next((each for each in known.versions if each.check == check and each.case == case), None)
    signatures = signatures_of(content, roots) if content[:1024].find(b"%PDF-") >= 0 else ()
    about: dict[str, Any] = {
        "file": path,
        "kind": str(told.get("kind")),
        "case": case,
        "version": number,
        "signatures": signatures,
    }
    if frozen is None:
        return Verdict(sort=VERSION if known.project is None else FOREIGN, **about)
    return Verdict(sort=VERSION, content=_bytes(content, frozen), **about, **_standing(frozen, known))


def _bytes(content: bytes, frozen: Frozen) -> str:
    """Whether these are the bytes that were made, alone or with something added behind them."""
    if digest(content) in (frozen.sha256, frozen.word_sha256):
        return MADE
    return ADDED if digest(content[: frozen.size]) == frozen.sha256 else CHANGED


def _standing(frozen: Frozen, known: _Known) -> dict[str, Any]:
    """What has changed since a version was made, and whether another has come after it."""
    last = {(each.kind, each.version) for each in latest(known.versions)}
    later = not any(number == frozen.version and kind == frozen.kind for kind, number in last)
    outdated = later and any(
        each.case == frozen.case and each.languages == frozen.languages and each.version > frozen.version
        for each in latest(known.versions)
    )
    if known.dataset is None or known.project is None:
        return {"outdated": outdated}
    hand = by_hand(frozen, known.project.programme.templates)
    stale = tuple(kept.changes(frozen, known.dataset, hand))
    return {"outdated": outdated, "stale": stale, "data": STALE if stale else CURRENT}


def _of_document(path: Path, content: bytes, known: _Known) -> Verdict | None:
    """A document that a build has made, by its bytes."""
    if known.project is None or not known.project.out.is_dir():
        return None
    mark = digest(content)
    entries = Manifest.read(known.project.out).entries.values()
    found = next((each for each in entries if each.sha256 == mark), None)
    if found is None:
        return None
    return Verdict(path, DOCUMENT, found.kind, found.case, content=MADE, lies_at=found.path)


def _of_scan(path: Path, known: _Known) -> Verdict:
    try:
        pages = [coded.read(each) for each in codes.read(codes.as_pdf(read(path)))]
    except PemdocsError as fault:
        if fault.code == "sign-extra-missing":
            raise
        return Verdict(path, FOREIGN)
    said = [each for each in pages if each is not None]
    if not said:
        return Verdict(path, FOREIGN)
    first = said[0]
    frozen = coded.version(first, known.versions)
    numbers = tuple(sorted({each.page for each in said if each[:3] == first[:3]}))
    about: dict[str, Any] = {
        "file": path,
        "case": first.case,
        "version": first.version,
        "pages": numbers,
        "of": first.pages,
    }
    if frozen is None:
        return Verdict(sort=SCAN if known.project is None else FOREIGN, **about)
    return Verdict(sort=SCAN, kind=frozen.kind, **about, **_standing(frozen, known))
