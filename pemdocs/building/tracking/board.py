"""Turn a project into the lines of its tracker, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pemdocs.building.tracking import dossiers
from pemdocs.building.tracking.rows import Tracked
from pemdocs.checking.examination import Report, examine
from pemdocs.consent import consents
from pemdocs.data.cleaning import fold, identifier
from pemdocs.facts.signatures import CHARTER
from pemdocs.model import PemdocsError
from pemdocs.project import kinds
from pemdocs.project.settings import Project, open_project
from pemdocs.signing.states import states

FAR = 10**6
"""Days left, for sorting, where nothing is due."""


@dataclass(frozen=True, slots=True, repr=False)
class Board:
    """The lines of a project with what they were made of; ``on`` is the day for which they hold."""

    rows: tuple[Tracked, ...]
    on: date
    project: Project
    report: Report


def track(
    target: Path | str,
    *,
    cases: Sequence[str] = (),
    cohorts: Sequence[str] = (),
    names: bool = False,
    on: date | None = None,
) -> tuple[Tracked, ...]:
    """How far each visa dossier and each charter of a project is, the most urgent first, what is over last.

    ``cases`` (``S-07``, ``P-07``) and ``cohorts`` narrow it. ``on`` is the day from which days are counted, today
    unless told. Nothing restricted is in a line; with ``names`` the travellers' names are, for those who may know who
    travels. Raises ``PemdocsError`` where the project cannot be read, and ``unknown-case``.
    """
    return board(target, cases=cases, cohorts=cohorts, names=names, on=on).rows


def board(
    target: Path | str,
    *,
    cases: Sequence[str] = (),
    cohorts: Sequence[str] = (),
    names: bool = False,
    on: date | None = None,
) -> Board:
    """The same with the project and the report that the lines were made of."""
    project = open_project(Path(target))
    return of_report(project, examine(project), cases=cases, cohorts=cohorts, names=names, on=on)


def of_report(
    project: Project,
    report: Report,
    *,
    cases: Sequence[str] = (),
    cohorts: Sequence[str] = (),
    names: bool = False,
    on: date | None = None,
) -> Board:
    """The same of what is read already."""
    day = on or consents.today()
    found = tuple(_lines(report, day, names=names))
    chosen = _chosen(found, cases, cohorts)
    return Board(tuple(sorted(chosen, key=_urgency)), day, project, report)


def _lines(report: Report, on: date, *, names: bool) -> Iterator[Tracked]:
    dataset = report.dataset
    stays: Any = dataset.table("stays")
    yield from (dossiers.tracked(stay, report, on, names=names) for stay in stays)
    if CHARTER in kinds.meant((), dataset.programme.kinds, dataset.programme.templates):
        due = {each.case for each in states(dataset, (CHARTER,))}
        pairs: Any = dataset.table("partnerships")
        yield from (dossiers.charter(pair, on) for pair in pairs if pair.record.id in due and pair.charter is not None)


def _chosen(found: Sequence[Tracked], cases: Sequence[str], cohorts: Sequence[str]) -> Iterator[Tracked]:
    known = {fold(each.case) for each in found}
    for case in cases:
        if fold(case) not in known:
            raise PemdocsError("unknown-case", case=case, known=", ".join(each.case for each in found[:20]))
    wanted, within = {fold(each) for each in cases}, {identifier(each) for each in cohorts}
    for each in found:
        if (not wanted or fold(each.case) in wanted) and (not within or each.cohort in within):
            yield each


def _urgency(each: Tracked) -> tuple[bool, int, str, str]:
    return (each.over, FAR if each.days_left is None else each.days_left, each.kind, each.case)
