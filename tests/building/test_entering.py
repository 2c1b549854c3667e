"""What a committee fills in on the Word file of a selection file comes back into the empty cells of the workbook."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from answers import W, controls, pick, say, tick
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator
from speaking import SPOKEN
from workbooks import workbook

import pemdocs
from pemdocs.cli import main
from pemdocs.model import PemdocsError

BOOK = """
    == cohorts
    | id | name (fr) |
    | C1 | Cohorte 1 |
    == companies
    | id     | name    | country | activity (fr) |
    | SN-014 | Exemple | SN      | Des biscuits  |
    == people
    | id       | company | role         | given_names | family_name |
    | SN-014-A | SN-014  | entrepreneur | Awa         | Exemple     |
    == partnerships
    | id   | cohort | stage     | home_company | home_person | decision | decision_date | decision_reason (fr) |
    | P-07 | C1     | selection | SN-014       | SN-014-A    |          |               |                      |
"""
CELLS = ("F2", "G2", "H2")
REASON = "Dossier solide & clair ;\n=à revoir"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its selection file in French, nothing filled in."""
    folder = tmp_path_factory.mktemp("entering")
    book = workbook(folder, BOOK)
    pemdocs.build(folder, kinds=["selection-file"], languages=["fr"], formats=["docx"])
    [paper] = folder.glob("out/selection-file/P-07/*.fr.docx")
    shutil.move(paper, folder / "paper.docx")
    assert book.is_file()
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A copy of that project."""
    for name in ("book.xlsx", "paper.docx"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path


def fill(project: Path, change: Callable[[dict[str, Any]], None], name: str = "returned.docx") -> Path:
    """The paper of the project with something filled in."""
    document = Document(str(project / "paper.docx"))
    change(controls(document, "partnerships/P-07/"))
    document.save(str(project / name))
    return project / name


def decided(found: dict[str, Any]) -> None:
    tick(found["decision/reserve"])
    pick(found["decision_date"], "2026-03-20", "20 mars 2026")
    say(found["decision_reason/fr"], REASON)


def cells(project: Path) -> list[Any]:
    sheet = load_workbook(project / "book.xlsx")["partnerships"]
    return [sheet[each].value for each in CELLS]


def set_cell(project: Path, ref: str, value: str) -> None:
    book = load_workbook(project / "book.xlsx")
    book["partnerships"][ref] = value
    book.save(project / "book.xlsx")


def states(found: pemdocs.Answers) -> list[str]:
    return [each.state for each in found.answers]


def test_the_paper_has_a_control_for_each_answer_and_is_sound(project: Path) -> None:
    found = controls(Document(str(project / "paper.docx")), "partnerships/P-07/")
    assert list(found) == ["decision/retained", "decision/reserve", "decision/deferred", "decision/declined",
                           "decision_reason/fr", "decision_date"]  # fmt: skip
    assert not OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(project / "paper.docx")).errors
    assert pemdocs.enter(project, [project / "paper.docx"]).answers == ()


def test_a_decision_comes_back_into_the_workbook_once_it_is_asked_for(project: Path) -> None:
    paper, before = fill(project, decided), (project / "book.xlsx").read_bytes()
    dry = pemdocs.enter(project, [paper])
    assert {(each.cell, each.said, each.state) for each in dry.answers} == {
        ("F2", "Sur liste de réserve", "new"), ("G2", date(2026, 3, 20), "new"), ("H2", REASON, "new"),
    }  # fmt: skip
    assert (project / "book.xlsx").read_bytes() == before
    assert pemdocs.enter(project, [paper], yes=True).written
    assert cells(project) == ["Sur liste de réserve", datetime(2026, 3, 20), REASON]
    assert states(pemdocs.enter(project, [paper], yes=True)) == ["same"] * 3
    assert not [each for each in pemdocs.check(project).findings if each.cell in CELLS]


def test_nothing_that_stands_there_is_written_over(project: Path) -> None:
    paper = fill(project, decided)
    set_cell(project, "F2", "Retenu")
    set_cell(project, "G2", "=DATE(2026,3,20)")
    found = pemdocs.enter(project, [paper], yes=True)
    assert {each.cell: each.state for each in found.answers} == {"F2": "other", "G2": "formula", "H2": "new"}
    assert cells(project) == ["Retenu", "=DATE(2026,3,20)", REASON]


def test_two_ticks_two_readings_and_two_files_are_left_to_people(project: Path) -> None:
    def doubtful(found: dict[str, Any]) -> None:
        tick(found["decision/reserve"])
        tick(found["decision/declined"])
        say(found["decision_date"], "le jour de la fête")

    first = fill(project, doubtful)
    assert states(pemdocs.enter(project, [first], yes=True)) == ["several", "unfit"]
    yes = fill(project, lambda found: tick(found["decision/retained"]), "yes.docx")
    no = fill(project, lambda found: tick(found["decision/declined"]), "no.docx")
    assert states(pemdocs.enter(project, [yes, no])) == ["new", "other"]
    assert cells(project) == [None] * 3


@pytest.mark.parametrize(
    "tag", ["partnerships/P-99/decision_date", "partnerships/P-07/stage", "people/SN-014-A/family_name"]
)
def test_a_control_for_what_is_not_filled_in_on_paper_is_not_entered(tag: str, project: Path) -> None:
    def foreign(found: dict[str, Any]) -> None:
        found["decision_date"].find(f"{W}sdtPr/{W}tag").set(f"{W}val", tag)
        say(found["decision_date"], "2026-03-20")

    before = (project / "book.xlsx").read_bytes()
    assert states(pemdocs.enter(project, [fill(project, foreign)], yes=True)) == ["gone"]
    assert (project / "book.xlsx").read_bytes() == before


def test_words_in_a_language_without_a_column_are_named(project: Path) -> None:
    def dutch(found: dict[str, Any]) -> None:
        found["decision_reason/fr"].find(f"{W}sdtPr/{W}tag").set(f"{W}val", "partnerships/P-07/decision_reason/nl")
        say(found["decision_reason/fr"], "Sterk")

    assert states(pemdocs.enter(project, [fill(project, dutch)], yes=True)) == ["no-column"]


def test_a_foreign_file_is_refused_in_a_sentence(project: Path) -> None:
    Document().save(str(project / "foreign.docx"))
    (project / "picture.docx").write_bytes(b"\x89PNG\r\n")
    for name, code in (("foreign", "entering-nothing"), ("picture", "review-not-word"), ("none", "review-not-found")):
        with pytest.raises(PemdocsError) as caught:
            pemdocs.enter(project, [project / f"{name}.docx"], yes=True)
        assert caught.value.code == code


def test_tags_that_another_program_has_dropped_are_known_by_the_order_of_the_controls(project: Path) -> None:
    def bare(found: dict[str, Any]) -> None:
        decided(found)
        for each in found.values():
            each[0].remove(each[0].find(f"{W}tag"))

    def fewer(found: dict[str, Any]) -> None:
        bare(found)
        found["decision/retained"].getparent().remove(found["decision/retained"])

    paper = fill(project, bare)
    assert states(pemdocs.enter(project, [paper], yes=True)) == ["new"] * 3
    assert cells(project) == ["Sur liste de réserve", datetime(2026, 3, 20), REASON]
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "entering-nothing"):
        pemdocs.enter(project, [fill(project, fewer)])


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_command_names_places_and_no_words(lang: str, project: Path) -> None:
    paper = fill(project, decided)
    for more in ([], ["--yes"], ["--yes"]):
        ran = CliRunner().invoke(main, ["enter", str(project), "--from", str(paper), "--speech", lang, *more])
        assert ran.exit_code == 0, ran.output
        assert all(each in ran.output for each in CELLS)
        assert "solide" not in ran.output
