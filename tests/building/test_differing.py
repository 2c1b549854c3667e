"""Two versions of a plan: what is otherwise is tracked in Word and told by field and cell; no secret is kept."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from projects import Data, journey, said, write

import pemdocs
from pemdocs.model import PemdocsError
from pemdocs.page.view import View
from pemdocs.project import kinds
from pemdocs.writing import make

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAN = "accompaniment-plan"


def later() -> Data:
    """The same project a version further on: words changed, rows added and taken away."""
    data = journey()
    data["activities"][1]["title"] = said("Essayer les trois recettes")
    data["activities"][2]["status"] = "done"
    data["needs"][0]["description"] = said("Une étiquette sans mentions")
    del data["coordination"][0]
    data["measurements"].append(
        {"objective": "O-07-1", "date": "2026-11-15", "value": 5, "comment": said("Cinq magasins"),
         "evidence": said("Contrats")}
    )  # fmt: skip
    data["versions"].append(
        {"partnership": "P-07", "version": "1.2", "date": "2026-12-01", "author": "TEAM-01",
         "change": said("Cinq magasins"), "status": "submitted"}
    )  # fmt: skip
    return data


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pemdocs.Difference]:
    file = write(tmp_path_factory.mktemp("versions") / "workbook.json", journey())
    wish = {"kinds": PLAN, "cases": "P-07", "formats": "docx", "languages": "fr", "jobs": 1}
    pemdocs.build(file, **wish)  # type: ignore[arg-type]
    write(file, later())
    return file, pemdocs.diff(file, case="P-07", since="1.1", language="fr")


def body(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found = etree.fromstring(package.read("word/document.xml")).find(W + "body")
    assert found is not None
    return found


def settled(content: bytes, refused: str) -> list[str]:
    """The lines that are left once all changes of one sort are taken out and those of the other stay."""
    root = body(content)
    for row in list(root.iter(W + "tr")):
        if row.find(f"{W}trPr/{W}{refused}") is not None:
            row.getparent().remove(row)  # type: ignore[union-attr]
    for change in list(root.iter(W + refused)):
        parent = change.getparent()
        if parent is not None and parent.tag not in (W + "rPr", W + "trPr"):
            parent.remove(change)
    return lines(root)


def lines(root: etree._Element) -> list[str]:
    wanted = (W + "t", W + "delText", W + "br")
    told = ("".join("\n" if each.tag == W + "br" else each.text or "" for each in p.iter(*wanted))
            for p in root.iter(W + "p"))  # fmt: skip
    return [each for each in told if each.strip()]


def plan_of(data: Data, folder: Path) -> list[str]:
    """The plan of the data as a Word file without contents and without what is restricted."""
    for person in data["people"]:
        person.pop("birth_date", None)
    data.pop("stays")
    report = pemdocs.check(write(folder / "plain.json", data))
    case = report.dataset.find("partnerships", "P-07")
    assert case is not None
    page = make.laid_out(View(kinds.load(PLAN), case, ("fr",)))
    for nav in list(page.tree.iter("nav")):  # type: ignore[union-attr]
        nav.getparent().remove(nav)  # type: ignore[union-attr]
    made = make.make_all([make.job(kinds.load(PLAN), "P-07", page, "docx")])[0]  # type: ignore[arg-type,list-item]
    assert not isinstance(made, PemdocsError)
    return lines(body(made.content))


def test_accepting_gives_the_new_words_and_refusing_the_old(
    compared: tuple[Path, pemdocs.Difference], tmp_path: Path
) -> None:
    content = compared[1].path.read_bytes()
    assert settled(content, "del") == plan_of(later(), tmp_path)
    assert settled(content, "ins") == plan_of(journey(), tmp_path)
    assert [str(error) for error in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(compared[1].path).errors] == []


def test_changes_are_of_the_author_and_the_day_of_the_newer_version(compared: tuple[Path, pemdocs.Difference]) -> None:
    changes = [each for sort in ("ins", "del") for each in body(compared[1].path.read_bytes()).iter(W + sort)]
    assert {(each.get(W + "author"), each.get(W + "date")) for each in changes} == {
        ("Noor Janssens", "2026-12-01T00:00:00Z")
    }
    numbers = [each.get(W + "id") for each in changes]
    assert len(set(numbers)) == len(numbers)


def test_what_has_changed_is_told_by_field_and_cell(compared: tuple[Path, pemdocs.Difference]) -> None:
    told = {(each.sort, each.record, each.field, each.language, each.cell) for each in compared[1].changes}
    assert ("changed", "A-07-2", "title", "nl", "[1].title.nl") in told
    assert ("changed", "A-07-3", "status", "", "[2].status") in told
    assert ("new", "P-07 1.2", "", "", "3:3") not in told
    assert {each[0] for each in told} == {"changed", "new", "gone"}
    assert (compared[1].since, compared[1].until) == ("1.1", "1.2")


def test_a_kept_version_holds_nothing_restricted_and_is_its_owners_alone(
    compared: tuple[Path, pemdocs.Difference],
) -> None:
    kept = compared[1].path.parents[2] / ".pemdocs/version-P-07-1.1.json"
    assert kept.stat().st_mode & 0o077 == 0
    words = kept.read_text("utf-8")
    assert not any(secret in words for secret in ("1985-07-30", "2123198500045", "A01234567", "VB-0014"))
    assert {"stays", "travel_documents"} & json.loads(words)["records"].keys() == set()


def test_a_version_that_was_not_built_is_named_with_those_that_were(
    compared: tuple[Path, pemdocs.Difference],
) -> None:
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "version-not-kept") as caught:
        pemdocs.diff(compared[0], case="P-07", since="0.9")
    assert caught.value.facts["known"] == "1.1"
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "unknown-case"):
        pemdocs.diff(compared[0], case="P-99", since="1.1")
