"""Cohorts of any size, made of one complete pair that is repeated under other ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from projects import Data, project

ONCE = frozenset({"cohorts", "criteria"})
ALONE = frozenset({"rccm", "ninea", "kbo", "vat", "national_id", "email", "phone"})
"""What no two companies or people may share; only the first pair keeps it."""

OWN = re.compile(r"(SN|BE|P|N|O|T|A|M|L)-(014|003|07)(-.+)?")


def cohort(pairs: int) -> Data:
    """A project of so many pairs: each with its companies, people, needs, objectives, activities, charter, versions."""
    whole = project()
    data: Data = {name: list(rows) for name, rows in whole.items()}
    for number in range(1, pairs):
        for name, rows in whole.items():
            if name not in ONCE:
                data[name] += [_renamed(row, number) for row in rows if _belongs(row)]
    return data


def _belongs(row: dict[str, Any]) -> bool:
    """Whether a row is of the pair that is repeated."""
    return any(isinstance(each, str) and OWN.fullmatch(each) for each in row.values())


def _renamed(row: dict[str, Any], number: int) -> dict[str, Any]:
    found = {name: deepcopy(value) for name, value in row.items() if name not in ALONE}
    return {name: _under(value, number) for name, value in found.items()}


def _under(value: Any, number: int) -> Any:
    match = OWN.fullmatch(value) if isinstance(value, str) else None
    return value if match is None else f"{match[1]}-{1000 + number}{match[3] or ''}"


def workbook(folder: Path, data: Data) -> Path:
    """A project folder with this data as an Excel workbook, headings as the schemas name them; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pemdocs.toml").write_text('workbook = "cohort.xlsx"', "utf-8")
    book = Workbook(write_only=True)
    for name, rows in data.items():
        sheet = book.create_sheet(name)
        flat = [dict(_cells(row)) for row in rows]
        keys = list(dict.fromkeys(key for row in flat for key in row))
        sheet.append(keys)
        for row in flat:
            sheet.append([row.get(key) for key in keys])
    book.save(folder / "cohort.xlsx")
    return folder


def _cells(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from ((f"{name}::{language}", words) for language, words in value.items())
        else:
            yield name, "; ".join(value) if isinstance(value, list) else _typed(value)


def _typed(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
