"""Consent decides what is printed: it must cover it, in this medium and language, on this day, and still stand."""

from __future__ import annotations

import re
import stat
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import Data, checked, only, personal, publication, said, write

import pemdocs
from pemdocs.checking.examination import Report
from pemdocs.consent import consents, groups, printable, relied
from pemdocs.consent.consents import Reach, reach
from pemdocs.data import schema
from pemdocs.data.dataset import Linked, link
from pemdocs.model import Cell, Record
from pemdocs.project import pseudonyms
from pemdocs.words import speech

COVERS = ("name", "company", "face", "quote", "video")
MEDIA = ("print", "web", "social", "donor")
LANGUAGES = ("fr", "en", "nl")
DAY = date(2026, 11, 16)


class Consent:
    """A consent as the rules of reach see it."""

    def __init__(self, **values: Any) -> None:
        usual = {"covers": ("quote", "name"), "media": ("web",), "languages": ("fr", "en"), "valid_from": None,
                 "until": None, "withdrawn": None, "only": None}  # fmt: skip
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
    assert reach([Consent(**changes)], "quote", ("web",), ("fr",), (DAY, DAY)) == Reach(not reason, reason)


def test_a_consent_that_is_limited_to_some_texts_covers_no_other_and_no_name_elsewhere() -> None:
    own = [Consent(only=("Q-1", "F-1"))]
    allowed = {item: reach(own, "quote", ("web",), ("fr",), (DAY, DAY), item).allowed for item in ("Q-1", "Q-2", "")}
    assert allowed == {"Q-1": True, "Q-2": False, "": False}


def test_all_media_of_a_document_must_be_covered() -> None:
    assert reach([Consent(media=("web", "print"))], "quote", ("web", "print"), ("fr",), (DAY, DAY)).allowed
    assert reach([Consent()], "quote", ("web", "print"), ("fr",), (DAY, DAY)).reason == "consent-not-for-medium"


def test_a_consent_counts_from_its_first_day_though_the_data_speak_of_a_later_one() -> None:
    later = date(2027, 1, 20)
    assert not reach([Consent(valid_from=date(2027, 1, 15))], "quote", ("web",), ("fr",), (DAY, later)).allowed
    assert not reach([Consent(until=date(2027, 1, 15))], "quote", ("web",), ("fr",), (DAY, later)).allowed


def test_without_any_consent_nothing_is_allowed() -> None:
    assert reach([], "quote", ("web",), ("fr",), (DAY, DAY)) == Reach(False, "none")


def test_one_consent_that_reaches_is_enough_and_else_the_nearest_tells_why() -> None:
    gone, narrow = Consent(withdrawn=DAY), Consent(media=("print",))
    assert reach([gone, narrow], "quote", ("web",), ("fr",), (DAY, DAY)).reason == "consent-not-for-medium"
    assert reach([gone, narrow, Consent()], "quote", ("web",), ("fr",), (DAY, DAY)).allowed


def test_a_document_in_two_languages_needs_both() -> None:
    assert reach([Consent()], "quote", ("web",), ("fr", "en"), (DAY, DAY)).allowed
    assert reach([Consent()], "quote", ("web",), ("fr", "nl"), (DAY, DAY)).reason == "consent-not-for-language"
    halves = [Consent(languages=("fr",)), Consent(languages=("nl",))]
    assert not reach(halves, "quote", ("web",), ("fr", "nl"), (DAY, DAY)).allowed


days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
given_consents = st.fixed_dictionaries({
    "covers": st.lists(st.sampled_from(COVERS), unique=True),
    "media": st.lists(st.sampled_from(MEDIA), unique=True),
    "languages": st.lists(st.sampled_from(LANGUAGES), unique=True),
    "valid_from": days,
    "until": days,
    "withdrawn": st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
})  # fmt: skip


@given(st.lists(given_consents, max_size=3), st.sampled_from(COVERS), st.sampled_from(MEDIA), st.data())
def test_what_is_allowed_is_covered_by_one_consent_in_every_respect(
    given_: list[dict[str, Any]], what: str, medium: str, data: st.DataObject
) -> None:
    wanted = data.draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    found = reach([Consent(**each) for each in given_], what, (medium,), wanted, (DAY, DAY))
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
    return printed_of(note(data), languages)


def printed_of(case: Linked, languages: tuple[str, ...]) -> set[str]:
    """The same of a note that is linked already."""
    quotes = printable.quotes(case, languages)
    photographs = printable.photographs(case, languages)
    told = {f"quote {each.id}" for each in quotes} | {f"photograph {each.id}" for each in photographs}
    told |= {f"name {each.id}" for each in quotes if each.named}
    words = " ".join(text for each in (*quotes, *photographs) for text in each.who.values())
    return told | {f"company {name}" for name in ("Fonio du Cap", "De Linde") if name in words}


