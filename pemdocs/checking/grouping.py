"""Turn many findings of one sort into one: what is not translated yet is told once for each language and sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pemdocs.model import Finding

GROUPED = "missing-translation"
"""The only findings that come by the hundred in a workbook that is in good order."""


@dataclass(frozen=True, slots=True)
class Group:
    """A finding, and those that say the same of other cells of its sheet."""

    first: Finding
    others: tuple[Finding, ...] = ()

    @property
    def count(self) -> int:
        """How many findings it stands for."""
        return 1 + len(self.others)


def grouped(findings: Iterable[Finding], every: bool = False) -> tuple[Group, ...]:
    """The findings in their order, missing translations together at the place of the first; ``every``: each alone."""
    return tuple(_grouped(tuple(findings), every))


def _grouped(findings: tuple[Finding, ...], every: bool) -> Iterator[Group]:
    alike: dict[tuple[str, object], list[Finding]] = {}
    for finding in findings:
        if finding.code == GROUPED and not every:
            alike.setdefault((finding.sheet, finding.facts["language"]), []).append(finding)
    for finding in findings:
        if finding.code != GROUPED or every:
            yield Group(finding)
            continue
        first, *others = alike[finding.sheet, finding.facts["language"]]
        if finding is first:
            yield Group(first, tuple(others))
