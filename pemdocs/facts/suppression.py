"""Turn the parts of a total into those that must be hidden, so that no calculation gives a hidden one back.

Only this module knows what a reader can work out: the total, what is printed, and that “fewer than 5” is 1 to 4.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from pemdocs.consent.groups import FEWEST

MOST_SMALL = Decimal(FEWEST - 1)


def hidden(values: Sequence[Decimal], small: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The places that are hidden, and those of them that are said to be fewer than five.

    The zeros go first, then the smallest others, until every hidden part can be several numbers. Where even all of them
    do not suffice, of none it is said that it is small.
    """
    found = [*small]
    others = sorted((place for place in range(len(values)) if place not in found), key=lambda place: values[place])
    while others and not _safe(values, found, small):
        found.append(others.pop(0))
    labelled = frozenset(small) if _safe(values, found, small) else frozenset()
    return frozenset(found), labelled


def _safe(values: Sequence[Decimal], found: Sequence[int], small: Collection[int]) -> bool:
    """Whether the hidden parts together are enough, and each can be another number, as far as their sum tells."""
    whole = sum((values[place] for place in found), Decimal(0))
    least = {place: Decimal(1 if place in small else 0) for place in found}
    most = {place: MOST_SMALL if place in small else whole for place in found}
    return (
        whole >= FEWEST
        and len(found) > 1
        and all(
            max(least[place], whole - sum(most.values()) + most[place])
            < min(most[place], whole - sum(least.values()) + least[place])
            for place in found
        )
    )
