"""Facts of signatures: who signs what, how far each of them is, and since when a charter counts as signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pemdocs.data.registry import fact
from pemdocs.project import kinds

CHARTER, AMENDMENT, CONSENTS = "partnership-charter", "charter-amendment", "consent-sheet"

PREPARE, SIGN, SENT, REFUSED, SIGNED, REPLACED = "prepare", "sign", "sent", "refused", "signed", "replaced"
STATES = (PREPARE, SIGN, SENT, REFUSED, SIGNED)
"""How far a signature is, from the farthest to the nearest; ``replaced`` stands beside them."""


def signatories(kind: kinds.Kind, case: Any) -> tuple[Any, ...]:
    """The people who sign a document of a kind about a case, in the order in which they do."""
    found = (_along(case, path) for path in kind.signatories)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _along(case: Any, path: str) -> Any:
    found = case
    for step in path.split("."):
        found = getattr(found, step) if found is not None else None
    return found


def version(signature: Any) -> int:
    """The version that a signature belongs to: the first where none is named."""
    return int(signature.version or 1)


def of(case: Any, document: str) -> tuple[Any, ...]:
    """What is told of the signatures of the latest version of a document that nothing has replaced."""
    told = [each for each in case.signatures if each.document == document and each.state != REPLACED]
    latest = max(map(version, told), default=0)
    return tuple(each for each in told if version(each) == latest)


def state(told: Iterable[Any], person: Any) -> str:
    """How far the signature of a person is; of several rows the nearest to the end counts."""
    states = [each.state for each in told if each.signatory == person and each.state in STATES]
    return max(states, key=STATES.index, default=PREPARE)


def signed(kind: kinds.Kind, case: Any) -> bool:
    """Whether all who sign a document have done so: of a charter the two companies, whoever is its witness."""
    if kind.id == CHARTER:
        return case.charter_signed is not None
    told, people = of(case, kind.id), signatories(kind, case)
    return bool(people) and all(state(told, person) == SIGNED for person in people)


@fact("signature", audience="internal")
def case(signature: Any) -> Any:
    """The pair or the stay that the signed document is about."""
    return signature.partnership or signature.stay


@fact("partnership")
def charter_signed(pair: Any) -> date | None:
    """The day on which the last of the two companies has signed the charter, ``None`` as long as one has not."""
    if pair.charter is None:
        return None
    told = of(pair, CHARTER)
    days = [_signed_on(told, person) for person in (pair.charter.home_signatory, pair.charter.host_signatory)]
    return None if None in days else max(filter(None, days))


def _signed_on(told: Iterable[Any], person: Any) -> date | None:
    days = [each.signed_on for each in told if each.signatory == person and each.state == SIGNED and each.signed_on]
    return max(days, default=None) if person is not None else None


@fact("partnership")
def charter_state(pair: Any) -> str:
    """How far the charter is: as far as the signature of the company that is the farthest behind."""
    told = of(pair, CHARTER)
    people = [pair.charter.home_signatory, pair.charter.host_signatory] if pair.charter is not None else []
    return min((state(told, person) for person in people), key=STATES.index, default=PREPARE)
