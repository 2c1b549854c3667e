"""Turn the register of publications into what people read: first what must be recalled, then what is out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pemdocs.cli.report.programs import SCHEMA_VERSION, finding_as_plain
from pemdocs.cli.report.text import word, wrapped
from pemdocs.project import kinds
from pemdocs.words import language, speech

if TYPE_CHECKING:
    from pemdocs.building.register import Publication, Register
    from pemdocs.project.published import Kept

INDENT = 4
PARTS = ("recall", "out", "recalled")


def as_text(found: Register, lang: str) -> str:
    """What must be recalled and where, what is out, what was taken down, and which versions are in no row."""
    lines: list[str] = []
    for part in PARTS:
        some = [each for each in found.publications if _part(each) == part]
        lines += [word(f"published.{part}", lang), *_rows(some, lang), ""] if some else []
    loose = [each for each in found.versions if each.version not in found.entered]
    if loose:
        lines += [word("published.versions", lang), *_versions(found, lang), ""]
    return "\n".join(lines).rstrip() or word("published.none", lang)


def _part(each: Publication) -> str:
    return "recall" if each.findings else "recalled" if each.recalled else "out"


def _rows(some: Iterable[Publication], lang: str) -> Iterator[str]:
    for each in some:
        day = each.recalled or each.on
        told = (each.id, each.case, each.version, each.where, language.say_digits(day) if day else "")
        yield f"  {' · '.join(filter(None, told))}"
        for finding in each.findings:
            said = f"{speech.message(finding, lang)} {speech.remedy(finding, lang)}"
            yield from (f"{' ' * INDENT}{line}" for line in wrapped(said, INDENT))


def _versions(found: Register, lang: str) -> Iterator[str]:
    templates = found.programme.templates
    for each in found.versions:
        if each.version in found.entered:
            continue
        name = f"{kinds.title(each.kind, lang, templates)} {each.case} ({'+'.join(each.languages)})"
        name += f", {word('published.cards', lang)}" if each.media else ""
        now = [word("published.current", lang)] if each.version in found.current else []
        yield f"  {' · '.join((each.version, name, each.made, *now))}"


def as_json(found: Register, lang: str) -> str:
    """The same for programs; the shape is ``schemas/reports/published.json``."""
    shape = {
        "schema_version": SCHEMA_VERSION,
        "publications": [_plain(each, lang) for each in found.publications],
        "versions": [_plain_version(each, found) for each in found.versions],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _plain(each: Publication, lang: str) -> dict[str, Any]:
    names = ("id", "case", "version", "where")
    return {name: getattr(each, name) for name in names} | {
        "state": _part(each),
        "on": each.on.isoformat() if each.on else None,
        "recalled": each.recalled.isoformat() if each.recalled else None,
        "findings": [finding_as_plain(finding, lang) for finding in each.findings],
    }


def _plain_version(each: Kept, found: Register) -> dict[str, Any]:
    names = ("version", "kind", "case", "made")
    return {name: getattr(each, name) for name in names} | {
        "languages": list(each.languages),
        "media": list(each.media),
        "current": each.version in found.current,
        "entered": each.version in found.entered,
    }
