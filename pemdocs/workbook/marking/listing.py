"""Turn marks into the sheet that lists them, each with a link to its cell. Only this module knows how it looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from pemdocs.workbook.marking.looks import SEVERITIES
from pemdocs.workbook.marking.marks import Mark, written
from pemdocs.workbook.parts.splicing import MAIN
from pemdocs.workbook.words import MarkingWords

MOST = 20_000
"""So many findings are listed; Excel takes three times as many links on a sheet."""

LONGEST = 32_000
WIDTHS = (26, 10, 72, 62)
HEAD_ROW = 4
LINE, HIGHEST = 15, 400
"""The height of a line, and of the highest row that Excel takes, in points."""


def sheet(marks: Sequence[Mark], words: MarkingWords, styles: Mapping[str, int], sheets: Collection[str]) -> bytes:
    """The worksheet: a title, how many there are, then errors, warnings and notes, each sheet by sheet.

    ``sheets`` are those that a link can lead to; ``styles`` the numbers of the formats by what a cell holds.
    """
    rows: list[str] = []
    links: list[str] = []
    for number, (cells, target) in enumerate(_rows(marks, words, sheets), 1):
        row = "".join(_cell(letter, number, text, styles[look]) for letter, text, look in cells)
        rows.append(f'<row r="{number}" ht="{_height(cells)}" customHeight="1">{row}</row>')
        if target:
            links.append(f'<hyperlink ref="B{number}" location={quoteattr(target)} display={quoteattr(cells[1][1])}/>')
    return _worksheet(rows, links).encode()


Cells = tuple[tuple[str, str, str], ...]
"""Letter, text and look of each cell of a row."""


def _rows(marks: Sequence[Mark], words: MarkingWords, sheets: Collection[str]) -> Iterator[tuple[Cells, str]]:
    yield (("A", words.title, "title"),), ""
    yield (("A", words.lead if marks else words.clean, "plain"),), ""
    yield (), ""
    yield tuple((letter, text, "heading") for letter, text in zip("ABCD", words.columns, strict=True)), ""
    ordered = sorted(marks[:MOST], key=lambda mark: SEVERITIES.index(mark.severity))
    for severity, group in groupby(ordered, key=lambda mark: mark.severity):
        found = list(group)
        text = words.severities[severity].format(count=len(found))
        yield (("A", text, severity), *((letter, "", severity) for letter in "BCD")), ""
        for mark in found:
            yield _row(mark, words), _target(mark, sheets)
    if len(marks) > MOST:
        yield (("A", words.more.format(count=len(marks) - MOST), "text"),), ""


def _row(mark: Mark, words: MarkingWords) -> Cells:
    return (
        ("A", mark.sheet or words.workbook, "text"),
        ("B", mark.cell or "–", "link" if mark.anchor else "text"),
        ("C", mark.message, "text"),
        ("D", mark.remedy, "text"),
    )


def _target(mark: Mark, sheets: Collection[str]) -> str:
    quoted = mark.sheet.replace("'", "''")
    return f"'{quoted}'!{mark.anchor}" if mark.anchor and mark.sheet in sheets else ""


def _cell(letter: str, row: int, text: str, style: int) -> str:
    said = escape(written(text)[:LONGEST])
    if not said:
        return f'<c r="{letter}{row}" s="{style}"/>'
    return f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _height(cells: Cells) -> int:
    """The height of a row in points: not every program fits it to wrapped text by itself."""
    wrapped = [(letter, text) for letter, text, look in cells if look in ("text", "link", "heading")]
    lines = [
        sum(ceil(len(line) / WIDTHS["ABCD".index(letter)]) or 1 for line in text.split("\n"))
        for letter, text in wrapped
    ]
    title = any(look == "title" for *_, look in cells)
    return min(LINE * max([2 if title else 1, *lines]) + 3, HIGHEST)


def _worksheet(rows: Sequence[str], links: Sequence[str]) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, 1)
    )
    pane = f'<pane ySplit="{HEAD_ROW}" topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'{pane}<selection pane="bottomLeft"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f"{f'<hyperlinks>{chr(10).join(links)}</hyperlinks>' if links else ''}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )
