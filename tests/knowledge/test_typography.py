"""Only spaces and apostrophes change, and a finished text stays as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pemdocs.knowledge.typography import NBSP, NNBSP, typeset

LANGUAGES = ("fr", "en", "nl")
texts = st.text(st.sampled_from("aéœŋ Zz09 \u00a0\u202f«»“”’!?;:.,%€/@()-&{}\n"), max_size=40) | st.text(max_size=40)


def letters(text: str) -> str:
    return re.sub(f"[ {NBSP}{NNBSP}]", "", text).replace("'", "’")


@given(texts, st.sampled_from(LANGUAGES))
@example("Bonjour ! Ça va ? « Oui » : 12 % ; 1 200 €", "fr")
@example("1 000 000 F CFA ; 25 kg : n° 4", "fr")
def test_only_spaces_and_apostrophes_change(text: str, language: str) -> None:
    assert letters(typeset(text, language)) == letters(text)


@given(texts, st.sampled_from(LANGUAGES))
@example("« « a » »", "fr")
@example("1 000 000 000", "fr")
@example("12  %", "fr")
@example("a !?! ;", "fr")
def test_a_finished_text_stays_as_it_is(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


plain_words = st.text(max_size=40).filter(lambda text: not re.search(r"[\d']|CFA|mil[lj]i", text))


@given(plain_words, st.sampled_from(("en", "nl")))
def test_english_and_dutch_words_keep_their_spaces(text: str, language: str) -> None:
    assert typeset(text, language) == text


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Pourquoi ?", "Pourquoi\u202f?"),
        ("Pourquoi?", "Pourquoi\u202f?"),
        ("Oui ; non", "Oui\u202f; non"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("Il dit : « oui »", "Il dit\u00a0: «\u202foui\u202f»"),
        ("«oui»", "«\u202foui\u202f»"),
        ("« oui » ?", "«\u202foui\u202f»\u202f?"),
        ("(oui ?)", "(oui\u202f?)"),
        ("26 %", "26\u00a0%"),
        ("26%", "26\u00a0%"),
        ("1 250 €", "1\u202f250\u00a0€"),
        ("5 400 000 MAD", "5\u202f400\u202f000\u00a0MAD"),
        ("800 DH par mois", "800\u00a0DH par mois"),
        ("25 kg de farine", "25\u00a0kg de farine"),
        ("la n° 4, art. 6", "la n°\u00a04, art.\u00a06"),
        ("en 2026 12 entreprises", "en 2026 12 entreprises"),
        ("à 10 h 40, le 1er mars, le 7 juillet 2026", "à 10\u00a0h\u00a040, le 1er\u00a0mars, le 7\u00a0juillet 2026"),
        ("29 jours, 3 millions F CFA", "29\u00a0jours, 3\u00a0millions\u00a0F\u00a0CFA"),
        ("48 500 000 F CFA", "48\u202f500\u202f000\u00a0F\u00a0CFA"),
        ("Laboratoire d'analyses", "Laboratoire d’analyses"),
        ("12' de pause, 5'6", "12' de pause, 5'6"),
    ],
)
def test_french_has_its_own_spaces(written: str, set_: str) -> None:
    assert typeset(written, "fr") == set_


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Why? Because: “so”!", "Why? Because: “so”!"),
        ("25 kg and 12 %", "25\u00a0kg and 12\u00a0%"),
        ("25 kgs", "25 kgs"),
        ("3 800 EUR", "3 800\u00a0EUR"),
    ],
)
def test_english_and_dutch_keep_a_number_with_its_unit(written: str, set_: str, language: str) -> None:
    assert typeset(written, language) == set_


@pytest.mark.parametrize(
    ("written", "set_", "language"),
    [
        ("on 7 July, 29 days", "on 7\u00a0July, 29\u00a0days", "en"),
        ("op 7 juli, 29 dagen, 10 u 40", "op 7\u00a0juli, 29\u00a0dagen, 10\u00a0u 40", "nl"),
        ("Joost 't Kint, 's morgens", "Joost ’t Kint, ’s morgens", "nl"),
        ("Joost 't Kint", "Joost ’t Kint", "fr"),
        ("'t was 'so'", "’t was 'so'", "en"),
    ],
)
def test_a_day_stays_with_its_month_and_an_apostrophe_is_one(written: str, set_: str, language: str) -> None:
    assert typeset(written, language) == set_


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=c;d!e:f",
        "www.example.org/?q=100%",
        "a;b@example.org",
        "14:30",
        "14:30:05",
        "SN-DKR-2019-B-12345",
        "2026-03-12",
        "{{ name }}",
        "{% if x %}",
        "C:\\plan",
    ],
)
def test_addresses_times_and_codes_stay(text: str, language: str) -> None:
    assert typeset(text, language) == text


def test_words_around_an_address_are_set() -> None:
    assert typeset("Voir : https://example.org/?a=b ; merci !", "fr") == (
        "Voir\u00a0: https://example.org/?a=b\u202f; merci\u202f!"
    )


def test_a_question_after_an_address_is_set() -> None:
    assert typeset("À 14:30 ? Écrire à a@example.org !", "fr") == ("À 14:30\u202f? Écrire à a@example.org\u202f!")
