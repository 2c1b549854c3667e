"""An infographic of a report or a note: its figures and one chart on one page, and none of its numbers told twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import publication, write
from reading_pdf import read_pdf_text

import pemdocs
from pemdocs.building.outcome import MADE
from pemdocs.project.manifest import Manifest

PAGES = {
    "infographic": "infographic/REP-1/infographic-REP-1",
    "note-infographic": "note-infographic/N-1/infographic-N-1",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = write(tmp_path_factory.mktemp("infographic") / "p", publication())
    built = pemdocs.build(
        project, kinds=[*PAGES], cases=["REP-1", "N-1"], languages=["fr", "nl+en"], formats=["pdf", "html"]
    )
    assert {each.state for each in built.outcomes} == {MADE}
    return project


def test_each_takes_one_page_in_one_language_and_in_two(folder: Path) -> None:
    entries = Manifest.read(folder / "out").entries
    pages = {path: each.pages for path, each in entries.items() if each.format == "pdf"}
    assert len(pages) == 4
    assert set(pages.values()) == {1}


def test_a_report_shows_what_was_reached_of_what_was_aimed_at(folder: Path) -> None:
    said = read_pdf_text((folder / "out" / f"{PAGES['infographic']}.fr.pdf").read_bytes())
    assert "29 sur 60" in said
    assert "Partenariats" in said
    assert "Un besoin réel" in said
    assert "Registre" in said


def test_a_note_shows_a_quote_that_its_consent_covers(folder: Path, tmp_path: Path) -> None:
    def words(project: Path) -> str:
        return read_pdf_text((project / "out" / f"{PAGES['note-infographic']}.fr.pdf").read_bytes())

    assert "rassurée" in words(folder)
    data = publication()
    data["consents"][0]["withdrawn"] = "2026-11-12"
    project = write(tmp_path / "p", data)
    pemdocs.build(project, kinds="note-infographic", cases="N-1", languages="fr", formats="pdf")
    assert "rassurée" not in words(project)


def test_it_is_made_only_where_it_is_asked_for(folder: Path) -> None:
    told = pemdocs.status(folder, languages="fr")
    assert not {each.kind for each in told.documents} & set(PAGES)
