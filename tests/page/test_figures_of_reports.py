"""The figures of a report show its facts, keep back what they keep back, and stay away where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pages
import projects
import pytest
from pictures import words
from projects import said

from pemdocs.model import PemdocsError, Text
from pemdocs.page.figures import drawers
from pemdocs.page.figures.publications import Drawn
from pemdocs.page.view import View
from pemdocs.project import kinds

WOMEN, MEN = said("Femmes", "Women", "Vrouwen"), said("Hommes", "Men", "Mannen")
NAMES = ("targets", "funnel", "types", "sectors", "regions", "scores", "milestones", "by_sex")

MAPPED = [(7, "Dakar", 9), (7, "Thiès", 3), (7, "Louga", 2), (7, "Flandre", 6), (7, "Wallonie", 5)]


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
            indicator(4, "Parties", chart="funnel; change", rank=3, people=True),
            *(indicator(number, f"Incubateurs {number}", chart="dots; change") for number in (5, 6)),
            indicator(7, "Entreprises reçues", chart="map"),
        ],
        "results": [
            result(1, 7, "2024-01-31", stage="interim"), result(1, 29), result(2, 414), result(3, 50), result(4, 47),
            *(result(1, value, dimension=of, category=said(name)) for of, name, value in signed),
            result(4, 40, "2024-01-31", stage="interim"), result(5, 22), result(5, 18, "2024-01-31"), result(6, 11),
            *(result(number, value, dimension="region", category=said(name)) for number, name, value in
              [(5, "Dakar", 10), (5, "Flandre", 12), (6, "Dakar", 5), (6, "Flandre", 6), *MAPPED]),
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
    parts = {"breakdown": "breakdowns", "dots": "comparisons", "changes": "changes"}
    case: Any = getattr(view.case, parts[name])[-1] if name in parts else view.case
    figure = drawers(view, pages.HOUSE, pictures)["chart"](name, case, width)
    return figure, pictures[figure.src] if figure else b""


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("nl",), ("fr", "nl")], ids="+".join)
@pytest.mark.parametrize("name", [*NAMES, "breakdown", "dots", "changes"])
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


def mapped(given: projects.Data) -> tuple[Drawn | None, bytes]:
    given["indicators"] = [each for each in given["indicators"] if each["id"] == "IND-07"]
    given["results"] = [each for each in given["results"] if each["indicator"] == "IND-07"]
    return drawn("regions", given=given)


def test_regions_of_fewer_than_five_are_told_together_on_a_map() -> None:
    figure, svg = mapped(data())
    assert figure is not None
    labels = [plainly(row.label) for row in figure.rows]
    assert labels == [
        "Dakar (Sénégal)",
        "Autres régions ensemble (Sénégal)",
        "Flandre (Belgique)",
        "Wallonie (Belgique)",
    ]
    assert numbers(figure) == [["9"], ["5"], ["6"], ["5"]]
    assert "Natural Earth" in " ".join(words(svg))
    told = plainly(figure.alt) + plainly(figure.title) + " ".join(words(svg))
    assert not any(name in told for name in ("Thiès", "Louga"))


def test_a_country_of_fewer_than_five_is_not_told_nor_is_what_would_give_it_back() -> None:
    given = data()
    given["results"] = [
        each for each in given["results"] if each.get("value") not in (6, 5) or each["indicator"] != "IND-07"
    ]
    given["results"] += [result(7, 4, dimension="region", category=said("Flandre"))]
    figure, _ = mapped(given)
    assert numbers(figure) == [["non publié"], ["non publié"]]


def test_where_a_region_has_no_borders_bars_are_drawn_and_tell_no_more() -> None:
    given = data()
    given["results"] += [result(7, value, dimension="region", category=said(name)) for name, value in
                         (("Kayes", 7), ("Sikasso", 3), ("Ségou", 4))]  # fmt: skip
    figure, _ = mapped(given)
    assert figure is not None
    labels = " ".join(plainly(row.label) for row in figure.rows)
    assert "Kayes" in labels
    assert not any(name in labels for name in ("Thiès", "Louga", "Sikasso", "Ségou"))


def plainly(text: Text) -> str:
    return " ".join(words for _, words in text.parts)


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
