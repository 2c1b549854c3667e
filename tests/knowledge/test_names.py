"""Two spellings of a name are the same, shortened, or different; nothing that is typed takes long or fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pemdocs.knowledge.names import Likeness, compare, compare_given

SAME, SHORTENED, DIFFERENT = Likeness


@pytest.mark.parametrize(
    ("typed", "likeness"),
    [
        ("Aïssatou Marie Ndiaye", SAME),
        ("NDIAYE AISSATOU MARIE", SAME),
        ("NDIAYE/AISSATOUMARIE MRS", SAME),
        ("Ndiaye, Marie-Aïssatou", SAME),
        ("Mme Aïssatou Marie N’DIAYE", SAME),
        ("NDIAYE/AISSATOU MRS", SHORTENED),
        ("Ndiaye Marie", SHORTENED),
        ("Ndiaye", SHORTENED),
        ("Aïssatou Marie", DIFFERENT),
        ("Aïssatou Marie Ndiaye Diop", DIFFERENT),
        ("Aissata Marie Ndiaye", DIFFERENT),
        ("Mme", DIFFERENT),
        ("李", DIFFERENT),
        ("", DIFFERENT),
    ],
)
def test_a_name_is_known_in_any_order_with_or_without_accents_and_titles(typed: str, likeness: Likeness) -> None:
    assert compare(typed, "Ndiaye", "Aïssatou Marie") is likeness


@pytest.mark.parametrize(
    ("typed", "family", "given_"),
    [
        ("MUELLER JOERG", "Müller", "Jörg"),
        ("Muller Jorg", "Müller", "Jörg"),
        ("Müller Jörg", "Mueller", "Joerg"),
        ("Nunez Seynabou", "Ñúñez", "Seynabou"),
        ("Dia Ma", "Dia", "Ma"),
    ],
)
def test_letters_may_be_spelled_out_on_either_side(typed: str, family: str, given_: str) -> None:
    assert compare(typed, family, given_) is SAME


def test_given_names_may_lack_on_either_side() -> None:
    assert compare_given("Aïssatou", "Aïssatou Marie") is SHORTENED
    assert compare_given("Marie Aïssatou Fatou", "Aïssatou Marie") is SHORTENED
    assert compare_given("Awa", "Aïssatou Marie") is DIFFERENT


def test_a_name_of_very_many_words_is_compared_in_its_order() -> None:
    words = [f"{letter}{letter.lower()}{other}" for letter in "ABCDE" for other in "mno"]
    assert compare(" ".join(words), "", " ".join(words)) is SAME
    assert compare("a" * 400, "a aa aaa", "aaaa aaaaa aaaaaa aaaaaaa aaaaaaaa aaaaaaaaa") is DIFFERENT


@given(st.text(max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_no_text_makes_the_comparison_fail(typed: str, family: str, given_: str) -> None:
    assert compare(typed, family, given_) in Likeness
    assert compare_given(typed, given_) in Likeness
