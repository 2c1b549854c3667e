"""A workbook in use gets what it lacks for more documents and languages, and nothing that is in it changes."""

from __future__ import annotations

import io
import re
import shutil
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import wolfxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openxml_audit import OpenXmlValidator
from rich_workbook import rich, strict, with_part

import pemdocs
from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.project import programme
from pemdocs.workbook import columns
from pemdocs.workbook.asked import asked
from pemdocs.workbook.blank import blank
from pemdocs.workbook.extending import Donor, extended
from pemdocs.workbook.formats import sniff

PEM = programme.load("pem-wecco")


@pytest.fixture(scope="module")
def charters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for charters alone, in French."""
    folder = tmp_path_factory.mktemp("charters") / "mine"
    pemdocs.new(folder, kinds=["charte"], languages=["fr"])
    return folder


@pytest.fixture
def mine(charters: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(charters, tmp_path / "mine"))


@lru_cache(maxsize=4)
def new(*kinds: str, texts: tuple[str, ...]) -> tuple[bytes, Mapping[str, columns.Layout]]:
    profile = replace(PEM, kinds=kinds)
    tables = asked(schema.load(), profile)
    return blank(tables, profile, "fr", texts=texts), columns.layouts(tables, texts, "fr", {})


@lru_cache(maxsize=4)
def donor(kind: str) -> Donor:
    """What a workbook for charters in French gets for another kind and Dutch."""
    was, had = new("partnership-charter", texts=("fr",))
    content, layouts = new("partnership-charter", kind, texts=("fr", "nl"))
    keys = [
        {(table, each.key) for table, layout in found.items() for each in layout.columns} for found in (layouts, had)
    ]
    return Donor(content, layouts, frozenset(keys[0] - keys[1]), was, ("Lisez-moi", "Colonnes"), "fr")


def book(found: Path | bytes) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl tells what it would lose on saving.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(found) if isinstance(found, bytes) else found / "classeur.xlsx")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def headings(found: Workbook) -> dict[str, list[str]]:
    return {sheet.title: [str(cell.value) for cell in sheet[1] if cell.value] for sheet in found}


def lists(found: Workbook) -> dict[tuple[str, str], list[str]]:
    """What the drop-down of each column offers, by sheet and heading."""
    offered = {}
    for sheet in found:
        for check in sheet.data_validations.dataValidation:
            column = str(check.sqref).split(":")[0].rstrip("0123456789")
            source = re.fullmatch(r"'?(_lists[^'!]*)'?!\$(\w+)\$(\d+):\$\w+\$(\d+)", check.formula1 or "")
            if source:
                cells = found[source[1]][f"{source[2]}{source[3]}:{source[2]}{source[4]}"]
                offered[sheet.title, str(sheet[f"{column}1"].value)] = [cell.value for (cell,) in cells]
    return offered


def test_an_extended_workbook_has_all_that_a_new_one_has(mine: Path, tmp_path: Path) -> None:
    file = mine / "pemdocs.toml"
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    grown = pemdocs.extend(mine, kinds=["Plan d’accompagnement"], languages=["fr+nl"])
    assert 'kinds = ["partnership-charter", "accompaniment-plan"]\n# mine\n' in file.read_text("utf-8")
    assert file.read_text("utf-8").startswith("# Versions")
    pemdocs.new(tmp_path / "new", kinds=["charte", "plan"], languages=["fr", "fr+nl"])
    found, wanted = book(mine), book(tmp_path / "new")
    order = [sheet for sheet in found.sheetnames if not sheet.startswith("_")]
    assert order == [sheet for sheet in wanted.sheetnames if not sheet.startswith("_")]
    assert {sheet: set(named) for sheet, named in headings(found).items() if sheet in order} == {
        sheet: set(named) for sheet, named in headings(wanted).items() if sheet in order
    }
    assert lists(found) == lists(wanted)
    assert set(wanted.defined_names) == set(found.defined_names)
    assert grown.versions == ("fr", "fr+nl")
    assert OpenXmlValidator().validate(str(mine / "classeur.xlsx")).errors == []


def test_an_older_workbook_keeps_its_one_sheet_of_choices_and_its_example_row(mine: Path) -> None:
    found = book(mine)
    for sheet in found:
        for cell in sheet[2][1:]:
            if isinstance(cell.value, str) and sheet["A2"].value != cell.value:
                cell.value = cell.value.removeprefix("# ")
    found.save(mine / "classeur.xlsx")
    before = {(each.code, each.sheet) for each in pemdocs.check(mine).findings}
    pemdocs.extend(mine, languages=["nl"])
    pemdocs.extend(mine, kinds=["plan"])
    assert [name for name in book(mine).sheetnames if name.startswith("_")] == ["_lists"]
    assert {(each.code, each.sheet) for each in pemdocs.check(mine).findings} == before


def test_the_sheets_that_explain_tell_of_what_is_new_unless_somebody_wrote_there(mine: Path, tmp_path: Path) -> None:
    found = book(mine)
    found["Colonnes"]["A900"] = "vu"
    found.save(mine / "classeur.xlsx")
    assert pemdocs.extend(mine, kinds=["plan"]).kept == ("Colonnes",)
    told = {str(cell.value) for row in book(mine)["Lisez-moi"] for cell in row}
    assert "Objectifs" in told
    assert book(mine)["Colonnes"]["A900"].value == "vu"


def test_what_was_taken_out_stays_out_until_its_kind_is_asked_for_again(mine: Path) -> None:
    found = book(mine)
    found["Entreprises"].delete_cols(headings(found)["Entreprises"].index("Forme juridique") + 1)
    found.save(mine / "classeur.xlsx")
    assert "Forme juridique" not in str(pemdocs.extend(mine, languages=["nl"]).columns)
    assert pemdocs.extend(mine, kinds=["charte"]).columns == {"Entreprises": ("Forme juridique",)}
    assert pemdocs.extend(mine, kinds=["charte"]).columns == {}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (strict(), "unkept-strict"),
        (with_part(rich(), "_xmlsignatures/sig1.xml", b"<x/>"), "unkept-signed"),
        (b"Id;Name\nP-1;Awa\n", "unreadable-csv"),
    ],
)  # fmt: skip
def test_what_could_not_be_kept_is_refused_and_nothing_written(mine: Path, content: bytes, code: str) -> None:
    (mine / "classeur.xlsx").write_bytes(content)
    before = (mine / "pemdocs.toml").read_bytes()
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == code):
        pemdocs.extend(mine, kinds=["plan"])
    assert (mine / "classeur.xlsx").read_bytes() == content
    assert (mine / "pemdocs.toml").read_bytes() == before


def test_a_workbook_that_is_open_in_excel_is_not_written_over(mine: Path) -> None:
    (mine / "~$classeur.xlsx").write_bytes(b"")
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "mark-open"):
        pemdocs.extend(mine, kinds=["plan"])


def test_a_sheet_without_headings_is_named_and_nothing_written(mine: Path, tmp_path: Path) -> None:
    found = book(mine)
    found["Personnes"].delete_rows(1)
    found.save(mine / "classeur.xlsx")
    before = (mine / "classeur.xlsx").read_bytes()
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "extend-no-headings"):
        pemdocs.extend(mine, languages=["nl"])
    assert (mine / "classeur.xlsx").read_bytes() == before


values = st.one_of(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12),
    st.integers(-(10**9), 10**9),
    st.booleans(),
)
written = st.tuples(
    st.sampled_from(("Entreprises", "Personnes", "Chartes", "À moi")),
    st.integers(3, 40),
    st.integers(1, 30),
    values,
    st.sampled_from(("", "bold", "fill", "note")),
)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(written, max_size=12), st.booleans(), st.sampled_from(("accompaniment-plan", "learning-note", "visa-pack"))
)
def test_nothing_that_is_there_changes(changes: list[tuple[str, int, int, Any, str]], wide: bool, kind: str) -> None:
    content = _filled(new("partnership-charter", texts=("fr",))[0], changes, wide)
    done = extended(sniff.recognised(content, "mine.xlsx"), donor(kind)).content
    before, after = book(content), book(done)
    for sheet in before:
        there = after[sheet.title]
        if sheet.title not in ("Lisez-moi", "Colonnes"):
            cells = [cell for row in sheet for cell in row]
            assert [of(cell) for cell in cells] == [of(there[cell.coordinate]) for cell in cells]
    was, now = parts(content), parts(done)
    assert all(now[name] == part for name, part in was.items() if re.search("drawing|comment|Strings|theme", name))
    assert set(was) <= set(now)


def test_another_library_reads_what_was_there_as_before(mine: Path) -> None:
    before = wolfxl.load_workbook(mine / "classeur.xlsx")
    said = {name: list(before[name].iter_rows(values_only=True)) for name in before.sheetnames}
    pemdocs.extend(mine, kinds=["plan"], languages=["nl"])
    after = wolfxl.load_workbook(mine / "classeur.xlsx")
    for name in set(before.sheetnames) - {"Lisez-moi", "Colonnes"}:
        rows = list(after[name].iter_rows(values_only=True))
        assert [tuple(new[: len(old)]) for new, old in zip(rows, said[name], strict=True)] == said[name]


def _filled(content: bytes, changes: list[tuple[str, int, int, Any, str]], wide: bool) -> bytes:
    found = book(content)
    found.create_sheet("À moi")
    for sheet, row, column, value, look in changes:
        cell = found[sheet].cell(row, column)
        cell.value = value if not str(value).startswith("=") else "x"
        cell.font = Font(bold=look == "bold")
        if look == "fill":
            cell.fill = PatternFill("solid", start_color="ffcc00")
        if look == "note":
            cell.comment = Comment("Vu", "Awa")
    if wide:
        found["Personnes"].column_dimensions.group("P", "XFD", hidden=True)
    raw = io.BytesIO()
    found.save(raw)
    return raw.getvalue()


def of(cell: Any) -> tuple[object, ...]:
    note = cell.comment.text if cell.comment else ""
    return cell.value, cell.font.b, cell.fill.start_color.rgb, cell.number_format, note
