"""Days of stay are counted as the Schengen Borders Code and the Commission's calculator count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pemdocs.knowledge.schengen import LIMIT, WINDOW, Stay, days_used, first_overstay, latest_departure

START = date(2024, 1, 1)
DAY = timedelta(days=1)


def after(days: int) -> date:
    return START + days * DAY


def stay(text: str) -> Stay:
    """``2024-06-01 2024-09-20`` as a stay."""
    entry, leave = text.split()
    return date.fromisoformat(entry), date.fromisoformat(leave)


def days_of(plan: Stay) -> list[date]:
    return [plan[0] + n * DAY for n in range((plan[1] - plan[0]).days + 1)]


spans = st.tuples(st.integers(0, 500), st.integers(0, 120)).map(lambda pair: (after(pair[0]), after(sum(pair))))
histories = st.lists(spans, max_size=8)
moments = st.integers(-30, 700).map(after)

VECTORS = {
    "V1": ([], "2024-06-01 2024-09-20", 112, "2024-08-30"),
    "V2": (["2026-03-06 2026-05-04"], "2026-09-01 2026-10-30", 61, None),
    "V3": (["2026-01-10 2026-02-08"], "2026-03-01 2026-05-15", 106, "2026-04-30"),
    "V4": ([], "2026-06-10 2026-06-10", 1, None),
    "V5": (["2026-01-01 2026-03-31"], "2026-06-30 2026-07-05", 90, None),
    "V6": (["2026-01-01 2026-03-31"], "2026-06-29 2026-07-05", 91, "2026-06-29"),
}


@pytest.mark.parametrize(("earlier", "plan", "peak", "illegal"), VECTORS.values(), ids=VECTORS)
def test_known_plans_have_known_peaks_and_first_illegal_days(
    earlier: list[str], plan: str, peak: int, illegal: str | None
) -> None:
    stays = [*map(stay, earlier), stay(plan)]
    assert max(days_used(stays, day) for day in days_of(stay(plan))) == peak
    assert first_overstay(stays) == (date.fromisoformat(illegal) if illegal else None)


@pytest.mark.parametrize(
    ("earlier", "entry", "latest"),
    [
        ([], "2024-06-01", "2024-08-29"),
        (["2026-01-10 2026-02-08"], "2026-03-01", "2026-04-29"),
        (["2026-03-06 2026-05-04"], "2026-09-01", "2026-11-29"),
        (["2026-01-01 2026-03-31"], "2026-06-29", None),
        (["2026-01-01 2026-03-31"], "2026-06-30", "2026-09-27"),
        (["2026-01-01 2026-03-31"], "2026-04-01", None),
        (["2026-01-01 2026-03-01"], "2026-03-02", "2026-03-31"),
    ],
)
def test_a_new_stay_may_last_as_long_as_the_days_left(earlier: list[str], entry: str, latest: str | None) -> None:
    found = latest_departure(map(stay, earlier), date.fromisoformat(entry))
    assert found == (date.fromisoformat(latest) if latest else None)


@pytest.mark.parametrize(
    "count",
    [
        lambda stays: days_used(stays, START),
        first_overstay,
        lambda stays: latest_departure(stays, START),
    ],
)
def test_an_exit_before_its_entry_is_refused_with_both_dates(count: object) -> None:
    assert callable(count)
    with pytest.raises(ValueError, match=r"^the exit 2024-01-01 is before the entry 2024-01-02$"):
        count([(after(3), after(4)), (after(1), START)])


def test_the_calendar_may_begin_and_end() -> None:
    assert days_used([(date.min, date.min + DAY)], date.min) == 1
    assert first_overstay([(date.min, date.max)]) == date.min + LIMIT * DAY
    assert latest_departure([], date.max - DAY) == date.max
    assert latest_departure([(date.min, date.min)], date.min) == date.min + (LIMIT - 1) * DAY


def test_a_past_overstay_does_not_bar_a_later_stay_and_a_later_stay_does_not_shorten_it() -> None:
    assert latest_departure([(after(0), after(150))], after(150 + LIMIT + 1)) == after(150 + 2 * LIMIT)
    assert latest_departure([(after(100), after(120))], after(0)) == after(LIMIT - 1)


# Another way of counting: a whole number whose bits are the days.

BITMAP_START = START - 400 * DAY


def bits(stays: Sequence[Stay]) -> int:
    found = 0
    for entry, leave in stays:
        found |= ((1 << (leave - entry).days + 1) - 1) << (entry - BITMAP_START).days
    return found


def counted(bitmap: int, on: date) -> int:
    lowest = (on - BITMAP_START).days - WINDOW + 1
    return ((bitmap >> lowest) & ((1 << WINDOW) - 1)).bit_count()


@given(histories, moments)
def test_days_used_are_the_bits_of_the_window(stays: list[Stay], on: date) -> None:
    assert days_used(stays, on) == counted(bits(stays), on)


@given(histories)
def test_the_first_overstay_is_the_first_day_with_more_than_ninety_bits(stays: list[Stay]) -> None:
    days = (after(n) for n in range(900))
    assert first_overstay(stays) == next((day for day in days if counted(bits(stays), day) > LIMIT), None)


@given(histories, moments)
@example([(after(0), after(29)), (after(60), after(119))], after(179))
@example([(after(0), after(29)), (after(60), after(119))], after(180))
def test_the_latest_departure_is_the_last_of_the_legal_days(stays: list[Stay], entry: date) -> None:
    legal = None
    for last in days_of((entry, entry + 200 * DAY)):
        if counted(bits([*stays, (entry, last)]), last) > LIMIT:
            break
        legal = last
    assert latest_departure(stays, entry) == legal


# What holds for any history.


@given(histories.filter(bool), moments, st.data())
def test_leaving_out_a_stay_never_adds_days(stays: list[Stay], on: date, data: st.DataObject) -> None:
    fewer = list(stays)
    fewer.remove(data.draw(st.sampled_from(stays)))
    assert days_used(fewer, on) <= days_used(stays, on) <= WINDOW


@given(histories, moments, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(stays: list[Stay], on: date, chance: object) -> None:
    mixed = [*stays, *stays[:2]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert days_used(iter(mixed), on) == days_used(stays, on)
    assert first_overstay(iter(mixed)) == first_overstay(stays)
    assert latest_departure(iter(mixed), on) == latest_departure(stays, on)


@given(histories, spans, moments, st.integers(0, 60), st.integers(0, 60))
def test_a_stay_in_overlapping_or_touching_pieces_is_the_same_stay(
    stays: list[Stay], whole: Stay, on: date, cut: int, overlap: int
) -> None:
    entry, leave = whole
    middle = min(entry + cut * DAY, leave)
    pieces = [*stays, (entry, min(middle + overlap * DAY, leave))]
    if middle < leave:
        pieces.append((middle + DAY, leave))
    assert days_used(pieces, on) == days_used([*stays, whole], on)
    assert first_overstay(pieces) == first_overstay([*stays, whole])
    assert latest_departure(pieces, on) == latest_departure([*stays, whole], on)


@given(histories, moments)
def test_the_latest_departure_is_legal_and_one_more_day_is_not(stays: list[Stay], entry: date) -> None:
    latest = latest_departure(stays, entry)
    if latest is None:
        assert days_used([*stays, (entry, entry)], entry) > LIMIT
        return
    assert entry <= latest < entry + LIMIT * DAY
    assert all(days_used([*stays, (entry, latest)], day) <= LIMIT for day in days_of((entry, latest)))
    assert days_used([*stays, (entry, latest + DAY)], latest + DAY) > LIMIT


@given(histories.filter(bool), st.integers(LIMIT + 1, 300))
def test_ninety_days_of_absence_allow_ninety_days_of_stay(stays: list[Stay], absence: int) -> None:
    entry = max(leave for _, leave in stays) + absence * DAY
    assert latest_departure(stays, entry) == entry + (LIMIT - 1) * DAY


@given(histories, moments, st.integers(-3000, 3000))
def test_the_rule_is_the_same_in_every_season(stays: list[Stay], on: date, shift: int) -> None:
    moved = [(entry + shift * DAY, leave + shift * DAY) for entry, leave in stays]
    first = first_overstay(stays)
    assert days_used(moved, on + shift * DAY) == days_used(stays, on)
    assert first_overstay(moved) == (first and first + shift * DAY)


# The Commission's short-stay calculator, after its user manual and its public page: stays in order and apart, none of
# them later than the date of control. From that date on the traveller is taken to be inside; each day has the sum of
# the 180 days ending with it.


@dataclass(frozen=True)
class Calculator:
    stays: Sequence[Stay]
    date: date

    def sums(self) -> dict[date, int]:
        first = min([self.date, *(entry for entry, _ in self.stays)])
        days = days_of((first, self.date + WINDOW * DAY))
        inside = [day >= self.date or any(a <= day <= b for a, b in self.stays) for day in days]
        total, sums = 0, {}
        for number, day in enumerate(days):
            total += inside[number] - (inside[number - WINDOW] if number >= WINDOW else 0)
            sums[day] = total
        return sums

    def control(self) -> list[Stay]:
        """The overstays: in each stay from its first day beyond the limit to its exit."""
        sums = self.sums()
        beyond = [[day for day in days_of(each) if sums[day] > LIMIT] for each in self.stays]
        return [(days[0], each[1]) for each, days in zip(self.stays, beyond, strict=True) if days]

    def planning(self) -> int:
        """«The stay may be authorised for up to … days»."""
        return next(n for n, (_, total) in enumerate(self.ahead()) if total > LIMIT)

    def ahead(self) -> list[tuple[date, int]]:
        return [each for each in self.sums().items() if each[0] >= self.date]

    def next_possible(self) -> date:
        """The first date, from the one asked for, at which a stay may be authorised."""
        day = self.date
        while Calculator(self.stays, day).sums()[day] > LIMIT:
            day += DAY
        return day


def chained(gaps: list[tuple[int, int]]) -> list[Stay]:
    """Stays one after the other, given as days between and further days of stay."""
    stays, day = [], START
    for gap, length in gaps:
        entry = day + gap * DAY
        day = entry + length * DAY
        stays.append((entry, day))
    return stays


chains = st.lists(st.tuples(st.integers(1, 90), st.integers(0, 60)), min_size=1, max_size=6).map(chained)


@given(chains)
def test_control_finds_the_overstays_the_commission_s_calculator_finds(stays: list[Stay]) -> None:
    overstays = Calculator(stays, stays[-1][1]).control()
    assert first_overstay(stays) == (overstays[0][0] if overstays else None)


@given(chains, st.integers(1, 120))
def test_planning_allows_the_days_the_commission_s_calculator_allows(stays: list[Stay], gap: int) -> None:
    assume(first_overstay(stays) is None)  # the calculator gives no advice after an overstay
    entry = stays[-1][1] + gap * DAY
    latest = latest_departure(stays, entry)
    assert Calculator(stays, entry).planning() == ((latest - entry).days + 1 if latest else 0)


@given(chains)
def test_control_at_the_exit_tells_how_long_the_stay_could_go_on(stays: list[Stay]) -> None:
    assume(first_overstay(stays) is None)
    leave = stays[-1][1]
    assert latest_departure(stays, leave) == leave + (Calculator(stays, leave).planning() - 1) * DAY


@given(chains, st.integers(1, 40))
def test_the_next_possible_date_is_the_first_with_a_latest_departure(stays: list[Stay], gap: int) -> None:
    asked = stays[-1][1] + gap * DAY
    found = Calculator(stays, asked).next_possible()
    assert latest_departure(stays, found) is not None
    assert all(latest_departure(stays, day) is None for day in days_of((asked, found))[:-1])


COMMISSION = {
    "1.1": (["2011-10-27 2011-11-06", "2011-12-28 2012-01-09", "2012-03-06 2012-03-15"], "2012-03-15"),
    "1.2": (["2011-10-27 2011-11-06", "2011-12-28 2012-01-09", "2012-03-06 2012-05-10"], "2012-05-10"),
    "1.3": (["2011-10-27 2011-11-06", "2011-12-28 2012-01-09", "2012-03-06 2012-05-21"], "2012-05-21"),
    "1.4": (["2011-10-27 2011-11-06", "2011-12-28 2012-01-09", "2012-03-06 2012-05-21"], "2012-08-01"),
    "2.1": (["2011-08-14 2011-08-30", "2011-12-15 2012-02-01"], "2012-02-01"),
    "2.2": (["2011-08-14 2011-08-30", "2011-12-15 2012-02-25"], "2012-02-26"),
    "2.3": (["2011-08-14 2011-08-30", "2011-12-15 2012-03-13"], "2012-03-14"),
    "2.4": (["2011-08-14 2011-08-30", "2011-12-15 2012-06-22"], "2012-06-22"),
    "3": (["2012-01-01 2012-01-15", "2012-02-15 2012-04-30"], "2012-06-30"),
}
"""The examples that the calculator's page offers to try."""


