"""The commands as people and programs meet them: their help, their reports, their exit codes, never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from projects import Data, codes, project, said, write
from workbooks import workbook

import pemdocs
from pemdocs import resources
from pemdocs.cli import main
from pemdocs.project import languages

LANGUAGES = languages.available()
CLEAN, FINDINGS, MISUSE = 0, 1, 2


def run(*words: object, **environment: str) -> Result:
    """Run a command; anything but an orderly exit fails the test."""
    result = CliRunner(env={"PEMDOCS_LANG": None, **environment}).invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def faulty() -> Data:
    """A project with an error, warnings, and many notes."""
    data = project()
    data["companies"][0]["women_employees"] = 13
    data["people"][0]["motivation"] = None
    data["partnerships"][0]["host_person"] = "BE-03-A"
    data["activities"][0]["responsible"] = "Quelqu’un dont le nom ne tient vraiment pas sur une seule ligne"
    for row in (*data["needs"], *data["activities"], *data["objectives"]):
        for name, value in row.items():
            if isinstance(value, dict):
                row[name] = {"fr": value["fr"]}
    return data


# Help


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(main)
    return [(name, found) for name in main.list_commands(context) if (found := main.get_command(context, name))]


def test_the_commands_are_these() -> None:
    assert {"build", "check", "new"} <= {name for name, _ in commands()} & set(pemdocs.__all__)


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_every_option_has_help(name: str, command: click.Command) -> None:
    assert command.help
    assert command.help.split("\n")[0].endswith(".") or "\n" in command.help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert all(option.help for option in options), name
    assert run(name, "--help").exit_code == CLEAN
    assert run(name, "-h").output == run(name, "--help").output


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
@pytest.mark.parametrize(("name", "command"), commands())
def test_help_is_in_the_reader_s_language(name: str, command: click.Command, lang: str) -> None:
    context = click.Context(main)
    context.meta["pemdocs.help"] = lang
    theirs = main.get_command(context, name)
    assert theirs is not None
    assert theirs.help != command.help
    options = [each for each in theirs.params if isinstance(each, click.Option)]
    english = {each.name: each.help for each in command.params if isinstance(each, click.Option)}
    assert [each.name for each in options if each.help == english[each.name]] == []
    said = run(name, "--help", "--speech", lang)
    assert said.exit_code == CLEAN
    assert not re.search(r"Usage|Show this|\b(TEXT|FOLDER|TARGET|KIND)\b", said.output)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("chek",), "Vouliez-vous dire « check »"),
        (("check", "--mrak"), "--mark"),
        (("check", "--format", "xml"), "text, json, sarif"),
        (("check", "a", "b"), "un mot de trop"),
        (("build", "--as-of", "31/12/2025"), "YYYY-MM-DD"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_the_reader_s_language(words: tuple[str, ...], told: str) -> None:
    result = run(*words, PEMDOCS_LANG="fr")
    assert result.exit_code == MISUSE
    assert told in result.stderr.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Error" not in result.stderr


def test_the_program_itself_speaks_the_reader_s_language() -> None:
    told = run("--help", "--speech", "nl").output
    assert {"Gebruik:", "Opties:", "Opdrachten:"} <= set(told.split())
    assert told == run("--help", PEMDOCS_LANG="nl").output
    assert not re.search("Usage|Show|Language in which|One Excel", told)


def test_without_words_the_commands_are_listed() -> None:
    listed = CliRunner().invoke(main, [])
    assert all(name in listed.output for name, _ in commands())


def test_the_version_is_that_of_the_package() -> None:
    profile = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert run("--version").output == f"pemdocs, version {profile['project']['version']}\n"


# new


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_project_can_be_checked_and_built_at_once(tmp_path: Path, lang: str) -> None:
    made = run("new", tmp_path / "cohort", "--speech", lang)
    assert made.exit_code == CLEAN
    settings_ = tomllib.loads((tmp_path / "cohort/pemdocs.toml").read_text("utf-8"))
    assert settings_["lang"] == lang
    assert (tmp_path / "cohort" / settings_["workbook"]).is_file()
    assert settings_["workbook"] in made.output
    assert run("check", tmp_path / "cohort").exit_code in (CLEAN, FINDINGS)
    assert run("build", tmp_path / "cohort", "--dry-run").exit_code in (CLEAN, FINDINGS)


def test_a_new_workbook_asks_for_nothing_that_its_programme_does_not_use(tmp_path: Path) -> None:
    assert run("new", tmp_path / "palim", "--programme", "palim", "--speech", "en").exit_code == CLEAN
    sheets = load_workbook(tmp_path / "palim/workbook.xlsx")
    assert {"Learning notes", "Indicators", "Consents"} <= set(sheets.sheetnames)
    assert not {"Partnerships", "Charters", "Stays", "Passports"} & set(sheets.sheetnames)
    companies = {cell.value for cell in sheets["Companies"][1]}
    assert "ICE" in companies
    assert not {"RCCM", "NINEA"} & companies
    assert "Date of birth" not in {cell.value for cell in sheets["People"][1]}
    assert "Partnership" not in {cell.value for cell in sheets["Quotes"][1]}
    told = [str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.data_type != "f"]
    told += [check.prompt for sheet in sheets for check in sheet.data_validations.dataValidation]
    assert [text for text in told if re.search("Senegal(?!$)|Dakar|NINEA|RCCM|XOF|SN-0|221", text)] == []


def test_a_new_workbook_may_be_for_some_documents_and_languages_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cohort"
    assert run("new", folder, "--kind", "charte", "--languages", "fr,fr+nl", "--speech", "en").exit_code == CLEAN
    settings_ = tomllib.loads((folder / "pemdocs.toml").read_text("utf-8"))
    assert settings_["kinds"] == ["partnership-charter"]
    assert settings_["languages"] == ["fr", "fr+nl"]
    book = load_workbook(folder / "workbook.xlsx")
    sheets = [
        "Read me",
        "Companies",
        "People",
        "Cohorts",
        "Partnerships",
        "Charters",
        "Signatures",
        "Columns",
        "_lists",
    ]
    assert book.sheetnames == sheets
    headings = [cell.value for cell in book["Charters"][1]]
    assert [heading[-4:] for heading in headings if heading.startswith("Aim")] == ["(fr)", "(nl)"]
    assert not [heading for heading in headings if "(en)" in heading]
    assert run("check", folder).exit_code == CLEAN
    refused = run("new", tmp_path / "other", "--kind", "chartre")
    assert refused.exit_code == MISUSE
    assert "Did you mean “Partnership charter”?" in " ".join(refused.stderr.split())


def own_programme(folder: Path) -> str:
    """A programme of one's own, from Ghana to Germany, in a folder; the text of its profile."""
    profile = (resources.folder("templates") / "programmes/palim/programme.toml").read_text("utf-8")
    for old, new in (("MA", "GH"), ("BE", "DE")):
        profile = re.sub(rf"\b{old}\b", new, profile)
    folder.mkdir()
    (folder / "programme.toml").write_text(profile.replace('id = "palim"', 'id = "own"'), "utf-8")
    return profile


