"""A run that is killed, beside another, or among what hands have done, costs nothing and binds nothing wrong."""

from __future__ import annotations

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
    assert len(built.outcomes) == 3
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
