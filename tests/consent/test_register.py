"""What is out is known by its version: when a consent falls, it is said what must be recalled, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pypdfium2
import pytest
from click.testing import CliRunner
from projects import Data, publication, said, write

import pemdocs
from pemdocs import resources
from pemdocs.checking.selecting import select
from pemdocs.cli.entry import main
from pemdocs.model import Finding, Severity
from pemdocs.project import published
from pemdocs.project.manifest import Manifest

ROW = {"id": "PUB-1", "note": "N-1", "media": ["web"], "place": "Site, page Notes", "date": "2026-11-20",
       "address": "https://www.example.org/n-1.pdf"}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A project whose note was built in Word and PDF; the folder and the code of the version."""
    folder = write(tmp_path_factory.mktemp("register"), publication())
    pemdocs.build(folder, kinds="learning-note", cases="N-1", languages="fr", jobs=1)
    (code,) = published.read(folder)
    return folder, code


def recall(folder: Path, row: dict[str, Any], **changes: object) -> list[Finding]:
    """What ``check`` says of a row of the register once the first consent is changed."""
    data = changed(**changes)
    data["publications"] = [row]
    return [each for each in pemdocs.check(write(folder, data)).findings if each.table == "publications"]


def changed(**changes: object) -> Data:
    data = publication()
    data["consents"][0] |= changes
    return data


def test_the_imprint_says_the_version_that_the_account_knows(built: tuple[Path, str]) -> None:
    folder, code = built
    entries = Manifest.read(folder / "out").entries
    assert {each.version for each in entries.values()} == {code}
    for path in entries:
        content = (folder / "out" / path).read_bytes()
        if path.endswith(".pdf"):
            with pypdfium2.PdfDocument(content) as pdf:
                assert code in "".join(each.get_textpage().get_text_bounded() for each in pdf)
        else:
            with ZipFile(folder / "out" / path) as parts:
                assert code in parts.read("word/document.xml").decode()


def test_what_a_version_shows_by_consent_is_kept_without_names(built: tuple[Path, str]) -> None:
    folder, code = built
    kept = published.read(folder)[code]
    assert {(use.what, use.consents) for use in kept.uses} >= {("quote", ("CS-1",)), ("name", ("CS-1",))}
    told = (folder / published.FOLDER / published.FILE).read_text("utf-8")
    assert not [each for each in publication()["people"] if each["family_name"] in told]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"withdrawn": "2026-11-25"}, "publication-against-consent"),
        ({"until": "2020-12-31"}, "publication-after-consent"),
        ({"covers": ["quote"]}, "publication-beyond-consent"),
        ({"languages": ["nl"]}, "publication-beyond-consent"),
        ({"only": ["Q-9"]}, "publication-beyond-consent"),
    ],
)
def test_a_consent_that_falls_recalls_what_is_out(
    built: tuple[Path, str], changes: dict[str, object], code: str
) -> None:
    folder, version = built
    (found,) = recall(folder, {**ROW, "version": version.lower()}, **changes)
    assert (found.code, found.severity) == (code, Severity.ERROR)
    assert (found.facts["consent"], found.facts["case"]) == ("CS-1", "N-1")
    assert "Site, page Notes" in str(found.facts["where"])
    assert "www.example.org" in str(found.facts["where"])
    assert recall(folder, {**ROW, "version": version, "recalled": "2026-11-26"}, **changes) == []


def test_nothing_is_recalled_while_the_consents_stand_or_another_covers_the_same(built: tuple[Path, str]) -> None:
    folder, version = built
    row = {**ROW, "version": version}
    assert recall(folder, row) == []
    data = changed(withdrawn="2026-11-25")
    data["consents"].append({**publication()["consents"][0], "id": "CS-90"})
    data["publications"] = [row]
    assert not [each for each in pemdocs.check(write(folder, data)).findings if each.table == "publications"]


def test_the_medium_of_the_register_counts_and_not_that_of_the_note(built: tuple[Path, str]) -> None:
    folder, version = built
    found = recall(folder, {**ROW, "version": version, "media": ["web", "social"]})
    assert {each.code for each in found} == {"publication-beyond-consent"}


