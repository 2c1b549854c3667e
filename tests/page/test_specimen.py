"""Every page of an example says that it is one, in each of its languages; no other page does, and no line moves."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from pagesof import page_of
from projects import checked, publication, write
from word_templates import template

import pemdocs
from pemdocs import resources
from pemdocs.model import Page
from pemdocs.page import specimen
from pemdocs.project import kinds, settings, theme
from pemdocs.writing import pdf

MARK = "Exemple · Voorbeeld"
HEADERS = "word/header"


def lines(content: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(content) as document:
        return [each.get_textpage().get_text_bounded().splitlines() for each in document]


def headers(path: Path) -> list[str]:
    with ZipFile(path) as parts:
        return [parts.read(each).decode() for each in parts.namelist() if each.startswith(HEADERS)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("example"), publication(), example=True)


def test_every_page_of_an_example_bears_the_mark_in_each_language(folder: Path) -> None:
    built = pemdocs.build(folder, kinds="learning-note", cases="N-1", languages="fr+nl", jobs=1)
    made = {Path(each.path).suffix: built.out / each.path for each in built.outcomes}
    pages = lines(made[".pdf"].read_bytes())
    assert len(pages) > 1
    assert all(MARK in page for page in pages)
    found = headers(made[".docx"])
    assert len(found) == 2  # that of the first page, and that of the others
    assert all("Exemple · " in each and "Voorbeeld" in each for each in found)


def test_a_word_template_of_ones_own_gets_the_mark_too(folder: Path) -> None:
    (folder / "own.docx").write_bytes(template("{{ case.id }}"))
    built = pemdocs.build(folder, template=folder / "own.docx", table="notes", languages="en", formats="docx", jobs=1)
    paths = [built.out / each.path for each in built.outcomes]
    assert paths
    assert all("Example" in "".join(headers(path)) for path in paths)


def test_the_mark_moves_no_line() -> None:
    case = checked(publication()).dataset.table("notes")[0]
    found = kinds.load("learning-note")
    sheets = tuple(resources.text(path, "") for path in found.stylesheets)
    style = theme.of(found.templates, found.id)

    def made(page: Page) -> list[list[str]]:
        return lines(pdf.write(page, style, sheets)[0])

    plain, marked = page_of(case, "learning-note", ("fr",)), page_of(case, "learning-note", ("fr",))
    specimen.mark(marked.tree, (("fr", "Exemple"),))
    assert [[line for line in page if line != "Exemple"] for page in made(marked)] == made(plain)


def test_the_shipped_examples_say_so_and_a_new_project_does_not(tmp_path: Path) -> None:
    shipped = [settings.open_project(each.parent) for each in resources.folder("examples").glob("*/pemdocs.toml")]
    assert len(shipped) > 1
    assert all(each.programme.example for each in shipped)
    pemdocs.new(tmp_path / "own")
    assert not settings.open_project(tmp_path / "own").programme.example
    case = checked(publication()).dataset.table("notes")[0]
    assert not [each for each in page_of(case, "learning-note", ("fr",)).tree.iter("header") if specimen.is_mark(each)]
