"""The account of an output folder: its shape, what it forgives, and files that are never half written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pemdocs.project.manifest import Entry, Manifest, digest

PLAN = Entry("plan/P-07/plan.fr.docx", "plan", "P-07", ("fr",), "docx", digest(b"plan"), None, "f" * 64)
PAPER = Entry("plan/P-07/plan.fr-nl.pdf", "plan", "P-07", ("fr", "nl"), "pdf", digest(b"paper"), 12, "0" * 64)


def kept(folder: Path) -> Manifest:
    """The account of two documents that are there."""
    account = Manifest({})
    for entry, content in ((PLAN, b"plan"), (PAPER, b"paper")):
        account.store(folder, entry.path, content)
        account.entries[entry.path] = entry
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
        b'{"schema_version": 9}',
    ],
)
def test_a_spoiled_account_counts_as_none(tmp_path: Path, spoiled: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(spoiled)
    assert Manifest.read(tmp_path).entries == {}


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
        account.store(tmp_path, PLAN.path, b"new")
    assert (tmp_path / PLAN.path).read_bytes() == b"plan"
