"""Words of a document lead to the cells that say them: figures, days, labels of drawings, places of cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from projects import journey, publication, write

import pemdocs
from pemdocs.building import traces
from pemdocs.building.asked import Asked, having
from pemdocs.building.explain import Explained, explain
from pemdocs.building.memory import Change
from pemdocs.building.reasons import of_changes
from pemdocs.building.telling import said
from pemdocs.model import Cell, Read, Record
from pemdocs.page.passages import Passage, passages, standing
from pemdocs.page.reads import NOBODY, Answers, Question

PLAN = "accompaniment-plan/P-07/plan-P-07.fr.docx"
DATA = "visa-pack/S-07/06-application-data-S-07.fr-nl.docx"
INVITATION = "visa-pack/S-07/02-invitation-S-07.fr-nl.docx"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pair with its plan and its dossier, built once."""
    folder = write(tmp_path_factory.mktemp("explaining"), journey())
    pemdocs.build(folder, kinds=["accompaniment-plan", "visa-pack"], cases=["P-07", "S-07"], formats=["docx"])
    return folder


@pytest.fixture(autouse=True)
def only_the_first_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pemdocs.building.explain.MOST", 1)


def asked(built: Path, path: str, words: str) -> Explained:
    return explain(str(built / "out" / path), words, target=built)


@pytest.mark.parametrize(
    ("path", "words", "part", "cells"),
    [
        (PLAN, "48500000", "td", {"companies.turnover"}),
        (PLAN, "33 %", "td", {"objectives.baseline", "objectives.target", "measurements.value"}),
        (PLAN, "État au 16 novembre 2026", "svg", {"versions.date"}),
        (DATA, "travel_documents [0].number", "td", {"travel_documents.number"}),
    ],
)
def test_figures_days_and_places_lead_to_their_cells(
    built: Path, path: str, words: str, part: str, cells: set[str]
) -> None:
    found = asked(built, path, words)
    assert [each.part for each in found.traced] == [part]
    assert {f"{cell.table}.{cell.field}" for each in found.traced for cell in each.cells} == cells
    assert "A0123" not in repr(found)


@pytest.mark.parametrize(
    ("path", "words", "source", "cells"),
    [
        (PLAN, "État au", "accompaniment-plan/wording/fr.toml: action.today", []),
        (
            INVITATION,
            "van het identiteitsbewijs van",
            "visa-invitation/wording/nl.toml: enclosures",
            ["supporting_documents.piece"],
        ),
    ],
)
def test_words_of_a_template_lead_to_it_and_to_the_cell_that_lets_it_speak(
    built: Path, path: str, words: str, source: str, cells: list[str]
) -> None:
    (found,) = asked(built, path, words).traced
    assert (found.source, [f"{each.table}.{each.field}" for each in found.cells]) == (source, cells)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2.1 Forces", ["Forces"]),
        ("Forces . . . . . . 7", ["Forces"]),
        ("• Forces", ["Forces"]),
        ("0→6", ["0 → 6"]),
        ("87500000", ["87 500 000"]),
        ("1 juil. 2026", []),
        ("2026", ["2026"]),
    ],
)
def test_words_are_found_as_they_stand_on_paper(words: str, found: list[str]) -> None:
    texts = [("h2", "Forces"), ("td", "0 → 6 magasins"), ("td", "87 500 000 F CFA"), ("td", "2 juil. 2026")]
    assert [each.text[each.start : each.end] for each in passages(texts, words)] == found


def test_words_over_blocks_and_columns_are_found_in_their_parts() -> None:
    texts = [("td", "5 / 5"), ("td", "Atelier à Kaolack."), ("p", "Note"), ("th", "Expiration"), ("td", "7 nov. 2032")]

    def found(words: str) -> list[list[str]]:
        return [[each.text[each.start : each.end] for each in parts] for parts in standing(texts, words)]

    assert found("/ 5 Atelier") == [["/ 5", "Atelier"]]
    assert found("15;Expiration;7 nov. 2032") == [["Expiration", "7 nov. 2032"]]
    assert found("Kaolack. Expiration") == [["Kaolack.", "Expiration"]]
    assert found("Expira-") == [["Expiration"]]
    assert found("Kaolack Ziguinchor") == []


def test_every_word_of_a_text_tells_its_cell() -> None:
    text = traces.traced("Banc d'œuvre, à 12 %", 3) + " et " + traces.traced("Puits", 70)
    assert traces.plain(text) == "Banc d'œuvre, à 12 % et Puits"
    assert [number for number, _, _ in traces.cells(text, 0, 99)] == [3, 3, 3, None, 70]
    assert [number for number, _, _ in traces.cells(text, 21, 26)] == [None, 70]


def test_cells_that_hold_the_very_words_go_before_those_that_only_move_what_stands_around() -> None:
    cells = {"name": Cell("Lodging", "C3", "Hôtel du Vieux Port"), "from": Cell("Lodging", "D3", date(2026, 3, 1))}
    row = Record("lodging", "Lodging", 3, "L-1", cells)
    named, dated = (Asked(Read.VALUE, row, name) for name in cells)
    text = "Hôtel du Vieux Port Bruxelles"
    assert having([dated, named], Passage(text, 6, 19, 0, "", "td")) == [named]
    assert having([dated, named], Passage(text, 6, 29, 0, "", "td")) == [dated, named]


def test_a_file_that_has_changed_is_told_by_the_cell_that_names_it_alone(tmp_path: Path) -> None:
    report = pemdocs.check(write(tmp_path, publication()))
    asked = [Change(question=Question(Read.FILE, NOBODY, name)) for name in ("photos/F-1.png", "nobody.png")]
    told = [said(each, "en") for each in of_changes(asked, Answers(report.dataset))]
    assert told == [
        "a file beside the workbook has changed",
        "the file that photographs![0].file names has changed",
    ]