@pytest.mark.parametrize(("given_stays", "asked"), COMMISSION.values(), ids=COMMISSION)
def test_the_calculator_s_own_examples_come_out_alike(given_stays: list[str], asked: str) -> None:
    stays, day = [stay(each) for each in given_stays], date.fromisoformat(asked)
    calculator = Calculator(stays, day)
    overstays, latest = calculator.control(), latest_departure(stays, day)
    assert first_overstay(stays) == (overstays[0][0] if overstays else None)
    assert calculator.planning() == ((latest - day).days + 1 if latest else 0)


# Worked examples with their results, as the Swiss State Secretariat for Migration publishes them for the calculator.


def test_the_published_examples_have_the_published_results() -> None:
    autumn = stay("2014-08-15 2014-09-30")
    assert latest_departure([autumn], date(2015, 1, 1)) == date(2015, 1, 1) + 89 * DAY
    assert latest_departure([autumn, stay("2014-11-01 2014-11-30")], date(2014, 11, 30)) == date(2014, 12, 13)
    year = [*map(stay, ["2013-06-01 2013-07-13", "2013-08-15 2013-09-30", "2014-01-01 2014-01-30"])]
    assert first_overstay(year) is None
    assert latest_departure(year[1:], date(2014, 1, 30)) == latest_departure(year, date(2014, 1, 30))
    assert latest_departure(year, date(2014, 1, 30)) == date(2014, 3, 31)


def test_the_published_overstays_have_the_published_length() -> None:
    short = [*map(stay, ["2013-09-01 2013-09-30", "2014-02-21 2014-04-20", "2014-05-01 2014-06-09"])]
    assert days_used(short, date(2014, 6, 9)) - LIMIT == 9
    assert first_overstay(short) == date(2014, 6, 1)
    assert latest_departure(short, date(2014, 8, 30)) == date(2014, 8, 30) + 49 * DAY
    long = [*map(stay, ["2013-06-28 2013-08-09", "2013-09-19 2014-03-01"])]
    assert days_used(long, date(2014, 3, 1)) - LIMIT == 74
