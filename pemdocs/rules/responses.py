"""Rules about what management answers to a report: each recommendation has its response, each action its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pemdocs.facts.responses import DONE, DROPPED, LATE, day_of
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

ANSWERED = "OECD/DAC, Quality Standards for Development Evaluation, 4.2: recommendations are answered and followed up"


@rule("recommendation-without-response", source=ANSWERED, severity=Severity.NOTE)
def recommendation_without_response(recommendation: Any, report: Any) -> Iterator[Finding]:
    """A recommendation of a report that was submitted has a response of management."""
    if report.submitted is not None and report.submitted <= report.follow_day and not recommendation.response:
        yield at(recommendation, "response", date=report.submitted)


@rule("response-without-reason", source=ANSWERED, severity=Severity.WARNING)
def response_without_reason(recommendation: Any, response: str) -> Iterator[Finding]:
    """A recommendation that is not accepted, or in part, says why."""
    if response != "accepted" and not recommendation.response_text:
        yield at(recommendation, "response_text")


@rule("accepted-without-action", source=ANSWERED, severity=Severity.WARNING)
def accepted_without_action(recommendation: Any, response: str) -> Iterator[Finding]:
    """A recommendation that is accepted, or in part, leads to an action."""
    if response != "declined" and not recommendation.actions:
        yield at(recommendation, "id")


@rule("action-incomplete", source=ANSWERED, severity=Severity.WARNING)
def action_incomplete(action: Any) -> Iterator[Finding]:
    """An action says who sees to it and by when."""
    for name in ("owner", "due"):
        if not getattr(action, name):
            yield at(action, name)
            return


@rule("action-overdue", source=ANSWERED, severity=Severity.WARNING)
def action_overdue(action: Any, due: Any) -> Iterator[Finding]:
    """An action is done by its day, or dropped."""
    if action.standing == LATE:
        yield at(action, "due", date=due, as_of=day_of(action))


@rule("action-done-without-date", source=ANSWERED, severity=Severity.WARNING)
def action_done_without_date(action: Any, status: str) -> Iterator[Finding]:
    """Of an action that is done it is known when."""
    if status == DONE and action.done is None:
        yield at(action, "done")


@rule("action-date-without-done", source=ANSWERED, severity=Severity.WARNING)
def action_date_without_done(action: Any, done: Any) -> Iterator[Finding]:
    """An action has a day of completion only where it is done."""
    if action.status != DONE:
        yield at(action, "status", date=done)


@rule("action-dropped-without-reason", source=ANSWERED, severity=Severity.WARNING)
def action_dropped_without_reason(action: Any, status: str) -> Iterator[Finding]:
    """Of an action that was dropped it is known why."""
    if status == DROPPED and not action.progress:
        yield at(action, "progress")
