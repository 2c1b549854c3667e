"""Turn a dataset into the state of each signature, and into reminders for those who have not signed yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pemdocs.checking.examination import examine
from pemdocs.checking.signed import AMENDED
from pemdocs.consent import consents
from pemdocs.data.cleaning import identifier
from pemdocs.data.dataset import Dataset, Linked
from pemdocs.data.schema import STAGES
from pemdocs.facts import signatures, stage_number
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, languages, lock, signed
from pemdocs.project.kinds import Kind
from pemdocs.project.settings import open_project
from pemdocs.signing import papers
from pemdocs.words import speech


@dataclass(frozen=True, slots=True)
class State:
    """How far the signature of somebody is, under a version of a document about a case.

    ``on`` is the day of the state, where one is told: sent, signed. ``language`` is that of the signatory.
    """

    cohort: str
    case: str
    document: str
    version: int
    signatory: str
    state: str
    on: date | None
    way: str
    language: str

    @property
    def open(self) -> bool:
        """Whether this signature is still to come."""
        return self.state in (signatures.PREPARE, signatures.SIGN, signatures.SENT)


def states(dataset: Dataset, documents: Iterable[str]) -> tuple[State, ...]:
    """The state of every signature of these kinds of documents, by cohort and case, in the order of signing.

    Of a charter that is due and that nobody has prepared, that it is to be prepared; of letters only what is told.
    """
    templates = dataset.programme.templates
    loaded = [kinds.load(each, templates) for each in sorted(documents) if each in kinds.available(templates)]
    found = [
        state for kind in loaded if kind.signatories for case in dataset.table(kind.table) for state in _of(kind, case)
    ]
    return tuple(sorted(found, key=lambda each: (each.cohort, each.case)))


def _of(kind: Kind, case: Linked) -> Iterator[State]:
    told = signatures.of(case, kind.id)
    if not told and not _due(kind, case):
        return
    for person in signatures.signatories(kind, case):
        state = signatures.state(told, person)
        row = next((each for each in told if each.signatory == person and each.state == state), None)
        yield State(
            cohort=_cohort(case),
            case=case.record.id,
            document=kind.id,
            version=max(map(signatures.version, told), default=1),
            signatory=person.record.id,
            state=state,
            on=_day(row),
            way=str((row.way if state == signatures.SIGNED else row.sent_by) or "") if row else "",
            language=_language(person, case),
        )


def _due(kind: Kind, case: Linked) -> bool:
    """Whether a charter is due; all else, such as letters and consent sheets, is once somebody has prepared it."""
    if kind.id != signatures.CHARTER or case.record.table != "partnerships" or not kind.from_stage:
        return False
    return not kinds.lacking(kind, case) and stage_number(case) >= STAGES.index(kind.from_stage)


def _day(row: Any) -> date | None:
    if row is None:
        return None
    day: date | None = row.signed_on if row.state == signatures.SIGNED else row.sent_on
    return day


def _cohort(case: Any) -> str:
    pair = case if case.record.table == "partnerships" else case.partnership
    return str(pair.cohort.record.id) if pair is not None and pair.cohort is not None else ""


def _language(person: Any, case: Linked) -> str:
    """The language of a signatory: their own, that of their company, else the programme's first."""
    spoken = person.language or (person.company.language if person.company is not None else None)
    known = languages.available()
    return str(spoken) if spoken in known else case.dataset.programme.languages[0]


def unsigned(target: Path | str, cohorts: Sequence[str] = ()) -> tuple[State, ...]:
    """Who has not signed yet, in these cohorts or in all. Raises ``PemdocsError`` where the project cannot be read."""
    wanted = {identifier(each) for each in cohorts}
    project = open_project(Path(target))
    profile = project.programme
    offered = {*kinds.meant((), profile.kinds, profile.templates), *AMENDED}
    found = states(examine(project).dataset, offered)
    return tuple(each for each in found if each.open and (not wanted or each.cohort in wanted))


def reminder(state: State, title: str) -> str:
    """What to write to somebody who has not signed yet, in their language; it names nobody, and nothing is sent."""
    facts = {"document": title, "case": state.case, "version": state.version, "day": state.on}
    return speech.word("sign-reminder", state.language, **facts)


def mark(
    target: Path | str,
    case: str,
    state: str,
    who: Sequence[str],
    *,
    on: date | None = None,
    way: str = "",
    kind: str = "",
) -> tuple[str, ...]:
    """Enter how far signatures of the latest version about a case are: ``sign``, ``sent``, ``signed``, ``refused``.

    ``who`` are signatories, all of them where nobody is named; returns them. ``on`` is the day, today unless told;
    ``way`` how it went: ``hand``, ``post``, ``email``, ``service`` of what is sent, ``paper``, ``electronic`` of what
    is signed. Raises ``PemdocsError``: ``sign-none``, ``sign-who``.
    """
    project = open_project(Path(target))
    with lock.held(project.folder / signed.FOLDER):
        frozen = papers.meant(signed.versions(project.folder), case, kind, "", project.programme)
        people = tuple(identifier(each) for each in who) or frozen.signatories
        if set(people) - set(frozen.signatories):
            raise PemdocsError("sign-who", known=", ".join(frozen.signatories))
        day = (on or consents.today()).isoformat()
        told: dict[str, Any] = {"state": state}
        if state == signatures.SENT:
            told |= {"sent_on": day, "sent_by": way or None}
        if state == signatures.SIGNED:
            told |= {"signed_on": day, "way": way or "paper"}
        table = papers.table_of(frozen, project.programme)
        signed.enter(project.folder, [papers.row(frozen, table, each, **told) for each in people])
    return people
