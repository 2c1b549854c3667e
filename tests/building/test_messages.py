"""A message says to a traveller, in their language, what is missing, how it must look, where, when and which fee."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from each import for_each
from projects import Data, journey, write

from pemdocs.building.tracking import board
from pemdocs.building.tracking.messages import OWN, messages
from pemdocs.building.tracking.pieces import owner
from pemdocs.cli import main
from pemdocs.data import schema
from pemdocs.resources import SHIPPED

LANGUAGES = ("fr", "en", "nl")
PIECES = schema.load()["supporting_documents"].fields["piece"].enum


def told(tmp_path: Path, data: Data, lang: str = "en", on: date = date(2026, 7, 10)) -> str:
    data["people"][0]["language"] = lang
    [message] = messages(board(write(tmp_path, data), on=on))
    assert message.language == lang
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


def without(*pieces: str) -> Data:
    data = journey()
    data["supporting_documents"] = [each for each in data["supporting_documents"] if each["piece"] not in pieces]
    return data


def after(**outcome: Any) -> Data:
    data = journey()
    data["stays"][0]["status"] = outcome.get("result", "lodged")
    data["outcomes"].append({"stay": "S-07", **outcome})
    return data


WANTED = {
    "fr": ("Passeport, original et copie", "20 juillet 2026", "Ambassade de Belgique", "90 €", "deux pages vierges"),
    "en": ("Passport, original and copy", "20 July 2026", "Embassy of Belgium", "€90", "two blank pages"),
    "nl": ("Paspoort, origineel en kopie", "20 juli 2026", "Ambassade van België", "€ 90", "twee blanco bladzijden"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_missing_is_told_with_its_look_place_day_and_fee(tmp_path: Path, lang: str) -> None:
    text = told(tmp_path, without("passport"), lang)
    for words in WANTED[lang]:
        assert words in text
    assert "{" not in text
    assert "[" not in text


FORM = {"fr": "Avant le rendez-vous", "en": "Before the appointment", "nl": "Vóór de afspraak"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_online_and_the_centre_are_told_and_their_numbers_once_there_are(tmp_path: Path, lang: str) -> None:
    text = told(tmp_path, journey(), lang)
    assert FORM[lang] in text
    assert "https://visaonweb.diplomatie.be" in text
    assert "TLScontact" in text
    assert text.count("\n- ") >= 3
    numbered = journey()
    numbered["stays"][0] |= {"application_number": "VOWINT1234567", "centre_reference": "TLS-4567"}
    text = told(tmp_path, numbered, lang)
    assert FORM[lang] not in text
    assert "VOWINT1234567" in text
    assert "TLS-4567" in text


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({}, "Visa fee: €90"),
        ({"birth_date": "2016-01-01"}, "for a child: €45"),
        ({"birth_date": "2022-01-01"}, "No visa fee is due below the age of six"),
        ({"eu_family_nationality": "FR", "eu_family_relation": "spouse"}, "family of a citizen of the Union"),
    ],
)
def test_the_fee_is_the_one_that_this_traveller_pays(tmp_path: Path, person: Any, words: str) -> None:
    data = journey()
    data["people"][0] |= person
    assert words in told(tmp_path, data)


def test_where_nothing_is_missing_the_message_says_so_and_when_to_come(tmp_path: Path) -> None:
    text = told(tmp_path, journey())
    assert "Nothing is missing from you." in text
    assert "on 20 July 2026" in text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"lodged": "2026-07-20"}, ("4 August 2026",)),
        ({"lodged": "2026-07-20", "complement_asked": "2026-07-24", "complement": "Statement of July",
          "complement_until": "2026-08-03"}, ("- Statement of July", "3 August 2026")),
        ({"result": "granted"}, ("photograph of the sticker",)),
        ({"result": "granted", "sticker_from": "2026-09-11", "sticker_until": "2026-10-12", "sticker_days": 15,
          "sticker_entries": "single"}, ("11 September 2026", "12 October 2026", "15 days in all", "one entry")),
        ({"result": "refused", "notified": "2026-08-10", "grounds": "2; 13"},
         ("2. Purpose and conditions", "13. Doubts about the intention", "9 September 2026", "39/57",
          "Council for Alien Law Litigation")),
        ({"result": "refused"}, ("Send us the whole decision",)),
        ({"result": "refused", "appealed": "2026-08-20"}, ("Your appeal is lodged",)),
        ({"result": "granted", "entered": "2026-09-13", "sticker_until": "2026-10-12"}, ("12 October 2026",)),
        ({"result": "granted", "entered": "2026-09-13", "left": "2026-09-26"}, ("nothing left to do",)),
    ],
)  # fmt: skip
def test_each_stage_after_the_lodging_has_its_words(tmp_path: Path, outcome: Any, words: tuple[str, ...]) -> None:
    text = told(tmp_path, after(**outcome))
    for each in words:
        assert each in text


def test_messages_are_files_for_their_owner_and_names_stay_inside(tmp_path: Path) -> None:
    folder = write(tmp_path / "project", without("passport"))
    words = ["track", str(folder), "--on", "2026-07-10", "--messages", str(tmp_path / "sent")]
    said = CliRunner().invoke(main, words)
    [path] = (tmp_path / "sent").iterdir()
    assert path.name == "S-07.fr.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Ndiaye" in path.read_text("utf-8")
    assert "Ndiaye" not in said.output
    one = CliRunner().invoke(main, ["track", str(folder), "--on", "2026-07-10", "--message", "s-07"])
    assert one.output == path.read_text("utf-8")


def test_who_asks_for_the_message_of_a_pair_is_told_what_messages_are_for(tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["track", str(write(tmp_path, journey())), "--message", "P-07", "--speech", "en"])
    assert said.exit_code == 2
    assert "P-07 is no visa dossier" in " ".join(said.output.split())


@for_each(LANGUAGES)
def test_every_language_has_the_same_sentences(lang: str) -> None:
    words, model = SHIPPED.table(f"tracker/messages/{lang}.toml"), SHIPPED.table("tracker/messages/fr.toml")
    assert words.keys() == model.keys()
    assert words["how"].keys() == model["how"].keys()


@for_each(each for each in PIECES if each != "other" and owner(each, SHIPPED) in OWN and each != "mission-order")
def test_every_document_that_a_traveller_brings_has_a_look(piece: str) -> None:
    assert SHIPPED.table("tracker/messages/fr.toml")["how"].get(piece)
