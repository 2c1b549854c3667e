"""Records are found by bookmarks, links lead to them, contents count their pages; nothing of it breaks a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree
from projects import checked, project
from word_templates import W, merged, part, runs, template, value_of, words

from pemdocs.data.dataset import Linked
from pemdocs.writing.own.counting import counted

OBJECTIVES = "{%p for o in case.objectives %}", "{{ anchor(o) }} and {{ link(o) }}", "{%p endfor %}"


def pair(change: Any = lambda data: None) -> Linked:
    data = project()
    change(data)
    found = checked(data).dataset.find("partnerships", "P-07")
    assert found is not None
    return found


def test_a_link_leads_to_where_its_record_stands_and_to_nowhere_else(tmp_path: Path) -> None:
    lines = ("{% for o in case.objectives %}{{ link(o) }} {% endfor %}", *OBJECTIVES, "{{ link(case) }}")
    body = part(merged(tmp_path / "t.docx", template(*lines), pair()))
    names = [each.get(W + "name") for each in body.iter(W + "bookmarkStart")]
    leading = [each.get(W + "anchor") for each in body.iter(W + "hyperlink")]
    assert names
    assert len(names) == len(set(names)) == len({each.get(W + "id") for each in body.iter(W + "bookmarkStart")})
    assert leading == [*names, *names]
    assert "".join(body.xpath("//w:p[last()]//w:t/text()", namespaces={"w": W[1:-1]})[-1:]) == "P-07"


def test_a_bookmark_that_a_loop_repeats_stands_once(tmp_path: Path) -> None:
    def marked(document: Any) -> None:
        for paragraph in document.paragraphs:
            for name, at in (("bookmarkStart", 0), ("bookmarkEnd", 2)):
                made = etree.Element(W + name, {W + "id": "1"})
                if name == "bookmarkStart":
                    made.set(W + "name", "here")
                if paragraph.text == "x":
                    paragraph._p.insert(at, made)

    content = template("{%p for n in [1, 2] %}", "x", "{%p endfor %}", change=marked)
    body = part(merged(tmp_path / "t.docx", content, pair()))
    assert len(list(body.iter(W + "bookmarkStart"))) == len(list(body.iter(W + "bookmarkEnd"))) == 1
    assert words(merged(tmp_path / "t.docx", content, pair())) == "x\nx"


def test_tables_whose_tags_between_them_are_gone_do_not_grow_into_one_and_a_cell_keeps_its_end(tmp_path: Path) -> None:
    def nested(document: Any) -> None:
        cell = document.tables[0].cell(0, 0)
        cell.paragraphs[0].text = "{%p if case.id %}"
        cell.add_table(1, 1).cell(0, 0).text = "inner"
        cell.paragraphs[-1].text = "{%p endif %}"

    body = part(
        merged(
            tmp_path / "t.docx", template([["a"]], "{%p if case.id %}", [["b"]], "{%p endif %}", change=nested), pair()
        )
    )
    tables = list(body.iter(W + "tbl"))
    assert len(tables) == 3
    assert all(each.getnext() is not None and each.getnext().tag != W + "tbl" for each in tables)
    assert all(cell[-1].tag == W + "p" for cell in body.iter(W + "tc"))


def test_what_the_marks_of_languages_mean_is_told_where_there_is_one_and_makes_them_codes(tmp_path: Path) -> None:
    def english(data: Any) -> None:
        data["partnerships"][0]["home_aim"] = {"en": "Sell more"}

    lines = template("{{ 'FR, EN' | explains_marks }}", "{{ case.home_aim }}")
    told = words(merged(tmp_path / "t.docx", lines, pair(english)))
    assert told == "FR, EN\nSell more EN"
    alone = words(merged(tmp_path / "t.docx", template("{{ case.home_aim }}"), pair(english)))
    assert alone.startswith("Sell more [")
    assert "FR, EN" not in words(merged(tmp_path / "t.docx", lines, pair()))


def test_values_are_said_once_for_readers_of_two_languages(tmp_path: Path) -> None:
    lines = template(
        '{{ brief(case, "mobility_start") }}|{{ bref(case, "id") }}|{{ kort(case, "stage") }}',
        "{{ brief_span(case.mobility_start, case.mobility_end) }}|{{ jour_semaine(case.mobility_start) | one_line }}",
        "{{ say_percent(0.25) }}|{{ brief_money(1200, 'EUR') }}|{{ brief_day(none) }}",
        "{% if sees(case, 'diagnosis') %}seen{% endif %}|{{ beside(case.home_aim) | length }}|"
        "{{ cote_a_cote(case.id) | length }}",
        "{{ 'to come' | volgt_nog }}",
    )  # fmt: skip
    made = merged(tmp_path / "t.docx", lines, pair(), ("fr", "nl"))
    start = pair().record.value("mobility_start")
    first, *_, second, third, fourth, last = words(made).split("\n")
    assert first.split("|")[0] == f"{start:%d/%m/%Y}"
    assert " · " in second
    assert (third.split("|")[0], third[-1]) == ("25\u00a0%", "–")
    assert fourth == "seen|2|1"
    assert value_of(runs(made, last)[0], "highlight") == "yellow"


def test_contents_of_word_are_counted_by_what_converts_them_and_stay_words_own(tmp_path: Path) -> None:
    def listed(document: Any) -> None:
        paragraph = document.paragraphs[0]
        for kind, told in (("begin", 'TOC \\o "1-2"'), ("begin", " PAGEREF _Toc1 \\h "), ("end", ""), ("end", "")):
            run = paragraph.add_run()
            etree.SubElement(run._r, W + "fldChar", {W + "fldCharType": kind})
            if told:
                etree.SubElement(paragraph.add_run()._r, W + "instrText").text = told

    made = merged(tmp_path / "t.docx", template("x", change=listed), pair())
    told = [each.text for each in part(counted(made)).iter(W + "instrText")]
    assert told == [" PAGEREF _Toc1 \\h "]
    assert len(list(part(counted(made)).iter(W + "fldChar"))) == 2
    plain = merged(tmp_path / "t.docx", template("x"), pair())
    assert counted(plain) == plain
    assert Document(io.BytesIO(counted(made))).paragraphs
