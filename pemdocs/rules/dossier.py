"""Rules about the dossier: the pieces that the consulate asks, who signs them, translations, the journey back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.facts.dossier import TO_SIGN
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE, still_planned, to_be_lodged


@rule("pieces-missing", source=f"{VISA_CODE}, art. 14 and annex II", severity=Severity.WARNING)
def pieces_missing(stay: Any) -> Iterator[Finding]:
    """Every piece that the consulate asks is there."""
    missing = [due.code for due in stay.checklist if due.state == "missing"]
    if missing and to_be_lodged(stay):
        yield at(stay, "id", pieces=", ".join(missing), count=len(missing), target="supporting_documents")


@rule("papers-to-sign", source=f"{VISA_CODE}, annex II", severity=Severity.NOTE)
def papers_to_sign(stay: Any, appointment: Any) -> Iterator[Finding]:
    """What is lodged on a day that is fixed bears the signatures that it asks for."""
    waiting = [due.code for due in stay.checklist if due.state == TO_SIGN]
    if waiting and appointment and to_be_lodged(stay):
        yield at(stay, "id", pieces=", ".join(waiting), count=len(waiting), target="signatures")


@rule("mission-of-oneself", source=f"{VISA_CODE}, annex II", severity=Severity.NOTE)
def mission_of_oneself(stay: Any, mission_signatory: Any, person: Any) -> Iterator[Finding]:
    """Somebody other than the traveller sends the traveller on the mission, or signs the order too."""
    if mission_signatory == person and to_be_lodged(stay):
        yield at(stay, "mission_signatory")


@rule("translation-missing", source=f"{VISA_CODE}, art. 14(5a)", severity=Severity.WARNING)
def translation_missing(piece: Any, stay: Any) -> Iterator[Finding]:
    """What is in a language that the consulate does not read is translated."""
    if piece.translation == "missing" and piece.status != "not-applicable" and to_be_lodged(stay):
        yield at(piece, "translation")


@rule("return-missing", source=f"{VISA_CODE}, annex II, B(1)", severity=Severity.WARNING)
def return_missing(stay: Any) -> Iterator[Finding]:
    """A journey that is booked, or of which a proof is said to be there, leads out of the Schengen area again."""
    known = all(leg.from_country and leg.to_country for leg in stay.transport)
    said = stay.transport or any(due.code == "transport" and due.state == "present" for due in stay.checklist)
    if said and known and stay.leaving is None and still_planned(stay):
        yield at(stay, "exit", target="transport")
