"""No file fills the memory, hangs, or ends the program: what is too heavy is refused in a sentence."""
# ruff: noqa: E501 - recipes

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from small import tables
from workbooks import workbook

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits
from pemdocs.workbook.read import read

PLAIN = "== companies\n| id | name |\n| SN-014 | Un |\n"
SHEET = "xl/worksheets/sheet1.xml"
SPARE = 250_000_000
"""Bytes for the program itself and its libraries, beside what a file may take."""

CHILD = """
import json, resource, sys
from pathlib import Path
from small import tables
from pemdocs.model import PemdocsError
from pemdocs.workbook.read import read
known = tables()
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
said = {}
for path in sorted(Path(sys.argv[2]).iterdir()):
    try:
        found = read(path, known)
        said[path.name] = sorted({each.code for each in found.findings}) or [str(len(found.rows))]
    except PemdocsError as fault:
        said[path.name] = [fault.code]
print(json.dumps(said))
"""


def rewritten(folder: Path, name: str, old: str, new: str, part: str = SHEET) -> None:
    source = workbook(folder, PLAIN, name)
    with zipfile.ZipFile(source) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[part] = parts[part].decode().replace(old, new).encode()
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


def opened(inside: str) -> str:
    return (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="companies">{inside}</table:table></office:spreadsheet></office:body></office:document>'
    )


ROW = '<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
FULL = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'


def flat(name: str, inside: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(opened(inside), "utf-8")


def packed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "row-filled-down.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", opened(ROW.format(rows=1_048_576, cell=FULL.format(columns=200))))


RECIPES: dict[str, Callable[[Path], object]] = {
    "far-cell": lambda to: rewritten(to, "far-cell.xlsx", "</sheetData>", "<row r='1048576'><c r='XFD1048576' t='b'><v>1</v>"
                                     "</c></row></sheetData>"),
    "merged": lambda to: rewritten(to, "merged.xlsx", "</sheetData>", "</sheetData><mergeCells><mergeCell ref='C1:XFD1048576' />"
                                   "<mergeCell  ref = 'A3:B1048576'/></mergeCells>"),
    "hidden": lambda to: rewritten(to, "hidden.xlsx", "<sheetData>", "<cols><col min='1' max='2147483647' hidden='1'/></cols>"
                                   "<sheetData>"),
    "spaces": lambda to: rewritten(to, "spaces.xlsx", "</sheetData>", f'<row r="3">{"".join(_spaces())}</row></sheetData>'),
    "formatted": lambda to: rewritten(to, "formatted.xlsx", "</sheetData>", "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(3, 60_000)) + "</sheetData>"),
    "cells": lambda to: rewritten(to, "cells.xlsx", "</sheetData>", "".join(
        f'<row r="{row}">{"<c><v>1</v></c>" * 400}</row>' for row in range(3, 2_700)) + "</sheetData>"),
    "row-filled-down": packed,
    "wide": flat("wide.fods", ROW.format(rows=1, cell=FULL.format(columns=999_999_999))),
    "deep": flat("deep.fods", ROW.format(rows=999_999_999, cell=FULL.format(columns=1))),
    "blank": flat("blank.fods", ROW.format(rows=1_048_576, cell='<table:table-cell table:number-columns-repeated="16384"/>')),
    "text": flat("text.fods", ROW.format(rows=1, cell='<table:table-cell office:value-type="string"><text:p><text:s '
                                         'text:c="900000000"/></text:p></table:table-cell>')),
    "objects": lambda to: (to / "objects.json").write_text('{"companies": [' + "{}," * 3_000_000 + "{}]}", "ascii"),
    "record": lambda to: _binary(to / "record.xlsb"),
}  # fmt: skip

SAID = {
    "far-cell.xlsx": ["stray-cell"], "merged.xlsx": ["1"], "hidden.xlsx": ["hidden-columns"], "formatted.xlsx": ["1"],
    "cells.xlsx": ["unreadable-swollen"], "row-filled-down.ods": ["unreadable-heavy"], "wide.fods": ["unreadable-heavy"],
    "deep.fods": ["unreadable-heavy"], "blank.fods": ["0"], "text.fods": ["no-heading-row"],
    "objects.json": ["unreadable-heavy"], "record.xlsb": ["unreadable-heavy"], "spaces.xlsx": ["code-cleaned", "column-without-heading"],
}  # fmt: skip


def _spaces() -> list[str]:
    text = "a" + " " * 30_000 + "b"
    return [f'<c r="{letter}3" t="inlineStr"><is><t>{text}</t></is></c>' for letter in "ABCDEFGH"]


def _binary(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", bytes([156, 1, 255, 255, 255, 127]) + struct.pack("<II", 0, 1))
        archive.writestr("xl/_rels/workbook.bin.rels", "<Relationships/>")


def test_what_is_too_heavy_is_refused_and_the_rest_is_read_within_the_memory_of_a_small_machine(tmp_path: Path) -> None:
    for recipe in RECIPES.values():
        recipe(tmp_path)
    paths = os.pathsep.join([*sys.path, os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(limits.MEMORY + SPARE), str(tmp_path)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == SAID


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "book.xlsx")
    with pytest.raises(PemdocsError) as caught:
        read(tmp_path / "book.xlsx", tables())
    assert caught.value.code == "unreadable-no-file"
