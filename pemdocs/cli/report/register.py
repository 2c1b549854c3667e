"""Turn the register of publications into what people read: first what must be recalled, then what is out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pemdocs.cli.report.text import word, wrapped
from pemdocs.project import kinds
from pemdocs.words import language, speech

if TYPE_CHECKING:
    from pemdocs.building.register import Publication, Register

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
        now = [word("published.current", lang)] if each.version in found.current else []
        yield f"  {' · '.join((each.version, name, each.made, *now))}"
