"""Hold what a build of the example remembers against a look at everything, after a change at random."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from changes import Change, changed

from pemdocs import packs, resources
from pemdocs.building.drafts import Due
from pemdocs.building.jobs import Plan, plan
from pemdocs.building.making import wished
from pemdocs.building.memory import Memory
from pemdocs.building.order import Order
from pemdocs.building.outcome import MADE
from pemdocs.building.packs import dossiers, fingerprint
from pemdocs.checking.examination import Report, examined
from pemdocs.checking.loading import Loaded
from pemdocs.data import schema
from pemdocs.data.dataset import closure
from pemdocs.project.manifest import digest
from pemdocs.project.settings import open_project
from pemdocs.workbook.read import read
from pemdocs.writing.make import Job
from pemdocs.writing.make import fingerprint as fingerprint_of
from pemdocs.writing.own.finished import Merged

FAR = 0.15
"""The share of the documents of which nothing seems to hang on the change that are looked at all the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """What became of the documents after a change.

    ``stale`` were looked at and are others, ``same`` looked at and as they were; ``left`` are passed over though they
    are others, of the ``checked`` that are looked at all the same; ``needless`` would be made anew though nobody who
    reads them sees another page, nor is one of their consents another.
    """

    change: Change
    checked: int
    stale: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[str, ...]
    needless: tuple[str, ...]


class Example:
    """The example, with what a build of some kinds has read; no kinds are all of them, with the packs."""

    def __init__(self, kinds: Sequence[str] = (), formats: Sequence[str] = ()) -> None:
        project = open_project(resources.folder("examples") / "pem-wecco")
        self.order = Order(project, Path("/nowhere"), kinds=kinds, formats=formats)
        self.wish = wished(self.order)
        reading = read(project.workbook, schema.load(), project.programme.languages[0])
        languages = tuple(dict.fromkeys(each for version in project.languages for each in version))
        self.loaded = Loaded(reading, project.programme, languages, project.folder, project.workbook.parent)
        report = examined(self.loaded)
        first = plan(report, self.wish, Memory({}, report.dataset))
        for due in first.dues.values():
            assert isinstance(due.fingerprint, str)
            due.learn()
        self.pages = {path: seen(due) for path, due in first.dues.items()}
        self._packed(report, first)
        self.documents = first.memory.documents

    def after(self, seed: int) -> Held:
        """What a build would do after one cell, or one row, has changed."""
        dice = random.Random(seed)
        reading, change = changed(self.loaded.reading, dice)
        report = examined(replace(self.loaded, reading=reading))
        found = plan(report, self.wish, Memory(self.documents, report.dataset))
        fresh = plan(report, self.wish, Memory({}, report.dataset))
        assert found.dues.keys() == fresh.dues.keys()
        looked = {path: due for path, due in found.dues.items() if due.changes and path in self.documents}
        stale = {path for path, due in looked.items() if due.fingerprint != self.documents[path].fingerprint}
        needless = [path for path in stale if seen(looked[path]) == self.pages[path]]
        passed = [path for path, due in found.dues.items() if due.changes == () and _may(due, change, dice)]
        left = [path for path in passed if found.dues[path].fingerprint != fresh.dues[path].fingerprint]
        afresh = self._packed(report, fresh)
        left += [path for path, mark in self._packed(report, found).items() if mark != afresh[path]]
        told = (tuple(sorted(some)) for some in (stale, looked.keys() - stale, left, needless))
        return Held(change, len(passed), *told)

    def _packed(self, report: Report, found: Plan) -> dict[str, str]:
        """The fingerprints of the packs, as if all their papers were made."""
        states = dict.fromkeys(found.dues, MADE)
        bound = dossiers(report, self.wish, found, self.order.folder, states)
        files = [(each, stem) for each in bound for stem in packs.STEMS]
        return {packs.path_of(*each): fingerprint(each, found.memory) for each in files}


def seen(due: Due) -> str:
    """What readers see of a document, and the consents that it relies on, as one hash: not the day of its file."""
    job = due.job()
    assert isinstance(job, Job)
    if isinstance(job.page, Merged):
        return digest(job.page.content + repr(job.consents).encode())
    page = replace(job.page, modified=date.min)
    return fingerprint_of(replace(job, page=page))


def _may(due: Due, change: Change, dice: random.Random) -> bool:
    """Whether a document is looked at all the same: its case hangs on what was changed, or chance wants it."""
    sheet, _, cell = change.place.partition("!")
    number = int("".join(filter(str.isdigit, cell)) or 0)
    return dice.random() < FAR or any((sheet, number) == (each[1], each[2]) for each in closure(due.draft.case))
