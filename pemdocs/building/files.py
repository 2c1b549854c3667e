"""Turn documents into files: which are due, which are current or edited by hand, and how they are written."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from pemdocs.building.drafts import Due
from pemdocs.building.outcome import CURRENT, EDITED, FAILED, MADE, Outcome
from pemdocs.model import PemdocsError
from pemdocs.project.manifest import Entry, Manifest, digest
from pemdocs.project.placing import unwritten
from pemdocs.writing.crew import Crew
from pemdocs.writing.make import Job, Made, fingerprint, make_each

Progressed = Callable[[int], object]
"""Called with how many documents are done."""


def sift(dues: Iterable[Due], manifest: Manifest, folder: Path, *, force: bool) -> Iterator[Job | Outcome]:
    """Of each document what makes it, or what became of it where it is not to be made.

    A page is laid out when its turn comes and let go after its last format, so that many need no more memory than one.
    """
    for draft, some in groupby(dues, key=attrgetter("draft")):
        yield from (_sifted(each, manifest, folder, force=force) for each in some)
        draft.let_go()


def _sifted(due: Due, manifest: Manifest, folder: Path, *, force: bool) -> Job | Outcome:
    mark = due.fingerprint
    if isinstance(mark, PemdocsError):
        return Outcome(due.path, FAILED, mark)
    found = standing(due.path, mark, manifest, folder)
    job = due.job() if found.state == MADE or (force and found.state != FAILED) else None
    if isinstance(job, PemdocsError):
        return Outcome(due.path, FAILED, job)
    return job or found


def standing(path: str, mark: str, manifest: Manifest, folder: Path) -> Outcome:
    """What a build would do with the document of this path and fingerprint, as far as its file and its account tell.

    ``CURRENT`` where the file is there as it was made from the same; ``FAILED`` where something stands in its place
    that is no file, or a file that cannot be read now; ``EDITED`` where a person has changed it. Else ``MADE``: it is
    due, be it that a file is there that the account does not know, for it may be the one that will be made.
    """
    there, entry = file_digest(folder, path), manifest.entries.get(path)
    if isinstance(there, PemdocsError):
        return Outcome(path, FAILED, there)
    same = entry is not None and bool(mark) and entry.fingerprint == mark
    if entry is None or not same or not there:
        return Outcome(path, MADE)
    return Outcome(path, CURRENT if there == entry.sha256 else EDITED)


def untouched(path: str, manifest: Manifest, folder: Path) -> bool:
    """Whether the file of this path is there as the account says."""
    entry = manifest.entries.get(path)
    return entry is not None and file_digest(folder, path) == entry.sha256


def file_digest(folder: Path, path: str) -> str | PemdocsError:
    """The digest of a file, the empty text where there is none, or the fault of what is there and cannot be read."""
    file = folder / path
    try:
        mode = file.lstat().st_mode
        if not stat.S_ISREG(mode):
            return PemdocsError("unwritten-in-the-way", file=path)
        return digest(file.read_bytes())
    except FileNotFoundError:
        return ""
    except OSError as error:
        return unwritten(error, path)


def write(
    sifted: Iterable[Job | Outcome], manifest: Manifest, folder: Path, count: Progressed, force: bool, crew: Crew
) -> list[Outcome]:
    """Make the documents and write them; returns what became of each, be it made or not."""
    outcomes: list[Outcome] = []

    def enter(outcome: Outcome) -> None:
        outcomes.append(outcome)
        count(len(outcomes))

    def due() -> Iterator[Job]:
        for each in sifted:
            if isinstance(each, Job):
                yield each
            else:
                enter(each)

    for job, made in make_each(due(), crew):
        enter(_written(job, made, manifest, folder, force=force))
    return outcomes


def _written(job: Job, made: Made | PemdocsError, manifest: Manifest, folder: Path, *, force: bool) -> Outcome:
    if isinstance(made, PemdocsError):
        return Outcome(job.path, FAILED, made)
    entry = Entry(
        path=job.path,
        kind=job.kind,
        case=job.case,
        languages=job.page.languages,
        format=job.format,
        sha256=digest(made.content),
        pages=made.pages,
        fingerprint=fingerprint(job),
        consents=job.consents,
        maker=made.maker,
        accessible=not made.maker,
        version=job.version,
    )
    return store(entry, made.content, manifest, folder, force=force)


def store(entry: Entry, content: bytes, manifest: Manifest, folder: Path, *, force: bool) -> Outcome:
    """Write a document and enter it; a file that is the same already is entered alone, one of a person's is left."""
    there, known = file_digest(folder, entry.path), manifest.entries.get(entry.path)
    if isinstance(there, PemdocsError):
        return Outcome(entry.path, FAILED, there)
    ours = known is not None and there == known.sha256
    try:
        if there == entry.sha256:
            manifest.adopt(folder, entry)
            return Outcome(entry.path, MADE if ours or force else CURRENT)
        if there and not ours and not force:
            return Outcome(entry.path, EDITED)
        manifest.store(folder, entry, content)
    except OSError as error:
        return Outcome(entry.path, FAILED, unwritten(error, entry.path))
    return Outcome(entry.path, MADE)
