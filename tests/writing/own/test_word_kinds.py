"""Kinds that are laid out by Word files are built, kept current, protected and accounted for as all others."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pikepdf import Pdf
from projects import project, write
from pypdf import PdfReader
from word_templates import template, words

import pemdocs
from pemdocs.building import CURRENT, EDITED, FAILED, MADE
from pemdocs.cli import main
from pemdocs.model import PemdocsError
from pemdocs.writing.own import converting

KIND = 'title = {fr = "Attestation", nl = "Attest"}\ntable = "people"\n'
LINES = ("{{ person.full_name }}", "{{ person.company.name | sinon('') }}", "{{ say('done') }}")


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PEMDOCS_SOFFICE", "")
    converting._soffice.cache_clear()
    yield
    converting._soffice.cache_clear()


def attestation(folder: Path, **files: bytes) -> Path:
    """The project of the tests with a kind of its own, made of these Word files."""
    target = write(folder, project())
    place = folder / "templates" / "attestation"
    (place / "wording").mkdir(parents=True)
    (place / "kind.toml").write_text(KIND, "utf-8")
    for lang, said in (("fr", "a participé"), ("nl", "heeft deelgenomen")):
        (place / "wording" / f"{lang}.toml").write_text(f'done = "{said}"\n', "utf-8")
    for name, content in files.items():
        (place / f"{name.replace('__', '.')}.docx").write_bytes(content)
    return target


def states(built: pemdocs.Built) -> dict[str, str]:
    return {outcome.path: outcome.state for outcome in built.outcomes}


def test_a_folder_with_a_word_file_is_a_kind_like_any_other(tmp_path: Path) -> None:
    target = attestation(tmp_path, page=template(*LINES))
    wish = {"kinds": "attestation", "cases": "SN-014-A", "languages": ["fr", "fr+nl"]}
    built = pemdocs.build(target, **wish)
    assert set(states(built).values()) == {MADE}
    made = built.out / "attestation/SN-014-A/attestation-SN-014-A.fr-nl.docx"
    assert words(made.read_bytes()).split("\n")[-2:] == ["a participé", "heeft deelgenomen"]
    assert set(states(pemdocs.build(target, **wish)).values()) == {CURRENT}

    made.write_bytes(made.read_bytes() + b"x")
    (tmp_path / "templates/attestation/page.docx").write_bytes(template("New: {{ person.id }}"))
    again = states(pemdocs.build(target, **wish))
    assert again.pop("attestation/SN-014-A/attestation-SN-014-A.fr-nl.docx") == EDITED
    assert set(again.values()) == {MADE}


def test_a_pdf_has_title_and_language_and_is_accounted_for_as_not_accessible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = attestation(tmp_path, page=template(*LINES))
    (tmp_path / "elsewhere/below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    built = pemdocs.build(target, kinds="attestation", cases="SN-014-A", languages="nl")
    path = "attestation/SN-014-A/attestation-SN-014-A.nl.pdf"
    text = PdfReader(built.out / path).pages[0].extract_text()
    assert "heeft deelgenomen" in text
    with Pdf.open(built.out / path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Attest SN-014-A"
        assert str(pdf.Root.Lang) == "nl-BE"
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
        assert "Caladea" in str([each.BaseFont for each in pdf.pages[0].Resources.Font.values()])
    assert [each.name for each in (tmp_path / "elsewhere").rglob("*")] == ["below"]
    entries = {each["path"]: each for each in json.loads((built.out / "manifest.json").read_text("utf-8"))["documents"]}
    assert (entries[path]["maker"], entries[path]["accessible"]) == ("dxpdf", False)
    assert "maker" not in entries[path.replace(".pdf", ".docx")]
    first = (built.out / path).read_bytes()
    pemdocs.build(target, kinds="attestation", cases="SN-014-A", languages="nl", force=True)
    assert (built.out / path).read_bytes() == first


@pytest.mark.skipif(not os.access("/usr/bin/soffice", os.X_OK), reason="LibreOffice is not installed")
def test_libreoffice_makes_the_pdf_where_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEMDOCS_SOFFICE")
    converting._soffice.cache_clear()
    target = attestation(tmp_path, page=template(*LINES))
    built = pemdocs.build(target, kinds="attestation", cases="SN-014-A", languages="fr", formats="pdf")
    (entry,) = json.loads((built.out / "manifest.json").read_text("utf-8"))["documents"]
    assert (entry["maker"], entry["accessible"], entry["pages"]) == ("LibreOffice", False, 1)
    assert "a participé" in PdfReader(built.out / entry["path"]).pages[0].extract_text()


def test_each_language_may_have_its_own_file(tmp_path: Path) -> None:
    target = attestation(tmp_path, page__fr=template("Français {{ case.id }}"), page__nl=template("Nederlands"))
    built = pemdocs.build(target, kinds="attestation", cases="TEAM-01", languages=["fr", "nl", "fr+nl"], formats="docx")
    found = {each.path.split(".")[-2]: each for each in built.outcomes}
    assert (found["fr"].state, found["nl"].state, found["fr-nl"].state) == (MADE, MADE, FAILED)
    assert words((built.out / found["nl"].path).read_bytes()) == "Nederlands"
    assert found["fr-nl"].fault is not None
    assert found["fr-nl"].fault.code == "own-no-language"


def test_a_fault_in_a_template_stops_its_documents_alone(tmp_path: Path) -> None:
    target = attestation(tmp_path, page=b"no Word file")
    built = pemdocs.build(target, kinds=["attestation", "partnership-charter"], formats="docx", languages="fr")
    assert {each.fault.code for each in built.outcomes if each.fault} == {"own-not-word"}
    assert MADE in states(built).values()
    assert not built.clean


def test_a_single_word_file_is_enough_and_what_is_guessed_is_told(tmp_path: Path) -> None:
    target = write(tmp_path, project())
    path = tmp_path / "Attestation d’été.docx"
    path.write_bytes(template("{{ person.full_name }} {{ case.role }}"))
    result = CliRunner().invoke(main, ["build", str(target), "--template", str(path), "--format", "docx"])
    assert result.exit_code == 0, result.output
    assert "« Personnes »" in " ".join(result.output.split())
    built = pemdocs.build(target, template=path, table="Personnes", cases="TEAM-01", formats="docx")
    assert states(built) == {"attestation-d-ete/TEAM-01/attestation-d-ete-TEAM-01.fr.docx": CURRENT}
    with pytest.raises(PemdocsError, match="people"):
        pemdocs.build(target, template=path, table="peopel")
    with pytest.raises(PemdocsError):
        pemdocs.build(target, template=tmp_path / "nowhere.docx")


def test_words_of_a_word_template_are_explained_by_their_cells(tmp_path: Path) -> None:
    target = attestation(tmp_path, page=template("Certificate for {{ person.full_name }}", *LINES[1:]))
    built = pemdocs.build(target, kinds="attestation", cases="SN-014-A", languages="fr", formats="docx")
    made = built.out / "attestation/SN-014-A/attestation-SN-014-A.fr.docx"

    def origin(words: str) -> tuple[list[str], str]:
        [found] = pemdocs.explain(str(made), words, target=target).traced
        return [f"{each.table}.{each.field}" for each in found.cells], found.source

    assert origin("Aïssatou Marie") == (["people.given_names"], "")
    assert origin("Céréales du Cap") == (["companies.name"], "")
    assert origin("Certificate for") == ([], "attestation/page.docx")
    assert origin("a participé") == ([], "attestation/wording/fr.toml: done")
