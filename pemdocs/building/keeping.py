"""Keep the data of each version of a plan beside the documents, and read it again.

What is restricted is not kept; the files are readable by their owner alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from pemdocs.building import private
from pemdocs.building.outcome import CURRENT, MADE, Outcome
from pemdocs.checking.examination import Report, examined
from pemdocs.checking.loading import Loaded
from pemdocs.data import schema
from pemdocs.data.dataset import Dataset, Linked, closure, key
from pemdocs.data.schema import AUDIENCES
from pemdocs.model import LANGUAGE_MARK, PemdocsError, Record
from pemdocs.project import kinds
from pemdocs.project.programme import Programme
from pemdocs.workbook.read import read_records

PLAN = "accompaniment-plan"
"""The kind whose versions are kept."""

Records = dict[str, list[dict[str, Any]]]


def keep(report: Report, outcomes: Iterable[Outcome], out: Path) -> None:
    """Keep the data of each case whose plan has been made, or is current, under the number of its version."""
    dataset = report.dataset
    for case in {each.path.split("/")[1]: each.state for each in outcomes if each.path.startswith(f"{PLAN}/")}.items():
        name, state = case
        pair: Any = dataset.find("partnerships", name)
        version = pair.current_version if pair else None
        if version is None or not version.version or state not in (MADE, CURRENT):
            continue
        if state == MADE or not (out / private.FOLDER / _file(name, version.version)).is_file():
            told = {"as_of": dataset.speaks_of.isoformat(), "records": records(pair)}
            private.write(out, _file(name, version.version), json.dumps(told, ensure_ascii=False).encode())


def _file(case: str, version: str) -> str:
    return f"version-{case}-{version}.json"


def records(case: Linked) -> Records:
    """All that a plan of a case may be made of, as JSON has it, without what is restricted."""
    kind = kinds.load(PLAN, case.dataset.programme.templates)
    wanted = closure(case, kind.audience, kind.reads)
    found: Records = {}
    for name, table in case.dataset.records.items():
        rows = [_plain(each, case.dataset) for each in table if key(each) in wanted]
        if rows:
            found[name] = rows
    return found


def _plain(record: Record, dataset: Dataset) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, cell in record.cells.items():
        field, _, language = name.partition(LANGUAGE_MARK)
        if dataset.tables[record.table].fields[field].audience == AUDIENCES[-1]:
            continue
        if language:
            said.setdefault(field, {})[language] = plain(cell.value)
        else:
            said[name] = plain(cell.value)
    return said


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return list(value) if isinstance(value, tuple) else value


def kept(out: Path, case: str, version: str) -> tuple[date, Records]:
    """The data of a version, with the day it spoke of. Raises ``PemdocsError`` ``version-not-kept``."""
    try:
        told = json.loads(private.read(out, _file(case, version)))
        return date.fromisoformat(told["as_of"]), told["records"]
    except (OSError, ValueError, KeyError):
        known = ", ".join(versions(out, case))
        raise PemdocsError("version-not-kept", case=case, version=version, known=known) from None


def versions(out: Path, case: str) -> tuple[str, ...]:
    """The versions of a case that are kept, in their order."""
    head = f"version-{case}-"
    names = (path.stem.removeprefix(head) for path in (out / private.FOLDER).glob(f"{head}*.json"))
    return tuple(sorted(names, key=lambda each: [int(part) for part in each.split(".") if part.isdecimal()]))


def pair_of(told: Mapping[str, Any], case: str, day: date, programme: Programme) -> Linked:
    """The case as it was, of records like these. Raises ``PemdocsError`` ``version-not-kept`` where it is not there."""
    reading = read_records(told, schema.load(), programme.languages[0])
    dataset = examined(Loaded(reading, programme, programme.languages), as_of=day).dataset
    found = dataset.find("partnerships", case)
    if found is None:
        raise PemdocsError("version-not-kept", case=case, version="", known="")
    return found
