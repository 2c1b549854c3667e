"""No calculation with what is printed gives back a number that is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import checked, publication, said

from pemdocs.facts import areas
from pemdocs.facts.suppression import hidden

counts = st.lists(st.integers(0, 9), min_size=2, max_size=5)


def shown(values: list[int]) -> tuple[frozenset[int], frozenset[int]]:
    small = [place for place, value in enumerate(values) if 0 < value < 5]
    return hidden([Decimal(value) for value in values], small) if small else (frozenset(), frozenset())


def possible(values: list[int]) -> Iterator[tuple[int, ...]]:
    """Everything that a reader who knows the total, what is printed and the rule must hold possible."""
    places, labelled = shown(values)
    rest = sum(values[place] for place in places)

    def fill(left: list[int], rest: int) -> Iterator[tuple[int, ...]]:
        if not left:
            yield from ((),) if rest == 0 else ()
            return
        for value in range(1, 5) if left[0] in labelled else range(rest + 1):
            if value <= rest:
                yield from ((value, *more) for more in fill(left[1:], rest - value))

    yield from fill(sorted(places), rest)


@given(counts)
def test_every_hidden_part_of_a_total_can_be_several_numbers(values: list[int]) -> None:
    places, _ = shown(values)
    assert {place for place, value in enumerate(values) if 0 < value < 5} <= places
    if places:
        found = list(possible(values))
        assert tuple(values[place] for place in sorted(places)) in found
        for at in range(len(places)):
            assert len({each[at] for each in found}) > 1


def test_thirteen_of_eleven_one_and_one_tells_nothing_and_what_is_large_stays() -> None:
    assert shown([11, 1, 1]) == (frozenset({0, 1, 2}), frozenset({1, 2}))
    assert shown([11, 2, 9, 0]) == (frozenset({1, 3, 2}), frozenset({1}))
    assert shown([30, 40]) == (frozenset(), frozenset())
    assert shown([4, 4])[1] == frozenset()


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_mark_of_a_map_is_about_fewer_than_five_nor_can_be_reckoned(countries: list[list[int]]) -> None:
    values = [value for country in countries for value in country]
    lands = [str(number) for number, country in enumerate(countries) for _ in country]
    counts = [Decimal(value) for value in values]
    told = areas.told(counts, counts, lands, [place for place, value in enumerate(values) if 0 < value < 5])
    assert not any(0 < values[place] < 5 for place in range(len(values)) if place not in told.hidden)
    assert not any(0 < rest < 5 for rest in told.rest.values())
    for land in told.rest:
        hidden = [values[place] for place in told.hidden if lands[place] == land]
        assert len(hidden) > 1 or hidden == [0]
    gone = {lands[place] for place in told.hidden} - set(told.rest)
    closed = [sum(country) for number, country in enumerate(countries) if str(number) in gone]
    if any(0 < total < 5 for total in closed) and len(countries) > 1:
        assert len(closed) > 1


@pytest.mark.parametrize(
    ("percent", "whole", "published"),
    [
        (8, 13, False),
        (92, 13, False),
        (46, 13, True),
        (3, 120, False),
        (97, 120, False),
        (18, 120, True),
        (0, 13, True),
    ],
)
def test_a_percentage_is_held_by_the_people_it_is_about_and_by_those_it_leaves(
    percent: int, whole: int, published: bool
) -> None:
    data = publication()
    data["indicators"] = [
        {"id": "IND-01", "report": "REP-1", "name": said("Retenus"), "unit": said("personnes"), "people": True},
        {
            "id": "IND-02",
            "report": "REP-1",
            "name": said("Femmes"),
            "unit": {"fr": "%"},
            "people": True,
            "base": "IND-01",
        },
    ]
    day = {"date": "2026-10-31", "stage": "final", "source": "Registre"}
    data["results"] = [{"indicator": "IND-01", "value": whole, **day}, {"indicator": "IND-02", "value": percent, **day}]
    found = checked(data).dataset.find("indicators", "IND-02")
    assert (found.latest.value is not None) == published


def test_the_parts_of_a_percentage_are_hidden_by_the_people_behind_them() -> None:
    data = publication()
    data["indicators"] = [
        {"id": "IND-01", "report": "REP-1", "name": said("Retenus"), "unit": said("personnes"), "people": True},
        {
            "id": "IND-02",
            "report": "REP-1",
            "name": said("Par sexe"),
            "unit": {"fr": "%"},
            "people": True,
            "base": "IND-01",
        },
    ]
    day = {"date": "2026-10-31", "stage": "final", "source": "Registre"}
    parts = [{"indicator": "IND-02", "value": value, "dimension": "sex", "category": said(name), **day}
             for name, value in (("Femmes", 92), ("Hommes", 8))]  # fmt: skip
    data["results"] = [{"indicator": "IND-01", "value": 13, **day}, *parts]
    (found,) = checked(data).dataset.find("indicators", "IND-02").breakdowns
    assert [row.number.value for row in found.rows] == [None, None]
    assert [row.share for row in found.rows] == [None, None]
