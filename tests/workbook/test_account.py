"""Every value that is stored in a workbook is read, or named where it stands: counted apart from the reader."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from accounts import unaccounted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from small import tables
from workbooks import book

from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.workbook.read import read

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
WORKBOOKS = sorted((*EXAMPLES.glob("faults/*/workbook.xlsx"), *EXAMPLES.glob("*/*.xlsx")))


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def listed(parts: dict[str, bytes]) -> dict[str, str]:
    """The sheets of a package with their parts, as a program finds them that compares names as Excel does."""
    names = {posixpath.normpath("/" + unquote(name).replace("\\", "/")).casefold(): name for name in parts}
    book_xml = etree.fromstring(parts[names["/xl/workbook.xml"]])
    rels = etree.fromstring(parts[names["/xl/_rels/workbook.xml.rels"]])
    targets = {each.get("Id"): unquote(each.get("Target", "")).replace("\\", "/") for each in rels}
    found = {}
    for sheet in book_xml.iter():
        if local(sheet) == "sheet":
            key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            path = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).casefold()
            found[sheet.get("name", "")] = names.get(path, "")
    return found


def values(part: bytes) -> dict[str, str]:
    """Every cell of a sheet that holds something, with what is written there."""
    found = {}
    row = column = 0
    for element in etree.fromstring(part).iter():
        if local(element) == "row":
            row, column = int(element.get("r") or row + 1), 0
        elif local(element) == "c":
            column += 1
            place = (element.get("r") or f"{_letters(column)}{row}").replace("$", "").upper()
            column = _number(re.match("[A-Z]+", place)[0])
            texts = [each.text or "" for each in element.iter() if local(each) in ("v", "t")]
            formula = any(local(each) == "f" for each in element.iter())
            if "".join(texts).strip() or (formula and element.get("t") != "str"):
                found[place] = "".join(texts)
    return found


def _letters(number: int) -> str:
    return (_letters((number - 1) // 26) if number > 26 else "") + chr((number - 1) % 26 + 65)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def stored(parts: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """What is written in each sheet that is there."""
    return {sheet: values(parts[part]) for sheet, part in listed(parts).items() if part}


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.parent.name)
def test_every_value_of_the_examples_is_read_or_named(path: Path) -> None:
    try:
        result = read(path, schema.load())
    except PemdocsError:
        return
    parts = unpacked(path.read_bytes())
    assert unaccounted(stored(parts), result, example=1) == set()


PLAIN = """
    == companies
    | id     | name    | turnover | staff | founded    | exporter |
    | SN-014 | Céréales | 48500000 | 12    | 2020-03-01 | true     |
    | SN-015 | Fruits   | 12.5     | =1+1  | 2021-04-02 | false    |
    | SN-016 | Miel     | 7        | 3     | 2022-05-03 | Oui      |
    == people
    | id   | surname | phone     |
    | P-01 | Diop    | 770000001 |
