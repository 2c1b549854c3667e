"""Hold what a build of the example remembers against a look at everything, after a change at random."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from pemdocs.project.settings import open_project
from pemdocs.workbook.read import read

FAR = 0.15
"""The share of the documents of which nothing seems to hang on the change that are looked at all the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """What became of the documents after a change.

    ``stale`` were looked at and are others, ``same`` looked at and as they were; ``left`` are passed over though they
    are others, of the ``checked`` that are looked at all the same.
    """

    change: Change
    stale: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[str, ...]
    checked: int


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
        passed = [path for path, due in found.dues.items() if due.changes == () and _may(due, change, dice)]
        left = [path for path in passed if found.dues[path].fingerprint != fresh.dues[path].fingerprint]
        afresh = self._packed(report, fresh)
        left += [path for path, mark in self._packed(report, found).items() if mark != afresh[path]]
        told = map(tuple, map(sorted, (stale, looked.keys() - stale, left)))
        return Held(change, *told, checked=len(passed))

    def _packed(self, report: Report, found: Plan) -> dict[str, str]:
        """The fingerprints of the packs, as if all their papers were made."""
        states = dict.fromkeys(found.dues, MADE)
        bound = dossiers(report, self.wish, found, self.order.folder, states)
        return {packs.path_of(each): fingerprint(each, found.memory) for each in bound}


def _may(due: Due, change: Change, dice: random.Random) -> bool:
    """Whether a document is looked at all the same: its case hangs on what was changed, or chance wants it."""
    sheet, _, cell = change.place.partition("!")
    number = int("".join(filter(str.isdigit, cell)) or 0)
    return dice.random() < FAR or any((sheet, number) == (each[1], each[2]) for each in closure(due.draft.case))
