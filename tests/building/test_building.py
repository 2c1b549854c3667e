"""What is due is made once, what a person has changed stays, and one case never costs another its documents."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from projects import Data, project, write

import pemdocs
from pemdocs import PemdocsError
from pemdocs.building import CURRENT, EDITED, FAILED, MADE, Built
from pemdocs.page import layout
from pemdocs.project.settings import open_project

PLAN, CHARTER, CONSENTS = "accompaniment-plan", "partnership-charter", "consent-sheet"
WORD: dict[str, Any] = {"formats": ["docx"]}

DOCUMENTS = [
    f"{PLAN}/P-07/plan-P-07.fr",
    f"{PLAN}/P-08/plan-P-08.fr",
    f"{CHARTER}/P-07/charter-P-07.fr",
    f"{CONSENTS}/P-07/consents-P-07.fr",
]


KEPT = ("last", "reads", "version-P-07-1.1", "version-P-08-0.1")
"""What is remembered beside the documents: the check, what was read, the data of each version of a plan."""


def states(built: Built) -> dict[str, str]:
    return {outcome.path: outcome.state for outcome in built.outcomes}


def reasons(built: Built) -> dict[tuple[str, str], str]:
    return {(each.kind, each.case): each.code for each in built.skipped}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A project of two pairs, built whole, in Word and PDF."""
    folder = write(tmp_path_factory.mktemp("whole"), project())
    return folder, pemdocs.build(folder)


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "out/manifest.json").read_text("utf-8"))
    return found


def test_every_document_that_is_due_is_made(finished: tuple[Path, Built]) -> None:
    folder, built = finished
    paths = sorted(f"{path}.{format}" for path in DOCUMENTS for format in ("docx", "pdf"))
    assert states(built) == dict.fromkeys(paths, MADE)
    assert built.clean
    there = [path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*") if path.is_file()]
    assert sorted(there) == sorted(
        [*paths, *(f".pemdocs/{name}.json" for name in KEPT), "manifest.backup.json", "manifest.json"]
    )


def test_a_charter_that_is_not_due_yet_waits_and_is_no_fault(finished: tuple[Path, Built]) -> None:
    _, built = finished
    assert reasons(built) == {(CHARTER, "P-08"): "case-waits", (CONSENTS, "P-08"): "case-waits"}
    assert [each.wrong for each in built.skipped] == [False, False]
    assert all("charter" in str(each.facts["missing"]) for each in built.skipped)


def test_the_manifest_says_of_each_document_what_it_is(finished: tuple[Path, Built]) -> None:
    folder, built = finished
    found = manifest(folder)
    assert found.keys() == {"schema_version", "documents"}
    assert found["schema_version"] == 1
    assert [each["path"] for each in found["documents"]] == [outcome.path for outcome in built.outcomes]
    for each in found["documents"]:
        content = (folder / "out" / each["path"]).read_bytes()
        pages = {"pages"} if each["format"] == "pdf" else set()
        signed = {"signature"} if each["kind"] == "partnership-charter" else set()
        assert each.keys() == {"path", "kind", "case", "languages", "format", "sha256", "fingerprint"} | pages | signed
        assert each["path"].startswith(f"{each['kind']}/{each['case']}/")
        assert each["languages"] == ["fr"]
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
        assert re.fullmatch(r"[0-9a-f]{64}", each["fingerprint"])
        assert each.get("pages", 1) >= 1
        assert content[:4] == (b"%PDF" if each["format"] == "pdf" else b"PK\x03\x04")


def test_what_is_current_is_not_made_again(finished: tuple[Path, Built]) -> None:
    folder, built = finished
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.*")}
    again = pemdocs.build(folder)
    assert set(states(again).values()) == {CURRENT}
    assert again.clean
    after = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.*")}
    assert {path for path in after if after[path] != before[path]} <= {folder / "out/manifest.json"}
    assert states(again).keys() == states(built).keys()


def built_word(folder: Path, data: Data | None = None, **wishes: Any) -> tuple[Path, Built]:
    """A project and its Word documents."""
    where = write(folder / "cohort", data or project())
    return where, pemdocs.build(where, **{**WORD, **wishes})


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    first, _ = built_word(tmp_path / "a")
    second, _ = built_word(tmp_path / "b")
    assert manifest(first) == manifest(second)


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    folder, _ = built_word(tmp_path)
    data = project()
    data["companies"][2]["employees"] = 4
    write(folder, data)
    assert states(pemdocs.build(folder, **WORD)) == {
        f"{DOCUMENTS[0]}.docx": CURRENT,
        f"{DOCUMENTS[1]}.docx": MADE,
        f"{DOCUMENTS[2]}.docx": CURRENT,
        f"{DOCUMENTS[3]}.docx": CURRENT,
    }


def test_a_document_edited_by_hand_is_left_alone_unless_forced(tmp_path: Path) -> None:
    folder, _ = built_word(tmp_path)
    edited = folder / "out" / f"{DOCUMENTS[0]}.docx"
    edited.write_bytes(b"by hand")
    again = pemdocs.build(folder, **WORD)
    assert states(again)[f"{DOCUMENTS[0]}.docx"] == EDITED
    assert not again.clean
    assert edited.read_bytes() == b"by hand"
    forced = pemdocs.build(folder, force=True, **WORD)
    assert states(forced)[f"{DOCUMENTS[0]}.docx"] == MADE
    assert edited.read_bytes()[:2] == b"PK"
    assert set(states(pemdocs.build(folder, **WORD)).values()) == {CURRENT}


def test_a_file_that_pemdocs_did_not_make_is_left_alone(tmp_path: Path) -> None:
    folder = write(tmp_path / "cohort", project())
    strange = folder / "out" / f"{DOCUMENTS[0]}.docx"
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"of somebody else")
    assert states(pemdocs.build(folder, **WORD))[f"{DOCUMENTS[0]}.docx"] == EDITED
    assert strange.read_bytes() == b"of somebody else"


