"""Each rule finds what breaks it, at the right cell, and nothing in what keeps it; no data stops a rule."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from cases import Change, changed
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import checked, codes, journey, only, project, publication
from rule_cases import CASES, MEETING
from speaking import SPOKEN
from workbooks import workbook

import pemdocs
from pemdocs import rules
from pemdocs.data.schema import load
from pemdocs.model import FieldName
from pemdocs.rules.charters import binding_words
from pemdocs.words import speech


def test_the_project_of_the_tests_keeps_every_rule() -> None:
    assert checked(project()).findings == ()
    assert checked(journey()).findings == ()
    assert checked(publication()).findings == ()


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {rule.code for rule in rules.registered()} == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_what_breaks_it_at_its_cell_and_speaks(code: str) -> None:
    case = CASES[code]
    found = checked(changed(case.breaks))
    finding = only(found, code)
    [rule] = [each for each in rules.registered() if each.code == code]
    assert (rule.check.__doc__ or "").strip().endswith(".")
    assert rule.source
    assert finding.source == rule.source
    for each, lang in product(found.findings, SPOKEN):
        for sentence in (speech.message(each, lang), speech.remedy(each, lang)):
            assert not re.search(r"[{}|]|\[\D|None|Decimal|datetime|  | $", sentence)
    assert f"{finding.sheet}!{finding.cell}" == case.cell
    assert finding.severity is case.severity
    assert (finding.table, finding.row) == (finding.sheet, int(case.cell.split("[")[1].split("]")[0]) + 1)
    assert finding.facts["field"] == FieldName(finding.table, finding.field)
    assert finding.field == case.cell.split("].")[1].split(".")[0]
    assert {name: finding.facts[name] for name in case.facts} == case.facts


@pytest.mark.parametrize(("code", "kept"), [(code, kept) for code, case in CASES.items() for kept in case.keeps])
def test_a_rule_is_silent_where_it_is_kept(code: str, kept: Change) -> None:
    assert code not in codes(checked(changed(kept)))


@pytest.mark.parametrize(
    ("table", "first", "last"),
    [
        ("cohorts", "programme_start", "programme_end"),
        ("cohorts", "mobility_from", "mobility_to"),
        ("partnerships", "mobility_start", "mobility_end"),
        ("trainings", "start", "end"),
        ("activities", "start", "end"),
        ("logistics", "start", "end"),
        ("meetings", "start", "end"),
        ("stays", "entry", "exit"),
        ("invitations", "entry", "exit"),
        ("travel_documents", "issued", "expires"),
        ("travel_history", "entry", "exit"),
        ("insurance", "start", "end"),
        ("transport", "departure_date", "arrival_date"),
        ("lodging", "start", "end"),
        ("reports", "period_start", "period_end"),
        ("milestones", "start", "end"),
        ("consents", "valid_from", "until"),
    ],
)
def test_every_period_ends_after_it_begins(table: str, first: str, last: str) -> None:
    data = publication()
    row = data[table][0]
    row[first], row[last] = row[last], row[first]
    assert only(checked(data), "end-before-start").cell == f"[0].{last}"


def test_a_lodging_that_begins_too_early_is_blamed_at_its_start() -> None:
    data = changed({"logistics.0.start": "2026-09-10"})
    assert only(checked(data), "lodging-outside-mobility").cell == "[0].start"


def test_a_long_meeting_collides_with_each_that_falls_into_it() -> None:
    data = changed({
        "meetings.0.start": "09:00",
        "meetings.0.end": "12:00",
        "meetings.…": {**MEETING, "start": "09:30", "end": "10:00"},
    })  # fmt: skip
    data["meetings"].append({**MEETING, "id": "M-07-4", "start": "11:00", "end": "11:30"})
    found = [finding for finding in checked(data).findings if finding.code == "meetings-collide"]
    assert [(finding.cell, finding.facts["other"]) for finding in found] == [
        ("[2].start", "meetings![0].start"),
        ("[3].start", "meetings![0].start"),
    ]


def test_a_holiday_abroad_counts_during_the_mobility() -> None:
    stay = {"partnerships.0.mobility_start": "2026-07-15", "partnerships.0.mobility_end": "2026-07-25"}
    finding = only(checked(changed({**stay, "meetings.0.date": "2026-07-21"})), "meeting-on-holiday")
    assert finding.facts["country"] == "BE"


def test_in_a_workbook_an_empty_cell_is_named_by_its_column_and_row(tmp_path: Path) -> None:
    book = workbook(
        tmp_path,
        """
        == Companies
        | Id     | Legal name   | Country | Women employees | Annual turnover | Currency |
        | SN-014 | Céréales     | SN      |                 | 48500000        |          |
        """,
    )
    finding = only(pemdocs.check(book), "amount-without-currency")
    assert (finding.sheet, finding.cell, finding.row) == ("Companies", "F2", 2)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Elle s'engage, il doit, c’est une obligation", ("s'engage", "doit", "obligation")),
        ("fr", "Elle souhaite, sans garantie ni dette", ()),
        ("fr", "L’endroit de la rencontre", ()),
        ("en", "The parties shall; each must", ("shall", "must")),
        ("en", "Mustard from Marshall", ()),
        ("nl", "Partijen verbinden zich; het bedrijf moet", ("verbinden zich", "moet")),
        ("nl", "Zij ontmoetten elkaar", ()),
        ("wo", "shall", ()),
    ],
)
def test_words_that_oblige_are_found_as_whole_words(language: str, text: str, words: tuple[str, ...]) -> None:
    assert binding_words(text, language) == words


def test_a_rule_is_registered_once_and_says_what_it_holds() -> None:
    def silent(company: Any) -> list[Any]:
        return []

    with pytest.raises(ValueError, match="says nothing of itself"):
        rules.rule("silent", source="none")(silent)
    silent.__doc__ = "It holds."
    with pytest.raises(ValueError, match="is there already"):
        rules.rule("no-version", source="none")(silent)


PLACES = [
    (table, place, name) for table, rows in publication().items() for place, row in enumerate(rows) for name in row
]
VALUES = sorted(
    {value for rows in publication().values() for row in rows for value in row.values() if isinstance(value, str)}
)
anything = st.one_of(
    st.none(),
    st.sampled_from(VALUES),
    st.text(max_size=12),
    st.integers(-(10**6), 10**6),
    st.decimals(-1000, 1000, places=2).map(float),
    st.booleans(),
    st.dates().map(str),
    st.times().map(str),
    st.from_regex(r"[0-9²]{1,3}\.[0-9²]{1,3}", fullmatch=True),
    st.fixed_dictionaries({}, optional={"fr": st.text(max_size=9), "nl": st.text(max_size=9), "xx": st.just("x")}),
)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(PLACES), anything, max_size=12))
def test_no_change_of_any_cells_makes_a_rule_fail(changes: dict[tuple[str, int, str], Any]) -> None:
    data = publication()
    for (table, place, name), value in changes.items():
        data[table][place][name] = value
    report = checked(data)
    assert all(finding.code and finding.sheet for finding in report.findings)


@settings(max_examples=30)
@given(st.sets(st.sampled_from(PLACES), min_size=1, max_size=40))
def test_no_emptying_of_any_cells_makes_a_rule_fail(emptied: set[tuple[str, int, str]]) -> None:
    data = publication()
    for table, place, name in emptied:
        del data[table][place][name]
    required = {
        (table.name, field.name) for table in load().values() for field in table.fields.values() if field.required
    }
    gone = {(table, name) for table, _, name in emptied}
    assert ("missing-required" in codes(checked(data))) == bool(gone & required)
