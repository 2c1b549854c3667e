"""A build as it is asked for. It imports nothing that reads workbooks or lays out pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pemdocs.project.settings import Project

Names = Sequence[str] | str
"""Several names, or one alone as a plain text."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, of which project, into which ``folder``: the arguments of ``build``."""

    project: Project
    folder: Path
    kinds: Names = ()
    cases: Names = ()
    languages: Names = ()
    formats: Names = ()
    as_of: date | None = None
    pack_size: float | None = None
    password: str | None = None
    dry_run: bool = False
    force: bool = False
    cache: bool = True
    template: Path | None = None
    table: str = ""

    @property
    def usual(self) -> bool:
        """Whether what is current may be left as it is, and what is remembered counts."""
        return self.cache and not self.force and self.password is None and self.template is None


def folder_of(project: Project, out: Path | str | None, as_of: date | None) -> Path:
    """Where the documents go: what was asked for, else the project's folder, or for another day one of that day."""
    return Path(out) if out else project.out if as_of is None else project.snapshot(as_of)
