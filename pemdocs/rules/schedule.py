"""Rules about the calendar: phases, trainings, meetings, holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from pemdocs import facts
from pemdocs.data.schema import STAGES
from pemdocs.knowledge import calendars
from pemdocs.model import Finding, Severity
from pemdocs.rules import at, rule

PLAN = "Guide to the accompaniment plan, 3.2"
PHASES = ("before", "during", "after")
TRAVEL_DAYS = 2
"""Days that a lodging may begin before the mobility or end after it."""


@rule("phase-without-activity", source=PLAN, severity=Severity.WARNING)
def phase_without_activity(partnership: Any) -> Iterator[Finding]:
    """From the preparation of the departure on, each phase has an activity."""
    if facts.stage_number(partnership) >= STAGES.index("pre-departure"):
        there = {activity.phase for activity in partnership.activities}
        for phase in PHASES:
            if phase not in there:
                yield at(partnership, "id", phase=phase)


@rule("phase-against-mobility", source=PLAN, severity=Severity.WARNING)
def phase_against_mobility(activity: Any, partnership: Any) -> Iterator[Finding]:
    """An activity stands in the phase that its dates fall into."""
    start, end = partnership.mobility_start, partnership.mobility_end
    if not (start and end and start <= end and activity.phase and activity.start):
        return
    last = activity.end or activity.start
    fits = {"before": activity.start < start, "during": activity.start <= end and last >= start, "after": last > end}
    if not fits[activity.phase]:
        yield at(activity, "phase", phase=activity.phase, start=start, end=end)


@rule("training-ranks-broken", source="Guide, 3.3: trainings are ranked by priority", severity=Severity.WARNING)
def training_ranks_broken(partnership: Any) -> Iterator[Finding]:
    """The ranks of the trainings run from 1 without a gap."""
    ranked = [training for training in partnership.trainings if training.rank]
    missing = sorted(set(range(1, len(ranked) + 1)) - {training.rank for training in ranked})
    if missing and ranked:
        yield at(max(ranked, key=lambda training: training.rank), "rank", missing=", ".join(map(str, missing)))


@rule("training-not-approved", source="Guide, 3.3: the team approves", severity=Severity.WARNING)
def training_not_approved(training: Any) -> Iterator[Finding]:
    """Only an approved training has dates."""
    if training.start and training.approval != "approved":
        yield at(training, "approval")


@rule("meetings-collide", source=PLAN, severity=Severity.WARNING)
def meetings_collide(partnership: Any) -> Iterator[Finding]:
    """Two meetings of a pair are not at the same time."""
    days: dict[date, list[Any]] = defaultdict(list)
    for meeting in partnership.meetings:
        if meeting.date and meeting.start:
            days[meeting.date].append(meeting)
    for meetings in days.values():
        ordered = sorted(meetings, key=lambda meeting: meeting.start)
        for place, later in enumerate(ordered):
            earlier = next((each for each in ordered[:place] if _overlap(each, later)), None)
            if earlier is not None:
                other = f"{earlier.record.sheet}!{earlier.record.place('start')}"
                yield at(later, "start", date=later.date, other=other)


def _overlap(earlier: Any, later: Any) -> bool:
    if earlier.stay and later.stay and earlier.stay != later.stay:
        return False
    return bool(later.start < (earlier.end or earlier.start) or later.start == earlier.start)


@rule("meeting-on-holiday", source="Python package holidays", severity=Severity.NOTE)
def meeting_on_holiday(meeting: Any, partnership: Any) -> Iterator[Finding]:
    """A meeting during the mobility is not on a holiday of the host country; before and after, of the home country."""
    if not meeting.date:
        return
    programme = meeting.dataset.programme
    abroad = partnership.mobility_start and partnership.mobility_end
    abroad = abroad and partnership.mobility_start <= meeting.date <= partnership.mobility_end
    country = programme.host if abroad else programme.home
    if meeting.date in calendars.holidays_of(country, meeting.date.year):
        yield at(meeting, "date", date=meeting.date, country=country)


@rule("lodging-outside-mobility", source=PLAN, severity=Severity.WARNING)
def lodging_outside_mobility(arrangement: Any, partnership: Any) -> Iterator[Finding]:
    """Lodging lies within the mobility, give or take the days of travel."""
    start, end = partnership.mobility_start, partnership.mobility_end
    if not (arrangement.kind == "lodging" and start and end and arrangement.start and arrangement.end) or end < start:
        return
    if (start - arrangement.start).days > TRAVEL_DAYS:
        yield at(arrangement, "start", start=start, end=end)
    if (arrangement.end - end).days > TRAVEL_DAYS:
        yield at(arrangement, "end", start=start, end=end)
