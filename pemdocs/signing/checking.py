"""Turn the signatures of a PDF into what they are worth. Only this module validates; nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.signing import keys, trust

VALID, BROKEN, CHANGED, EXPIRED, REVOKED, UNTRUSTED, UNKNOWN = (
    "valid", "broken", "changed-after", "expired", "revoked", "untrusted", "unchecked",
)  # fmt: skip
"""A signature: good, of somebody trusted; not of these bytes; good, but more than signatures was added since; its
certificate had ended; was revoked; leads back to nobody that is trusted; good, but nobody was named to be trusted."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of a file: its field (the id of the signatory), what it is worth, the day it says, its level.

    ``timed``: a trusted service says the time. ``whole``: it covers the file as it is now.
    """

    field: str
    state: str
    on: date | None = None
    level: str = ""
    qualified: bool = False
    whole: bool = False

    @property
    def good(self) -> bool:
        """Whether it fits its bytes, and nothing speaks against whose it is."""
        return self.state in (VALID, UNKNOWN)


def signatures_of(content: bytes, roots: tuple[Path, ...] = ()) -> tuple[Signature, ...]:
    """Every signature of a PDF, in the order in which they were made. Raises as ``trust.context`` does."""
    if b"/ByteRange" not in content:
        return ()
    keys.needed()
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except Exception:  # what is broken so that no reader opens it has no signature that holds
        return (Signature("", BROKEN),)
    with keys.quiet():
        return tuple(_signature(each, reader, roots) for each in embedded)


def _signature(embedded: Any, reader: Any, roots: tuple[Path, ...]) -> Signature:
    field = str(embedded.field_name)
    try:
        status = _status(embedded, trust.context(roots, revocations=_enclosed(reader)))
    except PemdocsError:
        raise
    except Exception:
        return Signature(field, BROKEN)
    moment = status.timestamp_validity.timestamp if status.timestamp_validity else status.signer_reported_dt
    return Signature(
        field,
        _state(status, bool(roots)),
        moment.date() if moment else None,
        _level(embedded, status, reader),
        keys.qualified(embedded.signer_cert),
        status.coverage.name == "ENTIRE_FILE",
    )


def _status(embedded: Any, context: Any) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature

    return validate_pdf_signature(embedded, signer_validation_context=context, ts_validation_context=context)


def _state(status: Any, rooted: bool) -> str:
    if not status.intact or not status.valid:
        return BROKEN
    if not status.bottom_line and (status.modification_level is None or not status.docmdp_ok):
        return CHANGED
    trouble = str(status.trust_problem_indic or "").upper()
    if "REVOKED" in trouble:
        return REVOKED
    if "EXPIRED" in trouble or "OUT_OF_BOUNDS" in trouble:
        return EXPIRED
    if not rooted:
        return UNKNOWN
    return VALID if status.trusted else UNTRUSTED


def _enclosed(reader: Any) -> tuple[Any, ...]:
    """The lists of revocations that a file brings along for the years to come."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    try:
        return tuple(DocumentSecurityStore.read_dss(reader).load_crls())
    except Exception:  # it brings none along
        return ()


def _level(embedded: Any, status: Any, reader: Any) -> str:
    if status.timestamp_validity is None:
        return "B-B"
    return "B-LT" if "/DSS" in reader.root else "B-T"