EVERYTHING = {"quote Q-1", "name Q-1", "photograph F-1", "company Fonio du Cap", "company De Linde"}


def test_a_note_prints_what_is_consented() -> None:
    assert printed(personal()) == EVERYTHING
    (quote,) = printable.quotes(note(personal()), ("fr", "nl"))
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
    data = personal()
    data["consents"][number] |= changes
    assert printed(data) == left


@pytest.mark.parametrize("empty", [("quotes", "consent"), ("quotes", "person"), ("photographs", "consents")])
def test_a_missing_reference_prints_nothing_of_it(empty: tuple[str, str]) -> None:
    data = personal()
    data[empty[0]][0][empty[1]] = None
    kind = "quote Q-1" if empty[0] == "quotes" else "photograph F-1"
    assert kind not in printed(data)


@pytest.mark.parametrize("people", [["SN-014-A", "SN-099-A"], ["SN-099-A"]])
def test_a_person_who_is_not_known_keeps_a_photograph_out(people: list[str]) -> None:
    data = personal()
    data["photographs"][0]["people"] = people
    assert "photograph F-1" not in printed(data)
    data["quotes"][0]["person"] = "SN-099-A"
    assert "quote Q-1" not in printed(data)


def test_a_photograph_without_people_needs_no_consent() -> None:
    data = personal()
    data["photographs"][0] |= {"people": None, "consents": None}
    assert "photograph F-1" not in printed(data)  # nothing says that nobody can be recognised
    data["photographs"][0]["nobody"] = True
    assert "photograph F-1" in printed(data)


def test_a_company_may_consent_for_itself() -> None:
    data = personal()
    data["consents"][1]["covers"] = ["face"]
    data["consents"].append({"id": "CS-3", "company": "BE-003", "covers": ["company"], "media": ["web"],
                             "languages": ["fr"]})  # fmt: skip
    assert "company De Linde" in printed(data)
    assert "company De Linde" not in printed(data, ("nl",))


def test_a_company_without_consent_is_described() -> None:
    data = with_others(personal(), "BE-003-A")
    data["consents"][1]["covers"] = ["face"]
    (photograph,) = printable.photographs(note(data), LANGUAGES)
    assert photograph.who == {
        "fr": "une entreprise (Agroalimentaire, Flandre)",
        "en": "a company (Agri-food, Flanders)",
        "nl": "een bedrijf (Agrovoeding, Vlaanderen)",
    }


@pytest.mark.parametrize(
    ("caption", "who"),
    [
        ({"fr": "La boutique de De Linde", "nl": "De winkel van de linde"}, {}),
        ({"fr": "La boutique de De Linde", "nl": "De winkel"}, {"fr": "De Linde", "nl": "De Linde"}),
        (None, {"fr": "De Linde", "nl": "De Linde"}),
    ],
)
def test_a_company_that_the_caption_names_is_not_told_again(caption: Any, who: dict[str, str]) -> None:
    data = personal()
    data["photographs"][0]["caption"] = caption
    (photograph,) = printable.photographs(note(data), ("fr", "nl"))
    assert photograph.who == who


def test_a_note_that_names_no_medium_is_for_the_web() -> None:
    data = personal()
    del data["notes"][0]["medium"]
    assert printed(data) == EVERYTHING
    data["consents"][0]["media"] = ["print", "donor"]
    assert printed(data) == set()


@lru_cache(maxsize=1)
def usual() -> Linked:
    return note(personal())


def with_consents(rows: list[dict[str, Any]]) -> Linked:
    """The first note with these consents instead, which no rule has looked at: that takes a tenth of the time."""
    old = usual().dataset
    kept = [each for name, records in old.records.items() if name != "consents" for each in records]
    made = [Record("consents", "consents", number, row["id"], {name: Cell("consents", "", _typed(name, value))
            for name, value in row.items() if value}) for number, row in enumerate(rows, start=1)]  # fmt: skip
    dataset, _ = link([*kept, *made], old.tables, old.programme, old.as_of)
    found = dataset.find("notes", "N-1")
    assert found is not None
    return found


