"""The example cohort's documents as their readers get them: sound Word files, accessible PDFs, pages that add up."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from reading_pdf import unheard

import pemdocs
from pemdocs import resources

EXAMPLES = resources.folder("examples")
EXAMPLE = EXAMPLES / "pem-wecco"
PAIRS = {"P-01": ["fr", "fr+nl"], "P-05": ["nl"], "P-12": ["en"]}
KINDS = ["accompaniment-plan", "partnership-charter"]
STAYS = {"S-08": "fr", "S-06": "fr+nl"}
PUBLICATIONS = {
    ("pem-wecco", "final-report", "REP-1"): "fr",
    ("pem-wecco", "learning-note", "N-1"): "fr+nl",
    ("palim", "final-report", "REP-1"): "en",
    ("palim", "learning-note", "N-1"): "en",
}
SLACK = 2
"""Pages that Word's layout of a long document may differ from that of the PDF."""


LETTERHEAD = {"visa-invitation": {"TAG-002"}, "visa-mission": {"TAG-002"}}
"""A letterhead is printed paper and no text to be read aloud: the letter itself names the company and its contact."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A returned pair in one language and in two, one in mobility, one before; two dossiers; reports, notes."""
    folder = tmp_path_factory.mktemp("out")
    made = [pemdocs.build(EXAMPLE, cases=[each], kinds=KINDS, languages=PAIRS[each], out=folder) for each in PAIRS]
    made.append(pemdocs.build(EXAMPLE, cases=list(STAYS), kinds=["visa-pack"], out=folder))
    for (project, kind, case), languages in PUBLICATIONS.items():
        made.append(pemdocs.build(EXAMPLES / project, cases=[case], kinds=[kind], languages=[languages], out=folder))
    assert {outcome.state for built in made for outcome in built.outcomes} == {"made"}
    return folder


@pytest.fixture(scope="module")
def manifest(out: Path) -> list[dict]:
    return json.loads((out / "manifest.json").read_text("utf-8"))["documents"]


def test_every_case_has_its_plan_and_each_pair_its_charter(manifest: list[dict]) -> None:
    made = {(each["kind"], each["case"]) for each in manifest if each["case"] in PAIRS}
    paired = {("partnership-charter", case) for case in ("P-01", "P-05")}
    assert made == {("accompaniment-plan", case) for case in PAIRS} | paired


@pytest.mark.parametrize("stay", STAYS)
def test_a_dossier_is_one_pack_in_its_own_languages(stay: str, out: Path, manifest: list[dict]) -> None:
    own = {each["path"]: each for each in manifest if each["case"] == stay}
    pack, file = own.pop(f"visa-pack/{stay}/pack.pdf"), own.pop(f"visa-pack/{stay}/file.pdf")
    assert pack["kind"] not in {each["kind"] for each in own.values()}
    assert pack["languages"] == STAYS[stay].split("+")
    charters = [each for each in manifest if each["case"] == stay.replace("S-", "P-")]
    papers = [each for each in (*own.values(), *charters) if each["format"] == "pdf"]
    assert pack["pages"] + file["pages"] == sum(each["pages"] for each in papers)  # each paper is in one of them


def test_no_word_file_has_an_error(out: Path, manifest: list[dict]) -> None:
    for each in manifest:
        if each["format"] == "docx":
            result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(out / each["path"])
            assert [str(error) for error in result.errors] == [], each["path"]


def test_no_pdf_has_an_error(out: Path, manifest: list[dict]) -> None:
    """A pack is bound of scans too, which no program can tell aloud; its papers lie beside it."""
    for each in manifest:
        if each["format"] == "pdf" and each["kind"] != "visa-pack":
            assert unheard(out / each["path"]) == [], each["path"]


def test_every_pdf_claims_archiving_and_accessibility_and_counts_its_pages(out: Path, manifest: list[dict]) -> None:
    for each in manifest:
        if each["format"] == "pdf":
            with pikepdf.open(out / each["path"]) as pdf:
                claims = bytes(pdf.Root.Metadata.read_bytes())
                assert len(pdf.pages) == each["pages"]
                assert str(pdf.Root.Lang).startswith(each["languages"][0])
            assert b"pdfaid:part" in claims
            assert b"pdfuaid:part" in claims or each["kind"] == "visa-pack"


def test_a_charter_takes_one_page(manifest: list[dict]) -> None:
    assert {each["pages"] for each in manifest if each["kind"] == "partnership-charter" and "pages" in each} == {1}


def test_a_note_takes_two_to_eight_pages(manifest: list[dict]) -> None:
    counted = [each["pages"] for each in manifest if each["kind"] == "learning-note" and "pages" in each]
    assert len(counted) == 2
    assert all(2 <= pages <= 8 for pages in counted)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_every_word_file_on_as_many_pages(out: Path, manifest: list[dict], tmp_path: Path) -> None:
    files = [str(out / each["path"]) for each in manifest if each["format"] == "docx"]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for each in manifest:
        converted = tmp_path / Path(each["path"]).name
        if each["format"] == "pdf" and each["path"].replace(".pdf", ".docx") in {other["path"] for other in manifest}:
            with pikepdf.open(converted) as pdf:
                pages = len(pdf.pages)
            charter = each["kind"] == "partnership-charter"
            assert pages == 1 if charter else abs(pages - each["pages"]) <= SLACK, (each["path"], pages, each["pages"])
