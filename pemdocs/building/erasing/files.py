"""Turn dossiers into the files of a project that are about them, and what is left of their values in others.

Only this module knows where, beside the workbook, data of a traveller may lie.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from pemdocs.building import memory, private, recall, sheets
from pemdocs.checking.attachments import FOLDER as ATTACHMENTS
from pemdocs.data.schema import AUDIENCES
from pemdocs.project import kinds, signed
from pemdocs.project.manifest import Manifest
from pemdocs.project.settings import Project

CACHES = (memory.FILE, recall.FILE)
SHORTEST = 5
"""Letters of a value that is looked for: shorter ones stand everywhere."""


def outs(project: Project) -> tuple[Path, ...]:
    """The folders of documents of a project that there are."""
    return tuple(each for each in (project.out, *project.snapshots()) if each.is_dir())


def documents(out: Path, cases: Collection[str], project: Project) -> tuple[str, ...]:
    """The documents about these cases in the account of a folder, by their paths."""
    templates = project.programme.templates
    known = set(kinds.available(templates))
    entries = Manifest.read(out).entries.values()
    return tuple(each.path for each in entries
                 if each.case in cases and (each.kind not in known or _secret(each.kind, project)))  # fmt: skip


def _secret(kind: str, project: Project) -> bool:
    return kinds.load(kind, project.programme.templates).audience == AUDIENCES[-1]


def folders(project: Project, cases: Collection[str]) -> Iterator[Path]:
    """The folders that are about these cases alone: scans, packs, versions to be signed."""
    yield from (project.folder / ATTACHMENTS / case for case in cases)
    templates = project.programme.templates
    places = {kinds.load(each, templates).place for each in kinds.available(templates) if _secret(each, project)}
    yield from (out / place / case for out in outs(project) for place in sorted(places) for case in cases)
    yield from (each / case for each in sorted((project.folder / signed.FOLDER).glob("*")) for case in cases)


def caches(project: Project, values: Collection[bytes]) -> Iterator[Path]:
    """What builds remember: marks of what they read, the last check, kept versions that hold one of the values."""
    for out in outs(project):
        for path in sorted((out / private.FOLDER).glob("*")):
            if (
                path.name in CACHES
                or path.name.startswith(sheets.HEAD)
                or any(value in path.read_bytes() for value in values)
            ):
                yield path


def left(project: Project, values: Collection[bytes], gone: Collection[Path]) -> Iterator[Path]:
    """The other files of the project in which one of the values stands all the same."""
    known = {project.workbook, project.folder / signed.PLACE, *gone}
    for path in sorted(project.folder.rglob("*")):
        apart = path in known or any(path.is_relative_to(each) for each in gone)
        if not apart and path.is_file() and not path.is_symlink() and _holds(path, values):
            yield path


def _holds(path: Path, values: Collection[bytes]) -> bool:
    try:
        content = path.read_bytes()
        parts = [content]
        if zipfile.is_zipfile(BytesIO(content)):
            with zipfile.ZipFile(BytesIO(content)) as archive:
                parts += [archive.read(each) for each in archive.namelist()]
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False
    return any(value in part for part in parts for value in values)
