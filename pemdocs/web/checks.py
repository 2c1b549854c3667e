"""Turn a report and what is asked of it into the page of the check: errors first, by case and sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pemdocs.checking.examination import ORDER, Report
from pemdocs.checking.grouping import Group, grouped
from pemdocs.checking.selecting import select
from pemdocs.data import schema
from pemdocs.model import Finding, Severity
from pemdocs.project import kinds
from pemdocs.web.tallying import Case, offered
from pemdocs.words import speech

USUAL = Severity.WARNING.value
"""How bad a finding is at least, unless something else is asked for."""

MANY = 60
"""So many lines of one part are shown; of the rest, how many there are."""


class Asked(NamedTuple):
    """What is asked for: one case, kind, person, how bad at least; ``by`` case or sheet."""

    case: str = ""
    kind: str = ""
    who: str = ""
    severity: str = USUAL
    by: str = "case"


class Line(NamedTuple):
    """A finding as it is shown."""

    severity: str
    word: str
    sheet: str
    cell: str
    message: str
    remedy: str


class Sheet(NamedTuple):
    """The findings of a sheet."""

    name: str
    lines: tuple[Line, ...]


class Part(NamedTuple):
    """A case, or a sheet: what is found there. ``left`` lines are not shown."""

    id: str
    label: str
    errors: int
    warnings: int
    notes: int
    sheets: tuple[Sheet, ...]
    left: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing that is asked for is found."""
        return not self.sheets


class Choice(NamedTuple):
    """An entry of a list to choose from."""

    value: str
    label: str
    chosen: bool


class Shown(NamedTuple):
    """The page of the check. ``counts`` are of everything; ``left_out`` is not asked for."""

    errors: int
    warnings: int
    notes: int
    left_out: int
    parts: tuple[Part, ...]
    clean: tuple[Part, ...]
    asked: Asked
    cases: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    people: tuple[Choice, ...]


def shown(report: Report, cases: tuple[Case, ...], asked: Asked, lang: str) -> Shown:
    """What is asked for of a report. Raises ``PemdocsError`` for a case or a kind that there is not."""
    wanted = [asked.kind] if asked.kind else []
    found, left_out = select(
        report, cases=[asked.case] if asked.case else [], wanted=wanted, severity=asked.severity or USUAL
    )
    order = {id(each): number for number, each in enumerate(report.findings)}
    known = {order[id(each)]: each for each in found.findings}
    meant = [each for each in cases if _meant(each, asked)]
    if asked.who:
        theirs = frozenset().union(*(each.findings for each in meant))
        left_out += len(known.keys() - theirs)
        known = {number: each for number, each in known.items() if number in theirs}
    parts = [*(_by_case(known, meant, asked, lang) if asked.by == "case" else _by_sheet(known, lang))]
    counted = Counter(each.severity for each in report.findings)
    return Shown(
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        notes=counted[Severity.NOTE],
        left_out=left_out,
        parts=tuple(sorted((each for each in parts if not each.clean), key=_worst)),
        clean=tuple(each for each in parts if each.clean),
        asked=asked,
        cases=tuple(Choice(each.id, _called(each), each.id == asked.case) for each in cases),
        kinds=tuple(Choice(each.id, kinds.title(each.id, lang, each.templates), each.id == asked.kind)
                    for each in offered(report)),
        people=tuple(Choice(person, f"{person} {name}", person == asked.who) for person, name in _people(cases)),
    )  # fmt: skip


def _meant(case: Case, asked: Asked) -> bool:
    ours = not asked.who or asked.who in (person for person, _ in case.who)
    return ours and asked.case in ("", case.id) and (not asked.kind or asked.kind in case.kinds)


def _called(case: Case) -> str:
    return f"{case.id} {case.label}".strip()


def _people(cases: Iterable[Case]) -> list[tuple[str, str]]:
    return sorted({person for case in cases for person in case.who})


def _worst(part: Part) -> tuple[bool, bool]:
    return (not part.errors, not part.warnings)


def _by_case(known: Mapping[int, Finding], cases: Iterable[Case], asked: Asked, lang: str) -> Iterator[Part]:
    """The parts of the cases, then one of what is on none of them."""
    told: set[int] = set()
    for case in cases:
        own = [known[number] for number in sorted(case.findings & known.keys())]
        told |= case.findings
        yield _part(case.id, case.label, own, lang)
    rest = [each for number, each in known.items() if number not in told]
    if rest:
        yield _part("", "", rest, lang)


def _by_sheet(known: Mapping[int, Finding], lang: str) -> Iterator[Part]:
    by_sheet: dict[str, list[Finding]] = {name: [] for name in dict.fromkeys(each.sheet for each in known.values())}
    for each in known.values():
        by_sheet[each.sheet].append(each)
    for name, own in by_sheet.items():
        yield _part(_sheet(name, lang), "", own, lang)


def _sheet(name: str, lang: str) -> str:
    return speech.sheet(name, lang) or speech.word("workbook", lang)


def _part(identifier: str, label: str, findings: list[Finding], lang: str) -> Part:
    counted = Counter(each.severity for each in findings)
    groups = sorted(grouped(findings), key=lambda each: ORDER[each.first.severity])
    by_sheet: dict[str, list[Line]] = {}
    for group in groups[:MANY]:
        by_sheet.setdefault(_sheet(group.first.sheet, lang), []).append(_line(group, lang))
    sheets = tuple(Sheet(name, tuple(lines)) for name, lines in by_sheet.items())
    numbers = (counted[Severity.ERROR], counted[Severity.WARNING], counted[Severity.NOTE])
    return Part(identifier, label, *numbers, sheets, max(0, len(groups) - MANY))


def _line(group: Group, lang: str) -> Line:
    first = group.first
    message = speech.message(first, lang)
    if group.others:
        message = speech.word("untranslated", lang, count=group.count, language=first.facts["language"])
    severity = first.severity.value
    word = speech.word(f"severity-{severity}", lang)
    return Line(severity, word, _sheet(first.sheet, lang), first.cell, message, speech.remedy(first, lang))


def by_stage(report: Report) -> tuple[str, ...]:
    """The stages of which there are pairs, in order."""
    pairs = {str(each.record.value("stage")) for each in report.dataset.table("partnerships")}
    return tuple(each for each in schema.STAGES if each in pairs)
