"""Rules about consent: what a note or a report may not print and why, told where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from pemdocs.consent import consents, printable
from pemdocs.data.dataset import Linked, named
from pemdocs.model import NOTHING, Finding, Severity
from pemdocs.rules import at, rule

SPECIFIC = "Regulation (EU) 2016/679, art. 4(11) and 6(1)(a): consent is specific"
WITHDRAWAL = "Regulation (EU) 2016/679, art. 7(3): consent may be withdrawn at any time"
NAME = "name-withheld"
SOON = timedelta(days=90)


class Obstacle(NamedTuple):
    """What keeps a quote or a photograph, or a name, out of a note."""

    code: str
    record: Linked
    field: str
    facts: Mapping[str, object] = NOTHING


def _obstacles(note: Any) -> Iterator[Obstacle]:
    media = consents.media_of(note)
    for quote in note.quotes or ():
        found = printable.quoted(quote, media, ())
        yield from _of(quote, "consent", found.reason)
        yield from _languages(note, quote, "consent") if found.printed else ()
        if found.printed and not found.named:
            yield Obstacle(NAME, quote, "consent", {"pseudonym": consents.code(quote.person)})
    for photograph in note.photographs or ():
        shown = printable.pictured(photograph, media, ())
        yield from _of(photograph, "consents", shown.reason)
        yield from _languages(note, photograph, "consents") if shown.printed else ()


def _of(record: Linked, field: str, code: str) -> Iterator[Obstacle]:
    if code:
        yield Obstacle(code, record, field)


def _languages(note: Any, record: Any, field: str) -> Iterator[Obstacle]:
    """The languages of the project in which a record may not be printed though it may in others."""
    judge: Any = printable.quoted if field == "consent" else printable.pictured
    for language in note.dataset.languages:
        if not judge(record, consents.media_of(note), (language,)).printed:
            yield Obstacle(consents.LANGUAGE, record, field, {"language": language})


def _told(note: Any, code: str) -> Iterator[Finding]:
    for each in _obstacles(note):
        if each.code == code:
            facts = {"note": named(note), "item": named(each.record), "medium": ", ".join(consents.media_of(note))}
            yield at(each.record, each.field, **facts, date=note.dataset.as_of, **each.facts)


@rule("quote-without-consent", source=SPECIFIC, severity=Severity.WARNING)
def quote_without_consent(note: Any) -> Iterator[Finding]:
    """A quote is printed where its own consent covers quotes."""
    yield from _told(note, printable.NO_QUOTE)


@rule("photograph-without-consent", source=SPECIFIC, severity=Severity.WARNING)
def photograph_without_consent(note: Any) -> Iterator[Finding]:
    """A photograph is printed where each person in it has agreed to show the face."""
    yield from _told(note, printable.NO_FACE)


@rule("photograph-people-unsaid", source=SPECIFIC, severity=Severity.WARNING)
def photograph_people_unsaid(note: Any) -> Iterator[Finding]:
    """A photograph lists the people who can be recognised, or says that there are none."""
    for each in _obstacles(note):
        if each.code == printable.UNSAID:
            yield at(each.record, "people", note=named(note), item=named(each.record))


@rule("name-withheld", source=SPECIFIC, severity=Severity.NOTE)
def name_withheld(note: Any) -> Iterator[Finding]:
    """A person is named where the consent covers the name."""
    yield from _told(note, NAME)


@rule("consent-withdrawn", source=WITHDRAWAL, severity=Severity.WARNING)
def consent_withdrawn(note: Any) -> Iterator[Finding]:
    """What a consent allowed is not printed any more once it is withdrawn."""
    yield from _told(note, consents.WITHDRAWN)


@rule("consent-ended", source=SPECIFIC, severity=Severity.WARNING)
def consent_ended(note: Any) -> Iterator[Finding]:
    """A consent counts from its first to its last day."""
    yield from _told(note, consents.ENDED)


@rule("consent-ends-soon", source=SPECIFIC, severity=Severity.WARNING)
def consent_ends_soon(consent: Any, until: Any) -> Iterator[Finding]:
    """A consent is renewed before it ends: from ninety days before, it is told."""
    if consent.withdrawn is None and consents.today() <= until <= consents.today() + SOON:
        yield at(consent, "until", consent=named(consent), until=until)


@rule("consent-not-for-medium", source=SPECIFIC, severity=Severity.WARNING)
def consent_not_for_medium(note: Any) -> Iterator[Finding]:
    """A consent counts for the media that it names; a note that names none is for the web."""
    yield from _told(note, consents.MEDIUM)


@rule("consent-not-for-language", source=SPECIFIC, severity=Severity.WARNING)
def consent_not_for_language(note: Any) -> Iterator[Finding]:
    """A consent counts for the languages that it names."""
    yield from _told(note, consents.LANGUAGE)


@rule("consent-of-other-person", source=SPECIFIC, severity=Severity.WARNING)
def consent_of_other_person(note: Any) -> Iterator[Finding]:
    """The consent to a quote is given by the person who is quoted."""
    yield from _told(note, printable.OTHER_PERSON)


@rule("companies-unnamed", source=SPECIFIC, severity=Severity.NOTE)
def companies_unnamed(report: Any) -> Iterator[Finding]:
    """The annex of a report names the companies of its cohorts as far as they have agreed."""
    media = consents.media_of(report)
    known = {each: None for pair in report.pairs for each in (pair.home_company, pair.host_company)}
    agreed = {each for pair in report.pairs for each in printable.companies(pair, media, ())}
    unnamed = [named(each) for each in known if each is not None and each not in agreed]
    if unnamed:
        yield at(report, "id", companies=", ".join(unnamed))
