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

ORDINARY = "house/ordinary.toml"
PERSONAL = ("birth_name", "guardian")
"""Other names of a person, or of somebody near, each in one field."""

NUMBERS = ("national_id", "residence_permit", "rccm", "ninea", "ice", "kbo", "vat")
TRAVEL = ("number",)
LEADING = ("partnerships", "stays")
"""Tables whose ids lead to people, beside their own."""

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
    found = [*_of_people(dataset), *_of_companies(dataset), *_of_ids(dataset), *_of_programme(dataset)]
    return Index(dict.fromkeys(found))


def _of_people(dataset: Dataset) -> Iterator[Mark]:
    for person in dataset.table("people"):
        whose, told = person.record.id, _told(person)
        yield from mentions.person(whose, told("given_names"), told("family_name"))
        yield from mentions.person(whose, told("given_names"), told("birth_name"))
        yield from mentions.person(whose, told("eu_family_given_names"), told("eu_family_name"))
        yield from mentions.passage(whose, told("guardian"))
        yield from mentions.passage(whose, told("home_address"))
        yield from _reached(whose, told)
        for document in person.travel_documents:
            yield from mentions.person(whose, _told(document)("given_names"), _told(document)("family_name"))
            yield from mentions.signs(whose, Sort.NUMBER, _told(document)("number"))


def _of_companies(dataset: Dataset) -> Iterator[Mark]:
    for company in dataset.table("companies"):
        whose, told = company.record.id, _told(company)
        yield from mentions.company(whose, told("name"), told("trade_name"))
        yield from mentions.passage(whose, told("address"))
        yield from mentions.signs(whose, Sort.EMAIL, _host(told("website")))
        yield from _reached(whose, told)


def _reached(whose: str, told: Any) -> Iterator[Mark]:
    """How somebody is reached, and the numbers that are somebody’s alone."""
    yield from mentions.signs(whose, Sort.EMAIL, told("email"))
    yield from mentions.signs(whose, Sort.PHONE, told("phone"))
    for name in NUMBERS:
        yield from mentions.signs(whose, Sort.NUMBER, told(name))


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
    words = (word for each in (*places, *lists) for text in _texts(each) for word in mentions.plain(text))
    return frozenset([*(word for each in told.values() for word in each), *words])


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value of a template: it may be one, or one for each language, or several."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
