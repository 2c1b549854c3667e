"""A destination is a file: what it says is well formed, and another country needs no more than another file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cases import Change, changed
from pagesof import page_of, words
from projects import Data, checked, journey, only
from speaking import finding_codes

from pemdocs import resources
from pemdocs.checking.examination import Report, findings_on
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.facts.dossier import CONDITIONS
from pemdocs.model import Severity
from pemdocs.project import destination, kinds
from pemdocs.words import language

FOLDER = resources.folder("templates") / "visa-pack"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))
         if path.stem != "pack"}  # fmt: skip
COUNTRIES = {name: plain["country"] for name, plain in FILES.items() if "country" in plain}
LANGUAGES = {"fr", "en", "nl"}
PIECE = schema.load()["supporting_documents"].fields["piece"]
SHEETS = [each for each in kinds.available() if kinds.load(each).table == "stays" and each != "visa-obligation"]
UNITS = {"EUR", "XOF", "days", "months", "years", "pages", "days-of-180", "visas", "working-days"}
FIGURE = {"value", "unit", "valid_from", "source", "sure"}

named = pytest.mark.parametrize("name", FILES)


def figures(plain: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entries in plain.get("figures", {}).items():
        yield from ((name, entry) for entry in entries)


@named
def test_a_file_has_a_country_and_extends_the_common_rules_or_is_them(name: str) -> None:
    plain = FILES[name]
    assert set(plain) <= {"country", "extends", "complete", "languages", "post", "figures", "pieces", "grounds",
                          "states", "peg", "citizens", "lexicon", "centre"}  # fmt: skip
    assert isinstance(plain["complete"], bool)
    assert ("country" in plain) == (plain.get("extends") == "schengen")
    if "country" in plain:
        assert plain["country"] in FILES["schengen"]["states"]
        assert set(plain["languages"]) <= LANGUAGES
        assert plain["languages"]


@named
def test_a_figure_says_its_value_its_unit_its_day_and_its_source(name: str) -> None:
    for figure, entry in figures(FILES[name]):
        assert entry.keys() == FIGURE, figure
        assert Decimal(str(entry["value"])) > 0
        assert entry["unit"] in UNITS
        assert isinstance(entry["valid_from"], date)
        assert isinstance(entry["sure"], bool)
        assert entry["source"].strip()
    for figure, entries in FILES[name].get("figures", {}).items():
        days = [entry["valid_from"] for entry in entries]
        assert sorted(set(days)) == days, figure
        assert len({entry["unit"] for entry in entries}) == 1, figure


@named
def test_a_piece_has_a_code_a_form_a_kind_and_a_condition_that_there_are(name: str) -> None:
    pieces = FILES[name].get("pieces", [])
    assert len({piece["code"] for piece in pieces}) == len(pieces)
    for piece in pieces:
        assert piece.keys() - {"kind"} == {"code", "form", "when", "source", "sure"}, piece["code"]
        assert piece["code"] in PIECE.enum
        assert piece["form"] in {"original", "copy", "both"}
        assert piece.get("kind", "") in {"", *kinds.available()}
        assert piece["when"] in CONDITIONS
        assert piece["source"].strip()
        assert isinstance(piece["sure"], bool)


def test_every_condition_is_asked_by_some_piece_or_waits_for_one() -> None:
    asked = {piece["when"] for plain in FILES.values() for piece in plain.get("pieces", [])}
    assert asked <= CONDITIONS.keys()
    assert {"always", "programme", "sponsored", "optional"} <= asked


@named
def test_a_ground_of_refusal_names_findings_that_there_are_in_three_languages(name: str) -> None:
    grounds = FILES[name].get("grounds", [])
    assert [ground["number"] for ground in grounds] == list(range(1, len(grounds) + 1))
    for ground in grounds:
        assert ground["text"].keys() == LANGUAGES
        assert all(text.strip() for text in ground["text"].values())
        assert set(ground["codes"]) <= finding_codes()
    bearing = [code for ground in grounds for code in ground["codes"]]
    assert len(set(bearing)) == len(bearing), "a finding bears on one ground"


@named
def test_what_is_said_of_a_consulate_is_said_in_three_languages(name: str) -> None:
    for texts in FILES[name].get("post", {}).values():
        assert texts.keys() == LANGUAGES
        assert all(text.strip() for text in texts.values())


def test_the_common_file_holds_what_every_state_shares() -> None:
    common = destination.common()
    assert len(common.states) == 29
    assert len(common.grounds) == 17
    assert not common.complete
    assert not {"daily_hotel", "daily_private", "guarantor_income"} & common.figures.keys()


def test_a_figure_is_the_one_of_its_day() -> None:
    common = destination.common()
    found = {day: common.figure("fee_adult", day) for day in (date(2024, 6, 10), date(2024, 6, 11), date(2001, 1, 1))}
    assert [each and each.value for each in found.values()] == [80, 90, None]


# Another destination


def abroad(country: str) -> Data:
    """The dossier of the tests, with a stay in another country."""
    data = journey()
    data["stays"][0] |= {"destination": country, "first_entry": country, "languages": "fr"}
    data["lodging"][0] |= {"country": country}
    data["transport"][0] |= {"to_country": country}
    data["transport"][1] |= {"from_country": country}
    return data


def read(report: Report, languages: tuple[str, ...] = ("fr",)) -> dict[str, str]:
    """What the papers of the stay say, by kind; with the findings, for those that tell of them."""
    case = report.dataset.find("stays", "S-07")
    assert isinstance(case, Linked)
    return {kind: words(page_of(case, kind, languages, findings_on(case, report, kinds.load(kind)))) for kind in SHEETS}


def belgian(lang: str) -> set[str]:
    """What only the file of Belgium knows, as a paper would say it: amounts, sources, the post."""
    own, shared = list(figures(FILES["belgium"])), {str(each["value"]) for _, each in figures(FILES["schengen"])}
    euro = [str(each["value"]) for _, each in own if each["unit"] == "EUR" and str(each["value"]) not in shared]
    amounts = {language.say_money(Decimal(value), "EUR", lang) for value in euro}
    return {*amounts, *(each["source"] for _, each in own), FILES["belgium"]["post"]["name"][lang]}


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_a_stay_in_france_has_its_papers_and_nothing_of_belgium(lang: str) -> None:
    report = checked(abroad("FR"))
    assert [each.code for each in report.findings if each.severity is not Severity.NOTE] == []
    assert only(report, "destination-incomplete").facts["country"] == "FR"
    said = read(report, (lang,))
    assert said.keys() == set(SHEETS)
    assert FILES["france"]["post"]["name"][lang].split(",")[0] in said["visa-checklist"].replace("\u00a0", " ")
    found = [(kind, each) for kind, text in said.items() for each in belgian(lang) if spaced(each) in spaced(text)]
    assert found == []


def test_a_stay_in_the_netherlands_is_asked_what_its_file_says() -> None:
    report = checked(abroad("NL"))
    assert {each.code for each in report.findings} <= {"fingerprints-needed-again"}
    said = read(report)
    assert "770 €" in spaced(said["visa-means"])
    assert "Ambassade des Pays-Bas" in said["visa-checklist"]
    assert [each for text in said.values() for each in belgian("fr") if spaced(each) in spaced(text)] == []


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_the_sheet_of_a_guarantor_says_who_pledges_for_whom_and_how_sure_the_least_income_is(lang: str) -> None:
    data = journey()
    data["people"].append({"id": "BE-050-A", "role": "other", "given_names": "Karel", "family_name": "Maes"})
    data["means"].append({"stay": "S-07", "kind": "formal-obligation", "guarantor": "BE-050-A", "currency": "EUR"})
    case = checked(data).dataset.find("stays", "S-07")
    assert isinstance(case, Linked)
    assert not kinds.lacking(kinds.load("visa-obligation"), case)
    said = spaced(words(page_of(case, "visa-obligation", (lang,))))
    assert "Karel Maes" in said
    assert spaced(language.say_money(Decimal("2131.28"), "EUR", lang)) in said
    assert "A01234567" in said
    assert kinds.lacking(kinds.load("visa-obligation"), checked(journey()).dataset.table("stays")[0]) == ()


def test_who_pays_which_fee_and_declares_the_arrival() -> None:
    def stay(change: Change) -> Linked:
        found = checked(changed(change)).dataset.find("stays", "S-07")
        assert isinstance(found, Linked)
        return found

    assert stay({}).fee.value == 90
    assert stay({"people.0.birth_date": "2016-09-01"}).fee.value == 45
    assert stay({"people.0.birth_date": "2021-09-01"}).fee is None
    assert stay({"people.0.eu_family_nationality": "FR"}).fee is None
    assert stay({}).declaration is None
    told = stay({"lodging.0.kind": "private"}).declaration
    assert told.day == date(2026, 9, 16)


def test_a_stay_in_belgium_says_what_its_file_knows() -> None:
    """So that what is sought above could be found."""
    said = spaced(" ".join(read(checked(journey())).values()))
    found = {spaced(each) for each in belgian("fr") if spaced(each) in said}
    assert {"95 €", "dofi.ibz.be", "Ambassade de Belgique, section des visas"} <= found


def spaced(text: str) -> str:
    return " ".join(text.split())


PORTUGAL = """
country = "PT"
extends = "schengen"
complete = true
languages = ["en"]

[post]
name = { fr = "Ambassade du Portugal", en = "Embassy of Portugal", nl = "Ambassade van Portugal" }
city = { fr = "Dakar", en = "Dakar", nl = "Dakar" }

[[figures.daily_hotel]]
value = 77.7
unit = "EUR"
valid_from = 2026-01-01
source = "Diário 77/2026"
sure = true
"""


def test_another_country_is_another_file(tmp_path: Path) -> None:
    assert only(checked(abroad("PT")), "destination-unknown").severity is Severity.ERROR
    (tmp_path / "visa-pack").mkdir()
    (tmp_path / "visa-pack/portugal.toml").write_text(PORTUGAL, "utf-8")
    report = checked(abroad("PT"), templates=str(tmp_path))
    assert "PT" not in destination.available()
    assert "PT" in destination.available(report.dataset.programme.templates)
    assert {each.code for each in report.findings} <= {"fingerprints-needed-again"}
    said = read(report)
    assert "77,70" in said["visa-means"]
    assert "Ambassade du Portugal" in said["visa-checklist"]
    assert [each for text in said.values() for each in belgian("fr") if spaced(each) in spaced(text)] == []
