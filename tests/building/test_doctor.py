"""The doctor says what a computer has and lacks, on every system; what is lacking stops no more than it must."""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from each import for_each
from lxml import etree
from projects import checked, project, write
from reading_docx import read_docx_text

import pemdocs
from pemdocs import resources
from pemdocs.building.doctor import LACKS, OPTIONAL, WELL
from pemdocs.cli import main
from pemdocs.knowledge import systems
from pemdocs.project import languages, typefaces
from pemdocs.words import speech
from pemdocs.writing import engine


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer on which WeasyPrint finds none of its libraries, and says so as it does."""

    load = importlib.import_module

    def fail(name: str, *rest: str) -> object:
        if not name.startswith("weasyprint"):
            return load(name, *rest)
        sys.stdout.write("WeasyPrint could not import some external libraries.")
        raise OSError(f"cannot load library: {name}")

    for each in (engine.weasyprint, engine.fonts):
        each.cache_clear()
    monkeypatch.setattr(importlib, "import_module", fail)
    yield
    engine.weasyprint.cache_clear()


def on(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the computer be of this system."""
    names = {systems.WINDOWS: "Windows", systems.MACOS: "Darwin"}
    monkeypatch.setattr(platform, "system", lambda: names.get(system, "Linux"))
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "mint", "ID_LIKE": f"other {system}"})


def test_this_computer_has_all_that_documents_need() -> None:
    found = {each.name: each.state for each in pemdocs.doctor(resources.folder("examples") / "palim")}
    assert LACKS not in found.values()
    assert list(found)[:4] == ["python", "pango", "typefaces", "libreoffice"]
    assert found["rights"] == WELL


def test_the_report_for_programs_has_its_shape() -> None:
    result = CliRunner().invoke(main, ["doctor", "--format", "json", "--speech", "nl"])
    told = json.loads(result.stdout)
    jsonschema.validate(told, json.loads((resources.folder("schemas") / "reports/doctor.json").read_text("utf-8")))
    assert result.exit_code == 0


@for_each(languages.available())
def test_every_organ_has_its_sentence_in_every_state(lang: str) -> None:
    words = speech.catalogue(lang)["words"]
    said = {key for key in words if key.startswith("doctor.")}
    needed = {
        f"doctor.{name}.{state}" for name in ("sign", "web", "cluster", "libreoffice") for state in (WELL, OPTIONAL)
    }
    needed |= {f"doctor.{name}.{state}" for name in ("pango", "typefaces", "rights") for state in (WELL, LACKS)}
    assert needed <= said
    assert {f"install_{what}.{system}" for what in ("pango", "office") for system in systems.SYSTEMS} <= set(words)


@pytest.mark.usefixtures("without_pango")
@pytest.mark.parametrize(("system", "remedy"), [
    ("debian", "apt-get"), ("fedora", "dnf"), ("linux", "“pango”"), ("macos", "brew"), ("windows", "MSYS2"),
])  # fmt: skip
def test_a_missing_library_is_told_with_the_remedy_of_this_system(
    system: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(system, monkeypatch)
    result = CliRunner(env={"PEMDOCS_LANG": "en"}).invoke(main, ["doctor"])
    told = " ".join(result.stdout.split())
    assert result.exit_code == 1
    assert "Pango is missing" in told
    assert remedy in told
    assert "WeasyPrint could not" not in told
    others = {"apt-get", "dnf", "brew", "MSYS2"} - {remedy}
    assert not [each for each in others if f"{each} " in told.split("LibreOffice")[0]]


@pytest.mark.usefixtures("without_pango")
def test_without_the_library_word_files_are_made_and_pdfs_are_not() -> None:
    """Also those with a list of contents, and those that keep to a page: the layout of the PDF only helps them."""
    case = checked(project()).case("P-07")
    for kind in ("accompaniment-plan", "partnership-charter"):
        assert "Bakkerij De Linde" in read_docx_text(pemdocs.render(kind, case, "fr", "docx"))
        with pytest.raises(pemdocs.PemdocsError) as refused:
            pemdocs.render(kind, case, "fr", "pdf")
        assert refused.value.code == "pdf-engine-missing"


@for_each(languages.available())
def test_what_is_to_be_typed_is_said_as_it_is_typed(lang: str) -> None:
    assert 'pip install "pemdocs[web]"' in speech.word("doctor.web.optional", lang)
    assert 'pip install "pemdocs[cluster]"' in speech.fault(pemdocs.PemdocsError("cluster-missing"), lang)
    assert 'pip install "pemdocs[sign]"' in speech.fault(pemdocs.PemdocsError("sign-extra-missing"), lang)


def test_a_typeface_that_is_not_there_is_told_by_lint_build_and_doctor(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", project())
    theme = folder / "templates/partnership-charter/theme.toml"
    theme.parent.mkdir(parents=True)
    theme.write_text('[font]\ndisplay = { word = "Arial", pdf = "Ariallo" }\n', "utf-8")
    house = folder / "templates/house/theme.toml"
    house.parent.mkdir()
    house.write_text('\n[font]\nbody = { word = "Calibri", pdf = "Carlita" }\n', "utf-8")
    found = [each for each in pemdocs.lint(folder).findings if each.code == "typeface-missing"]
    assert {(each.file, each.line, each.facts["found"]) for each in found} == {
        ("templates/partnership-charter/theme.toml", 2, "Ariallo"), ("templates/house/theme.toml", 3, "Carlita"),
    }  # fmt: skip
    built = CliRunner(env={"PEMDOCS_LANG": "en"}).invoke(
        main, ["build", str(folder), "--case", "P-07", "--kind", "partnership-charter", "--format", "pdf"]
    )
    assert "No typeface “Carlita” is on this computer" in " ".join(built.stdout.split())
    assert [each.state for each in pemdocs.doctor(folder) if each.name == "typefaces"] == [LACKS]


def test_a_folder_that_nothing_can_be_written_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "p", project())

    def refuse(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert [each.state for each in pemdocs.doctor(folder) if each.name == "rights"] == [LACKS]


def test_a_project_that_cannot_be_opened_is_told_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    found = {each.name: each for each in pemdocs.doctor(tmp_path / "nowhere")}
    assert found["project"].state == LACKS
    assert found["pango"].state == WELL


@for_each(sorted(path.name for path in typefaces.FOLDER.glob("*.conf")))
def test_each_list_of_typefaces_begins_with_those_that_travel_along(name: str) -> None:
    folders = etree.parse(typefaces.FOLDER / name).getroot().findall("dir")
    assert (folders[0].get("prefix"), folders[0].text) == ("relative", ".")


def test_documents_are_set_in_the_typefaces_that_travel_along() -> None:
    """Also where the computer has others of the same names."""
    code = (
        "from pemdocs.writing import engine; p = engine.weasyprint().HTML(string='<p style=\"font-family:Carlito\">x')"
        ".render(font_config=engine.fonts()); p.write_pdf(); print(*(f.family for f in p.fonts.values()));"
        "import os; print(os.environ['FONTCONFIG_FILE'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != typefaces.VARIABLE}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["Carlito", str(typefaces.chosen())]


@pytest.mark.parametrize(("name", "lang"), [
    ("nl_BE", "nl"), ("Dutch_Belgium.1252", "nl"), ("French_France", "fr"), ("fr-BE", "fr"), ("German_Austria", ""),
    ("de_AT", ""), ("C", ""), ("", ""),
])  # fmt: skip
def test_a_locale_is_known_by_its_code_and_by_the_name_that_windows_gives_it(name: str, lang: str) -> None:
    assert languages.of_locale(name) == lang
