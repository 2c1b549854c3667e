"""What stands where a name belongs: names read everywhere, known words are said, other words keep their mark."""

from __future__ import annotations

from each import for_each
from pagesof import find, page, text_of
from projects import checked, project

from pemdocs.words import naming

NAMES = (
    "Awa Fall",
    "Lies Van den Bossche, +32 470 00 00 03",
    "NMBS, De Lijn",
    "Joost ’t Kint",
    "Accueil, Gand",
    "hub.brussels",
)
WORDS = ("Six trieuses", "Apprenties", "Aram Ñaŋ, apprentie", "Équipe de séchage", "bureau de Liège", "12 stagiaires")


@for_each(NAMES)
def test_names_places_and_known_words_read_in_every_language(name: str) -> None:
    assert naming.reads(name, "fr", people=True)


@for_each(WORDS)
def test_other_words_do_not(words: str) -> None:
    assert not naming.reads(words, "fr", people=True)


def test_a_company_keeps_the_and_in_its_name_and_two_people_do_not() -> None:
    assert naming.say_name("Argiles et Chaux", "en", "fr") == "Argiles et Chaux"
    assert naming.say_name("Le coach et Awa Fall", "en", "fr", people=True) == "The coach and Awa Fall"


def test_words_beside_names_bear_their_mark_and_are_told_of_until_they_have_a_column() -> None:
    data = project()
    data["activities"][0]["participants"] = "Six trieuses"
    [mark] = find(page(data, "accompaniment-plan", ("en",)), "//span[@class='mark']")
    assert text_of(mark) == "FR"
    [found] = [each for each in checked(data, languages=["en"]).findings if each.code == "missing-translation"]
    assert (found.field, found.cell, found.facts["language"]) == ("participants", "[0].participants", "en")
    data["activities"][0]["Participants (en)"] = "Six sorters"
    laid = page(data, "accompaniment-plan", ("en",))
    assert find(laid, "//span[@class='mark']") == []
    assert "Six sorters" in text_of(laid.tree)


def test_the_ending_of_the_first_of_a_month_is_raised_in_french() -> None:
    data = project()
    data["activities"][0]["start"], data["activities"][0]["end"] = "2026-08-01", "2026-08-05"
    assert {text_of(each) for each in find(page(data, "accompaniment-plan", ("fr",)), "//sup")} == {"er"}
    assert find(page(data, "accompaniment-plan", ("nl",)), "//sup") == []
