"""Turn what people have said and shown, and their consents, into what may be printed of it and under which name.

What is printed must be allowed in every language of the document. A reason why it is not is a code of ``consent``, or
one of this module's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from pemdocs.consent import groups
from pemdocs.consent.consents import (
    NONE,
    NOT_COVERED,
    Media,
    Reach,
    Words,
    days,
    description,
    function_of,
    media_of,
    pseudonym,
    reach,
    who,
)

NO_QUOTE, NO_FACE, OTHER_PERSON = "quote-without-consent", "photograph-without-consent", "consent-of-other-person"
UNSAID = "photograph-people-unsaid"
Languages = Sequence[str]


class Quoted(NamedTuple):
    """What may be printed of a quote: the words, the name, the company; ``reason`` why the words may not."""

    quote: Any
    printed: bool
    named: bool
    company: bool
    reason: str


class Pictured(NamedTuple):
    """Whether a photograph may be printed, and if not, why."""

    photograph: Any
    printed: bool
    reason: str


class QuoteShown(NamedTuple):
    """A quote as a document prints it; ``who`` is a name with function and company, or a pseudonym."""

    id: str
    text: Words
    who: Words
    named: bool
    theme: str | None
    date: date | None


class PhotographShown(NamedTuple):
    """A photograph as a document prints it: ``src`` is its file, ``widest`` how wide it may be, in millimetres.

    ``who`` names or describes the companies in it that its caption does not name.
    """

    id: str
    src: str
    caption: Words
    alt: Words
    credit: str
    who: Words
    date: date | None
    place: str
    widest: float = 0.0


class MetShown(NamedTuple):
    """An interview as a report lists it; ``name`` is empty where it must not be printed."""

    kind: str | None
    date: date | None
    organisation: Words
    role: Words
    people: int | None
    name: str
    place: Words


class PairShown(NamedTuple):
    """A pair as the annex of a report lists it; a company is empty where it must not be named, or not yet known."""

    home: str
    host: str
    sector: str | None
    cohort: Words


def quoted(quote: Any, media: Media, languages: Languages) -> Quoted:
    """What may be printed of a quote: its own consent, given by the person who is quoted, decides."""
    consents, on, item = _all(quote, "consent"), days(quote), quote.record.id
    own = [each for each in consents if _given_by(each, quote.person)] if _all(quote, "person") else []
    words = reach(own, "quote", media, languages, on, item)
    if not words.allowed:
        foreign = bool(consents) and not own
        reason = OTHER_PERSON if foreign else NO_QUOTE if words.reason in (NONE, NOT_COVERED) else words.reason
        return Quoted(quote, False, False, False, reason)
    named = reach(own, "name", media, languages, on, item).allowed
    company = quote.person.company
    told = named and company is not None and _company(company, own, media, languages, item).allowed
    return Quoted(quote, True, named, told, "")


def pictured(photograph: Any, media: Media, languages: Languages) -> Pictured:
    """Whether a photograph may be printed: each person in it must have agreed to show the face.

    Where nobody is listed, it must be said that nobody can be recognised.
    """
    if not photograph.record.value("people") and not photograph.nobody:
        return Pictured(photograph, False, UNSAID)
    if len(photograph.people or ()) < len(photograph.record.value("people") or ()):
        return Pictured(photograph, False, NO_FACE)
    for person in photograph.people or ():
        own = [each for each in photograph.consents or () if _given_by(each, person)]
        face = reach(own, "face", media, languages, days(photograph), photograph.record.id)
        if not face.allowed:
            return Pictured(photograph, False, NO_FACE if face.reason in (NONE, NOT_COVERED) else face.reason)
    return Pictured(photograph, True, "")


def quotes(note: Any, languages: Languages, further: Media = ()) -> tuple[QuoteShown, ...]:
    """The quotes of a note that may be printed in a document of these languages, in ``further`` media too."""
    judged = (quoted(each, (*media_of(note), *further), languages) for each in note.quotes or ())
    return tuple(_quote_shown(each, languages) for each in judged if each.printed and each.quote.text)


def _quote_shown(judged: Quoted, languages: Languages) -> QuoteShown:
    quote = judged.quote
    who = {each: _speaker(judged, each) for each in languages}
    return QuoteShown(quote.record.id, quote.text, who, judged.named, quote.theme, quote.date)


def _speaker(judged: Quoted, language: str) -> str:
    person = judged.quote.person
    if not judged.named or not person.full_name:
        words = pseudonym(person, language)
        return words[:1].upper() + words[1:]
    company, function = person.company, (person.function or {}).get(language)
    if company is None or judged.company:
        return ", ".join(filter(None, (person.full_name, function, company_name(company) if company else None)))
    place = function_of(function, company, language) if function else description(company, language)
    return f"{person.full_name}, {place}"


def shown(note: Any, languages: Languages, further: Media = ()) -> tuple[Any, ...]:
    """The photographs of a note that may be printed in a document of these languages, as the data has them."""
    judged = (pictured(each, (*media_of(note), *further), languages) for each in note.photographs or ())
    return tuple(each.photograph for each in judged if each.printed)


def photographs(note: Any, languages: Languages, further: Media = ()) -> tuple[PhotographShown, ...]:
    """The photographs of a note or a report that may be printed in a document of these languages."""
    return tuple(_photograph_shown(each, note, languages) for each in shown(note, languages, further))


def _photograph_shown(photograph: Any, note: Any, languages: Languages) -> PhotographShown:
    media = media_of(note)
    item = photograph.record.id
    seen = [
        company_words(each, photograph.consents or (), media, languages, item) for each in photograph.companies or ()
    ]
    given = (photograph.consents or (), media, languages, item)
    unnamed = [each for each in photograph.companies or () if not company_named(each, *given)]
    told = [words for words in seen if not _says(photograph.caption or {}, words)]
    who = {each: " · ".join(words[each] for words in told) for each in languages} if told else {}
    return PhotographShown(
        photograph.record.id,
        photograph.file or "",
        photograph.caption,
        photograph.alt,
        photograph.credit or "",
        who,
        photograph.date,
        (photograph.place or "") if all(map(_somewhere, unnamed)) else "",
    )


def _somewhere(company: Any) -> bool:
    """Whether the region of a company is told anyway, so that where it was photographed tells no more."""
    return "region" in groups.told("company", company)


def _says(caption: Words, words: Words) -> bool:
    """Whether a caption has these words already, in every language that they are in."""
    return all(said.casefold() in caption.get(each, "").casefold() for each, said in words.items())


def met(report: Any, languages: Languages) -> tuple[MetShown, ...]:
    """The interviews of a report by date; a name only where its consent covers it."""
    rows = sorted(report.interviews, key=lambda each: (each.date is None, each.date or date.min))
    return tuple(_met_shown(each, media_of(report), languages) for each in rows)


def _met_shown(interview: Any, media: Media, languages: Languages) -> MetShown:
    named = interviewed(interview, media, languages)
    return MetShown(
        interview.kind,
        interview.date,
        _organisation(interview, media, languages),
        _role(interview, named, languages),
        interview.people,
        (interview.person.full_name or "") if named else "",
        (interview.place or {}) if named or _met_by_many(interview) else {},
    )


def _met_by_many(interview: Any) -> bool:
    """Whether so many interviews of the report were held where this one was that the place tells of none of them.

    Where an organisation was met, and nobody of whom the data know, the place is told.
    """
    if interview.person is None:
        return True
    here = [each for each in interview.report.interviews if each.place == interview.place]
    return len(here) >= groups.FEWEST


def _role(interview: Any, named: bool, languages: Languages) -> Words:
    """The function of an interview; of a person who is not named, what enough others are too."""
    if named or interview.person is None:
        return interview.role or {}
    if groups.told("function", interview.person):
        return interview.person.function or {}
    return {each: told[:1].upper() + told[1:] for each in languages for told in (who(interview.person, each),)}


def _organisation(interview: Any, media: Media, languages: Languages) -> Words:
    """The organisation of an interview; a company of the programme is named only where its consent covers that."""
    if not replaced(interview):
        return dict.fromkeys(languages, interview.organisation or "")
    return company_words(interview.person.company, _all(interview, "consent"), media, languages)


def replaced(interview: Any) -> bool:
    """Whether the company of who is interviewed is printed in the place of the organisation that the sheet names."""
    return interview.person is not None and interview.person.company is not None


def interviewed(interview: Any, media: Media, languages: Languages) -> bool:
    """Whether the person interviewed may be named."""
    if interview.person is None:
        return False
    own = [each for each in _all(interview, "consent") if _given_by(each, interview.person)]
    return reach(own, "name", media, languages, days(interview)).allowed


def pairs(report: Any, languages: Languages) -> tuple[PairShown, ...]:
    """The pairs of a report of which every company that is known may be named; the sector is that of the first.

    A pair with one name would point at the other one.
    """
    shown = (_pair_shown(each, media_of(report), languages) for each in report.pairs)
    return tuple(each for each in shown if each is not None)


def _pair_shown(pair: Any, media: Media, languages: Languages) -> PairShown | None:
    named = companies(pair, media, languages)
    if not named or any(each is not None and each not in named for each in (pair.home_company, pair.host_company)):
        return None
    home, host = (company_name(each) if each in named else "" for each in (pair.home_company, pair.host_company))
    return PairShown(home, host, named[0].sector if named else None, pair.cohort.name)


def paired(report: Any, languages: Languages) -> tuple[Any, ...]:
    """The companies that the annex of a report names."""
    media = media_of(report)
    shown = (each for each in report.pairs if _pair_shown(each, media, languages) is not None)
    return tuple(dict.fromkeys(company for pair in shown for company in companies(pair, media, languages)))


def companies(pair: Any, media: Media, languages: Languages) -> tuple[Any, ...]:
    """The companies of a pair that may be named by their own consents."""
    known = (each for each in (pair.home_company, pair.host_company) if each is not None)
    return tuple(each for each in known if _company(each, (), media, languages).allowed)


def company_words(company: Any, consents: Iterable[Any], media: Media, languages: Languages, item: str = "") -> Words:
    """A company by its name where a consent covers it, else by its sector and region."""
    named = company_named(company, consents, media, languages, item)
    return {each: company_name(company) if named else description(company, each) for each in languages}


def company_named(company: Any, consents: Iterable[Any], media: Media, languages: Languages, item: str = "") -> bool:
    """Whether a company may be named, by its own consents or by one of these."""
    return _company(company, consents, media, languages, item).allowed


def company_name(company: Any) -> str:
    """The name that a company goes by."""
    return str(company.trade_name or company.name or "")


def _company(company: Any, consents: Iterable[Any], media: Media, languages: Languages, item: str = "") -> Reach:
    """A company is named by its own consent, or by one that somebody of it has given here."""
    here = [each for each in consents if each.person is not None and each.person.company == company]
    return reach([*company.consents, *here], "company", media, languages, days(company), item)


def left_out(note: Any, languages: Languages) -> int:
    """How many quotes and photographs of a note are not printed."""
    shown = len(quotes(note, languages)) + len(photographs(note, languages))
    return len(note.quotes or ()) + len(note.photographs or ()) - shown


def consents_about(case: Any) -> tuple[Any, ...]:
    """Every consent on which a document about this record can have relied, be it over by now."""
    return tuple({each.record.id: each for each in _touched(case) if each is not None}.values())


def _touched(case: Any) -> Iterator[Any]:
    note, report = (case.record.table == table for table in ("notes", "reports"))
    companies: list[Any] = []
    for quote in case.quotes or () if note else ():
        yield quote.consent
        companies += [quote.person.company] if quote.person is not None else []
    for photograph in case.photographs or () if note or report else ():
        yield from photograph.consents or ()
        companies += photograph.companies or ()
    for interview in case.interviews if report else ():
        yield interview.consent
        companies += [interview.person.company] if interview.person is not None else []
    for pair in case.pairs if report else ():
        companies += [pair.home_company, pair.host_company]
    for company in companies:
        yield from company.consents if company is not None else ()


def _all(record: Any, name: str) -> tuple[Any, ...]:
    found = getattr(record, name)
    return () if found is None else (found,)


def _given_by(consent: Any, person: Any) -> bool:
    return consent.person is not None and consent.person == person
