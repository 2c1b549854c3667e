"""Keep the project that is open, and what is known of it by now, looking again whenever a file of it is saved."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pemdocs.building.order import Order
from pemdocs.building.status import Status, standing
from pemdocs.building.tracking import Board
from pemdocs.building.tracking.board import of_report
from pemdocs.checking.examination import Report, examine, held
from pemdocs.model import PemdocsError
from pemdocs.project import programme
from pemdocs.project.manifest import FILE as MANIFEST
from pemdocs.project.settings import FILE, TEMPLATES, Project, open_project
from pemdocs.project.signed import PLACE
from pemdocs.signing.paper import Paper
from pemdocs.web.making import Making
from pemdocs.web.tallying import Case, cases_of

WATCH = 0.5
"""Seconds between two looks at the files."""

IDLE = 3600.0
"""Seconds after which the program ends, where no page asks any more: an open page asks every few seconds."""

Mark = tuple[tuple[str, int, int], ...]
"""Files with the moment of their last change and their size."""


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What is known of the open project: each part, or the fault that keeps it from being known. ``number`` counts."""

    number: int = 0
    project: Project | None = None
    report: Report | None = None
    cases: tuple[Case, ...] = ()
    status: Status | None = None
    board: Board | None = None
    fault: PemdocsError | None = None
    checking: bool = False
    looking: bool = False
    seconds: float = 0.0
    """How long the check took."""


class Desk:
    """The project that is open. A thread of its own reads, so that pages answer at once with what is known."""

    def __init__(self, target: Path | None = None, lang: str = "") -> None:
        self.lang = lang
        self.target: Path | None = None
        self.known = Known()
        self.making = Making()
        self.piles: dict[str, tuple[Paper, ...]] = {}
        """Papers that were found in scans, by the folder in which these wait."""
        self.waiting: dict[str, tuple[str, int]] = {}
        """Which of them waits for an answer, by what the form says that asks."""
        self.end: Callable[[], None] = lambda: None
        self._asked = time.monotonic()
        self._turn = threading.Lock()
        self._look = threading.Event()
        self._data: Mark | None = None
        self._made: Mark | None = None
        self._read: Report | None = None
        if target is not None:
            self.open(target)
        threading.Thread(target=self._watch, daemon=True, name="pemdocs-desk").start()

    def open(self, target: Path) -> None:
        """Lay another project on the desk. Raises ``PemdocsError`` where there is none."""
        project = open_project(target.resolve())
        with self._turn:
            self.target = target.resolve()
            self._data = self._made = None
            self.known = Known(self.known.number + 1, project, checking=True, looking=True)
        self._look.set()

    def again(self) -> None:
        """Look at everything anew."""
        with self._turn:
            self._data = self._made = None
        self._look.set()

    def alive(self) -> None:
        """Somebody has asked for something."""
        self._asked = time.monotonic()

    def close(self) -> None:
        """End whatever is at work, and the program."""
        self.making.stop()
        for folder in self.piles:
            shutil.rmtree(folder, ignore_errors=True)
        self.end()

    def _watch(self) -> None:
        while True:
            self._look.wait(WATCH)
            self._look.clear()
            if time.monotonic() - self._asked > IDLE and not self.making.state.busy:
                self.close()
                return
            target = self.target
            if target is not None:
                self._looked(target)

    def _looked(self, target: Path) -> None:
        data, made = data_of(target), made_of(self.known.project)
        if data != self._data:
            self._data, self._made = data, None
            self._tell(target, checking=True, looking=True)
            self._check(target)
        elif made != self._made and not self.making.state.busy:
            self._made = made
            self._tell(target, looking=True)
            self._stand(target)

    def _check(self, target: Path) -> None:
        began = time.monotonic()
        try:
            project = open_project(target)
            self._read = examine(project)
            report = held(self._read, project)
            found: dict[str, Any] = {"project": project, "report": report, "cases": cases_of(report), "fault": None}
        except Exception as error:
            self._read = None
            found = {"report": None, "cases": (), "status": None, "board": None, "fault": fault_of(error)}
        self._tell(target, checking=False, seconds=time.monotonic() - began, **found)

    def _stand(self, target: Path) -> None:
        found: dict[str, Any] = {"status": None, "board": None}
        project, report = self.known.project, self._read
        if project is not None and report is not None:
            try:
                found["board"] = of_report(project, report, names=True)
                found["status"] = standing(Order(project, project.out, dry_run=True), report)
            except Exception as error:
                found["fault"] = fault_of(error)
        self._tell(target, looking=False, **found)

    def _tell(self, target: Path, **found: Any) -> None:
        with self._turn:
            if target == self.target:  # else another project has been opened meanwhile
                self.known = replace(self.known, number=self.known.number + 1, **found)


def fault_of(error: Exception) -> PemdocsError:
    """What a person is told: of a fault of ours its sort, never what it says, which may quote the data."""
    return error if isinstance(error, PemdocsError) else PemdocsError("web-failed", reason=type(error).__name__)


def data_of(target: Path) -> Mark:
    """The files of which a check tells: workbook, settings, register, scans, own templates."""
    folder = target if target.is_dir() else target.parent
    try:
        project: Project | None = open_project(target)
    except (PemdocsError, OSError):
        project = None
    named = [folder / FILE, folder / PLACE, *([project.workbook] if project else folder.glob("*.xls*"))]
    within = [each for name in ("attachments", TEMPLATES) for each in _inside(folder / name)]
    return tuple(filter(None, map(_mark, [*named, *within])))


def made_of(project: Project | None) -> Mark:
    """The account of the documents that are made."""
    return tuple(filter(None, [_mark(project.out / MANIFEST)])) if project else ()


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.rglob("*") if each.is_file())
    except OSError:
        return []


def _mark(path: Path) -> tuple[str, int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return (str(path), state.st_mtime_ns, state.st_size)


def programmes() -> tuple[programme.Programme, ...]:
    """The programmes that a new project can be of."""
    return tuple(programme.load(each) for each in programme.available())
