"""Turn a wish into the documents that can be made, what cannot be laid out, and the cases that are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pemdocs.building.outcome import FAILED, Outcome, Skipped
from pemdocs.building.wish import Wish
from pemdocs.checking.examination import Report, at_fault, findings_on
from pemdocs.consent import printable
from pemdocs.data.dataset import Linked, named
from pemdocs.data.schema import STAGES
from pemdocs.facts import stage_number
from pemdocs.model import PemdocsError
from pemdocs.page.view import View
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.project.settings import Languages
from pemdocs.writing import make
from pemdocs.writing.crew import LIMIT
from pemdocs.writing.make import Job


@dataclass(slots=True)
class Plan:
    """What is to be made, what cannot be, and what is left out, as it is gathered. ``limit``: seconds for a page."""

    limit: float = LIMIT
    jobs: dict[str, Job] = field(default_factory=dict)
    failed: list[Outcome] = field(default_factory=list)
    skipped: dict[tuple[str, str, str], Skipped] = field(default_factory=dict)

    def add(self, kind: Kind, case: Linked, languages: Languages, formats: tuple[str, ...], report: Report) -> None:
        """Add a document in its formats, laid out."""
        version = kind.versions(languages)
        findings = findings_on(case, report, kind) if kind.faulty else ()
        page = make.laid_out(View(kind, case, version, findings), self.limit)
        for format in formats:
            if format not in kind.formats:
                continue
            if isinstance(page, PemdocsError):
                self.failed.append(Outcome(kind.path(case.record.id, version, format), FAILED, page))
            else:
                job = make.job(kind, case.record.id, page, format, printable.consents_of(case, version))
                self.jobs[job.path] = job

    def skip(self, reason: Skipped) -> None:
        """Add a case that is left out; what stops several kinds of a pack is told once."""
        same = reason.code == "case-has-errors"
        self.skipped[reason.kind, reason.case, reason.code if same else str(reason.facts)] = reason


def plan(report: Report, wish: Wish, limit: float = LIMIT) -> Plan:
    """Everything that the wish asks for, and of each pack that it asks for what other kinds bring to it."""
    found = Plan(limit)
    for kind in wish.loaded:
        for case in report.dataset.table(kind.table):
            if not wish.wants(case) or not _asked(kind, case):
                continue
            reason = why_not(kind, case, report)
            if reason:
                found.skip(reason)
                continue
            for languages in wish.versions(kind, case):
                found.add(kind, case, languages, wish.formats, report)
    for place in wish.places:
        for kind, case, languages in _brought(place, report, wish):
            found.add(kind, case, languages, ("pdf",), report)
    return found


def _brought(place: str, report: Report, wish: Wish) -> Iterator[tuple[Kind, Linked, Languages]]:
    """The documents of other kinds that belong into the packs of a folder, such as the charter of the pair."""
    templates = wish.templates
    front = kinds.with_role(place, "front", templates)
    for stay in filter(wish.wants, report.dataset.table(front.table)):
        pair = stay.partnership
        for due in stay.checklist if pair is not None else ():
            kind = kinds.load(due.kind, templates) if due.kind in kinds.available(templates) else front
            if kind.table == pair.record.table and why_not(kind, pair, report) is None:
                yield from ((kind, pair, languages) for languages in wish.versions(front, stay))


def _asked(kind: Kind, case: Linked) -> bool:
    """Whether a paper belongs to this case: of a pack what the consulate's list asks, and the computed sheets."""
    if kind.role:
        return False
    bound = kinds.packs(kind.place, kind.templates) and not kind.faulty
    return not bound or any(due.kind == kind.id for due in case.checklist)


def why_not(kind: Kind, case: Linked, report: Report) -> Skipped | None:
    """Why a kind cannot be made of a case, or is not due yet."""
    there = at_fault(case, report.faulty, kind)
    if there:
        places = sorted({f"{f.sheet}!{f.cell}" for f in report.findings
                         if f.severity == "error" and (f.table, f.sheet, f.row) in there})  # fmt: skip
        facts: dict[str, object] = {"count": len(places), "places": ", ".join(places[:5])}
        return Skipped(_named(kind), named(case), "case-has-errors", facts, wrong=True)
    missing = kinds.lacking(kind, case)
    if not missing:
        return None
    due = case.record.table != "partnerships" or stage_number(case) >= STAGES.index(kind.from_stage)
    code = "case-lacks" if due else "case-waits"
    return Skipped(kind.id, named(case), code, {"missing": missing, "table": kind.table}, wrong=due)


def _named(kind: Kind) -> str:
    """What the reader knows it by: the pack, where the paper is one of many."""
    return kind.place if kinds.packs(kind.place, kind.templates) else kind.id
