"""What is wrong is told with what was probably meant, in this very value; of people nothing is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pemdocs
from pemdocs.model import Finding
from pemdocs.words import speech

COMPANY = {"id": "SN-001", "name": "A", "country": "SN"}
MEETING = {"id": "R-1", "partnership": "P-07", "date": "2026-03-12"}
PERSON = {"id": "SN-001-A", "given_names": "Awa", "family_name": "Sow", "company": "SN-001", "role": "coach"}


def findings(records: Mapping[str, list[dict[str, Any]]], field: str) -> list[Finding]:
    return [each for each in pemdocs.check(pemdocs.load(records)).findings if each.field == field]


@pytest.mark.parametrize(
    ("field", "value", "mended"),
    [
        ("created", "31/02/2010", "28 février 2010"),
        ("created", "03/25/2016", "25 mars 2016"),
        ("created", "12/03/16", "12/03/2016"),
        ("created", "3 mras 2016", "3 mars 2016"),
        ("created", "12-3/2016", "12 mars 2016"),
        ("created", "2016-03-12 09:30", "12 mars 2016"),
        ("created", "mardi 12 mars 2026", "12 mars 2026"),
        ("turnover", "environ 45000 par an", "45 000"),
        ("turnover", "45 000 F CFA", "45 000"),
        ("turnover", "12 %", "12"),
        ("employees", "12,5", "12 / 13"),
        ("phone", "02 505 37 00", "+32 2 505 37 00"),
        ("email", "info (at) moulin.sn", "info@moulin.sn"),
        ("website", "http:/moulin.sn", "https://moulin.sn"),
        ("rccm", "SN DKR/2O21 B 12345", "SN-DKR-2021-B-12345"),
        ("kbo", "0403.019.262", "0403.019.261"),
        ("nace", "10 72", "10.72"),
        ("country", "Sénégall", "Sénégal"),
        ("currency", "euroz", "EUR"),
    ],
)
def test_the_mended_form_of_a_value_is_told(field: str, value: str, mended: str) -> None:
    company = COMPANY | ({"id": "BE-001", "country": "BE"} if field in ("kbo", "nace") else {}) | {field: value}
    found = findings({"companies": [company]}, field)[0]
    told = f"{speech.message(found, 'fr')} {speech.remedy(found, 'fr')}"
    assert mended in told.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("value", "mended"), [("1430", "14 h 30"), ("9h5 précises", "9 h 05"), ("14 30", "14 h 30")])
def test_the_mended_form_of_a_time_is_told(value: str, mended: str) -> None:
    found = findings({"meetings": [MEETING | {"start": value}]}, "start")[0]
    assert mended in speech.remedy(found, "fr").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("phone", "02 505 37 00", "+32"),
        ("email", "awa.moulin.sn", "signe @"),
        ("birth_date", "31/02/1980", "existe pas"),
    ],
)
def test_of_a_person_only_what_is_lacking_is_told(field: str, value: str, told: str) -> None:
    found = findings({"companies": [COMPANY], "people": [PERSON | {field: value}]}, field)[0]
    said = f"{speech.message(found, 'fr')} {speech.remedy(found, 'fr')}"
    assert told in said.replace("\u202f", " ")
    assert not {"505", "moulin", "1980", "28"} & set(said.replace(".", " ").replace("@", " ").split())


@given(
    st.sampled_from(("birth_date", "phone", "email", "id")), st.text("abcxyz0123456789/-@. ", min_size=9, max_size=14)
)
def test_no_proposal_tells_what_stands_in_the_cell_of_a_person(field: str, value: str) -> None:
    for found in findings({"companies": [COMPANY], "people": [PERSON | {field: value}]}, field):
        assert "mended" not in found.facts
        assert value.strip() not in f"{speech.message(found, 'fr')} {speech.remedy(found, 'fr')}" or not value.strip()


@pytest.mark.parametrize(
    ("table", "rows", "free"),
    [
        ("companies", [COMPANY | {"id": "sn 999"}, {"name": "B", "country": "SN"}], ["SN-1000"]),
        ("companies", [COMPANY, {"name": "B", "country": "BE"}, {"name": "C", "country": "BE"}], ["BE-001", "BE-002"]),
        ("people", [PERSON, {k: v for k, v in PERSON.items() if k != "id"}], ["SN-001-B"]),
        ("partnerships", [{"id": "WECCO-2022-014"}, {"cohort": "C1"}], ["WECCO-2022-015"]),
        ("needs", [{"id": "N-7-1", "partnership": "P-7"}, {"partnership": "P-8"}], ["N-8-1"]),
        ("cohorts", [{"name": "Première"}], ["C1"]),
    ],
)
def test_the_next_id_that_is_free_is_told_in_the_scheme_of_the_author(
    table: str, rows: list[dict[str, Any]], free: list[str]
) -> None:
    pairs = [{"id": "P-7"}, {"id": "P-8"}]
    found = findings({"companies": [COMPANY], "partnerships": pairs, table: rows}, "id")
    assert [each.facts["free"] for each in found if each.code == "missing-required" and each.table == table] == free
    assert all(str(each.facts["free"]) in speech.remedy(each, "nl") for each in found if "free" in each.facts)


def test_an_id_that_others_name_is_given_to_the_row_that_has_none() -> None:
    records = {
        "companies": [COMPANY, {"name": "B", "country": "BE"}],
        "people": [PERSON | {"id": "BE-007-A", "company": "BE-007"}],
    }
    found = pemdocs.check(pemdocs.load(records)).findings
    free = next(each for each in found if each.code == "missing-required" and each.table == "companies")
    named = next(each for each in found if each.code == "unknown-reference")
    assert free.facts["free"] == "BE-007"
    assert (named.facts["unnamed"], named.facts["nearest"]) == ("companies![1].id", "")
    assert "companies![1].id" in speech.remedy(named, "nl")
