"""Rules about proofs: what is said to be there is there, what is dated was dated in time, no paper has a gap unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.facts.money import pledge_signed, pledges
from pemdocs.model import Finding, Severity
from pemdocs.project import kinds
from pemdocs.rules import at, rule
from pemdocs.rules.cover import INSURANCE
from pemdocs.rules.stays import VISA_CODE, to_be_lodged

ANNEX = f"{VISA_CODE}, annex II"
DATED = (("invitation", "date"), ("stay", "mission_date"), ("stay", "support_date"))
"""The papers of a dossier that bear a date, beside the proofs of means and the other pieces."""


@rule("insurance-not-recorded", source=INSURANCE)
def insurance_not_recorded(stay: Any) -> Iterator[Finding]:
    """An insurance that is said to be there is written down, so that its days and its amount are known."""
    for row in _present(stay, "insurance"):
        if not stay.insurance:
            yield at(row, "piece", target="insurance")


@rule("piece-not-recorded", source=ANNEX, severity=Severity.WARNING)
def piece_not_recorded(stay: Any) -> Iterator[Finding]:
    """What a piece that is said to be there says is written down too, so that it can be held against the rest."""
    for piece, table in (("lodging", "lodging"), ("formal-obligation", "means")):
        for row in _present(stay, piece):
            if not any(table == "lodging" or fund.kind == piece for fund in getattr(stay, table)):
                yield at(row, "piece", target=table)


def _present(stay: Any, piece: str) -> list[Any]:
    rows = [row for row in stay.supporting_documents if row.piece == piece and row.status == "present"]
    return rows[:1] if to_be_lodged(stay) else []


@rule("dated-after-lodging", source=ANNEX, severity=Severity.WARNING)
def dated_after_lodging(stay: Any, appointment: Any) -> Iterator[Finding]:
    """Every paper of a dossier is dated when it is lodged, or before."""
    for record, name in _dated(stay) if to_be_lodged(stay) else ():
        day = getattr(record, name)
        if day is not None and day > appointment:
            yield at(record, name, date=day, appointment=appointment)


def _dated(stay: Any) -> Iterator[tuple[Any, str]]:
    for record, name in DATED:
        there = stay if record == "stay" else getattr(stay, record)
        if there is not None:
            yield there, name
    for fund in stay.means:
        yield fund, "date"
        yield fund, "legalised"
    for piece in stay.supporting_documents:
        yield piece, "date"


@rule("ties-untold", source=f"{VISA_CODE}, annex II, B", severity=Severity.NOTE)
def ties_untold(stay: Any, person: Any) -> Iterator[Finding]:
    """What the mission order and the sheet of ties tell of the traveller's place in the company is known."""
    if to_be_lodged(stay) and person.company:
        yield from () if person.hired else (at(person, "hired"),)
        yield from () if stay.pay else (at(stay, "pay"),)


@rule("pledge-gap", source=f"{VISA_CODE}, art. 14(4)", severity=Severity.WARNING)
def pledge_gap(stay: Any) -> Iterator[Finding]:
    """Who answers for the traveller is known with address and income, and has signed."""
    for fund in pledges(stay) if to_be_lodged(stay) else ():
        signed = ("legalised",) if not pledge_signed(stay) and fund.legalised is None else ()
        yield from (at(fund, name) for name in ("guarantor", "monthly_income", *signed) if getattr(fund, name) is None)
        if fund.guarantor and fund.guarantor.home_address is None:
            yield at(fund.guarantor, "home_address")


@rule("paper-gap", source=f"{VISA_CODE}, art. 10(3)", severity=Severity.WARNING)
def paper_gap(stay: Any) -> Iterator[Finding]:
    """No paper of the dossier has a gap: what it would leave to be completed is known."""
    for path in _asked(stay) if to_be_lodged(stay) else ():
        *way, last = path.split(".")
        names = last.split("/")
        for owner in _reached(stay, way):
            if all(getattr(owner, name) in (None, {}) for name in names):
                yield at(owner, names[-1])


def _asked(stay: Any) -> tuple[str, ...]:
    """What the papers ask for that the program would make of the stay, each once."""
    templates = stay.dataset.programme.templates
    loaded = (kinds.load(each, templates) for each in kinds.available(templates))
    asking = [kind for kind in loaded if kind.table == stay.record.table and kind.gaps]
    return tuple(dict.fromkeys(path for kind in asking if not kinds.lacking(kind, stay) for path in kind.gaps))


def _reached(stay: Any, way: list[str]) -> list[Any]:
    """The records at the end of a path from the stay; none where it does not lead on."""
    reached = [stay]
    for step in way:
        found = [getattr(each, step) for each in reached]
        reached = [one for each in found for one in (each if isinstance(each, tuple) else (each,)) if one is not None]
    return reached
