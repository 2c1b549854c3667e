"""Turn what is wrong with Word templates into what people and programs read."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from pemdocs.cli.report.text import COLOURS, WIDTH
from pemdocs.model import Severity
from pemdocs.words.speech import word
from pemdocs.writing.own.lint import Examined
from pemdocs.writing.own.lint.flaws import Flaw

MENDS = "*"
"""The sign of a flaw that can be mended."""


def as_text(examined: Examined, lang: str, colour: bool = False) -> str:
    """The flaws of a template in the order of its text, each with its place, its tag, what is wrong, what to do."""
    if not examined.flaws:
        return word("tags-clean", lang, file=examined.file)
    counts = _counts(examined.flaws, lang)
    lines = [f"{examined.file}{' ' * max(2, WIDTH - len(examined.file) - len(counts))}{counts}", "─" * WIDTH]
    audience = word(f"audience.{examined.kind.audience}", lang)
    lines += _wrapped(word("tags-about", lang, table=examined.kind.table, audience=audience), "")
    for flaw in examined.flaws:
        lines += ["", *_flaw(flaw, lang, colour)]
    mends = sum(flaw.mends for flaw in examined.flaws)
    can_mend = word(f"tags-can-mend-{'one' if mends == 1 else 'many'}", lang, count=mends)
    return "\n".join([*lines, *(["", can_mend] if mends else [])])


def _flaw(flaw: Flaw, lang: str, colour: bool) -> Iterator[str]:
    label = word(f"severity-{flaw.severity}", lang)
    shown = click.style(label, fg=COLOURS[flaw.severity]) if colour else label
    place = flaw.place(lang)
    yield f"{shown}{MENDS if flaw.mends else ''}{f' – {place}' if place else ''}"
    if flaw.found:
        yield f"    {flaw.found}"
    yield from _wrapped(flaw.message(lang), "  ")
    if flaw.remedy(lang):
        yield from _wrapped(f"→ {flaw.remedy(lang)}", "  ")


def _wrapped(words: str, indent: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _counts(flaws: tuple[Flaw, ...], lang: str) -> str:
    counted = Counter(flaw.severity for flaw in flaws)
    parts = (
        word(f"{each}-one" if counted[each] == 1 else f"{each}-many", lang, count=counted[each])
        for each in Severity
        if counted[each]
    )
    return ", ".join(parts)


def as_json(examined: Examined, lang: str) -> str:
    """The same for programs."""
    shape = {
        "schema_version": 1,
        "file": examined.file,
        "table": examined.kind.table,
        "audience": examined.kind.audience,
        "flaws": [_plain(flaw, lang) for flaw in examined.flaws],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _plain(flaw: Flaw, lang: str) -> dict[str, Any]:
    place = flaw.passage.place if flaw.passage else None
    return {
        "code": flaw.code,
        "severity": flaw.severity.value,
        "part": place.part if place else "",
        "paragraph": place.paragraph if place else 0,
        "table": place.table if place else 0,
        "row": place.row if place else 0,
        "cell": place.cell if place else 0,
        "heading": place.heading if place else "",
        "tag": flaw.found,
        "mends": flaw.mends,
        "message": flaw.message(lang),
        "remedy": flaw.remedy(lang),
    }
