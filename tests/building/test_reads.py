"""What a document has read decides whether it is looked at again: never too little, and no more than was read."""

from __future__ import annotations

import json
import random
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import Data, journey, project, publication, write
from remembered import Example
from word_templates import template

import pemdocs
from pemdocs import resources
from pemdocs.building import CURRENT, MADE, plain, samples
from pemdocs.building.jobs import Plan, plan
from pemdocs.building.making import wished
from pemdocs.building.memory import Known, Memory
from pemdocs.building.order import Order
from pemdocs.building.sources import source
from pemdocs.checking.examination import Report, examine
from pemdocs.cli import main
from pemdocs.model import FieldName, Finding, Money, PemdocsError, Severity
from pemdocs.page.passages import Passage
from pemdocs.project import kinds, programme
from pemdocs.project.settings import open_project

WORD: dict[str, Any] = {"formats": ["docx"]}
HEADS = "Remarques Opmerkingen"
PLAN = "accompaniment-plan/P-07/plan-P-07.fr.docx"


def whole() -> Data:
    """A pair with its visa dossier, a report and two notes."""
    return {**journey(), **{name: rows for name, rows in publication().items() if name not in journey()}}


def planned(folder: Path, documents: dict[str, Known]) -> tuple[Plan, Report]:
    """What a build would look at, as it remembers these documents."""
    opened = open_project(folder)
    report = examine(opened)
    order = Order(opened, folder / "out", formats=("docx",))
    return plan(report, wished(order), Memory(documents, report.dataset)), report


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Known]]:
    """A project, and what its documents have read."""
    folder = write(tmp_path_factory.mktemp("known"), whole())
    found, _ = planned(folder, {})
    for due in found.dues.values():
        assert isinstance(due.fingerprint, str)
        due.learn()
    return folder, found.memory.documents


def changed(data: Data, dice: random.Random) -> Data:
    """The same data with one cell, or one row, changed as people change them."""
    data = deepcopy(data)
    rows = data[dice.choice([name for name, found in data.items() if found])]
    row = dice.choice(rows)
    name = dice.choice(list(row))
    way = dice.randrange(10)
    if way == 0:
        rows.remove(row)
    elif way == 1:
        rows.insert(0, rows.pop())
    elif way == 2:
        del row[name]
    elif way == 3:
        row[name] = deepcopy(dice.choice([each[name] for each in rows if name in each]))
    else:
        row[name] = other(row[name], dice)
    return data


