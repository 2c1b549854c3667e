"""Turn a dataset into findings: what a schema cannot say. Every module of this package is a set of rules.

A rule is a generator of findings and names what it needs: its first parameter is a sort of record, in the singular of
the schemas (``partnership``), and it runs for each of them; further parameters are what that record refers to or owns
(``cohort``, ``objectives``), or its values and facts (``appointment``, ``passport``); where one of them is ``None`` the
rule does not run. ``record`` runs for every record of the tables that the rule is ``of``, or of every table. Its
docstring is its documentation, its source is cited in each of its findings.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pemdocs.data.dataset import Dataset, Linked
from pemdocs.data.dataset import at as at_field
from pemdocs.data.schema import Table
from pemdocs.model import Finding, Severity

Check = Callable[..., Iterable[Finding]]
Tables = Callable[[Table], bool]
"""Whether a table is among those that a rule on every ``record`` is about."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what it needs and where it comes from."""

    code: str
    severity: Severity
    source: str
    needs: tuple[str, ...]
    check: Check
    of: Tables


_RULES: dict[str, Rule] = {}
"""The registry: code to rule."""


def _any(_: Table) -> bool:
    return True


def rule(code: str, *, source: str, severity: Severity = Severity.ERROR, of: Tables = _any) -> Callable[[Check], Check]:
    """Register a check. A code that is taken, or a check without a docstring, is refused."""

    def register(check: Check) -> Check:
        if code in _RULES or not check.__doc__:
            raise ValueError(f"rule {code!r} is there already, or says nothing of itself")
        _RULES[code] = Rule(code, severity, source, tuple(inspect.signature(check).parameters), check, of)
        return check

    return register


def registered() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_RULES[code] for code in sorted(_RULES))


def at(linked: Linked, name: str, **facts: Any) -> Finding:
    """A finding at a field; code, severity and source are filled in from the rule. A fact ``code`` makes a variant."""
    return at_field(linked.record, linked.table.fields[name], "", **facts)


def run(dataset: Dataset) -> Iterator[Finding]:
    """Every finding of every rule on every record that it is about."""
    records = cache(dataset.table)  # ten thousand rows times a hundred rules: each is linked once
    for each in registered():
        for name in _subjects(each, dataset):
            for linked in records(name):
                for finding in _found(each, linked):
                    yield _signed(finding, each)


def _subjects(each: Rule, dataset: Dataset) -> list[str]:
    """The tables whose records a rule runs for."""
    about = (table for table in dataset.tables.values() if each.needs[0] in (table.record, "record"))
    return [table.name for table in about if each.of(table)]


def _found(each: Rule, linked: Linked) -> Iterable[Finding]:
    if len(each.needs) == 1:
        return each.check(linked)
    values = [getattr(linked, name) for name in each.needs[1:]]
    return () if any(value is None for value in values) else each.check(linked, *values)


def _signed(finding: Finding, each: Rule) -> Finding:
    return replace(finding, code=each.code, severity=each.severity, source=each.source)
