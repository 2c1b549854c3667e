"""Turn the ids of a table into the next one that is free, in the scheme that its author follows.

Only this module knows how people number things: ``SN-015`` after ``SN-014``, ``SN-020-B`` after ``SN-020-A``, and for
another pair ``N-08-1`` as ``N-07-1`` is for P-07.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pemdocs.data.cleaning import HIDDEN
from pemdocs.data.dataset import Dataset, tellable
from pemdocs.data.schema import Table
from pemdocs.model import Finding, Record

OWNERS = ("company", "partnership", "stay", "report", "cohort", "country")
"""The fields whose value the ids of a table often take up."""

FORM = re.compile(r"(?P<head>.*?)(?P<number>[0-9]+|(?<=[-._])[A-Z])")
"""An id that can be counted on: it ends with a number, or with a single letter behind a hyphen."""

ASKING = frozenset({"missing-required", "not-unique", "wrong-pattern"})
"""The findings on an id whose remedy is another one."""


def with_ids(findings: Iterable[Finding], dataset: Dataset) -> Iterator[Finding]:
    """The findings, those on a missing, double or odd id with the one to give, each with its own.

    That is an id which other rows name and nobody has, else the next one that is free. Of such a name is told where
    the row without an id is.
    """
    told = tuple(findings)
    wanted = {(str(each.facts["target"]), str(each.facts["value"])): "" for each in told if _astray(each)}
    taken: dict[str, set[str]] = {}
    numbered = [_numbered(each, dataset, wanted, taken) for each in told]
    for each in numbered:
        place = wanted.get((str(each.facts.get("target")), str(each.facts.get("value")))) if _astray(each) else ""
        yield replace(each, facts={**each.facts, "nearest": "", "unnamed": place}) if place else each


def _astray(finding: Finding) -> bool:
    return finding.code == "unknown-reference" and finding.facts.get("value") != HIDDEN


def _numbered(
    finding: Finding, dataset: Dataset, wanted: dict[tuple[str, str], str], taken: dict[str, set[str]]
) -> Finding:
    if finding.field != "id" or finding.code not in ASKING:
        return finding
    table = dataset.tables[finding.table]
    ids = taken.setdefault(finding.table, {each.id for each in dataset.records.get(finding.table, ())})
    own = _record(finding, dataset)
    free = next((name for where, name in wanted if where == finding.table and _fits(name, own, table)), "")
    if free and finding.code == "missing-required" and not wanted[finding.table, free]:
        wanted[finding.table, free] = f"{finding.sheet}!{finding.cell}"
    else:
        free = _free(own, dataset, table, ids)
    ids.add(free)
    return replace(finding, facts={**finding.facts, "free": free}) if tellable(free, table) else finding


def _record(finding: Finding, dataset: Dataset) -> Record | None:
    records = dataset.records.get(finding.table, ())
    return next((each for each in records if (each.sheet, each.number) == (finding.sheet, finding.row)), None)


def _fits(name: str, own: Record | None, table: Table) -> bool:
    """Whether an id that others name can be that of a row: it begins as what the row says it belongs to."""
    said = [str(own.value(field)) for field in OWNERS if field in table.fields and own.value(field)] if own else []
    return any(name.startswith(f"{each}-") for each in said)


def _free(own: Record | None, dataset: Dataset, table: Table, taken: set[str]) -> str:
    """The next id that is free; nothing where it would be that of somebody whom nobody knows."""
    models = [each for each in dataset.records.get(table.name, ()) if each is not own and tellable(each.id, table)]
    model, theirs, mine = _model(own, models, table, dataset)
    said = own is not None and any(own.value(name) for name in OWNERS if name in table.fields)
    return "" if said and not mine and _tells(model, theirs) else _next(model, theirs, mine, taken)


def _tells(model: str, owner: str) -> bool:
    """Whether an id tells who its record belongs to: by the whole id, or by the last number in it."""
    numbers = re.findall("[0-9]+", owner)
    return bool(owner) and (owner in model or numbers[-1:] == re.findall("[0-9]+", model)[:1])


def _model(own: Record | None, models: list[Record], table: Table, dataset: Dataset) -> tuple[str, str, str]:
    """The id to count on from, who it belongs to and who the new one belongs to."""
    mine = _owner(own, table, dataset)
    same = [each for each in models if _owner(each, table, dataset) == mine]
    if models:
        model = (same or models)[-1]
        return model.id, _owner(model, table, dataset), mine
    field = next((name for name in OWNERS if name in table.fields), "")
    examples = table.fields[field].examples if field else ()
    return str(table.fields["id"].examples[0]), str(examples[0]) if examples else "", mine


def _owner(record: Record | None, table: Table, dataset: Dataset) -> str:
    """The id of what a record belongs to, or its country; nothing that is no known id, for that may be a name."""
    for field in (table.fields[name] for name in OWNERS if name in table.fields):
        value = record.value(field.name) if record else None
        if value and (field.codelist or (field.ref, str(value)) in dataset.by_id):
            return str(value)
    return ""


def _next(model: str, theirs: str, mine: str, taken: set[str]) -> str:
    found = FORM.fullmatch(model)
    if found is None:
        return ""
    head, last = _moved(found["head"], theirs, mine), found["number"]
    used = {each["number"] for name in taken if (each := FORM.fullmatch(name)) and each["head"] == head}
    if last.isalpha():
        return next((f"{head}{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in used), "")
    numbers = [each for each in used if each.isdigit()]
    number = max(map(int, numbers), default=0) + 1
    return f"{head}{number:0{max(map(len, numbers or [last]))}}"


def _moved(head: str, theirs: str, mine: str) -> str:
    """What an id begins with, for another owner: its id, or the last number in that."""
    if not (theirs and mine) or theirs == mine:
        return head
    if theirs in head:
        return head.replace(theirs, mine)
    numbers = [re.findall(r"[0-9]+", each) for each in (theirs, mine)]
    return head.replace(numbers[0][-1], numbers[1][-1]) if all(numbers) else head
