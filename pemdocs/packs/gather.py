"""Turn a stay into the dossier that is to be bound: of each piece its scans, else the paper that the program made.

Only this module knows what is bound for the consulate, and what for the team.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from pemdocs.checking.attachments import Attachment
from pemdocs.data.dataset import Linked
from pemdocs.facts import signatures
from pemdocs.facts.dossier import TO_SIGN, Due, papers_of_team
from pemdocs.project import beside, kinds
from pemdocs.project.settings import Languages
from pemdocs.scans import HEAVIEST

PACK, FILE = "pack", "file"
"""The files of a dossier: what the consulate gets, what the team keeps."""
STEMS = (PACK, FILE)


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
    """A piece of the consulate's list, with its number there, of which there is something to bind.

    What is bound for the team has no number, and as code its kind where the list has none for it.
    """

    number: int
    code: str
    sources: tuple[Source, ...]
    draft: bool = False
    """Whether it is a charter that the companies have not signed yet."""
    to_sign: bool = False
    """Whether it is a paper of the program that waits for its signatures."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is bound of a stay, for the consulate and for the team. ``place`` is the folder of its kinds.

    ``tail`` ends the names of its two files. ``team`` is what only the team sees. ``papers`` are the paths of the
    papers that the consulate's list asks of the program, ``inner`` those for the team, be they bound or not.
    """

    case: Linked
    place: str
    languages: Languages
    tail: str
    parts: tuple[Part, ...]
    team: tuple[Part, ...]
    wanted: Wanted
    papers: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()

    def asked(self, stem: str) -> tuple[str, ...]:
        """The papers on which one of its files hangs: the register of the team tells of all that the consulate gets."""
        return self.papers if stem == PACK else (*self.papers, *self.inner)


def gather(
    case: Linked,
    place: str,
    languages: Languages,
    tail: str,
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
    parts: list[Part] = []
    papers: list[str] = []
    for number, due in enumerate(case.checklist, start=1):
        paper = "" if due.code in scans else _paper(case, due.kind, languages)
        papers += [paper] if paper else []
        signed = _signed(case, due.kind) if paper else []
        paths = scans.get(due.code) or signed or ([out / paper] if paper in sound else [])
        sources = _sources(paths, scanned=due.code in scans or bool(signed))
        draft = due.kind == signatures.CHARTER and not signed and due.code not in scans and _unsigned(case)
        to_sign = due.state == TO_SIGN and not any(each.scanned for each in sources)
        parts += [Part(number, due.code, sources, draft, to_sign)] if sources else []
    team, inner = _for_team(case, place, languages, out, scans, sound)
    listed = {due.code for due in (*case.checklist, *papers_of_team(case))}
    # What cannot be opened is on no list, and is told all the same.
    for number, code in enumerate(sorted(scans.keys() - listed), start=len(case.checklist) + 1):
        parts.append(Part(number, code, _sources(scans[code], scanned=True)))
    return Dossier(case, place, languages, tail, tuple(parts), team, wanted, tuple(papers), inner)


def _for_team(
    case: Linked,
    place: str,
    languages: Languages,
    out: Path,
    scans: Mapping[str, Sequence[Path]],
    sound: Collection[str],
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """What is bound for the team, and the papers that the program makes for it: its checks, then the destination's."""
    templates = case.dataset.programme.templates
    checks = [Due(kind, "", "", None, "", (), kind) for kind in kinds.for_team(place, templates)]
    parts, papers = [], []
    for due in (*checks, *papers_of_team(case)):
        paper = "" if due.code in scans else _paper(case, due.kind, languages)
        papers += [paper] if paper else []
        paths = scans.get(due.code) or ([out / paper] if paper in sound else [])
        parts += [Part(0, due.code, _sources(paths, scanned=due.code in scans))] if paths else []
    return tuple(parts), tuple(papers)


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


def _sources(paths: Iterable[Path], *, scanned: bool) -> tuple[Source, ...]:
    return tuple(_source(path, scanned=scanned) for path in paths)


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
