"""Turn what became of templates into text: previews, copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pemdocs.building import Outcome
from pemdocs.cli.report.text import wrapped
from pemdocs.words import speech


def of_preview(outcomes: Iterable[Outcome], lang: str) -> str:
    """Where the previews lie, and why one could not be made."""
    return "\n".join(line for each in outcomes for line in wrapped(_preview(each, lang)))


def _preview(outcome: Outcome, lang: str) -> str:
    if outcome.fault:
        return f"{outcome.path}: {speech.fault(outcome.fault, lang)}"
    return speech.word("previewed", lang, path=outcome.path)


def of_template(kind: str, paths: Iterable[Path], lang: str) -> Iterator[str]:
    """What ``new --template`` copied, and what to do next."""
    yield from (path.as_posix() for path in paths)
    yield from wrapped(speech.word("made-template", lang, kind=kind))
