"""Turn a case into the documents of one kind about it, laid out only where that is needed to know or to make them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from pemdocs.building.memory import Known, Memory, State
from pemdocs.building.parts import parts
from pemdocs.checking.examination import Report, findings_on
from pemdocs.consent import relied
from pemdocs.data.dataset import Linked
from pemdocs.model import FieldName, Finding, Page, PemdocsError
from pemdocs.page import gate
from pemdocs.page.reads import Notes, listening, mark
from pemdocs.page.view import View
from pemdocs.project.kinds import Kind
from pemdocs.project.published import Use
from pemdocs.project.settings import Languages
from pemdocs.writing import make
from pemdocs.writing.make import Job
from pemdocs.writing.own.finished import Merged

FINDINGS = "findings"
"""The parts of a page that come from the check: what it tells of its case, place by place."""


class Draft:
    """The page of a case in its languages, laid out once it is asked for."""

    def __init__(
        self, kind: Kind, case: Linked, version: Languages, report: Report, memory: Memory, limit: float
    ) -> None:
        self.kind = kind
        self.case = case
        self.version = version
        self.limit = limit
        self.memory = memory
        self._findings = findings_on(case, report, kind, version) if kind.faulty else ()
        self.parts = parts(kind, case.dataset.programme) | told(self._findings)
        self._laid: Page | Merged | PemdocsError | None = None
        self._consents: tuple[str, ...] = ()
        self.uses: tuple[Use, ...] | None = None
        self.carded: tuple[Use, ...] = ()
        self.states: tuple[State, ...] = ()

    def view(self) -> View:
        """The view that is laid out."""
        return View(self.kind, self.case, self.version, self._findings)

    def page(self) -> Page | Merged | PemdocsError:
        """The page, or what keeps it from being laid out; what it reads is noted."""
        if self._laid is None:
            notes = Notes(self.case.dataset)
            with listening(notes):
                self._laid = make.laid_out(self.view(), self.limit)
                self._consents = relied.consents_of(self.case, self.version)
                if gate.public(self.kind) and not isinstance(self._laid, PemdocsError):
                    self.uses = relied.uses(self.case, self.version)
                    self.carded = relied.on_cards(self.case, self.version) if make.CARDS in self.kind.formats else ()
            self.states = self.memory.states(notes)
        return self._laid

    def let_go(self) -> None:
        """Forget the page, not what it has read; who asks for it again has it laid out again."""
        self._laid = None

    @cached_property
    def foreseen(self) -> bool:
        """Whether it is known without a look that it can be laid out: another format of it was, or nothing yet."""
        formats = (self.kind.path(self.case.record.id, self.version, each) for each in self.kind.formats)
        return not self.memory.documents or any(self.memory.changes(path, self.parts) == () for path in formats)

    def job(self, format: str) -> Job | PemdocsError:
        """The document in a format, ready to be made."""
        page = self.page()
        if isinstance(page, PemdocsError):
            return page
        return make.job(self.kind, self.case.record.id, page, format, self._consents)


class Due:
    """One document that is asked for. ``changes`` are what has changed since it was made, ``None`` if not known."""

    def __init__(self, draft: Draft, format: str, path: str) -> None:
        self.draft = draft
        self.format = format
        self.path = path
        # What lies beside a Word file that was named alone is not known.
        self.changes = None if draft.kind.single else draft.memory.changes(path, draft.parts)

    @cached_property
    def fingerprint(self) -> str | PemdocsError:
        """What it is made from, as one hash, or what keeps it from being made."""
        if self.changes == ():
            return self.draft.memory.documents[self.path].fingerprint
        job = self.job()
        return job if isinstance(job, PemdocsError) else make.fingerprint(job)

    def job(self) -> Job | PemdocsError:
        """What makes it."""
        return self.draft.job(self.format)

    def learn(self) -> None:
        """Remember it, once its file is there as it should be."""
        if self.draft.states and not self.draft.kind.single and isinstance(self.fingerprint, str):
            self.draft.memory.learn(self.path, Known(self.draft.parts, self.draft.states, self.fingerprint))


def told(findings: tuple[Finding, ...]) -> dict[str, str]:
    """The parts that the findings on a case are, each with its mark: ``findings.People!F12``."""
    places: dict[str, list[list[object]]] = defaultdict(list)
    for each in findings:
        places[f"{FINDINGS}.{each.place}"].append(_plain(each))
    return {part: mark(told) for part, told in places.items()}


def _plain(finding: Finding) -> list[object]:
    place = [finding.sheet, finding.cell, finding.table, finding.field, finding.record, finding.row]
    facts = sorted((name, _fact(fact)) for name, fact in finding.facts.items())
    return [finding.code, finding.severity.value, *place, facts, finding.source]


def _fact(fact: object) -> str:
    if isinstance(fact, FieldName):
        return f"{fact.table}.{fact.field}"
    return fact.isoformat() if isinstance(fact, date) else repr(fact)
