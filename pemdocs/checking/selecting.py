"""Turn all findings into those that somebody asks for, the worst first. Only this module narrows a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from pemdocs.checking.examination import ORDER, Report, findings_on
from pemdocs.consent import leaks, printable
from pemdocs.data.cleaning import fold
from pemdocs.data.dataset import Linked, key
from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.rules.leaks import ABOUT


def select(
    found: Report, *, cases: Sequence[str] = (), wanted: Sequence[str] = (), severity: str = ""
) -> tuple[Report, int]:
    """The report on these cases and kinds, of this severity and worse, errors first; and how many it leaves out.

    Findings on the workbook as a whole, such as a sheet that could not be read, stay: they may hide rows of the case.
    Raises ``PemdocsError``: ``unknown-case``, ``unknown-kind``.
    """
    findings = tuple(_about(found, cases, wanted)) if cases or wanted else found.findings
    least = ORDER[Severity(severity)] if severity else max(ORDER.values())
    kept = [each for each in findings if ORDER[each.severity] <= least]
    ordered = tuple(sorted(kept, key=lambda each: ORDER[each.severity]))
    return replace(found, findings=ordered), len(found.findings) - len(ordered)


def _about(found: Report, cases: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    dataset = found.dataset
    templates = dataset.programme.templates
    names = kinds.meant(wanted, dataset.programme.kinds, templates)
    asked = [kinds.load(each, templates) for each in names]
    about = set(chain.from_iterable(_of_case(found, each, asked, bool(wanted)) for each in _cases(found, cases, asked)))
    for finding in found.findings:
        if not finding.row or id(finding) in about:
            yield finding


def _cases(found: Report, cases: Sequence[str], asked: Sequence[Kind]) -> Iterator[Linked]:
    """The records that are asked for: any with an id, however it is written; all of the kinds' where none is named."""
    if not cases:
        for table in dict.fromkeys(kind.table for kind in asked):
            yield from found.dataset.table(table)
        return
    known = {fold(each): record for (_, each), record in found.dataset.by_id.items()}
    for case in cases:
        if fold(case) not in known:
            ids = [each.id for kind in asked for each in found.dataset.records.get(kind.table, ())]
            raise PemdocsError("unknown-case", case=case, known=", ".join(list(dict.fromkeys(ids))[:20]))
        yield Linked(found.dataset, known[fold(case)])


def _of_case(found: Report, case: Linked, asked: Sequence[Kind], narrow: bool) -> Iterator[int]:
    if case.record.table in ABOUT:
        yield from _of_publication(found, case)
        return
    own = [kind for kind in asked if kind.table == case.record.table]
    for kind in own:
        yield from map(id, findings_on(case, found, kind))
    if not own or not narrow:
        place = (case.record.table, case.record.sheet, case.record.number)
        yield from (id(each) for each in found.findings if (each.table, each.sheet, each.row) == place)


def _of_publication(found: Report, case: Linked) -> Iterator[int]:
    """What stands between a note or a report and its publication: the findings on what it prints or would, and why not.

    What another note does not print of the same quote is no matter of this one.
    """
    dataset: Any = case.dataset
    about: Any = case
    shown = [record for each in dataset.languages for record in leaks.printed(case, (each,))]
    cited = (*(about.quotes or ()), *(about.photographs or ())) if case.record.table == "notes" else ()
    out = [each for each in dataset.table("publications") if case in (each.note, each.report)]
    keys = {key(each.record) for each in (*shown, *cited, *out, *printable.consents_about(case))}
    own = {"", None, case.record.id}
    for each in found.findings:
        there = (each.table, each.sheet, each.row) in keys
        if there and each.facts.get("note") in own and each.facts.get("case") in own:
            yield id(each)
