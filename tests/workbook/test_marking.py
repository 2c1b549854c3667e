"""A marked workbook is its author's own: nothing is other than before but for the marks, and those can go again."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest
import wolfxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from rich_workbook import THREADED, rich, strict, with_part

from pemdocs.workbook.marking import Mark, Unkept, listed, mark, unmark

MARKS = (
    Mark("People", "B3", "error", "« 31/02/2026 » n’est pas une date.", "Écrivez-la en entier."),
    Mark("People", "B3", "note", "Un espace de trop.", "Rien à corriger."),
    Mark("People", "A2", "warning", "<Vérifiez> & “comparez”", "=1+1"),
    Mark("People", "D9", "note", "Vide.", "Remplissez."),
    Mark("It's a sheet", "7:7", "warning", "Une ligne sans identifiant.", "Donnez-lui-en un."),
    Mark("", "", "error", "Rien n’a été lu.", "Remplissez une ligne."),
)


def read(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl tells what it would lose on saving.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(xml: bytes) -> bytes:
    return xml[xml.index(b"<sheetData") : xml.index(b"</sheetData>")]


def test_what_needs_no_mark_stays_byte_for_byte() -> None:
    before, after = parts(rich()), parts(mark(rich(), MARKS, "fr"))
    changed = {name for name, part in before.items() if after[name] != part}
    assert changed <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert cells(before[sheet]) == cells(after[sheet])
    for kept in (b"x14:sparkline", b"x14:dataValidation", b"x14:cfRule", b"dataBar", b"<drawing", b"tablePart"):
        assert kept in b"".join(before.values())
        assert b"".join(after.values()).count(kept) == b"".join(before.values()).count(kept)


def test_taking_the_marks_away_gives_the_same_file_again() -> None:
    marked = mark(rich(), MARKS, "fr")
    assert parts(unmark(marked)) == parts(rich())
    assert parts(mark(marked, (), "fr")) == parts(rich())


def test_a_second_run_knows_its_own_marks() -> None:
    marked = mark(rich(), MARKS, "fr")
    assert mark(marked, MARKS, "fr") == marked
    assert mark(mark(marked, MARKS[:1], "nl"), MARKS, "fr") == marked


def test_bad_cells_are_coloured_noted_and_listed_with_a_link() -> None:
    book = read(mark(rich(), MARKS, "fr"))
    people = book["People"]
    coloured = {str(each.sqref): rule.dxf.fill.bgColor.rgb for each in people.conditional_formatting
                for rule in each.rules if rule.formula == ['N("pemdocs")=0']}  # fmt: skip
    assert coloured == {"B3": "FFFFC7CE", "A2": "FFFFEB9C", "D9": "FFDDEBF7"}
    assert "n’est pas une date" in people["B3"].comment.text
    assert "Un espace de trop" in people["B3"].comment.text
    assert book.sheetnames[0] == "À corriger"
    page = book.worksheets[0]
    links = {cell.value: cell.hyperlink.location for row in page for cell in row if cell.hyperlink}
    assert links == {"B3": "'People'!B3", "A2": "'People'!A2", "D9": "'People'!D9", "7:7": "'It''s a sheet'!A7"}
    told = [cell.value for row in page for cell in row if cell.value]
    assert all(each.message in told and each.remedy in told for each in MARKS)
    assert book.active.title == "À corriger"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["À corriger"]


def test_another_library_reads_the_marks_and_keeps_what_was_there(tmp_path: Path) -> None:
    for name, content in (("before", rich()), ("after", mark(rich(), MARKS, "fr"))):
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    before, after = (wolfxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("before", "after"))
    assert after.sheetnames == ["À corriger", *before.sheetnames]
    for name in before.sheetnames:
        assert list(after[name].iter_rows(values_only=True)) == list(before[name].iter_rows(values_only=True))
    assert "n’est pas une date" in after["People"]["B3"].comment.text
    assert after["People"]["C2"].comment.text == before["People"]["C2"].comment.text
    assert list(after.defined_names) == [*before.defined_names, "_pemdocs_marks"]


def test_a_note_of_the_author_stays_before_ours() -> None:
    at = (Mark("People", "C2", "error", "Faux.", "Corrigez."),)
    marked = mark(rich(), at, "fr")
    found = read(marked)["People"]["C2"].comment
    assert found.author == "Awa"
    assert found.text.startswith("Vu avec Moussa\n\npemdocs ")
    assert found.text.endswith("Faux.\n→ Corrigez.")
    assert parts(unmark(marked)) == parts(rich())


def test_what_somebody_wrote_into_a_note_of_ours_is_kept() -> None:
    marked = mark(rich(), MARKS, "fr")
    name = next(name for name, part in parts(marked).items() if "comments" in name and b"31/02/2026" in part)
    told = parts(marked)[name].replace("Rien à corriger.".encode(), "Rien à corriger. Fait, Awa".encode())
    again = read(unmark(with_part(marked, name, told)))
    assert "Fait, Awa" in again["People"]["B3"].comment.text
    assert again["People"]["A2"].comment is None


def test_a_conversation_is_not_touched() -> None:
    marked = mark(rich(), (Mark("People", "E2", "error", "Faux.", "Corrigez."),), "fr")
    assert parts(marked)["xl/threadedComments/threadedComment1.xml"] == THREADED.encode()
    assert "Faux." not in read(marked)["People"]["E2"].comment.text
    assert b"E2" in parts(marked)["xl/worksheets/sheet1.xml"].split(b"pemdocs")[0][-300:]


def test_a_sheet_of_the_same_name_is_the_author_s_own() -> None:
    book = Workbook()
    book.active.title = "À corriger"
    book.active["A1"] = "mine"
    book.active["A1"].comment = Comment("also mine", "pemdocs")
    raw = io.BytesIO()
    book.save(raw)
    marked = mark(raw.getvalue(), (Mark("À corriger", "A1", "error", "Faux.", "Corrigez."),), "fr")
    assert read(marked).sheetnames == ["À corriger (2)", "À corriger"]
    mine = read(unmark(marked))["À corriger"]
    assert (mine["A1"].value, mine["A1"].comment.text) == ("mine", "also mine")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (with_part(rich(), "_xmlsignatures/sig1.xml", b"<x/>"), "unkept-signed"),
        (with_part(rich(), "xl/revisions/revisionHeaders.xml", b"<x/>"), "unkept-shared"),
        (strict(), "unkept-strict"),
        (with_part(rich(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), "unkept-damaged"),
        (with_part(rich(), "xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "unkept-damaged"),
        (b"PK\x03\x04 no archive", "unkept-damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unkept) as refused:
        mark(content, MARKS, "fr")
    assert refused.value.why == why


def test_for_other_formats_the_list_is_a_workbook_of_its_own() -> None:
    page = read(listed(MARKS, "en")).worksheets[0]
    assert page.title == "To correct"
    assert {each.message for each in MARKS} <= {cell.value for row in page for cell in row}


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "Cc")), max_size=60)
any_mark = st.builds(
    Mark,
    sheet=st.sampled_from(("People", "It's a sheet", "nowhere", "")),
    cell=st.sampled_from(("A1", "B3", "C2", "E2", "XFD1048576", "4:4", "B2:C9", "", "[3].name")),
    severity=st.sampled_from(("error", "warning", "note")),
    message=texts,
    remedy=texts,
    listed=st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(any_mark, max_size=8), st.lists(any_mark, max_size=8))
def test_whatever_is_marked_can_be_unmarked(first: list[Mark], second: list[Mark]) -> None:
    marked = mark(mark(rich(), first, "nl"), second, "en")
    assert parts(unmark(marked)) == parts(rich())
    if second:
        read(marked)
