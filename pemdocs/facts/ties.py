"""Facts of a stay about the way back: what is done after the return, and who of the programme came back before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.facts.dossier import DROPPED

A_NIGHT = timedelta(days=1)
"""A journey back may end on the day after the last one of the stay."""


class Returns(NamedTuple):
    """Of so many participants whose stay has ended, how many are back, and how many by the day that was planned."""

    ended: int
    back: int
    in_time: int


@fact("stay", "restricted")
def record_of_returns(stay: Any) -> Returns:
    """How many of the programme's participants came back from their stay, as far as it has ended."""
    day = stay.dataset.as_of
    gone = [pair for pair in stay.dataset.table("partnerships") if pair.arrived and pair.arrived <= day]
    back = [pair for pair in gone if pair.returned and pair.returned <= day]
    late = [pair for pair in gone if pair not in back and pair.mobility_end and pair.mobility_end < day]
    in_time = [pair for pair in back if not pair.mobility_end or pair.returned <= pair.mobility_end + A_NIGHT]
    return Returns(len(back) + len(late), len(back), len(in_time))


@fact("stay", "restricted", table="activities")
def after_return(stay: Any) -> tuple[Any, ...]:
    """What the plan of the pair foresees after the return, in the order of the days."""
    pair = stay.partnership
    planned = [each for each in pair.activities if each.phase == "after" and each.status not in DROPPED] if pair else []
    return tuple(sorted(planned, key=lambda each: (each.start is None, each.start)))


@fact("stay", "restricted", table="travel_history")
def stays_kept(stay: Any) -> tuple[Any, ...]:
    """The earlier stays in the area that the traveller has declared with entry and exit, the latest first."""
    told: tuple[Any, ...] = stay.person.travel_history if stay.person else ()
    before = [each for each in told if each.entry and each.exit and each.entry <= each.exit]
    before = [each for each in before if not stay.entry or each.exit < stay.entry]
    return tuple(sorted(before, key=lambda each: each.entry, reverse=True))
