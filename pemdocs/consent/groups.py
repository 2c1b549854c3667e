"""Turn a person or company that is not to be named into a description that fits at least five of the project.

Only this module counts who could be meant. What is told of somebody is the same in every document, so that no two of
them tell more together.
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
    counted = _counted(dataset, sort)
    return next((each for each in CHOICES[sort] if own and counted[each, _of(own, each)] >= FEWEST), ())


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


@lru_cache(maxsize=8)
def _counted(dataset: Dataset, sort: str) -> Counter[tuple[tuple[str, ...], tuple[Any, ...]]]:
    """How many have the same traits; what nobody has filled in is no trait."""
    everyone = _traits(dataset, sort).values()
    found = ((each, _of(own, each)) for own in everyone for each in CHOICES[sort])
    return Counter(each for each in found if None not in each[1])


@lru_cache(maxsize=8)
def _traits(dataset: Dataset, sort: str) -> Mapping[str, Traits]:
    with deaf():
        if sort == "company":
            return {each.record.id: _company(each) for each in dataset.table("companies")}
        cohorts = _cohorts(dataset)
        return {each.record.id: _person(each, cohorts) for each in dataset.table("people")}


def _company(one: Any) -> Traits:
    return {"sector": one.sector, "region": one.region}


def _person(one: Any, cohorts: Mapping[Any, str]) -> Traits:
    function = str(sorted((one.function or {}).items())).casefold() if one.function else None
    gender = one.gender if one.gender in ("m", "f") else "x"
    return {"role": one.role, "gender": gender, "cohort": cohorts.get(one.record.id), "function": function}


def _cohorts(dataset: Dataset) -> Mapping[Any, str]:
    """The cohort of each person, by the first pair that has one."""
    found: dict[Any, str] = {}
    for pair in dataset.table("partnerships"):
        for name in ("home_person", "host_person") if pair.record.value("cohort") else ():
            found.setdefault(pair.record.value(name), str(pair.record.value("cohort")))
    return found
