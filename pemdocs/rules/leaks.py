"""Rules about names in public texts: what is written for everybody says nothing of whom it may not name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.consent.leaks import betrayed, leaks
from pemdocs.data.dataset import Linked, named
from pemdocs.data.schema import Table
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

PROTECTED = "Regulation (EU) 2016/679, art. 4(1) and 6(1)(a): a name, a number or an address is published with consent"
ABOUT = frozenset({"notes", "reports"})
"""The tables that publications are about."""


def _about(table: Table) -> bool:
    return table.name in ABOUT


@rule("name-in-public-text", source=PROTECTED, of=_about)
def name_in_public_text(record: Linked) -> Iterator[Finding]:
    """A text that is published names nobody and no company without consent, and nothing that leads to them."""
    yield from _told(record, certain=True)


@rule("name-perhaps-in-public-text", source=PROTECTED, severity=Severity.WARNING, of=_about)
def name_perhaps_in_public_text(record: Linked) -> Iterator[Finding]:
    """A word that is also the name of somebody who may not be named is looked at before it is published."""
    yield from _told(record, certain=False)


@rule("company-betrays-speaker", source=PROTECTED, severity=Severity.WARNING)
def company_betrays_speaker(note: Any) -> Iterator[Finding]:
    """A note does not name the company of somebody whom it quotes under a pseudonym."""
    for language in note.dataset.languages or note.dataset.programme.languages[:1]:
        for quote in betrayed(note, (language,)):
            yield at(quote, "person", item=named(quote), note=named(note))


def _told(record: Linked, *, certain: bool) -> Iterator[Finding]:
    seen = set()
    for language in record.dataset.languages or record.dataset.programme.languages[:1]:
        for each in leaks(record, (language,)):
            place = (each.record, each.field, each.language, each.around)
            if each.certain == certain and place not in seen:
                seen.add(place)
                where = {"language": each.language} if each.language else {}
                yield at(each.record, each.field, **where, sort=each.sort, around=each.around, case=named(record))
