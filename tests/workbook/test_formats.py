"""Whatever becomes of a cell is read or named alike in every format of workbooks."""

from __future__ import annotations

import contextlib
import re
import struct
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from accounts import unaccounted
from formats import Cell, Sheet, old, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import tables

from pemdocs.model import PemdocsError
from pemdocs.workbook.grid import letters
from pemdocs.workbook.read import Reading, read

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
HEADINGS = ("id", "name", "turnover", "founded", "exporter", "motto")
SHEET = Sheet(
    {
        (1, 2): Cell("Urgent"),
        **{(2, column): Cell(heading) for column, heading in enumerate(HEADINGS, 1)},
        (3, 1): Cell("SN-014"), (3, 2): Cell("Barré", struck=True), (3, 3): Cell(12.5), (3, 4): Cell(46093, day=True),
        (3, 5): Cell(True), (3, 6): Cell("Masquée"),
        (4, 1): Cell("SN-015"), (4, 2): Cell("Gardé ôté", run="ôté"), (4, 3): Cell("#N/A", error=True),
        (5, 1): Cell("SN-016"), (5, 2): Cell("Ligne masquée"),
        (6, 1): Cell("#à part"), (6, 2): Cell("Autre"),
        (7, 1): Cell("SN-017"), (7, 2): Cell("Fusionné"),
        (8, 1): Cell("SN-018"), (8, 2): Cell("Dessous"),
        (9, 1): Cell("SN-019"), (9, 8): Cell("Sans titre"),
        (10, 1): Cell("Total"), (10, 3): Cell(12.5),
        (11, 1): Cell("id"), (11, 2): Cell("name"),
    },
    hidden_rows=frozenset({5}), hidden_columns=frozenset({6}), merged=((7, 2, 8, 2),),
)  # fmt: skip

KINDS = {
    "rows-above-headings": "B1", "struck-through": "B3 B4", "error-cell": "C4", "hidden-rows": "", "hidden-columns": "",
    "comment-row": "A6", "merged-cells": "B7", "value-under-merged": "B8", "column-without-heading": "H9",
    "total-row": "A10", "repeated-headings": "A11", "heading-language-assumed": "F2",
}  # fmt: skip
"""What is told of the sheet, and at which cells."""

ROWS = [
    {"id": "SN-014", "name": "Barré", "turnover": Decimal("12.5"), "founded": date(2026, 3, 12), "exporter": True,
     "motto::nl": "Masquée"},
    {"id": "SN-015", "name": "Gardé ôté"},
    {"id": "SN-016", "name": "Ligne masquée"},
    {"id": "SN-017", "name": "Fusionné"},
    {"id": "SN-018"},
    {"id": "SN-019"},
]  # fmt: skip


@cache
def reading(form: str) -> Reading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"book.{form}"
        write[form](path, SHEET)
        return read(path, tables())


@pytest.mark.parametrize("form", write)
def test_every_format_gives_the_same_rows(form: str) -> None:
    assert [{key: cell.value for key, cell in row.cells.items()} for row in reading(form).rows] == ROWS


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("form", write)
def test_every_format_tells_the_same_of_its_cells(form: str, code: str) -> None:
    found = [each.cell for each in reading(form).findings if each.code == code]
    assert " ".join(found) == KINDS[code]


@pytest.mark.parametrize("form", write)
def test_no_format_tells_anything_else(form: str) -> None:
    assert {each.code for each in reading(form).findings} == KINDS.keys()


