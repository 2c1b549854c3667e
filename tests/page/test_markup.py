"""Texts become well-formed passages, each in its own language, and nothing of them is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pemdocs.model import Text
from pemdocs.page.markup import Marker, paragraphs

FR, FR_NL = Marker(("fr",)), Marker(("fr", "nl"))
BOTH = Text((("fr", "Pain"), ("nl", "Brood")))
SAME = Text((("fr", "Fonio"), ("nl", "Fonio")))
ALONE = Text((("fr", "Pain"),), missing=("nl",))
FOREIGN = Text((("nl", "Brood"),), missing=("fr",))
EMPTY = Text(())

written = st.text(
    st.sampled_from("aéŋ &<>\"'«»{}%_\n\t\u00a0\u202f") | st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    max_size=30,
)


@pytest.mark.parametrize(
    ("marker", "text", "marked"),
    [
        (FR, Text((("fr", "Pain & <b>"),)), "Pain &amp; &lt;b&gt;"),
        (FR_NL, BOTH, 'Pain · <span class="second" lang="nl">Brood</span>'),
        (FR_NL, SAME, "Fonio"),
        (FR_NL, ALONE, 'Pain <span class="mark" lang="nl" data-of="fr">[tekst in het Frans]</span>'),
        (FR, FOREIGN, '<span lang="nl">Brood</span> <span class="mark" data-of="nl">[texte en néerlandais]</span>'),
        (FR, EMPTY, ""),
    ],
)
def test_a_heading_has_its_languages_on_one_line(marker: Marker, text: Text, marked: str) -> None:
    assert marker.joined(text) == marked


def test_a_cell_has_its_languages_one_below_the_other() -> None:
    assert FR_NL.stacked(BOTH) == 'Pain<br/><span class="second" lang="nl">Brood</span>'
    assert FR.stacked(Text((("fr", "un\ndeux"),))) == "un<br/>deux"


def test_two_languages_stand_in_two_cells() -> None:
    assert FR_NL.beside(BOTH) == ("Pain", '<span lang="nl">Brood</span>')
    assert FR_NL.beside(SAME) == ("Fonio",)


def test_prose_in_two_languages_stands_side_by_side_paragraph_by_paragraph() -> None:
    level = Text((("fr", "un\ndeux"), ("nl", "een\ntwee")))
    assert FR_NL.prose(level) == (
        '<div class="parallel"><div lang="fr"><p>un</p></div><div lang="nl"><p>een</p></div></div>'
        '<div class="parallel"><div lang="fr"><p>deux</p></div><div lang="nl"><p>twee</p></div></div>'
    )
    uneven = Text((("fr", "un\ndeux"), ("nl", "een")))
    assert FR_NL.prose(uneven, "small") == (
        '<div class="parallel"><div lang="fr"><p class="small">un</p><p class="small">deux</p></div>'
        '<div lang="nl"><p class="small">een</p></div></div>'
    )


def test_prose_that_is_not_translated_is_marked_once_at_its_end() -> None:
    assert FR_NL.prose(Text((("fr", "un\nun"),), ("nl",))) == (
        '<p>un</p><p>un <span class="mark" lang="nl" data-of="fr">[tekst in het Frans]</span></p>'
    )


def test_a_list_has_an_item_for_each_line() -> None:
    assert FR.bullets(Text((("fr", "un\n\n deux "),))) == "<ul><li>un</li><li>deux</li></ul>"
    assert FR_NL.bullets(BOTH) == (
        '<div class="parallel"><div lang="fr"><ul><li>Pain</li></ul></div>'
        '<div lang="nl"><ul lang="nl"><li>Brood</li></ul></div></div>'
    )
    assert FR_NL.bullets(ALONE) == (
        '<ul><li>Pain <span class="mark" lang="nl" data-of="fr">[tekst in het Frans]</span></li></ul>'
    )


def test_nothing_is_a_list_without_items() -> None:
    for mark in (FR.bullets, FR.prose, FR.stacked, FR.joined):
        etree.fromstring(f"<body>{mark(EMPTY)}</body>")


def read(marked: str) -> str:
    """What a reader reads, with every space and break as one."""
    tree = etree.fromstring(f"<body>{marked}</body>")
    return spaced(" ".join(map(str, tree.itertext())))


def spaced(text: str) -> str:
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ")


@given(written, written)
def test_every_text_is_well_formed_and_whole(first: str, second: str) -> None:
    text = Text((("fr", first), ("nl", second)))
    both = spaced(first) if text.uniform else spaced(f"{spaced(first)} {spaced(second)}")
    for marked in (FR_NL.stacked(text), FR_NL.prose(text), FR_NL.prose(text, "small")):
        assert sorted(read(marked).split(" ")) == sorted(both.split(" "))
    assert read(FR_NL.joined(text)).replace("·", "").split() == both.replace("·", "").split()


@given(written)
def test_paragraphs_keep_every_letter(text: str) -> None:
    assert re.sub(r"\s", "", "".join(paragraphs(text))) == re.sub(r"\s", "", text)
    assert all(line == spaced(line) for line in paragraphs(text))
