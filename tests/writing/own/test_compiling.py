"""A compiled template gives the parts that docxtpl gives, for every feature that docxtpl has."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree
from PIL import Image
from word_templates import template

from pemdocs.writing.own import compiling, sealing

LANGUAGES = [{"name": "fr", "words": ["un", "deux"]}, {"name": "nl & <b>", "words": ["een"]}, {"name": "", "words": []}]
FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="1"><w:p><w:r><w:t>{{ name }} &amp; {% if yes %}yes{% endif %}</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def rich() -> RichText:
    text = RichText("a & <b>", bold=True, color="FF0000", lang="nl-BE")
    text.add("\nsecond\tline", italic=True, size=20, underline=True)
    return text


def context() -> dict[str, Any]:
    return {
        "name": "Ndiaye & Fils <SARL> \"'’",
        "lines": "one\ntwo\tthree\athe next\fanother page",
        "odd": "x\x00\x0b\ufffey",
        "braces": "{_{ x }_} {_% y %_}",
        "yes": True,
        "rich": rich(),
        "paragraphs": RichTextParagraph("styled", parastyle="Heading 1"),
        "listing": Listing("a\nb\a<c>"),
        "languages": LANGUAGES,
        "two": 2,
        "colour": "EEF3F8",
        "none": None,
    }


ROWS = [["Name", "Words"], ["{%tr for l in languages %}", ""], ["{{ l.name }}", "{{ l.words | join(', ') }}"],
        ["{%tr endfor %}", ""]]  # fmt: skip
COLUMNS = [["{%tc for l in languages %}", "{{ l.name }}", "{%tc endfor %}"]]


def features() -> Iterator[tuple[str, bytes]]:
    yield "values", template("{{ name }} {{ lines }}", "{{ odd }}", "{{ braces }}", "{{ none }}{# a remark #}")
    yield "conditions", template("{% if yes %}a{% else %}b{% endif %}", "{%p if not yes %}", "gone", "{%p endif %}")
    yield "loops", template("{%p for l in languages %}", "{{ loop.index }} {{ l.name }}", "{%p endfor %}")
    yield "blanks", template("{% for l in languages -%}", " {{ l.name }} ", "{%- endfor %}", "a {{ ' ' }} b")
    yield "rich text", template("{{r rich }} {{ listing }}", "{{p paragraphs }}", "{{r none or rich }}")
    yield "rows", template(ROWS, "{{ name }}")
    yield "columns", template([*COLUMNS, ["{%tc for l in languages %}", "x", "{%tc endfor %}"]])
    yield "fewer cells", template([["a", "{%tc if not yes %}", "b"], ["c", "d", "{%tc endif %}e"]])
    merged_ = [["{%tr for l in languages %}", ""], ["{% vm %}all", "{{ l.name }}"], ["{%tr endfor %}", ""]]
    yield "merged down", template(merged_)
    yield "merged across", template([["{%tc for l in languages %}", "{% hm %}wide", "{%tc endfor %}"]])
    yield "spans and colours", template([["{% colspan two %}{{ name }}"], ["{% cellbg colour %}{{ name }}"]])
    yield "header and footer", template("{{ name }}", header="{{ name }} {% if yes %}\t{{ lines }}{% endif %}")
    yield "properties", template("x", change=lambda made: setattr(made.core_properties, "title", "{{ name }}"))
    yield "nothing", template("no tag at all", ROWS[:1])
    yield "footnotes", with_footnotes()
    yield "drawings", template("{%p for l in languages %}", "x", "{%p endfor %}", change=_drawn)


def _drawn(document: Any) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "blue").save(picture, "PNG")
    document.paragraphs[1].add_run().add_picture(picture)


def with_footnotes() -> bytes:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def change(document: Any) -> None:
        sort = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        added = Part(PackURI("/word/footnotes.xml"), sort, FOOTNOTES.encode(), document.part.package)
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        document.part.relate_to(added, relation)

    return template("x", change=change)


def environment() -> Environment:
    return Environment(autoescape=True)


def defined(content: bytes, known: Mapping[str, Any]) -> dict[str, bytes]:
    """The parts as docxtpl makes them."""
    document = DocxTemplate(io.BytesIO(content))
    document.render(dict(known), environment())
    out = io.BytesIO()
    document.save(out)
    return unpacked(out.getvalue())


def ours(made: compiling.Compiled, known: Mapping[str, Any]) -> dict[str, bytes]:
    parts = (sealing.stored(name, part) for name, part in made.parts(known).items())
    return unpacked(sealing.sealed([*made.still.values(), *parts]))


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def canonical(name: str, part: bytes) -> object:
    """A part as one that says the same is written; relations and content types are sets."""
    if name.endswith(".rels") or name.startswith("[Content_Types]"):
        return sorted(etree.canonicalize(etree.tostring(each, encoding="unicode")) for each in etree.fromstring(part))
    return etree.canonicalize(part.decode(), rewrite_prefixes=True) if name.endswith(".xml") else part


def same(left: Mapping[str, bytes], right: Mapping[str, bytes]) -> bool:
    assert left.keys() == right.keys()
    unlike = [name for name in left if left[name] != right[name]]
    apart = [name for name in unlike if canonical(name, left[name]) != canonical(name, right[name])]
    assert apart == []
    return True


@pytest.mark.parametrize("content", [pytest.param(each[1], id=each[0]) for each in features()])
def test_every_part_is_the_one_that_docxtpl_makes(content: bytes) -> None:
    made = compiling.compiled(content, environment())
    assert same(ours(made, context()), defined(content, context()))
    assert same(ours(made, context() | {"name": "again"}), defined(content, context() | {"name": "again"}))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
EVERYTHING = template("{{ name }}", "{{ lines }}", ROWS, COLUMNS, header="{{ languages | length }}")
COMPILED = compiling.compiled(EVERYTHING, environment())


@settings(max_examples=20, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4))
def test_whatever_the_data_hold_the_parts_are_the_same(name: str, lines: str, words: list[str]) -> None:
    known = {"name": name, "lines": lines, "languages": [{"name": each, "words": words} for each in words]}
    assert same(ours(COMPILED, known), defined(EVERYTHING, known))


def test_what_docxtpl_puts_into_the_package_itself_is_left_to_docxtpl() -> None:
    document = DocxTemplate(io.BytesIO(template("{{ x }}")))
    inner = io.BytesIO()
    Document().save(inner)
    inner.seek(0)
    linked = RichText("link", url_id=document.build_url_id("https://example.org"))
    for bound in (InlineImage(document, io.BytesIO()), document.new_subdoc(inner), linked):
        assert not compiling.covers({"list": [{"deep": bound}]})
    assert compiling.covers(context())
