"""Turn a wish into the documents that can be made, and the cases that are left out."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from pemdocs.building.drafts import Draft, Due
from pemdocs.building.memory import Memory
from pemdocs.building.outcome import Skipped
from pemdocs.building.wish import Wish
from pemdocs.checking.examination import Report, at_fault
from pemdocs.data.dataset import Linked, named
from pemdocs.data.schema import STAGES
from pemdocs.facts import stage_number
from pemdocs.facts.dossier import papers_of_team
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.project.settings import Languages
from pemdocs.writing.crew import LIMIT
from pemdocs.writing.make import BESIDE


@dataclass(slots=True)
class Plan:
    """What is asked for, by path, and what is left out, as it is gathered."""

    memory: Memory
    limit: float = LIMIT
    """Seconds that a page may take."""

    made: Container[str] = ()
    """The paths of what was made before."""

    dues: dict[str, Due] = field(default_factory=dict)
    skipped: dict[tuple[str, str, str], Skipped] = field(default_factory=dict)

    def add(
        self,
        kind: Kind,
        case: Linked,
        languages: Languages,
        formats: tuple[str, ...],
        report: Report,
        *,
        again: bool = False,
    ) -> None:
        """Add a document in its formats; ``again`` also in those in which it was made before."""
        version = kind.versions(languages)
        draft = Draft(kind, case, version, report, self.memory, self.limit)
        for format in kind.formats:
            path = kind.path(case.record.id, version, format)
            beside = BESIDE.get(format) in formats and not kind.by_word
            if path not in self.dues and (format in formats or beside or (again and path in self.made)):
                self.dues[path] = Due(draft, format, path)

    def skip(self, reason: Skipped) -> None:
        """Add a case that is left out; what stops several kinds of a pack is told once."""
        same = reason.code == "case-has-errors"
        self.skipped[reason.kind, reason.case, reason.code if same else str(reason.facts)] = reason


def plan(report: Report, wish: Wish, memory: Memory, limit: float = LIMIT, made: Container[str] = ()) -> Plan:
    """Everything that the wish asks for, and of each pack that it asks for what other kinds bring to it.

    ``made`` are the paths of what was made before.
    """
    found = Plan(memory, limit, made)
    for kind in wish.loaded:
        for case in report.dataset.table(kind.table):
            if not wish.wants(case) or not _asked(kind, case):
                continue
            reason = why_not(kind, case, report)
            if reason:
                found.skip(reason)
                continue
            for languages in wish.versions(kind, case):
                found.add(kind, case, languages, wish.formats, report, again=wish.again)
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
    return not bound or any(due.kind == kind.id for due in (*case.checklist, *papers_of_team(case)))


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
