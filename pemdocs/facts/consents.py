"""Facts of consents: the one that a company of a pair has given for itself and that stands, or its refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

from pemdocs.data.registry import fact


@fact("partnership", audience="internal", table="consents")
def home_consent(pair: Any) -> Any:
    """What the home company lets be published by a consent that stands; ``None`` where there is none."""
    return _standing(pair, pair.home_company, pair.charter.home_signatory if pair.charter else None)


@fact("partnership", audience="internal", table="consents")
def host_consent(pair: Any) -> Any:
    """What the host company lets be published by a consent that stands; ``None`` where there is none."""
    return _standing(pair, pair.host_company, pair.charter.host_signatory if pair.charter else None)


def _standing(pair: Any, company: Any, signatory: Any) -> Any:
    """The latest consent of a company that is neither withdrawn nor over, given by who signs for it or by nobody named.

    One that is limited to some texts or pictures is not the company's own.
    """
    found = [each for each in (company.consents if company else ()) if each.person in (None, signatory)
             and each.withdrawn is None and not each.only
             and (each.until is None or each.until >= pair.dataset.as_of)]  # fmt: skip
    return max(found, key=lambda each: each.valid_from or date.min, default=None)
