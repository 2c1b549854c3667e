"""A date of birth of which parts are unknown is read, printed, and held against a passport as it stands there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from cases import Change, changed
from cohorts import workbook
from hypothesis import given
from hypothesis import strategies as st
from projects import checked, codes, journey
from reading_pdf import read_pdf_text

import pemdocs
from pemdocs.knowledge import births
from pemdocs.knowledge.mrz import check_digit


@pytest.mark.parametrize(
    ("typed", "printed", "zone", "first", "last"),
    [
        ("00/00/1991", "00/00/1991", "91<<<<", date(1991, 1, 1), date(1991, 12, 31)),
        ("1991", "00/00/1991", "91<<<<", date(1991, 1, 1), date(1991, 12, 31)),
        ("0/0/1991", "0/0/1991", "91<<<<", date(1991, 1, 1), date(1991, 12, 31)),
        ("XX/XX/1991", "XX/XX/1991", "91<<<<", date(1991, 1, 1), date(1991, 12, 31)),
        ("00/02/1992", "00/02/1992", "9202<<", date(1992, 2, 1), date(1992, 2, 29)),
        ("02/1992", "00/02/1992", "9202<<", date(1992, 2, 1), date(1992, 2, 29)),
        ("1992-02-00", "00/02/1992", "9202<<", date(1992, 2, 1), date(1992, 2, 29)),
        ("00.00.1991", "00/00/1991", "91<<<<", date(1991, 1, 1), date(1991, 12, 31)),
    ],
)
def test_unknown_parts_stay_open(typed: str, printed: str, zone: str, first: date, last: date) -> None:
    found = births.read(typed)
    assert found == printed
    assert (births.zone(found), births.earliest(found), births.latest(found)) == (zone, first, last)


@pytest.mark.parametrize("typed", ["12/00/1991", "00/13/1991", "00/00/91", "00/00/0000", "31/12/1991", "né vers 1991"])
def test_what_is_no_birth_date_with_unknown_parts_is_none(typed: str) -> None:
    assert births.read(typed) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_whole_date_means_itself_alone(day: date) -> None:
    assert births.read(f"{day:%d/%m/%Y}") is None
    assert births.earliest(day) == births.latest(day) == day
    assert births.zone(day) == f"{day:%y%m%d}"


def zone(birth: str) -> str:
    """The second line of the passport of the tests with this date of birth."""
    first, until, optional = "A012345678", "3101148", "<" * 14
    born = birth + check_digit(birth)
    return f"{first}SEN{born}F{until}{optional}<{check_digit(first + born + until + optional + '<')}"


@pytest.mark.parametrize("typed", ["00/00/1985", "1985", "XX/XX/1985", "00/07/1985"])
@pytest.mark.parametrize("read", ["85<<<<", "8507<<", "850730"])
def test_no_paper_and_no_rule_stumbles_over_unknown_parts(typed: str, read: str) -> None:
    change: Change = {"people.0.birth_date": typed, "travel_documents.0.mrz_2": zone(read)}
    assert checked(changed(change)).findings == ()


def test_another_year_than_that_of_the_passport_is_told() -> None:
    change: Change = {"people.0.birth_date": "00/00/1984", "travel_documents.0.mrz_2": zone("85<<<<")}
    assert codes(checked(changed(change))) == {"mrz-disagrees"}


def test_unknown_parts_of_other_dates_are_no_dates() -> None:
    assert codes(checked(changed({"travel_documents.0.issued": "00/00/2021"}))) == {"date-impossible"}


def test_a_year_alone_in_a_cell_is_a_birth_date_however_excel_holds_it(tmp_path: Path) -> None:
    folder = workbook(tmp_path, journey())
    for value, shape in ((1985, "General"), ("00/00/1985", "@"), (1985, "dd/mm/yyyy")):
        book = openpyxl.load_workbook(folder / "cohort.xlsx")
        sheet = book["people"]
        column = next(cell.column for cell in sheet[1] if cell.value == "birth_date")
        sheet.cell(2, column).value = value
        sheet.cell(2, column).number_format = shape
        book.save(folder / "cohort.xlsx")
        report = pemdocs.check(folder)
        assert report.case("SN-014-A").linked.birth_date == "00/00/1985"
        assert not {each.code for each in report.findings} & {"date-incomplete", "birth-date-unlikely"}


@pytest.mark.parametrize("kind", ["visa-application", "visa-invitation", "visa-support", "visa-mission"])
def test_each_paper_prints_what_the_passport_says(kind: str) -> None:
    report = checked(changed({"people.0.birth_date": "00/00/1985", "travel_documents.0.mrz_2": zone("85<<<<")}))
    assert "00/00/1985" in read_pdf_text(pemdocs.render(kind, report.case("S-07"), "fr"))


def test_of_unknown_parts_the_age_is_told_where_it_is_sure() -> None:
    born = checked(changed({"people.0.birth_date": "00/00/1985"}))
    assert born.case("SN-014-A").linked.age is None
    assert checked(changed({"people.0.birth_date": "1985-07-30"})).case("SN-014-A").linked.age is not None
    late = {"people.0.birth_date": "00/01/1985"}
    assert checked(changed(late)).case("SN-014-A").linked.age is not None
