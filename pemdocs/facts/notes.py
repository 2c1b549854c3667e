"""Facts of a note: its text, its lessons and recommendations, its figures.

Whom it may quote depends on the languages of the document, so it is no fact: ``printable`` says it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pemdocs.consent import consents
from pemdocs.data.registry import fact
from pemdocs.facts import comparing
from pemdocs.facts.comparing import Changes, Comparison
from pemdocs.facts.indicators import Breakdown, FrameworkRow, Words, framework_rows
from pemdocs.facts.reports import FunnelStep, funnel_of
from pemdocs.knowledge import prose
from pemdocs.project import beside


class Box(NamedTuple):
    """A framed passage beside the text: ``practice`` has words, ``lesson`` and ``recommendation`` a record."""

    kind: str
    number: int | None
    record: Any
    words: Words


@fact("note")
def body(note: Any) -> Words:
    """The text of a note, by language: of the sheet, else of the Markdown file beside the workbook."""
    found = beside.texts(note.dataset.folder, note.file or "", note.dataset.programme.languages)
    return {each: prose.unwrapped(words) for each, words in found.items()} | (note.text or {})


@fact("note", table="lessons")
def shown_lessons(note: Any) -> tuple[Any, ...]:
    """The lessons that the note names, then those of its theme."""
    theme = note.record.value("theme")
    of_theme = [each for each in note.dataset.table("lessons") if theme and each.record.value("theme") == theme]
    return tuple(dict.fromkeys([*(note.lessons or ()), *of_theme]))


@fact("note", table="recommendations")
def shown_recommendations(note: Any) -> tuple[Any, ...]:
    """The recommendations that the note names."""
    return tuple(note.recommendations or ())


@fact("note")
def figure_rows(note: Any) -> tuple[FrameworkRow, ...]:
    """The indicators that the note names, with what was reached."""
    return framework_rows(note.indicators or ())


@fact("note")
def funnel(note: Any) -> tuple[FunnelStep, ...]:
    """The steps of the selection among the indicators that the note names."""
    return funnel_of(note.indicators or ())


@fact("note")
def breakdowns(note: Any) -> tuple[Breakdown, ...]:
    """The results of its indicators by sex, type, region …, but for those that are drawn beside others."""
    return comparing.alone(note.indicators or ())


@fact("note")
def comparisons(note: Any) -> tuple[Comparison, ...]:
    """The breakdowns of its indicators that are drawn beside one another."""
    return comparing.comparisons(note.indicators or ())


@fact("note")
def changes(note: Any) -> tuple[Changes, ...]:
    """What of its indicators was measured twice and is drawn as a change."""
    return comparing.changes(note.indicators or ())


@fact("note")
def boxes(note: Any) -> tuple[Box, ...]:
    """What stands beside the text: the practice, the lessons, the recommendations."""
    practice = [Box("practice", None, None, note.practice)] if note.practice else []
    lessons = [Box("lesson", number, each, {}) for number, each in enumerate(shown_lessons(note), start=1)]
    advice = [Box("recommendation", n, each, {}) for n, each in enumerate(shown_recommendations(note), start=1)]
    return (*practice, *lessons, *advice)


@fact("note", table="reports")
def report(note: Any) -> Any:
    """The report that the note draws on, or ``None``."""
    sources = (*shown_lessons(note), *shown_recommendations(note), *(note.indicators or ()))
    return next((each.report for each in sources if each.report is not None), None)


@fact("note")
def reach_media(note: Any) -> tuple[str, ...]:
    """The media for which consents are asked."""
    return consents.media_of(note)