def other(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        return {**value, (lang := dice.choice(list(value))): f"{value[lang]} bis"}
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return value[1:]
    try:
        return (date.fromisoformat(value) + timedelta(days=dice.choice((-1, 1, 40)))).isoformat()
    except ValueError:
        return f"{value} bis"


@given(seed=st.integers(0, 10**9))
@settings(max_examples=10)
def test_what_is_skipped_would_be_the_same_and_what_is_not_has_read_what_changed(
    known: tuple[Path, dict[str, Known]], tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _, documents = known
    folder = write(tmp_path_factory.mktemp("changed"), changed(whole(), random.Random(seed)))
    remembering, _ = planned(folder, documents)
    afresh, _ = planned(folder, {})
    assert remembering.dues.keys() == afresh.dues.keys()
    for path, due in remembering.dues.items():
        found, true = due.fingerprint, afresh.dues[path].fingerprint
        if isinstance(true, PemdocsError):
            assert isinstance(found, PemdocsError)
        else:
            assert found == true
        assert bool(due.draft.states) is (due.changes != ())
        if isinstance(true, str) and path in documents and true != documents[path].fingerprint:
            assert due.changes


@pytest.fixture(scope="module")
def example() -> Example:
    return Example(kinds=("accompaniment-plan", "learning-note"), formats=("docx",))


@pytest.mark.parametrize("seed", [1, 17, 41])
def test_no_document_of_the_example_is_left_that_is_another(example: Example, seed: int) -> None:
    held = example.after(seed)
    assert held.checked or held.stale or held.same
    assert not held.left, held.change


@pytest.fixture(scope="module")
def built_whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pair with its dossier, a report and two notes, built in Word."""
    folder = write(tmp_path_factory.mktemp("whole"), whole())
    pemdocs.build(folder, **WORD)
    return folder


@pytest.fixture(scope="module")
def built_journey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pair with its dossier, built in Word."""
    folder = write(tmp_path_factory.mktemp("journey"), journey())
    pemdocs.build(folder, **WORD)
    return folder


def copied(built: Path, folder: Path) -> Path:
    """A project of its own with what it was built to; once more, so that all is remembered of where it lies now."""
    copy = Path(shutil.copytree(built, folder / "p"))
    pemdocs.build(copy, **WORD)
    return copy


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.docx")}


def test_a_build_that_remembers_gives_the_bytes_of_one_from_nothing(built_whole: Path, tmp_path: Path) -> None:
    folder = copied(built_whole, tmp_path)
    dice = random.Random(7)
    data = whole()
    for _ in range(2):
        data = changed(data, dice)
    write(folder, data)
    built = pemdocs.build(folder, **WORD)
    fresh = pemdocs.build(folder, out=tmp_path / "fresh", **WORD)
    made = files(folder / "out")
    assert {path: made[path] for path in files(fresh.out)} == files(fresh.out)
    assert {each.state for each in built.outcomes} <= {MADE, CURRENT}


def test_nothing_is_read_where_nothing_has_changed(
    built_journey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, copy = write(tmp_path / "own", journey()), copied(built_journey, tmp_path)
    first = pemdocs.build(folder, **WORD)

    def fail(*_args: object, **_more: object) -> None:
        raise AssertionError("the workbook is read again")

    monkeypatch.setattr("pemdocs.checking.examination.read", fail)
    again = pemdocs.build(folder, **WORD)
    assert {each.state for each in again.outcomes} == {CURRENT}
    assert [each.path for each in again.outcomes] == [each.path for each in first.outcomes]
    assert (again.findings, again.skipped) == (first.findings, first.skipped)
    for asked in ({"cache": False}, {"force": True}, {"cases": ["P-07"]}):
        with pytest.raises(AssertionError, match="read again"):
            pemdocs.build(folder, **WORD, **asked)
    assert {each.state for each in pemdocs.build(copy, **WORD).outcomes} == {CURRENT}


def test_a_start_imports_nothing_that_reads_workbooks_or_lays_out_pages() -> None:
    code = "import pemdocs.cli, pemdocs.building.run, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"jinja2", "jsonschema", "pikepdf", "PIL", "openpyxl", "docx", "weasyprint"}
    assert not heavy & set(loaded)
    rooms = r"pemdocs\.(checking\.examination|page|workbook|rules|packs)"
    assert not {each for each in loaded if re.match(rooms, each)}


def test_a_finding_is_kept_with_facts_of_every_sort() -> None:
    amounts = (Money(Decimal("1805.50"), "EUR"), Money(48500000, "XOF"))
    facts = {"field": FieldName("stays", "id"), "on": date(2026, 3, 1), "at": time(9, 30), "share": Decimal("0.25"),
             "needed": amounts[0], "all": amounts, "codes": ["a", "b"], "count": 3, "none": None}  # fmt: skip
    finding = Finding(
        "means-not-covered", Severity.WARNING, "Stays", "A11", "stays", "id", "S-10", 11, facts, "art. 14"
    )
    assert plain.finding(json.loads(json.dumps(plain.of_finding(finding)))) == finding


@pytest.mark.parametrize("touched", ["workbook", "document", "settings", "photograph"])
def test_whatever_is_another_is_looked_at(built_whole: Path, tmp_path: Path, touched: str) -> None:
    folder = copied(built_whole, tmp_path)
    path = {
        "workbook": next(folder.glob("*.json")),
        "document": folder / "out" / PLAN,
        "settings": folder / "pemdocs.toml",
        "photograph": next(iter(sorted(folder.rglob("*.jpg"))), folder / "attachments" / "S-07" / "passport.pdf"),
    }[touched]
    path.parent.mkdir(parents=True, exist_ok=True)
    if touched == "workbook":
        path.write_text(path.read_text("utf-8").replace("Vendre en Belgique", "Vendre à Gand"), "utf-8")
    elif touched == "settings":
        path.write_text(f'{path.read_text("utf-8") if path.exists() else ""}\nlanguages = ["nl"]\n', "utf-8")
    elif touched == "document":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-1.4 of somebody")
    again = pemdocs.build(folder, **WORD)
    assert touched == "photograph" or MADE in {each.state for each in again.outcomes}
    assert again.findings or touched != "photograph"


def test_a_signed_file_that_comes_or_goes_is_seen_by_the_next_build(tmp_path: Path) -> None:
    data = project()
    data["signatures"][0]["file"] = "charter-signed.pdf"
    folder = write(tmp_path, data)
    missing = []
    for there in (False, True, False):
        if there:
            (folder / "charter-signed.pdf").write_bytes(b"%PDF-1.4 signed")
        elif missing:
            (folder / "charter-signed.pdf").unlink()
        built = pemdocs.build(folder, kinds=["consent-sheet"], **WORD)
        missing.append("signed-file-missing" in {each.code for each in built.findings})
    assert missing == [True, False, True]


def test_what_is_remembered_is_for_its_owner_alone_and_holds_no_value(built_journey: Path, tmp_path: Path) -> None:
    folder = copied(built_journey, tmp_path)
    kept = sorted((folder / "out" / ".pemdocs").iterdir())
    assert [path.name for path in kept[:2]] == ["last.json", "reads.json"]
    assert all(path.name.startswith("version-P-0") for path in kept[2:])
    for number, path in enumerate(kept):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        words = path.read_text("utf-8")
        restricted = ("A01234567", "1985-07-30")
        assert not [
            each for each in (*restricted, *(("Ndiaye", "Rue 12", "Vendre") if number < 2 else ())) if each in words
        ]
    for path in kept[:2]:
        path.write_text('{"schema_version": 1, "documents": [[[', "utf-8")
    assert {each.state for each in pemdocs.build(folder, **WORD).outcomes} == {CURRENT}


def told(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--speech", "en"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.output


def test_status_names_the_cell_that_changed_and_explain_leads_to_it(
    built_journey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pemdocs.building.explain.MOST", 1)
    folder = copied(built_journey, tmp_path)
    (folder / "out" / "visa-pack/S-07/04-mission-order-S-07.fr-nl.docx").write_bytes(b"by hand")
    data = journey()
    data["objectives"][0]["target"] = 9
    write(folder, data)
    status = json.loads(told("status", str(folder), "--format", "json"))
    assert_shape("status", status)
    found = status["documents"]
    stale = {each["path"]: [reason["cell"] for reason in each["reasons"]] for each in found if each["state"] == "stale"}
    assert stale[PLAN] == ["[0].target"]
    assert all(cells == ["[0].target"] for cells in stale.values())
    assert {each["path"] for each in found if each["state"] == "edited"} == {
        "visa-pack/S-07/04-mission-order-S-07.fr-nl.docx"
    }
    assert "objectives![0].target" in told("build", str(folder), "--format", "docx", "--dry-run")
    foreseen = json.loads(told("build", str(folder), "--format", "docx", "--format", "json", "--dry-run"))
    assert_shape("build", foreseen)
    why = {each["path"]: [reason["cell"] for reason in each["reasons"]] for each in foreseen["documents"]}
    assert why[PLAN] == ["[0].target"]
    readers = told("explain", "objectives![0].target", "--project", str(folder))
    assert all(path in readers for path in stale)
    assert "partnership-charter" not in readers
    pemdocs.build(folder, **WORD)
    traced = told("explain", str(folder / "out" / PLAN), "Vendre en Belgique", "--project", str(folder))
    assert "objectives![0].statement.fr" in traced
    pemdocs.build(folder, kinds=["accompaniment-plan"], cases=["P-07"], languages=["fr+nl"], **WORD)
    both = str(folder / "out" / PLAN.replace(".fr.", ".fr-nl."))
    assert "objectives![0].statement.nl" in told("explain", both, "Belgique (nl)", "--project", str(folder))
    assert "[0].trade_name" in told("explain", str(folder / "out" / PLAN), "--project", str(folder))


def assert_shape(name: str, found: Any) -> None:
    """The report is as its published schema says, which leaves nothing open."""
    schema = json.loads((resources.folder("schemas") / "reports" / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)


@pytest.mark.parametrize(
    ("kind", "text", "words", "where"),
    [
        (
            "visa-file-check",
            "Remarques Opmerkingen",
            "Remarques Opmerkingen",
            "visa-file-check/wording/nl.toml: verdict.note",
        ),
        ("visa-file-check", HEADS, "Remarques", "visa-file-check/wording/fr.toml: verdict.note"),
        ("partnership-charter", "BCE · KBO 0999.113.064", "· KBO", "partnership-charter/wording/nl.toml: parties.kbo"),
        ("visa-file-check", "Entrée Inreis", "Entrée", "schemas/stays.json: entry"),
        ("visa-file-check", HEADS, "xyzzy", ""),
    ],
)
def test_words_that_no_cell_says_lead_to_the_text_of_their_language(
    kind: str, text: str, words: str, where: str
) -> None:
    shipped, start = kinds.load(kind), text.find(words)
    dataset = samples.dataset(shipped, programme.load("pem-wecco"), samples.SHORTEST, ("fr", "nl"))
    passage = Passage(text, start, start + len(words), 0, "", "th") if start >= 0 else Passage(words, 0, 5, 0, "", "th")
    assert source(passage, shipped, ("fr", "nl"), dataset) == where


def restricted(data: Data) -> Iterator[str]:
    row = data["travel_documents"][0]
    yield from (str(row[name]) for name in ("number", "family_name", "mrz_1"))


def test_explain_status_and_builds_quote_no_restricted_value(tmp_path: Path) -> None:
    folder = write(tmp_path, journey())
    pemdocs.build(folder, **WORD, cases=["S-07"])
    path = "visa-pack/S-07/06-application-data-S-07.fr-nl.docx"
    said = told("explain", str(folder / "out" / path), "--project", str(folder))
    said += told("explain", str(folder / "out" / path), "A0123", "--project", str(folder))
    data = journey()
    data["travel_documents"][0] |= {"number": "A76543210", "mrz_1": data["travel_documents"][0]["mrz_1"][:-1] + "X"}
    write(folder, data)
    chosen = (str(folder), "--case", "S-07", "--format", "docx")
    for asked in (("status", *chosen), ("build", *chosen, "--dry-run")):
        said += told(*asked) + told(*asked, "--format", "json")
    said += told("build", *chosen, "--format", "json")
    assert "travel_documents" in said
    values = {*restricted(journey()), *restricted(data)}
    assert not [each for each in values if each in said]


def test_reasons_of_word_templates_quote_nothing_restricted(tmp_path: Path) -> None:
    folder = write(tmp_path, journey())
    own = folder / "templates" / "certificate"
    own.mkdir(parents=True)
    (own / "kind.toml").write_text('title = {fr = "Attestation"}\ntable = "people"\naudience = "restricted"\n', "utf-8")
    (own / "page.docx").write_bytes(template("{{ person.full_name }}", "{{ person.birth_date | sinon('') }}"))
    built = pemdocs.build(folder, kinds=["certificate"], **WORD)
    data = journey()
    born = next(row for row in data["people"] if row.get("birth_date") == "1985-07-30")
    born["birth_date"] = "1986-08-31"
    write(folder, data)
    said = ""
    for command in (("status", str(folder)), ("build", str(folder), "--dry-run")):
        asked = (*command, "--kind", "certificate", "--format")
        said += told(*asked, "docx") if command[0] == "build" else told(*asked, "text")
        said += told(*asked, "json")
    made = next(each.path for each in built.outcomes if born["id"] in each.path)
    said += told("explain", str(built.out / made), "30", "--project", str(folder))
    assert "birth_date" in said
    values = {"1985-07-30", "1986-08-31", "30/07/1985", "31/08/1986", "juillet 1985", "août 1986"}
    assert not [each for each in values if each in said]
