"""Rules about signatures: of which paper, by whom, when, and that two rows do not tell of them differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.consent import consents
from pemdocs.data.dataset import named
from pemdocs.facts import signatures
from pemdocs.model import FieldName, Finding, Severity
from pemdocs.project import beside, kinds
from pemdocs.rules import at, rule

STATE = "The state of each signature is told once, with its day"
SHEET = "Regulation (EU) 2016/679, art. 7(1): that somebody has consented can be shown"
CASES = {"partnerships": "partnership", "stays": "stay"}
"""The field that names the case of a document, by the table that its kind is about."""


@rule("signature-without-case", source=STATE, severity=Severity.WARNING)
def signature_without_case(signature: Any, document: str) -> Iterator[Finding]:
    """A signature names the pair or the stay that its document is about, and not the other of them."""
    kind = _kind(signature, document)
    wanted = CASES.get(kind.table, "") if kind else ""
    if wanted and signature.record.value(wanted) is None:
        yield at(signature, wanted, document=document)
    elif wanted:
        for other in {*CASES.values()} - {wanted}:
            if signature.record.value(other) is not None:
                yield at(signature, other, document=document)


@rule("signature-of-other-person", source=STATE, severity=Severity.WARNING)
def signature_of_other_person(signature: Any, document: str, case: Any, signatory: Any) -> Iterator[Finding]:
    """Who signs is among those whom the charter or the letter names as its signatories."""
    kind = _kind(signature, document)
    if kind is None or kind.table != case.record.table:
        return
    people = signatures.signatories(kind, case)
    if people and signatory not in people and signature.state != signatures.REPLACED:
        yield at(signature, "signatory", person=named(signatory), known=", ".join(map(named, people)))


@rule("signature-undated", source=STATE, severity=Severity.WARNING)
def signature_undated(signature: Any, state: str) -> Iterator[Finding]:
    """What is sent or signed has its day."""
    name = {signatures.SENT: "sent_on", signatures.SIGNED: "signed_on"}.get(state)
    if name and signature.record.value(name) is None:
        yield at(signature, name)


@rule("signature-too-early", source=STATE, severity=Severity.WARNING)
def signature_too_early(signature: Any, sent_on: Any, signed_on: Any) -> Iterator[Finding]:
    """Nobody signs before the document is sent."""
    if signed_on < sent_on:
        yield at(signature, "signed_on", sent=sent_on)


@rule("signature-to-come", source=STATE, severity=Severity.WARNING)
def signature_to_come(signature: Any, signed_on: Any) -> Iterator[Finding]:
    """A day on which somebody has signed is past."""
    if signature.state == signatures.SIGNED and signed_on > consents.today():
        yield at(signature, "signed_on")


@rule("signatures-differ", source=STATE, severity=Severity.WARNING)
def signatures_differ(signature: Any, case: Any, signatory: Any) -> Iterator[Finding]:
    """Two rows about the same signature say the same."""
    for other in case.signatures:
        if other == signature:
            return
        if _same(signature, other) and (other.state, other.signed_on) != (signature.state, signature.signed_on):
            place = f"{other.record.sheet}!{other.record.place('state')}"
            yield at(signature, "state", other=place, person=named(signatory))


def _same(one: Any, other: Any) -> bool:
    keys = [(each.document, signatures.version(each), each.signatory) for each in (one, other)]
    return keys[0] == keys[1]


@rule("consents-not-entered", source=SHEET, severity=Severity.WARNING)
def consents_not_entered(signature: Any, case: Any, signatory: Any) -> Iterator[Finding]:
    """What is ticked on a consent sheet that is signed stands in the workbook, where documents look for it."""
    if signature.document != signatures.CONSENTS or signature.state != signatures.SIGNED:
        return
    company = signatory.company
    if not signatory.consents and not (company and company.consents):
        columns = {
            name: FieldName("consents", name) for name in ("covers", "media", "languages", "valid_from", "until")
        }
        yield at(signature, "state", person=named(signatory), target="consents", **columns)
    charter: Any = getattr(case, "charter", None)
    for name in ("consent_names", "consent_logos", "consent_photos") if charter else ():
        if charter.record.value(name) is None:
            yield at(charter, name, sheet=signature.record.sheet)


@rule("signed-file-missing", source=STATE, severity=Severity.WARNING)
def signed_file_missing(signature: Any, file: str) -> Iterator[Finding]:
    """The signed file that a row names is there."""
    if signature.dataset.folder is not None and beside.find(signature.dataset.folder, file) is None:
        yield at(signature, "file")


@rule("charter-dated-otherwise", source=STATE, severity=Severity.WARNING)
def charter_dated_otherwise(charter: Any, partnership: Any, date: Any) -> Iterator[Finding]:
    """The day that a charter bears is the one on which it was signed."""
    signed = partnership.charter_signed
    if signed is not None and signed != date:
        yield at(charter, "date", signed=signed)


def _kind(signature: Any, document: str) -> kinds.Kind | None:
    templates = signature.dataset.programme.templates
    return kinds.load(document, templates) if document in kinds.available(templates) else None
