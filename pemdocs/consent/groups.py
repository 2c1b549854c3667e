"""Turn a person or company that is not to be named into a description that fits at least five of the project.

Only this module counts who could be meant: by everything together that publications say of somebody, be it in several
places. It is the same in every document, so that no two of them tell more together. Who is named with consent, or was,
cannot be meant: whoever reads the names can leave these out. Nor can who takes no part, where the other one does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from pemdocs.data.dataset import Dataset
from pemdocs.model import READER, Read, heard

FEWEST = 5
"""So many must be able to be meant by any description, and so many people a published number is about at least."""

CHOICES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "person": (("role", "gender", "cohort"), ("role", "gender"), ("role", "cohort"), ("role",)),
    "company": (("sector", "region"), ("sector",), ("region",)),
    "function": (("function",),),
}
"""What may be told of somebody together, of each sort the most telling first."""

Traits = Mapping[str, Any]


def told(sort: str, one: Any) -> tuple[str, ...]:
    """The traits of a person or company that may be told together: enough others have the same ones."""
    identifier = one.record.id
    return heard(Read.GROUP, None, f"{sort}:{identifier}", shared(one.dataset, sort, identifier))


def shared(dataset: Dataset, sort: str, identifier: str) -> tuple[str, ...]:
    """The same by id, without being heard."""
    own = _traits(dataset, sort).get(identifier, {})
    beside = _beside(dataset).get(identifier, ()) if sort != "company" else ()
    counted, itself = _counted(dataset, sort, beside), 1 if identifier in _named(dataset) else 0
    whole = (_with(each, beside) for each in CHOICES[sort])
    enough = (each for each in whole if own and counted[each, _of(own, each)] + itself >= FEWEST)
    return next((each[: len(each) - len(beside) - 1] for each in enough), ())


def _with(names: tuple[str, ...], beside: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, *beside, "taking_part")


@contextmanager
def deaf() -> Iterator[None]:
    """Read without being heard: what is read here is told in one reading."""
    token = READER.set(None)
    try:
        yield
    finally:
        READER.reset(token)


def _of(own: Traits, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(own[name] for name in names)


@lru_cache(maxsize=16)
def _counted(dataset: Dataset, sort: str, beside: tuple[str, ...]) -> Counter[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """How many have the same traits; what nobody has filled in is no trait."""
    named = _named(dataset)
    everyone = [own for each, own in _traits(dataset, sort).items() if each not in named]
    found = ((names, _of(own, names)) for own in everyone for names in (_with(each, beside) for each in CHOICES[sort]))
    return Counter(each for each in found if None not in each[1])


@lru_cache(maxsize=4)
def _beside(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """What is told of the companies of people who are quoted or interviewed, where publications describe these too."""
    with deaf():
        seen = {each.record.id for photograph in dataset.table("photographs") for each in photograph.companies or ()}
        met = [each.person for each in dataset.table("interviews") if each.person is not None]
        quoted = [each.person for each in dataset.table("quotes") if each.person is not None]
        there = [*met, *(each for each in quoted if each.company is not None and each.company.record.id in seen)]
        people = {each.record.id: each.company.record.id for each in there if each.company is not None}
    return {person: shared(dataset, "company", company) for person, company in people.items()}


@lru_cache(maxsize=8)
def _named(dataset: Dataset) -> frozenset[str]:
    """The people and companies who have ever agreed to be named: whoever has read that knows them."""
    with deaf():
        return frozenset(_who_agreed(dataset))


def _who_agreed(dataset: Dataset) -> Iterator[str]:
    for each in dataset.table("consents"):
        if each.person is not None and "name" in (each.covers or ()):
            yield each.person.record.id
        if "company" in (each.covers or ()):
            companies = (each.company, each.person.company if each.person is not None else None)
            yield from (company.record.id for company in companies if company is not None)


@lru_cache(maxsize=8)
def _taking_part(dataset: Dataset) -> frozenset[str]:
    """The people and companies of the pairs that were not refused."""
    found = set[str]()
    for pair in dataset.table("partnerships"):
        if pair.record.value("decision") not in REFUSED:
            found |= {str(pair.record.value(f"{side}_{sort}")) for side in SIDES for sort in ("person", "company")}
    return frozenset(found)


REFUSED = frozenset(("declined", "deferred"))
SIDES = ("home", "host")


@lru_cache(maxsize=8)
def _traits(dataset: Dataset, sort: str) -> Mapping[str, Traits]:
    with deaf():
        if sort == "company":
            return {each.record.id: _company(each) | _part(each) for each in dataset.table("companies")}
        cohorts = _cohorts(dataset)
        return {each.record.id: _person(each, cohorts) | _part(each) for each in dataset.table("people")}


def _part(one: Any) -> dict[str, Any]:
    """Whether a company takes part, or of a person itself or its company."""
    there = _taking_part(one.dataset)
    company = one.record.value("company") if "company" in one.table.fields else None
    return {"taking_part": one.record.id in there or str(company) in there}


def _company(one: Any) -> dict[str, Any]:
    return {"sector": one.sector, "region": one.region}


def _person(one: Any, cohorts: Mapping[Any, str]) -> dict[str, Any]:
    function = str(sorted((one.function or {}).items())).casefold() if one.function else None
    gender = one.gender if one.gender in ("m", "f") else "x"
    company = {"sector": None, "region": None} if one.company is None else _company(one.company)
    return {"role": one.role, "gender": gender, "cohort": cohorts.get(one.record.id), "function": function, **company}


def _cohorts(dataset: Dataset) -> Mapping[Any, str]:
    """The cohort of each person, by the first pair that has one."""
    found: dict[Any, str] = {}
    for pair in dataset.table("partnerships"):
        for name in ("home_person", "host_person") if pair.record.value("cohort") else ():
            found.setdefault(pair.record.value(name), str(pair.record.value("cohort")))
    return found
