"""Turn the lines of a tracker into what people and programs read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pemdocs.building.tracking import saying
from pemdocs.cli.report.text import wrapped

if TYPE_CHECKING:
    from pemdocs.building.tracking import Board, Tracked

SCHEMA_VERSION = 1
INDENT = 4


def as_text(board: Board, lang: str) -> str:
    """A line for each dossier and charter, what is missing below it, and how many are how far."""
    if not board.rows:
        return saying.word("none", lang)
    lines = [saying.word("on", lang, day=board.on), ""]
    lines += [line for each in board.rows for line in _lines(each, lang)]
    counted = Counter((each.kind, each.stage) for each in board.rows)
    told = (f"{count:>5} {saying.label('stage', stage, lang)}" for (_, stage), count in sorted(counted.items()))
    return "\n".join([*lines, "", *told])


def _lines(each: Tracked, lang: str) -> Iterator[str]:
    who = f" {each.traveller}" if each.traveller else ""
    kind = f" ({saying.word('charter-of', lang)})" if each.kind == "charter" else ""
    until = f" · {saying.until(each, lang)}" if each.deadline else ""
    yield f"{each.case}{kind}{who} · {saying.label('stage', each.stage, lang)}{until}"
    told = [saying.word("acts", lang, who=saying.actors(each.who, lang))] if each.who else []
    if each.missing:
        told.append(saying.word("lacks", lang, what=" · ".join(saying.missing(each.missing, lang))))
    yield from (f"{' ' * INDENT}{line}" for some in told for line in wrapped(some, INDENT))


def as_json(board: Board, lang: str) -> str:
    """The same for programs; the shape is ``schemas/reports/track.json``."""
    shape = {
        "schema_version": SCHEMA_VERSION,
        "on": board.on.isoformat(),
        "rows": [_plain(each, lang) for each in board.rows],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _plain(each: Tracked, lang: str) -> dict[str, Any]:
    names = ("case", "kind", "traveller", "role", "cohort", "stage", "about", "days_left")
    missing = [{**one._asdict(), "said": saying.one(one.sort, one.code, lang)} for one in each.missing]
    return {name: getattr(each, name) for name in names} | {
        "missing": missing,
        "who": list(each.who),
        "deadline": each.deadline.isoformat() if each.deadline else None,
    }