def test_a_project_may_bring_a_programme_of_its_own(tmp_path: Path) -> None:
    own_programme(tmp_path / "own")
    assert run("new", tmp_path / "cohort", "--programme", tmp_path / "own", "--speech", "en").exit_code == CLEAN
    assert tomllib.loads((tmp_path / "cohort/pemdocs.toml").read_text("utf-8"))["programme"] == "../own"
    companies = load_workbook(tmp_path / "cohort/workbook.xlsx")["Companies"]
    shown = {heading.value: cell.value for heading, cell in zip(companies[1], companies[2], strict=True)}
    assert shown["Country"] == "# Ghana"
    assert not {"ICE", "RCCM", "NINEA", "VAT number"} & shown.keys()
    assert run("check", tmp_path / "cohort").exit_code == CLEAN
    assert run("build", tmp_path / "cohort").exit_code == CLEAN


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda text: text.replace('mp = "marocains", ', ""), "countries.GH.adjective.fr.mp"),
        (lambda text: text.replace('home = "GH"', ""), "countries.home"),
        (lambda text: re.sub(r"(?m)^languages = .*", "languages = ['en', 'de']", text), "languages"),
        (lambda text: text.replace('short = "VDAB"', ""), "partners 4.short"),
        (lambda text: re.sub(r'(software = .*), nl = "[^"]*"', r"\1", text), "codelists.sectors.software.nl"),
        (lambda text: text.replace("[codelists.themes]", "[codelists.others]"), "codelists.themes"),
        (lambda text: text + "kinds =", "programme.toml"),
    ],
)
def test_a_programme_of_ones_own_that_lacks_something_is_told(
    tmp_path: Path, wrong: Callable[[str], str], told: str
) -> None:
    profile = own_programme(tmp_path / "own")
    (tmp_path / "own/programme.toml").write_text(wrong(profile), "utf-8")
    result = run("new", tmp_path / "cohort", "--programme", tmp_path / "own", "--speech", "en")
    assert result.exit_code == MISUSE
    assert told in " ".join(result.stderr.split())
    assert not (tmp_path / "cohort").exists()


