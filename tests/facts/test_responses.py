"""What management answers to a report is counted, what is late is told from the day of the follow-up, and the table of
actions stands in the groups that the report asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pagesof import page_of, words
from projects import Data, publication, said, write

import pemdocs


def tracked(folder: Path, **report: Any) -> Any:
    """The report of a project with two recommendations and four actions, seen on 15 November 2026."""
    data: Data = publication()
    data["reports"][0] |= report
    data["recommendations"].append(
        {"id": "R2", "report": "REP-1", "title": said("Partir plus tôt"), "conclusions": ["C2"], "response": "partly",
         "response_text": said("Dès le budget suivant.")}
    )  # fmt: skip
    data["actions"] += [
        {"id": "R2-1", "recommendation": "R2", "title": said("Avancer le départ"), "owner": said("Coordination"),
         "due": "2026-11-01", "status": "ongoing"},
        {"id": "R2-2", "recommendation": "R2", "title": said("Louer un bus"), "owner": said("Formation"),
         "due": "2026-01-31", "status": "dropped", "progress": said("Sans objet")},
    ]  # fmt: skip
    return pemdocs.check(write(folder, data)).dataset.table("reports")[0]


def shared(key: Any) -> str:
    """What a group shares, in a word: the id of a recommendation, an owner in French, a year, a state."""
    if isinstance(key, dict):
        return str(key["fr"])
    return str(key.record.id if hasattr(key, "record") else key)


def test_responses_and_actions_are_counted(tmp_path: Path) -> None:
    report = tracked(tmp_path)
    assert report.answered == (2, 1, 1, 0, 0)
    assert report.followed == (4, 1, 1, 0, 1, 1)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        (None, {"R1": ["R1-1", "R1-2"], "R2": ["R2-1", "R2-2"]}),
        ("owner", {"Coordination": ["R2-1", "R1-1"], "Formation": ["R2-2", "R1-2"]}),
        ("due", {"2026": ["R2-2", "R2-1", "R1-1"], "2027": ["R1-2"]}),
        ("state", {"late": ["R2-1"], "ongoing": ["R1-2"], "done": ["R1-1"], "dropped": ["R2-2"]}),
    ],
)
def test_actions_stand_in_the_groups_that_the_report_asks_for(tmp_path: Path, by: str | None, found: Data) -> None:
    report = tracked(tmp_path, actions_by=by)
    told = [(shared(group.key), [each.record.id for each in group.actions]) for group in report.action_groups]
    assert told == list(found.items())


def test_an_action_is_late_and_done_only_from_the_day_of_the_follow_up_on(tmp_path: Path) -> None:
    report = tracked(tmp_path, followed_up="2026-10-31")
    states = {each.record.id: each.standing for each in report.dataset.table("actions")}
    assert states == {"R1-1": "ongoing", "R1-2": "ongoing", "R2-1": "ongoing", "R2-2": "dropped"}


@pytest.mark.parametrize("kind", ["management-response", "final-report"])
def test_a_report_and_the_paper_of_its_own_print_each_response_and_each_action(tmp_path: Path, kind: str) -> None:
    text = words(page_of(tracked(tmp_path), kind, ("fr", "nl")))
    for each in ("Dès le budget suivant.", "Avancer le départ", "En retard", "Achterstand", "Abandonnée", "Sans objet"):
        assert each in text, each


def test_the_name_of_somebody_who_has_not_agreed_is_told_where_it_stands_as_the_owner(tmp_path: Path) -> None:
    data = publication()
    data["people"].append({"id": "SN-014-B", "company": "SN-014", "given_names": "Marème", "family_name": "Sarr"})
    data["actions"][0]["owner"] = said("Marème Sarr, coordination")
    found = [each for each in pemdocs.check(write(tmp_path, data)).findings if each.table == "actions"]
    assert [(each.field, each.severity) for each in found] == [("owner", "error")]
    assert "Sarr" not in str(found[0].facts)
