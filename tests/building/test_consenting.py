"""What two companies tick, date and sign on their consent sheets comes back as rows of the workbook."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from answers import controls, pick, say, tick
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openxml_audit import FileFormat, OpenXmlValidator
from speaking import SPOKEN
from workbooks import book

import pemdocs
from pemdocs.cli import main

BOOK = """
    == cohorts
    | id | name (fr) |
    | C1 | Cohorte 1 |
    == companies
    | id     | name      | country | activity (fr) |
    | SN-014 | Exemple   | SN      | Des biscuits  |
    | BE-003 | Voorbeeld | BE      | Des moules    |
    == people
    | id       | company | role         | given_names | family_name |
    | SN-014-A | SN-014  | entrepreneur | Awa         | Exemple     |
    | BE-003-A | BE-003  | counterpart  | Joost       | Voorbeeld   |
    | BE-003-B | BE-003  | counterpart  | Lieve       | Voorbeeld   |
    == partnerships
    | id   | cohort | stage         | home_company | home_person | host_company | host_person |
    | P-07 | C1     | pre-departure | SN-014       | SN-014-A    | BE-003       | BE-003-A    |
    == charters
    | partnership | aim (fr)  | home_signatory | host_signatory | consent_names | consent_logos | consent_photos |
    | P-07        | Des pains | SN-014-A       | BE-003-A       |               |               |                |
    == consents
    | id   | person   | company | covers | media | languages | valid_from              | until | withdrawn | proof |
    | CS-1 | BE-003-B |         | quote  | web   | nl        | 2026-03-01 {d mmm yyyy} |       |           |       |
