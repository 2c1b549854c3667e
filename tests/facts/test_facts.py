"""Facts are computed from what is there, and are nothing where something is missing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from projects import checked, pair, project

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.data.dataset import Linked

dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1985, 7, 30), date(2026, 7, 29), 40),
        (date(1985, 7, 30), date(2026, 7, 30), 41),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2026, 3, 1), date(2026, 3, 1), 0),
    ],
)
def test_years_are_full_on_the_birthday(born: date, on: date, years: int) -> None:
    assert facts.full_years(born, on) == years


@given(dates, dates)
def test_years_grow_by_one_within_a_year_and_never_shrink(born: date, on: date) -> None:
    assume(born <= on)
    assert facts.full_years(born, on) >= 0
    assert facts.full_years(born, on + timedelta(days=366)) - facts.full_years(born, on) in (1, 2)
    assert facts.full_years(born, on + timedelta(days=1)) - facts.full_years(born, on) in (0, 1)


def test_an_age_is_of_the_day_the_data_speak_of() -> None:
    data = project()
    assert pair(data).home_person.age == 41
    del data["people"][0]["birth_date"]
    assert pair(data).home_person.age is None


def test_a_name_is_what_there_is_of_it() -> None:
    data = project()
    assert pair(data).home_person.full_name == "Aïssatou Marie Ndiaye"
    del data["people"][0]["given_names"]
    assert pair(data).home_person.full_name == "Ndiaye"
    del data["people"][0]["family_name"]
    assert pair(data).home_person.full_name is None


@pytest.mark.parametrize(
    ("employees", "women", "share"),
    [(12, 7, Decimal(7) / 12), (9, 0, Decimal(0)), (0, 0, None), (None, 3, None), (12, None, None)],
)
def test_a_share_of_women_needs_both_figures(employees: int | None, women: int | None, share: Decimal | None) -> None:
    data = project()
    data["companies"][0] |= {"employees": employees, "women_employees": women}
    assert pair(data).home_company.women_share == share


def test_a_stage_is_a_number_in_the_order_of_the_pathway() -> None:
    data = project()
    assert [pair(data, each).stage_number for each in ("P-08", "P-07")] == [0, len(schema.STAGES) - 1]
    data["partnerships"][0]["stage"] = None
    assert pair(data).stage_number == 0


def test_a_mobility_counts_its_first_and_its_last_day() -> None:
    data = project()
    assert pair(data).mobility_days == 14
    data["partnerships"][0]["mobility_end"] = data["partnerships"][0]["mobility_start"]
    assert pair(data).mobility_days == 1
    data["partnerships"][0]["mobility_end"] = None
    assert pair(data).mobility_days is None


def version(number: str | None) -> dict[str, object]:
    return {"partnership": "P-08", "version": number, "date": "2026-04-02"}


@pytest.mark.parametrize(
    ("written", "current"),
    [
        (("1.9", "1.10"), "1.10"),
        (("1.10", "1.9"), "1.10"),
        (("2.0", "1.10"), "2.0"),
        (("0.2", None), "0.2"),
        (("brouillon",), "0.1"),
    ],
)
def test_the_current_version_has_the_highest_number(written: tuple[str | None, ...], current: str) -> None:
    data = project()
    data["versions"] += [version(number) for number in written]
    assert pair(data, "P-08").current_version.version == current


def test_a_pair_without_versions_has_no_current_one() -> None:
    data = project()
    data["versions"] = []
    assert pair(data).current_version is None


def objective(baseline: float | None, target: float | None, *values: tuple[str, float | None]) -> Linked:
    data = project()
    data["objectives"][0] |= {"baseline": baseline, "target": target}
    data["measurements"] = [{"objective": "O-07-1", "date": day, "value": value} for day, value in values]
    found: Linked = pair(data).objectives[0]
    return found


@pytest.mark.parametrize(
    ("baseline", "target", "value", "reached"),
    [
        (0, 6, 3, "0.5"),
        (0, 6, 6, "1"),
        (0, 6, 9, "1.5"),
        (0, 6, 0, "0"),
        (10, 4, 7, "0.5"),
        (10, 4, 4, "1"),
        (10, 4, 12, "-0.3333333333333333333333333333"),
        (0.5, 1.5, 0.75, "0.25"),
        (-2, 2, 0, "0.5"),
    ],
)
def test_what_is_reached_is_the_part_of_the_way_up_or_down(
    baseline: float, target: float, value: float, reached: str
) -> None:
    assert objective(baseline, target, ("2026-10-15", value)).reached == Decimal(reached)


@pytest.mark.parametrize(("baseline", "target"), [(None, 6), (0, None), (3, 3)])
def test_without_a_way_nothing_is_reached(baseline: float | None, target: float | None) -> None:
    assert objective(baseline, target, ("2026-10-15", 3)).reached is None


def test_the_latest_measurement_is_the_last_by_date_that_has_a_value() -> None:
    found = objective(0, 6, ("2026-10-15", 3), ("2026-10-16", None), ("2026-05-01", 5))
    assert found.latest.value == 3
    assert objective(0, 6).latest is None


def test_every_fact_belongs_to_a_table_and_says_who_may_see_it() -> None:
    records = {table.record: table for table in schema.load().values()}
    named = [(record, name) for record in records for name in facts.names(record)]
    assert len(named) > 5
    for record, name in named:
        assert name not in records[record].fields
        assert facts.audience(record, name) in schema.AUDIENCES


def test_every_fact_can_be_computed_of_an_empty_record() -> None:
    data = project()
    bare = {table: [{"id": row["id"]} if "id" in row else dict(row) for row in rows] for table, rows in data.items()}
    dataset = checked(bare).dataset
    for table in dataset.tables.values():
        for linked in dataset.table(table.name):
            for name in facts.names(table.record):
                getattr(linked, name)


def test_a_step_of_the_journal_has_happened_where_the_data_tell_it_and_not_because_its_day_is_over() -> None:
    data = project()
    row = data["partnerships"][0]
    row |= {"stage": "pre-departure", "mobility_start": "2026-06-01", "mobility_end": "2026-06-12"}
    row |= {"arrived": None, "returned": None}
    untold = {step.sort: step.state for step in pair(data).journal}
    assert {untold[sort] for sort in ("departure", "arrival", "return", "debriefing")} == {"unnoted"}
    row |= {"arrived": "2026-06-02", "returned": "2026-06-12"}
    told = {step.sort: step.state for step in pair(data).journal}
    assert told["departure"] == told["arrival"] == told["return"] == "happened"
    assert told["lodged"] == told["debriefing"] == "unnoted"