def test_a_new_project_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("new", tmp_path).exit_code == MISUSE
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert run("new", tmp_path / "mine.txt").exit_code == MISUSE
    assert run("new", tmp_path / "mine.txt" / "inside").exit_code == MISUSE


# check


def test_a_clean_project_has_nothing_to_mend(tmp_path: Path) -> None:
    result = run("check", write(tmp_path, project()), "--speech", "en")
    assert result.exit_code == CLEAN
    assert result.stdout.endswith("Nothing to mend.\n")
    assert result.stderr == ""


def test_notes_alone_are_clean(tmp_path: Path) -> None:
    data = project()
    data["companies"][0]["information"] = {"fr": "Quarante points de vente"}
    result = run("check", write(tmp_path, data, languages=["fr+nl"]), "--speech", "en")
    assert result.exit_code == CLEAN
    assert "Dutch" in result.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_keeps_to_eighty_columns(tmp_path: Path, lang: str) -> None:
    result = run("check", write(tmp_path, faulty(), languages=["fr", "nl"]), "--speech", lang)
    assert result.exit_code == FINDINGS
    assert [line for line in result.stdout.splitlines() if len(line) > 80] == []
    built = run("build", tmp_path, "--format", "docx", "--dry-run", "--speech", lang)
    assert built.exit_code == FINDINGS
    assert [line for line in built.stdout.splitlines() if len(line) > 80 and str(tmp_path) not in line] == []


def test_a_report_names_sheet_cell_severity_fault_and_remedy(tmp_path: Path) -> None:
    book = workbook(
        tmp_path,
        """
        == Companies
        | Id     | Legal name | Country | Employees | Women employees |
        | SN-014 | Céréales   | SN      | 3         | 5               |
        """,
    )
    told = run("check", book, "--speech", "en").stdout
    assert re.search(r"^Companies +1 error\n─{80}\n", told)
    assert re.search(r"^E2 +error +There are more women \(5\) than employees \(3\)", told, re.MULTILINE)
    assert re.search(r"^ +→ \w", told, re.MULTILINE)
    assert "In all: 1 error." in told


def test_a_report_for_programs_has_its_shape(tmp_path: Path) -> None:
    result = run("check", write(tmp_path, faulty()), "--format", "json", "--speech", "en")
    found = json.loads(result.stdout)
    assert result.exit_code == FINDINGS
    assert_shape("check", found)
    assert sum(found["counts"].values()) == len(found["findings"])
    assert {each["code"] for each in found["findings"]} == codes(pemdocs.check(tmp_path))
    for each in found["findings"]:
        assert each["message"]
        assert each["remedy"]


def test_a_clean_report_for_programs_is_empty(tmp_path: Path) -> None:
    found = json.loads(run("check", write(tmp_path, project()), "--format", "json").stdout)
    assert_shape("check", found)
    assert found["findings"] == []


