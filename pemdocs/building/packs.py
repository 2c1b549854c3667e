"""Turn the packs that are asked for into files: which are current, which are bound anew, which are in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pemdocs import packs
from pemdocs.building.files import state_of, store
from pemdocs.building.jobs import Plan, why_not
from pemdocs.building.outcome import CURRENT, EDITED, FAILED, MADE, Outcome
from pemdocs.building.wish import Wish, own_languages
from pemdocs.checking.examination import Report
from pemdocs.model import PemdocsError
from pemdocs.packs import Dossier, Packed
from pemdocs.project import kinds
from pemdocs.project.manifest import Entry, Manifest, digest


def dossiers(report: Report, wish: Wish, found: Plan, out: Path) -> Iterator[Dossier]:
    """What the wish asks to bind; a stay with errors is left out."""
    for place in wish.places:
        end = kinds.with_role(place, "end", wish.templates)
        for stay in filter(wish.wants, report.dataset.table(end.table)):
            reason = why_not(end, stay, report)
            if reason:
                found.skip(reason)
                continue
            own = own_languages(stay, wish.usual)
            for languages in wish.versions(end, stay):
                # The dossier's own version is the pack; another one says its languages.
                stem = "pack" if languages == own else f"pack.{'-'.join(languages)}"
                yield packs.gather(stay, place, languages, stem, out, report.attachments, wish.packs)


def pack_all(some: Sequence[Dossier], manifest: Manifest, folder: Path, *, force: bool) -> list[Outcome]:
    """Bind what is due and write it."""
    outcomes: list[Outcome] = []
    due: list[tuple[str, Dossier]] = []
    for dossier in some:
        mark = packs.fingerprint(dossier)
        kept = [] if force or dossier.wanted.password is not None else _kept(dossier, mark, manifest, folder)
        outcomes += kept
        if not kept:
            due.append((mark, dossier))
    made = packs.assemble([dossier for _, dossier in due])
    for (mark, _), (dossier, result) in zip(due, made, strict=True):
        if isinstance(result, PemdocsError):
            outcomes.append(Outcome(packs.path_of(dossier), FAILED, result))
        else:
            outcomes += _stored(dossier, result, mark, manifest, folder, force=force)
    return outcomes


def _kept(dossier: Dossier, mark: str, manifest: Manifest, folder: Path) -> list[Outcome]:
    """The files of a pack where they are left: they are current, or a password protects what would be written open."""
    known = _entries(dossier, manifest)
    if {state_of(entry.path, mark, manifest, folder) for entry in known} == {CURRENT}:
        return [Outcome(entry.path, CURRENT) for entry in known]
    locked = [entry for entry in known if entry.locked and (folder / entry.path).exists()]
    return [Outcome(entry.path, FAILED, PemdocsError("pack-locked", file=entry.path)) for entry in locked]


def _entries(dossier: Dossier, manifest: Manifest) -> list[Entry]:
    """The files of a pack, as they were made last: its volumes and its frame."""
    templates = dossier.case.dataset.programme.templates
    roles = {kind for kind in kinds.members(dossier.place, templates) if kinds.load(kind, templates).role}
    about = [entry for entry in manifest.entries.values() if entry.case == dossier.case.record.id]
    volumes = [entry for entry in about if entry.kind == dossier.place and _stem(entry.path) == dossier.stem]
    frame = [entry for entry in about if entry.kind in roles and entry.languages == dossier.languages]
    return [*volumes, *frame] if volumes else []


def _stem(path: str) -> str:
    return re.sub(r"-\d+-of-\d+$", "", Path(path).name.removesuffix(".pdf"))


def _stored(
    dossier: Dossier, files: Sequence[Packed], mark: str, manifest: Manifest, folder: Path, *, force: bool
) -> list[Outcome]:
    outcomes = []
    for gone in {entry.path for entry in _entries(dossier, manifest)} - {file.path for file in files}:
        if state_of(gone, "", manifest, folder) == MADE:
            (folder / gone).unlink(missing_ok=True)
            del manifest.entries[gone]
    for file in files:
        if not force and state_of(file.path, "", manifest, folder) == EDITED:
            outcomes.append(Outcome(file.path, EDITED))
            continue
        locked = dossier.wanted.password is not None and file.kind == dossier.place
        entry = Entry(file.path, file.kind, dossier.case.record.id, file.languages, "pdf", digest(file.content),
                      file.pages, mark, locked)  # fmt: skip
        outcome = store(entry, file.content, manifest, folder)
        if file.too_large and outcome.fault is None:
            outcome = Outcome(file.path, MADE, PemdocsError("page-too-large", file=file.path))
        outcomes.append(outcome)
    return outcomes
