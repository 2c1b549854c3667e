"""What the papers of a visa dossier say of signatures, enclosures, sums and days agrees, whichever of them says it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pytest
from cases import Change, changed
from pagesof import find, page_of, text_of, words
from projects import checked

from pemdocs import resources
from pemdocs.checking import examination
from pemdocs.data.dataset import Linked
from pemdocs.project import kinds
from pemdocs.project.settings import open_project
from pemdocs.words.language import say_date

LETTERS = ("visa-invitation", "visa-support", "visa-mission")
SHEETS = ("visa-checklist", "visa-programme", "visa-application", "visa-means", "visa-travel", "visa-timeline")
PROGRAMME = {"fr": "programme du séjour", "en": "programme of the stay", "nl": "verblijfsprogramma"}
EXTRACT = {
    "fr": "extrait du plan",
    "en": "extract from the accompaniment plan",
    "nl": "uittreksel uit het begeleidings",
}
CHARTER = {"fr": "charte de partenariat", "en": "partnership charter", "nl": "partnerschapscharter"}
TO_SIGN = {"fr": "À signer", "en": "To be signed", "nl": "Te ondertekenen"}
ENCLOSED = {"fr": r"Annexes : (.*?)\.", "en": r"Enclosures: (.*?)\.", "nl": r"Bijlagen: (.*?)\."}
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
SUM = re.compile(r"\d[\d \u00a0\u202f]*(?:,\d\d)?[\u00a0\u202f ]€")
LANGS = ("fr", "en", "nl")


@lru_cache(maxsize=1)
def example() -> examination.Report:
    return examination.examine(open_project(resources.folder("examples") / "pem-wecco"))


def of_example(stay: str) -> Linked:
    found = example().dataset.find("stays", stay)
    assert found is not None
    return found


def of(change: Change) -> Linked:
    found = checked(changed(change)).dataset.find("stays", "S-07")
    assert found is not None
    return found


def says(case: Linked, kind: str, lang: str = "fr") -> str:
    """What a paper says; nothing where it cannot be made of the stay."""
    loaded = kinds.load(kind)
    return "" if kinds.lacking(loaded, case) else words(page_of(case, kind, loaded.versions((lang,))))


def enclosed(case: Linked, kind: str, lang: str) -> str:
    found = re.search(ENCLOSED[lang], says(case, kind, lang))
    return found[1] if found else ""


@pytest.mark.parametrize("stay", ["S-06", "S-08", "S-11"])
def test_letters_say_no_sum_and_no_day_that_the_sheets_of_the_dossier_do_not(stay: str) -> None:
    case = of_example(stay)
    sheets = " ".join(says(case, kind) for kind in SHEETS)
    known = _days(sheets) | {re.sub(r"\s", " ", say_date(day, "fr")) for day in _own(case)}
    known |= _days(str(case.invitation.history))
    for kind in LETTERS:
        letter = says(case, kind)
        assert set(SUM.findall(letter)) <= set(SUM.findall(sheets)), kind
        assert _days(letter) <= known, kind


def _own(case: Linked) -> set[date]:
    """The days of the records that letters quote, beside those of the stay."""
    people = [each.person for each in case.invited]
    passports = [each.passport for each in case.invited if each.passport]
    cohorts = [case.partnership.cohort] if case.partnership and case.partnership.cohort else []
    found = [case.mission_date, case.support_date, case.invitation.date, *(each.birth_date for each in people)]
    found += [case.partnership.decision_date] if case.partnership else []
    found += [each.hired for each in people]
    found += [day for each in passports for day in (each.issued, each.expires)]
    return {*filter(None, found), *(day for each in cohorts for day in (each.mobility_from, each.mobility_to) if day)}


def _days(text: str) -> set[str]:
    """The days that a text says, be it in digits or in words."""
    names = MONTHS.split("|")
    digits = re.findall(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    said = {re.sub(r"\s", " ", each) for each in re.findall(rf"\d+(?:er)?\s(?:{MONTHS})\s\d{{4}}", text)}
    return said | {
        f"{'1er' if int(d) == 1 else int(d)} {names[int(m) - 1]} {y}" for d, m, y in digits if 0 < int(m) <= 12
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("stay", ["S-06", "S-08", "S-11"])
def test_letters_name_as_enclosed_what_the_list_has(stay: str, lang: str) -> None:
    case = of_example(stay)
    there = {due.code for due in case.checklist if due.state in ("present", "to-sign")}
    for kind in LETTERS[:2] if case.partnership else LETTERS[:1]:
        named = enclosed(case, kind, lang)
        for code, word in (("programme-of-stay", PROGRAMME), ("plan", EXTRACT), ("charter", CHARTER)):
            assert (word[lang] in named) == (code in there), (kind, code)


@pytest.mark.parametrize("lang", LANGS)
def test_a_letter_is_to_be_signed_until_somebody_has_signed_it(lang: str) -> None:
    signed = {"stay": "S-07", "document": "visa-invitation", "signatory": "BE-003-A", "state": "signed",
              "signed_on": "2026-06-30"}  # fmt: skip
    bare: Change = {"supporting_documents.5": None}
    assert TO_SIGN[lang] in says(of(bare), "visa-checklist", lang)
    assert TO_SIGN[lang] not in says(of({**bare, "signatures.…": signed}), "visa-checklist", lang)
    assert TO_SIGN[lang] in says(of({**bare, "signatures.…": {**signed, "state": "sent"}}), "visa-checklist", lang)


def test_a_charter_of_a_day_after_the_lodging_is_not_in_the_dossier() -> None:
    late: Change = {"supporting_documents.13": None}
    early: Change = {**late, "stays.0.appointment": "2026-09-24"}
    for change, there in ((late, False), (early, True)):
        case = of(change)
        assert ("charter" in {due.code for due in case.checklist}) == there
        assert (CHARTER["fr"] in enclosed(case, "visa-invitation", "fr")) == there


@pytest.mark.parametrize(
    ("lang", "span"), [("fr", r"du \d+ \w+ au"), ("en", r"\d+ \w+ to \d"), ("nl", r"van \d+ \w+ tot")]
)
def test_a_stay_of_one_day_is_on_that_day(lang: str, span: str) -> None:
    case = of({"stays.0.exit": "2026-09-13", "partnerships.0.cohort": None})
    day = re.sub(r"\s", " ", say_date(date(2026, 9, 13), lang))
    for kind in (*LETTERS, "visa-programme"):
        letter = says(case, kind, lang)
        assert day in letter
        assert not re.search(span, letter), kind


@pytest.mark.parametrize(
    ("lang", "first"), [("fr", "me rends"), ("en", "am travelling"), ("nl", "reis voor het bedrijf")]
)
def test_who_sends_oneself_on_a_mission_writes_in_the_first_person(lang: str, first: str) -> None:
    assert first in says(of({"stays.0.mission_signatory": "SN-014-A"}), "visa-mission", lang)
    assert first not in says(of({}), "visa-mission", lang)


def test_a_function_below_a_signature_is_marked_by_its_language_alone() -> None:
    case = of_example("S-08")
    laid = page_of(case, "visa-invitation", ("en",))
    assert any(each.get("lang") == "fr" and "Gérant" in (each.text or "") for each in laid.tree.iter("span"))
    assert "[text in French]" not in words(laid)


@pytest.mark.parametrize(("lang", "name"), [("fr", "Bruxelles-National (BRU)"), ("nl", "Brussel-Nationaal (BRU)")])
def test_an_airport_is_named_in_the_language_of_the_paper(lang: str, name: str) -> None:
    for kind in ("visa-mission", "visa-travel", "visa-programme"):
        assert name in says(of_example("S-08"), kind, lang)


def test_the_seat_of_who_carries_the_programme_out_has_not_the_telephone_of_the_team_abroad() -> None:
    case = of_example("S-08")
    head = find(page_of(case, "visa-support", ("fr",)), "//p[@class='small'][1]")[0]
    assert "Rue Haute" in text_of(head)
    assert "Tél." not in text_of(head)
    assert "+221" in re.sub(r"\s", " ", says(case, "visa-support"))


PAPERS = (
    *LETTERS, "visa-checklist", "visa-programme", "visa-application", "visa-means", "visa-travel", "visa-history",
    "visa-ties", "visa-timeline",
)  # fmt: skip
STAYS = [each.record.id for each in example().dataset.table("stays")]
DAY = {"lodging": "hébergement", "travel": "voyage", "subsistence": "séjour", "insurance": "assurance"}


def squeezed(text: str) -> str:
    """A text whose words are parted by one plain space."""
    return re.sub(r"\s+", " ", text)


def papers(stay: str) -> dict[str, str]:
    """What each paper of a dossier says in French."""
    case = of_example(stay)
    return {kind: squeezed(says(case, kind)) for kind in PAPERS}


@pytest.mark.parametrize("stay", STAYS)
def test_papers_of_a_dossier_say_the_same_sums_days_passports_and_addresses(stay: str) -> None:
    case, said = of_example(stay), papers(stay)
    if case.invitation is None:
        return
    letters, sheets = [said[kind] for kind in LETTERS], " ".join(said[kind] for kind in PAPERS if kind not in LETTERS)
    for letter in letters:
        assert set(SUM.findall(letter)) <= set(SUM.findall(sheets))
        assert not (case.exit and letter) or squeezed(say_date(case.exit, "fr")) in letter
    if case.passport and case.passport.number and not case.group:
        assert all(case.passport.number in text for text in (*letters, said["visa-checklist"]) if text)
    for lodging in case.lodgings:
        for word in filter(None, (lodging.name, lodging.address)):
            assert squeezed(word) in said["visa-travel"]
            assert not said["visa-invitation"] or squeezed(word) in said["visa-invitation"]


@pytest.mark.parametrize("stay", STAYS)
def test_the_payers_of_a_dossier_are_the_same_in_each_paper(stay: str) -> None:
    case, said = of_example(stay), papers(stay)
    names = {
        "programme": {"programme"},
        "host-company": {"notre entreprise", case.host_company.name if case.host_company else ""},
        "home-company": {"notre entreprise", "l’entreprise", case.home_company.name if case.home_company else ""},
    }
    for bearer in case.bearers:
        for what in (*bearer.wholly, *bearer.partly):
            for kind in LETTERS if bearer.payer in names else ():
                told = re.search(rf"(?:frais|Prise en charge)[^.]*?{DAY[what]}[^.]*", said[kind], re.IGNORECASE)
                named = names[bearer.payer]
                assert told is None or any(name and name in told[0] for name in named), (kind, what, bearer.payer)


@pytest.mark.parametrize("lang", LANGS)
def test_letters_speak_as_the_one_who_signs(lang: str) -> None:
    first = {"fr": ("j’ai le plaisir", "Je vous prie"), "en": ("I am pleased",), "nl": ("nodig ik",)}[lang]
    signed = says(of({}), "visa-invitation", lang)
    assert all(word in signed for word in first)
    unsigned = says(of({"invitations.0.signatory": None}), "visa-invitation", lang)
    assert not any(word in unsigned for word in first)


def test_a_programme_with_training_by_its_words_is_not_called_visits_and_meetings() -> None:
    change: Change = {"meetings.0.purpose": {"fr": "Stage de fabrication"}}
    assert "réunions" in says(of({}), "visa-invitation")
    assert "réunions, échanges" not in says(of(change), "visa-invitation")


def test_the_letter_of_support_says_who_came_back_and_when_the_traveller_was_chosen() -> None:
    day: Change = {"partnerships.0.arrived": "2026-03-01", "partnerships.0.mobility_end": "2026-03-10",
                   "partnerships.0.returned": "2026-03-11"}  # fmt: skip
    back = says(of(day), "visa-support")
    assert "1 des 1 participants" in squeezed(back)
    late = says(of({**day, "partnerships.0.returned": "2026-03-20"}), "visa-support")
    assert "0 à la date prévue" in squeezed(late)


def test_ties_are_those_that_are_told_and_prove_themselves_by_the_list() -> None:
    said = squeezed(says(of({"people.0.hired": "2019-04-15", "people.0.dependants": 3}), "visa-ties"))
    assert "depuis le 15 avril 2019" in said
    assert "3 personnes à charge" in said
    assert re.search(r"pièce \d+ : Registre du commerce", said)
    assert "à charge" not in says(of({}), "visa-ties")


def test_a_stay_without_a_partnership_has_the_programme_that_is_its_own() -> None:
    scans = [each["piece"] for each in changed({})["supporting_documents"]]
    alone: Change = {"stays.0.partnership": None, f"supporting_documents.{scans.index('programme-of-stay')}": None}
    own: Change = {**alone, "meetings.0.partnership": None, "meetings.0.stay": "S-07"}
    bare, told = of(alone), of(own)
    assert "programme-of-stay" not in {due.code for due in bare.checklist}
    assert "programme-of-stay" in {due.code for due in told.checklist}
    assert PROGRAMME["fr"] in enclosed(told, "visa-invitation", "fr")
    assert "Choisir les recettes" in says(told, "visa-programme")
    other: Change = {**own, "meetings.0.partnership": "P-07", "stays.0.partnership": "P-07", "stays.…": {
        "id": "S-08", "person": "SN-014-A", "partnership": "P-07", "destination": "BE", "entry": "2026-09-13",
        "exit": "2026-09-26"}}  # fmt: skip
    both = checked(changed(other)).dataset
    assert {"M-07-1", "M-07-2"} <= held(both.find("stays", "S-07"))
    assert held(both.find("stays", "S-08")) & {"M-07-1", "M-07-2"} == {"M-07-2"}


def held(stay: Linked | None) -> set[str]:
    """What the programme of a stay holds, by id."""
    assert stay is not None
    return {each.record.id for day in stay.agenda for each in day.entries}


def test_the_programme_tells_hours_and_address_of_what_takes_whole_days() -> None:
    said = squeezed(says(of({}), "visa-programme"))
    assert re.search(r"9 h 30 – 16 h\s?jour 1 sur 3 .*?Bakkerij De Linde\s?Lindestraat 5, 9000", said)
    assert said.count("+32 9 200 00 14") == 1, "the days that follow say the company and its town"
    assert "jour 1 sur 3" in says(of({"activities.1.start_time": None, "activities.1.host": None}), "visa-programme")


@pytest.mark.parametrize(
    ("lang", "kept"), [("fr", "maintenue pendant"), ("en", "pay continues"), ("nl", "loopt tijdens")]
)
def test_the_mission_order_says_whether_the_pay_goes_on(lang: str, kept: str) -> None:
    assert kept in squeezed(says(of({}), "visa-mission", lang))
    assert kept not in squeezed(says(of({"stays.0.pay": None}), "visa-mission", lang))
    assert kept not in squeezed(says(of({"stays.0.pay": "none"}), "visa-mission", lang))


@pytest.mark.parametrize(("lang", "part"), [("fr", "(en partie)"), ("en", "(in part)"), ("nl", "(deels)")])
def test_who_pays_a_part_is_named_with_it_in_every_letter(lang: str, part: str) -> None:
    case = of_example("S-08")
    assert {each.payer: each.partly for each in case.bearers} == {"programme": ("lodging",), "guarantor": ("lodging",)}
    for kind in LETTERS:
        assert says(case, kind, lang).count(part) == 2, kind
    assert "Hautfenne" in says(case, "visa-support", lang)


@pytest.mark.parametrize(("gender", "word"), [("m", "Marié "), ("f", "Mariée "), (None, "Marié·e ")])
def test_the_civil_status_agrees_with_the_person(gender: str | None, word: str) -> None:
    case = of({"people.0.civil_status": "married", "people.0.gender": gender})
    assert word in squeezed(says(case, "visa-ties"))


def test_a_charter_that_is_a_piece_of_its_own_is_not_told_in_the_extract() -> None:
    late: Change = {"supporting_documents.13": None}
    for change, told in ((late, True), ({**late, "stays.0.appointment": "2026-09-24"}, False)):
        assert ("Recettes communes" in says(of(change), "visa-proofs")) == told


@pytest.mark.parametrize(
    ("lang", "open_"), [("fr", "reste à signer"), ("en", "yet to be signed"), ("nl", "moet nog worden get")]
)
def test_a_guarantor_has_signed_only_where_the_data_say_so(lang: str, open_: str) -> None:
    pledge = {
        "stay": "S-07",
        "kind": "formal-obligation",
        "currency": "EUR",
        "guarantor": "BE-003-A",
        "monthly_income": 3200,
    }
    piece = {"stay": "S-07", "piece": "formal-obligation", "status": "present"}
    bare: Change = {"means.…": pledge}
    early: Change = {"means.…": {**pledge, "legalised": "2026-07-06"}}
    late: Change = {"means.…": {**pledge, "legalised": "2099-07-06"}}
    for change, unsigned in (
        (bare, True),
        (early, False),
        (late, True),
        ({**bare, "supporting_documents.…": piece}, False),
    ):
        assert (open_ in says(of(change), "visa-means", lang)) == unsigned


def test_a_return_is_booked_only_where_the_data_say_so() -> None:
    journey = changed({})["transport"]
    last = max(range(len(journey)), key=lambda place: journey[place]["departure_date"])
    for booking, word in (("reserved", "réservé pour le"), (None, "prévu pour le")):
        case = of({f"transport.{last}.booking": booking})
        assert all(word in squeezed(says(case, kind)) for kind in ("visa-invitation", "visa-mission"))
