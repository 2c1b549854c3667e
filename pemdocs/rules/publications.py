"""Rules about reports and notes: what follows from what, figures and their sources, words, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pemdocs.consent.groups import FEWEST
from pemdocs.consent.leaks import PUBLISHED
from pemdocs.data.dataset import Linked, sourced
from pemdocs.data.schema import Table
from pemdocs.facts.indicators import few, in_percent, of_people, whole_of
from pemdocs.facts.reports import contradictory
from pemdocs.knowledge import prose
from pemdocs.model import Finding, Severity
from pemdocs.project import beside
from pemdocs.rules import at, rule
from pemdocs.scans import photographs

CHAIN = "OECD/DAC, Quality Standards for Development Evaluation, 3.14 and 3.15: conclusions rest on findings"
CRITERIA = "OECD/DAC, Better Criteria for Better Evaluation, 2019"
FIGURES = "Every figure has a value, a source and a date"
FILES = "What a publication shows lies beside the workbook"
REMARK = "a remark is internal unless it is marked public: what a team notes for itself is not published"
SMALL = "Programme’s rule for small numbers: fewer than five people are not published"


@rule("recommendation-without-conclusion", source=CHAIN)
def recommendation_without_conclusion(recommendation: Any) -> Iterator[Finding]:
    """Every recommendation follows from a conclusion."""
    if not recommendation.record.value("conclusions"):
        yield at(recommendation, "conclusions")


@rule("conclusion-not-followed", source=CHAIN, severity=Severity.NOTE)
def conclusion_not_followed(conclusion: Any) -> Iterator[Finding]:
    """A conclusion leads to a recommendation."""
    if not conclusion.followed_by:
        yield at(conclusion, "id")


@rule("question-not-answered", source=CHAIN, severity=Severity.WARNING)
def question_not_answered(question: Any) -> Iterator[Finding]:
    """An evaluation question that has none below it is answered, by a text or by a conclusion."""
    above = {each.record.value("parent") for each in question.dataset.table("questions")}
    if question.record.id not in above and not question.answer and not question.answered_in:
        yield at(question, "answer")


@rule("rating-outside-legend", source=CRITERIA)
def rating_outside_legend(rating: Any, score: str) -> Iterator[Finding]:
    """A score is one of the legend of the programme."""
    legend = rating.dataset.programme.codelists.get("scores", {})
    if legend and score not in legend:
        yield at(rating, "score", known=", ".join(legend))


@rule("criterion-not-rated", source=CRITERIA, severity=Severity.WARNING)
def criterion_not_rated(report: Any) -> Iterator[Finding]:
    """A final report, or one that rates anything, rates each criterion."""
    rated = [each for each in report.scored if each.score is not None]
    for each in report.scored if rated or report.kind == "final" else ():
        if each.score is None:
            yield at(report, "id", criterion=each.criterion)


@rule("figures-contradict", source=FIGURES, severity=Severity.WARNING)
def figures_contradict(indicator: Any) -> Iterator[Finding]:
    """One indicator has one value for the same part of it on the same day."""
    for first, *others in contradictory(indicator):
        for result in others:
            if result.value != first.value:
                yield at(result, "value", other=f"{first.record.sheet}!{first.record.place('value')}")


def _sourced(table: Table) -> bool:
    return table.name in SOURCED


def _published(table: Table) -> bool:
    return table.name in PUBLISHED


@rule("figure-without-source", source=FIGURES, severity=Severity.WARNING, of=_sourced)
def figure_without_source(record: Linked) -> Iterator[Finding]:
    """A figure that is published says where it comes from."""
    told = SOURCED[record.record.table]
    if any(record.record.value(name) is not None for name in told) and not sourced(record):
        yield at(record, "source")


SOURCED = {"indicators": ("baseline", "target"), "budget_lines": ("amount", "share")}
"""The fields of a table that need a source; of results the schema itself asks one."""


@rule("terminology", source="Terms of the programme’s profile", severity=Severity.WARNING, of=_published)
def terminology(record: Linked) -> Iterator[Finding]:
    """A publication uses the terms of its field and the right names of organisations."""
    terms = record.dataset.programme.profile.get("terminology", ())
    for field in record.table.fields.values() if terms else ():
        for language, text in record.record.texts(field.name).items() if field.translated else ():
            for term in terms:
                if term.get("language", language) == language and _says(str(text), term["wrong"]):
                    yield at(record, field.name, language=language, wrong=term["wrong"], right=term["right"])


def _says(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


@rule("markdown-not-allowed", source="docs/layouts.md", severity=Severity.WARNING, of=_published)
def markdown_not_allowed(record: Linked) -> Iterator[Finding]:
    """A text holds headings, lists, emphasis and links to the web, and nothing else."""
    for field in record.table.fields.values():
        if field.translated and field.multiline:
            for language, text in record.record.texts(field.name).items():
                for each in prose.foreign(str(text)):
                    yield at(record, field.name, language=language, markdown=each)


@rule("note-file-not-plain", source="docs/layouts.md", severity=Severity.WARNING)
def note_file_not_plain(note: Any, file: str) -> Iterator[Finding]:
    """The Markdown file of a note holds headings, lists, emphasis and links to the web, and nothing else."""
    for language, text in beside.texts(note.dataset.folder, file, note.dataset.programme.languages).items():
        for each in prose.foreign(text):
            yield at(note, "file", language=language, markdown=each)


@rule("note-file-missing", source=FILES, severity=Severity.WARNING)
def note_file_missing(note: Any, file: str) -> Iterator[Finding]:
    """The file that a note names lies beside the workbook and has a text."""
    if note.dataset.folder and not beside.texts(note.dataset.folder, file, note.dataset.programme.languages):
        yield at(note, "file")


@rule("photograph-missing", source=FILES, severity=Severity.WARNING)
def photograph_missing(photograph: Any, file: str) -> Iterator[Finding]:
    """The file of a photograph lies beside the workbook, as JPEG or PNG."""
    if photograph.dataset.folder:
        found = beside.content(photograph.dataset.folder, file)
        if found is None or not photographs.is_dots(found):
            yield at(photograph, "file")


@rule("photograph-without-alt", source="EN 301 549, 9.1.1.1: non-text content", severity=Severity.WARNING)
def photograph_without_alt(photograph: Any) -> Iterator[Finding]:
    """A photograph has a text for those who do not see it."""
    if not photograph.alt:
        yield at(photograph, "alt")


@rule("remark-internal", source=REMARK, severity=Severity.NOTE)
def remark_internal(indicator: Any) -> Iterator[Finding]:
    """A remark on a figure is printed only where its author says so, and who says nothing is told."""
    if indicator.note and indicator.note_public is None:
        yield at(indicator, "note_public")


@rule("percentage-of-unknown", source=SMALL, severity=Severity.WARNING)
def percentage_of_unknown(indicator: Any) -> Iterator[Finding]:
    """Of a percentage that counts people it is known of how many, so that none is published that tells of one."""
    if of_people(indicator) and in_percent(indicator) and indicator.results and whole_of(indicator) is None:
        yield at(indicator, "base", least=FEWEST)


@rule("number-suppressed", source=SMALL, severity=Severity.NOTE)
def number_suppressed(result: Any, indicator: Any, value: Any) -> Iterator[Finding]:
    """A number of fewer than five people is not published."""
    if few(indicator, value, result.stage, result.date):
        yield at(result, "value", least=FEWEST)
