"""Cohorts of any size, made of one complete pair that is repeated under other ids."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

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
