"""Consent decides what is printed: it must cover it, in this medium and language, on this day, and still stand."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import Data, checked, publication

from pemdocs import consent, printable
from pemdocs.consent import Reach, reach
from pemdocs.dataset import Linked

COVERS = ("name", "company", "face", "quote", "video")
MEDIA = ("print", "web", "social", "donor")
LANGUAGES = ("fr", "en", "nl")
DAY = date(2026, 11, 16)


class Consent:
    """A consent as the rules of reach see it."""

    def __init__(self, **values: Any) -> None:
        usual = {"covers": ("quote", "name"), "media": ("web",), "languages": ("fr", "en"), "valid_from": None,
                 "until": None, "withdrawn": None}  # fmt: skip
        self.__dict__.update(usual | values)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"covers": ()}, "not-covered"),
        ({"covers": None}, "not-covered"),
        ({"covers": ("name", "face")}, "not-covered"),
        ({"media": ("print", "donor")}, "consent-not-for-medium"),
        ({"media": None}, "consent-not-for-medium"),
        ({"languages": ("en", "nl")}, "consent-not-for-language"),
        ({"languages": None}, "consent-not-for-language"),
        ({"until": date(2026, 11, 15)}, "consent-ended"),
        ({"until": DAY}, ""),
        ({"valid_from": DAY}, ""),
        ({"valid_from": date(2026, 11, 17)}, "consent-ended"),
        ({"withdrawn": date(2026, 1, 1)}, "consent-withdrawn"),
        ({"withdrawn": date(2030, 1, 1)}, "consent-withdrawn"),
        ({"withdrawn": date(2026, 1, 1), "covers": ()}, "consent-withdrawn"),
    ],
)
def test_a_consent_reaches_as_far_as_it_says(changes: dict[str, Any], reason: str) -> None:
    assert reach([Consent(**changes)], "quote", "web", ("fr",), DAY) == Reach(not reason, reason)


def test_without_any_consent_nothing_is_allowed() -> None:
    assert reach([], "quote", "web", ("fr",), DAY) == Reach(False, "none")


def test_one_consent_that_reaches_is_enough_and_else_the_nearest_tells_why() -> None:
    gone, narrow = Consent(withdrawn=DAY), Consent(media=("print",))
    assert reach([gone, narrow], "quote", "web", ("fr",), DAY).reason == "consent-not-for-medium"
    assert reach([gone, narrow, Consent()], "quote", "web", ("fr",), DAY).allowed


def test_a_document_in_two_languages_needs_both() -> None:
    assert reach([Consent()], "quote", "web", ("fr", "en"), DAY).allowed
    assert reach([Consent()], "quote", "web", ("fr", "nl"), DAY).reason == "consent-not-for-language"
    halves = [Consent(languages=("fr",)), Consent(languages=("nl",))]
    assert not reach(halves, "quote", "web", ("fr", "nl"), DAY).allowed


days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
consents = st.fixed_dictionaries({
    "covers": st.lists(st.sampled_from(COVERS), unique=True),
    "media": st.lists(st.sampled_from(MEDIA), unique=True),
    "languages": st.lists(st.sampled_from(LANGUAGES), unique=True),
    "valid_from": days,
    "until": days,
    "withdrawn": st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
})  # fmt: skip


@given(st.lists(consents, max_size=3), st.sampled_from(COVERS), st.sampled_from(MEDIA), st.data())
def test_what_is_allowed_is_covered_by_one_consent_in_every_respect(
    given_: list[dict[str, Any]], what: str, medium: str, data: st.DataObject
) -> None:
    wanted = data.draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    found = reach([Consent(**each) for each in given_], what, medium, wanted, DAY)
    assert found.allowed == any(
        each["withdrawn"] is None
        and what in each["covers"]
        and medium in each["media"]
        and set(wanted) <= set(each["languages"])
        and (each["valid_from"] or DAY) <= DAY <= (each["until"] or DAY)
        for each in given_
    )


# What a note prints


def note(data: Data, **settings: object) -> Linked:
    found = checked(data, **settings).dataset.find("notes", "N-1")
    assert found is not None
    return found


def printed(data: Data, languages: tuple[str, ...] = ("fr",)) -> set[str]:
    """Everything that consent lets the first note print, in marks that can be compared."""
    case = note(data)
    quotes = printable.quotes(case, languages)
    photographs = printable.photographs(case, languages)
    told = {f"quote {each.id}" for each in quotes} | {f"photograph {each.id}" for each in photographs}
    told |= {f"name {each.id}" for each in quotes if each.named}
    words = " ".join(text for each in (*quotes, *photographs) for text in each.who.values())
    return told | {f"company {name}" for name in ("Fonio du Cap", "De Linde") if name in words}


EVERYTHING = {"quote Q-1", "name Q-1", "photograph F-1", "company Fonio du Cap", "company De Linde"}


def test_a_note_prints_what_is_consented() -> None:
    assert printed(publication()) == EVERYTHING
    (quote,) = printable.quotes(note(publication()), ("fr", "nl"))
    assert quote.who["fr"] == "Aïssatou Marie Ndiaye, Gérante, Fonio du Cap"
    assert quote.text["fr"].startswith("Le second jury")


@pytest.mark.parametrize(
    ("number", "changes", "left"),
    [
        (0, {"covers": ["quote", "face", "company"]}, EVERYTHING - {"name Q-1", "company Fonio du Cap"}),
        (0, {"covers": ["quote", "face", "name"]}, EVERYTHING - {"company Fonio du Cap"}),
        (0, {"covers": ["name", "face", "company"]}, EVERYTHING - {"quote Q-1", "name Q-1", "company Fonio du Cap"}),
        (0, {"covers": ["quote", "name", "company"]}, EVERYTHING - {"photograph F-1", "company De Linde"}),
        (1, {"covers": ["face"]}, EVERYTHING - {"company De Linde"}),
        (1, {"covers": ["company"]}, EVERYTHING - {"photograph F-1", "company De Linde"}),
        (0, {"withdrawn": "2026-11-01"}, set()),
        (0, {"withdrawn": "2027-11-01"}, set()),
        (0, {"until": "2026-11-15"}, set()),
        (0, {"media": ["print"]}, set()),
        (0, {"languages": ["en"]}, set()),
        (0, {"person": "BE-003-A"}, set()),
        (0, {"person": None}, set()),
    ],
)
def test_a_narrower_consent_prints_less(number: int, changes: dict[str, Any], left: set[str]) -> None:
    data = publication()
    data["consents"][number] |= changes
    assert printed(data) == left


@pytest.mark.parametrize("empty", [("quotes", "consent"), ("quotes", "person"), ("photographs", "consents")])
def test_a_missing_reference_prints_nothing_of_it(empty: tuple[str, str]) -> None:
    data = publication()
    data[empty[0]][0][empty[1]] = None
    kind = "quote Q-1" if empty[0] == "quotes" else "photograph F-1"
    assert kind not in printed(data)


@pytest.mark.parametrize("people", [["SN-014-A", "SN-099-A"], ["SN-099-A"]])
def test_a_person_who_is_not_known_keeps_a_photograph_out(people: list[str]) -> None:
    data = publication()
    data["photographs"][0]["people"] = people
    assert "photograph F-1" not in printed(data)
    data["quotes"][0]["person"] = "SN-099-A"
    assert "quote Q-1" not in printed(data)


def test_a_photograph_without_people_needs_no_consent() -> None:
    data = publication()
    data["photographs"][0] |= {"people": None, "consents": None}
    assert "photograph F-1" in printed(data)


def test_a_company_may_consent_for_itself() -> None:
    data = publication()
    data["consents"][1]["covers"] = ["face"]
    data["consents"].append({"id": "CS-3", "company": "BE-003", "covers": ["company"], "media": ["web"],
                             "languages": ["fr"]})  # fmt: skip
    assert "company De Linde" in printed(data)
    assert "company De Linde" not in printed(data, ("nl",))


def test_a_company_without_consent_is_described() -> None:
    data = publication()
    data["consents"][1]["covers"] = ["face"]
    (photograph,) = printable.photographs(note(data), LANGUAGES)
    assert photograph.who == {
        "fr": "une entreprise (Agroalimentaire, Flandre)",
        "en": "a company (Agri-food, Flanders)",
        "nl": "een bedrijf (Agrovoeding, Vlaanderen)",
    }


def test_a_note_that_names_no_medium_is_for_the_web() -> None:
    data = publication()
    del data["notes"][0]["medium"]
    assert printed(data) == EVERYTHING
    data["consents"][0]["media"] = ["print", "donor"]
    assert printed(data) == set()


narrowing = st.sampled_from(("covers", "media", "languages", "withdrawn", "until", "valid_from", "gone"))


def narrowed(consent: dict[str, Any], how: str, data: st.DataObject) -> None:
    if how in ("covers", "media", "languages"):
        consent[how] = [each for each in consent[how] if data.draw(st.booleans())]
    elif how == "gone":
        consent["person"] = None
    elif how == "valid_from":
        consent[how] = str(max(date.fromisoformat(consent[how]), data.draw(st.dates(date(2026, 1, 1)))))
    elif how == "until":
        consent[how] = str(min(date.fromisoformat(consent[how]), data.draw(st.dates(date(2020, 1, 1)))))
    else:
        consent[how] = str(data.draw(st.dates(date(2026, 1, 1), date(2030, 1, 1))))


@settings(max_examples=40)
@given(st.data(), st.sampled_from([("fr",), ("en",), ("fr", "nl")]))
def test_withdrawing_or_narrowing_a_consent_never_prints_more(data: st.DataObject, languages: tuple[str, ...]) -> None:
    workbook = publication()
    for each in workbook["consents"]:
        if data.draw(st.booleans()):
            narrowed(each, data.draw(narrowing), data)
    before = printed(workbook, languages)
    narrowed(data.draw(st.sampled_from(workbook["consents"])), data.draw(narrowing), data)
    assert printed(workbook, languages) <= before


@settings(max_examples=20)
@given(st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES), st.sets(st.sampled_from(LANGUAGES)))
def test_two_languages_print_no_more_than_each_alone(one: str, other: str, allowed: set[str]) -> None:
    data = publication()
    data["consents"][0]["languages"] = sorted(allowed)
    assert printed(data, (one, other)) <= printed(data, (one,)) & printed(data, (other,))


def test_the_consents_that_a_document_relies_on_are_known() -> None:
    case = note(publication())
    assert printable.consents_of(case, ("fr",)) == ("CS-1", "CS-2")
    data = publication()
    data["consents"][1]["withdrawn"] = "2026-11-01"
    assert printable.consents_of(note(data), ("fr",)) == ("CS-1",)
    report = checked(publication()).dataset.find("reports", "REP-1")
    assert printable.consents_of(report, ("fr",)) == ("CS-1",)
    assert printable.consents_of(case.quotes[0].partnership, ("fr",)) == ()


def test_somebody_interviewed_is_named_with_consent_and_not_else() -> None:
    data = publication()
    report = checked(data).dataset.find("reports", "REP-1")
    rows = printable.met(report, ("fr",))
    assert [(each.name, each.organisation["fr"], each.people) for each in rows] == [
        ("", "Chambre de commerce", 2),
        ("Aïssatou Marie Ndiaye", "Fonio du Cap", 1),
        ("", "", 8),
    ]
    data["consents"][0]["covers"] = ["quote"]
    (_, row, _) = printable.met(checked(data).dataset.find("reports", "REP-1"), ("fr",))
    assert (row.name, row.organisation["fr"]) == ("", "une entreprise (Agroalimentaire, Dakar)")


# Pseudonyms


def person(identifier: str = "SN-014-A", **changes: Any) -> Linked:
    data = publication()
    row = next(each for each in data["people"] if each["id"] == identifier)
    row |= changes
    found = checked(data).dataset.find("people", identifier)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("identifier", "language", "words"),
    [
        ("SN-014-A", "fr", "une entrepreneure, cohorte 1 (E-"),
        ("SN-014-A", "en", "an entrepreneur, cohorte 1 (en) (E-"),
        ("SN-014-A", "nl", "een onderneemster, cohorte 1 (nl) (E-"),
        ("BE-003-A", "fr", "une partenaire d’affaires, cohorte 1 (P-"),
        ("SN-015-A", "fr", "une personne à la tête d’une entreprise, cohorte 1 (E-"),
        ("COACH-01", "fr", "un accompagnateur (C-"),
        ("TEAM-01", "nl", "een lid van het projectteam (T-"),
    ],
)
def test_a_pseudonym_agrees_in_gender_and_language(identifier: str, language: str, words: str) -> None:
    assert consent.pseudonym(person(identifier), language).startswith(words)


def test_a_pseudonym_is_stable_and_tells_nothing_of_the_name() -> None:
    found = consent.pseudonym(person(), "fr")
    assert consent.pseudonym(person(given_names="Awa", family_name="Sow", birth_date="1990-01-01"), "fr") == found
    assert re.search(r"\(E-[0-9BCDFGHJKMNPQRSTVWXYZ]{4}\)$", found)
    assert not re.search("014|Ndiaye|Aïssatou|Fonio|Gérante", found)


def test_pseudonyms_differ_from_person_to_person() -> None:
    people = checked(publication()).dataset.table("people")
    assert len({consent.code(each) for each in people}) == len(people)


def test_a_quote_without_the_name_is_under_the_pseudonym() -> None:
    data = publication()
    data["consents"][0]["covers"] = ["quote", "company"]
    (quote,) = printable.quotes(note(data), ("fr", "en"))
    assert quote.who["fr"] == consent.pseudonym(person(), "fr")
    assert not quote.named
    assert "Ndiaye" not in str(quote)
    assert "Fonio" not in str(quote.who)
