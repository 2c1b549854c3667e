"""Turn a dataset and its consents into what a publication may not say: the names, numbers and addresses of all others.

Only this module knows which fields tell who somebody is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pemdocs.consent import consents
from pemdocs.consent.consents import Media
from pemdocs.consent.groups import deaf
from pemdocs.data.cleaning import LIKE_AN_ID
from pemdocs.data.dataset import Dataset
from pemdocs.knowledge import mentions
from pemdocs.knowledge.mentions import Index, Mark, Mention, Sort
from pemdocs.model import Read, heard
from pemdocs.resources import Templates, folder

ORDINARY = "house/ordinary.toml"
NUMBERS = frozenset(("code", "rccm", "ninea", "ice", "kbo", "vat"))
"""Formats of numbers that are somebody’s alone, where not everybody may read them or a company has them."""

REACHED = {"email": Sort.EMAIL, "phone": Sort.PHONE}
LEADING = ("partnerships", "stays", "invitations", "travel_documents", "consents")
"""Tables whose ids lead to people, beside their own."""

OWNED = ("people", "companies", "travel_documents", "travel_history", "stays", "insurance", "lodging", "transport")
"""Tables in which somebody has numbers: their own, or those of their person or of the person of their stay."""

_EVERYBODYS = "gmail yahoo hotmail outlook live icloud orange proton skynet telenet"
EVERYBODYS = frozenset(_EVERYBODYS.split())
"""Names of providers, whose addresses tell of no company."""

MOST_NAMES = 4
"""Words of a full name at most, where it stands among others."""

ANSWERING = frozenset(("partners", "implementer", "funding", "publication", "contact"))
PROGRAMME = "*"
"""Whose the names are of those who answer for the programme: no id."""

Languages = Sequence[str]


class Withheld(NamedTuple):
    """What a document may say of whom: all marks, who is free to be named, whose given name alone tells who is meant.

    ``common`` are words that are names and something else, ``ordinary`` those that the project knows to be none.
    """

    names: Index
    free: frozenset[str]
    common: frozenset[str]
    ordinary: frozenset[str]
    near: frozenset[str]

    def found(self, text: str) -> tuple[Mention, ...]:
        """Where a text says what it may not, the doubtful among it but for words that the project declares ordinary."""
        there = mentions.find(text, self.names, self.free, self.common, self.near)
        return tuple(each for each in there if each.certain or not set(each.mark.words) <= self.ordinary)


def withheld(
    dataset: Dataset, media: Media, languages: Languages, given: Iterable[Any], near: Iterable[Any]
) -> Withheld:
    """What a document in these media and languages may not say.

    ``given`` are the consents of what it shows, ``near`` the people it shows without a name. Whoever listens hears one
    reading, for each name of the project matters.
    """
    heard(Read.NAMES, None, "", fingerprint(dataset))
    with deaf():
        free = frozenset(
            [PROGRAMME, *_people(dataset, media, languages), *_companies(dataset, media, languages, given)]
        )
        close = frozenset(each.record.id for each in near) - free
        ordinary = frozenset(word for name in dataset.programme.ordinary for word in mentions.plain(name))
        return Withheld(_index(dataset), free, _common(dataset) | ordinary, ordinary, close)


def fingerprint(dataset: Dataset) -> str:
    """All that decides what may be said, in one text: who and what there is, and the consents."""
    with deaf():
        told = [str(_index(dataset).marks)]
        told += [repr(sorted((key, cell.value) for key, cell in each.record.cells.items()))
                 for each in dataset.table("consents")]  # fmt: skip
        return "\n".join(told)


def _people(dataset: Dataset, media: Media, languages: Languages) -> Iterator[str]:
    for each in dataset.table("people"):
        if consents.reach(each.consents, "name", media, languages, (consents.today(), consents.day(each))).allowed:
            yield each.record.id


def _companies(dataset: Dataset, media: Media, languages: Languages, given: Iterable[Any]) -> Iterator[str]:
    spoken = tuple(given)
    for each in dataset.table("companies"):
        here = [one for one in spoken if one.person is not None and one.person.company == each]
        if consents.reach(
            [*each.consents, *here], "company", media, languages, (consents.today(), consents.day(each))
        ).allowed:
            yield each.record.id


@lru_cache(maxsize=4)
def _index(dataset: Dataset) -> Index:
    """Every mark of every person, every company and of the programme, by the id of whose it is."""
    found = [*_of_people(dataset), *_of_companies(dataset), *_of_numbers(dataset), *_of_ids(dataset)]
    known = _known(dataset, Index(found))
    return Index(dict.fromkeys([*found, *_of_programme(dataset), *known]))


def _of_people(dataset: Dataset) -> Iterator[Mark]:
    for person in dataset.table("people"):
        whose, told = person.record.id, _told(person)
        yield from mentions.person(whose, told("given_names"), told("family_name"))
        yield from mentions.person(whose, told("given_names"), told("birth_name"))
        yield from mentions.person(whose, told("eu_family_given_names"), told("eu_family_name"))
        yield from mentions.passage(whose, told("guardian"), private=True)
        yield from _guardian(whose, told("guardian"))
        yield from mentions.passage(whose, told("home_address"), private=True)
        for document in person.travel_documents:
            yield from mentions.person(whose, _told(document)("given_names"), _told(document)("family_name"))


def _guardian(whose: str, told: str) -> Iterator[Mark]:
    """Who answers for a minor, as the first words of the field name them, in either order."""
    words = told.partition(",")[0].split()
    if 1 < len(words) <= MOST_NAMES:
        yield from mentions.person(whose, " ".join(words[:-1]), words[-1])
        yield from mentions.person(whose, " ".join(words[1:]), words[0])


def _of_companies(dataset: Dataset) -> Iterator[Mark]:
    for company in dataset.table("companies"):
        whose, told = company.record.id, _told(company)
        yield from mentions.company(whose, told("name"), told("trade_name"))
        yield from mentions.passage(whose, told("address"))
        yield from mentions.signs(whose, Sort.EMAIL, _host(told("website")))
        yield from _of_its_mail(whose, told("email"))


def _of_its_mail(whose: str, email: str) -> Iterator[Mark]:
    """The domain of a company’s address, where it is not that of a provider."""
    domain = email.partition("@")[2].casefold()
    if domain and not EVERYBODYS & {*domain.split(".")}:
        yield from mentions.signs(whose, Sort.EMAIL, domain)


def _of_numbers(dataset: Dataset) -> Iterator[Mark]:
    """How each is reached, and the numbers that are somebody’s alone, wherever a sheet has them."""
    for name in OWNED:
        table = dataset.tables[name]
        company = name == "companies"
        fields = [each for each in table.fields.values() if each.name != "id" and not each.ref]
        for field in fields:
            held = field.format in NUMBERS and (company or field.audience != "public") and field.name not in CODES
            sort = REACHED.get(field.format) or (Sort.NUMBER if held else None)
            for record in dataset.table(name) if sort else ():
                told = str(record.record.value(field.name) or "")
                for each in _ways(field.format, told) if told else ():
                    yield from mentions.signs(_whose(record), sort or Sort.NUMBER, each, private=not company)


CODES = frozenset(("nace", "postal_code"))
"""Codes that many have."""


def _ways(format: str, told: str) -> tuple[str, ...]:
    """A number, and what of it is written alone: a NINEA without its code, a register's without its court."""
    if format == "ninea":
        return told, "".join(told.replace(" ", "")[:-3])
    if format == "rccm":
        return told, told[told.find("20") :] if "20" in told else told
    return (told, told.lstrip("0")) if format in ("kbo", "vat") else (told,)


