"""Turn a report into its cases: what each is called, who answers for it, which findings are on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pemdocs.checking.examination import Report, findings_on
from pemdocs.data.dataset import Linked, named, tellable
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind

GATHERING = "reports"
"""Cases that are made of nearly everything: what is found on another case is told there alone."""


class Case(NamedTuple):
    """A case of the workbook. ``findings`` are the places of those on it in the report; ``who`` answers for it."""

    table: str
    id: str
    label: str
    kinds: tuple[str, ...]
    who: tuple[tuple[str, str], ...]
    findings: frozenset[int]


def offered(report: Report) -> tuple[Kind, ...]:
    """The kinds that the project makes."""
    profile = report.dataset.programme
    return tuple(kinds.load(each, profile.templates) for each in kinds.meant((), profile.kinds, profile.templates))


def cases_of(report: Report) -> tuple[Case, ...]:
    """Every case that documents are made about, table by table."""
    by_table: dict[str, list[Kind]] = {}
    for kind in offered(report):
        by_table.setdefault(kind.table, []).append(kind)
    numbers = {id(each): number for number, each in enumerate(report.findings)}
    found: list[Case] = []
    for table in sorted(by_table, key=lambda name: name == GATHERING):
        told = frozenset().union(*(case.findings for case in found)) if table == GATHERING else frozenset()
        for case in report.dataset.table(table):
            about = {numbers[id(each)] for kind in by_table[table] for each in findings_on(case, report, kind)}
            names = tuple(kind.id for kind in by_table[table])
            found.append(Case(table, named(case), _label(case), names, tuple(_who(case)), frozenset(about - told)))
    return tuple(found)


def _label(case: Linked) -> str:
    """What a person knows a case by, beside its id: companies, a title; nobody's name."""
    pair: Any = case if case.record.table == "partnerships" else getattr(case, "partnership", None)
    if pair is not None and not isinstance(pair, str | tuple):
        companies = (pair.home_company, pair.host_company)
        return " – ".join(str(each.trade_name or each.name or each.record.id) for each in companies if each is not None)
    title = case.record.texts("title") if "title" in case.table.fields else {}
    return str(next(iter(title.values()), ""))


def _who(case: Linked) -> Iterator[tuple[str, str]]:
    """Who answers for a case: the coaches of its pair, by id and name."""
    pair: Any = case if case.record.table == "partnerships" else getattr(case, "partnership", None)
    if pair is None or isinstance(pair, str | tuple):
        return
    for person in (pair.home_coach, pair.host_coach):
        if person is not None and tellable(person.record.id, person.table):
            name = " ".join(filter(None, (str(person.given_names or ""), str(person.family_name or ""))))
            yield person.record.id, name
