"""Rules about the partnership charter: who signs, and wording that declares and never binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pemdocs.data.dataset import named
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

CHARTER = "Guide to the accompaniment plan, 3.2.2: symbolic, without legal force"

BINDING = {
    "fr": r"s[’']engage(nt)?\b|\bs[’']obligent?\b|\best tenue? de\b|\bsont tenu|\bobligations?\b|\bpénalités?\b"
    r"|\bdoi(t|vent)\b|\bgaranti(t|ssent)\b|\bexclusivités?\b",
    "en": r"\bshall\b|\bmust\b|\bundertakes? to\b|\bis obliged\b|\bare obliged\b|\bobligations?\b|\bpenalt(y|ies)\b"
    r"|\bguarantees?\b|\bexclusiv(e|ity)\b|\bcommits? (itself|themselves) to\b",
    "nl": r"\bverbind(t|en) zich\b|\bverplicht(en|ing|ingen)?\b|\bmoet(en)?\b|\bboetes?\b|\bgarandeer(t|en)\b"
    r"|\bgaranderen\b|\bexclusiviteit\b|\bdient te\b|\bdienen te\b",
}
"""Words that oblige, per language. French guidance warns that a signed agreement binds; a charter must not sound so."""


def binding_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a text that would oblige a party."""
    pattern = BINDING.get(language)
    return tuple(match[0] for match in re.finditer(pattern, text, re.IGNORECASE)) if pattern else ()


@rule("charter-binds", source=CHARTER, severity=Severity.WARNING)
def charter_binds(charter: Any) -> Iterator[Finding]:
    """The texts of a charter declare an intent and oblige nobody."""
    for name in ("aim", "context", "areas"):
        for language, text in charter.record.texts(name).items():
            words = binding_words(str(text), language)
            if words:
                yield at(charter, name, words=", ".join(dict.fromkeys(words)), language=language)


LONGEST = {"aim": 155, "context": 165}
"""The characters with which a charter in two languages still fits one page in type of 11 points."""
AREAS = 5
"""So many areas of cooperation fit it, each on a line of ``AREA`` characters."""
AREA = 52


@rule("charter-too-long", source=CHARTER, severity=Severity.WARNING)
def charter_too_long(charter: Any) -> Iterator[Finding]:
    """The texts of a charter leave it on one page that can be read."""
    for name, limit in LONGEST.items():
        for language, text in charter.record.texts(name).items():
            count = len(str(text))
            if count > limit:
                yield at(charter, name, language=language, count=count, limit=limit, over=count - limit)


@rule("charter-too-many-areas", source=CHARTER, severity=Severity.WARNING)
def charter_too_many_areas(charter: Any) -> Iterator[Finding]:
    """So do its areas of cooperation; a long one counts for as many as it takes lines."""
    for language, text in charter.record.texts("areas").items():
        count = sum(-(-len(line) // AREA) for line in str(text).splitlines() if line.strip())
        if count > AREAS:
            yield at(charter, "areas", language=language, count=count, limit=AREAS)


@rule("signatory-of-other-company", source=CHARTER)
def signatory_of_other_company(charter: Any, partnership: Any) -> Iterator[Finding]:
    """Each company's charter is signed by somebody of that company."""
    for side in ("home", "host"):
        person, company = getattr(charter, f"{side}_signatory"), getattr(partnership, f"{side}_company")
        if person and company and person.company != company:
            yield at(charter, f"{side}_signatory", person=named(person), company=named(company))


@rule("witness-is-party", source=CHARTER)
def witness_is_party(charter: Any, partnership: Any) -> Iterator[Finding]:
    """A witness belongs to neither company."""
    parties = {partnership.home_company, partnership.host_company} - {None}
    if charter.witness and charter.witness.company in parties:
        yield at(charter, "witness", person=named(charter.witness))