def assert_shape(name: str, found: Any) -> None:
    """The report is as its published schema says, which leaves nothing open."""
    schema = json.loads((resources.folder("schemas") / "reports" / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)


def test_a_report_begins_with_the_errors_and_is_else_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    found = json.loads(run("check", write(tmp_path, faulty()), "--format", "json").stdout)["findings"]
    order = list(project())
    places = [(["error", "warning", "note"].index(each["severity"]), order.index(each["table"])) for each in found]
    assert places == sorted(places)
    text = run("check", tmp_path, "--speech", "en", "--lang", "fr,nl").stdout
    said = re.findall(r"\] ?[.\w]* (error|warning|note)$", text, re.MULTILINE)
    assert said == sorted(said, key=["error", "warning", "note"].index)
    assert len(set(said)) == 3


def test_missing_translations_take_one_line_for_each_language_and_sheet(tmp_path: Path) -> None:
    folder = write(tmp_path, faulty(), languages=["fr", "nl"])
    short, long = (run("check", folder, "--speech", "en", *more).stdout for more in ((), ("--all",)))
    assert len(re.findall(r"texts are not written in\s+Dutch yet", short)) == 3
    assert "has no text in Dutch" in long
    assert short.splitlines()[-1] == long.splitlines()[-1]


def test_a_report_may_be_narrowed_and_says_how_much_it_hides(tmp_path: Path) -> None:
    data = faulty()
    data["companies"][2]["women_employees"] = 3
    folder = write(tmp_path, data)
    whole = json.loads(run("check", folder, "--format", "json").stdout)
    case = json.loads(run("check", folder, "--case", "p 08", "--format", "json").stdout)
    assert 0 < len(case["findings"]) < len(whole["findings"])
    assert len(case["findings"]) + case["left_out"] == len(whole["findings"])
    errors = run("check", folder, "--severity", "error", "--speech", "en").stdout
    assert " warning " not in errors
    assert re.search("not shown: [1-9]", " ".join(errors.split()))
    one = run("check", folder, "--limit", "1", "--speech", "en").stdout
    assert "leaves out" in one
    assert one.count("→") == 1
    visa = json.loads(run("check", folder, "--kind", "dossier de visa", "--format", "json").stdout)
    assert len(visa["findings"]) < len(whole["findings"])


def test_what_is_due_next_is_told_of_its_case(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    text = run("check", folder, "--case", "P-08", "--speech", "en").stdout
    assert re.search("Due next\n─+\nP-08, at the stage", text)
    assert "P-07" not in text
    assert run("check", folder).exit_code == CLEAN


def test_an_empty_workbook_does_not_pass_for_one_in_good_order(tmp_path: Path) -> None:
    run("new", tmp_path / "cohort", "--lang", "en")
    told = run("check", tmp_path / "cohort").stdout
    assert "No row was read" in told
    assert "Nothing to mend" not in told


def test_a_build_may_report_to_programs(tmp_path: Path) -> None:
    result = run("build", write(tmp_path, faulty()), "--dry-run", "--format", "json", "--format", "docx")
    found = json.loads(result.stdout)
    assert_shape("build", found)
    assert result.exit_code == FINDINGS
    assert found["skipped"]


def test_a_report_may_be_sarif(tmp_path: Path) -> None:
    result = json.loads(run("check", write(tmp_path, faulty()), "--lang", "fr,nl", "--format", "sarif").stdout)
    assert result["version"] == "2.1.0"
    results = result["runs"][0]["results"]
    assert {each["ruleId"] for each in results} <= {each["id"] for each in result["runs"][0]["tool"]["driver"]["rules"]}
    assert {each["level"] for each in results} == {"error", "warning", "note"}


# check --mark


def bad_book(tmp_path: Path) -> Path:
    return workbook(
        tmp_path,
        """
        == Companies
        | Id     | Legal name | Country | Employees | Women employees |
        | SN-014 | Céréales   | SN      | 3         | 5               |
        """,
    )


def test_a_marked_workbook_is_checked_mended_and_marked_again(tmp_path: Path) -> None:
    book = bad_book(tmp_path)
    before = run("check", book, "--speech", "en")
    marked = run("check", book, "--mark", "--speech", "en")
    assert marked.exit_code == FINDINGS
    assert "“To correct”" in marked.stderr
    assert load_workbook(book).sheetnames[0] == "To correct"
    assert run("check", book, "--speech", "en").stdout == before.stdout
    mended = load_workbook(book)
    mended["Companies"]["E2"] = 2
    mended.save(book)
    assert run("check", "--mark", book, "--speech", "en").exit_code == CLEAN
    assert load_workbook(book).sheetnames == ["Companies"]


def test_a_copy_is_marked_where_a_name_is_given_and_nothing_is_replaced(tmp_path: Path) -> None:
    book = bad_book(tmp_path)
    before = book.read_bytes()
    assert run("check", book, "--mark", tmp_path / "copy.xlsx").exit_code == FINDINGS
    assert len(load_workbook(tmp_path / "copy.xlsx").sheetnames) == 2
    marked = (tmp_path / "copy.xlsx").read_bytes()
    for wish in ("copy.xlsx", "copy.xlsm", "copy.txt"):
        assert run("check", book, "--mark", tmp_path / wish).exit_code == MISUSE
    (tmp_path / f"~${book.name}").write_bytes(b"")
    assert run("check", book, "--mark").exit_code == MISUSE
    assert book.read_bytes() == before
    assert (tmp_path / "copy.xlsx").read_bytes() == marked


def test_what_cannot_take_marks_gets_a_list_beside_its_documents(tmp_path: Path) -> None:
    folder = write(tmp_path, faulty())
    result = run("check", folder, "--mark", "--speech", "en")
    assert "Tocorrect.xlsx" in "".join(result.stderr.split())
    told = [cell.value for row in load_workbook(folder / "out/To correct.xlsx").worksheets[0] for cell in row]
    assert {"companies", "[0].women_employees"} <= set(told)


# build


def test_a_build_says_what_it_did_and_where(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    first = run("build", folder, "--format", "docx", "--speech", "en")
    assert first.exit_code == CLEAN
    assert "4 documents made." in first.stdout
    assert "not due yet" in first.stdout
    assert str(folder / "out") in first.stdout.replace("\n", "")
    again = run("build", folder, "--format", "docx", "--speech", "en")
    assert again.exit_code == CLEAN
    assert "4 documents were current already." in again.stdout


def test_a_build_with_errors_names_the_case_and_goes_on(tmp_path: Path) -> None:
    data = project()
    data["companies"][2]["women_employees"] = 3
    result = run("build", write(tmp_path, data), "--format", "docx", "--speech", "en")
    assert result.exit_code == FINDINGS
    assert "3 documents made." in result.stdout
    assert re.search(r"P-08: not made.*companies!\[2\]\.women_employees", result.stdout, re.DOTALL)


def test_an_edited_document_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    run("build", folder, "--format", "docx")
    (folder / "out/accompaniment-plan/P-08/plan-P-08.fr.docx").write_bytes(b"by hand")
    result = run("build", folder, "--format", "docx", "--speech", "en")
    assert result.exit_code == FINDINGS
    assert "plan-P-08.fr.docx" in result.stdout.replace("\n  ", "")
    assert "--force" in result.stdout


def test_a_dry_run_lists_what_would_be_made(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    result = run("build", folder, "--dry-run", "--speech", "en", "--kind", "partnership-charter", "--lang", "fr+nl")
    assert "2 documents would be made:" in result.stdout
    assert "  partnership-charter/P-07/charter-P-07.fr-nl.pdf" in result.stdout.splitlines()
    assert not (folder / "out").exists()


# The language of the program


@pytest.mark.parametrize(
    ("asked", "environment", "of_project", "spoken"),
    [
        ("nl", "fr", "en", "nl"),
        (None, "fr", "en", "fr"),
        (None, "xx", "en", "en"),
        (None, None, "nl", "nl"),
        (None, None, None, "fr"),
    ],
)
def test_the_program_speaks_as_asked_else_as_the_environment_or_the_project_says(
    tmp_path: Path, asked: str | None, environment: str | None, of_project: str | None, spoken: str
) -> None:
    folder = write(tmp_path, project(), **({"lang": of_project} if of_project else {}))
    wishes = ["--speech", asked] if asked else []
    result = run("check", folder, *wishes, **({"PEMDOCS_LANG": environment} if environment else {}))
    assert result.stdout == run("check", folder, "--speech", spoken).stdout


def test_every_language_is_another() -> None:
    assert len({run("check", "/nowhere", "--speech", lang).stderr for lang in LANGUAGES}) == len(LANGUAGES)


# Misuse and bad input


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--speech", "xx"),
        ("build", "--speech", "xx"),
        ("build", "--kind", "poem"),
        ("build", "--case", "P-99"),
        ("build", "--lang", "de"),
        ("build", "--lang", "fr+nl+en"),
        ("build", "--format", "odt"),
        ("check", "--format", "xml"),
        ("check", "--no-such-option"),
    ],
)
def test_a_wrong_wish_is_told_on_stderr_and_exits_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = write(tmp_path, project())
    result = run(words[0], folder, *words[1:])
    assert result.exit_code == MISUSE
    assert result.stderr
    assert result.stdout == ""
    assert not (folder / "out").exists()


def test_a_new_project_in_no_language_or_of_no_programme_is_not_made(tmp_path: Path) -> None:
    for wish in (("--speech", "xx"), ("--programme", "../house")):
        assert run("new", tmp_path / "cohort", *wish).exit_code == MISUSE
        assert not (tmp_path / "cohort").exists()


SETTINGS = [
    "programme = 3",
    "programe = 'x'",
    "programme = 'unheard-of'",
    "workbook = 'absent.xlsx'",
    "languages = ['de']",
    "languages = 'fr'",
    "languages = [1]",
    "languages = ['fr+fr']",
    "lang = 'wo'",
    "lang = ",
    "out = 7",
    "[table]",
    "\x00",
]


@pytest.mark.parametrize("settings_", SETTINGS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_wrong_settings_are_told_and_exit_with_two(tmp_path: Path, settings_: str, command: str) -> None:
    write(tmp_path, project())
    (tmp_path / "pemdocs.toml").write_text(settings_, "utf-8")
    result = run(command, tmp_path)
    assert result.exit_code == MISUSE, result.output
    assert result.stderr.startswith("pemdocs: ")
    assert max(len(line) for line in result.stderr.splitlines()) <= 80


def test_no_languages_are_the_first_of_the_programme(tmp_path: Path) -> None:
    result = run("build", write(tmp_path, project(), languages=[]), "--dry-run", "--format", "docx", "--speech", "en")
    assert "4 documents would be made" in result.stdout


@pytest.mark.parametrize("files", [(), ("a.xlsx", "b.xlsx"), ("~$a.xlsx",), ("readme.txt",)])
def test_a_folder_without_exactly_one_workbook_is_told(tmp_path: Path, files: tuple[str, ...]) -> None:
    for name in files:
        (tmp_path / name).write_bytes(b"")
    result = run("check", tmp_path, "--speech", "en")
    assert result.exit_code == MISUSE
    assert "workbook" in result.stderr


def test_what_no_file_or_number_can_be_is_told_and_exits_with_two(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", project())
    (tmp_path / "word").write_bytes("geh\xe9im".encode("latin-1"))
    for words in (("check", "x" * 300), ("new", tmp_path / ("x" * 300)), ("build", folder, "--out", "y" * 300),
                  ("build", folder, "--pack-size", "nan"), ("build", folder, "--pack-size", "inf"),
                  ("build", folder, "--password-file", tmp_path / "word")):  # fmt: skip
        result = run(*words)
        assert result.exit_code == MISUSE, words
        assert result.stderr.strip(), words


def test_what_is_not_there_is_told() -> None:
    result = run("check", "/nowhere/at-all.xlsx", "--speech", "en")
    assert result.exit_code == MISUSE
    assert "at-all.xlsx" in result.stderr
    assert "/nowhere/" not in result.stderr


NAMES = ("a.xlsx", "a.json", "a.xls", "a.ods", "a.xlsb", "a.csv", "a.docx", "a", "é .XLSX")
STARTS = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"{", b'{"companies": ',
          b"\xef\xbb\xbf{}", b"[", b"<?xml version='1.0'?>", b"id;name\n1;2")  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=40))
def test_no_file_whatever_gives_a_traceback(tmp_path: Path, name: str, start: bytes, rest: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(start + rest)
    for command in (("check", path), ("build", path, "--dry-run", "--format", "docx")):
        result = run(*command, "--speech", "fr")
        assert result.exit_code in (FINDINGS, MISUSE)
        assert "Traceback" not in result.output
        assert (result.stdout if result.exit_code == FINDINGS else result.stderr).strip()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ("companies", "people", "partnerships", "id", "name", "fr", "country", "x", "home_company", "stage")
    ), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_values)
