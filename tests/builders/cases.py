"""What a case of a rule is: a change to the project of the tests that breaks it, and near misses that keep it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from projects import Data, journey, publication

from pemdocs.model import Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

Change = dict[str, Any]
"""What a case changes in the project with its visa dossier and publications: ``companies.0.employees`` to a value, to
``None`` for an empty cell, ``…`` of a table to a new row, ``table.0`` to ``None`` for a row that goes."""


@dataclass(frozen=True)
class Case:
    """The smallest change that breaks a rule, the cell that is blamed, and near misses that keep the rule."""

    severity: Severity
    cell: str
    breaks: Change
    keeps: tuple[Change, ...] = field(default=({},))
    facts: Change = field(default_factory=dict)


def changed(change: Change) -> Data:
    """The project with its visa dossier, changed; with its publications where the change is about those."""
    data = journey()
    if {path.partition(".")[0] for path in change} - data.keys():
        data = publication()
    for path, value in change.items():
        table, _, rest = path.partition(".")
        place, _, name = rest.partition(".")
        if place == "…":
            data[table].append(value)
        elif name:
            data[table][int(place)][name] = value
        else:
            del data[table][int(place)]
    return data
