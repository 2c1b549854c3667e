"""Turn a project into its documents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from pemdocs.building.files import sift, write
from pemdocs.building.jobs import Plan, plan
from pemdocs.building.outcome import FAILED, MADE, Built, Outcome, Progress
from pemdocs.building.packs import dossiers, foresee, pack_all
from pemdocs.building.single import single_kind
from pemdocs.building.wish import Wish, known_cases, wish
from pemdocs.checking.examination import Report, examine
from pemdocs.model import PemdocsError
from pemdocs.packs import Wanted
from pemdocs.project import lock, placing
from pemdocs.project import manifest as manifests
from pemdocs.project.manifest import Manifest
from pemdocs.project.settings import open_project
from pemdocs.writing.crew import LIMIT, Crew, clustered, hired
from pemdocs.writing.make import program

MEGABYTE = 1_000_000


def build(
    target: Path | str,
    *,
    kinds: Sequence[str] | str = (),
    cases: Sequence[str] | str = (),
    languages: Sequence[str] | str = (),
    formats: Sequence[str] | str = (),
    out: Path | str | None = None,
    dry_run: bool = False,
    force: bool = False,
    as_of: date | None = None,
    pack_size: float | None = None,
    password: str | None = None,
    progress: Progress | None = None,
    template: Path | str | None = None,
    table: str = "",
    jobs: int | None = None,
    timeout: float = LIMIT,
    cluster: str = "",
) -> Built:
    """Build the documents of a project folder or a workbook.

    ``kinds`` (or the folder that several share, ``visa-pack``), ``cases``, ``languages`` (``fr``, ``fr+en``) and
    ``formats`` (``docx``, ``pdf``) choose, one alone as a plain text; empty means all, for languages those of the
    project or of the dossier. A case with errors is left out and named, the rest goes on. A document that is current is
    not made again; one that a person has edited is not overwritten without ``force``. ``out`` is by default the
    project's own folder; documents of another day, ``as_of``, lie in a folder of it that is named after the day.
    ``pack_size`` is the largest file of a pack in megabytes (of 1 000 000 bytes): a larger one is cut into volumes;
    ``password`` encrypts the packs (AES-256). ``jobs`` processes make the documents, by default as many as there are
    processors; a document that takes more than ``timeout`` seconds is given up and named. ``cluster`` is the
    address of a Dask scheduler whose workers make the documents instead; scans and packs stay on this machine.
    ``template`` is a Word file that is a kind by itself: one document about each record of ``table``, which is guessed
    from its tags where it is left out.
    With ``dry_run`` nothing is written. Raises ``PemdocsError`` for misuse and for input that cannot be read.
    """
    project = open_project(Path(target))
    if pack_size is not None and not 0 < pack_size < math.inf:
        raise PemdocsError("pack-size-unfit")
    wanted = Wanted(None if pack_size is None else int(pack_size * MEGABYTE), password)
    single = single_kind(Path(template), table, project.programme.templates) if template else None
    asked = wish(project, kinds, cases, languages, formats, wanted, single)
    report = examine(project, as_of=as_of)
    known_cases(report.dataset, asked)
    folder = Path(out) if out else project.out if as_of is None else project.snapshot(as_of)
    with nullcontext() if dry_run else lock.held(folder):
        found = plan(report, asked, timeout)
        manifest = Manifest.read(folder)
        if dry_run:
            outcomes = _foreseen(report, asked, found, manifest, folder, force)
        else:
            with hired(jobs, timeout) as home, _making(cluster, timeout, home) as crew:
                outcomes = _made(report, asked, found, manifest, folder, force, progress, crew, home)
    skipped = tuple(found.skipped.values())
    return Built(report, tuple(sorted(outcomes, key=lambda each: each.path)), skipped, folder, single)


def _making(cluster: str, timeout: float, home: Crew) -> AbstractContextManager[Crew]:
    """Who makes the documents: the workers of a cluster, else those at home."""
    return clustered(cluster, timeout, program) if cluster else nullcontext(home)


def _foreseen(report: Report, asked: Wish, found: Plan, manifest: Manifest, folder: Path, force: bool) -> list[Outcome]:
    due, outcomes = sift(found.jobs.values(), manifest, folder, force=force)
    outcomes += [*found.failed, *(Outcome(job.path, MADE) for job in due)]
    states = {each.path: each.state for each in outcomes}
    bound = list(dossiers(report, asked, found, folder, states))
    return outcomes + foresee(bound, states, manifest, folder, force=force)


def _made(
    report: Report,
    asked: Wish,
    found: Plan,
    manifest: Manifest,
    folder: Path,
    force: bool,
    progress: Progress | None,
    crew: Crew,
    home: Crew,
) -> list[Outcome]:
    """What became of the documents and the packs; however this ends, the account is written."""
    placing.sweep(folder)
    try:
        due, outcomes = sift(found.jobs.values(), manifest, folder, force=force)
        outcomes += [*found.failed, *write(due, manifest, folder, progress, force, crew)]
        states = {each.path: each.state for each in outcomes}
        bound = list(dossiers(report, asked, found, folder, states))
        outcomes += pack_all(bound, states, manifest, folder, home, force=force)
    finally:
        fault = _close(manifest, folder)
    return [*outcomes, *fault]


def _close(manifest: Manifest, folder: Path) -> list[Outcome]:
    """Write the account; where it cannot be written, its journal stands for it, and that is told."""
    try:
        manifest.write(folder)
    except OSError as error:
        return [Outcome(manifests.FILE, FAILED, placing.unwritten(error, manifests.FILE))]
    return []
