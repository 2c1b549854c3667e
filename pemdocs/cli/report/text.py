"""Turn results into text that people read, at 80 columns."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pemdocs.building import CURRENT, EDITED, MADE, Built, Outcome
from pemdocs.building.telling import left_out, of_reasons
from pemdocs.checking.grouping import Group, grouped
from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.project.kinds import Kind
from pemdocs.words import speech

if TYPE_CHECKING:  # what is told of a build in which nothing has changed needs no check
    from pemdocs.building.extending import Grown
    from pemdocs.checking.examination import Report
    from pemdocs.checking.linting import Linted
    from pemdocs.checking.returning import Returned
    from pemdocs.checking.upcoming import Upcoming

WIDTH = 80
INDENT = 19
"""Columns that the cell and the severity take."""
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
MOST_LABELS = 6
"""So many fields are named of those that a case will need."""

MOST_PATHS = 20
"""So many documents are named that the same fault has cost; the report for programs names all."""

MANY = 3
"""From so many notes of one sort on a sheet, one stands for all and the cells of the others are listed."""

ONLY_HERE = "typeface-missing"
"""What a build finds and no check: it depends on the computer, not on the data."""

word = speech.word


def fault(error: PemdocsError, lang: str) -> str:
    """A fault in a sentence."""
    return "\n".join(wrapped(f"pemdocs: {speech.fault(error, lang)}"))


def made_project(workbook: Path, lang: str) -> str:
    """What ``new`` made and what to do next."""
    return word("made-project", lang, folder=workbook.parent.name, workbook=workbook.name)


def of_extending(grown: Grown, lang: str) -> list[str]:
    """What was added to a workbook in use, and where."""
    told = {"workbook": grown.workbook.name, "sheets": ", ".join(grown.sheets), "kept": ", ".join(grown.kept)}
    if not grown.sheets and not grown.columns:
        return wrapped(word("extended-nothing", lang, **told))
    lines = wrapped(word("extended", lang, **told))
    for sheet, headings in grown.columns.items():
        lines += [
            f"  {line}" for line in wrapped(word("extended-sheet", lang, sheet=sheet, columns=", ".join(headings)), 2)
        ]
    return lines + (wrapped(word("extended-kept", lang, **told)) if grown.kept else [])


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a report is wanted: every missing translation, so many findings at the most (0: all), in colour."""

    every: bool = False
    limit: int = 0
    colour: bool = False


def as_text(found: Report, lang: str, shown: Shown = Shown(), left_out: int = 0, soon: Sequence[Upcoming] = ()) -> str:
    """The report for people: errors first, sheet by sheet, each with its cell, what is wrong and what to do.

    ``left_out`` findings were not asked for; ``soon`` is what the next stages will need. Neither passes in silence.
    """
    lines: list[str] = []
    groups = grouped(found.findings, shown.every)
    listed = groups[: shown.limit] if shown.limit else groups
    for (_, sheet), group in groupby(listed, key=lambda each: (each.first.severity, each.first.sheet)):
        lines += ["", *_sheet(speech.sheet(sheet, lang) or word("workbook", lang), list(group), lang, shown)]
    lines += ["", *_upcoming(soon, lang)] if soon else []
    hidden = sum(each.count for each in groups[len(listed) :])
    lines += ["", *_ending(found, lang, hidden, left_out)]
    return "\n".join(lines[1:])


def _ending(found: Report, lang: str, hidden: int, left_out: int) -> Iterator[str]:
    if found.findings:
        yield word("in-all", lang, counts=_counts(found.findings, lang))
    else:
        yield word("nothing-asked-for" if left_out else "all-clean", lang)
    if hidden:
        yield from wrapped(word("limited", lang, count=hidden))
    if left_out:
        yield from wrapped(word("left-out", lang, count=left_out))


def _upcoming(soon: Sequence[Upcoming], lang: str) -> Iterator[str]:
    yield word("upcoming", lang)
    yield "─" * WIDTH
    for each in soon:
        labels = [speech.label(field, lang) for field in each.fields]
        more = ", …" if len(labels) > MOST_LABELS else ""
        facts = {"case": each.case, "stage": each.stage, "count": each.count}
        yield from wrapped(word("upcoming-case", lang, fields=", ".join(labels[:MOST_LABELS]) + more, **facts))


def _counts(findings: Iterable[Finding], lang: str) -> str:
    counted = Counter(finding.severity for finding in findings)
    parts = [_number(f"{severity}", counted[severity], lang) for severity in Severity if counted[severity]]
    return ", ".join(parts)


def _number(key: str, count: int, lang: str) -> str:
    return word(f"{key}-one" if count == 1 else f"{key}-many", lang, count=count)


def _sheet(name: str, groups: Sequence[Group], lang: str, shown: Shown) -> Iterator[str]:
    counts = _counts((one for each in groups for one in (each.first, *each.others)), lang)
    yield f"{name}{' ' * max(2, WIDTH - len(name) - len(counts))}{counts}"
    yield "─" * WIDTH
    for each, alike in _alike(groups, shown.every):
        yield from _lines(each, alike, lang, shown.colour)


def _alike(groups: Sequence[Group], every: bool) -> Iterator[tuple[Group, list[Finding]]]:
    """Errors and warnings one by one; many notes of one sort behind their first."""
    notes = Counter(each.first.code for each in groups if each.first.severity is Severity.NOTE and not each.others)
    behind: dict[str, list[Finding]] = defaultdict(list)
    first: list[Group] = []
    for each in groups:
        code = each.first.code
        if notes[code] >= MANY and not each.others and not every:
            behind[code].append(each.first)
            first += [each] if len(behind[code]) == 1 else []
        else:
            first.append(each)
    for each in first:
        yield each, behind[each.first.code][1:] if not each.others else []


