"""Turn the register of publications into what is out, what of it must be recalled, and which versions were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pemdocs.checking.examination import examine
from pemdocs.checking.recalled import to_recall, where
from pemdocs.data.dataset import named
from pemdocs.model import Finding
from pemdocs.project import published as versions
from pemdocs.project.manifest import Manifest
from pemdocs.project.programme import Programme
from pemdocs.project.published import Kept
from pemdocs.project.settings import open_project


@dataclass(frozen=True, slots=True, repr=False)
class Publication:
    """A row of the register: what is out, where, since when, until when; ``findings`` say why it must be recalled."""

    id: str
    case: str
    version: str
    where: str
    on: date | None
    recalled: date | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Register:
    """All publications of a project in the order of the sheet, and the versions that were made, the latest last.

    ``current`` are the codes of those that lie in the output folder; ``entered`` those that the register has.
    """

    publications: tuple[Publication, ...]
    versions: tuple[Kept, ...]
    current: frozenset[str]
    entered: frozenset[str]
    programme: Programme

    @property
    def clean(self) -> bool:
        """Whether nothing must be recalled or looked at."""
        return not any(each.findings for each in self.publications)


def published(target: Path | str) -> Register:
    """What of a project has been published, by its register, and which versions of publications were made.

    Raises ``PemdocsError`` as ``check`` does.
    """
    project = open_project(Path(target))
    dataset = examine(project).dataset
    found = tuple(to_recall(dataset, project.folder))
    rows: Any = dataset.table("publications")
    entries = Manifest.read(project.out).entries.values()
    return Register(
        tuple(_row(each, found) for each in rows),
        tuple(sorted(versions.read(project.folder).values(), key=lambda each: (each.made, each.case))),
        frozenset(each.version for each in entries if each.version),
        frozenset(str(each.version).upper() for each in rows if each.version),
        project.programme,
    )


def _row(row: Any, found: tuple[Finding, ...]) -> Publication:
    about = row.note or row.report
    own = tuple(each for each in found if (each.sheet, each.row) == (row.record.sheet, row.record.number))
    case = named(about) if about is not None else ""
    return Publication(named(row), case, row.version or "", where(row), row.date, row.recalled, own)
