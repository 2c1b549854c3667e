"""No calculation with what is printed gives back a number that is hidden."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import Data, checked, publication, said

from pemdocs.facts import areas
from pemdocs.facts.indicators import Breakdown
from pemdocs.facts.suppression import hidden
from pemdocs.page import layout
from pemdocs.page.view import View
from pemdocs.project import kinds, theme

DAY = {"date": "2026-10-31", "stage": "final", "source": "Registre"}


def shown(values: tuple[int, ...]) -> tuple[int | str, ...]:
    """The total, and of each part what is printed."""
    small = [place for place, value in enumerate(values) if 0 < value < 5]
    gone = hidden([Decimal(value) for value in values], small) if small else frozenset()
    return (sum(values), *("?" if place in gone else value for place, value in enumerate(values)))


@pytest.mark.parametrize(("parts", "most"), [(2, 24), (3, 17), (4, 13), (5, 9)])
def test_whoever_knows_the_total_what_is_printed_and_this_rule_finds_no_small_part(parts: int, most: int) -> None:
    """Every list of numbers that prints the same is one that the reader must hold possible."""
    alike = defaultdict(list)
    for values in product(range(most + 1), repeat=parts):
        if sum(values) <= most:
            alike[shown(values)].append(values)
    for printed, possible in alike.items():
        for place, each in enumerate(printed[1:]):
            numbers = {values[place] for values in possible}
            assert len(numbers) > 1 or not 0 < min(numbers) < 5, (printed, possible)
            assert each == "?" or not 0 < each < 5


def test_thirteen_of_eleven_one_and_one_tells_nothing_and_what_is_large_stays() -> None:
    assert shown((11, 1, 1)) == (13, "?", "?", "?")
    assert shown((11, 2, 9, 0)) == (22, 11, "?", "?", 0)
    assert shown((30, 40)) == (70, 30, 40)
    assert shown((20, 3, 4)) == (27, 20, "?", "?")
    assert shown((20, 4, 4)) == (28, "?", "?", "?")


def indicator(of: str, unit: str, **more: object) -> Data:
    return {"id": of, "report": "REP-1", "name": said(of), "unit": {"fr": unit}, "people": True, **more}  # type: ignore[dict-item]


def broken_down(total: int | None, parts: dict[str, int], **changes: object) -> Breakdown:
    data = publication()
    data["indicators"] = [{**indicator("IND-01", "personnes"), **changes}]
    whole = [] if total is None else [{"indicator": "IND-01", "value": total, **DAY}]
    rows = [{"indicator": "IND-01", "value": value, "dimension": "sex", "category": said(name), **DAY}
            for name, value in parts.items()]  # fmt: skip
    data["results"] = [*whole, *rows]
    (found,) = checked(data).dataset.find("indicators", "IND-01").breakdowns
    assert isinstance(found, Breakdown)
    return found


def test_who_is_in_no_part_that_is_listed_is_not_found_by_subtraction() -> None:
    assert [row.number.value for row in broken_down(47, {"Hommes": 44}).rows] == [None]
    assert [row.number.value for row in broken_down(47, {"Hommes": 30, "Femmes": 14}).rows] == [None, 14]
    assert [row.number.value for row in broken_down(47, {"Hommes": 30, "Femmes": 10}).rows] == [30, 10]
    assert [row.number.value for row in broken_down(None, {"Hommes": 30, "Femmes": 10}).rows] == [30, 10]
    assert [row.number.value for row in broken_down(47, {"Hommes": 3}).rows] == [None]


def test_a_breakdown_by_sex_counts_people_unless_it_is_said_that_it_does_not() -> None:
    assert [row.number.value for row in broken_down(50, {"Hommes": 47, "Femmes": 3}, people=None).rows] == [None, None]
    assert [row.number.value for row in broken_down(50, {"Hommes": 47, "Femmes": 3}, people=False).rows] == [47, 3]


def test_two_datasets_that_differ_in_what_is_hidden_make_the_same_page_to_the_dot() -> None:
    """Words, drawings, alternative texts and data of the figures: none of them depends on a hidden number."""

    def made(*values: int) -> tuple[object, ...]:
        data = publication()
        women, energy, north, applied = values
        parts = {"sex": (47 - women, women), "sector": (20, energy, 27 - energy), "region": (30, north, 17 - north)}
        data["results"] = [each for each in data["results"] if not each.get("dimension")]
        data["results"] += [
            {"indicator": "IND-02", "value": value, "dimension": name, "category": said(f"Part {at}"), **DAY}
            for name, some in parts.items()
            for at, value in enumerate(some)
        ]
        data["indicators"][2] |= {"people": True}
        data["results"] += [{"indicator": "IND-03", "value": applied, **DAY, "date": "2026-11-01"}]
        loaded = kinds.load("final-report")
        case = checked(data).dataset.table(loaded.table)[0]
        page = layout.lay_out(View(loaded, case, ("fr",)), theme.of(loaded.templates, loaded.id))
        return layout.source(page), page.pictures, page.tables

    assert made(3, 2, 4, 1) == made(1, 4, 2, 3)
    assert made(3, 2, 4, 1) != made(9, 2, 4, 1)


@pytest.mark.parametrize(("unit", "values"), [("%", (8, 46)), ("personnes", (12, 100))])
def test_a_share_is_held_by_the_whole_of_its_own_day(unit: str, values: tuple[int, int]) -> None:
    data = publication()
    data["indicators"] = [indicator("IND-01", "personnes"), indicator("IND-02", unit, base="IND-01")]
    days = ("2025-10-31", "2026-10-31")
    data["results"] = [
        {"indicator": of, "value": value, **DAY, "date": day}
        for of, pair in (("IND-01", (13, 200)), ("IND-02", values))
        for day, value in zip(days, pair, strict=True)
    ]
    found = checked(data).dataset.find("indicators", "IND-02")
    assert [(each.value, each.hidden) for each in found.history] == [(None, "derivable"), (values[1], "")]


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
    data["results"] = [{"indicator": "IND-01", "value": whole, **DAY}, {"indicator": "IND-02", "value": percent, **DAY}]
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
    parts = [{"indicator": "IND-02", "value": value, "dimension": "sex", "category": said(name), **DAY}
             for name, value in (("Femmes", 92), ("Hommes", 8))]  # fmt: skip
    data["results"] = [{"indicator": "IND-01", "value": 13, **DAY}, *parts]
    (found,) = checked(data).dataset.find("indicators", "IND-02").breakdowns
    assert [row.number.value for row in found.rows] == [None, None]
    assert [row.share for row in found.rows] == [None, None]
