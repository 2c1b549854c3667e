"""What reviewers say in the Word files that they send back stands in one table, by paragraph, each remark once; nothing
of a file is run, fetched, or told elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from speaking import SPOKEN

import pemdocs
from pemdocs.cli import main
from pemdocs.model import PemdocsError
from pemdocs.words import speech

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
STYLES = f'<w:styles {W}><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>'


def p(inside: str, style: str = "") -> str:
    """A paragraph; plain words become a run."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{inside if inside.startswith('<') else r(inside)}</w:p>"


def r(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def at(number: int, inside: str) -> str:
    """Words with a comment."""
    return (f'<w:commentRangeStart w:id="{number}"/>{inside}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>')  # fmt: skip


def tracked(sort: str, author: str, text: str, day: str = "2026-11-20T09:00:00Z") -> str:
    inside = r(text, "t" if sort == "ins" else "delText")
    return f'<w:{sort} w:id="9" w:author="{author}" w:date="{day}">{inside}</w:{sort}>'


def comment(number: int, author: str, text: str, mark: str = "", day: str = "2026-11-20T09:00:00Z") -> str:
    named = f'w14:paraId="{mark}"' if mark else ""
    return (f'<w:comment w:id="{number}" w:author="{author}" w:initials="XY" w:date="{day}">'
            f"<w:p {named}>{r(text)}</w:p></w:comment>")  # fmt: skip


def package(body: str, comments: str = "", extended: str = "", **parts: str) -> bytes:
    """A Word file of these pieces."""
    held = io.BytesIO()
    written: Mapping[str, str] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/comments.xml": f"<w:comments {W} {W14}>{comments}</w:comments>",
        "word/commentsExtended.xml": f"<w15:commentsEx {W15}>{extended}</w15:commentsEx>",
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return held.getvalue()


def extend(mark: str, parent: str = "", done: int = 0) -> str:
    above = f'w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{mark}" {above} w15:done="{done}"/>'


FIRST = p("Constats", "Titre1") + p(at(1, r("La préparation")) + r(" a compté.")) + p("Le retour est bref.")
SECOND = (
    p("Constats", "Titre1")
    + p(tracked("ins", "Binta Reine", "Une phrase neuve."))
    + p(
        r("La préparation a ")
        + tracked("del", "Binta Reine", "compté")
        + tracked("ins", "Binta Reine", "pesé")
        + r(".")
    )
    + p(at(4, r("Le retour est bref.")))
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one text: with a thread of comments; with changes, and a comment."""
    thread = comment(1, "Ada Lectrix", "Combien ?", "A1") + comment(2, "Binta Reine", "Voir p. 4.", "A2")
    first, second = tmp_path / "un.docx", tmp_path / "deux.docx"
    first.write_bytes(package(FIRST, thread, extend("A1", done=1) + extend("A2", "A1")))
    second.write_bytes(package(SECOND, comment(4, "Binta Reine", "Trop court.\nÀ dire.")))
    return first, second


def told(found: pemdocs.Comments) -> list[tuple[str, ...]]:
    return [(row.heading, row.remark.sort, row.remark.reviewer, row.remark.passage, row.remark.text)
            for row in found.rows]  # fmt: skip


def test_comments_and_changes_of_several_files_stand_in_the_order_of_the_paragraphs(files: tuple[Path, Path]) -> None:
    assert told(pemdocs.comments(files)) == [
        ("Constats", "inserted", "Binta Reine", "", "Une phrase neuve."),
        ("Constats", "comment", "Ada Lectrix", "La préparation", "Combien ?"),
        ("Constats", "changed", "Binta Reine", "compté", "pesé"),
        ("Constats", "comment", "Binta Reine", "Le retour est bref.", "Trop court.\nÀ dire."),
    ]


def test_a_thread_is_one_remark_with_its_replies_and_whether_it_is_resolved(files: tuple[Path, Path]) -> None:
    remark = pemdocs.comments(files[:1]).rows[0].remark
    assert remark.done
    assert [(each.reviewer, each.text) for each in remark.replies] == [("Binta Reine", "Voir p. 4.")]
    assert str(remark.on) == "2026-11-20"


def test_what_two_files_have_alike_is_told_once(files: tuple[Path, Path]) -> None:
    assert told(pemdocs.comments([*files, *files])) == told(pemdocs.comments(files))


def test_the_workbook_and_the_word_file_hold_every_remark_and_room_for_the_answer(files: tuple[Path, Path]) -> None:
    found = pemdocs.comments(files)
    rows = list(load_workbook(io.BytesIO(found.as_workbook("fr"))).worksheets[0].iter_rows(values_only=True))
    assert rows[0][-2:] == ("Réponse", "Décision")
    assert [row[-2:] for row in rows[1:]] == [(None, None)] * 4
    assert rows[2][3] == "Ada Lectrix"
    assert rows[2][6] == "Combien ?\n→ Binta Reine: Voir p. 4."
    table = Document(io.BytesIO(found.as_word("fr"))).tables[0]
    assert len(table.rows) == 5
    assert " ".join(table.rows[3].cells[4].text.split()) == "Remplacé : « compté » par « pesé »"
    assert [row.cells[2].text for row in table.rows[1:4]] == ["Constats", "La préparation", "La préparation a compté."]
    assert "retenu en partie" in table.rows[1].cells[6]._tc.xml


def test_a_text_that_begins_like_a_formula_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package(p(at(1, r("Ici"))), comment(1, "=1+1", "=HYPERLINK('x')")))
    sheet = load_workbook(io.BytesIO(pemdocs.comments([path]).as_workbook("en"))).worksheets[0]
    assert [sheet.cell(2, column).data_type for column in (4, 7)] == ["s", "s"]


def test_a_comment_across_paragraphs_between_them_or_in_a_box_stands_where_it_begins(tmp_path: Path) -> None:
    words = f"<w:txbxContent>{p(at(3, r('En boîte')))}</w:txbxContent>"
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<mc:Choice>{words}</mc:Choice><mc:Fallback>{words}</mc:Fallback>"
    box = f'<w:r><mc:AlternateContent xmlns:mc="{space}">{both}</mc:AlternateContent></w:r>'
    body = (
        '<w:commentRangeStart w:id="1"/>' + p("Un.") + p(r("Deux.") + '<w:commentRangeEnd w:id="1"/>')
        + p(r("Trois.") + '<w:r><w:commentReference w:id="2"/></w:r>') + p(box)
    )  # fmt: skip
    path = tmp_path / "a.docx"
    path.write_bytes(package(body, "".join(comment(n, "A", str(n)) for n in (1, 2, 3, 7))))
    found = pemdocs.comments([path]).rows
    assert [(row.paragraph, row.remark.passage) for row in found] == [
        ("Un.", "Un.\nDeux."), ("Trois.", ""), ("En boîte", "En boîte"),
    ]  # fmt: skip


def test_threads_that_answer_each_other_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    circle = extend("A1", "A2") + extend("A2", "A1")
    path.write_bytes(package(p(at(1, at(2, r("x")))), comment(1, "A", "a", "A1") + comment(2, "B", "b", "A2"), circle))
    pemdocs.comments([path])


def swollen() -> bytes:
    return package("".join(p(str(n)) for n in range(20_001)))


HOSTILE: Mapping[str, tuple[str, Any]] = {
    "nothing in it": ("review-not-word", b""),
    "a picture": ("review-not-word", b"\x89PNG\r\n"),
    "a zip of other things": ("review-not-word", b"PK\x03\x04"),
    "an entity": ("review-damaged", package("", styles='<!DOCTYPE x [<!ENTITY a "b">]><x/>')),
    "XML that is none": ("review-damaged", package("<w:p>")),
    "too many paragraphs": ("review-swollen", swollen()),
    "a tower of elements": ("review-damaged", package("<w:p>" * 400 + "</w:p>" * 400)),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_cannot_be_read_is_told_with_the_remedy(case: str, tmp_path: Path) -> None:
    code, content = HOSTILE[case]
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(PemdocsError) as caught:
        pemdocs.comments([path])
    assert caught.value.code in (code, "review-damaged")
    assert all("a.docx" in speech.fault(caught.value, lang) for lang in SPOKEN)


def test_the_command_writes_the_tables_and_says_no_name(files: tuple[Path, Path], tmp_path: Path) -> None:
    docx, xlsx = tmp_path / "t.docx", tmp_path / "t.xlsx"
    call = ["comments", *map(str, files), "--docx", str(docx), "--xlsx", str(xlsx), "--speech", "nl"]
    ran = CliRunner().invoke(main, call)
    assert (ran.exit_code, docx.is_file(), xlsx.is_file()) == (0, True, True)
    assert "Opmerkingen: 2; bijgehouden wijzigingen: 2; bestanden: 2; lezers: 2." in ran.output
    assert "Ada" not in ran.output
    assert "Ada" not in repr(pemdocs.comments(files))
    again = CliRunner().invoke(main, call)
    assert again.exit_code == 2
    assert "t.docx" in again.output
    assert CliRunner().invoke(main, [*call, "--force"]).exit_code == 0
