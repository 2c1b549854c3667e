"""The figures of a report show its facts, keep back what they keep back, and stay away where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pages
import projects
import pytest
from pictures import words
from projects import said

from pemdocs.model import PemdocsError
from pemdocs.page.figures import drawers
from pemdocs.page.figures.publications import Drawn
from pemdocs.page.view import View
from pemdocs.project import kinds

WOMEN, MEN = said("Femmes", "Women", "Vrouwen"), said("Hommes", "Men", "Mannen")
NAMES = ("targets", "funnel", "types", "sectors", "regions", "scores", "milestones", "by_sex")


def indicator(number: int, name: str, **more: object) -> dict[str, Any]:
    return {"id": f"IND-{number:02}", "report": "REP-1", "name": said(name), "unit": said("entreprises"), **more}


def result(number: int, value: float, day: str = "2024-06-30", **more: object) -> dict[str, Any]:
    return {"indicator": f"IND-{number:02}", "date": day, "value": value, "source": "S002", "stage": "final", **more}


def data() -> projects.Data:
    signed = [("type", "Import-export", 23), ("type", "Coentreprise", 3), ("type", "Nouveau service", 3),
              ("sector", "Agroalimentaire", 18), ("sector", "Numérique", 11),
              ("region", "Dakar", 20), ("region", "Flandre", 9)]  # fmt: skip
    return projects.project() | {
        "reports": [{"id": "REP-1", "title": said("Rapport final"), "kind": "final"}],
        "indicators": [
            indicator(1, "Partenariats signés", target=60, chart="target", rank=1),
            indicator(2, "Identifiées", chart="funnel", rank=1),
            indicator(3, "Sélectionnées", chart="funnel", rank=2),
            indicator(4, "Parties", chart="funnel", rank=3, people=True),
        ],
        "results": [
            result(1, 7, "2024-01-31", stage="interim"), result(1, 29), result(2, 414), result(3, 50), result(4, 47),
            *(result(1, value, dimension=of, category=said(name)) for of, name, value in signed),
            result(4, 17, dimension="sex", category=WOMEN), result(4, 30, dimension="sex", category=MEN),
        ],
        "ratings": [{"report": "REP-1", "criterion": "relevance", "score": "A"}],
        "milestones": [{"report": "REP-1", "title": said("Lancement"), "start": "2021-10-01", "kind": "event"}],
    }  # fmt: skip


def drawn(
    name: str, languages: tuple[str, ...] = ("fr",), given: projects.Data | None = None, width: float = 170.0
) -> tuple[Drawn | None, bytes]:
    found = projects.checked(given or data()).dataset.find("reports", "REP-1")
    assert found is not None
    kind = replace(kinds.load("accompaniment-plan"), table="reports", audience="public", languages=languages)
    view, pictures = View(kind, found, languages), dict[str, bytes]()
    case: Any = view.case.breakdowns[-1] if name == "breakdown" else view.case
    figure = drawers(view, pages.HOUSE, pictures)["chart"](name, case, width)
    return figure, pictures[figure.src] if figure else b""


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("nl",), ("fr", "nl")], ids="+".join)
@pytest.mark.parametrize("name", [*NAMES, "breakdown"])
def test_every_figure_of_a_report_is_drawn_in_its_languages(name: str, languages: tuple[str, ...]) -> None:
    figure, svg = drawn(name, languages)
    assert figure is not None
    assert [each for each, _ in figure.alt.parts] == list(languages)
    assert figure.rows
    assert all(len(row.values) == len(figure.heads) - 1 for row in figure.rows)
    assert words(svg)


def numbers(figure: Drawn | None) -> list[list[str]]:
    assert figure is not None
    return [
        [value.parts[0][1].replace("\u00a0", " ") if value.parts else "" for value in row.values] for row in figure.rows
    ]


def test_the_numbers_are_those_of_the_facts() -> None:
    assert numbers(drawn("targets")[0]) == [["7", "29", "60", "48 %"]]
    assert numbers(drawn("funnel")[0]) == [["414", "", ""], ["50", "12 %", "12 %"], ["47", "11 %", "94 %"]]
    assert numbers(drawn("types")[0]) == [["23 (79 %)"], ["3 (10 %)"], ["3 (10 %)"]]
    assert numbers(drawn("by_sex")[0]) == [["17 (36 %)", "30 (64 %)", "47"]]


def test_regions_stand_under_their_countries() -> None:
    said = words(drawn("regions")[1])
    assert [said.index(word) for word in ("Sénégal", "Dakar", "Belgique", "Flandre")] == sorted(
        said.index(word) for word in ("Sénégal", "Dakar", "Belgique", "Flandre")
    )


def test_all_six_criteria_are_on_the_card_and_a_remark_for_the_team_is_not() -> None:
    figure, svg = drawn("scores")
    assert [row[0] for row in numbers(figure)].count("pas encore noté") == 5
    assert "Légende non confirmée" not in words(svg)


@pytest.mark.parametrize("few", [1, 4])
def test_few_people_are_withheld(few: int) -> None:
    given = data()
    given["results"][-2]["value"] = few
    figure, svg = drawn("by_sex", given=given)
    assert numbers(figure) == [["non publié", "non publié", "47"]]
    assert "non publié" in words(svg)


def test_nothing_is_drawn_of_nothing() -> None:
    given = data() | {"indicators": [], "results": [], "ratings": [], "milestones": []}
    assert all(drawn(name, given=given)[0] is None for name in NAMES if name != "scores")


def test_a_figure_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "chart-unknown"):
        drawn("pie")


def test_a_narrow_figure_is_another_picture() -> None:
    wide, narrow = (drawn("funnel", width=width)[0] for width in (170.0, 80.0))
    assert wide is not None
    assert narrow is not None
    assert wide.src != narrow.src
    assert wide.rows == narrow.rows
