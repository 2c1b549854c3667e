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
    ("lang", "first"), [("fr", "Je soussigné"), ("en", "I, the undersigned"), ("nl", "Ik, ondergetekende")]
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
