"""Turn the cases into what their next stage will ask of them, so that the next round of checks is no surprise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pemdocs import facts
from pemdocs.data.dataset import Dataset, named
from pemdocs.data.schema import STAGES
from pemdocs.model import FieldName
from pemdocs.rules.partnerships import due_by


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What a case will need: the stage that asks for it, and the fields that are empty, each named once."""

    case: str
    stage: str
    count: int
    fields: tuple[FieldName, ...]


def upcoming(dataset: Dataset, cases: tuple[str, ...] = ()) -> tuple[Upcoming, ...]:
    """What the next stage of each partnership asks for and is not there yet; of these cases where any are named."""
    pairs: Any = dataset.table("partnerships")
    return tuple(each for pair in pairs if not cases or pair.record.id in cases for each in _next(pair))


def _next(pair: Any) -> Iterator[Upcoming]:
    number = facts.stage_number(pair) + 1
    if number >= len(STAGES):
        return
    due = [(record, name) for record, name in due_by(pair, number)
           if STAGES.index(record.table.fields[name].due) == number]  # fmt: skip
    if due:
        fields = dict.fromkeys(FieldName(record.record.table, name) for record, name in due)
        yield Upcoming(named(pair), STAGES[number], len(due), tuple(fields))
