"""Turn a stay into the dossier that is to be bound: of each piece its scans, else the paper that the program made."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from pemdocs.checking.attachments import Attachment
from pemdocs.data.dataset import Linked
from pemdocs.facts import signatures
from pemdocs.facts.dossier import TO_SIGN
from pemdocs.project import beside, kinds
from pemdocs.project.settings import Languages
from pemdocs.scans import HEAVIEST


@dataclass(frozen=True, slots=True)
class Wanted:
    """How packs are wanted: the largest file in bytes, the password of the files."""

    max_bytes: int | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a piece: a paper that the program has made, or a scan."""

    path: Path
    sha256: str
    size: int
    scanned: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the consulate's list, with its number there, of which there is something to bind."""

    number: int
    code: str
    sources: tuple[Source, ...]
    draft: bool = False
    """Whether it is a charter that the companies have not signed yet."""
    to_sign: bool = False
    """Whether it is a paper of the program that waits for its signatures."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a pack is made of. ``place`` is the folder of its kinds, ``stem`` the beginning of the file's name.

    ``papers`` are the paths of the papers that it asks of the program, be they bound or not.
    """

    case: Linked
    place: str
    languages: Languages
    stem: str
    parts: tuple[Part, ...]
    wanted: Wanted
    papers: tuple[str, ...] = ()


def gather(
    case: Linked,
    place: str,
    languages: Languages,
    stem: str,
    out: Path,
    found: Iterable[Attachment],
    wanted: Wanted,
    sound: Collection[str],
) -> Dossier:
    """The dossier of a stay, from the scans that were found and the papers in the output folder that are ``sound``."""
    scans: dict[str, list[Path]] = defaultdict(list)
    for each in found:
        if each.stay == case.record.id:
            scans[each.piece].append(each.path)
    parts, papers = [], []
    for number, due in enumerate(case.checklist, start=1):
        paper = "" if due.code in scans else _paper(case, due.kind, languages)
        papers += [paper] if paper else []
        signed = _signed(case, due.kind) if paper else []
        paths = scans.get(due.code) or signed or ([out / paper] if paper in sound else [])
        sources = tuple(_source(path, scanned=due.code in scans or bool(signed)) for path in paths)
        draft = due.kind == signatures.CHARTER and not signed and due.code not in scans and _unsigned(case)
        to_sign = due.state == TO_SIGN and not any(each.scanned for each in sources)
        parts += [Part(number, due.code, sources, draft, to_sign)] if sources else []
    listed = {due.code for due in case.checklist}
    # What cannot be opened is on no list, and is told all the same.
    for number, code in enumerate(sorted(scans.keys() - listed), start=len(case.checklist) + 1):
        parts.append(Part(number, code, tuple(_source(path, scanned=True) for path in scans[code])))
    return Dossier(case, place, languages, stem, tuple(parts), wanted, tuple(papers))


def _paper(case: Linked, name: str, languages: Languages) -> str:
    """The path of a paper that the program makes; empty where it makes none."""
    templates = case.dataset.programme.templates
    if name not in kinds.available(templates):
        return ""
    kind = kinds.load(name, templates)
    about = case if kind.table == case.record.table else case.partnership
    return kind.path(about.record.id, kind.versions(languages), "pdf") if about is not None else ""


def _signed(case: Linked, name: str) -> list[Path]:
    """The signed file, or the scan, of what a kind says of the case or of its pair; none before it is signed."""
    about = case.partnership if name == signatures.CHARTER else case
    if about is None or (name == signatures.CHARTER and _unsigned(case)):
        return []
    told = [each for each in signatures.of(about, name) if each.state == signatures.SIGNED and each.file]
    found = [beside.find(case.dataset.folder, each.file) for each in told]
    return [*dict.fromkeys(filter(None, found))][-1:]


def _unsigned(case: Linked) -> bool:
    """Whether the charter of the pair is not signed by both companies."""
    return case.partnership is not None and case.partnership.charter_signed is None


def _source(path: Path, *, scanned: bool) -> Source:
    """A file as it is now; without a digest where it cannot be read, or is too large to be read at all."""
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode) or state.st_size > HEAVIEST:
            return Source(path, "", state.st_size, scanned)
        with path.open("rb") as file:
            return Source(path, hashlib.file_digest(file, "sha256").hexdigest(), state.st_size, scanned)
    except OSError:  # another program holds it, or it may not be read: the pack names it all the same
        return Source(path, "", 0, scanned)
