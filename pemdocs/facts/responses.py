"""Facts of what management answers to a report: its response to each recommendation, and the actions that follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.facts.indicators import natural

DONE, DROPPED, LATE, ONGOING, PLANNED = "done", "dropped", "late", "ongoing", "planned"
STATES = (LATE, ONGOING, PLANNED, DONE, DROPPED)
"""How far an action is, what presses first. ``late``: neither done nor dropped, and its day is past."""


class Answered(NamedTuple):
    """How many recommendations have which response, and how many have none; ``all`` is how many there are."""

    all: int
    accepted: int
    partly: int
    declined: int
    open: int


class Followed(NamedTuple):
    """How many actions are in which state; ``all`` is how many there are."""

    all: int
    late: int
    ongoing: int
    planned: int
    done: int
    dropped: int


class Group(NamedTuple):
    """Actions that stand together: ``by`` says by what, ``key`` is what they share, ``None`` where that is unknown.

    ``key`` is a recommendation, the words of an owner, a year or a state.
    """

    by: str
    key: Any
    actions: tuple[Any, ...]


@fact("report")
def follow_day(report: Any) -> date:
    """The day from which delays are counted: that of the last follow-up, as far as the data may speak of it."""
    last: date = report.dataset.as_of
    return min(report.followed_up or last, last)


@fact("report")
def responded(report: Any) -> bool:
    """Whether management has answered anything: the report, a recommendation, or by an action."""
    return bool(report.response) or any(each.response or each.actions for each in report.recommendations)


@fact("recommendation", table="actions")
def actions_of(recommendation: Any) -> tuple[Any, ...]:
    """The actions that follow from a recommendation, by their ids."""
    return tuple(sorted(recommendation.actions, key=lambda each: natural(each.record.id)))


@fact("action")
def standing(action: Any) -> str:
    """How far an action is on the day of the follow-up: one of ``STATES``."""
    day = day_of(action)
    status = action.status or PLANNED
    if status == DONE and action.done is not None and action.done > day:
        status = ONGOING
    return LATE if status not in (DONE, DROPPED) and action.due is not None and action.due < day else status


def day_of(action: Any) -> date:
    """The day from which a delay of an action is counted: that of its report, else of the data."""
    report = action.recommendation.report if action.recommendation is not None else None
    day: date = action.dataset.as_of if report is None else report.follow_day
    return day


@fact("report")
def answered(report: Any) -> Answered:
    """How the recommendations were answered."""
    counts = Counter(each.response for each in report.recommendations)
    return Answered(counts.total(), counts["accepted"], counts["partly"], counts["declined"], counts[None])


@fact("report")
def followed(report: Any) -> Followed:
    """How far the actions are."""
    counts = Counter(each.standing for each in _actions(report))
    return Followed(counts.total(), *(counts[each] for each in STATES))


@fact("report")
def action_groups(report: Any) -> tuple[Group, ...]:
    """The actions in the groups that the report asks for; in a group of another sort than a recommendation, what is
    due first stands first."""
    by = report.actions_by or "recommendation"
    if by == "recommendation":
        ordered = sorted(report.recommendations, key=lambda each: natural(each.record.id))
        return tuple(Group(by, each, each.actions_of) for each in ordered)
    together: dict[Any, list[Any]] = defaultdict(list)
    found: dict[Any, Any] = {}
    for each in sorted(_actions(report), key=_due):
        key = GROUPED[by](each)
        told = str(key)
        found.setdefault(told, key)
        together[told].append(each)
    return tuple(Group(by, found[told], tuple(together[told])) for told in sorted(together, key=_order(by, found)))


def _actions(report: Any) -> tuple[Any, ...]:
    return tuple(action for each in report.recommendations for action in each.actions_of)


def _due(action: Any) -> tuple[Any, ...]:
    return (action.due is None, action.due or date.max, natural(action.record.id))


def _order(by: str, found: dict[Any, Any]) -> Any:
    """How the groups stand: states by what presses, years and owners as they are written, the unknown last."""
    if by == "state":
        return lambda told: STATES.index(found[told])
    return lambda told: (found[told] in (None, {}), told)


GROUPED: Mapping[str, Callable[[Any], Any]] = {
    "owner": lambda action: action.owner,
    "due": lambda action: action.due.year if action.due else None,
    "state": lambda action: action.standing,
}
"""By what actions stand together."""
