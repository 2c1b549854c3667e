"""The types that tell what became of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pemdocs.checking.examination import Report
from pemdocs.model import PemdocsError
from pemdocs.project.kinds import Kind

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""

MADE, CURRENT, EDITED, FAILED = "made", "current", "edited", "failed"
"""What became of a document: written; the same as before; changed by a person, so left alone; could not be made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. ``path`` is relative to the output folder; ``fault`` names what is wrong with it."""

    path: str
    state: str
    fault: PemdocsError | None = None


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
    """The result of ``build``: the check it began with, each document's outcome, each case left out."""

    report: Report
    outcomes: tuple[Outcome, ...]
    skipped: tuple[Skipped, ...]
    out: Path
    single: Kind | None = None
    """What was guessed of a Word file that was named instead of a kind."""

    def __repr__(self) -> str:
        counted = Counter(outcome.state for outcome in self.outcomes)
        told = [f"{counted[state]} {state}" for state in (MADE, CURRENT, EDITED, FAILED) if counted[state]]
        return f"<Built: {', '.join([*told, f'{len(self.skipped)} left out'])}>"

    @property
    def clean(self) -> bool:
        """Whether everything that was due is there and nothing asks for mending."""
        trouble = any(outcome.state in (EDITED, FAILED) or outcome.fault for outcome in self.outcomes)
        return not trouble and not any(each.wrong for each in self.skipped) and not self.report.counts["error"]
