"""Headings and captions are counted once, listed as they are, and every reference leads somewhere."""

from __future__ import annotations

import pytest
import report_pages
from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.page import contents

FIGURE = '<figure id="{}"><figcaption>Figure <span class="seq" data-name="Figure"/> – {}</figcaption></figure>'


def body(words: str) -> etree._Element:
    tree = etree.fromstring(f"<html><body>{words}</body></html>")
    contents.fill(tree)
    return tree[0]


def said(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def test_headings_are_counted_as_both_writers_count_them() -> None:
    made = body('<header><h2>Non</h2></header><nav class="contents"/><section><h2>A</h2><h3>B</h3><div><h3>C</h3></div>'
                '</section><h2 class="plain">D</h2><h3>E</h3><h2>F</h2><h3>G</h3><h4>H</h4>')  # fmt: skip
    entries = [(said(line), line.get("class")) for line in made.iter("p")]
    inner, outer = "entry inner", "entry"
    assert entries == [("1 A", outer), ("1.1 B", inner), ("1.2 C", inner), ("D", outer), ("1.3 E", inner),
                       ("2 F", outer), ("2.1 G", inner)]  # fmt: skip


def test_every_entry_leads_to_an_element_and_asks_for_its_page() -> None:
    page = report_pages.report(("fr", "nl"))
    ids = {element.get("id") for element in page.tree.iter() if element.get("id")}
    entries = [line for line in page.tree.iter("p") if "entry" in line.get("class", "").split()]
    assert len(entries) == 30 + 6 + 6
    for line in entries:
        (link,), (number,) = line.iterchildren("a"), line.iterchildren("span")
        assert link.get("href") == f"#{number.get('data-ref')}"
        assert number.get("data-ref") in ids


def test_an_id_is_given_where_there_is_none_and_never_twice() -> None:
    made = body('<nav class="contents"/><p id="s-1">x</p><h2>A</h2><h2 id="s-3">B</h2><h2>C</h2>')
    assert [heading.get("id") for heading in made.iter("h2")] == ["s-2", "s-3", "s-4"]


def test_an_entry_keeps_languages_and_emphasis_but_no_place() -> None:
    made = body('<nav class="contents"/><h2>Le <em>marché</em> · <span class="second" lang="nl">De <a id="x" '
                'href="https://x.be">markt</a></span><br/>ici</h2>')  # fmt: skip
    link = next(made.iter("a"))
    assert said(link) == "1 Le marché · De markt ici"
    assert [(node.tag, node.get("lang")) for node in link][1:] == [("em", None), ("span", "nl")]
    assert [node.get("id") for node in made.iter() if node.get("id")] == ["s-1", "x"]


def test_captions_are_counted_by_name_and_the_second_language_repeats_the_number() -> None:
    made = body('<nav class="tables"/><figure><figcaption>Figure <span class="seq" data-name="Figure"/></figcaption>'
                '</figure><table><caption>Tableau <span class="seq" data-name="Table"/> · Tabel <span class="seq" '
                'data-name="Table"/> <span class="source">Source</span></caption></table><table><caption>Tableau <span '
                'class="seq" data-name="Table"/></caption></table>')  # fmt: skip
    marks = [(mark.text, mark.get("data-again")) for mark in made.iter("span") if mark.get("class") == "seq"]
    assert marks == [("1", None), ("1", None), ("1", "true"), ("2", None)]
    assert [said(line) for line in made.iter("p")] == ["Tableau 1 · Tabel 1", "Tableau 2"]
    assert [table.get("id") for table in made.iter("table")] == ["table-1", "table-2"]


def test_a_list_says_the_label_of_a_caption_once() -> None:
    label = '<span class="label">{} <span class="seq" data-name="Table"/></span> · '
    made = body(f'<nav class="tables"/><table><caption>{label.format("Tabel")}Budget<br/>{label.format("Tableau")}'
                "Le budget</caption></table>")  # fmt: skip
    assert [said(line) for line in made.iter("p")] == ["Tabel 1 · Budget · Le budget"]


def test_a_list_of_nothing_is_taken_away_with_its_title() -> None:
    made = body('a<nav class="figures"><p class="title">Figures</p></nav>b')
    assert next(made.iter("nav"), None) is None
    assert said(made) == "ab"
    assert not contents.has_lists(made)


@pytest.mark.parametrize(
    ("target", "words", "shows"),
    [
        ('<h2>A</h2><h3 id="x">B</h3>', "1.1", "number"),
        ('<h2 class="plain" id="x">Les <em>mots</em></h2>', "Les mots", "words"),
        (FIGURE.format("x", "Titre"), "Figure 1", "words"),
        ('<p id="x">Note <em><span class="seq" data-name="Note"/></em>, un</p>', "Note 1", "words"),
    ],
)
def test_a_reference_says_what_its_target_is_called(target: str, words: str, shows: str) -> None:
    link = next(body(f'<p><a class="ref" href="#x"/></p>{target}').iter("a"))
    assert (link.text, link.get("data-to")) == (words, shows)


def test_a_link_with_words_of_its_own_keeps_them() -> None:
    link = next(body('<p id="x"><a href="#x">ici</a></p>').iter("a"))
    assert (link.text, link.get("data-to")) == ("ici", None)


@pytest.mark.parametrize(
    ("words", "code", "target"),
    [
        ('<p><a href="#loin">là</a></p>', "layout-target-missing", "loin"),
        ('<p id="a"/><h2 id="a"/>', "layout-target-twice", "a"),
        ('<p><span class="seq" data-name="x y"/></p>', "layout-counter-unnamed", "x y"),
        ('<p><span class="seq"/></p>', "layout-counter-unnamed", ""),
    ],
)
def test_a_fault_of_the_layout_is_named(words: str, code: str, target: str) -> None:
    with pytest.raises(PemdocsError) as raised:
        body(words)
    assert (raised.value.code, raised.value.facts) == (code, {"target": target})


def test_a_short_mark_is_bound_to_the_word_before_it() -> None:
    mark = ' <span class="mark" data-of="fr">[texte en français]</span>'
    made = body(f'<p>Un mot{mark}</p><p><span lang="fr">Un mot</span>{mark}</p><p class="note marks">FR</p>')
    assert ["".join(map(str, line.itertext())) for line in made][:2] == ["Un mot\N{NO-BREAK SPACE}FR"] * 2
    assert "".join(map(str, body(f"<p>Un mot{mark}</p>")[0].itertext())) == "Un mot [texte en français]"
