"""A name is found however it is written, and an ordinary word is not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pemdocs.knowledge.mentions import Index, Sort, company, find, passage, person, signs

MARKS = [
    *person("a", "Aïssatou Marie", "Ndiaye"),
    *person("b", "Pieter-Jan", "Van den Berghe"),
    *person("c", "Pierre", "Fall"),
    *person("d", "Moussa", "Diop"),
    *person("e", "Awa", "Diop"),
    *company("f", "Grains de Meuse SRL", "Meuzo"),
    *company("g", "Atlantic SARL"),
    *company("h", "Ñuul-Weex SUARL"),
    *person("i", "Li", "Wu"),
    *person("j", "Sofie", "D’Hondt"),
    *person("n", "Modou", "Lamine"),
    *company("k", "Teranga Foods SARL"),
    *company("l", "Ets Ndoye & Fils"),
    *company("m", "Nouvelles Textiles Fatick GIE"),
    *passage("a", "Rue 12, villa 34"),
    *passage("f", "Rue du Moulin à eau 12, 4020 Liège"),
    *signs("p", Sort.ID, "P-04"),
    *signs("a", Sort.PHONE, "+221 77 100 02 11"),
    *signs("a", Sort.EMAIL, "a.ndiaye@example.com"),
    *signs("a", Sort.ID, "SN-014-A"),
    *signs("f", Sort.NUMBER, "0999.022.695"),
]
INDEX = Index(MARKS)
COMMON = frozenset({"fall", "atlantic"})


def told(text: str, **rest: frozenset[str]) -> list[tuple[str, str, bool]]:
    return [
        (each.mark.whose, text[each.start : each.end], each.certain)
        for each in find(text, INDEX, common=COMMON, **rest)
    ]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Moi, Aïssatou Ndiaye, présidente", "a"),
        ("NDIAYE Aissatou", "a"),
        ("Ndiaye, Aïssatou Marie", "a"),
        ("selon A. Ndiaye", "a"),
        ("selon A.M. Ndiaye", "a"),
        ("selon AM Ndiaye", "a"),
        ("l’atelier d’Aïssatou Ndiaye", "a"),
        ("Ndiaye’s workshop", "a"),
        ("het atelier van mevrouw Ndiayes zus", "a"),
        ("Mme Ndiaye", "a"),
        ("aïssatou ndiaye", "a"),
        ("madame ndiaye", "a"),
        ("Aïssatou N. a fondé", "a"),
        ("N'Diaye, présidente", "a"),
        ("N-d-i-a-y-e Aïssatou", "a"),
        ("N D I A Y E", "a"),
        ("Aïssatou N**diaye**", "a"),
        ("NDI-\nAYE Aïssatou", "a"),
        ("andiaye@gmail.com", "a"),
        ("voir a.ndiaye", "a"),
        ("example.org/A%C3%AFssatou%20Ndiaye", "a"),
        ("Aïssatou\n\nNdiaye", "a"),
        ("ᴀïssatou ɴdiaye", "a"),
        ("Pieter-Jan Vandenberghe", "b"),
        ("Vandenberghe", "b"),
        ("mevrouw Berghe", "b"),
        ("Pierre\nFall", "c"),
        ("pierre fall", ""),
        ("Li Wu", "i"),
        ("Sofie Dhondt et D’hondt", "j"),
        ("La mine ferme", ""),
        ("grains-de-meuse", "?"),
        ("Grains-de-Meuse", "f"),
        ("info@meuzo.be", "f"),
        ("Teranga Foods", "k"),
        ("la boîte Teranga", "k"),
        ("Ndoye et Fils", "l"),
        ("Ndoye & Fils", "l"),
        ("Établissements Ndoye & Fils", "l"),
        ("la société NTF", "m"),
        ("un NTF", "?"),
        ("au 34, villa", "a"),
        ("12, rue du Moulin à eau", "f"),
        ("Rue du Moulin à eau", "?"),
        ("à Liège, 4020", ""),
        ("le dossier P-04", "p"),
        ("page P 04", ""),
        ("étape P4", ""),
        ("a\u00efssatou Ndi\u00adaye", "a"),
        ("Ai\u0308ssatou Ndiaye", "a"),
        ("@AissatouNdiaye", "a"),
        ("ndiayeaissatou2026", "a"),
        ("Аïssatou Ndiауе", "a"),
        ("Pieter Jan van den Berghe", "b"),
        ("P.-J. Van den Berghe", "b"),
        ("PieterJan Berghe", "b"),
        ("Pierre Fall", "c"),
        ("M. Fall", "c"),
        ("The Fall of prices", ""),
        ("the spring and Fall", "?"),
        ("Moussa Diop", "d"),
        ("chez Grains de Meuse", "f"),
        ("GRAINS DE MEUSE", "f"),
        ("grainsdemeuse.be", "f"),
        ("Meuzo’s granola", "f"),
        ("l’entreprise Atlantic", "g"),
        ("Atlantic SARL", "g"),
        ("« Atlantic »", "g"),
        ("the Atlantic coast", "?"),
        ("Nuul Weex", "h"),
        ("Ñuulweex", "h"),
        ("rue 12 villa 34", "a"),
        ("tél. 00221771000211", "a"),
        ("77 100.02.11", "a"),
        ("A.NDIAYE@example.com", "a"),
        ("voir SN 014 A", "a"),
        ("BE0999022695", "f"),
        ("0999 022 695", "f"),
        ("Une entreprise de la Meuse", ""),
        ("Marie et Jan ont grandi à Berg", ""),
        ("les grains de blé de Meuse", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, whose: str) -> None:
    found = told(text)
    if whose == "?":
        assert [certain for _, _, certain in found] == [False]
    else:
        assert {each for each, _, certain in found if certain} == ({whose} if whose else set())


def test_who_may_be_named_is_not_found_nor_another_of_the_same_name_taken_for_certain() -> None:
    free = frozenset({"e"})
    assert told("Awa Diop, et Mme Diop encore", free=free) == []
    assert told("Awa Diop et Moussa Sow", free=free) == []
    assert [each[:2] for each in told("Awa Diop et Moussa Diop", free=free)] == [("d", "Moussa Diop")]


def test_the_given_name_alone_tells_who_is_quoted_in_the_same_document() -> None:
    assert told("Alors Moussa a ri.") == []
    assert told("Alors Moussa a ri.", near=frozenset({"d"})) == [("d", "Moussa", True)]
    assert told("Selon M. D., fondateur") == []
    assert told("Selon M. D., fondateur", near=frozenset({"d"})) == [("d", "M. D", True)]
    assert told("Une fois, Fall a ri.", near=frozenset({"c"})) == [("c", "Fall", True)]


def test_a_given_name_that_many_share_with_an_initial_tells_of_none() -> None:
    several = Index(mark for number in range(5) for mark in person(str(number), "Awa", f"D{'aeiou'[number]}kar"))
    assert find("Awa D. a ri.", several) == ()
    assert len(find("Awa D. a ri.", Index(several.marks[:4]))) == 1


def test_what_nobody_publishes_is_found_of_whoever_may_be_named() -> None:
    index = Index([*person("a", "Awa", "Diop"), *signs("a", Sort.PHONE, "+221 77 100 02 11", private=True)])
    (found,) = find("Awa Diop, 77 100 02 11", index, frozenset({"a"}))
    assert found.mark.sort is Sort.PHONE


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@given(words, words)
def test_whatever_stands_around_a_full_name_is_found(before: str, behind: str) -> None:
    text = f"{before} | Aïssatou Marie Ndiaye | {behind}"
    assert any(each.mark.whose == "a" and each.certain for each in find(text, INDEX))
    for each in find(text, INDEX):
        assert 0 <= each.start < each.end <= len(text)
