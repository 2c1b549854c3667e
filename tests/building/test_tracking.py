"""A tracker says of each dossier and charter how far it is, what is missing, who acts and until when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from projects import Data, journey, write

import pemdocs
from pemdocs.building.tracking import Tracked
from pemdocs.cli import main
from pemdocs.model import PemdocsError

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


def test_a_dossier_is_collected_ready_lodged_and_issued(tmp_path: Path) -> None:
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
    assert dossier(tmp_path / "e", data).stage == "issued"


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
