"""Turn dossiers into the files of a project that are about them, and what is left of their values in others.

Only this module knows where, beside the workbook, data of a traveller may lie.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from pemdocs.building import memory, private, recall, sheets
from pemdocs.building.erasing.belonging import Belonging
from pemdocs.checking.attachments import FOLDER as ATTACHMENTS
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import AUDIENCES
from pemdocs.model import LANGUAGE_MARK, Read
from pemdocs.page.reads import Who, identity
from pemdocs.project import kinds, signed
from pemdocs.project.manifest import Manifest
from pemdocs.project.settings import Project

CACHES = (memory.FILE, recall.FILE)
LINKS = frozenset({"id", "stay", "person", "partnership", "invitation", "travel_document", "document"})
"""The fields that lead from a row to another, and tell nothing by themselves."""

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


def quoting(project: Project, found: Belonging, dataset: Dataset, cases: Collection[str]) -> Iterator[Path]:
    """The documents about others that have read what is erased, such as the letter that invites a whole group.

    What a document has read is known, so that it is found in a PDF and a Word file alike.
    """
    whole = {identity(row, dataset) for row in found.rows}
    single = {(identity(row, dataset), name.partition(LANGUAGE_MARK)[0]) for row, name in found.cells}
    for out in outs(project):
        entries = Manifest.read(out).entries
        for path, known in memory.read(out).items():
            others = path in entries and entries[path].case not in cases and (out / path).is_file()
            if others and any(_asks(each, whole, single, dataset) for state in known.states for each in _told(state)):
                yield out / path


def _told(state: memory.State) -> Iterator[tuple[Who, str]]:
    """What the state of a record tells: its fields by their names."""
    for question, _ in state.questions():
        if question.sort in (Read.VALUE, Read.TEXTS):
            yield question.who, question.name.partition(LANGUAGE_MARK)[0]


def _asks(asked: tuple[Who, str], whole: Collection[Who], single: Collection[tuple[Who, str]], of: Dataset) -> bool:
    who, name = asked
    field = of.tables[who[0]].fields.get(name) if who in whole else None
    return asked in single or (field is not None and field.audience == AUDIENCES[-1] and name not in LINKS)


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


def parts(content: bytes, values: Collection[bytes]) -> tuple[str, ...]:
    """The parts of a workbook that show one of the values all the same, such as a chart or the cache of a pivot."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return ("",) if any(value in content for value in values) else ()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return tuple(name for name in archive.namelist() if any(value in archive.read(name) for value in values))


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
