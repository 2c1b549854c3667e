"""Turn a stay into its line of the tracker: the stage, what is missing, who acts, the next day that counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pemdocs.building.tracking import rows
from pemdocs.building.tracking.pieces import owner
from pemdocs.building.tracking.rows import Deadline, Missing, Tracked
from pemdocs.checking.examination import Report, findings_on
from pemdocs.data.dataset import Linked, named
from pemdocs.facts import signatures
from pemdocs.facts.dossier import TO_SIGN
from pemdocs.facts.outcomes import followed
from pemdocs.facts.signatures import CHARTER, SIGNED
from pemdocs.facts.signatures import STATES as SIGNING
from pemdocs.model import Severity
from pemdocs.project import kinds

PAPER = "visa-application"
"""The paper of a dossier that is made of all its data: an error in them keeps the dossier from being ready."""

ASKED = frozenset({"missing", "requested"})
SIGNERS = {"invitation": (rows.HOST,), "mission-order": (rows.HOME,), "charter": (rows.HOME, rows.HOST)}
"""Who signs the papers that the program makes; the team signs the others."""


def tracked(stay: Any, report: Report, on: date, *, names: bool) -> Tracked:
    """The line of a stay, as it is on a day."""
    collecting = () if stay.progress else tuple(_to_collect(stay, report))
    before = rows.COLLECTING if collecting else rows.APPOINTMENT if stay.appointment else rows.READY
    stage = stay.progress or before
    missing = (*collecting, *(_dates(stay, on) if not stay.progress else _to_enter(stay, stage, on)))
    deadline = _deadline(stay, stage, on)
    person = stay.person
    return Tracked(
        case=named(stay),
        kind=rows.DOSSIER,
        traveller=str(person.full_name or "") if names and person else "",
        role=str(person.role or "") if person else "",
        cohort=_cohort(stay),
        stage=stage,
        missing=missing,
        who=acting(missing) or _waited_for(stage),
        deadline=deadline.day if deadline else None,
        about=deadline.about if deadline else "",
        days_left=(deadline.day - on).days if deadline else None,
    )


def _to_collect(stay: Linked, report: Report) -> Iterator[Missing]:
    """What keeps a dossier from being lodged: errors, pieces, translations, signatures."""
    linked: Any = stay
    templates = stay.dataset.programme.templates
    found = findings_on(stay, report, kinds.load(PAPER, templates))
    for code in dict.fromkeys(each.code for each in found if each.severity is Severity.ERROR):
        yield Missing("error", code, rows.TEAM)
    for due in linked.checklist:
        who = owner(due.code, templates)
        if due.state in ASKED:
            yield Missing("piece", due.code, who)
        elif due.state == TO_SIGN:
            yield from (Missing("signature", due.code, signer) for signer in SIGNERS.get(due.code, (rows.TEAM,)))
        if due.translation == "missing" and due.state != "not-applicable":
            yield Missing("translation", due.code, who)


def _dates(stay: Any, on: date) -> Iterator[Missing]:
    """The days that are to be fixed, or to be entered once they are past."""
    if not stay.appointment:
        yield Missing("date", "appointment", rows.TEAM)
    elif stay.appointment < on:
        yield Missing("date", "lodged", rows.TEAM)


def acting(missing: Iterable[Missing]) -> tuple[str, ...]:
    """Those who bring what is missing, whoever brings most first."""
    counted = Counter(each.who for each in missing)
    return tuple(sorted(counted, key=lambda who: (-counted[who], rows.ACTORS.index(who))))


def _to_enter(stay: Any, stage: str, on: date) -> Iterator[Missing]:
    """What the follow-up does not tell yet of what has happened by a day."""
    if stage == rows.COMPLEMENT:
        yield Missing("date", "complement", rows.TRAVELLER)
    if stage == rows.DECIDED:
        yield Missing("date", "sticker", rows.TEAM)
    if stage == rows.REFUSED:
        yield from (Missing("date", name, rows.TEAM) for name in ("notified", "grounds") if not followed(stay, name))
    if stage == rows.ISSUED and stay.entry and stay.entry < on:
        yield Missing("date", "entered", rows.TRAVELLER)
    if stage == rows.TRAVELLED and stay.exit and stay.exit < on:
        yield Missing("date", "left", rows.TRAVELLER)


WAITED_FOR = {
    rows.APPOINTMENT: (rows.TRAVELLER,),
    rows.LODGED: (rows.CONSULATE,),
    rows.ISSUED: (rows.TRAVELLER,),
    rows.REFUSED: (rows.TRAVELLER, rows.TEAM),
    rows.APPEAL: (rows.CONSULATE,),
    rows.TRAVELLED: (rows.TRAVELLER,),
}


def _waited_for(stage: str) -> tuple[str, ...]:
    return WAITED_FOR.get(stage, ())


def _deadline(stay: Any, stage: str, on: date) -> Deadline | None:
    """The next day that counts at this stage."""
    window = stay.window
    if stage in (rows.COLLECTING, rows.READY, rows.APPOINTMENT):
        return _of(stay.appointment, "appointment") or _of(window.latest, "lodge-by") or _of(stay.entry, "entry")
    if stage == rows.LODGED:
        late = window.decision is not None and window.decision < on
        return _of(window.decision_longest, "decision-longest") if late else _of(window.decision, "decision")
    if stage in (rows.DECIDED, rows.ISSUED):
        past = stay.entry is not None and stay.entry < on
        return _of(stay.exit, "exit") if past else _of(stay.entry, "entry")
    days = {
        rows.COMPLEMENT: (followed(stay, "complement_until"), "complement"),
        rows.REFUSED: (stay.appeal_until, "appeal"),
        rows.TRAVELLED: (stay.exit, "exit"),
    }
    return _of(*days.get(stage, (None, "")))


def _of(day: date | None, about: str) -> Deadline | None:
    return Deadline(day, about) if day else None


def _cohort(case: Any) -> str:
    pair = case if case.record.table == "partnerships" else case.partnership
    return named(pair.cohort) if pair is not None and pair.cohort is not None else ""


def charter(pair: Any, on: date) -> Tracked:
    """The line of the charter of a pair."""
    state = SIGNED if pair.charter_signed is not None else str(pair.charter_state)
    waiting = () if state == SIGNED else tuple(_unsigned(pair))
    day = None if state == SIGNED else _sign_by(pair)
    return Tracked(
        case=named(pair),
        kind=rows.CHARTER,
        traveller="",
        role="",
        cohort=_cohort(pair),
        stage=state,
        missing=waiting,
        who=(rows.TEAM,) if state == SIGNING[0] else acting(waiting),
        deadline=day,
        about="sign-by" if day else "",
        days_left=(day - on).days if day else None,
    )


def _unsigned(pair: Any) -> Iterator[Missing]:
    told = signatures.of(pair, CHARTER)
    for who, person in ((rows.HOME, pair.charter.home_signatory), (rows.HOST, pair.charter.host_signatory)):
        if signatures.state(told, person) != SIGNED:
            yield Missing("signature", CHARTER, who)


def _sign_by(pair: Any) -> date | None:
    """The day of the ceremony; where none is fixed, that on which the mobility starts."""
    day: date | None = pair.charter.date or pair.mobility_start
    return day
