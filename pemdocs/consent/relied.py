"""Turn a publication into what it shows by consent, and that, on a later day, into whether it may still be out.

A use is a name, a company, a face or a quote that is shown. It stands as long as any consent of those who gave theirs
for it reaches it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from pemdocs.consent import consents, leaks, printable
from pemdocs.consent.consents import Media
from pemdocs.consent.groups import deaf
from pemdocs.data.dataset import Dataset
from pemdocs.knowledge import mentions
from pemdocs.project.published import Use

GONE = "consent-gone"
"""Why a use does not stand whose consent has no row any more."""

Languages = Sequence[str]
Given = Iterable[tuple[str, str, Iterable[Any]]]
"""What is shown, in which text or picture, and the consents that were asked whether it may be."""


def consents_of(case: Any, languages: Languages) -> tuple[str, ...]:
    """The ids of the consents on which what a document about this record shows relies."""
    return tuple(sorted({consent for use in _reached(_shown(case, languages), case, languages)
                         for consent in use.consents}))  # fmt: skip


def uses(case: Any, languages: Languages) -> tuple[Use, ...]:
    """What a document about this record shows by consent, those whom its texts name among it; each once.

    Whoever listens hears nothing of it: that all names and consents matter, a publication has told already.
    """
    with deaf():
        found = _reached([*_shown(case, languages), *_named(case, languages)], case, languages)
        return tuple(dict.fromkeys(found))


def on_cards(case: Any, languages: Languages) -> tuple[Use, ...]:
    """What the cards of a publication show by consent: its first quote, its first photograph, whom its titles name."""
    with deaf():
        media = (*consents.media_of(case), consents.SOCIAL)
        found = _reached([*_carded(case, languages, media)], case, languages, media)
        return tuple(dict.fromkeys(found))


def _carded(case: Any, languages: Languages, media: Media) -> Iterator[tuple[str, str, Iterable[Any]]]:
    quotes = case.quotes or () if case.record.table == "notes" else ()
    spoken = (judged for each in quotes if (judged := printable.quoted(each, media, languages)).printed)
    for judged in islice(spoken, 1):
        yield from _of_quote(judged)
    seen = (each for each in case.photographs or () if printable.pictured(each, media, languages).printed)
    for photograph in islice(seen, 1):
        yield from _of_photograph(photograph)
    told = (words[each] for words in (case.title or {}, case.subtitle or {}) for each in languages if each in words)
    yield from _named_in("\n".join(map(str, told)), case, languages)


def _reached(given: Given, case: Any, languages: Languages, media: Media = ()) -> Iterator[Use]:
    """Each use with the consents of which every one allows it by itself."""
    media, on = media or consents.media_of(case), consents.days(case)
    for what, item, asked in given:
        allow = [each for each in asked if each is not None
                 and consents.reach([each], what, media, languages, on, item).allowed]  # fmt: skip
        if allow:
            known = sorted({each.record.id: each for each in allow}.items())
            yield Use(what, item, tuple(name for name, _ in known), tuple(giver(each) for _, each in known))


def giver(consent: Any) -> str:
    """Who has given a consent, by ids: the person, the company."""
    return " ".join(str(consent.record.value(name) or "–") for name in ("person", "company"))


def _shown(case: Any, languages: Languages) -> Iterator[tuple[str, str, Iterable[Any]]]:
    note, report = (case.record.table == table for table in ("notes", "reports"))
    media = consents.media_of(case)
    for quote in case.quotes or () if note else ():
        yield from _of_quote(printable.quoted(quote, media, languages))
    for photograph in case.photographs or () if note or report else ():
        if printable.pictured(photograph, media, languages).printed:
            yield from _of_photograph(photograph)
    for interview in case.interviews if report else ():
        yield from _of_interview(interview, media, languages)
    for company in printable.paired(case, languages) if report else ():
        yield "company", "", company.consents


def _of_quote(judged: printable.Quoted) -> Iterator[tuple[str, str, Iterable[Any]]]:
    quote = judged.quote
    if judged.printed:
        yield "quote", quote.record.id, (quote.consent,)
    if judged.named:
        yield "name", quote.record.id, (quote.consent,)
    if judged.company:
        yield "company", quote.record.id, (*quote.person.company.consents, quote.consent)


def _of_photograph(photograph: Any) -> Iterator[tuple[str, str, Iterable[Any]]]:
    given, item = photograph.consents or (), photograph.record.id
    for person in photograph.people or ():
        yield "face", item, [each for each in given if each.person == person]
    for company in photograph.companies or ():
        here = [each for each in given if each.person is not None and each.person.company == company]
        yield "company", item, (*company.consents, *here)


def _of_interview(interview: Any, media: Media, languages: Languages) -> Iterator[tuple[str, str, Iterable[Any]]]:
    if printable.interviewed(interview, media, languages):
        yield "name", "", (interview.consent,)
    if printable.replaced(interview):
        here = [] if interview.consent is None else [interview.consent]
        yield "company", "", (*interview.person.company.consents, *here)


def _named(case: Any, languages: Languages) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """Whom the texts of a publication name that may be named."""
    texts = "\n".join(text for record in leaks.printed(case, languages) for text in leaks.texts(record, languages))
    yield from _named_in(texts, case, languages)


def _named_in(texts: str, case: Any, languages: Languages) -> Iterator[tuple[str, str, Iterable[Any]]]:
    what = leaks.of_case(case, languages)
    found = mentions.find(texts, what.names, frozenset(), what.common, frozenset())
    for whose in dict.fromkeys(each.mark.whose for each in found if each.certain and each.mark.whose in what.free):
        for table, shown in (("people", "name"), ("companies", "company")):
            record: Any = case.dataset.find(table, whose)
            if record is not None:
                yield shown, "", record.consents


def fallen(dataset: Dataset, use: Use, media: Media, languages: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The consents of a use with why each reaches it no more; nothing where one still does, or another of the same
    people and companies.
    """
    there: dict[str, Any] = {each: dataset.find("consents", each) for each in use.consents}
    for name, by in zip(use.consents, use.givers, strict=False):
        if there[name] is not None and giver(there[name]) != by:
            there[name] = None  # its id is that of another one now
    rows = [each for each in there.values() if each is not None]
    givers = {*use.givers, *map(giver, rows)}
    others = [each for each in dataset.table("consents") if giver(each) in givers]
    on = (consents.today(), consents.today())
    if consents.reach([*rows, *others], use.what, media, languages, on, use.item).allowed:
        return ()
    return tuple(
        (name, GONE if row is None else consents.reach([row], use.what, media, languages, on, use.item).reason)
        for name, row in there.items()
    )
