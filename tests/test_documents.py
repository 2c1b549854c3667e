"""The example cohort's documents as their readers get them: sound Word files, accessible PDFs, pages that add up."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import outloud
import pikepdf
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

import pemdocs
from pemdocs import resources

EXAMPLE = resources.folder("examples") / "pem-wecco"
CASES = ["P-01", "P-05", "P-12"]
VERSIONS = ["fr", "en", "nl", "fr+nl"]
SLACK = 2
"""Pages that Word's layout of a long document may differ from that of the PDF."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A returned pair, one in mobility and one before matching, in every language and two side by side."""
    folder = tmp_path_factory.mktemp("out")
    built = pemdocs.build(EXAMPLE, cases=CASES, languages=VERSIONS, out=folder)
    assert {outcome.state for outcome in built.outcomes} == {"made"}
    return folder


@pytest.fixture(scope="module")
def manifest(out: Path) -> list[dict]:
    return json.loads((out / "manifest.json").read_text("utf-8"))["documents"]


def test_every_case_has_its_plan_and_each_pair_its_charter(manifest: list[dict]) -> None:
    made = {(each["kind"], each["case"]) for each in manifest}
    assert made == {("accompaniment-plan", case) for case in CASES} | {("partnership-charter", c) for c in CASES[:2]}


def test_no_word_file_has_an_error(out: Path, manifest: list[dict]) -> None:
    for each in manifest:
        if each["format"] == "docx":
            result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(out / each["path"])
            assert [str(error) for error in result.errors] == [], each["path"]


def test_no_pdf_has_an_error(out: Path, manifest: list[dict]) -> None:
    for each in manifest:
        if each["format"] == "pdf":
            found = outloud.check(str(out / each["path"]))
            assert found.error is None
            assert [finding.rule for finding in found.sorted_findings() if finding.severity == "error"] == [], each[
                "path"
            ]


def test_every_pdf_claims_archiving_and_accessibility_and_counts_its_pages(out: Path, manifest: list[dict]) -> None:
    for each in manifest:
        if each["format"] == "pdf":
            with pikepdf.open(out / each["path"]) as pdf:
                claims = bytes(pdf.Root.Metadata.read_bytes())
                assert len(pdf.pages) == each["pages"]
                assert str(pdf.Root.Lang).startswith(each["languages"][0])
            assert b"pdfaid:part" in claims
            assert b"pdfuaid:part" in claims


def test_a_charter_takes_two_pages_at_most(manifest: list[dict]) -> None:
    assert max(each["pages"] for each in manifest if each["kind"] == "partnership-charter" and "pages" in each) <= 2


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_every_word_file_on_as_many_pages(out: Path, manifest: list[dict], tmp_path: Path) -> None:
    files = [str(out / each["path"]) for each in manifest if each["format"] == "docx"]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for each in manifest:
        if each["format"] == "pdf":
            with pikepdf.open(tmp_path / Path(each["path"]).name) as converted:
                pages = len(converted.pages)
            charter = each["kind"] == "partnership-charter"
            assert pages <= 2 if charter else abs(pages - each["pages"]) <= SLACK, (each["path"], pages, each["pages"])
