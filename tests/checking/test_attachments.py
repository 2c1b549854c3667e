"""Every file in the folder of attachments finds its piece, or is told, and none is ever named."""

from __future__ import annotations

import itertools
import json
import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import scanned
from hypothesis import given
from hypothesis import strategies as st
from projects import checked, journey

from pemdocs.checking import attachments
from pemdocs.checking.attachments import Attachment, _natural
from pemdocs.data import schema
from pemdocs.data.dataset import Dataset
from pemdocs.model import Finding, Severity
from pemdocs.words import speech

LANGUAGES = ("fr", "en", "nl")
PIECES = schema.load()["supporting_documents"].fields["piece"].labels


@lru_cache
def _dataset(data: str) -> Dataset:
    return checked(json.loads(data)).dataset


class Folder:
    """A project's folder with attachments, each different from the others unless it is given its content."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.count = itertools.count()

    def put(self, *names: str, content: bytes | None = None) -> Folder:
        for name in names:
            path = self.root / "attachments" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(scanned.pdf() + b"%%%d" % next(self.count) if content is None else content)
        return self

    def survey(self, *rows: dict[str, Any]) -> tuple[tuple[Attachment, ...], tuple[Finding, ...]]:
        data = journey()
        data["supporting_documents"] = [{"stay": "S-07", **row} for row in rows]
        return attachments.survey(self.root, _dataset(json.dumps(data)))

    def pieces(self, *rows: dict[str, Any]) -> dict[str, str]:
        return {each.path.name: each.piece for each in self.survey(*rows)[0]}

    def codes(self, *rows: dict[str, Any]) -> list[str]:
        return [each.code for each in self.survey(*rows)[1]]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# Which file belongs to which piece


def test_a_file_belongs_to_the_piece_that_its_name_begins_with(folder: Folder) -> None:
    folder.put("S-07/passport-1.pdf", "S-07/BANK_STATEMENTS 2.pdf", "S-07/photo.pdf", "S-07/insurance(3).pdf")
    assert folder.pieces() == {
        "passport-1.pdf": "passport",
        "BANK_STATEMENTS 2.pdf": "bank-statements",
        "photo.pdf": "photo",
        "insurance(3).pdf": "insurance",
    }
    assert folder.codes() == []


def test_the_longest_name_wins_and_a_longer_word_is_another_word(folder: Folder) -> None:
    folder.put("S-07/means.pdf", "S-07/planning.pdf", "S-07/passport2.pdf", "S-07/old-passport.pdf")
    assert folder.pieces() == {"means.pdf": "means", "passport2.pdf": "passport", "old-passport.pdf": "old-passport"}
    assert folder.codes() == ["attachment-unmatched"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_piece_is_known_by_its_label_in_every_language(folder: Folder, lang: str, form: str) -> None:
    names = {}
    for number, (code, labels) in enumerate(PIECES.items()):
        name = unicodedata.normalize(form, re.sub(r"[/:]", " ", labels[lang])) + f" {number}.pdf"
        names[name] = code
    folder.put(*(f"S-07/{name}" for name in names))
    found = folder.pieces()
    same = {code for code in PIECES if sum(PIECES[code][lang] == labels[lang] for labels in PIECES.values()) > 1}
    assert {name: found.get(name) for name, code in names.items() if code not in same} == {
        name: code for name, code in names.items() if code not in same
    }


def test_the_sheet_goes_before_the_name(folder: Folder) -> None:
    folder.put("S-07/passport.pdf", "S-07/Numérisation 12.PDF", "S-07/IMG_2.pdf")
    assert folder.pieces(
        {"piece": "insurance", "file": "passport.pdf"},
        {"piece": "photo", "file": unicodedata.normalize("NFD", "numérisation 12")},
        {"piece": "lodging", "file": "S-07/img_2.PDF"},
    ) == {"passport.pdf": "insurance", "Numérisation 12.PDF": "photo", "IMG_2.pdf": "lodging"}


def test_one_file_may_serve_two_pieces(folder: Folder) -> None:
    folder.put("S-07/contract.pdf")
    found, findings = folder.survey(
        {"piece": "insurance", "file": "contract"}, {"piece": "lodging", "file": "contract.pdf"}
    )
    assert [(each.piece, each.number) for each in found] == [("insurance", 1), ("lodging", 1)]
    assert findings == ()


def test_a_folder_may_bear_the_name_of_the_piece(folder: Folder) -> None:
    folder.put("S-07/passport/page 1.pdf", "S-07/passport/visa/2.pdf")
    assert set(folder.pieces().values()) == {"passport"}


def test_the_files_are_counted_in_natural_order(folder: Folder) -> None:
    folder.put("S-07/photo 10.pdf", "S-07/photo 2.pdf", "S-07/Passport.pdf", "S-07/.hidden.pdf")
    assert [(each.number, each.path.name) for each in folder.survey()[0]] == [
        (1, "Passport.pdf"), (2, "photo 2.pdf"), (3, "photo 10.pdf"),
    ]  # fmt: skip


def test_the_case_of_a_folder_does_not_count(folder: Folder) -> None:
    folder.put("s-07/passport.pdf")
    assert [each.stay for each in folder.survey()[0]] == ["S-07"]


def test_what_file_managers_leave_is_not_seen(folder: Folder) -> None:
    folder.put("S-07/Thumbs.db", "S-07/.DS_Store", "S-07/~$passport.pdf", "S-07/desktop.ini", ".DS_Store", "Thumbs.db")
    folder.put("S-07/.git/passport.pdf")
    assert folder.survey() == ((), ())


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert Folder(tmp_path).survey() == ((), ())
    assert Folder(tmp_path / "gone").survey() == ((), ())


# What is told


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("attachment-empty", b""),
        ("attachment-unknown", b"<html></html>"),
        ("attachment-damaged", b"%PDF-1.7 nothing"),
        ("attachment-encrypted", scanned.locked("secret")),
        ("attachment-too-large", scanned.bomb(30_000, 30_000)),
    ],
)
def test_a_file_that_cannot_be_bound_is_told_and_still_there(folder: Folder, code: str, content: bytes) -> None:
    folder.put("S-07/passport.pdf", content=content)
    found, (finding,) = folder.survey()
    assert (finding.code, finding.severity) == (code, Severity.WARNING)
    assert finding.facts["number"] == 1
    assert finding.facts["stay"] == "S-07"
    assert [each.piece for each in found] == ["passport"]


def test_a_signed_file_is_noted(folder: Folder) -> None:
    folder.put("S-07/invitation.pdf", content=scanned.signed())
    (finding,) = folder.survey()[1]
    assert (finding.code, finding.severity) == ("attachment-signed", Severity.NOTE)


def test_the_same_file_twice_is_told(folder: Folder) -> None:
    folder.put("S-07/insurance.pdf", "S-07/passport.pdf", content=scanned.pdf())
    (finding,) = folder.survey()[1]
    assert (finding.code, finding.facts["number"], finding.facts["other"]) == ("attachment-twice", 2, 1)


def test_a_file_that_the_sheet_names_and_is_not_there_is_told_at_its_cell(folder: Folder) -> None:
    folder.put("S-07/photo.pdf")
    (finding,) = folder.survey({"piece": "passport", "file": "passport.pdf"})[1]
    assert (finding.code, finding.table, finding.field) == ("attachment-missing", "supporting_documents", "file")
    assert finding.cell == "[0].file"


def test_a_folder_of_no_stay_and_a_file_of_none_are_told(folder: Folder) -> None:
    folder.put("S-99/passport.pdf", "Somebody/passport.pdf", "passport.pdf")
    found, findings = folder.survey()
    assert found == ()
    assert [(each.code, each.facts["number"], each.facts.get("folder")) for each in findings] == [
        ("attachment-unmatched", 1, None),
        ("attachment-folder-unknown", 2, "S-99"),
        ("attachment-folder-unknown", 3, ""),
    ]


def test_a_link_out_of_the_folder_is_refused(folder: Folder, tmp_path: Path) -> None:
    folder.put("S-07/photo.pdf")
    outside = tmp_path / "passport.pdf"
    outside.write_bytes(scanned.pdf())
    shelf = tmp_path / "attachments" / "S-07"
    os.symlink(outside, shelf / "passport.pdf")
    os.symlink(tmp_path, shelf / "lodging")
    os.symlink(shelf / "loop.pdf", shelf / "loop.pdf")
    os.symlink(shelf / "photo.pdf", shelf / "old-passport.pdf")
    os.symlink(shelf, tmp_path / "attachments" / "S-08")
    found, findings = folder.survey()
    assert {each.piece for each in found} == {"photo", "old-passport"}
    assert sorted(each.code for each in findings) == [
        "attachment-folder-unknown", "attachment-outside", "attachment-outside", "attachment-outside",
        "attachment-twice",
    ]  # fmt: skip


def test_a_file_that_may_not_be_read_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("S-07/passport.pdf")

    def refuse(path: Path) -> bytes:
        raise PermissionError(path)

    assert folder.codes() == []
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert folder.codes() == ["attachment-locked"]


def test_a_file_that_is_far_too_heavy_is_not_even_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("S-07/passport.pdf")
    with (folder.root / "attachments/S-07/passport.pdf").open("r+b") as file:
        file.truncate(6_000_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it is read"))
    assert folder.codes() == ["attachment-too-large"]


def test_a_pipe_is_not_waited_for(folder: Folder) -> None:
    folder.put("S-07/passport.pdf")
    (folder.root / "attachments/S-07/passport.pdf").unlink()
    os.mkfifo(folder.root / "attachments/S-07/passport.pdf")
    assert folder.codes() == ["attachment-unknown"]


def test_no_message_names_a_file_or_somebody_and_every_one_can_be_said(folder: Folder) -> None:
    folder.put("Somebody/x.pdf", "S-99/x.pdf", "S-07/Somebody.pdf", "Somebody.pdf")
    folder.put("S-07/passport-Somebody.pdf", "S-07/photo-Somebody.pdf", content=scanned.signed())
    for name, content in (
        ("a", b""),
        ("b", b"MZ"),
        ("c", b"%PDF-"),
        ("d", scanned.locked("x")),
        ("e", scanned.bomb(30_000, 30_000)),
    ):
        folder.put(f"S-07/lodging-{name}-Somebody.pdf", content=content)
    os.symlink("/", folder.root / "attachments" / "S-07" / "Somebody")
    findings = folder.survey({"piece": "insurance", "file": "Somebody-else.pdf"})[1]
    assert len({each.code for each in findings}) == 11
    for each in findings:
        assert "Somebody" not in repr(each)
        for lang in LANGUAGES:
            for said in (speech.message(each, lang), speech.remedy(each, lang)):
                assert not re.search(r"Somebody|[{}|]|\[\D|None|  | $", said)


@given(st.lists(st.text(min_size=1, max_size=30), unique=True))
def test_whatever_the_names_their_order_is_clear(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(names, key=_natural) == sorted(backwards, key=_natural)
