"""Turn what is known of a project into its first page: three steps, and what the next stages will ask for."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from pemdocs.building.status import STATES
from pemdocs.checking.examination import Report
from pemdocs.checking.upcoming import upcoming
from pemdocs.data import schema
from pemdocs.model import FieldName, Finding
from pemdocs.web.desk import Known
from pemdocs.words import speech

DUE = "due-value-missing"
"""The finding on what a stage needs and has not."""

LABELS = 8
"""So many fields are named of those that are due."""


class Due(NamedTuple):
    """What a pair has still to fill in, for a stage: how many cells, the first of them by their labels."""

    case: str
    stage: str
    cells: int
    fields: tuple[str, ...]
    more: int


class Steps(NamedTuple):
    """The three steps: what is read and due, what is found, how the documents stand."""

    read: bool
    records: int
    now: tuple[Due, ...]
    next: tuple[Due, ...]
    errors: int
    warnings: int
    states: tuple[tuple[str, int], ...]
    waiting: int


def steps(known: Known, lang: str) -> Steps:
    """How far each step is."""
    report = known.report
    if report is None:
        return Steps(False, 0, (), (), 0, 0, (), 0)
    counts = report.counts
    documents = known.status.documents if known.status else ()
    counted = Counter(each.state for each in documents if each.skipped is None)
    return Steps(
        read=True,
        records=sum(map(len, report.dataset.records.values())),
        now=_now(report, lang),
        next=_next(report, lang),
        errors=counts["error"],
        warnings=counts["warning"],
        states=tuple((state, counted[state]) for state in STATES if counted[state]),
        waiting=sum(each.skipped is not None for each in documents),
    )


def _now(report: Report, lang: str) -> tuple[Due, ...]:
    """What the stages ask that the pairs have reached, pair by pair."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for each in report.findings:
        if each.code == DUE:
            found.setdefault((str(each.facts["case"]), str(each.facts["stage"])), []).append(each)
    return tuple(
        _due(case, stage, len(some), [FieldName(each.table, each.field) for each in some], lang)
        for (case, stage), some in found.items()
    )


def _next(report: Report, lang: str) -> tuple[Due, ...]:
    return tuple(_due(each.case, each.stage, each.count, each.fields, lang) for each in upcoming(report.dataset))


def _due(case: str, stage: str, count: int, fields: tuple[FieldName, ...] | list[FieldName], lang: str) -> Due:
    labels = tuple(dict.fromkeys(speech.label(each, lang) for each in fields))
    named = schema.load()["partnerships"].fields["stage"].codes[stage][lang] if stage in schema.STAGES else stage
    return Due(case, named, count, labels[:LABELS], max(0, len(labels) - LABELS))
