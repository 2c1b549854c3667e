"""A tracker says of each dossier and charter how far it is, what is missing, who acts and until when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from projects import Data, checked, journey, write
from pypdfium2 import PdfDocument
from travellers import case, travellers

import pemdocs
from pemdocs.building.tracking import Tracked
from pemdocs.cli import main
from pemdocs.model import PemdocsError, Severity

LETTERS = ("invitation", "mission-order", "support-letter")
TODAY = date(2026, 7, 10)
SHAPE = json.loads(Path("schemas/reports/track.json").read_text("utf-8"))


def dossier(folder: Path, data: Data, on: date = TODAY, **wishes: Any) -> Tracked:
    rows = pemdocs.track(write(folder, data), on=on, **wishes)
    [found] = [each for each in rows if each.kind == "dossier"]
    return found


def unsigned(data: Data) -> Data:
    """The same before anybody has signed anything."""
    pieces = [each for each in data["supporting_documents"] if each["piece"] not in LETTERS]
    return data | {"signatures": [], "supporting_documents": pieces}


def test_a_dossier_is_collected_ready_lodged_and_decided(tmp_path: Path) -> None:
    data = journey()
    assert dossier(tmp_path / "a", data).stage == "appointment"
    assert dossier(tmp_path / "a", data).about == "appointment"
    assert dossier(tmp_path / "a", data).days_left == 10
    data["stays"][0]["appointment"] = None
    ready = dossier(tmp_path / "b", data)
    assert (ready.stage, ready.about, ready.deadline) == ("ready", "lodge-by", date(2026, 8, 29))
    assert [each.code for each in ready.missing] == ["appointment"]
    assert ready.who == ("team",)
    data["supporting_documents"] = [each for each in data["supporting_documents"] if each["piece"] != "passport"]
    collecting = dossier(tmp_path / "c", data)
    assert collecting.stage == "collecting"
    assert ("piece", "passport", "traveller") in collecting.missing
    data["stays"][0] |= {"status": "lodged", "appointment": "2026-07-20"}
    assert dossier(tmp_path / "d", data).about == "decision"
    assert dossier(tmp_path / "d", data, date(2026, 8, 10)).about == "decision-longest"
    data["stays"][0]["status"] = "granted"
    assert dossier(tmp_path / "e", data).stage == "decided"


def test_an_error_in_the_data_and_a_signature_that_lacks_keep_a_dossier_from_being_ready(tmp_path: Path) -> None:
    data = unsigned(journey())
    data["travel_documents"][0]["expires"] = "2026-10-01"
    found = dossier(tmp_path, data)
    assert found.stage == "collecting"
    assert ("error", "passport-outlives-stay", "team") in found.missing
    assert ("signature", "invitation", "host-company") in found.missing
    assert found.who[0] in ("team", "host-company", "home-company")


def test_an_appointment_that_is_past_asks_whether_the_dossier_was_lodged(tmp_path: Path) -> None:
    found = dossier(tmp_path, journey(), date(2026, 7, 21))
    assert ("date", "lodged", "team") in found.missing
    assert found.days_left == -1


def test_names_are_there_only_if_asked_for_and_nothing_restricted_ever(tmp_path: Path) -> None:
    folder = write(tmp_path, journey())
    told = CliRunner().invoke(main, ["track", str(folder), "--format", "json", "--on", "2026-07-10"])
    for secret in ("Aïssatou", "Ndiaye", "A01234567", "FRA012345678", "1985", "Thiès"):
        assert secret not in told.output
    named = CliRunner().invoke(main, ["track", str(folder), "--names", "--on", "2026-07-10"])
    assert "Aïssatou Marie Ndiaye" in named.output
    [row] = [each for each in pemdocs.track(folder, names=True, on=TODAY) if each.kind == "dossier"]
    assert "Ndiaye" not in repr(row)


LETTER = {
    "fr": "signature\N{NO-BREAK SPACE}: lettre d’invitation",
    "en": "signature: invitation letter",
    "nl": "handtekening: uitnodigingsbrief",
}


@pytest.mark.parametrize("lang", ["fr", "en", "nl"])
def test_the_report_for_programs_has_its_shape_and_speaks_the_language(tmp_path: Path, lang: str) -> None:
    folder = write(tmp_path, unsigned(journey()))
    said = CliRunner().invoke(main, ["track", str(folder), "--format", "json", "--speech", lang, "--on", "2026-07-10"])
    report = json.loads(said.output)
    Draft202012Validator(SHAPE).validate(report)
    labels = {one["said"] for row in report["rows"] for one in row["missing"]}
    assert LETTER[lang] in labels


def test_a_charter_is_told_until_both_companies_have_signed(tmp_path: Path) -> None:
    [found] = [each for each in pemdocs.track(write(tmp_path, unsigned(journey())), on=TODAY) if each.kind == "charter"]
    assert (found.case, found.stage, found.who) == ("P-07", "prepare", ("team",))
    rows = pemdocs.track(write(tmp_path / "signed", journey()), on=TODAY)
    [done] = [each for each in rows if each.kind == "charter"]
    assert (done.stage, done.missing, done.over, done.days_left) == ("signed", (), True, None)
    assert rows[-1] == done


def test_lines_are_narrowed_by_case_and_cohort(tmp_path: Path) -> None:
    folder = write(tmp_path, journey())
    assert {each.case for each in pemdocs.track(folder, cases=["s-07"], on=TODAY)} == {"S-07"}
    assert {each.case for each in pemdocs.track(folder, cohorts=["C1"], on=TODAY)} == {"S-07", "P-07"}
    assert pemdocs.track(folder, cohorts=["C9"], on=TODAY) == ()
    with pytest.raises(PemdocsError, match="S-99"):
        pemdocs.track(folder, cases=["S-99"], on=TODAY)


def text_of(path: Path) -> list[str]:
    """The text of each page."""
    with PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of thirty travellers at every stage."""
    data = travellers(30)
    for number, row in enumerate(data["stays"], 1):
        outcome = STAGES[number % len(STAGES)]
        if outcome:
            data["outcomes"].append({"stay": case(number), **outcome})
            row["status"] = outcome.get("result", "lodged")
    return write(tmp_path_factory.mktemp("thirty"), data)