def test_a_document_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    folder, _ = built_word(tmp_path)
    (folder / "out" / f"{DOCUMENTS[0]}.docx").unlink()
    assert states(pemdocs.build(folder, **WORD))[f"{DOCUMENTS[0]}.docx"] == MADE


def test_a_case_with_errors_is_left_out_and_the_others_are_made(tmp_path: Path) -> None:
    data = project()
    data["companies"][2]["women_employees"] = 3
    _, built = built_word(tmp_path, data)
    assert set(states(built)) == {f"{DOCUMENTS[number]}.docx" for number in (0, 2, 3)}
    assert reasons(built) == {(kind, "P-08"): "case-has-errors" for kind in (PLAN, CHARTER, CONSENTS)}
    assert built.skipped[0].facts["count"] == 1
    assert built.skipped[0].facts["places"] == "companies![2].women_employees"
    assert not built.clean


def test_an_error_in_a_shared_row_stops_every_case_that_has_it(tmp_path: Path) -> None:
    data = project()
    data["cohorts"][0]["programme_end"] = "2025-12-31"
    _, built = built_word(tmp_path, data)
    assert states(built) == {}
    assert {case for _, case in reasons(built)} == {"P-07", "P-08"}


def test_a_charter_that_is_due_and_lacks_something_says_what(tmp_path: Path) -> None:
    data = project()
    del data["charters"][0]["aim"]
    _, built = built_word(tmp_path, data)
    assert reasons(built)[CHARTER, "P-07"] == "case-lacks"
    assert built.skipped[0].wrong
    assert built.skipped[0].facts["missing"] == ("charter.aim",)
    assert not built.clean


def test_warnings_and_notes_stop_nothing(tmp_path: Path) -> None:
    data = project()
    data["people"][0]["motivation"] = {"nl": "Een partner vinden"}
    data["versions"].pop()
    _, built = built_word(tmp_path, data)
    assert len(built.outcomes) == len(DOCUMENTS)
    assert built.clean
    assert built.report.counts["error"] == 0
    assert not built.report.clean


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "cohort", project())
    before = sorted(tmp_path.rglob("*"))
    built = pemdocs.build(folder, dry_run=True)
    assert set(states(built).values()) == {MADE}
    assert len(built.outcomes) == 2 * len(DOCUMENTS)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_person_can_choose(tmp_path: Path) -> None:
    wishes: dict[str, Any] = {"kinds": [PLAN], "cases": ["P-08"], "languages": ["en", "nl+fr", "en"]}
    _, built = built_word(tmp_path, None, **wishes, out=tmp_path / "elsewhere")
    assert states(built) == {
        f"{PLAN}/P-08/plan-P-08.en.docx": MADE,
        f"{PLAN}/P-08/plan-P-08.nl-fr.docx": MADE,
    }
    assert (tmp_path / "elsewhere/manifest.json").is_file()
    assert not (tmp_path / "cohort/out").exists()


