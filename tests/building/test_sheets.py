"""Sheets that lie in the workbook as they did are not read again, and nobody can tell from what is found."""

from __future__ import annotations

import json
import random
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from cohorts import cohort, workbook

import pemdocs
from pemdocs import resources
from pemdocs.building import sheets
from pemdocs.building.private import FOLDER
from pemdocs.checking.examination import Report, examine
from pemdocs.project.settings import open_project
from pemdocs.workbook.known import Known

EXAMPLE = resources.folder("examples") / "pem-wecco"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, with the sheets of its first check beside it."""
    folder = tmp_path_factory.mktemp("sheets") / "example"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out"))
    checked(folder)
    return folder


def checked(folder: Path) -> tuple[Report, dict[str, Known]]:
    """The check with the sheets that are kept; those that were kept before it."""
    project = open_project(folder)
    before = sheets.read(folder / "out", project.programme)
    now = dict(before)
    report = examine(project, sheets=now)
    sheets.write(folder / "out", project.programme, now, before)
    return report, before


def written(report: Report) -> list[str]:
    """Every value as it is written: one that is rough equals the same that is exact."""
    records = (each for some in report.dataset.records.values() for each in some)
    return [repr(cell.value) for each in records for cell in each.cells.values()]


def ordered(report: Report) -> list[list[str]]:
    """The fields that each record fills, in their order: marks hang on it."""
    return [list(each.cells) for some in report.dataset.records.values() for each in some]


def same(folder: Path) -> dict[str, Known]:
    """Hold the check with kept sheets against one that reads everything; the sheets that had been kept."""
    report, before = checked(folder)
    afresh = examine(open_project(folder))
    assert report.findings == afresh.findings
    assert report.dataset.records == afresh.dataset.records
    assert written(report) == written(afresh)
    assert ordered(report) == ordered(afresh)
    assert list(report.dataset.records) == list(afresh.dataset.records)
    assert (report.faulty, report.tabs) == (afresh.faulty, afresh.tabs)
    return before


def rewritten(file: Path, part: str, old: str, new: str) -> None:
    """Change the first place in a part of a workbook where these words stand, and no other byte."""
    with zipfile.ZipFile(file) as archive:
        parts = {each: archive.read(each) for each in archive.infolist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            wanted = each.filename == part
            assert not wanted or old.encode() in content
            archive.writestr(each, content.replace(old.encode(), new.encode(), 1) if wanted else content)


def test_a_check_with_kept_sheets_finds_what_one_without_finds(example: Path) -> None:
    before = same(example)
    assert {"needs", "objectives", "partnerships"} <= {each.table for each in before.values()}


def test_of_what_has_changed_in_the_file_nothing_is_missed(example: Path) -> None:
    dice, file = random.Random(3), open_project(example).workbook
    for _ in range(2):
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            shared = "xl/sharedStrings.xml" in names and dice.random() < 0.6
            part = "xl/sharedStrings.xml" if shared else dice.choice([n for n in names if "worksheets/sheet" in n])
            words = archive.read(part).decode("utf-8")
        found = re.findall(r"<t[^>]*>[^<]*[a-z]{4}[^<]*</t>" if shared else r"<v>[0-9]+</v>", words)
        if found:
            old = dice.choice(found)
            new = old.replace("</t>", " bis</t>") if shared else f"<v>{int(old[3:-4]) + 1}</v>"
            rewritten(file, part, old, new)
        same(example)


def test_what_is_kept_holds_nothing_that_is_restricted(example: Path) -> None:
    report, _ = checked(example)
    kept = [path.read_text("utf-8") for path in sorted((example / "out" / FOLDER).glob("sheet-*.json"))]
    tables = report.dataset.tables
    secret, open_ = (
        {
            str(cell.value)
            for records in report.dataset.records.values()
            for record in records
            for key, cell in record.cells.items()
            if (tables[record.table].fields[key.partition("::")[0]].audience == "restricted") is hidden
        }
        for hidden in (True, False)
    )
    assert {each for each in secret if "<" in each}
    told = {words["table"]: words for words in map(json.loads, kept)}
    assert not told.keys() & {name for name, table in tables.items() if table.audience == "restricted"}
    assert {"birth_date", "national_id"} <= {*told["people"]["withheld"]}
    for table, words in told.items():
        filled = {key for shape in words["shapes"] for key in shape}
        assert not [key for key in filled if tables[table].fields[key.partition("::")[0]].audience == "restricted"]
    assert not [each for each in secret - open_ if len(each) > 3 and any(json.dumps(each) in words for words in kept)]


def test_a_build_reads_only_the_sheet_that_is_another_unless_told_to_forget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workbook(tmp_path / "p", cohort(2))
    asked = {"kinds": ["consent-sheet"], "formats": ["docx"]}
    pemdocs.build(folder, **asked)
    rows: list[str] = []
    from pemdocs.workbook import rows as reading

    extract = reading.extract

    def heard(sheet: object, *more: object) -> object:
        rows.append(sheet.name)
        return extract(sheet, *more)

    monkeypatch.setattr(reading, "extract", heard)
    rewritten(folder / "cohort.xlsx", "xl/worksheets/sheet8.xml", "Vendre en Belgique", "Vendre à Gand")
    pemdocs.build(folder, **asked)
    assert "objectives" in rows
    assert not {"activities", "partnerships", "versions"} & set(rows)
    rows.clear()
    pemdocs.build(folder, **asked, cache=False)
    assert {"activities", "partnerships", "versions", "objectives"} <= set(rows)


def test_spoiled_sheets_are_read_again(example: Path) -> None:
    place = example / "out" / FOLDER
    for number, path in enumerate(sorted(place.glob("sheet-*.json"))):
        told = path.read_text("utf-8")
        path.write_text(told[: len(told) // 2] if number % 2 else "[" * 50_000, "utf-8")
    assert not same(example)
