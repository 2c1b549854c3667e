"""Turn the difference of two versions into what people and programs read. No value is quoted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from pemdocs.cli.report.text import wrapped
from pemdocs.data import schema
from pemdocs.words.speech import word

if TYPE_CHECKING:
    from pemdocs.building.differing import Change, Difference


def as_text(found: Difference, lang: str) -> str:
    """The Word file, and below it what has changed, sheet by sheet."""
    head = word("diff.head", lang, case=found.case, since=found.since, until=found.until, count=len(found.changes))
    return "\n".join([*wrapped(head), *_by_sheet(found, lang), *wrapped(word("diff.file", lang, path=str(found.path)))])


def as_json(found: Difference) -> str:
    """The same for programs."""
    return json.dumps({**asdict(found), "path": str(found.path)}, ensure_ascii=False, indent=1)


def _by_sheet(found: Difference, lang: str) -> Iterator[str]:
    for table, changes in groupby(found.changes, key=lambda each: each.table):
        yield f"  {schema.load()[table].sheet[lang]}"
        yield from (f"    {_said(each, lang)}" for each in changes)


def _said(change: Change, lang: str) -> str:
    label = schema.load()[change.table].fields[change.field].label[lang] if change.field else ""
    told = label + (f" ({change.language})" if change.language else "")
    what = told or word(f"diff.{change.sort}", lang)
    return "  ".join(part for part in (change.cell, change.record, what) if part)
