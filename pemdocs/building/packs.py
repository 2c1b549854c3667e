"""Turn the packs that are asked for into files: which are current, which are bound anew, which are in the way.

Each dossier gives two: what the consulate gets, what the team keeps. They are bound in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pemdocs import packs
from pemdocs.building.files import standing, store, untouched
from pemdocs.building.jobs import Plan, why_not
from pemdocs.building.memory import Known, Memory
from pemdocs.building.outcome import CURRENT, EDITED, FAILED, MADE, NEVER, PAPER, PIECES, Outcome, Reason
from pemdocs.building.parts import parts
from pemdocs.building.reasons import of_changes
from pemdocs.building.wish import Wish, own_languages
from pemdocs.checking.examination import Report
from pemdocs.model import PemdocsError
from pemdocs.packs import Dossier, Packed, Part
from pemdocs.page import reads
from pemdocs.page.reads import Notes, listening
from pemdocs.project import kinds
from pemdocs.project.manifest import Entry, Manifest, digest
from pemdocs.writing.crew import Crew

File = tuple[Dossier, str]
"""A dossier and which of its files: the consulate's or the team's."""

FRONT, END = "front", "end"
"""The roles of the sheets that go with them."""

SOUND = (MADE, CURRENT)
"""The states of a paper that may be bound: what is edited, failed or of an earlier day is not."""


def dossiers(report: Report, wish: Wish, found: Plan, out: Path, states: Mapping[str, str]) -> Iterator[Dossier]:
    """What the wish asks to bind, of the papers in these states; a stay with errors is left out."""
    sound = frozenset(path for path, state in states.items() if state in SOUND)
    for place in wish.places:
        end = kinds.with_role(place, "end", wish.templates)
        for stay in filter(wish.wants, report.dataset.table(end.table)):
            reason = why_not(end, stay, report)
            if reason:
                found.skip(reason)
                continue
            own = own_languages(stay, wish.usual)
            for languages in wish.versions(end, stay):
                # The files of the dossier's own version are named plainly; those of another one say its languages.
                tail = "" if languages == own else f".{'-'.join(languages)}"
                yield packs.gather(stay, place, languages, tail, out, report.attachments, wish.packs, sound)


def pack_all(
    some: Sequence[Dossier],
    states: Mapping[str, str],
    manifest: Manifest,
    folder: Path,
    memory: Memory,
    crew: Crew,
    *,
    force: bool,
) -> list[Outcome]:
    """Bind what is due and write it."""
    outcomes, due = sift(_files(some), states, manifest, folder, memory, force=force)
    grouped = [list(each) for _, each in groupby(due, key=lambda each: id(each[0]))]
    made = packs.assemble([files[0][0] for files in grouped], crew)
    for files, (_, result) in zip(grouped, made, strict=True):
        for file in files:
            if isinstance(result, PemdocsError):
                outcomes.append(Outcome(packs.path_of(*file), FAILED, result))
            else:
                outcomes += _stored(file, result, fingerprint(file, memory), manifest, folder, force=force)
    return outcomes


def _files(some: Iterable[Dossier]) -> list[File]:
    return [(each, stem) for each in some for stem in packs.STEMS]


def foresee(
    some: Sequence[Dossier],
    states: Mapping[str, str],
    manifest: Manifest,
    folder: Path,
    memory: Memory,
    why: Mapping[str, tuple[Reason, ...]],
    *,
    force: bool,
) -> list[Outcome]:
    """What would become of the packs, some of whose papers are still to be made: ``why`` says of each paper why."""
    files = _files(some)
    told = {packs.path_of(*each): _reasons(each, manifest, memory, why) for each in files}
    new = [each for each in files if force or any(states.get(path) == MADE for path in each[0].asked(each[1]))]
    outcomes, due = sift([each for each in files if each not in new], states, manifest, folder, memory, force=False)
    unfit, due_too = sift(new, states, manifest, folder, memory, force=True)
    return [*outcomes, *unfit, *(_due(packs.path_of(*each), told) for each in (*due, *due_too))]


def _due(path: str, told: Mapping[str, tuple[Reason, ...]]) -> Outcome:
    return Outcome(path, MADE, reasons=told[path])


def _reasons(
    file: File, manifest: Manifest, memory: Memory, why: Mapping[str, tuple[Reason, ...]]
) -> tuple[Reason, ...]:
    """Why a file is not current: the papers in it that are due and what has changed for them, its scans, its frame."""
    if not _entries(file, manifest):
        return (Reason(NEVER),)
    papers = [path for path in file[0].asked(file[1]) if path in why]
    found = [reason for path in papers for reason in (Reason(PAPER, name=path), *why[path]) if reason.code != NEVER]
    waiting = {f"{PIECES}.{part.code}" for part in (*file[0].parts, *file[0].team) if _waits(part, papers)}
    changes = memory.changes(packs.path_of(*file), _parts(file))
    apart = [change for change in changes or () if change.part not in waiting]
    own = of_changes(apart, memory.answers) if apart or not found else ()
    return tuple(dict.fromkeys((*found, *own)))


def _waits(part: Part, papers: Iterable[str]) -> bool:
    """Whether a piece is a paper that is due: it is told as such."""
    return any(source.path.as_posix().endswith(f"/{paper}") for source in part.sources for paper in papers)


def sift(
    some: Sequence[File],
    states: Mapping[str, str],
    manifest: Manifest,
    folder: Path,
    memory: Memory,
    *,
    force: bool,
) -> tuple[list[Outcome], list[File]]:
    """What becomes of the files that are left as they are, and those that are to be bound."""
    outcomes: list[Outcome] = []
    due = []
    for file in some:
        dossier, stem = file
        unfit = [path for path in dossier.asked(stem) if states.get(path) in (EDITED, FAILED)]
        if unfit:
            fault = PemdocsError("pack-unfit", papers=", ".join(unfit))
            kept = [Outcome(packs.path_of(*file), FAILED, fault)]
        else:
            left = not force and dossier.wanted.password is None
            kept = _kept(file, manifest, folder, fingerprint(file, memory)) if left else []
        outcomes += kept
        due += [] if kept else [file]
    return outcomes, due


def fingerprint(file: File, memory: Memory) -> str:
    """What a file is made from, as one hash: the one that is remembered where nothing of it has changed."""
    path, made = packs.path_of(*file), _parts(file)
    if memory.changes(path, made) == ():
        return memory.documents[path].fingerprint
    notes = Notes(file[0].case.dataset)
    with listening(notes):
        found = packs.fingerprint(*file)
    memory.learn(path, Known(made, memory.states(notes), found))
    return found


def _parts(file: File) -> dict[str, str]:
    """The marks of what a file is made of beside the data: its pieces, and the templates of its frame."""
    dossier, stem = file
    programme = dossier.case.dataset.programme
    found: dict[str, str] = {}
    for name in kinds.members(dossier.place, programme.templates):
        kind = kinds.load(name, programme.templates)
        if kind.role and (stem == packs.FILE or kind.role != END):
            found |= {f"{part}.{kind.role}": each for part, each in parts(kind, programme).items()}
    pieces = {
        f"{PIECES}.{part.code}": reads.mark([part.number, [each.sha256 for each in part.sources]])
        for part in ((*dossier.parts, *dossier.team) if stem == packs.FILE else dossier.parts)
    }
    return found | pieces | {PIECES: reads.mark([dossier.languages, stem, dossier.tail, dossier.wanted.max_bytes])}


def _kept(file: File, manifest: Manifest, folder: Path, mark: str) -> list[Outcome]:
    """The volumes of a file where they are left: they are as they would be, a person's, or locked with a password."""
    known = _entries(file, manifest)
    found = [standing(entry.path, mark, manifest, folder) for entry in known]
    if all(each.state in (CURRENT, EDITED) for each in found):
        return found
    locked = [entry for entry in known if entry.locked and (folder / entry.path).exists()]
    return [Outcome(entry.path, FAILED, PemdocsError("pack-locked", file=entry.path)) for entry in locked]


