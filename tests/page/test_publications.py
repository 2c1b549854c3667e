"""What reports and notes show: results by a day, small numbers hidden, the chain from question to recommendation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from projects import FILES, Data, checked, codes, publication, said, write
from reading_docx import read_docx_text

import pemdocs
from pemdocs.cli import main
from pemdocs.data.dataset import Linked
from pemdocs.facts.indicators import Number
from pemdocs.page import publishing
from pemdocs.page.view import View
from pemdocs.project import beside, kinds
from pemdocs.project.manifest import Entry, Manifest, digest


def record(data: Data, table: str, identifier: str) -> Linked:
    found = checked(data).dataset.find(table, identifier)
    assert found is not None
    return found


def report(data: Data) -> Any:
    return record(data, "reports", "REP-1")


def values(*numbers: Number | None) -> list[Any]:
    return [None if each is None else each.value for each in numbers]


# Results


def test_the_framework_has_each_indicator_with_what_was_reached() -> None:
    rows = {row.indicator.record.id: row for row in report(publication()).framework}
    assert list(rows) == ["IND-03", "IND-01", "IND-02"]
    travelled = rows["IND-02"]
    assert values(travelled.baseline, travelled.target, travelled.interim, travelled.final) == [0, 60, 46, 47]
    assert travelled.reached == Decimal(47) / 60
    assert (travelled.latest_date, travelled.final.source["fr"]) == (date(2026, 10, 31), "Registre")
    assert rows["IND-01"].reached is None
    assert rows["IND-01"].target is None


def test_the_funnel_follows_the_ranks() -> None:
    assert [step.number.value for step in report(publication()).funnel] == [414, 47]


def test_a_breakdown_is_of_its_latest_day() -> None:
    data = publication()
    data["results"].append({"indicator": "IND-02", "date": "2026-06-30", "value": 40, "stage": "interim",
                            "dimension": "sex", "category": said("Hommes"), "source": "Diapositives"})  # fmt: skip
    (found,) = report(data).breakdowns
    assert (found.dimension, found.date, found.source["nl"]) == ("sex", date(2026, 10, 31), "Registre")
    assert [(row.label["fr"], row.number.value) for row in found.rows] == [("Femmes", 15), ("Hommes", 32)]
    assert found.rows[0].share == Decimal(15) / 47
    assert values(found.total) == [47]


def breakdown(*numbers: float, people: bool = True) -> Any:
    data = publication()
    data["indicators"][1]["people"] = people
    data["results"] = [each for each in data["results"] if not each.get("dimension")]
    data["results"] += [
        {"indicator": "IND-02", "date": "2026-10-31", "value": value, "dimension": "sector", "source": "Registre",
         "category": said(f"Secteur {place}")} for place, value in enumerate(numbers)
    ]  # fmt: skip
    (found,) = report(data).breakdowns
    return [(row.number.value, row.number.hidden) for row in found.rows]


def test_fewer_than_five_people_are_hidden_and_what_would_tell_them_too() -> None:
    assert breakdown(3, 12, 32) == [(None, "derivable"), (None, "derivable"), (32, "")]
    assert breakdown(3, 4, 30, 10) == [(None, "derivable"), (None, "derivable"), (30, ""), (10, "")]
    assert breakdown(4, 4, 30, 9) == [(None, "derivable"), (None, "derivable"), (None, "derivable"), (9, "")]
    assert breakdown(0, 15, 32) == [(0, ""), (15, ""), (32, "")]
    assert breakdown(5, 42) == [(5, ""), (42, "")]
    assert breakdown(3, 0) == [(None, "derivable"), (0, "")]  # most of the total is in no part
    assert breakdown(3, 12, 32, people=False) == [(3, ""), (12, ""), (32, "")]


def test_a_small_whole_is_hidden_with_what_it_reaches() -> None:
    data = publication()
    data["results"][1]["value"] = data["results"][2]["value"] = 3
    row = next(each for each in report(data).framework if each.indicator.record.id == "IND-02")
    assert values(row.interim, row.final, row.target) == [None, None, 60]
    assert (row.final.hidden, row.reached) == ("small", None)


@pytest.mark.parametrize(
    ("baseline", "target", "reached"),
    [(None, 50, "0.58"), (9, 49, "0.5"), (0, 20, "1.45"), (50, 8, "0.5"), (29, 29, None), (0, None, None)],
)
def test_what_is_reached_is_the_part_of_the_way(baseline: int | None, target: int | None, reached: str | None) -> None:
    data = publication()
    data["indicators"][2] |= {"baseline": baseline, "target": target}
    assert record(data, "indicators", "IND-03").reached == (reached and Decimal(reached))


def test_planned_values_are_not_what_was_reached() -> None:
    data = publication()
    data["results"].append({"indicator": "IND-03", "date": "2026-11-01", "value": 60, "stage": "planned",
                            "source": "Convention"})  # fmt: skip
    row = next(each for each in report(data).framework if each.indicator.record.id == "IND-03")
    assert values(row.planned, row.latest) == [60, 29]


# By a day


def seen(data: Data, tmp_path: Path, day: date | None) -> Any:
    return pemdocs.check(write(tmp_path / "p", data), as_of=day).dataset


def test_what_is_later_than_the_day_is_not_seen(tmp_path: Path) -> None:
    dataset = seen(publication(), tmp_path, date(2026, 9, 30))
    row = next(each for each in dataset.find("reports", "REP-1").framework if each.indicator.record.id == "IND-02")
    assert values(row.interim, row.final, row.latest) == [46, None, 46]
    assert dataset.find("indicators", "IND-02").breakdowns == ()
    assert [each.version for each in dataset.find("partnerships", "P-07").versions] == ["1.0"]
    assert dataset.find("objectives", "O-07-1").latest is None
    assert len(dataset.table("results")) == 3


def test_on_the_day_itself_it_is_seen(tmp_path: Path) -> None:
    dataset = seen(publication(), tmp_path, date(2026, 10, 31))
    row = next(each for each in dataset.find("reports", "REP-1").framework if each.indicator.record.id == "IND-02")
    assert values(row.final) == [47]


def test_the_day_is_by_default_the_latest_that_the_data_speaks_of() -> None:
    data = publication()
    assert checked(data).dataset.as_of == date(2026, 11, 16)
    told = (("reports", "submitted"), ("results", "date"), ("budget_lines", "as_of"), ("interviews", "date"))
    for day, (table, field) in enumerate(told, start=1):
        data[table][0][field] = f"2027-01-0{day}"
        assert checked(data).dataset.as_of == date(2027, 1, day)
    data["reports"] = []
    assert checked(data).dataset.as_of == date(2027, 1, 4)


def test_an_earlier_day_knows_no_later_money_nor_interview_and_says_that_it_is_a_snapshot(tmp_path: Path) -> None:
    data = publication()
    found = report(data)
    assert (found.snapshot, len(found.budget_lines), len(found.interviews)) == (False, 4, 3)
    early = seen(data, tmp_path, date(2026, 6, 4)).find("reports", "REP-1")
    assert (early.snapshot, len(early.budget_lines), len(early.interviews)) == (True, 3, 2)


def test_what_is_planned_for_later_is_seen_and_makes_no_day() -> None:
    data = publication()
    data["results"].append({"indicator": "IND-03", "date": "2027-12-31", "value": 60, "stage": "planned",
                            "source": "Convention"})  # fmt: skip
    dataset = checked(data).dataset
    assert dataset.as_of == date(2026, 11, 16)
    indicator: Any = dataset.find("indicators", "IND-03")
    assert values(*indicator.history) == [7, 29, 60]


def test_faults_of_later_rows_are_told_all_the_same(tmp_path: Path) -> None:
    data = publication()
    data["results"].append({"indicator": "IND-02", "date": "2026-10-31", "value": 1, "source": "Registre"})
    found = pemdocs.check(write(tmp_path / "p", data), as_of=date(2026, 6, 30))
    assert "figures-contradict" in codes(found)


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_commands_take_a_day(tmp_path: Path, command: str) -> None:
    folder = write(tmp_path / "p", publication())
    rest = ["--dry-run", "--kind", "accompaniment-plan"] if command == "build" else []
    runner = CliRunner()
    assert runner.invoke(main, [command, str(folder), "--as-of", "2026-09-30", *rest]).exit_code in (0, 1)
    wrong = runner.invoke(main, [command, str(folder), "--as-of", "30/09/2026", *rest])
    assert wrong.exit_code == 2
    form = ["--format", "json"] if command == "check" else []
    assert runner.invoke(main, [command, str(folder), *form, *rest]).exit_code in (0, 1)


# Reports


def test_every_criterion_has_its_place() -> None:
    data = publication()
    assert [each.criterion for each in report(data).scored][-2:] == ["sustainability", "impact"]
    del data["ratings"][1]
    missing = next(each for each in report(data).scored if each.criterion == "coherence")
    assert (missing.rating, missing.score, missing.label["en"]) == (None, None, "Coherence")
    for row in data["ratings"]:
        del row["rank"]
    criteria = [each.criterion for each in report(data).scored]
    assert criteria == ["relevance", "coherence", "effectiveness", "efficiency", "sustainability", "impact"]
    assert report(data).scored[0].meaning["fr"] == "Très bonne performance"


def test_questions_make_a_tree_in_natural_order() -> None:
    data = publication()
    data["questions"] += [{"id": f"QE{n}", "report": "REP-1", "text": said("?")} for n in ("10", "1", "3.10")]
    data["questions"][-1]["parent"] = "QE3"
    tree = report(data).question_tree
    assert [node.question.record.id for node in tree] == ["QE1", "QE3", "QE10"]
    assert [node.question.record.id for node in tree[1].children] == ["QE3.1", "QE3.2", "QE3.10"]
    assert [each.record.id for each in tree[1].children[0].question.answered_in] == ["C1"]


def test_a_circle_of_questions_is_cut() -> None:
    data = publication()
    data["questions"][0]["parent"] = "QE3.1"
    data["questions"][2]["parent"] = "QE3.2"

    def names(nodes: Any) -> list[str]:
        return [name for node in nodes for name in (node.question.record.id, *names(node.children))]

    assert sorted(names(report(data).question_tree)) == ["QE3", "QE3.1", "QE3.2"]


def test_conclusions_lead_to_recommendations_and_levels() -> None:
    found = report(publication())
    assert [[each.record.id for each in row.recommendations] for row in found.conclusion_rows] == [["R1"], ["R1"]]
    (advice,) = found.recommendation_rows
    assert [each.record.id for each in advice.conclusions] == ["C1", "C2"]
    assert [(level.code, level.label["en"]) for level in advice.levels] == [
        ("1", "Project or programme"),
        ("3", "Organisation"),
    ]


def test_the_budget_tells_that_its_sources_differ() -> None:
    data = publication()
    budget = report(data).budget
    assert budget.total.record.id == "B-01"
    assert [len(each) for each in (budget.others, budget.lines, budget.shares)] == [1, 1, 1]
    assert budget.differ
    data["budget_lines"][1]["amount"] = 2535329.75
    assert not report(data).budget.differ


def test_who_was_heard_is_counted() -> None:
    met = report(publication()).met
    assert (met.interviews, met.people, met.groups) == (2, 11, 1)


def test_sources_and_contradictions_are_told() -> None:
    data = publication()
    told = [each["en"] for each in report(data).sources]
    assert told == ["Convention", "Diapositives", "Registre", "Page du projet"]
    assert report(data).contradictions == ()
    data["results"].append({"indicator": "IND-02", "date": "2026-10-31", "value": 46, "source": "Diapositives"})
    (found,) = report(data).contradictions
    assert sorted(values(*found.numbers)) == [46, 47]


def test_a_source_is_told_in_the_language_of_the_reader_and_else_as_it_is_typed(tmp_path: Path) -> None:
    data = publication()
    for row in data["results"]:
        row |= {"source::en": "Register"} if row["source"] == "Registre" else {}
    folder = write(tmp_path / "p", data, languages=["fr", "fr+en", "nl"])
    pemdocs.build(folder, kinds="final-report", cases="REP-1", languages=("fr", "fr+en"), formats="html", jobs=1)
    place = folder / "out" / "final-report" / "REP-1"
    french, both = (next(place.glob(f"*.{each}.html")).read_text("utf-8") for each in ("fr", "fr-en"))
    assert ("Register" in french, french.count("Registre") > 1) == (False, True)
    assert both.count("Registre") == both.count("Register") == french.count("Registre")
    assert both.count("Diapositives") == french.count("Diapositives") > 0
    missing = [each for each in pemdocs.check(folder).findings if each.field == "source"]
    assert {(each.code, each.facts["language"]) for each in missing} == {("missing-translation", "nl")}


# Notes


def test_a_note_shows_the_lessons_it_names_then_those_of_its_theme() -> None:
    note = record(publication(), "notes", "N-1")
    assert [each.record.id for each in note.shown_lessons] == ["L2", "L1"]
    assert [each.kind for each in note.boxes] == ["practice", "lesson", "lesson", "recommendation"]
    assert note.report.record.id == "REP-1"
    assert [row.indicator.record.id for row in note.figure_rows] == ["IND-02"]


def test_the_text_of_a_note_may_be_a_file_for_each_language(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", publication())
    (folder / "notes" / "N-2.md").write_text("français", "utf-8")
    (folder / "notes" / "N-2.nl.md").write_text("\ufeffNederlands\r\nop twee lijnen", "utf-8")
    note: Any = pemdocs.check(folder).dataset.find("notes", "N-2")
    assert note.body == {
        "fr": "## Avant le départ\n\nUn cours de deux jours.\n",
        "nl": "Nederlands op twee lijnen",
    }
    assert record(publication(), "notes", "N-1").body["fr"].startswith("## Le jury")


@pytest.mark.parametrize("name", ["../secret.md", "/etc/hostname", "notes/../../secret.md", "", ".", "a\0b", "notes"])
def test_a_file_outside_of_the_project_is_never_opened(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "p", publication())
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    assert beside.content(folder, name) is None
    assert beside.content(folder, "link.md") is None
    assert beside.content(None, "notes/N-2.fr.md") is None


# Layouts


def view(data: Data, table: str, identifier: str, *languages: str, folder: Path | None = None) -> View:
    kind = replace(kinds.load("partnership-charter"), table=table, audience="public")
    case = record(data, table, identifier)
    if folder is not None:
        case = Linked(replace(case.dataset, folder=folder), case.record)
    return View(kind, case, languages or ("fr",))


def told(data: Data, table: str, identifier: str, *languages: str, folder: Path | None = None) -> Any:
    pictures: dict[str, bytes] = {}
    return publishing.functions(view(data, table, identifier, *languages, folder=folder), pictures), pictures


def test_a_number_is_said_as_it_may_be_published() -> None:
    functions, _ = told(publication(), "reports", "REP-1", "fr", "en")
    value = Number(Decimal(1234), "", {"fr": "personnes", "en": "people"}, None, "", None, True)
    say = functions["number"]
    assert [text for _, text in say(value, unit=True).parts] == ["1\u202f234\u00a0personnes", "1,234\u00a0people"]
    assert [text for _, text in say(value._replace(value=None, hidden="small")).parts] == [
        "moins de 5",
        "fewer than 5",
    ]
    assert say(value._replace(value=None, hidden="derivable")).parts[1][1] == "not published"
    assert say(None).parts == (("fr", "–"),)
    assert functions["share"](Decimal("0.256")).parts[1][1] == "26%"


def test_the_photographs_of_a_note_are_put_on_its_page(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", publication())
    functions, pictures = told(publication(), "notes", "N-1", folder=folder)
    (shown,) = functions["photographs"]()
    assert pictures == {shown.src: FILES["photos/F-1.png"]}
    assert functions["left_out"]() == 0
    (folder / "photos" / "F-1.png").write_bytes(b"GIF89a")
    assert functions["photographs"]() == ()


def test_legends_scores_and_targets() -> None:
    functions, _ = told(publication(), "reports", "REP-1", "en")
    assert [each.code for each in functions["legend"]("scores")] == ["A", "B", "C", "D"]
    assert functions["doubt"]() is None
    assert functions["score_of"]("impact").score == "B"
    assert [functions["target"](each) for each in ("R1", "QE3.1", "F-1")] == ["r-1", "qe-3-1", "f-1"]
    assert functions["met"]()[1].name == "Aïssatou Marie Ndiaye"
    assert functions["words"](said("Un", "One")).parts == (("en", "One"),)


def test_other_kinds_have_no_such_functions() -> None:
    case = record(publication(), "partnerships", "P-07")
    assert publishing.functions(View(kinds.load("partnership-charter"), case, ("fr",)), {}) == {}


# Documents and withdrawn consents


def entry(folder: Path, *consents: str) -> str:
    path = "learning-note/N-1/learning-note-N-1.fr.pdf"
    account = Manifest({})
    made = Entry(path, "learning-note", "N-1", ("fr",), "pdf", digest(b"note"), 1, "f" * 64, consents=consents)
    account.store(folder / "out", made, b"note")
    account.write(folder / "out")
    return path


def test_a_document_that_shows_what_was_withdrawn_is_an_error(tmp_path: Path) -> None:
    data = publication()
    data["consents"][1]["withdrawn"] = "2026-11-12"
    folder = write(tmp_path / "p", data)
    path = entry(folder, "CS-1", "CS-2")
    found = [each for each in pemdocs.check(folder).findings if each.code == "document-against-consent"]
    assert [(each.cell, each.severity, each.facts["path"]) for each in found] == [("[1].withdrawn", "error", path)]
    entry(folder, "CS-1")
    assert "document-against-consent" not in codes(pemdocs.check(folder))


def built(folder: Path, *kinds_: str, **wishes: Any) -> str:
    """Build the Word documents of these kinds; returns all their words."""
    pemdocs.build(folder, kinds=kinds_, formats=["docx"], **wishes)
    return " ".join(read_docx_text(path.read_bytes()) for path in sorted((folder / "out").rglob("*.docx")))


SECRET = ("Ndiaye", "Aïssatou", "Fonio du Cap", "Céréales", "Gérante", "De Linde", "rassurée")


def test_a_withdrawal_takes_what_it_allowed_out_of_the_next_document(tmp_path: Path) -> None:
    data = publication()
    folder = write(tmp_path / "p", data)
    before = built(folder, "learning-note", "final-report")
    assert {each for each in SECRET if each not in before} <= {"Céréales", "De Linde"}
    for consent in data["consents"]:
        consent["withdrawn"] = "2026-11-12"
    data["interviews"][1]["role"] = said("Entreprise")
    write(folder, data)
    assert "document-against-consent" in codes(pemdocs.check(folder))
    after = built(folder, "learning-note", "final-report")
    assert [each for each in SECRET if each in after] == []
    assert "document-against-consent" not in codes(pemdocs.check(folder))


def test_a_consent_that_has_ended_since_is_told_and_its_quote_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "p", publication())
    assert "rassurée" in built(folder, "learning-note")
    assert "document-after-consent" not in codes(pemdocs.check(folder))
    monkeypatch.setattr("pemdocs.consent.consents.clock", lambda: date(2029, 1, 1))
    told = [each for each in pemdocs.check(folder).findings if each.code == "document-after-consent"]
    assert {each.cell for each in told} == {"[0].until", "[1].until"}
    assert "rassurée" not in built(folder, "learning-note")
    assert "document-after-consent" not in codes(pemdocs.check(folder))


def test_a_snapshot_lies_beside_the_documents_of_today(tmp_path: Path) -> None:
    data = publication()
    folder = write(tmp_path / "p", data)
    for day in (None, date(2026, 6, 30)):
        pemdocs.build(folder, kinds=["learning-note"], cases=["N-1"], formats=["docx"], as_of=day)
    found = sorted(path.relative_to(folder / "out").parts[0] for path in folder.glob("out/**/*.docx"))
    assert found == ["as-of-2026-06-30", "learning-note"]
    data["consents"][0]["withdrawn"] = "2026-11-12"
    write(folder, data)
    assert [each.code for each in pemdocs.check(folder).findings].count("document-against-consent") == 2


def test_a_result_without_a_stage_is_shown_as_the_final_one() -> None:
    data = publication()
    data["results"][6]["stage"] = None
    rows = {row.indicator.record.id: row for row in report(data).framework}
    assert values(rows["IND-03"].interim, rows["IND-03"].final) == [7, 29]


def test_a_language_without_its_file_is_told(tmp_path: Path) -> None:
    found = pemdocs.check(write(tmp_path / "p", publication(), languages=["fr+nl"])).findings
    told = [each for each in found if each.code == "missing-translation"]
    assert [(each.cell, each.facts["language"]) for each in told] == [("[1].file", "nl")]


def test_a_document_in_a_language_that_is_not_consented_leaves_it_out(tmp_path: Path) -> None:
    data = publication()
    for consent in data["consents"]:
        consent["languages"] = ["fr"]
    folder = write(tmp_path / "p", data)
    assert "rassurée" in built(folder, "learning-note")
    both = write(tmp_path / "q", data)
    assert "rassurée" not in built(both, "learning-note", languages=["fr+nl"])


@pytest.mark.parametrize("field", ["withdrawn", "until", "person", "media"])
def test_an_error_in_a_consent_stops_the_note(tmp_path: Path, field: str) -> None:
    data = publication()
    data["consents"][0][field] = "31/02/2026"
    result = pemdocs.build(write(tmp_path / "p", data), kinds=["learning-note"], cases=["N-1"], dry_run=True)
    assert [each.code for each in result.skipped] == ["case-has-errors"]
    assert result.outcomes == ()


def test_the_account_keeps_the_consents(tmp_path: Path) -> None:
    path = entry(tmp_path, "CS-1")
    assert Manifest.read(tmp_path / "out").entries[path].consents == ("CS-1",)
    plain = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert plain["documents"][0]["consents"] == ["CS-1"]