def _lines(group: Group, alike: list[Finding], lang: str, colour: bool) -> Iterator[str]:
    finding = group.first
    label = word(f"severity-{finding.severity}", lang)
    head = f"{finding.cell or '–':<7} {label:<10} "
    shown = click.style(head, fg=COLOURS[finding.severity]) if colour else head
    text = _fold(said(group, lang))
    if len(head) > INDENT:  # a long place, as JSON has them, stands on a line of its own
        yield shown.rstrip()
    else:
        yield shown + text.pop(0)
    yield from (" " * INDENT + line for line in text)
    yield from (" " * INDENT + line for line in _fold("→ " + speech.remedy(finding, lang), "  "))
    if alike:
        cells = ", ".join(other.cell for other in alike)
        yield from (" " * INDENT + line for line in _fold(word("alike", lang, count=len(alike), cells=cells)))


def said(group: Group, lang: str) -> str:
    """What is wrong: of missing translations how many there are."""
    if not group.others:
        return speech.message(group.first, lang)
    return word("untranslated", lang, count=group.count, language=group.first.facts["language"])


def _fold(text: str, further: str = "") -> list[str]:
    """Lines beside the cell and the severity; a number or a word with hyphens stays whole."""
    room = WIDTH - INDENT
    return textwrap.wrap(text, room, subsequent_indent=further, break_on_hyphens=False) or [""]


def of_lint(found: Linted, lang: str, colour: bool = False) -> str:
    """The report on templates for people: file by file, each finding with its line, what is wrong and what to do."""
    if found.clean:
        return word("lint-clean", lang, count=found.kinds)
    lines = []
    for file, group in groupby(found.findings, key=lambda finding: finding.file):
        lines += ["", file, "─" * WIDTH]
        for finding in group:
            place = word("lint-line", lang, line=str(finding.line)) if finding.line else ""
            lines += _lines(Group(replace(finding, cell=place)), [], lang, colour)
    return "\n".join([*lines[1:], "", _counts(found.findings, lang)])


def of_build(built: Built, lang: str, dry_run: bool = False, colour: bool = False) -> str:
    """What became of the documents, the cases that were left out and why."""
    counted = Counter(outcome.state for outcome in built.outcomes)
    lines = _guessed(built.single, lang) if built.single else []
    lines += [_number("would-make" if dry_run else MADE, counted[MADE], lang)]
    if counted[CURRENT]:
        lines.append(_number(CURRENT, counted[CURRENT], lang))
    if dry_run:
        for outcome in built.outcomes:
            if outcome.state == MADE:
                why = [line for each in of_reasons(outcome.reasons, lang) for line in wrapped(each, 6)]
                lines += [f"  {outcome.path}", *(f"      {line}" for line in why)]
    lines += [line for each in built.outcomes if each.state == EDITED
              for line in wrapped(word("edited", lang, path=each.path))]  # fmt: skip
    lines += [line for each in _faults(built.outcomes) for line in _fault(each, lang)]
    templates = built.programme.templates
    lines += [line for each in built.skipped for line in wrapped(left_out(each, lang, templates))]
    here = [each for each in built.findings if each.code == ONLY_HERE]
    lines += [line for each in here for line in wrapped(f"{each.file}: {speech.message(each, lang)}")]
    counts = _counts([each for each in built.findings if each.code != ONLY_HERE], lang)
    if counts:
        lines += wrapped(word("see-check", lang, counts=counts))
    lines.append(word("out", lang, folder=str(built.out)))
    return "\n".join(lines)


def _faults(outcomes: Iterable[Outcome]) -> Iterable[list[Outcome]]:
    """The documents that have a fault, those with the same one together."""
    found: dict[object, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        if each.fault and each.state != EDITED:
            facts = {name: str(fact) for name, fact in each.fault.facts.items() if fact != each.path}
            found[each.fault.code, *sorted(facts.items())].append(each)
    return found.values()


def _fault(alike: Sequence[Outcome], lang: str) -> Iterator[str]:
    """A fault, told once, and what it has cost."""
    first, *others = alike
    yield from wrapped(f"{first.path}: {speech.fault(first.fault, lang)}" if first.fault else first.path)
    if others:
        paths = ", ".join(each.path for each in others[:MOST_PATHS]) + (", …" if len(others) > MOST_PATHS else "")
        yield from (f"  {line}" for line in wrapped(word("alike-documents", lang, count=len(others), paths=paths), 2))


def _guessed(kind: Kind, lang: str) -> list[str]:
    """What was guessed of a Word file that was named alone."""
    audience = word(f"audience.{kind.audience}", lang)
    facts = {
        "file": kind.single.name if kind.single else "",
        "table": kind.table,
        "audience": audience,
        "kind": kind.id,
    }
    return wrapped(word("guessed-template", lang, **facts))


def wrapped(text: str, indent: int = 0) -> list[str]:
    """A sentence on lines that leave room for an indent."""
    return textwrap.wrap(text, WIDTH - indent, subsequent_indent="  ", break_on_hyphens=False)


def of_marking(returned: Returned, found: Report, lang: str) -> str:
    """Where the marked workbook is."""
    code = "marked-list" if returned.alone else "marked-workbook" if found.findings else "marked-clean"
    return "\n".join(wrapped(word(code, lang, path=str(returned.path), sheet=returned.sheet)))