def test_the_languages_of_the_project_are_built(tmp_path: Path) -> None:
    folder = write(tmp_path, project(), languages=["fr", "fr+nl"], out="papiers")
    built = pemdocs.build(folder, dry_run=True, kinds=[CHARTER], **WORD)
    assert list(states(built)) == [f"{CHARTER}/P-07/charter-P-07.{each}.docx" for each in ("fr-nl", "fr")]
    assert built.out == folder / "papiers"


def test_a_choice_keeps_the_account_of_the_rest(tmp_path: Path) -> None:
    folder, _ = built_word(tmp_path)
    pemdocs.build(folder, kinds=[CHARTER], force=True, **WORD)
    assert {each["path"] for each in manifest(folder)["documents"]} == {f"{path}.docx" for path in DOCUMENTS}


def test_a_kind_that_the_programme_does_not_have_is_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, {"notes": []}, programme="palim")
    with pytest.raises(PemdocsError) as caught:
        pemdocs.build(folder, kinds=[CHARTER])
    assert caught.value.code == "unknown-kind"
    assert CHARTER not in caught.value.facts["known"]
    assert caught.value.facts["known"].startswith("learning-note, final-report")


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"kinds": ["planning"]}, "unknown-kind"),
        ({"kinds": ["../house"]}, "unknown-kind"),
        ({"cases": ["P-99"]}, "unknown-case"),
        ({"languages": ["de"]}, "unknown-language"),
        ({"languages": ["fr+nl+en"]}, "unknown-language"),
        ({"languages": ["fr+fr"]}, "unknown-language"),
        ({"languages": [""]}, "unknown-language"),
        ({"formats": ["odt"]}, "unknown-format"),
    ],
)
def test_a_wish_that_cannot_be_is_a_fault(tmp_path: Path, wish: dict[str, Any], code: str) -> None:
    folder = write(tmp_path, project())
    with pytest.raises(PemdocsError) as caught:
        pemdocs.build(folder, **wish)
    assert caught.value.code == code
    assert not (folder / "out").exists()


def test_a_document_that_cannot_be_laid_out_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out = layout.lay_out

    def fail(view: Any, style: Any) -> Any:
        if view.linked.record.id == "P-08":
            raise ZeroDivisionError
        return lay_out(view, style)

    monkeypatch.setattr(layout, "lay_out", fail)
    folder, built = built_word(tmp_path)
    assert states(built)[f"{DOCUMENTS[1]}.docx"] == FAILED
    assert states(built)[f"{DOCUMENTS[0]}.docx"] == MADE
    failed = next(outcome for outcome in built.outcomes if outcome.state == FAILED)
    assert failed.fault is not None
    assert failed.fault.code == "document-failed"
    assert not built.clean
    assert len(manifest(folder)["documents"]) == len(DOCUMENTS) - 1


def test_an_output_folder_that_cannot_be_is_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    (folder / "out").write_text("a file")
    with pytest.raises(PemdocsError) as caught:
        pemdocs.build(folder, **WORD)
    assert caught.value.code == "unwritten-in-the-way"


def test_no_id_leads_a_file_out_of_its_folder(tmp_path: Path) -> None:
    data = project()
    for identifier in ("../../evil", "P-07/../../x", "C:\\x", "P-07\n", "CON", "P-07.", ""):
        data["partnerships"].append(data["partnerships"][1] | {"id": identifier})
    folder, built = built_word(tmp_path / "deep/er", data)
    assert all(re.fullmatch(r"[a-z-]+/P-\d+/[a-z]+-P-\d+\.fr\.docx", path) for path in states(built))
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
    assert outside == []


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    built_word(tmp_path, None, progress=lambda done, total: told.append((done, total)))
    assert told == [(number + 1, len(DOCUMENTS)) for number in range(len(DOCUMENTS))]


def test_the_day_of_the_data_can_be_given(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    built = pemdocs.build(folder, dry_run=True, as_of=date(2026, 10, 1), **WORD)
    assert built.report.dataset.as_of == date(2026, 10, 1)
    assert "measured-in-the-future" in {finding.code for finding in built.report.findings}


def test_a_workbook_alone_is_a_project(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    (folder / "pemdocs.toml").unlink()
    for target in (folder, folder / "cohort.json", str(folder)):
        assert len(pemdocs.build(target, dry_run=True, **WORD).outcomes) == len(DOCUMENTS)


def test_a_json_file_beside_the_workbook_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "cohort.ods").touch()
    (tmp_path / "findings.json").write_text("[]", "utf-8")
    assert open_project(tmp_path).workbook == tmp_path / "cohort.ods"
