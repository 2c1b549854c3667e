"""No calculation with what is printed gives back a number that is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pemdocs.facts.suppression import hidden

counts = st.lists(st.integers(0, 9), min_size=2, max_size=5)


def shown(values: list[int]) -> tuple[frozenset[int], frozenset[int]]:
    small = [place for place, value in enumerate(values) if 0 < value < 5]
    return hidden([Decimal(value) for value in values], small) if small else (frozenset(), frozenset())


def possible(values: list[int]) -> Iterator[tuple[int, ...]]:
    """Everything that a reader who knows the total, what is printed and the rule must hold possible."""
    places, labelled = shown(values)
    rest = sum(values[place] for place in places)

    def fill(left: list[int], rest: int) -> Iterator[tuple[int, ...]]:
        if not left:
            yield from ((),) if rest == 0 else ()
            return
        for value in range(1, 5) if left[0] in labelled else range(rest + 1):
            if value <= rest:
                yield from ((value, *more) for more in fill(left[1:], rest - value))

    yield from fill(sorted(places), rest)


@given(counts)
def test_every_hidden_part_of_a_total_can_be_several_numbers(values: list[int]) -> None:
    places, _ = shown(values)
    assert {place for place, value in enumerate(values) if 0 < value < 5} <= places
    if places:
        found = list(possible(values))
        assert tuple(values[place] for place in sorted(places)) in found
        for at in range(len(places)):
            assert len({each[at] for each in found}) > 1


def test_thirteen_of_eleven_one_and_one_tells_nothing_and_what_is_large_stays() -> None:
    assert shown([11, 1, 1]) == (frozenset({0, 1, 2}), frozenset({1, 2}))
    assert shown([11, 2, 9, 0]) == (frozenset({1, 3, 2}), frozenset({1}))
    assert shown([30, 40]) == (frozenset(), frozenset())
    assert shown([4, 4])[1] == frozenset()
