"""The examples give what they promise: each broken workbook its findings and no other, each project those it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from speaking import SPOKEN, private

import pemdocs
from pemdocs import rules
from pemdocs.cli import report
from pemdocs.data import schema
from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, PemdocsError, Severity
from pemdocs.project import programme
from pemdocs.words import language, speech
from pemdocs.workbook.read import read

EXAMPLES = Path(__file__).parent.parent / "examples"
FAULTS = sorted(path.parent.name for path in EXAMPLES.glob("faults/*/findings.json"))
PROJECTS = sorted(path.parent.name for path in EXAMPLES.glob("*/pemdocs.toml"))
KEYS = ("code", "severity", "sheet", "cell", "table", "field", "record")
LARGEST, MOST = 80_000, 2_700_000

NOT_IN_ANY_FILE = {
    "ambiguous-code": "no list of the installed programme has two codes with one label",
    "list-for-one": "a list in JSON where one value belongs is told as json-value before",
    "too-short": "no field of the schemas has a shortest length",
    "too-long": "no field of the schemas has a longest length",
    "document-against-consent": "a document that was made before is no part of a workbook",
    "document-beyond-consent": "a document that was made before is no part of a workbook",
    "document-after-consent": "a document that was made before is no part of a workbook",
    "publication-against-consent": "a version that was made before is no part of a workbook",
    "publication-after-consent": "a version that was made before is no part of a workbook",
    "publication-beyond-consent": "a version that was made before is no part of a workbook",
    "publication-without-consent": "a version that was made before is no part of a workbook",
    "file-against-consent": "a document that was made before is no part of a workbook",
    "file-after-consent": "a document that was made before is no part of a workbook",
    "signed-otherwise": "a version that was made before is no part of a workbook",
    "attachment-locked": "whether a file may be read is kept by a computer, not by a file",
    "attachment-outside": "not every system keeps a link that leads elsewhere",
    "typeface-missing": "which typefaces there are is told by a computer, not by a file",
    "invalid-value": "stands for keywords of JSON Schema that no field uses",
}
"""The findings that no workbook can give as the schemas and the programme are today; those on templates are none."""


def workbook(name: str) -> Path:
    return next((EXAMPLES / "faults" / name).glob("workbook.*"))


def promised(name: str) -> Any:
    return json.loads((EXAMPLES / "faults" / name / "findings.json").read_text("utf-8"))


@lru_cache(maxsize=128)
def checked(name: str) -> pemdocs.Report | PemdocsError:
    """What ``check`` says of a workbook, or the fault that stops it."""
    try:
        return pemdocs.check(workbook(name))
    except PemdocsError as error:
        return error


READ = [name for name in FAULTS if isinstance(promised(name), list)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_workbook_gives_its_findings_and_no_other(name: str) -> None:
    found = checked(name)
    if isinstance(found, PemdocsError):
        assert {"fault": found.code} == promised(name)
        assert all(workbook(name).name in speech.fault(found, lang) for lang in SPOKEN)
        return
    told = json.loads(report.as_json(found, "en"))["findings"]
    assert [{key: each[key] for key in KEYS} for each in told] == promised(name)


@pytest.mark.parametrize("name", PROJECTS)
def test_a_project_has_to_mend_what_it_promises_and_without_a_promise_nothing(name: str) -> None:
    promise = EXAMPLES / name / "findings.json"
    told = json.loads(report.as_json(pemdocs.check(EXAMPLES / name), "en"))["findings"]
    found = [{key: each[key] for key in KEYS} for each in told if each["severity"] != Severity.NOTE]
    assert found == (json.loads(promise.read_text("utf-8")) if promise.is_file() else [])


def test_every_finding_has_an_example() -> None:
    given = {each["code"] for name in READ for each in promised(name)}
    assert {rule.code for rule in rules.registered()} - given == set()
    in_workbooks = {code for code in speech.catalogue("en")["findings"] if not code.startswith(("template-", "tag-"))}
    assert in_workbooks - given == NOT_IN_ANY_FILE.keys()


def test_the_examples_are_small_and_named_in_words() -> None:
    sizes = [path.stat().st_size for path in (EXAMPLES / "faults").rglob("*") if path.is_file()]
    assert max(sizes) < LARGEST
    assert sum(sizes) < MOST
    assert [name for name in FAULTS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def spellings(value: object) -> Iterator[str]:
    """How a message could show a value."""
    if isinstance(value, date):
        yield value.isoformat()
        yield f"{value:%d/%m/%Y}"
        yield from (language.say_date(value, lang) for lang in SPOKEN)
    elif not isinstance(value, bool):
        yield str(value)


def sayable(field: Field) -> bool:
    """Whether a message may say the value although few may see it: the dates, sums and counts of a stay, any id."""
    about_people = field.table in ("people", "travel_documents")
    counted = field.type == "integer" or bool(field.money) or (field.format == "date" and not about_people)
    return counted or field.name == "id" or bool(field.ref)


def secrets(name: str) -> set[str]:
    """Names, births, numbers, addresses of people, as the workbook holds them."""
    tables = schema.load()
    rows = read(workbook(name), tables, programme.load(programme.available()[0]).languages[0]).rows
    found = {
        text
        for row in rows
        for key, cell in row.cells.items()
        if private(field := tables[row.table].fields[key.partition(LANGUAGE_MARK)[0]])
        and not (field.coded or field.translated or sayable(field))
        for text in spellings(cell.value)
    }
    return {" ".join(text.split()) for text in found if len(text) > 1}


def test_what_must_not_be_told_is_known() -> None:
    known = {"Thioune", "Pape Malick", "3 December 1991", "+221 76 500 00 22", "1210199100022", "Kaolack"}
    assert known <= secrets("ids-that-are-not-there")


@pytest.mark.parametrize("name", READ)
def test_no_report_tells_anything_about_a_person(name: str) -> None:
    found = checked(name)
    assert isinstance(found, pemdocs.Report)
    secret = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in secrets(name)) or "(?!)")
    for lang in SPOKEN:
        for told in (report.as_json(found, lang), report.as_text(found, lang)):
            leaked = secret.search(" ".join(told.split()))
            assert leaked is None, leaked


@pytest.mark.parametrize("name", ["column-headings-misspelt", "the-heading-row-was-deleted"])
def test_a_case_is_left_out_for_an_error_that_is_told_once_at_its_cause(name: str, tmp_path: Path) -> None:
    built = pemdocs.build(workbook(name), out=tmp_path, dry_run=True)
    assert built.report.counts["error"] == 1
    assert not built.outcomes
    assert {each.code for each in built.skipped} == {"case-has-errors"}
    for lang in SPOKEN:
        assert ": 0" not in report.of_build(built, lang, dry_run=True, colour=False)