TEXTS = st.sampled_from(["Un", "#à part", "Total", "SN-014", "id", "name", "x", "=1+1", " ", "12", "é\nè"])
CELLS = st.one_of(
    TEXTS.map(Cell),
    TEXTS.map(lambda text: Cell(text, struck=True)),
    st.just(Cell("Gardé ôté", run="ôté")),
    st.sampled_from([Cell(12.5), Cell(0.0), Cell(True), Cell(False), Cell("#N/A", error=True), Cell(46093, day=True)]),
)
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 8))
AREAS = st.builds(lambda a, b, down, right: (a, b, a + down, b + right), st.integers(3, 9), st.integers(1, 6),
                  st.integers(0, 2), st.integers(0, 2)).filter(lambda area: area[:2] != area[2:])  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(PLACES, CELLS, max_size=20), st.frozensets(st.integers(3, 12), max_size=3),
       st.frozensets(st.integers(1, 8), max_size=2), st.lists(AREAS, max_size=1),
       st.sampled_from(sorted(write)))  # fmt: skip
def test_no_value_of_any_format_vanishes(
    tmp_path: Path,
    cells: dict[tuple[int, int], Cell],
    rows: frozenset[int],
    columns: frozenset[int],
    merged: list[tuple[int, int, int, int]],
    form: str,
) -> None:
    headings = {(2, column): Cell(heading) for column, heading in enumerate(HEADINGS, 1)}
    sheet = Sheet({**cells, **headings}, rows, columns, tuple(merged))
    write[form](tmp_path / f"book.{form}", sheet)
    stored = {f"{letters(column)}{row}": str(cell.value) for (row, column), cell in sheet.cells.items()}
    assert unaccounted({"companies": stored}, read(tmp_path / f"book.{form}", tables())) == set()


def old_book(*shared: bytes, cells: bytes, wrong: int = 0) -> bytes:
    """An old workbook of one sheet, whose place is told wrongly by so many bytes."""
    begin = old(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0)) + b"".join(shared)
    at = len(begin) + 4 + 8 + len("companies") + 4
    listed = old(0x85, struct.pack("<IBBBB", at + wrong, 0, 0, len("companies"), 0), b"companies") + old(0x0A)
    return begin + listed + old(0x809, struct.pack("<HHHH", 0x600, 16, 0, 0)) + cells + old(0x0A)


HEADED = b"".join(
    old(0x204, struct.pack("<4HB", row, column, 0, len(text), 0), text)
    for row, line in enumerate(((b"id", b"name"), (b"SN-014", b"Un")))
    for column, text in enumerate(line)
)
SHARED = old(0xFD, struct.pack("<3HI", 2, 0, 0, 0)) + old(0xFD, struct.pack("<3HI", 2, 1, 0, 1))


@pytest.mark.parametrize(
    "content",
    [
        old_book(cells=HEADED, wrong=20),
        old_book(cells=HEADED + old(0x204, struct.pack("<4H", 3, 0, 0, 0))),
        old_book(old(0x41E, b"\5\0\0\0:::"), cells=HEADED),
    ],
    ids=["its sheet stands elsewhere", "an empty text ends early", "a format is broken"],
)
def test_an_old_workbook_is_read_where_excel_reads_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "book.xls").write_bytes(content)
    result = read(tmp_path / "book.xls", tables())
    assert [{key: cell.value for key, cell in row.cells.items()} for row in result.rows] == [
        {"id": "SN-014", "name": "Un"}
    ]
    assert result.findings == ()


@pytest.mark.parametrize("told", [0, 1, 2, 99])
def test_shared_texts_are_counted_and_not_believed(told: int, tmp_path: Path) -> None:
    texts = old(0xFC, struct.pack("<II", told, told), b"\6\0\0SN-015", b"\4\0\0De", b"") + old(0x3C, b"\1u\0x\0")
    (tmp_path / "book.xls").write_bytes(old_book(texts, cells=HEADED + SHARED))
    rows = read(tmp_path / "book.xls", tables()).rows
    assert [row.cells["name"].value for row in rows] == ["Un", "Deux"]


def test_a_shared_text_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "book.xls").write_bytes(old_book(cells=HEADED + SHARED))
    found = [(each.code, each.cell) for each in read(tmp_path / "book.xls", tables()).findings]
    assert found == [("cell-unreadable", "A3"), ("cell-unreadable", "B3")]