def test_it_is_recalled_too_once_the_text_was_changed_and_made_anew(built: tuple[Path, str]) -> None:
    folder, version = built
    data = changed(withdrawn="2026-11-25")
    data["notes"][0]["quotes"] = None
    data["notes"][0]["subtitle"] = said("Une autre version")
    data["publications"] = [{**ROW, "version": version}]
    pemdocs.build(write(folder, data), kinds="learning-note", cases="N-1", languages="fr", formats="docx", jobs=1)
    assert len(published.read(folder)) == 2
    report = pemdocs.check(folder)
    assert "publication-against-consent" in {each.code for each in select(report, cases=["N-1"])[0].findings}
    told = CliRunner().invoke(main, ["published", str(folder), "--speech", "en"])
    assert told.exit_code == 1
    assert told.output.splitlines()[0] == "To recall"
    assert "CS-1" in told.output
    told = CliRunner().invoke(main, ["published", str(folder), "--speech", "en", "--format", "json"])
    plain = json.loads(told.output)
    jsonschema.validate(plain, json.loads((resources.folder("schemas") / "reports/published.json").read_text("utf-8")))
    (row,) = plain["publications"]
    assert (told.exit_code, row["state"], row["case"], row["version"]) == (1, "recall", "N-1", version)
    assert {each["code"] for each in row["findings"]} == {"publication-against-consent"}
    assert [each["entered"] for each in plain["versions"]] == [True, False]


def test_a_consent_is_known_by_who_gave_it_and_not_by_its_id(built: tuple[Path, str]) -> None:
    folder, version = built
    row = {**ROW, "version": version}
    (found,) = recall(folder, row, person="BE-003-A")  # the id was given to another one
    assert (found.code, found.facts["consent"]) == ("publication-without-consent", "CS-1")
    data = changed(id="CS-01")
    data["publications"] = [row]
    for each in (*data["quotes"], *data["interviews"]):
        each.update({"consent": "CS-01"} if each.get("consent") == "CS-1" else {})
    assert not [each for each in pemdocs.check(write(folder, data)).findings if each.table == "publications"]


def test_without_a_version_each_consent_that_was_withdrawn_since_is_told(built: tuple[Path, str]) -> None:
    folder, _ = built
    data = changed(withdrawn="2026-11-25")
    data["notes"][0]["quotes"] = None
    data["notes"][0]["photographs"] = None

    def codes(row: dict[str, Any]) -> set[str]:
        data["publications"] = [row]
        return {each.code for each in pemdocs.check(write(folder, data)).findings if each.table == "publications"}

    assert codes(ROW) == {"publication-perhaps-against-consent"}
    assert codes({**ROW, "date": "2026-11-26"}) == set()
    assert codes({**ROW, "media": ["social"]}) == set()


def test_a_name_in_the_place_of_publication_is_not_told(built: tuple[Path, str]) -> None:
    folder, version = built
    person = publication()["people"][0]
    place = f"Portrait de {person['given_names']} {person['family_name']}"
    (found,) = recall(folder, {**ROW, "version": version, "place": place}, withdrawn="2026-11-25")
    assert person["family_name"] not in f"{found.facts}{found}"


def test_without_a_known_version_it_is_told_what_the_document_may_show(built: tuple[Path, str]) -> None:
    folder, _ = built
    found = {each.code for each in recall(folder, {**ROW, "version": "0000-0000"}, withdrawn="2026-11-25")}
    assert found == {"publication-version-unknown", "publication-perhaps-against-consent"}
    assert [each.code for each in recall(folder, {"id": "PUB-2"})] == ["publication-of-nothing"]


def test_a_document_in_the_folder_is_marked_when_its_consent_covers_less(built: tuple[Path, str]) -> None:
    folder, _ = built
    pemdocs.build(write(folder, publication()), kinds="learning-note", cases="N-1", languages="fr", formats="docx",
                  jobs=1)  # fmt: skip
    found = pemdocs.check(write(folder, changed(covers=["quote"]))).findings
    beyond = [each.facts["path"] for each in found if each.code == "document-beyond-consent"]
    assert beyond
