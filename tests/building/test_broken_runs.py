"""A run that is killed, beside another, or among what hands have done, costs nothing and binds nothing wrong."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from projects import project, publication, write

import pemdocs
from pemdocs import PemdocsError
from pemdocs.building import CURRENT, EDITED, MADE, Built
from pemdocs.cli import report
from pemdocs.project import lock
from pemdocs.project.manifest import Manifest, digest

PLAN = "accompaniment-plan/P-07/plan-P-07.fr.docx"
WORD: dict[str, Any] = {"formats": ["docx"]}


def states(built: Built) -> dict[str, str]:
    return {outcome.path: outcome.state for outcome in built.outcomes}


def many() -> Any:
    """A project of a dozen pairs."""
    data = project()
    for number in range(9, 19):
        data["partnerships"].append({**data["partnerships"][1], "id": f"P-{number:02}"})
    return data


def test_a_build_that_is_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    folder, dice = write(tmp_path, many()), random.Random(7)
    command = [sys.executable, "-m", "pemdocs", "build", str(folder), "--format", "docx"]
    for _ in range(3):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seen = len(list(folder.glob("out/**/*.docx")))
        while running.poll() is None and len(list(folder.glob("out/**/*.docx"))) <= seen + 1:
            time.sleep(0.01)
        time.sleep(dice.random() / 20)
        running.kill()
        running.wait()
        known = Manifest.read(folder / "out").entries
        for file in folder.glob("out/**/*.docx"):
            path = file.relative_to(folder / "out").as_posix()
            assert known[path].sha256 == digest(file.read_bytes())
    built = pemdocs.build(folder, **WORD)
    assert set(states(built).values()) <= {MADE, CURRENT}
    assert CURRENT in states(built).values()
    assert {path.name for path in folder.glob("out/*") if path.is_file()} == {"manifest.json", "manifest.backup.json"}
    assert list(folder.glob("out/**/.*.part")) == []


def test_an_account_that_is_lost_is_made_anew_from_files_that_are_as_they_would_be(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    pemdocs.build(folder, **WORD)
    for name in ("manifest.json", "manifest.backup.json"):
        (folder / "out" / name).unlink()
    (folder / "out" / PLAN).write_bytes(b"by hand")
    again = states(pemdocs.build(folder, **WORD))
    assert again.pop(PLAN) == EDITED
    assert set(again.values()) == {CURRENT}
    assert set(Manifest.read(folder / "out").entries) == set(again)


def test_two_builds_do_not_write_into_one_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    with lock.held(folder / "out"), pytest.raises(PemdocsError, match="Another build"):
        pemdocs.build(folder, **WORD)
    assert set(states(pemdocs.build(folder, **WORD)).values()) == {MADE}


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_what_stands_in_the_place_of_a_document_is_named_and_left(tmp_path: Path, what: str) -> None:
    folder = write(tmp_path, project())
    place = folder / "out" / PLAN
    place.parent.mkdir(parents=True)
    if what == "folder":
        place.mkdir()
    elif what == "link":
        (tmp_path / "elsewhere").write_text("mine")
        place.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(place)
    built = pemdocs.build(folder, **WORD)
    failed = [(each.path, each.fault.code) for each in built.outcomes if each.fault]
    assert failed == [(PLAN, "unwritten-in-the-way")]
    assert len(built.outcomes) == 4
    assert what != "link" or (tmp_path / "elsewhere").read_text() == "mine"


def test_a_withdrawn_consent_is_told_of_copies_that_the_account_does_not_know(tmp_path: Path) -> None:
    data = publication()
    folder = write(tmp_path, data)
    pemdocs.build(folder, kinds=["learning-note"], **WORD)
    note = next(folder.glob("out/learning-note/N-1/*.docx"))
    note.rename(note.with_name("Aïssatou.docx"))
    data["consents"][0]["withdrawn"] = "2026-11-12"
    write(folder, data)
    found = [each for each in pemdocs.check(folder).findings if each.code.startswith(("file-", "document-"))]
    assert [(each.code, each.facts["folder"]) for each in found] == [("file-against-consent", "learning-note/N-1")]


CAUSES = (
    (errno.ENOSPC, 0, "unwritten-no-space", "disk is full"),
    (errno.ENOSPC, 0, "unwritten-no-space", "disk is full"),
    (errno.ENOSPC, 0, "unwritten-no-space", "disk is full"),
    (errno.EACCES, 32, "unwritten-in-use", "another program"),
    (errno.EROFS, 0, "unwritten-read-only", "read-only"),
    (errno.EACCES, 0, "unwritten-not-allowed", "may not write"),
    (errno.EISDIR, 0, "unwritten-in-the-way", "stands in its place"),
)


def test_each_fault_of_writing_names_its_true_cause_once_with_the_documents_that_it_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = project()
    data["partnerships"] += [{**data["partnerships"][1], "id": f"P-{number}"} for number in range(10, 13)]
    folder, causes, move = write(tmp_path, data), iter(CAUSES), os.replace

    def refuse(source: Path, target: Path) -> None:
        if target.suffix != ".docx":
            return move(source, target)
        number, windows, *_ = next(causes)
        fault = OSError(number, "")
        fault.winerror = windows or None  # type: ignore[attr-defined,unused-ignore]
        raise fault

    monkeypatch.setattr(os, "replace", refuse)
    built = pemdocs.build(folder, jobs=1, **WORD)
    found = [each.fault.code for each in built.outcomes if each.fault]
    assert sorted(found) == sorted(code for *_, code, _ in CAUSES)
    said = " ".join(report.of_build(built, "en").split())
    assert said.count("disk is full") == 1
    assert all(words in said and each.path in said for *_, words in CAUSES for each in built.outcomes)
    assert list(folder.glob("out/**/.*.part")) == []
    assert Manifest.read(folder / "out").entries == {}
