"""Rules about the dossier: the pieces that the consulate asks, their translations, the journey back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE, still_planned, to_be_lodged


@rule("pieces-missing", source=f"{VISA_CODE}, art. 14 and annex II", severity=Severity.WARNING)
def pieces_missing(stay: Any) -> Iterator[Finding]:
    """Every piece that the consulate asks is there."""
    missing = [due.code for due in stay.checklist if due.state == "missing"]
    if missing and to_be_lodged(stay):
        yield at(stay, "id", pieces=", ".join(missing), count=len(missing), target="supporting_documents")


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
