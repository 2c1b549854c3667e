"""The program as functions: records in, bytes out, plain words, and nothing of anybody in what a log may hold."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from projects import fill, project, publication, write
from speaking import private

import pemdocs
from pemdocs.building.jobs import why_not
from pemdocs.page.view import View
from pemdocs.project import kinds

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_every_example_of_the_manual_runs(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    told = io.StringIO()
    with redirect_stdout(told):
        exec(BLOCKS[number], {"folder": tmp_path / "out", "pemdocs": pemdocs})  # noqa: S102
    assert "Traceback" not in told.getvalue()


def typed(value: Any) -> Any:
    """What stands in JSON, as Python has it: dates, times and decimals instead of text."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(map(typed, value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value):
        return time.fromisoformat(value)
    return Decimal(str(value)) if isinstance(value, float) else value


@pytest.mark.parametrize("records", [project(), publication()], ids=["pair", "publication"])
def test_records_of_plain_python_are_the_records_of_a_file(records: dict[str, Any], tmp_path: Path) -> None:
    del records["companies"][0]["country"]
    from_file = pemdocs.check(write(tmp_path / "workbook.json", records))
    plain = {table: [typed(each) for each in rows] for table, rows in records.items()}
    loaded = pemdocs.check(pemdocs.load(plain, languages=["fr"]))
    assert [(each.code, each.place) for each in loaded.findings] == [
        (each.code, each.place) for each in from_file.findings
    ]
    assert values(loaded) == values(from_file)


def values(report: pemdocs.Report) -> dict[tuple[str, int, str], Any]:
    rows = [row for found in report.dataset.records.values() for row in found]
    return {(row.table, row.number, name): cell.value for row in rows for name, cell in row.cells.items()}


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), object(), {1: {2: 3}}, [[1], {}], 10**50]
)
def test_a_value_that_no_cell_can_hold_is_a_finding_at_its_place(value: object) -> None:
    report = pemdocs.check(pemdocs.load({"companies": [{"id": "SN-014", "employees": value}]}))
    assert [each for each in report.findings if each.cell.startswith("[0].employees")]


def test_a_document_in_memory_is_the_document_in_the_folder(tmp_path: Path) -> None:
    source = write(tmp_path / "workbook.json", project())
    built = pemdocs.build(source, kinds="partnership-charter", cases="P-07", languages="fr+nl", formats="docx")
    case = pemdocs.check(source).case("P-07")
    assert [outcome.state for outcome in built.outcomes] == ["made"]
    made = (built.out / built.outcomes[0].path).read_bytes()
    assert pemdocs.render("partnership-charter", case, "fr+nl", "docx") == made


@pytest.mark.parametrize(
    ("kind", "language", "format", "code"),
    [
        ("letter", "fr", "pdf", "unknown-kind"),
        ("visa-checklist", "fr", "pdf", "unknown-kind"),
        ("partnership-charter", "de", "pdf", "unknown-language"),
        ("partnership-charter", "fr", "odt", "unknown-format"),
        ("learning-note", "fr", "pdf", "other-table"),
    ],
)
def test_what_cannot_be_rendered_is_refused_in_words(kind: str, language: str, format: str, code: str) -> None:
    case = pemdocs.check(pemdocs.load(project())).case("P-07")
    with pytest.raises(pemdocs.PemdocsError) as refused:
        pemdocs.render(kind, case, language, format)
    assert refused.value.code == code
    assert str(refused.value)[-1] in ".:"


def test_a_case_with_errors_or_gaps_is_not_rendered() -> None:
    wrong, thin = project(), project()
    wrong["companies"][0]["women_employees"] = 13
    thin["charters"] = []
    for records, code in ((wrong, "case-faulty"), (thin, "case-incomplete")):
        with pytest.raises(pemdocs.PemdocsError) as refused:
            pemdocs.render("partnership-charter", pemdocs.check(pemdocs.load(records)).case("P-07"))
        assert refused.value.code == code


def test_an_id_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(pemdocs.PemdocsError, match="P-07"):
        pemdocs.check(pemdocs.load(project())).case("P-99")


@pytest.mark.parametrize(("lang", "words"), [("", "women"), ("fr", "femmes"), ("nl", "vrouwen")])
def test_a_finding_is_a_sentence_with_its_place(lang: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEMDOCS_LANG", lang)
    records = project()
    records["companies"][0]["women_employees"] = 13
    (finding,) = pemdocs.check(pemdocs.load(records)).findings
    assert str(finding).startswith("companies![0].women_employees: ")
    assert words in str(finding)


def test_no_repr_holds_a_value_of_the_data() -> None:
    records = publication()
    put = fill(records, lambda field: private(field) or field.type == "string", lambda field, number: f"Qxzj{number}")
    assert put
    loaded = pemdocs.load(records)
    report = pemdocs.check(loaded)
    pair = report.dataset.table("partnerships")[0]
    view = View(kinds.load("accompaniment-plan"), pair, ("fr",))
    seen = [loaded, report, report.dataset, *report.findings, pair, view.case.stage, view.say("title")]
    seen += [each for rows in report.dataset.records.values() for each in rows]
    seen += [each for rows in report.dataset.records.values() for row in rows for each in row.cells.values()]
    seen += [*loaded.reading.rows, why_not(view.kind, pair, report)]
    assert "Qxzj" not in json.dumps([repr(each) for each in seen])
    assert max(len(repr(each)) for each in seen) < 400
