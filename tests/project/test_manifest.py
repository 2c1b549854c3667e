"""The account of an output folder: its shape, what it forgives, and that it is true at every instant."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pemdocs.model import PemdocsError
from pemdocs.project import lock
from pemdocs.project.manifest import Entry, Manifest, digest

PLAN = Entry("plan/P-07/plan.fr.docx", "plan", "P-07", ("fr",), "docx", digest(b"plan"), None, "f" * 64)
PAPER = Entry("plan/P-07/plan.fr-nl.pdf", "plan", "P-07", ("fr", "nl"), "pdf", digest(b"paper"), 12, "0" * 64)


def kept(folder: Path) -> Manifest:
    """The account of two documents that are there."""
    account = Manifest({})
    for entry, content in ((PLAN, b"plan"), (PAPER, b"paper")):
        account.store(folder, entry, content)
    account.write(folder)
    return account


def test_it_is_written_in_the_order_of_the_paths_and_in_its_shape(tmp_path: Path) -> None:
    kept(tmp_path)
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == {
        "schema_version": 1,
        "documents": [
            {
                "path": "plan/P-07/plan.fr-nl.pdf",
                "kind": "plan",
                "case": "P-07",
                "languages": ["fr", "nl"],
                "format": "pdf",
                "sha256": digest(b"paper"),
                "pages": 12,
                "fingerprint": "0" * 64,
            },
            {
                "path": "plan/P-07/plan.fr.docx",
                "kind": "plan",
                "case": "P-07",
                "languages": ["fr"],
                "format": "docx",
                "sha256": digest(b"plan"),
                "fingerprint": "f" * 64,
            },
        ],
    }


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path).entries == {}
    assert Manifest.read(kept_in(tmp_path)).entries == {PLAN.path: PLAN, PAPER.path: PAPER}


def kept_in(folder: Path) -> Path:
    kept(folder)
    return folder


def test_a_document_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    kept(tmp_path)
    (tmp_path / PLAN.path).unlink()
    assert list(Manifest.read(tmp_path).entries) == [PAPER.path]


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"documents": null}',
        b'{"documents": [1]}',
        b'{"documents": [{"path": "a"}]}',
        b'{"documents": [{"path": 5, "kind": "", "case": "", "languages": [], "format": "", "sha256": "", '
        b'"fingerprint": ""}]}',
        b'{"documents": [{"languages": null}]}',
        b"[" * 100_000,
    ],
)
def test_a_spoiled_account_is_read_from_its_backup_and_without_one_counts_as_none(
    tmp_path: Path, spoiled: bytes
) -> None:
    kept(tmp_path)
    (tmp_path / "manifest.json").write_bytes(spoiled)
    assert Manifest.read(tmp_path).entries == {PLAN.path: PLAN, PAPER.path: PAPER}
    (tmp_path / "manifest.backup.json").unlink()
    assert Manifest.read(tmp_path).entries == {}


def test_an_account_of_a_newer_program_is_refused_and_left(tmp_path: Path) -> None:
    newer = b'{"schema_version": 9, "papers": []}'
    (tmp_path / "manifest.json").write_bytes(newer)
    with pytest.raises(PemdocsError, match="newer version"):
        Manifest.read(tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == newer


def test_what_a_newer_program_adds_to_an_entry_is_passed_over(tmp_path: Path) -> None:
    kept(tmp_path)
    account = tmp_path / "manifest.json"
    account.write_text(account.read_text("utf-8").replace('"kind"', '"colour": ["red"], "kind"'), "utf-8")
    assert Manifest.read(tmp_path).entries == {PLAN.path: PLAN, PAPER.path: PAPER}


@pytest.mark.parametrize("path", ["../away.pdf", "/etc/passwd", "C:\\x.pdf", "plan/../../x", "", "."])
def test_no_entry_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    kept(tmp_path)
    account = tmp_path / "manifest.json"
    account.write_text(account.read_text("utf-8").replace(json.dumps(PLAN.path), json.dumps(path)), "utf-8")
    (tmp_path / "manifest.backup.json").unlink()
    assert list(Manifest.read(tmp_path).entries) == [PAPER.path]


STEPS = ("open", "fsync", "replace", "unlink")
"""What a run asks the system for while it writes."""


class KilledError(BaseException):
    """The end of a run, at whatever it was."""


@settings(max_examples=60)
@given(st.integers(0, 40), st.binary(min_size=1, max_size=9), st.booleans())
def test_a_run_that_ends_at_any_instant_leaves_whole_files_and_an_account_that_knows_each(
    tmp_path_factory: pytest.TempPathFactory, steps: int, new: bytes, torn: bool
) -> None:
    folder = tmp_path_factory.mktemp("killed")
    account, left = kept(folder), [steps]
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, dying(getattr(os, name), left))
        with suppress(KilledError):
            account.store(folder, replace(PLAN, sha256=digest(new), consents=("CS-1",)), new)
            account.store(folder, replace(PAPER, path="plan/P-08/new.pdf", sha256=digest(new)), new)
            account.write(folder)
    if torn and (folder / "manifest.journal").exists():
        with (folder / "manifest.journal").open("ab") as journal:
            journal.write(b'{"path": "plan/P-0')
    known = Manifest.read(folder).entries
    there = [file for file in folder.rglob("*.*") if file.suffix in (".pdf", ".docx")]
    assert {file.relative_to(folder).as_posix(): digest(file.read_bytes()) for file in there} == {
        path: entry.sha256 for path, entry in known.items()
    }
    assert known[PLAN.path].consents == (("CS-1",) if (folder / PLAN.path).read_bytes() == new else ())


def dying(call: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """The same, until so many calls are done."""

    def step(*args: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError
        return call(*args, **options)

    return step


def test_no_link_is_followed(tmp_path: Path) -> None:
    away = tmp_path / "away"
    (away / "P-07").mkdir(parents=True)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "plan").symlink_to(away)
    account = Manifest({})
    with pytest.raises(OSError, match="link"):
        account.store(folder, PLAN, b"plan")
    assert list((away / "P-07").iterdir()) == []


def test_a_folder_is_held_by_one_run_and_the_other_is_told_by_whom_and_since_when(tmp_path: Path) -> None:
    with lock.held(tmp_path), pytest.raises(PemdocsError) as caught, lock.held(tmp_path):
        pass
    assert caught.value.code == "out-held"
    assert caught.value.facts["computer"] == platform.node()
    assert caught.value.facts["day"] == datetime.now(UTC).astimezone().date()
    with lock.held(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_dead_hold_nothing(tmp_path: Path) -> None:
    told = {"who": "x", "computer": platform.node(), "process": 2**22 + 1, "since": "2026-11-29T09:00+00:00"}
    (tmp_path / lock.FILE).write_text(json.dumps(told))
    for locks in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            if not locks:
                patch.setattr(lock, "_lock", lambda file: lock.NO_LOCKS)
            with lock.held(tmp_path):
                pass


def test_where_the_system_keeps_no_locks_the_file_itself_holds_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_lock", lambda file: lock.NO_LOCKS)
    told = {"who": "x", "computer": "another", "process": 5, "since": "2026-11-29T09:00+00:00"}
    (tmp_path / lock.FILE).write_text(json.dumps(told))
    with pytest.raises(PemdocsError, match="Another build"), lock.held(tmp_path):
        pass
    os.utime(tmp_path / lock.FILE, (1, 1))
    with lock.held(tmp_path):
        pass


@given(st.binary(max_size=60))
def test_any_bytes_are_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "manifest.json").write_bytes(content)
    assert Manifest.read(folder).entries == {}


def test_a_file_that_cannot_take_its_place_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = kept(tmp_path)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "open in another program")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        account.store(tmp_path, replace(PLAN, sha256=digest(b"new")), b"new")
    assert (tmp_path / PLAN.path).read_bytes() == b"plan"