def test_no_json_whatever_gives_a_traceback(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "cohort.json"
    path.write_text(json.dumps(value), "utf-8")
    assert run("check", path).exit_code in (CLEAN, FINDINGS, MISUSE)
    assert run("check", path, "--format", "json").exit_code in (CLEAN, FINDINGS, MISUSE)
    assert run("build", path, "--dry-run", "--format", "docx").exit_code in (CLEAN, FINDINGS, MISUSE)


def test_a_very_deep_json_gives_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000, "utf-8")
    assert run("check", tmp_path / "deep.json").exit_code == MISUSE


def test_what_people_write_changes_no_report(tmp_path: Path) -> None:
    data = faulty()
    data["companies"][0]["country"] = "{0} {field} [red]x[/red] \x1b[31m"
    data["companies"][1]["activity"] = said("{", "}", "%s")
    for form in ("text", "json"):
        told = run("check", write(tmp_path, data), "--format", form).stdout
        assert "\x1b" not in told


def test_the_module_runs_as_the_command_does(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    done = subprocess.run(
        [sys.executable, "-m", "pemdocs", "check", str(folder), "--speech", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (CLEAN, "Nothing to mend.", "")


@pytest.mark.parametrize(("encoding", "form"), [("cp1252", "text"), ("cp850", "json")])
def test_a_report_goes_into_a_file_of_any_encoding(encoding: str, form: str) -> None:
    command = [sys.executable, "-m", "pemdocs", "check", "examples/faults/merged-cells-in-the-data", "--format", form]
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PEMDOCS_LANG": "fr"}
    done = subprocess.run(command, cwd=resources.folder("examples").parent, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    told = done.stdout.decode(encoding)
    assert json.loads(told)["findings"] if form == "json" else "Personnes" in told or "Entreprises" in told
