"""Hold what is stored in a workbook against what was read of it or named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pemdocs.workbook.columns import LISTS
from pemdocs.workbook.read import Reading
from pemdocs.workbook.words import explanation_sheets

ROWS = {"comment-row", "repeated-headings", "total-row", "rows-above-headings"}
COLUMNS = {"unknown-column", "unknown-language", "not-translated", "duplicate-column", "comment-column",
           "column-without-heading"}  # fmt: skip
SHEETS = {"unknown-sheet", "no-heading-row", "sheet-missing"}
OURS = {*explanation_sheets(), LISTS}


def unaccounted(stored: Mapping[str, Mapping[str, str]], result: Reading, example: int = 0) -> set[str]:
    """The places of values neither read nor named, of each sheet by its name.

    ``example`` rows below the headings are the program's own.
    """
    read_cells = {(cell.sheet, cell.ref) for row in result.rows for cell in row.cells.values()}
    columns = {(row.sheet, letters) for row in result.rows for letters in row.columns.values()}
    known_cells = read_cells | {(each.sheet, each.cell) for each in result.findings}
    rows = {(each.sheet, each.row) for each in result.findings if each.code in ROWS}
    sides = {(each.sheet, re.sub(r"\d", "", each.cell)) for each in result.findings if each.code in COLUMNS}
    sheets = {each.sheet for each in result.findings if each.code in SHEETS} | OURS
    stray = sum(int(str(each.facts["count"])) for each in result.findings if each.code == "stray-cell")
    heads = {each.sheet: each.facts["headings"] for each in result.findings if each.code == "rows-above-headings"}
    left = set()
    told_as = {name: stand_in for stand_in, name in result.tabs.items()}
    for name, there in stored.items():
        sheet = told_as.get(name, name)
        if sheet in sheets or re.sub(r" \(\d+\)$", "", sheet) in OURS:
            continue
        numbers = {int(re.sub(r"\D", "", place)) for place in there if shown(there[place])}
        top = heads.get(sheet) or min({each for each in numbers if (sheet, each) not in rows} or {1})
        headed = any(row.sheet == sheet for row in result.rows)
        for place in there:
            letters, number = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
            known = (sheet, place) in known_cells or (sheet, int(number)) in rows or (sheet, letters) in sides
            heading = ((sheet, letters) in columns or not headed) and top <= int(number) <= top + example
            if not known and not heading and shown(there[place]):
                left.add(f"{sheet}!{place}")
    return left if len(left) > stray else set()


def shown(text: str) -> bool:
    return bool(re.sub(r"[\s\u00a0\u200b-\u200f\u2060\ufeff\u00ad]", "", text))
