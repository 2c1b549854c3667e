"""Turn documents into files: which are due, which are current or edited by hand, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from pemdocs.building.outcome import CURRENT, EDITED, FAILED, MADE, Outcome, Progress
from pemdocs.model import PemdocsError
from pemdocs.project.manifest import Entry, Manifest, digest
from pemdocs.writing.make import Job, fingerprint, make_all

OFTEN = 16
"""After so many documents the manifest is written: who stops a build must not find its files taken for edited ones."""


def sift(jobs: Iterable[Job], manifest: Manifest, folder: Path, *, force: bool) -> tuple[list[Job], list[Outcome]]:
    """What is to be made, and what became of the rest."""
    due: list[Job] = []
    outcomes: list[Outcome] = []
    for job in jobs:
        state = MADE if force else state_of(job.path, fingerprint(job), manifest, folder)
        if state == MADE:
            due.append(job)
        else:
            outcomes.append(Outcome(job.path, state))
    return due, outcomes


def state_of(path: str, mark: str, manifest: Manifest, folder: Path) -> str:
    """``CURRENT`` where the file is there as it was made from the same, ``EDITED`` where a person changed it."""
    entry, file = manifest.entries.get(path), folder / path
    untouched = entry is not None and _digest(file) == entry.sha256
    if untouched and entry is not None and mark and entry.fingerprint == mark:
        return CURRENT
    return EDITED if file.exists() and not untouched else MADE


def _digest(file: Path) -> str:
    """The digest of a file; the empty text where it is not there or cannot be read, as while Word holds it."""
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""


def write(due: Sequence[Job], manifest: Manifest, folder: Path, progress: Progress | None) -> list[Outcome]:
    """Make the documents and write them."""
    outcomes = []
    for number, (job, made) in enumerate(make_all(due), start=1):
        if isinstance(made, PemdocsError):
            outcomes.append(Outcome(job.path, FAILED, made))
        else:
            entry = Entry(
                path=job.path,
                kind=job.kind,
                case=job.case,
                languages=job.page.languages,
                format=job.format,
                sha256=digest(made[0]),
                pages=made[1],
                fingerprint=fingerprint(job),
                consents=job.consents,
            )
            outcomes.append(store(entry, made[0], manifest, folder))
        if number % OFTEN == 0:
            with suppress(OSError):  # the last writing tells what keeps it from being written
                manifest.write(folder)
        if progress:
            progress(number, len(due))
    return outcomes


def store(entry: Entry, content: bytes, manifest: Manifest, folder: Path) -> Outcome:
    """Write a file and enter it."""
    try:
        manifest.store(folder, entry.path, content)
    except OSError as error:
        return Outcome(entry.path, FAILED, PemdocsError("not-written", file=entry.path, reason=error.strerror or ""))
    manifest.entries[entry.path] = entry
    return Outcome(entry.path, MADE)