def _typed(name: str, value: Any) -> Any:
    if name in ("valid_from", "until", "withdrawn"):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def test_consents_that_no_rule_has_looked_at_are_the_same_consents() -> None:
    rows = personal()["consents"]
    assert printed_of(with_consents(rows), ("fr",)) == EVERYTHING
    rows[0] |= {"withdrawn": "2026-11-01"}
    assert printed_of(with_consents(rows), ("fr",)) == set()


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
    workbook = personal()["consents"]
    for each in workbook:
        if data.draw(st.booleans()):
            narrowed(each, data.draw(narrowing), data)
    before = printed_of(with_consents(workbook), languages)
    narrowed(data.draw(st.sampled_from(workbook)), data.draw(narrowing), data)
    assert printed_of(with_consents(workbook), languages) <= before


@settings(max_examples=20)
@given(st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES), st.sets(st.sampled_from(LANGUAGES)))
def test_two_languages_print_no_more_than_each_alone(one: str, other: str, allowed: set[str]) -> None:
    workbook = personal()["consents"]
    workbook[0]["languages"] = sorted(allowed)
    case = with_consents(workbook)
    assert printed_of(case, (one, other)) <= printed_of(case, (one,)) & printed_of(case, (other,))


def test_the_consents_that_a_document_relies_on_are_known() -> None:
    case = note(personal())
    assert relied.consents_of(case, ("fr",)) == ("CS-1", "CS-2")
    data = personal()
    data["consents"][1]["withdrawn"] = "2026-11-01"
    assert relied.consents_of(note(data), ("fr",)) == ("CS-1",)
    report = checked(personal()).dataset.find("reports", "REP-1")
    assert relied.consents_of(report, ("fr",)) == ("CS-1",)
    assert relied.consents_of(case.quotes[0].partnership, ("fr",)) == ()


def listed(data: Data, languages: tuple[str, ...] = ("fr",)) -> list[tuple[str, str]]:
    """The companies that the annex of the report names, pair by pair."""
    report = checked(data).dataset.find("reports", "REP-1")
    return [(each.home, each.host) for each in printable.pairs(report, languages)]


def test_the_pairs_of_a_cohort_are_listed_as_far_as_their_companies_have_agreed() -> None:
    data = publication()
    assert listed(data) == [("Fonio du Cap", "De Linde"), ("Menuiserie Teranga", "")]
    data["consents"][3]["languages"] = ["nl"]
    data["consents"][4]["withdrawn"] = "2026-11-12"
    assert listed(data) == []  # one name alone would point at the other
    assert listed(data, ("nl",)) == [("Fonio du Cap", "De Linde")]
    report = checked(data).dataset.find("reports", "REP-1")
    assert relied.consents_of(report, ("fr",)) == ("CS-1", "CS-11")  # the interview names its company
    assert listed(personal()) == []


def test_a_cohort_that_begins_later_is_not_in_the_report() -> None:
    data = publication()
    data["cohorts"][0]["programme_start"] = "2026-11-01"
    assert listed(data) == []


def test_somebody_interviewed_is_named_with_consent_and_not_else() -> None:
    data = personal()
    report = checked(data).dataset.find("reports", "REP-1")
    rows = printable.met(report, ("fr",))
    assert [(each.name, each.organisation["fr"], each.people) for each in rows] == [
        ("", "Chambre de commerce", 2),
        ("Aïssatou Marie Ndiaye", "Fonio du Cap", 1),
        ("", "", 8),
    ]
    data["consents"][0]["covers"] = ["quote"]
    (_, row, _) = printable.met(checked(data).dataset.find("reports", "REP-1"), ("fr",))
    assert (row.name, row.organisation["fr"], row.role["fr"]) == ("", "une entreprise", "Une personne rencontrée")


# Pseudonyms


def with_others(data: Data, identifier: str, many: int = 4) -> Data:
    """As many others of the same role, gender and cohort, in companies of the same sector and region."""
    row = next(each for each in data["people"] if each["id"] == identifier)
    company = next((each for each in data["companies"] if each["id"] == row.get("company")), None)
    place = "home_person" if row["role"] == "entrepreneur" else "host_person"
    for number in range(many):
        told = {"id": f"SN-8{number:02}-A", "given_names": "Ana", "family_name": f"Autre{number}"}
        data["people"].append({key: row[key] for key in ("role", "gender", "function") if key in row} | told)
        if row["role"] in ("entrepreneur", "counterpart"):
            data["partnerships"].append({"id": f"P-8{number}", "cohort": "C1", "stage": "selection", place: told["id"]})
        if company:
            data["people"][-1]["company"] = f"SN-8{number:02}"
            same = {key: company[key] for key in ("sector", "region", "country")}
            data["companies"].append({"id": f"SN-8{number:02}", "name": f"Maison {number}", **same})
    return data