"""
SHEET, BOOK, RELS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Change = Callable[[dict[str, bytes]], None]


def swapped(old: str, new: str, part: str = SHEET, count: int = 1) -> Change:
    """A change of a part by a regular expression."""

    def change(parts: dict[str, bytes]) -> None:
        for name in [each for each in parts if each.lower().replace("\\", "/") == part.lower()]:
            parts[name] = re.sub(old, new, parts[name].decode(), count=count).encode()

    return change


def renamed(old: str, new: str) -> Change:
    """Another name for a part."""

    def change(parts: dict[str, bytes]) -> None:
        if old in parts:
            parts[new] = parts.pop(old)

    return change


CELL = st.sampled_from(["A2", "B2", "C2", "D3", "E3", "F4", "A1", "C1", "B4", "D2"])


def of_cells(place: str) -> list[Change]:
    """What a program may do to one cell."""
    whole = rf'<c r="{place}"([^>]*)>(.*?)</c>'
    number = int(place[1:])
    return [
        swapped(whole, rf'<c r="{place}" t="inlineStr"><is><t>un</t></is></c>'),
        swapped(whole, rf'<c r="{place}"><is><t>un</t></is></c>'),
        swapped(whole, rf'<c r="{place}" t="n"><is><r><t>u</t></r><r><t>n</t></r></is></c>'),
        swapped(whole, rf'<c r="{place}" t="str"><f>A1</f></c>'),
        swapped(whole, rf'<c r="{place}"><f>A1</f></c>'),
        swapped(whole, rf'<c r="{place}" t="s"><v>4711</v></c>'),
        swapped(whole, rf'<c r="{place}" t="s"><v>x</v></c>'),
        swapped(whole, rf'<c r="{place}" t="zz"><v>12</v></c>'),
        swapped(whole, rf'<c r="{place}" t="b"><v>7</v></c>'),
        swapped(whole, rf'<c r="{place}" t="d"><v>2026-13-45</v></c>'),
        swapped(whole, rf'<c r="{place}" t="d"><v>2026-03-12</v></c>'),
        swapped(whole, rf'<c r="{place}" t="e"><v>#REF!</v></c>'),
        swapped(whole, rf'<c r="{place}"><v>1,5</v></c>'),
        swapped(whole, rf'<c r="{place}"\1>\2</c><c r="{place}"><v>99</v></c>'),
        swapped(whole, r"<c\1>\2</c>"),
        swapped(whole, rf'<c r="{place.lower()}"\1>\2</c>'),
        swapped(whole, rf'<c r="${place[0]}${number}"\1>\2</c>'),
        swapped(whole, rf'<c r="{place}" t="inlineStr"><is><t># à part</t></is></c>'),
        swapped(whole, rf'<c r="{place}" t="inlineStr"><is><t>Total</t></is></c>'),
        swapped(whole, rf'<c r="{place}" s="9999"\1>\2</c>'),
        swapped("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{place}:{place[0]}{number + 2}"/>'
                "</mergeCells>"),
        swapped("</sheetData>", f"</sheetData><mergeCells><mergeCell ref='A{number}:F{number}' /></mergeCells>"),
        swapped(rf'<row r="{number}"', f'<row r="{number}" hidden="1"'),
        swapped(rf'<row r="{number}"', "<row"),
    ]  # fmt: skip


PACKAGE: list[Change] = [
    renamed(SHEET, "xl/worksheets/SHEET1.xml"), renamed(SHEET, "/" + SHEET),
    renamed(SHEET, "xl\\worksheets\\sheet1.xml"),
    renamed(SHEET, "xl/worksheets/sheet%31.xml"), renamed(SHEET, "xl/elsewhere.xml"), renamed(RELS, RELS.upper()),
    renamed("xl/sharedStrings.xml", "xl/SHAREDSTRINGS.xml"), renamed("xl/styles.xml", "xl/gone.xml"),
    swapped("<(/?)(worksheet|sheetData|row|c|v|is|t|f)(?=[ />])", r"<\1x:\2", count=0),
    swapped('name="companies"', 'name="Lists"', BOOK), swapped('name="companies"', 'name="Feuil1"', BOOK),
    swapped('name="companies"', 'name="companies" state="veryHidden"', BOOK),
    swapped('Target="/?(xl/)?worksheets/sheet1', r'Target="worksheets\\\\SHEET1', RELS),
    swapped('Target="/?(xl/)?worksheets/sheet1', 'Target="/xl/worksheets/sheet%31', RELS),
    swapped(r"(<row r=\"1\".*?</row>)(<row r=\"2\".*?</row>)", r"\2\1"),
    swapped(r'<row r="1"(.*?)</row>', lambda row: row[0].replace('"1"', '"5"').replace("1\" ", "5\" ")),  # type: ignore[arg-type]
    swapped("<sheetData>", '<cols><col min="1" max="2147483647" hidden="1"/></cols><sheetData>'),
    swapped('<dimension ref="[^"]*"', '<dimension ref="A1"'),
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    changes=st.lists(st.one_of(CELL.flatmap(lambda place: st.sampled_from(of_cells(place))), st.sampled_from(PACKAGE)),
                     min_size=1, max_size=4)
)  # fmt: skip
def test_no_value_of_a_workbook_vanishes_whatever_was_done_to_it(tmp_path: Path, changes: list[Change]) -> None:
    made = io.BytesIO()
    book(PLAIN).save(made)
    parts = unpacked(made.getvalue())
    for change in changes:
        change(parts)
    path = packed(tmp_path / "book.xlsx", parts)
    try:
        result = read(path, tables())
        there = unaccounted(stored(parts), result)
    except (PemdocsError, etree.XMLSyntaxError, KeyError):
        return
    assert there == set()
