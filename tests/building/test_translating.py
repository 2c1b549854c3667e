"""A sheet of texts goes to a translator and comes back: nothing is overwritten that somebody else has changed."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from each import for_each
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from projects import project, write
from workbooks import workbook

import pemdocs
from pemdocs.cli import main
from pemdocs.model import PemdocsError
from pemdocs.project import languages
from pemdocs.words import speech
from pemdocs.workbook.entering import entered

BOOK = """
    == companies
    | id     | name    | country | activity (fr) | activity (nl) | information (fr) | information (nl) | address |
    | SN-014 | Exemple | SN      | Des biscuits  |               | Deux magasins    | Twee winkels     | Rue 12  |
    | SN-015 | Autre   | SN      | Du bois       |               |                  |                  | Rue 13  |
    == cohorts
    | id | name (fr) |
    | C1 | Cohorte 1 |
"""


def sheet(book: Path, folder: Path, to: str = "nl") -> Path:
    """The sheet to translate in, as it is sent."""
    path = folder / "sheet.xlsx"
    path.write_bytes(pemdocs.translate(book, to).as_workbook("en"))
    return path


def say(path: Path, said: dict[str, Any]) -> None:
    """Write translations into a sheet, by the cells they are for."""
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[0].value in said:
            row[4].value = said[row[0].value]
            row[4].data_type = "s"  # what begins with = is typed as a text
    book.save(path)


def cells(path: Path, name: str = "companies") -> dict[str, Any]:
    """What stands in a sheet of the workbook."""
    rows = load_workbook(path)[name].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.value is not None}


def test_a_sheet_goes_out_and_its_translations_come_in(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    before, parts = cells(book), zipfile.ZipFile(book).namelist()
    found = pemdocs.translate(book, "nl")
    assert {(each.cell, each.state) for each in found.texts if each.table == "companies"} == {
        ("E2", "missing"), ("G2", "current"), ("E3", "missing"),
    }  # fmt: skip
    path = sheet(book, tmp_path)
    say(path, {"companies!E2": "Koekjes & <gebak>\n=1+1", "companies!E3": "=Hout"})
    taken = pemdocs.take_in(book, path)
    assert (taken.to, taken.count, taken.left) == ("nl", 2, ())
    assert cells(book) == {**before, "E2": "Koekjes & <gebak>\n=1+1", "E3": "=Hout"}
    assert zipfile.ZipFile(book).namelist() == parts
    assert pemdocs.translate(book, "nl").count("missing") == 1  # the name of the cohort
    assert pemdocs.take_in(book, path).count == 0


SOURCES = """
    == lessons
    | id | title (fr) | source               | source (nl)    |
    | L1 | Leçon      | Revue finale, 8/2024 |                |
    | L2 | Leçon      | Diapositives         | Dia’s          |
    == results
    | indicator | source      |
    | IND-01    | Rapport 3   |