def person(identifier: str = "SN-014-A", many: int = 4, **changes: Any) -> Linked:
    data = with_others(personal(), identifier, many)
    row = next(each for each in data["people"] if each["id"] == identifier)
    row |= changes
    with tempfile.TemporaryDirectory() as folder:
        pseudonyms.assign(write(Path(folder), data), [identifier])
        found = pemdocs.check(Path(folder)).dataset.find("people", identifier)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("identifier", "language", "words"),
    [
        ("SN-014-A", "fr", "une entrepreneure, cohorte 1 (E-"),
        ("SN-014-A", "nl", "een onderneemster, cohorte 1 (nl) (E-"),
        ("BE-003-A", "fr", "une partenaire d’affaires, cohorte 1 (P-"),
        ("SN-015-A", "en", "an entrepreneur, cohorte 1 (en) (E-"),
        ("COACH-01", "fr", "un accompagnateur (C-"),
        ("TEAM-01", "nl", "een lid van het projectteam (T-"),
    ],
)
def test_a_pseudonym_agrees_in_gender_and_language(identifier: str, language: str, words: str) -> None:
    assert consents.pseudonym(person(identifier), language).startswith(words)


def test_a_pseudonym_tells_only_what_five_people_share() -> None:
    """Too few, and neither role nor cohort are told, for they would point at one of four."""
    assert re.fullmatch(
        r"une personne rencontrée \(X-[0-9B-DF-HJ-NP-TV-Z]{4}\)", consents.pseudonym(person(many=2), "fr")
    )
    for traits in ("role", "gender", "cohort"):
        assert traits in groups.told("person", person())
    assert groups.told("person", person(gender="m")) == ("role", "cohort")
    assert consents.description(person().company, "fr") == "une entreprise (Agroalimentaire, Dakar)"
    assert consents.description(person(many=3).company, "fr") == "une entreprise (Agroalimentaire)"
    assert consents.description(person(many=2).company, "fr") == "une entreprise"


def told(data: Data, sort: str = "person") -> tuple[str, ...]:
    """What is told of the first person, or of her company."""
    found = checked(data).dataset.find("people", "SN-014-A")
    return groups.told(sort, found if sort == "person" else found.company)


def test_who_is_named_elsewhere_cannot_be_meant_nor_who_takes_no_part() -> None:
    data = with_others(personal(), "SN-014-A")
    assert (told(data), told(data, "company")) == (("role", "gender", "cohort"), ("sector", "region"))
    other = data["people"][-1]["id"]
    agreed = {"media": ["print"], "languages": ["nl"], "withdrawn": "2026-01-01"}
    data["consents"] += [{"id": "CS-80", "person": other, "covers": ["name"], **agreed}]
    assert told(data) == ()
    data["consents"][-1] |= {"covers": ["company"]}
    assert (told(data), told(data, "company")) == (("role", "gender", "cohort"), ("sector",))
    data["consents"].pop()
    next(each for each in data["partnerships"] if each.get("home_person") == other)["decision"] = "declined"
    assert told(data) == ()


def test_of_who_is_interviewed_neither_a_rare_place_nor_the_words_of_the_sheet_are_told() -> None:
    data = with_others(personal(), "SN-014-A")
    row = {"report": "REP-1", "person": "SN-014-A", "organisation": "Fonio du Cap", "role": said("Lauréate 2024"),
           "date": "2026-10-01", "place": said("Kédougou")}  # fmt: skip
    data["interviews"] = [row]

    def met() -> printable.MetShown:
        return printable.met(checked(data).dataset.find("reports", "REP-1"), ("fr",))[0]

    assert (met().place, met().role["fr"]) == ({}, "Gérante")
    data["interviews"] = [row, *({**row, "person": None, "role": said("Ministère")} for _ in range(4))]
    assert met().place["fr"] == "Kédougou"


def test_what_is_told_of_a_person_and_of_the_company_elsewhere_fits_five_together() -> None:
    """Five share role, gender and cohort, five companies sector and region; only two people share all of it."""
    data = with_others(personal(), "SN-014-A")
    for row in data["people"][-3:]:
        row["company"] = "BE-003"

    assert (told(data), told(data, "company")) == ((), ("sector", "region"))
    for table, name in (("interviews", "person"), ("photographs", "companies")):
        for row in data[table]:
            row.pop(name, None)
    assert told(data) == ("role", "gender", "cohort")  # no publication describes the company


traits = st.sampled_from(["a", "b", None])


