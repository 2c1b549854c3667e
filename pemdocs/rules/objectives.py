"""Rules about objectives: SMART, measured, within the programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs import facts
from pemdocs.data.schema import STAGES
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

SMART = "Guide to the accompaniment plan, 3.4: objectives are SMART"


@rule("objective-not-smart", source=SMART, severity=Severity.WARNING)
def objective_not_smart(objective: Any, partnership: Any) -> Iterator[Finding]:
    """An objective is specific, measurable, attainable, relevant and timed before the departure."""
    if facts.stage_number(partnership) < STAGES.index("pre-departure"):
        return
    record = objective.record
    for name, letter in SMART_FIELDS.items():
        if record.value(name) is None and not record.texts(name):
            yield at(objective, name, letter=letter)


SMART_FIELDS = {"statement": "S", "indicator": "M", "unit": "M", "baseline": "M", "target": "M",
                "opportunity": "A", "need": "R", "due": "T"}  # fmt: skip


@rule("target-is-baseline", source=SMART)
def target_is_baseline(objective: Any) -> Iterator[Finding]:
    """An objective wants a change: its target is not its baseline."""
    if objective.baseline is not None and objective.baseline == objective.target:
        yield at(objective, "target", value=objective.target)


@rule("interim-target-astray", source=SMART, severity=Severity.WARNING)
def interim_target_astray(objective: Any) -> Iterator[Finding]:
    """An interim target lies on the way from the baseline to the target."""
    way = (objective.baseline, objective.target)
    if objective.interim is not None and None not in way and not min(way) <= objective.interim <= max(way):
        yield at(objective, "interim", value=objective.interim)


@rule("interim-target-late", source=SMART, severity=Severity.WARNING)
def interim_target_late(objective: Any) -> Iterator[Finding]:
    """An interim target comes before the due date."""
    if objective.interim_due and objective.due and objective.interim_due >= objective.due:
        yield at(objective, "interim_due", due=objective.due)


@rule("due-outside-programme", source=SMART, severity=Severity.WARNING)
def due_outside_programme(objective: Any, partnership: Any) -> Iterator[Finding]:
    """An objective is due while the programme runs."""
    cohort = partnership.cohort
    start, end = (cohort.programme_start, cohort.programme_end) if cohort else (None, None)
    if objective.due and start and end and start <= end and not start <= objective.due <= end:
        yield at(objective, "due", due=objective.due, start=start, end=end)


@rule("measured-before-baseline", source=SMART)
def measured_before_baseline(measurement: Any, objective: Any) -> Iterator[Finding]:
    """A follow-up value is not older than the baseline."""
    if measurement.date and objective.baseline_date and measurement.date < objective.baseline_date:
        yield at(measurement, "date", date=measurement.date, baseline=objective.baseline_date)


@rule("measured-in-the-future", source=SMART, severity=Severity.WARNING)
def measured_in_the_future(measurement: Any) -> Iterator[Finding]:
    """A follow-up value is not dated after the data."""
    if measurement.date and measurement.date > measurement.dataset.as_of:
        yield at(measurement, "date", date=measurement.date, as_of=measurement.dataset.as_of)


@rule("score-over-maximum", source="The criterion's own maximum")
def score_over_maximum(score: Any, criterion: Any) -> Iterator[Finding]:
    """A score stays within the maximum of its criterion."""
    if score.score is not None and criterion.maximum is not None and score.score > criterion.maximum:
        yield at(score, "score", score=score.score, maximum=criterion.maximum)