OLD = (EXAMPLES / "faults" / "a-workbook-of-excel-97" / "workbook.xls").read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(OLD) - 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8),
       st.integers(1, len(OLD)))  # fmt: skip
def test_an_old_workbook_that_is_broken_is_read_or_refused(
    tmp_path: Path, changes: list[tuple[int, bytes]], length: int
) -> None:
    content = bytearray(OLD)
    for at, some in changes:
        content[at : at + len(some)] = some
    (tmp_path / "book.xls").write_bytes(content[:length] if length % 3 == 0 else content)
    with contextlib.suppress(PemdocsError):
        read(tmp_path / "book.xls", tables())


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ('<number:number number:min-integer-digits="9"><number:embedded-text number:position="3">-'
         '</number:embedded-text><number:embedded-text number:position="6">-</number:embedded-text></number:number>',
         "000-123-456"),
        ('<number:text>n</number:text><number:number number:min-integer-digits="7"/>', "n0123456"),
        ('<number:number number:min-integer-digits="8" number:display-factor="1"/>', "00123456"),
    ],
)  # fmt: skip
def test_a_number_of_an_opendocument_workbook_is_the_text_that_it_shows(style: str, shown: str, tmp_path: Path) -> None:
    write["fods"](tmp_path / "book.fods", Sheet({(1, 1): Cell("id"), (1, 2): Cell("ninea"), (2, 2): Cell(123456)}))
    text = (tmp_path / "book.fods").read_text("utf-8")
    made = f'<number:number-style style:name="N9">{style}</number:number-style><style:style style:name="ce9" '
    made += 'style:family="table-cell" style:data-style-name="N9"/></office:automatic-styles>'
    text = text.replace("</office:automatic-styles>", made).replace(
        ' office:value="123456"', ' office:value="123456" table:style-name="ce9"'
    )
    (tmp_path / "book.fods").write_text(
        text.replace("<office:document ", '<office:document xmlns:number="n" ', 1), "utf-8"
    )
    assert read(tmp_path / "book.fods", tables()).rows[0].cells["ninea"].value == shown


@pytest.mark.parametrize("names", [("t", "o", "x"), ("office", "table", "text")])
def test_what_a_file_calls_the_spaces_of_its_names_does_not_matter(names: tuple[str, ...], tmp_path: Path) -> None:
    write["fods"](tmp_path / "book.fods", SHEET)
    text = (tmp_path / "book.fods").read_text("utf-8")
    for usual in ("table", "office", "text"):
        text = re.sub(rf"(?<=[ </]){usual}(?=:)|(?<=xmlns:){usual}(?==)", f"{{{usual}}}", text)
    (tmp_path / "book.fods").write_text(
        text.format(**dict(zip(("table", "office", "text"), names, strict=True))), "utf-8"
    )
    assert read(tmp_path / "book.fods", tables()).rows == reading("fods").rows


def test_a_heading_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for form in write:
        cells = {(1, 1): Cell("id"), (1, 2): Cell("name"), (1, 3): Cell("#REF!", error=True), (2, 1): Cell("SN-014")}
        write[form](tmp_path / f"book.{form}", Sheet(cells))
        found = [(each.code, each.cell) for each in read(tmp_path / f"book.{form}", tables()).findings]
        assert found == [("unknown-column", "C1")]


def test_a_text_that_a_formula_of_an_old_workbook_has_lost_is_named(tmp_path: Path) -> None:
    formula = old(6, struct.pack("<3H", 1, 1, 0), b"\0\0\0\0\0\0\xff\xff", bytes(8))
    (tmp_path / "book.xls").write_bytes(old_book(cells=HEADED + formula.replace(b"\1\0\1\0", b"\2\0\1\0", 1)))
    found = {(each.code, each.cell) for each in read(tmp_path / "book.xls", tables()).findings}
    assert found == {("formula-without-result", "B3")}
