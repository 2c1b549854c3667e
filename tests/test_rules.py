"""Each rule finds what breaks it, at the right cell, and nothing in what keeps it; no data stops a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cases import ERROR, NOTE, WARNING, Case, Change, changed
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import checked, codes, journey, only, project, publication
from publication_cases import PUBLICATION
from visa_cases import VISA
from workbooks import workbook

import pemdocs
from pemdocs import rules
from pemdocs.model import FieldName
from pemdocs.rules.charters import binding_words
from pemdocs.schema import load

HOST_PERSON = {
    "id": "BE-004-A",
    "company": "BE-004",
    "role": "counterpart",
    "given_names": "Jan",
    "family_name": "Maes",
}
OTHER_COMPANY = {"id": "BE-004", "name": "Maes", "country": "BE"}
SECOND_PAIR_NEED = {"id": "N-08-1", "partnership": "P-08", "kind": "need"}
MEETING = {"id": "M-07-3", "partnership": "P-07", "date": "2026-09-16", "kind": "pair"}
TRAINING = {"id": "T-07-2", "partnership": "P-07", "approval": "proposed"}
LODGING = {"id": "L-07-2", "partnership": "P-07", "kind": "lodging"}

CASES = {
    "amount-without-currency": Case(
        WARNING,
        "companies![2].currency",
        {"companies.2.currency": None},
        ({"companies.2.turnover": None, "companies.2.currency": None}, {"logistics.0.amount": None}),
    ),
    "birth-date-unlikely": Case(
        ERROR,
        "people![0].birth_date",
        {"people.0.birth_date": "2010-11-17"},
        ({"people.0.birth_date": "2010-11-16"}, {"people.0.birth_date": "1935-11-17"}),
    ),
    "charter-binds": Case(
        WARNING,
        "charters![0].aim.fr",
        {"charters.0.aim": {"fr": "Elles s’engagent à vendre.", "en": "They wish to sell.", "nl": "Zij willen."}},
        ({"charters.0.aim": {"fr": "Elles souhaitent vendre.", "en": "To sell.", "nl": "Verkopen."}},),
        {"words": "s’engagent", "language": "fr"},
    ),
    "company-of-other-country": Case(
        ERROR, "partnerships![0].host_company", {"partnerships.0.host_company": "SN-015"}, ({},), {"country": "BE"}
    ),
    "created-in-the-future": Case(
        ERROR,
        "companies![0].created",
        {"companies.0.created": "2026-11-17"},
        ({"companies.0.created": "2026-11-16"}, {"companies.0.created": None}),
    ),
    "due-outside-programme": Case(
        WARNING,
        "objectives![0].due",
        {"objectives.0.due": "2028-01-01"},
        (
            {"objectives.0.due": "2027-12-31"},
            {"objectives.0.due": "2026-01-01"},
            {"objectives.0.due": "2028-01-01", "cohorts.0.programme_end": None},
        ),
    ),
    "due-value-missing": Case(
        WARNING,
        "people![0].motivation",
        {"people.0.motivation": None},
        (
            {"partnerships.1.stage": "selection", "companies.2.address": None},
            {"companies.0.kbo": None},
            {"companies.1.ninea": None},
        ),
        {"case": "P-07", "stage": "after", "field": FieldName("people", "motivation")},
    ),
    "end-before-start": Case(
        ERROR,
        "partnerships![0].mobility_end",
        {"partnerships.0.mobility_end": "2026-09-12"},
        ({"partnerships.0.mobility_end": "2026-09-13"}, {"meetings.0.end": "10:00"}),
    ),
    "identifier-check-digit": Case(
        ERROR,
        "companies![0].ninea",
        {"companies.0.ninea": "001234568"},
        ({"companies.0.ninea": "3067221"},),
        {"format": "ninea"},
    ),
    "identifier-form": Case(
        ERROR,
        "people![0].phone",
        {"people.0.phone": "demander à Awa"},
        ({"people.0.phone": "77 100 00 14"}, {"people.1.phone": "0470 00 00 03"}),
        {"format": "phone"},
    ),
    "identifier-is-filing": Case(
        WARNING,
        "companies![0].rccm",
        {"companies.0.rccm": "SN-DKR-2019-M-12345"},
        ({"companies.0.rccm": "SN-DKR-2019-C-12345"},),
    ),
    "identifier-of-other-country": Case(
        ERROR,
        "companies![0].kbo",
        {"companies.0.kbo": "0403.019.261"},
        ({"companies.1.kbo": "0403.019.261", "companies.1.vat": None},),
        {"country": "SN"},
    ),
    "lodging-outside-mobility": Case(
        WARNING,
        "logistics![0].end",
        {"logistics.0.end": "2026-09-29"},
        (
            {"logistics.0.end": "2026-09-28", "logistics.0.start": "2026-09-11"},
            {"logistics.0.end": "2026-10-29", "logistics.0.kind": "insurance"},
        ),
    ),
    "measured-before-baseline": Case(
        ERROR,
        "measurements![0].date",
        {"measurements.0.date": "2026-03-11"},
        ({"measurements.0.date": "2026-03-12"}, {"objectives.0.baseline_date": None}),
    ),
    "measured-in-the-future": Case(
        WARNING,
        "measurements![0].date",
        {"measurements.0.date": "2026-11-17"},
        ({"measurements.0.date": "2026-11-16"},),
    ),
    "meeting-on-holiday": Case(
        NOTE,
        "meetings![0].date",
        {"meetings.0.date": "2026-05-01"},
        (
            {"meetings.0.date": "2026-07-21"},
            {"meetings.0.date": None},
        ),
        {"country": "SN"},
    ),
    "meetings-collide": Case(
        WARNING,
        "meetings![2].start",
        {"meetings.…": {**MEETING, "start": "11:29", "end": "12:00"}},
        (
            {"meetings.…": {**MEETING, "start": "11:30"}},
            {"meetings.…": {**MEETING, "start": "10:00", "date": "2026-09-18"}},
            {"meetings.…": MEETING},
        ),
        {"other": "meetings![0].start"},
    ),
    "mobility-over-90-days": Case(
        ERROR,
        "partnerships![0].mobility_end",
        {"partnerships.0.mobility_start": "2026-07-01", "partnerships.0.mobility_end": "2026-09-29"},
        ({"partnerships.0.mobility_start": "2026-07-01", "partnerships.0.mobility_end": "2026-09-28"},),
        {"days": 91, "limit": 90},
    ),
    "no-version": Case(WARNING, "partnerships![1].id", {"versions.2": None}),
    "objective-not-smart": Case(
        WARNING,
        "objectives![0].baseline",
        {"objectives.0.baseline": None},
        ({"objectives.0.baseline": None, "partnerships.0.stage": "matching"},),
        {"letter": "M"},
    ),
    "other-case": Case(
        ERROR,
        "objectives![0].need",
        {"objectives.0.need": "N-08-1", "needs.…": SECOND_PAIR_NEED},
        ({"needs.…": SECOND_PAIR_NEED},),
        {"case": "P-07", "other": "P-08"},
    ),
    "person-of-other-company": Case(
        ERROR,
        "partnerships![0].host_person",
        {"partnerships.0.host_person": "BE-004-A", "people.…": HOST_PERSON, "companies.…": OTHER_COMPANY},
        ({"people.1.company": None},),
        {"person": "BE-004-A", "company": "BE-003"},
    ),
    "phase-against-mobility": Case(
        WARNING,
        "activities![0].phase",
        {"activities.0.start": "2026-09-13", "activities.0.end": "2026-09-14"},
        (
            {"activities.0.start": "2026-09-12", "activities.0.end": "2026-09-14"},
            {"activities.1.start": "2026-09-26", "activities.1.end": None},
            {"activities.1.start": "2026-09-01", "activities.1.end": "2026-09-13"},
            {"activities.0.start": "2026-09-20", "activities.0.end": None, "partnerships.0.mobility_start": None},
        ),
        {"phase": "before"},
    ),
    "phase-without-activity": Case(
        WARNING,
        "partnerships![0].id",
        {"activities.1": None},
        ({"activities.1": None, "partnerships.0.stage": "matching"},),
        {"phase": "during"},
    ),
    "rccm-of-other-country": Case(
        ERROR, "companies![0].rccm", {"companies.0.rccm": "CI-ABJ-2019-B-12345"}, ({},), {"country": "SN"}
    ),
    "region-of-other-country": Case(
        WARNING, "companies![0].region", {"companies.0.region": "BE-VLG"}, ({"companies.0.region": None},)
    ),
    "score-over-maximum": Case(ERROR, "scores![1].score", {"scores.1.score": 5.01}, ({"scores.1.score": 5},)),
    "signatory-of-other-company": Case(
        ERROR,
        "charters![0].host_signatory",
        {"charters.0.host_signatory": "TEAM-01"},
        ({"charters.0.host_signatory": None},),
        {"person": "TEAM-01", "company": "BE-003"},
    ),
    "stage-without-partner": Case(
        ERROR,
        "partnerships![0].host_company",
        {"partnerships.0.host_company": None},
        ({"partnerships.0.host_company": None, "partnerships.0.stage": "matching"},),
        {"stage": "after"},
    ),
    "target-is-baseline": Case(
        ERROR, "objectives![0].target", {"objectives.0.target": 0}, ({"objectives.0.baseline": None},)
    ),
    "training-not-approved": Case(
        WARNING,
        "trainings![0].approval",
        {"trainings.0.approval": "proposed"},
        ({"trainings.0.approval": "declined", "trainings.0.start": None},),
    ),
    "training-ranks-broken": Case(
        WARNING,
        "trainings![1].rank",
        {"trainings.…": {**TRAINING, "rank": 4}},
        ({"trainings.…": {**TRAINING, "rank": 2}},),
        {"missing": "2"},
    ),
    "turnover-year-to-come": Case(
        ERROR,
        "companies![0].turnover_year",
        {"companies.0.turnover_year": 2027},
        ({"companies.0.turnover_year": 2026},),
    ),
    "vat-against-kbo": Case(
        ERROR,
        "companies![1].vat",
        {"companies.1.vat": "BE 0403.019.261"},
        ({"companies.1.vat": "be1000000120"}, {"companies.1.vat": None}, {"companies.1.kbo": None}),
    ),
    "version-before-earlier": Case(
        ERROR,
        "versions![1].date",
        {"versions.0.date": "2026-11-17"},
        ({"versions.0.date": "2026-11-16"},),
        {"version": "1.1", "earlier": "1.0"},
    ),
    "witness-is-party": Case(
        ERROR, "charters![0].witness", {"charters.0.witness": "BE-003-A"}, ({"charters.0.witness": None},)
    ),
    "women-over-employees": Case(
        ERROR,
        "companies![0].women_employees",
        {"companies.0.women_employees": 13},
        ({"companies.0.women_employees": 12}, {"companies.0.employees": None}),
    ),
    **VISA,
    **PUBLICATION,
}


def test_the_project_of_the_tests_keeps_every_rule() -> None:
    assert checked(project()).findings == ()
    assert checked(journey()).findings == ()
    assert checked(publication()).findings == ()


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {rule.code for rule in rules.registered()} == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_what_breaks_it_at_its_cell(code: str) -> None:
    case = CASES[code]
    finding = only(checked(changed(case.breaks)), code)
    assert f"{finding.sheet}!{finding.cell}" == case.cell
    assert finding.severity is case.severity
    assert (finding.table, finding.row) == (finding.sheet, int(case.cell.split("[")[1].split("]")[0]) + 1)
    assert finding.facts["field"] == FieldName(finding.table, finding.field)
    assert finding.field == case.cell.split("].")[1].split(".")[0]
    assert {name: finding.facts[name] for name in case.facts} == case.facts


@pytest.mark.parametrize(("code", "kept"), [(code, kept) for code, case in CASES.items() for kept in case.keeps])
def test_a_rule_is_silent_where_it_is_kept(code: str, kept: Change) -> None:
    assert code not in codes(checked(changed(kept)))


@pytest.mark.parametrize("rule", rules.registered(), ids=lambda rule: rule.code)
def test_a_rule_says_in_a_sentence_what_it_holds_and_names_its_source(rule: rules.Rule) -> None:
    assert (rule.check.__doc__ or "").strip().endswith(".")
    assert rule.source
    finding = only(checked(changed(CASES[rule.code].breaks)), rule.code)
    assert finding.source == rule.source


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


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(PLACES), anything, max_size=12))
def test_no_change_of_any_cells_makes_a_rule_fail(changes: dict[tuple[str, int, str], Any]) -> None:
    data = publication()
    for (table, place, name), value in changes.items():
        data[table][place][name] = value
    report = checked(data)
    assert all(finding.code and finding.sheet for finding in report.findings)


@settings(max_examples=60)
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
