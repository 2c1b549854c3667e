"""Turn a file of a pack into the papers that are bound in it, and the views of the sheets that tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pemdocs import packs
from pemdocs.building.drafts import Due
from pemdocs.building.jobs import Plan
from pemdocs.building.making import wished
from pemdocs.building.order import Order
from pemdocs.building.outcome import MADE
from pemdocs.building.packs import dossiers
from pemdocs.checking.examination import Report
from pemdocs.packs import Dossier
from pemdocs.page.view import View

VOLUME = re.compile(r"-\d+-of-\d+(?=\.pdf$)")
"""What the path of a file in several volumes has beside its name."""


class Bound(NamedTuple):
    """What a file is made of: papers of the program, and the sheets of the frame."""

    papers: tuple[Due, ...]
    sheets: tuple[View, ...]


def bound(path: str, order: Order, report: Report, found: Plan) -> Bound | None:
    """What is bound in the file with this path, or the sheet that has it; ``None`` where it is neither."""
    for dossier, stem in files(order, report, found):
        sheets = packs.sheets(dossier)
        if VOLUME.sub("", path) == packs.path_of(dossier, stem):
            papers = tuple(found.dues[each] for each in dossier.asked(stem) if each in found.dues)
            return Bound(papers, (sheets[stem],))
        for view in sheets.values():
            if path == view.kind.path(view.linked.record.id, view.languages, "pdf"):
                return Bound((), (view,))
    return None


def files(order: Order, report: Report, found: Plan) -> Iterator[tuple[Dossier, str]]:
    """The dossiers that are asked for, each with the names of its two files."""
    for dossier in dossiers(report, wished(order), found, order.folder, dict.fromkeys(found.dues, MADE)):
        yield from ((dossier, stem) for stem in packs.STEMS)
