"""Turn the standing of documents, and why it is so, into what people and programs read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pemdocs.building.telling import left_out, of_reasons, plain
from pemdocs.cli.report.signing import line_of
from pemdocs.cli.report.text import word, wrapped
from pemdocs.project import kinds
from pemdocs.words import speech

if TYPE_CHECKING:
    from pemdocs.building.status import Standing, Status
    from pemdocs.signing.states import State

SCHEMA_VERSION = 1


def as_text(found: Status, lang: str) -> str:
    """A line for each case and kind, the reasons below it, and how many there are of each state."""
    lines = [line for group in _groups(found) for line in _lines(group, found, lang)]
    counted = Counter(each.state for each in found.documents)
    told = [f"{count:>5} {word(f'status.{state}', lang)}" for state, count in counted.items()]
    lines += _signatures(found, lang)
    return "\n".join([*lines, "", *(told or [word("status.none", lang)]), word("out", lang, folder=str(found.out))])


def _signatures(found: Status, lang: str) -> list[str]:
    """How far each signature is, a line for each."""
    told = [f"  {line_of(each, lang, found.programme.templates)}" for each in found.signatures]
    return ["", word("status.signatures", lang), *told] if told else []


def _groups(found: Status) -> Iterator[list[Standing]]:
    """The formats of a document together, where they stand alike for the same reasons."""
    for _, some in groupby(found.documents, lambda each: (each.kind, each.case, each.languages)):
        alike: dict[object, list[Standing]] = {}
        for each in some:
            alike.setdefault((each.state, each.reasons, str(each.fault), id(each.skipped)), []).append(each)
        yield from alike.values()


def _lines(group: list[Standing], found: Status, lang: str) -> Iterator[str]:
    first, templates = group[0], found.programme.templates
    formats = ", ".join(dict.fromkeys(each.format for each in group if each.format))
    name = f"{kinds.title(first.kind, lang, templates)} {first.case}"
    version = " ".join(filter(None, ("+".join(first.languages), formats)))
    yield f"{word(f'status.{first.state}', lang):<12} {name}{f' ({version})' if version else ''}"
    told = [*of_reasons(first.reasons, lang)]
    if first.skipped:
        told += [left_out(first.skipped, lang, templates)]
    if first.fault:
        told += [speech.fault(first.fault, lang)]
    yield from (f"             {line}" for each in told for line in wrapped(each, 13))


def as_json(found: Status, lang: str) -> str:
    """The same for programs; the shape is ``schemas/reports/status.json``."""
    shape = {
        "schema_version": SCHEMA_VERSION,
        "documents": [_plain(each, found, lang) for each in found.documents],
        "signatures": [_plain_signature(each) for each in found.signatures],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _plain(each: Standing, found: Status, lang: str) -> dict[str, Any]:
    fault, skipped = each.fault, each.skipped
    why = speech.fault(fault, lang) if fault else left_out(skipped, lang, found.programme.templates) if skipped else ""
    return {
        "state": each.state,
        "kind": each.kind,
        "case": each.case,
        "languages": list(each.languages),
        "format": each.format,
        "path": each.path,
        "reasons": [plain(reason, lang) for reason in each.reasons],
        "why": why,
    }


def _plain_signature(each: State) -> dict[str, Any]:
    names = ("cohort", "case", "document", "version", "signatory", "state", "way")
    return {name: getattr(each, name) for name in names} | {"on": each.on.isoformat() if each.on else None}
