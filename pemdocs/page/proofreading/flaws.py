"""Make the findings on templates: what was found where, and the nearest name that there is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from pemdocs.model import Finding, PemdocsError, Severity

LONGEST = 70
"""Signs of a line that are quoted."""


class Place(NamedTuple):
    """A line of a file, as people call it."""

    file: str
    line: int


def flaw(code: str, place: Place, severity: Severity = Severity.ERROR, **facts: object) -> Finding:
    """A finding on a line of a template."""
    return Finding(code, severity, file=place.file, line=place.line, facts=facts)


def of_fault(fault: PemdocsError) -> Finding:
    """The same of a fault that was raised while templates were read."""
    facts = {name: fact for name, fact in fault.facts.items() if name not in ("file", "line")}
    line = fault.facts.get("line")
    return Finding(
        fault.code,
        Severity.ERROR,
        file=str(fault.facts.get("file", "")),
        line=line if isinstance(line, int) else 0,
        facts=facts,
    )


def as_fault(finding: Finding) -> PemdocsError:
    """A finding as the fault that stops a document."""
    return PemdocsError(finding.code, **{**finding.facts, "file": finding.file, "line": finding.line})


def nearest(name: str, known: Iterable[str]) -> str:
    """The name among those known that comes nearest; empty where none is near."""
    return next(iter(get_close_matches(name, sorted(set(known)), 1, 0.6)), "")


def quoted(line: str) -> str:
    """A line of a template, short enough to be quoted."""
    bare = " ".join(line.split())
    return bare if len(bare) <= LONGEST else f"{bare[:LONGEST]}…"