def _whose(record: Any) -> str:
    """The id of whom a row is about: itself, its person, or the person of its stay."""
    stay = record.stay if "stay" in record.table.fields else None
    of = stay or record
    person = of.record.value("person") if "person" in of.table.fields else None
    return str(person or of.record.id)


def _of_ids(dataset: Dataset) -> Iterator[Mark]:
    for name in ("people", "companies", *LEADING):
        for each in dataset.table(name):
            if LIKE_AN_ID.fullmatch(each.record.id):
                yield from mentions.signs(each.record.id, Sort.ID, each.record.id)


def _of_programme(dataset: Dataset) -> Iterator[Mark]:
    """The organisations that answer for the programme, whom every document names."""
    profile = dataset.programme.profile
    partners = [*profile.get("partners", ()), profile.get("implementer", {}), profile.get("funding", {})]
    names = (name for each in partners for name in _texts(each.get("name", "")))
    yield from (mark for name in names for mark in mentions.company(PROGRAMME, name))
    for text in _texts({key: each for key, each in profile.items() if key in ANSWERING}):
        yield from mentions.passage(PROGRAMME, text)
        yield from mentions.signs(PROGRAMME, Sort.EMAIL, text if "@" in text else _host(text) if "//" in text else "")
        yield from mentions.signs(PROGRAMME, Sort.PHONE, text if text.startswith("+") else "")


def _known(dataset: Dataset, index: Index) -> Iterator[Mark]:
    """Names of several words that the house or the project knows to be of a place, say, and nobody here has whole."""
    for name in (*dataset.programme.ordinary, *dataset.programme.templates.table(ORDINARY)["known"]):
        words = mentions.plain(name)
        whole = any(each.start == 0 and each.end == len(name) for each in mentions.find(name, index))
        if len(words) > 1 and not whole:
            yield Mark(PROGRAMME, Sort.COMPANY, words)


def _told(linked: Any) -> Any:
    """What a field says, as a text; nothing where the table does not have it."""
    return lambda name: str(linked.record.value(name) or "") if name in linked.table.fields else ""


def _host(website: str) -> str:
    return website.partition("//")[2].partition("/")[0].removeprefix("www.") if "//" in website else website


@lru_cache(maxsize=4)
def _common(dataset: Dataset) -> frozenset[str]:
    """Words that are no names where they stand alone: those of the house’s list, of places, and written small."""
    told = dataset.programme.templates.table(ORDINARY)
    places = dataset.programme.templates.table("house/places.toml").values()
    lists = (label for codes in dataset.programme.codelists.values() for label in codes.values())
    told = {key: words for key, words in told.items() if key != "known"}
    words = (word for each in (*places, *lists) for text in _texts(each) for word in mentions.plain(text))
    return frozenset([*(word for each in told.values() for word in each), *words, *_of_layouts()])


@lru_cache(maxsize=1)
def _of_layouts() -> frozenset[str]:
    """The words of the shipped layouts: a document says them whoever is called so."""
    shipped = Templates((folder("templates"),))
    paths = [f"house/{part}/{each}.toml" for part in ("words", "pseudonyms") for each in WRITTEN]
    paths += [f"{kind}/wording/{each}.toml" for kind in shipped.names("*/kind.toml") for each in WRITTEN]
    texts = (text for path in paths for text in _texts(dict(shipped.table(path))))
    return frozenset(word for text in texts for word in mentions.plain(text) if len(word) > 1)


WRITTEN = ("fr", "en", "nl")


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value of a template: it may be one, or one for each language, or several."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
