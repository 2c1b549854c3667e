"""What the rules about a visa dossier hold at their limits: dates, sums, the lines of a passport, groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cases import Change, changed
from projects import checked, codes, journey, only

from pemdocs.facts.stays import months_later
from pemdocs.words import speech

FIRST, SECOND = "P<SENNDIAYE<<AISSATOU<MARIE<<<<<<<<<<<<<<<<<", "A012345678SEN8507309F3101148<<<<<<<<<<<<<<<2"

Period = tuple[str, str]


@pytest.mark.parametrize(
    ("earlier", "plan", "peak", "illegal"),
    [
        (None, ("2024-06-01", "2024-09-20"), 112, date(2024, 8, 30)),
        (("2026-03-06", "2026-05-04"), ("2026-09-01", "2026-10-30"), 61, None),
        (("2026-01-10", "2026-02-08"), ("2026-03-01", "2026-05-15"), 106, date(2026, 4, 30)),
        (None, ("2026-06-10", "2026-06-10"), 1, None),
        (("2026-01-01", "2026-03-31"), ("2026-06-30", "2026-07-05"), 90, None),
        (("2026-01-01", "2026-03-31"), ("2026-06-29", "2026-07-05"), 91, date(2026, 6, 29)),
        (None, ("2026-06-01", "2026-08-29"), 90, None),
        (None, ("2026-06-01", "2026-08-30"), 91, date(2026, 8, 30)),
    ],
)
@pytest.mark.parametrize("table", ["travel_history", "stays"])
def test_every_day_of_a_stay_is_held_against_ninety(
    earlier: Period | None, plan: Period, peak: int, illegal: date | None, table: str
) -> None:
    data = changed({"travel_history.0": None, "stays.0.entry": plan[0], "stays.0.exit": plan[1]})
    if earlier:
        row = {"id": "S-06", "destination": "BE"} if table == "stays" else {"country": "FR", "basis": "visa"}
        data[table].append({**row, "person": "SN-014-A", "entry": earlier[0], "exit": earlier[1]})
    report = checked(data)
    stay = report.dataset.find("stays", "S-07")
    assert stay is not None
    assert stay.peak == peak
    assert ("stay-over-90-days" in codes(report)) == bool(illegal)
    if illegal:
        found = only(report, "stay-over-90-days")
        assert (found.facts["date"], found.facts["days"], found.record) == (illegal, peak, "S-07")


@pytest.mark.parametrize("change", [{"basis": "residence-permit"}, {"basis": "long-stay-visa"}, {"country": "SN"}])
def test_days_that_are_no_short_stay_in_the_area_do_not_count(change: Change) -> None:
    long = {"travel_history.0.entry": "2026-03-01", "travel_history.0.exit": "2026-08-31"}
    assert "stay-over-90-days" in codes(checked(changed(long)))
    spared = {f"travel_history.0.{name}": value for name, value in change.items()}
    assert "stay-over-90-days" not in codes(checked(changed({**long, **spared})))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 9, 26), 3, date(2026, 12, 26)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2028, 2, 29), -120, date(2018, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar_and_end_with_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_passport_valid_to_the_end_of_february_lasts_for_a_stay_to_the_end_of_november() -> None:
    stay = {"stays.0.entry": "2026-11-16", "stays.0.exit": "2026-11-30"}
    assert "passport-outlives-stay" not in codes(checked(changed({**stay, "travel_documents.0.expires": "2027-02-28"})))
    assert "passport-outlives-stay" in codes(checked(changed({**stay, "travel_documents.0.expires": "2027-02-27"})))


@pytest.mark.parametrize(
    ("change", "cell", "part"),
    [
        ({"travel_documents.0.expires": "2031-01-15"}, "[0].expires", "expiry"),
        ({"travel_documents.0.nationality": "CI"}, "[0].nationality", "nationality"),
        ({"travel_documents.0.issuer": "BE"}, "[0].issuer", "issuer"),
        ({"travel_documents.0.family_name": "Diop"}, "[0].family_name", "name"),
        ({"travel_documents.0.given_names": "Awa"}, "[0].given_names", "name"),
        ({"people.0.birth_date": "1985-07-31"}, "[0].mrz_2", "birth"),
        ({"people.0.gender": "m"}, "[0].mrz_2", "sex"),
        ({"people.0.nationality": "CI", "travel_documents.0.nationality": None}, "[0].mrz_2", "nationality"),
        ({"people.0.family_name": "Diop", "travel_documents.0.family_name": None}, "[0].mrz_1", "name"),
    ],
)
def test_the_lines_of_the_passport_are_held_against_everything_else(change: Change, cell: str, part: str) -> None:
    found = only(checked(changed(change)), "mrz-disagrees")
    assert (found.cell, found.facts["part"]) == (cell, part)


@pytest.mark.parametrize(
    "change",
    [
        {"people.0.gender": "x"},
        {"people.0.birth_date": None, "people.0.nationality": None},
        {"travel_documents.0.family_name": "NDIAYÉ", "travel_documents.0.given_names": "Aissatou-Marie"},
        {"travel_documents.0.person": None, "people.0.birth_date": "1985-07-31"},
    ],
)
def test_what_is_unknown_or_only_spelled_otherwise_does_not_contradict_the_passport(change: Change) -> None:
    assert "mrz-disagrees" not in codes(checked(changed(change)))


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        ("mrz_1", FIRST.replace("AISS", "AÏSS"), "mrz-form"),
        ("mrz_1", "I" + FIRST[1:], "mrz-form"),
        ("mrz_2", SECOND.replace("850730", "85O730"), "mrz-form"),
        ("mrz_2", SECOND.replace("310114", "311301"), "mrz-form"),
        ("mrz_2", SECOND[:-1] + "3", "mrz-check-digit"),
        ("mrz_2", SECOND.replace("850730", "850731"), "mrz-check-digit"),
    ],
)
def test_a_line_that_is_copied_wrongly_is_told_once(name: str, line: str, code: str) -> None:
    report = checked(changed({f"travel_documents.0.{name}": line}))
    assert only(report, code).cell == f"[0].{name}"
    assert len(codes(report) & {"mrz-form", "mrz-check-digit", "mrz-disagrees"}) == 1


def test_a_first_visa_needs_fingerprints() -> None:
    data = changed({"stays.0.fingerprints": False, "stays.0.fingerprints_date": None})
    assert only(checked(data), "fingerprints-needed-again").cell == "[0].fingerprints"


def test_two_policies_may_leave_a_gap() -> None:
    late = {"stay": "S-07", "start": "2026-09-22", "end": "2026-09-26"}
    found = only(checked(changed({"insurance.0.end": "2026-09-20", "insurance.…": late})), "insurance-dates")
    assert (found.cell, found.facts["first"], found.facts["last"]) == ("[0].end", date(2026, 9, 21), None)


def test_an_insurance_that_begins_too_late_is_blamed_at_its_start() -> None:
    found = only(checked(changed({"insurance.0.start": "2026-09-14"})), "insurance-dates")
    assert (found.cell, found.facts["count"]) == ("[0].start", 1)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"invitations.0.entry": "2026-09-12"}, "invitations![0].entry"),
        ({"invitations.0.exit": "2026-09-27"}, "invitations![0].exit"),
        ({"transport.0.arrival_date": "2026-09-14"}, "transport![0].arrival_date"),
        ({"lodging.0.start": "2026-09-11"}, "lodging![0].start"),
        ({"lodging.0.end": "2026-09-28"}, "lodging![0].end"),
    ],
)
def test_dates_that_differ_are_blamed_where_they_stand(change: Change, place: str) -> None:
    found = only(checked(changed(change)), "dates-differ")
    assert f"{found.sheet}!{found.cell}" == place


@pytest.mark.parametrize(
    ("table", "payer"), [("insurance", "insurance_payer"), ("transport", "travel_payer"), ("lodging", "lodging_payer")]
)
def test_each_payer_is_held_against_the_invitation(table: str, payer: str) -> None:
    data = journey()
    data["invitations"][0][payer] = "guarantor"
    found = [each for each in checked(data).findings if each.code == "payer-differs"]
    assert {(each.table, each.facts["other"]) for each in found} == {(table, f"invitations![0].{payer}")}


@pytest.mark.parametrize("table", ["travel_documents", "insurance", "transport", "lodging", "supporting_documents"])
def test_a_name_is_held_against_the_traveller_in_every_table(table: str) -> None:
    name = {"travel_documents": "family_name", "insurance": "insured", "transport": "passenger", "lodging": "guest",
            "supporting_documents": "holder"}[table]  # fmt: skip
    assert only(checked(changed({f"{table}.0.{name}": "Diop"})), "name-differs").table == table


def test_a_figure_that_nobody_has_confirmed_is_said_with_its_source() -> None:
    old = {"stay": "S-07", "kind": "formal-obligation", "legalised": "2026-01-01"}
    found = only(checked(changed({"means.…": old})), "obligation-old")
    assert str(found.facts["unconfirmed"]) in speech.message(found, "en")
    sure = only(checked(changed({"travel_documents.0.blank_pages": 0})), "passport-pages")
    assert "not confirmed" not in speech.message(sure, "en")


def test_amounts_countries_and_lists_of_codes_are_said_in_words() -> None:
    poor = only(checked(changed({"means.0.amount": 1300})), "means-not-covered")
    assert "€1,300" in speech.message(poor, "en")
    assert "€1,330" in speech.message(poor, "en")
    far = only(checked(changed({"stays.0.destination": "SN"})), "destination-unknown")
    assert "Belgique, France" in speech.message(far, "fr")
    bare = changed({"supporting_documents.11": None})
    del bare["supporting_documents"][0]
    assert only(checked(bare), "pieces-missing").facts["pieces"] == "application-form, business-relation"


def test_a_name_instead_of_an_id_is_told_nowhere() -> None:
    data: Any = journey()
    data["people"][0]["id"] = data["stays"][0]["person"] = "AISSATOU-NDIAYE"
    data["charters"][0]["home_signatory"] = data["charters"][0]["host_signatory"] = "AISSATOU-NDIAYE"
    report = checked(data)
    assert "signatory-of-other-company" in codes(report)
    for each in report.findings:
        assert "AISSATOU" not in f"{each.record} {speech.message(each, 'en')} {speech.remedy(each, 'en')}"


def test_a_stay_that_was_given_up_needs_nothing_more() -> None:
    given_up = {"id": "S-09", "person": "SN-015-A", "destination": "BE", "entry": "2026-01-05", "exit": "2026-06-05"}
    assert {"stay-over-90-days", "means-not-covered"} <= codes(checked(changed({"stays.…": given_up})))
    assert checked(changed({"stays.…": {**given_up, "status": "withdrawn", "fingerprints": True}})).findings == ()
