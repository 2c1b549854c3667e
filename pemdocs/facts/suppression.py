"""Turn the parts of a total into those that must be hidden, so that no calculation gives a small one back.

Only this module knows what a reader can work out: the total, what is printed, and this rule itself. Which parts are
hidden beside the small ones therefore goes by their places and never by their values, and none is said to be small.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from pemdocs.consent.groups import FEWEST


def hidden(values: Sequence[Decimal], small: Collection[int], unlisted: Collection[int] = ()) -> frozenset[int]:
    """The places that are hidden: the small ones, and those that follow the last of them until they are enough.

    Several small ones are enough by themselves unless their sum tells what each is: all 1, or all 4. With others they
    are from as many as there are small ones and six on: then each small one can be 1 as well as 2, and what else is
    hidden makes up for it. A total of fewer is hidden whole. What is ``unlisted`` is never printed.
    """
    enough, last = len(small) + FEWEST + 1, max(small)
    found = [*{*small, *unlisted}]
    alone = sum(values[place] for place in small)
    if len(small) > 1 and max(FEWEST, len(small) + 2) <= alone < len(small) * (FEWEST - 1):
        return frozenset(found)
    others = sorted(set(range(len(values))) - set(found), key=lambda place: (place - last) % len(values))
    while others and (len(found) == len(small) or sum(values[place] for place in found) < enough):
        found.append(others.pop(0))
    return frozenset(found)