"""
Found = dict[str, Any]
Change = Callable[[Found], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its consent sheet, nothing filled in; its consents are a table of Excel’s with a drop-down."""
    folder = tmp_path_factory.mktemp("consenting")
    found = book(BOOK)
    sheet = found["consents"]
    sheet.add_table(Table(displayName="Consents", ref="A1:J2"))
    check = DataValidation(type="list", formula1='"signature,e-mail"', sqref="J2")
    sheet.add_data_validation(check)
    found["charters"]["Z9"] = "à moi"
    found.save(folder / "book.xlsx")
    pemdocs.build(folder, kinds=["consent-sheet"], languages=["fr"], formats=["docx"])
    [paper] = folder.glob("out/consent-sheet/P-07/*.fr.docx")
    shutil.move(paper, folder / "paper.docx")
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A copy of that project."""
    for name in ("book.xlsx", "paper.docx"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path


def fill(project: Path, change: Change, name: str = "returned.docx") -> Path:
    """The paper of the project with something filled in."""
    document = Document(str(project / "paper.docx"))
    change(controls(document, ""))
    document.save(str(project / name))
    return project / name


def consenting(party: str, *covers: str, day: str = "2026-04-02", **more: Sequence[str]) -> Change:
    """A company that ticks what may be published, in print and in French, and signs."""

    def change(found: Found) -> None:
        head = f"consents/P-07+{party}"
        for field, codes in {"covers": covers, "media": ("print",), "languages": ("fr",), **more}.items():
            for code in codes:
                tick(found[f"{head}/{field}/{code}"])
        if day:
            pick(found[f"{head}/valid_from/else"], day, f"{day[8:]}/{day[5:7]}/{day[:4]}")

    return change


def agreeing(party: str, **answers: str) -> Change:
    """A company that answers what the charter asks."""

    def change(found: Found) -> None:
        for name, answer in answers.items():
            tick(found[f"charters/P-07+charter/consent_{name}/{answer}-{party}"])

    return change


def rows(project: Path) -> list[tuple[Any, ...]]:
    return [row[:9] for row in load_workbook(project / "book.xlsx")["consents"].iter_rows(min_row=2, values_only=True)]


def set_cell(project: Path, sheet: str, ref: str, value: object) -> None:
    found = load_workbook(project / "book.xlsx")
    found[sheet][ref] = value
    found.save(project / "book.xlsx")


def states(found: pemdocs.Answers) -> dict[str, str]:
    return {f"{each.cell}:{each.field.field}": each.state for each in found.answers}


def faults(path: Path) -> set[str]:
    found = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(path)).errors
    return {each.description for each in found if each.id != "Excel_InlineStrCells"}


def test_a_company_that_consents_gets_a_row_of_its_own(project: Path, made: Path) -> None:
    paper, before = fill(project, consenting("home", "company", "quote")), (project / "book.xlsx").read_bytes()
    dry = pemdocs.enter(project, [paper])
    assert set(states(dry).values()) == {"new"}
    assert (project / "book.xlsx").read_bytes() == before
    pemdocs.enter(project, [paper], yes=True)
    day = datetime(2026, 4, 2)
    assert rows(project)[1:] == [
        ("CS-2", "SN-014-A", "SN-014", "Entreprise; Citation", "Imprimé", "français", day, None, None)
    ]
    sheet = load_workbook(project / "book.xlsx")["consents"]
    assert sheet["G3"].number_format == sheet["G2"].number_format
    assert (sheet.tables["Consents"].ref, str(sheet.data_validations.dataValidation[0].sqref)) == ("A1:J3", "J2:J3")
    assert load_workbook(project / "book.xlsx")["charters"]["Z9"].value == "à moi"
    assert faults(project / "book.xlsx") == faults(made / "book.xlsx")
    again = pemdocs.enter(project, [paper], yes=True)
    assert set(states(again).values()) == {"same"}
    assert len(rows(project)) == 2
    assert not [each for each in pemdocs.check(project).findings if each.sheet == "consents" and each.cell[1:] == "3"]


def test_a_refusal_stands_as_a_refusal(project: Path) -> None:
    both = [fill(project, consenting("home", "nothing", media=(), languages=())),
            fill(project, agreeing("home", names="no", logos="yes"), "host.docx")]  # fmt: skip
    found = pemdocs.enter(project, both, yes=True)
    assert states(found)["F2:consent_logos"] == "waiting"
    assert rows(project)[1][:7] == ("CS-2", "SN-014-A", "SN-014", "Rien (refus)", None, None, datetime(2026, 4, 2))
    assert load_workbook(project / "book.xlsx")["charters"]["E2"].value == "Non"
    set_cell(project, "consents", "D3", "Entreprise")
    found = pemdocs.enter(project, [both[0]], yes=True)
    assert states(found) == {"I3:withdrawn": "new"}
    assert [row[8] for row in rows(project)] == [None, datetime(2026, 4, 2)]
    assert states(pemdocs.enter(project, [both[0]], yes=True)) == {"I3:withdrawn": "same"}


def test_the_charter_has_a_yes_once_both_companies_say_so(project: Path) -> None:
    home = fill(project, agreeing("home", names="yes", photos="yes"), "home.docx")
    host = fill(project, agreeing("host", names="yes", photos="no"), "host.docx")
    assert set(states(pemdocs.enter(project, [home])).values()) == {"waiting"}
    pemdocs.enter(project, [home, host], yes=True)
    charter = load_workbook(project / "book.xlsx")["charters"]
    assert [charter[each].value for each in ("E2", "F2", "G2")] == ["Oui", None, "Non"]


def test_what_has_changed_is_told_and_not_written_over(project: Path) -> None:
    pemdocs.enter(project, [fill(project, consenting("host", "name"))], yes=True)
    before = (project / "book.xlsx").read_bytes()
    wider = fill(project, consenting("host", "name", "video", day="2026-05-04"), "wider.docx")
    found = states(pemdocs.enter(project, [wider], yes=True))
    assert found == {"D3:covers": "changed", "E3:media": "same", "F3:languages": "same", "G3:valid_from": "changed"}
    assert (project / "book.xlsx").read_bytes() == before
    set_cell(project, "consents", "I3", datetime(2026, 5, 3))
    assert set(states(pemdocs.enter(project, [wider], yes=True)).values()) == {"new"}
    assert [row[0] for row in rows(project)] == ["CS-1", "CS-2", "CS-3"]


def test_a_sheet_that_is_not_signed_or_contradicts_itself_makes_no_row(project: Path) -> None:
    def signed_by(found: Found) -> None:
        consenting("host", "name")(found)
        say(found["consents/P-07+host/person"], "Lieve  voorbeeld")

    assert pemdocs.enter(project, [project / "paper.docx"]).answers == ()
    undated = fill(project, consenting("home", "name", day=""))
    assert states(pemdocs.enter(project, [undated], yes=True)) == {":valid_from": "incomplete"}
    torn = fill(project, consenting("home", "name", "nothing"))
    assert states(pemdocs.enter(project, [torn], yes=True)) == {"D3:covers": "several"}
    assert len(rows(project)) == 1
    pemdocs.enter(project, [fill(project, signed_by)], yes=True)
    assert rows(project)[1][:3] == ("CS-2", "BE-003-B", "BE-003")


def test_a_day_that_word_shows_otherwise_than_it_was_picked_is_left_to_people(project: Path) -> None:
    def typed_over(found: Found) -> None:
        consenting("home", "name")(found)
        say(found["consents/P-07+home/valid_from/else"], "3 avril 2026")

    assert "unfit" in states(pemdocs.enter(project, [fill(project, typed_over)], yes=True)).values()
    assert len(rows(project)) == 1


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_command_names_no_one(lang: str, project: Path) -> None:
    papers = [fill(project, consenting("home", "name")), fill(project, agreeing("host", names="yes"), "b.docx"),
              fill(project, consenting("host", "name", day=""), "c.docx")]  # fmt: skip
    asked = [part for each in papers for part in ("--from", str(each))]
    ran = CliRunner().invoke(main, ["enter", str(project), "--speech", lang, *asked])
    assert ran.exit_code == 1, ran.output
    assert all(each in ran.output for each in ("D3", "G3", "BE-003:" if lang != "fr" else "BE-003"))
    assert not [each for each in ("Awa", "Joost", "Exemple", "Voorbeeld") if each in ran.output]