def _entries(file: File, manifest: Manifest) -> list[Entry]:
    """What there is of a file, as it was made last: its volumes and the sheet of the frame that goes with it."""
    dossier, stem = file
    sheet = kinds.with_role(
        dossier.place, END if stem == packs.FILE else FRONT, dossier.case.dataset.programme.templates
    )
    about = [entry for entry in manifest.entries.values() if entry.case == dossier.case.record.id]
    name = f"{stem}{dossier.tail}"
    volumes = [entry for entry in about if entry.kind == dossier.place and _stem(entry.path) == name]
    frame = [entry for entry in about if entry.kind == sheet.id and entry.languages == dossier.languages]
    return [*volumes, *frame] if volumes else []


def _stem(path: str) -> str:
    return re.sub(r"-\d+-of-\d+$", "", Path(path).name.removesuffix(".pdf"))


def _stored(
    of: File, made: Sequence[Packed], mark: str, manifest: Manifest, folder: Path, *, force: bool
) -> list[Outcome]:
    dossier, stem = of
    files = [each for each in made if each.stem == stem]
    _clear({entry.path for entry in _entries(of, manifest)} - {file.path for file in files}, manifest, folder)
    relied = _consents(of, manifest)
    outcomes = []
    for file in files:
        entry = Entry(
            path=file.path,
            kind=file.kind,
            case=dossier.case.record.id,
            languages=file.languages,
            format="pdf",
            sha256=digest(file.content),
            pages=file.pages,
            fingerprint=mark,
            locked=dossier.wanted.password is not None and file.kind == dossier.place,
            consents=relied if file.kind == dossier.place else (),
        )
        outcome = store(entry, file.content, manifest, folder, force=force)
        if file.too_large and outcome.fault is None and outcome.state == MADE:
            outcome = Outcome(file.path, MADE, PemdocsError("page-too-large", file=file.path))
        outcomes.append(outcome)
    return outcomes


def _clear(paths: Iterable[str], manifest: Manifest, folder: Path) -> None:
    """Remove volumes that the pack no longer has; one that a person has changed stays."""
    for path in paths:
        if untouched(path, manifest, folder):
            (folder / path).unlink(missing_ok=True)
            del manifest.entries[path]


def _consents(file: File, manifest: Manifest) -> tuple[str, ...]:
    """The consents on which the papers in a file rely."""
    papers = [manifest.entries[path] for path in file[0].asked(file[1]) if path in manifest.entries]
    return tuple(sorted({each for entry in papers for each in entry.consents}))