"""


def test_a_source_is_in_the_sheet_where_its_own_sheet_has_a_column_for_the_language(tmp_path: Path) -> None:
    book = workbook(tmp_path, SOURCES)
    found = [each for each in pemdocs.translate(book, "nl").texts if each.field == "source"]
    assert [(each.table, each.cell, each.state) for each in found] == [
        ("lessons", "D2", "missing"), ("lessons", "D3", "current"),
    ]  # fmt: skip
    path = sheet(book, tmp_path)
    say(path, {"lessons!D2": "Eindevaluatie, 8/2024"})
    assert pemdocs.take_in(book, path).count == 1
    assert cells(book, "lessons")["D2"] == "Eindevaluatie, 8/2024"
    assert not [each for each in pemdocs.translate(book, "fr").texts if each.field == "source"]


def test_columns_may_move_and_a_text_that_is_translated_twice_is_told(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    path = sheet(book, tmp_path)
    say(path, {"companies!E2": "Koekjes"})
    moved = load_workbook(path)
    own = moved.worksheets[0]
    own.append(["Hout" if column == 5 else own.cell(2, column).value for column in range(1, 8)])
    own.insert_cols(1, 2)
    for row in own.iter_rows():  # the original behind its translation
        row[5].value, row[6].value = row[6].value, row[5].value
    moved.save(path)
    taken = pemdocs.take_in(book, path)
    assert (taken.count, cells(book)["E2"]) == (1, "Koekjes")
    assert {(why, cell) for why, _, cell in taken.left} == {("twice", "E2")}


def test_the_sheet_of_another_project_is_refused_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = sheet(workbook(tmp_path / "other", BOOK), tmp_path)
    say(other, {"companies!E2": "Koekjes"})
    book = workbook(tmp_path, BOOK)
    before = book.read_bytes()
    with pytest.raises(PemdocsError) as caught:
        pemdocs.take_in(book, other)
    assert (caught.value.code, book.read_bytes()) == ("translating-foreign", before)


def test_a_translation_is_older_once_its_original_has_changed(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    assert pemdocs.translate(book, "nl").count("older") == 0
    changed = load_workbook(book)
    changed["companies"]["F2"] = "Trois magasins"
    changed.save(book)
    for _ in range(2):
        older = [each.cell for each in pemdocs.translate(book, "nl").texts if each.state == "older"]
        assert older == ["G2"]
    path = sheet(book, tmp_path)
    say(path, {"companies!G2": "Drie winkels"})
    assert pemdocs.take_in(book, path).count == 1
    assert pemdocs.translate(book, "nl").count("older") == 0


def test_what_has_changed_since_the_sheet_was_made_is_left_and_named(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    path = sheet(book, tmp_path)
    changed = load_workbook(book)
    changed["companies"]["D2"] = "Des gâteaux"
    changed["companies"]["E3"] = "Timmerhout"
    changed.save(book)
    say(path, {"companies!E2": "Koekjes", "companies!E3": "Hout", "cohorts": "Cohorte 1"})
    before = cells(book), cells(book, "cohorts")
    taken = pemdocs.take_in(book, path)
    assert taken.count == 0
    assert sorted(taken.left) == [
        ("changed", "companies", "E2"),
        ("no-column", "cohorts", ""),
        ("other", "companies", "E3"),
    ]
    assert (cells(book), cells(book, "cohorts")) == before


def test_a_formula_is_left_to_its_author(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    changed = load_workbook(book)
    changed["companies"]["E2"] = '="Koek"&"jes"'
    changed.save(book)
    path = sheet(book, tmp_path)
    say(path, {"companies!E2": "Koekjes"})
    assert pemdocs.take_in(book, path).left == (("formula", "companies", "E2"),)
    assert cells(book)["E2"] == '="Koek"&"jes"'


def test_a_row_that_is_gone_is_counted_and_confidential_texts_are_not_sent(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    path = sheet(book, tmp_path)
    say(path, {"companies!E2": "Koekjes", "companies!E3": "Hout"})
    changed = load_workbook(book)
    changed["companies"]["A3"] = "SN-099"
    changed.save(book)
    taken = pemdocs.take_in(book, path)
    assert (taken.count, [why for why, *_ in taken.left]) == (1, ["gone"])
    folder = write(tmp_path / "p", project())
    fields = {(each.table, each.field) for each in pemdocs.translate(folder, "nl").texts}
    assert fields
    tables = pemdocs.check(folder).dataset.tables
    assert {tables[table].fields[name].audience for table, name in fields} <= {"public", "partner", "internal"}


@pytest.mark.parametrize(("name", "code"), [("book.xlsx", "translating-sheet"), ("none.xlsx", "unreadable-not-found")])
def test_a_file_that_is_no_sheet_is_told(tmp_path: Path, name: str, code: str) -> None:
    book = workbook(tmp_path, BOOK)
    with pytest.raises(PemdocsError) as refused:
        pemdocs.take_in(book, tmp_path / name)
    assert refused.value.code == code


def test_a_workbook_into_which_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", project())
    path = sheet(folder, tmp_path)
    with pytest.raises(PemdocsError) as refused:
        pemdocs.take_in(folder, path)
    assert refused.value.code == "extend-format"


def test_the_command_writes_a_sheet_once_and_takes_it_in(tmp_path: Path) -> None:
    book, path = workbook(tmp_path, BOOK), tmp_path / "nl.xlsx"

    def run(*words: object) -> Any:
        return CliRunner(env={"PEMDOCS_LANG": "fr"}).invoke(main, ["translate", str(book), *map(str, words)])

    assert run("--to", "nl", "--xlsx", path).exit_code == 1
    again = run("--to", "nl", "--xlsx", path)
    assert (again.exit_code, "existe déjà" in again.stderr) == (2, True)
    say(path, {"companies!E2": "Koekjes"})
    taken = run("--from", path)
    assert "Traductions en néerlandais reportées dans book.xlsx : 1." in taken.stdout.replace("\u202f", " ").replace(
        "\u00a0", " "
    )
    assert run().exit_code == 2
    assert run("--to", "xx").exit_code == 2


def test_no_text_is_in_what_is_remembered(tmp_path: Path) -> None:
    book = workbook(tmp_path, BOOK)
    pemdocs.translate(book, "nl")
    kept = (tmp_path / ".pemdocs/translations.json").read_text("utf-8")
    assert "companies/SN-014/information/nl" in kept
    assert "magasins" not in kept
    assert (tmp_path / ".pemdocs/translations.json").stat().st_mode & 0o077 == 0


@for_each(languages.available())
def test_every_reason_has_its_sentence(lang: str) -> None:
    facts = {"place": "A!B2", "count": 3, "language_code": "nl"}
    for why in ("changed", "other", "formula", "no-column", "gone"):
        assert speech.word(f"translating-left-{why}", lang, **facts)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.tuples(st.integers(1, 9), st.integers(2, 6)), st.one_of(WORDS, st.dates()), max_size=6),
    st.booleans(),
)
def test_whatever_is_entered_is_read_back_and_nothing_else_has_changed(
    tmp_path: Path, values: dict[tuple[int, int], str | date], mac: bool
) -> None:
    book = workbook(tmp_path, BOOK)
    if mac:
        found = load_workbook(book)
        found.epoch = CALENDAR_MAC_1904
        found.save(book)
    before = cells(book)
    wanted = {f"{'ABCDEFGHI'[column - 1]}{row}": value for (column, row), value in values.items()}
    made = entered(book.read_bytes(), {"companies": wanted, "nowhere": {"A1": "x"}})
    book.write_bytes(made.content)
    assert made.left == {"nowhere": ("A1",)}
    first = date(1904, 1, 2) if mac else date(1900, 3, 1)  # the day 0 would be read as midnight
    days = {ref: value if isinstance(value, str) else value.isoformat() if value < first else
            datetime.combine(value, time()) for ref, value in wanted.items()}  # fmt: skip
    assert cells(book) == {ref: value for ref, value in {**before, **days}.items() if value}