GRANTED = {"result": "granted", "sticker_from": "2026-09-11", "sticker_until": "2026-10-12", "sticker_days": 15,
           "sticker_entries": "single"}  # fmt: skip
STAGES: tuple[dict[str, Any], ...] = (
    {},
    {"lodged": "2026-07-20"},
    {
        "lodged": "2026-07-20",
        "complement_asked": "2026-07-24",
        "complement": "Relevé",
        "complement_until": "2026-08-03",
    },
    {"result": "granted", "decided": "2026-08-07"},
    GRANTED,
    {"result": "refused", "decided": "2026-08-07", "notified": "2026-08-10", "grounds": "2; 13"},
    {"result": "refused", "notified": "2026-08-10", "grounds": "2", "appealed": "2026-08-20"},
    {**GRANTED, "entered": "2026-09-13"},
    {**GRANTED, "entered": "2026-09-13", "left": "2026-09-26"},
)


def test_thirty_travellers_stand_at_their_stages_with_their_next_day(thirty: Path) -> None:
    rows = {each.case: each for each in pemdocs.track(thirty, on=date(2026, 8, 1)) if each.kind == "dossier"}
    assert len(rows) == 30
    told = [(each.stage, each.about, each.deadline) for each in (rows[case(number)] for number in range(1, 10))]
    assert told == [
        ("lodged", "decision", date(2026, 8, 4)),
        ("complement", "complement", date(2026, 8, 3)),
        ("decided", "entry", date(2026, 9, 13)),
        ("issued", "entry", date(2026, 9, 13)),
        ("refused", "appeal", date(2026, 9, 9)),
        ("appeal", "", None),
        ("travelled", "exit", date(2026, 9, 26)),
        ("returned", "", None),
        ("appointment", "appointment", date(2026, 7, 20)),
    ]


def test_the_day_of_many_goes_from_the_lodging_to_the_return(tmp_path: Path) -> None:
    data = travellers(6)
    told: dict[str, Any] = {}
    steps = ({"lodged": "2026-07-20"}, GRANTED, {"entered": "2026-09-13"}, {"left": "2026-09-26"})
    for step, stage in zip(steps, ("lodged", "issued", "travelled", "returned"), strict=True):
        told |= step
        data["outcomes"] = [{"stay": case(number), **told} for number in range(1, 7)]
        for row in data["stays"]:
            row["status"] = told.get("result", "lodged")
        rows = [each for each in pemdocs.track(write(tmp_path, data), on=TODAY) if each.kind == "dossier"]
        assert [each.stage for each in rows] == [stage] * 6
    assert not any(each.severity is Severity.ERROR for each in pemdocs.check(tmp_path).findings)


def test_the_sheet_for_a_meeting_is_one_page_and_names_nobody_unasked(thirty: Path, tmp_path: Path) -> None:
    words = ["track", str(thirty), "--on", "2026-08-01", "--speech", "en", "--pdf", str(tmp_path / "board.pdf")]
    assert CliRunner().invoke(main, words).exit_code == 1  # an appointment is past
    pages = text_of(tmp_path / "board.pdf")
    assert len(pages) == 1
    assert all(case(number) in pages[0] for number in range(1, 31))
    assert "returned: S-108, S-117, S-126" in " ".join(pages[0].split())
    assert "Ndiaye" not in pages[0]
    CliRunner().invoke(main, [*words, "--names"])
    assert "Ndiayeaab" in text_of(tmp_path / "board.pdf")[0]


def test_the_workbook_has_a_line_for_each_and_one_for_all_that_is_missing(thirty: Path, tmp_path: Path) -> None:
    path = tmp_path / "board.xlsx"
    CliRunner().invoke(main, ["track", str(thirty), "--on", "2026-08-01", "--speech", "en", "--xlsx", str(path)])
    book = openpyxl.load_workbook(path)
    lines = list(book["Dossiers"].iter_rows(values_only=True))
    heads = lines[0]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in lines[1:]}
    assert found[case(2)]["Stage"] == "complement asked"
    assert found[case(2)]["Day"].date() == date(2026, 8, 3)
    assert found[case(2)]["Days left"] == 2
    told = {row[:3] for row in book["What is missing"].iter_rows(values_only=True)}
    assert (case(2), "traveller", "complement to hand in") in told
    assert not any("Ndiaye" in str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_real_journey_feeds_the_history_of_the_next_application() -> None:
    data = journey()
    data["stays"][0]["status"] = "granted"
    data["outcomes"].append(
        {"stay": "S-07", **GRANTED, "sticker_days": 30, "entered": "2026-09-14", "left": "2026-10-11"}
    )
    data["stays"].append({"id": "S-08", "person": "SN-014-A", "destination": "BE", "entry": "2026-12-01",
                          "exit": "2026-12-20"})  # fmt: skip
    later: Any = checked(data).dataset.find("stays", "S-08")
    assert (date(2026, 9, 14), date(2026, 10, 11)) in later.past_stays
    assert later.used_before == 28
    data["travel_history"].append({"person": "SN-014-A", "country": "BE", "entry": "2026-09-14", "exit": "2026-10-11",
                                   "basis": "visa"})  # fmt: skip
    told_twice: Any = checked(data).dataset.find("stays", "S-08")
    assert told_twice.used_before == 28
    assert told_twice.earlier == ()
