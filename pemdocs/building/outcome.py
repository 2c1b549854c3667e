"""The types that tell what became of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme

if TYPE_CHECKING:  # what nothing has changed for is told without all that a check needs
    from pemdocs.checking.examination import Report

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""

MADE, CURRENT, EDITED, FAILED = "made", "current", "edited", "failed"
"""What became of a document: written; the same as before; changed by a person, so left alone; could not be made."""

NEVER, UNKNOWN, CELL, ROW, ROWS = "never-made", "unknown", "cell", "row", "rows"
PAPER, PIECES = "paper", "pieces"
"""Why a document is due: it never was made or is gone; nothing is remembered of it; a cell, a row or the rows of a
sheet have changed; of a pack, a paper in it is due, or a piece of it has changed. The other reasons are the sorts of
reading and the parts of the templates."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document is not current: ``code`` names the sentence, the rest the cell, or the sheet, that has changed.

    ``name`` is, of a pack, the piece that has changed, or the path of the paper that is due.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    table: str = ""
    field: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. ``path`` is relative to the output folder; ``fault`` names what is wrong with it.

    ``reasons`` say what has changed since it was made, as far as that is known.
    """

    path: str
    state: str
    fault: PemdocsError | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A case of which a kind was not made: ``code`` and ``facts`` say why; ``wrong`` if it needs mending."""

    kind: str
    case: str
    code: str
    facts: dict[str, object]
    wrong: bool


@dataclass(frozen=True, slots=True, repr=False)
class Built:
    """The result of ``build``: what the check found, each document's outcome, each case left out."""

    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    skipped: tuple[Skipped, ...]
    out: Path
    programme: Programme
    examined: Callable[[], Report]
    single: Kind | None = None
    """What was guessed of a Word file that was named instead of a kind."""

    @property
    def report(self) -> Report:
        """The check that it began with; done now where it was not needed, for nothing had changed since the last."""
        return self.examined()

    def __repr__(self) -> str:
        counted = Counter(outcome.state for outcome in self.outcomes)
        told = [f"{counted[state]} {state}" for state in (MADE, CURRENT, EDITED, FAILED) if counted[state]]
        return f"<Built: {', '.join([*told, f'{len(self.skipped)} left out'])}>"

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are of each severity, as a report of the check has them."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.value: found[severity] for severity in Severity}

    @property
    def clean(self) -> bool:
        """Whether everything that was due is there and nothing asks for mending."""
        trouble = any(outcome.state in (EDITED, FAILED) or outcome.fault for outcome in self.outcomes)
        return (
            not trouble
            and not any(each.wrong for each in self.skipped)
            and not any(each.severity is Severity.ERROR for each in self.findings)
        )
