"""The pictures of a visa pack show what the dossier holds, and nothing where it holds nothing to draw."""

from __future__ import annotations

from datetime import date
from typing import Any

import pages
import projects
import pytest
from pictures import words

from pemdocs.page.figures import drawers
from pemdocs.page.view import View
from pemdocs.project import kinds


def drawn(kind: str, languages: tuple[str, ...] = ("fr",), **changed: object) -> tuple[Any, Any, dict[str, bytes]]:
    """The functions that draw, the stay they draw, and the pictures they put aside."""
    data = projects.journey()
    data["stays"][0] |= changed
    stay = projects.checked(data).dataset.find("stays", "S-07")
    assert stay is not None
    view, pictures = View(kinds.load(kind), stay, languages), dict[str, bytes]()
    return drawers(view, pages.HOUSE, pictures), view.case, pictures


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("nl",), ("fr", "en")])
def test_the_strip_ends_with_the_days_used_on_the_day_of_exit(languages: tuple[str, ...]) -> None:
    draw, stay, pictures = drawn("visa-history", languages)
    assert draw["strip"](stay) == ["figure:strip"]
    assert "14 / 90" in words(pictures["figure:strip"])


def test_a_stay_that_ends_before_it_begins_has_no_strip() -> None:
    draw, stay, pictures = drawn("visa-history", entry="2026-09-26", exit="2026-09-13")
    assert draw["strip"](stay) == []
    assert pictures == {}


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("nl",), ("fr", "en")])
def test_the_deadlines_run_from_the_earliest_lodging_to_the_passport(languages: tuple[str, ...]) -> None:
    draw, stay, pictures = drawn("visa-timeline", languages)
    assert draw["deadlines"](stay) == ["figure:deadlines"]
    said = " ".join(words(pictures["figure:deadlines"])).replace("\u00a0", " ")
    year, months = "2026", {"fr": ("13 mars", "14 janv."), "en": ("13 Mar", "14 Jan"), "nl": ("13 mrt", "14 jan")}
    assert all(f"{months[each][0]} {year}" in said and f"{months[each][1]} 2031" in said for each in languages)


def test_the_holidays_of_both_countries_fall_between_the_request_and_the_longest_decision() -> None:
    draw, stay, _ = drawn("visa-timeline")
    held = draw["closures"](stay)
    assert [(each.date, each.country) for each in held if not each.estimated] == [
        (date(2026, 7, 21), "BE"),
        (date(2026, 8, 15), "BE"),
        (date(2026, 8, 15), "SN"),
    ]
    assert all(date(2026, 6, 29) <= each.date <= date(2026, 9, 3) for each in held)
    assert {each.name.parts[0][1] for each in held if each.estimated} == {"Grand Magal de Touba", "Gamou"}


def test_the_days_used_are_told_in_runs_that_leave_no_day_out() -> None:
    _, stay, _ = drawn("visa-history", entry="2026-09-01", exit="2026-12-10")
    runs = stay.runs
    assert [(run.first, run.last, run.over) for run in runs] == [(1, 90, False), (91, 101, True)]
    assert sum((run.end - run.start).days + 1 for run in runs) == stay.days
    assert runs[1].start == stay.overstay
