"""An author’s Markdown becomes the few elements that a page allows; no word is lost, nothing else gets through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pemdocs.knowledge.prose import blocks, foreign, unwrapped
from pemdocs.model import Text
from pemdocs.page.markup import Marker

ALLOWED = {"h3": {"class"}, "h4": {"class"}, "p": set(), "ul": set(), "ol": set(), "li": set(), "br": set(),
           "strong": set(), "em": set(), "a": {"href"}}  # fmt: skip
INSIDE = {"div": {"h3", "h4", "p", "ul", "ol"}, "ul": {"li"}, "ol": {"li"}}
PASSAGES = {"strong", "em", "a", "br"}


def written(words: str) -> str:
    return "".join(blocks(words))


def parsed(words: str) -> etree._Element:
    return etree.fromstring(f"<div>{written(words)}</div>")


def said(words: str) -> str:
    return " ".join(" ".join(parsed(words).itertext()).split())


@pytest.mark.parametrize(
    ("words", "elements"),
    [
        ("", ""),
        ("Un texte", "<p>Un texte</p>"),
        ("Un\nDeux", "<p>Un</p><p>Deux</p>"),
        ("# A\n## B\n### C\n#### D", '<h3 class="plain">A</h3><h3 class="plain">B</h3><h4 class="plain">C</h4>'
         '<h4 class="plain">D</h4>'),
        ("### A\n#### B\n### C", '<h3 class="plain">A</h3><h4 class="plain">B</h4><h3 class="plain">C</h3>'),
        ("### A\n## B\n### C", '<h3 class="plain">A</h3><h3 class="plain">B</h3><h4 class="plain">C</h4>'),
        ("Voici :\n- un\n- deux", "<p>Voici :</p><ul><li>un</li><li>deux</li></ul>"),
        ("1. un\n2. deux", "<ol><li>un</li><li>deux</li></ol>"),
        ("1. un\n1. deux", "<ol><li>un</li><li>deux</li></ol>"),
        ("2024. Une année", "<p>2024. Une année</p>"),
        ("3) trois\n4) quatre", "<p>3) trois</p><p>4) quatre</p>"),
        ("- un\n  - deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("*un\ndeux* trois", "<p><em>un deux</em> trois</p>"),
        ("**fort** et _doux_", "<p><strong>fort</strong> et <em>doux</em></p>"),
        ("[page](https://a.example/?x=1&y=2)", '<p><a href="https://a.example/?x=1&amp;y=2">page</a></p>'),
        ("[elle](mailto:a@b.example)", '<p><a href="mailto:a@b.example">elle</a></p>'),
        ("[page](http://a.example)", "<p>page</p>"),
        ("[clic](javascript:alert(1))", "<p>clic</p>"),
        ("[lieu](#ici) [fichier](a.docx)", "<p>lieu fichier</p>"),
        ("![Une boutique](x.png)", "<p>Une boutique</p>"),
        ("`code` & <b>gras</b>", "<p>code &amp; &lt;b&gt;gras&lt;/b&gt;</p>"),
        ("> retrait", "<p>retrait</p>"),
        ("avant\n\n---\n\naprès", "<p>avant</p><p>après</p>"),
        ("Titre\n---", "<p>Titre</p>"),
        ("    quatre espaces", "<p>quatre espaces</p>"),
        ("[a]: https://a.example", "<p>[a]: https://a.example</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("3 * 4 * 5 = 60, C&A, R&amp;D", "<p>3 * 4 * 5 = 60, C&amp;A, R&amp;D</p>"),
    ],
)  # fmt: skip
def test_a_text_becomes_elements(words: str, elements: str) -> None:
    assert written(words) == elements


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("## A\n- *b*\n- [c](https://a.example)\n\n1. **d**", ()),
        ("[a](mailto:a@b.example) 3 < 4, a_b_c, 5 > 4", ()),
        ("![a](b.png)", ("image",)),
        ("`a`\n\n```\nb\n```", ("code",)),
        ("<div>a</div>\n\nb <i>c</i>", ("html",)),
        ("> a", ("blockquote",)),
        ("***", ("rule",)),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ("table",)),
        ("[a](http://b.example)", ("link",)),
        ("- a\n  - b", ("list",)),
    ],
)
def test_what_does_not_pass_is_named(words: str, found: tuple[str, ...]) -> None:
    assert foreign(words) == found


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Un texte\nsur deux lignes.\n\nPuis un autre.", "Un texte sur deux lignes.\n\nPuis un autre."),
        ("- un\n  deux\n- trois", "- un deux\n- trois"),
        ("un  \ndeux", "un  \ndeux"),
        ("un\\\ndeux", "un\\\ndeux"),
        ("## Titre\nun\ndeux", "## Titre\nun deux"),
    ],
)
def test_the_lines_of_a_file_are_joined_to_paragraphs(words: str, lines: str) -> None:
    assert unwrapped(words) == lines


MARKS = st.sampled_from(
    ["#", "##", "###### ", "- ", "* ", "1. ", "7) ", "> ", "**", "*", "_", "`", "```\n", "~~~", "![", "[", "](", ")",
     "](https://a.example)", "](javascript:x)", "<", ">", "<b>", "</p>", "<!--", "-->", "<script>", "&", "&lt;", "]: ",
     "|---|---|", "---", "***", "\n", "\n\n", "  \n", "    ", "\t", "\\", "{{", "{%", "\u00a0", "é"]
)  # fmt: skip
WORDS = st.from_regex(r"[a-zA-ZéïÀ-Ö]{1,8}", fullmatch=True)
MARKDOWN = st.lists(st.one_of(MARKS, WORDS, st.just(" ")), max_size=40).map("".join)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=60)


@given(st.one_of(MARKDOWN, TEXT))
def test_nothing_but_the_allowed_elements_comes_out(words: str) -> None:
    for element in parsed(words).iter():
        if element.getparent() is not None:
            assert set(element.attrib) <= ALLOWED[element.tag]
            parent = element.getparent().tag
            assert element.tag in INSIDE.get(parent, PASSAGES)
            assert element.get("href", "https://").startswith(("https://", "mailto:"))
            assert element.tag in PASSAGES | {"ul", "ol"} or "".join(element.itertext()).strip()


@given(st.one_of(MARKDOWN, TEXT))
def test_what_was_joined_shows_nothing_new(words: str) -> None:
    assert set(foreign(unwrapped(words))) <= {*foreign(words), "table"}
    assert unwrapped(unwrapped(words)) == unwrapped(words)


PLAIN = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.lists(
    st.one_of(
        PLAIN,
        PLAIN.map("## {}".format),
        PLAIN.map("- {}".format),
        PLAIN.map("  - {}".format),
        PLAIN.map("1. {}".format),
        PLAIN.map("2019. {}".format),
        PLAIN.map("> {}".format),
        PLAIN.map("    {}".format),
        PLAIN.map("**{}**".format),
        PLAIN.map("`{}`".format),
        PLAIN.map("![{}](x.png)".format),
        PLAIN.map("[{}](javascript:1)".format),
        PLAIN.map("```\n{}\n```".format),
        PLAIN.map("<div>\n{}\n</div>".format),
        PLAIN.map("<i>{}</i>".format),
        PLAIN.map("| {} |\n|---|---|".format),
        PLAIN.map("{}\n---".format),
        st.just(""),
    ),
    max_size=8,
).map("\n".join)


@given(BLOCKS)
def test_no_word_is_lost(words: str) -> None:
    bare = re.sub(r"\]\(.*?\)|</?(?:div|i)>", " ", words)
    wanted = re.findall(r"[a-zA-ZéïÀ-Ö]+|2019", bare)
    got = re.findall(r"[a-zA-ZéïÀ-Ö]+|2019", re.sub(r"</?(?:div|i)>", " ", said(words)))
    assert got == wanted
    assert re.findall(r"\w+", said(unwrapped(words))) == re.findall(r"\w+", said(words))


@given(PLAIN)
def test_words_without_marks_are_a_paragraph(words: str) -> None:
    assert written(words) == f"<p>{words}</p>"


def test_two_languages_stand_side_by_side() -> None:
    marker = Marker(("fr", "nl"))
    both = Text((("fr", "## Un\ndeux"), ("nl", "drie")))
    assert marker.markdown(both) == (
        '<div class="prose"><div class="parallel"><div lang="fr"><h3 class="plain">Un</h3><p>deux</p></div>'
        '<div lang="nl"><p>drie</p></div></div></div>'
    )
    assert marker.markdown(Text(())) == ""


def test_blocks_that_pair_stand_level_and_a_heading_stays_with_what_follows() -> None:
    both = Text((("fr", "## Un\ndeux\n\ntrois"), ("nl", "## Een\ntwee\n\ndrie")))
    assert Marker(("fr", "nl")).markdown(both) == (
        '<div class="prose"><div class="parallel"><div lang="fr"><h3 class="plain">Un</h3><p>deux</p></div>'
        '<div lang="nl"><h3 class="plain">Een</h3><p>twee</p></div></div>'
        '<div class="parallel"><div lang="fr"><p>trois</p></div><div lang="nl"><p>drie</p></div></div></div>'
    )


def test_a_text_that_is_missing_in_a_language_is_marked() -> None:
    marked = Marker(("en",)).markdown(Text((("fr", "- un"),), ("en",)))
    assert marked.startswith('<div class="prose" lang="fr"><ul><li>un</li></ul><p>')
    assert "[text in French]" in marked
