"""Turn a project into its documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pemdocs.building.files import sift, write
from pemdocs.building.jobs import plan
from pemdocs.building.outcome import MADE, Built, Outcome, Progress
from pemdocs.building.packs import dossiers, pack_all
from pemdocs.building.wish import known_cases, wish
from pemdocs.checking.examination import examine
from pemdocs.model import PemdocsError
from pemdocs.packs import Wanted, path_of
from pemdocs.project import manifest as manifests
from pemdocs.project.manifest import Manifest
from pemdocs.project.settings import open_project

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
) -> Built:
    """Build the documents of a project folder or a workbook.

    ``kinds`` (or the folder that several share, ``visa-pack``), ``cases``, ``languages`` (``fr``, ``fr+en``) and
    ``formats`` (``docx``, ``pdf``) choose, one alone as a plain text; empty means all, for languages those of the
    project or of the dossier. A case with errors is left out and named, the rest goes on. A document that is current is
    not made again; one that a person has edited is not overwritten without ``force``. ``out`` is by default the
    project's own folder; documents of another day, ``as_of``, lie in a folder of it that is named after the day.
    ``pack_size`` is the largest file of a pack in megabytes (of 1 000 000 bytes): a larger one is cut into volumes;
    ``password`` encrypts the packs (AES-256).
    With ``dry_run`` nothing is written. Raises ``PemdocsError`` for misuse and for input that cannot be read.
    """
    project = open_project(Path(target))
    wanted = Wanted(None if pack_size is None else int(pack_size * MEGABYTE), password)
    asked = wish(project, kinds, cases, languages, formats, wanted)
    report = examine(project, as_of=as_of)
    known_cases(report.dataset, asked)
    folder = Path(out) if out else project.out if as_of is None else project.snapshot(as_of)
    found = plan(report, asked)
    manifest = Manifest.read(folder)
    due, outcomes = sift(found.jobs.values(), manifest, folder, force=force)
    outcomes += found.failed
    if dry_run:
        outcomes += [Outcome(job.path, MADE) for job in due]
        outcomes += [Outcome(path_of(each), MADE) for each in dossiers(report, asked, found, folder)]
    else:
        outcomes += write(due, manifest, folder, progress)
        if asked.places and "pdf" in asked.formats:
            outcomes += pack_all(list(dossiers(report, asked, found, folder)), manifest, folder, force=force)
        _close(manifest, folder)
    skipped = tuple(found.skipped.values())
    return Built(report, tuple(sorted(outcomes, key=lambda each: each.path)), skipped, folder)


def _close(manifest: Manifest, folder: Path) -> None:
    try:
        manifest.write(folder)
    except OSError as error:
        raise PemdocsError("not-written", file=manifests.FILE, reason=error.strerror or "") from error
