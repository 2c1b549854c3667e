"""Turn results into what people and programs read: text at 80 columns, JSON."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from pemdocs import facts
from pemdocs.building import CURRENT, EDITED, MADE, Built, Skipped
from pemdocs.checking.examination import Report
from pemdocs.checking.linting import Linted
from pemdocs.checking.returning import Returned
from pemdocs.data import schema
from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.resources import Templates
from pemdocs.words import speech

WIDTH = 80
INDENT = 19
"""Columns that the cell and the severity take."""
SCHEMA_VERSION = 1
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
MANY = 3
"""From so many notes of one sort on a sheet, one stands for all and the cells of the others are listed."""

word = speech.word


def fault(error: PemdocsError, lang: str) -> str:
    """A fault in a sentence."""
    return "\n".join(_wrapped(f"pemdocs: {speech.fault(error, lang)}"))


def made_project(workbook: Path, lang: str) -> str:
    """What ``new`` made and what to do next."""
    return word("made-project", lang, folder=workbook.parent.name, workbook=workbook.name)


def as_json(found: Report, lang: str) -> str:
    """The report for programs; its shape is described in ``docs/report.md``."""
    shape = {
        "schema_version": SCHEMA_VERSION,
        "counts": dict(found.counts),
        "findings": [_plain(finding, lang) for finding in found.findings],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False)


def _plain(finding: Finding, lang: str) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "table": finding.table,
        "field": finding.field,
        "record": finding.record,
        "message": speech.message(finding, lang),
        "remedy": speech.remedy(finding, lang),
        "source": finding.source,
    }


def as_text(found: Report, lang: str, colour: bool = False) -> str:
    """The report for people: sheet by sheet, each finding with its cell, what is wrong and what to do."""
    if not found.findings:
        return word("all-clean", lang)
    lines = []
    for sheet, group in groupby(found.findings, key=lambda finding: finding.sheet):
        findings = list(group)
        lines += ["", *_sheet(sheet or word("workbook", lang), findings, lang, colour)]
    return "\n".join([*lines[1:], "", _total(found, lang)])


def _total(found: Report, lang: str) -> str:
    return word("in-all", lang, counts=_counts(found.findings, lang))


def _counts(findings: Iterable[Finding], lang: str) -> str:
    counted = Counter(finding.severity for finding in findings)
    parts = [_number(f"{severity}", counted[severity], lang) for severity in Severity if counted[severity]]
    return ", ".join(parts)


def _number(key: str, count: int, lang: str) -> str:
    return word(f"{key}-one" if count == 1 else f"{key}-many", lang, count=count)


def _sheet(name: str, findings: list[Finding], lang: str, colour: bool) -> Iterator[str]:
    counts = _counts(findings, lang)
    yield f"{name}{' ' * max(2, WIDTH - len(name) - len(counts))}{counts}"
    yield "─" * WIDTH
    shown, alike = _grouped(findings)
    for finding in shown:
        yield from _lines(finding, alike.get(id(finding), []), lang, colour)


def _grouped(findings: list[Finding]) -> tuple[list[Finding], dict[int, list[Finding]]]:
    """Errors and warnings one by one; many notes of one sort behind their first."""
    shown: list[Finding] = []
    first: dict[tuple[str, str], Finding] = {}
    alike: dict[int, list[Finding]] = {}
    counted = Counter(f.code for f in findings if f.severity is Severity.NOTE)
    for finding in findings:
        sort = (finding.code, str(finding.facts.get("language", "")))
        if finding.severity is Severity.NOTE and counted[finding.code] >= MANY and sort in first:
            alike.setdefault(id(first[sort]), []).append(finding)
            continue
        first.setdefault(sort, finding)
        shown.append(finding)
    return shown, alike


def _lines(finding: Finding, alike: list[Finding], lang: str, colour: bool) -> Iterator[str]:
    label = word(f"severity-{finding.severity}", lang)
    head = f"{finding.cell or '–':<7} {label:<10} "
    shown = click.style(head, fg=COLOURS[finding.severity]) if colour else head
    text = _fold(speech.message(finding, lang))
    if len(head) > INDENT:  # a long place, as JSON has them, stands on a line of its own
        yield shown.rstrip()
    else:
        yield shown + text.pop(0)
    yield from (" " * INDENT + line for line in text)
    yield from (" " * INDENT + line for line in _fold("→ " + speech.remedy(finding, lang), "  "))
    if alike:
        cells = ", ".join(other.cell for other in alike)
        yield from (" " * INDENT + line for line in _fold(word("alike", lang, count=len(alike), cells=cells)))


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
            lines += _lines(replace(finding, cell=place), [], lang, colour)
    return "\n".join([*lines[1:], "", _counts(found.findings, lang)])


def of_lint_as_json(found: Linted, lang: str) -> str:
    """The same for programs; its shape is described in ``docs/report.md``."""
    findings = [
        {
            "code": each.code,
            "severity": each.severity.value,
            "file": each.file,
            "line": each.line,
            "message": speech.message(each, lang),
            "remedy": speech.remedy(each, lang),
        }
        for each in found.findings
    ]
    return json.dumps({"schema_version": SCHEMA_VERSION, "findings": findings}, indent=2, ensure_ascii=False)


def of_build(built: Built, lang: str, dry_run: bool = False, colour: bool = False) -> str:
    """What became of the documents, the cases that were left out and why."""
    counted = Counter(outcome.state for outcome in built.outcomes)
    lines = _guessed(built.single, lang) if built.single else []
    lines += [_number("would-make" if dry_run else MADE, counted[MADE], lang)]
    if counted[CURRENT]:
        lines.append(_number(CURRENT, counted[CURRENT], lang))
    if dry_run:
        lines += [f"  {outcome.path}" for outcome in built.outcomes if outcome.state == MADE]
    for outcome in built.outcomes:
        if outcome.state == EDITED:
            lines += _wrapped(word("edited", lang, path=outcome.path))
        elif outcome.fault:
            lines += _wrapped(f"{outcome.path}: {speech.fault(outcome.fault, lang)}")
    templates = built.report.dataset.programme.templates
    lines += [line for each in built.skipped for line in _wrapped(_left_out(each, lang, templates))]
    counts = _counts(built.report.findings, lang)
    if counts:
        lines += _wrapped(word("see-check", lang, counts=counts))
    lines.append(word("out", lang, folder=str(built.out)))
    return "\n".join(lines)


def _guessed(kind: Kind, lang: str) -> list[str]:
    """What was guessed of a Word file that was named alone."""
    audience = word(f"audience.{kind.audience}", lang)
    facts = {
        "file": kind.single.name if kind.single else "",
        "table": kind.table,
        "audience": audience,
        "kind": kind.id,
    }
    return _wrapped(word("guessed-template", lang, **facts))


def _left_out(each: Skipped, lang: str, templates: Templates) -> str:
    facts: dict[str, Any] = dict(each.facts)
    if "missing" in facts:
        facts["missing"] = ", ".join(_path_label(path, facts["table"], lang) for path in facts["missing"])
    return word(each.code, lang, kind=kinds.title(each.kind, lang, templates), case=each.case, **facts)


def _path_label(path: str, table: str, lang: str) -> str:
    """A path from the case, such as ``charter.aim``, by the labels of its fields or the name of its sheet."""
    tables = schema.load()
    labels = []
    for step in path.split("."):
        field = tables[table].fields.get(step)
        if field is not None:
            labels.append(field.label[lang])
            table = field.ref or table
        elif facts.known(tables[table].record, step):
            labels.append(word(f"need.{step}", lang))
        else:
            table = next(name for name, other in tables.items() if step in (name, other.record))
            labels.append(tables[table].sheet[lang])
    return " › ".join(labels)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def of_marking(returned: Returned, found: Report, lang: str) -> str:
    """Where the marked workbook is."""
    code = "marked-list" if returned.alone else "marked-workbook" if found.findings else "marked-clean"
    return "\n".join(_wrapped(word(code, lang, path=str(returned.path), sheet=returned.sheet)))
