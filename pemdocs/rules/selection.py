"""Rules about the selection: what the committee decided, when, and what the scores say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.data.schema import STAGES
from pemdocs.facts.plan import score_share
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

SELECTION = "Guide to the accompaniment plan, 2: the plan presents the file to the technical committee"


@rule("decision-against-scores", source=SELECTION, severity=Severity.WARNING)
def decision_against_scores(partnership: Any, cohort: Any) -> Iterator[Finding]:
    """A file that is not selected has no better scores than one of its cohort that is."""
    mine = score_share(partnership)
    if partnership.decision not in ("declined", "deferred", "reserve") or mine is None:
        return
    chosen = [each for each in cohort.partnerships if each.decision == "retained"]
    worse = [each for each in chosen if (share := score_share(each)) is not None and share < mine]
    if worse:
        yield at(partnership, "decision", case=min(worse, key=lambda each: each.id).id)


@rule("decision-without-date", source=SELECTION, severity=Severity.WARNING)
def decision_without_date(partnership: Any) -> Iterator[Finding]:
    """A decision has the day on which it was taken."""
    if partnership.decision and not partnership.decision_date:
        yield at(partnership, "decision_date")


@rule("decision-too-early", source=SELECTION, severity=Severity.WARNING)
def decision_too_early(partnership: Any) -> Iterator[Finding]:
    """The committee decides on scores and a diagnosis that are there."""
    known = [partnership.diagnosis_date, *(each.date for each in partnership.scores)]
    last = max((day for day in known if day), default=None)
    if partnership.decision_date and last and partnership.decision_date < last:
        yield at(partnership, "decision_date", date=partnership.decision_date, last=last)


@rule("decision-not-followed", source=SELECTION, severity=Severity.WARNING)
def decision_not_followed(partnership: Any) -> Iterator[Finding]:
    """A file that was declined goes no further than the selection."""
    if partnership.decision == "declined" and partnership.stage not in (None, STAGES[0]):
        yield at(partnership, "stage")