@given(st.lists(st.tuples(st.sampled_from(["entrepreneur", "coach"]), st.sampled_from("mf"), traits), max_size=14))
@settings(max_examples=15, deadline=None)
def test_whatever_is_told_of_anybody_could_be_said_of_five(everyone: list[tuple[str, str, str | None]]) -> None:
    rows = [Record("people", "people", n, f"SN-{n:03}-A", _cells(role=role, gender=gender))
            for n, (role, gender, _) in enumerate(everyone)]  # fmt: skip
    pairs = [Record("partnerships", "partnerships", n, f"P-{n}", _cells(cohort=cohort, home_person=f"SN-{n:03}-A"))
             for n, (_, _, cohort) in enumerate(everyone) if cohort]  # fmt: skip
    profile = _known().dataset.programme
    dataset, _ = link([*rows, *pairs], schema.load(), profile, as_of=DAY)
    for one in dataset.table("people"):
        told = groups.told("person", one)
        own = dict(zip(("role", "gender", "cohort"), everyone[one.record.number], strict=True))
        alike = [each for each in everyone
                 if all(dict(zip(own, each, strict=True))[name] == own[name] for name in told)]  # fmt: skip
        assert not told or len(alike) >= groups.FEWEST


def _cells(**values: str) -> dict[str, Cell]:
    return {name: Cell("x", "A1", value) for name, value in values.items()}


@lru_cache(maxsize=1)
def _known() -> Report:
    return checked(personal())


def test_a_code_is_drawn_once_kept_for_its_owner_alone_and_destroyed_with_the_person(tmp_path: Path) -> None:
    codes = pseudonyms.assign(tmp_path, ["SN-014-A", "BE-003-A"])
    assert len(set(codes.values())) == 2
    assert pseudonyms.assign(tmp_path, ["SN-014-A", "SN-015-A"])["SN-014-A"] == codes["SN-014-A"]
    file = tmp_path / ".pemdocs" / "pseudonyms.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    pseudonyms.forget(tmp_path, ["SN-014-A"])
    assert codes["SN-014-A"] not in file.read_text("utf-8")
    assert pseudonyms.assign(tmp_path, ["SN-014-A"])["SN-014-A"] != codes["SN-014-A"]
    file.write_text('{"SN-015-A": "4F2K"', "utf-8")
    with pytest.raises(OSError, match="pseudonyms"):
        pseudonyms.assign(tmp_path, ["SN-014-A"])
    assert file.read_text("utf-8").startswith('{"SN-015-A"')  # codes that are out are not drawn again


def test_two_projects_draw_other_codes_for_the_same_person(tmp_path: Path) -> None:
    found = [
        pseudonyms.assign(tmp_path / name, ["SN-014-A"])["SN-014-A"]
        for name in ("a", "b")
        if not (tmp_path / name).mkdir()
    ]
    assert found[0] != found[1]


def test_without_a_code_nothing_stands_in_its_place() -> None:
    assert consents.pseudonym(checked(personal()).dataset.find("people", "SN-014-A"), "fr") == "une personne rencontrée"


def test_a_build_draws_the_codes_that_it_needs(tmp_path: Path) -> None:
    data = personal()
    data["consents"][0]["covers"] = ["quote"]
    folder = write(tmp_path, data)
    pemdocs.build(folder, kinds="learning-note", formats="docx", dry_run=True)
    assert pseudonyms.read(folder) == {}
    pemdocs.build(folder, kinds="learning-note", cases="N-1", languages="fr", formats="docx", jobs=1)
    code = pseudonyms.read(folder)["SN-014-A"]
    assert f"X-{code}" in speech.message(only(pemdocs.check(folder), "name-withheld"), "fr")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Cohorte 2", "cohorte 2"),
        ("Première cohorte, 2026", "première cohorte, 2026"),
        ("Dakar 2026", "Dakar 2026"),
        ("Cohorte Teranga", "Cohorte Teranga"),
    ],
)
def test_a_cohort_that_is_only_counted_goes_on_in_small_letters(name: str, told: str) -> None:
    data = with_others(personal(), "SN-014-A")
    data["cohorts"][0]["name"] = said(name)
    found = checked(data).dataset.find("people", "SN-014-A")
    assert consents.pseudonym(found, "fr") == f"une entrepreneure, {told}"


def test_a_quote_without_the_name_is_under_the_pseudonym() -> None:
    data = personal()
    data["consents"][0]["covers"] = ["quote", "company"]
    (quote,) = printable.quotes(note(data), ("fr", "en"))
    assert quote.who["fr"] == "Une personne rencontrée"
    assert not quote.named
    assert "Ndiaye" not in str(quote)
    assert "Fonio" not in str(quote.who)
