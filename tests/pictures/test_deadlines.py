"""The sheet of deadlines says every date at its place, however close or far apart they lie."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pictures import SVG, XML, edges, places, plainly_drawn, size, texts, words

from pemdocs.pictures import drawing
from pemdocs.pictures.drawing import DeadlineWords, Lane, Mark, Span, strokes
from pemdocs.pictures.drawing.axis import axis
from pemdocs.pictures.drawing.flags import LEADING, flags

DAY = timedelta(days=1)
NAMES = ("demandé", "rendez-vous au poste", "au plus tard", "valable au moins jusqu’au", "arrivée", "fin")


def label(said: str, languages: tuple[str, ...] = ("fr",)) -> drawing.Label:
    return tuple((each, said if each == "fr" else f"{said} ({each})") for each in languages)


def sheet(lanes: list[Lane], languages: tuple[str, ...] = ("fr",)) -> bytes:
    found = DeadlineWords(
        looks={"open": label("délai", languages), "possible": label("prolongation", languages)},
        forms={"event": label("événement", languages), "estimated": label("date estimée", languages)},
        month=lambda day: pages.MONTHS[day.month - 1],
    )
    return drawing.deadlines(lanes, width_mm=170, words=found, theme=pages.HOUSE)


def lane(days: list[date], languages: tuple[str, ...] = ("fr",), name: str = "Dépôt de la demande") -> Lane:
    marks = [Mark(day, "event", label(f"{NAMES[place % 6]} {day:%d.%m.%Y}", languages))
             for place, day in enumerate(days)]  # fmt: skip
    return Lane(label(name, languages), (Span(min(days), max(days), "open"),), tuple(marks))


def apart(svg: bytes) -> bool:
    """Whether no two texts share any paper."""
    boxes = [(left, right, y - 6.0, y + 0.5) for _, left, right, y in texts(svg)]
    return not any(
        one[0] < other[1] - 0.2 and other[0] < one[1] - 0.2 and one[2] < other[3] and other[2] < one[3]
        for place, one in enumerate(boxes)
        for other in boxes[:place]
    )


def inside(svg: bytes) -> bool:
    wide, high = (each * strokes.POINTS for each in size(svg))
    words_in = all(left >= -0.1 and right <= wide + 0.1 for left, right in edges(svg))
    return words_in and all(-0.1 <= x <= wide + 0.1 and -0.1 <= y <= high + 0.1 for x, y in places(svg))


CROWDED = [date(2026, 9, 14)] * 6
CLOSE = [date(2026, 9, 14) + DAY * number for number in range(6)]
YEARS = [date(2026, 3, 1), date(2026, 6, 20), date(2026, 8, 30), date(2031, 3, 4), date(2036, 1, 1)]


@pytest.mark.parametrize("days", [CROWDED, CLOSE, YEARS, [date(2026, 12, 31)], [date(2026, 1, 1), date(2026, 12, 31)]])
@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")])
def test_labels_keep_clear_of_each_other(days: list[date], languages: tuple[str, ...]) -> None:
    svg = sheet([lane(days, languages), lane(days[::-1], languages, "Assurance")], languages)
    assert apart(svg)
    assert inside(svg)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.dates(date(1950, 1, 1), date(2090, 1, 1)), min_size=1, max_size=6), min_size=1, max_size=4),
    st.sampled_from([("fr",), ("fr", "nl")]),
)
def test_whatever_the_dates_no_two_words_overlap_and_none_leaves_the_picture(
    lanes: list[list[date]], languages: tuple[str, ...]
) -> None:
    svg = sheet([lane(days, languages) for days in lanes], languages)
    assert size(svg)[0] == 170
    assert apart(svg)
    assert inside(svg)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(104, 470), st.sampled_from(NAMES)), max_size=8))
def test_a_pole_passes_no_label(labels: list[tuple[float, str]]) -> None:
    placed = flags([(pole, label(said)) for pole, said in labels], 104, 482)
    assert len(placed) == len(labels)
    for one in placed:
        assert 0 <= one.left < one.right <= 482
        for other in placed:
            crossed = other.left < one.pole < other.right and other.top < one.bottom
            assert one is other or not crossed or other.left - one.pole > -LEADING


@settings(deadline=None)
@given(st.lists(st.dates(date(1950, 1, 1), date(2090, 1, 1)), min_size=1, max_size=12))
def test_days_lie_on_the_axis_in_their_order(days: list[date]) -> None:
    scale = axis(days, 100, 480)
    found = [scale.x(day) for day in sorted(days)]
    assert all(one <= other for one, other in pairwise(found))
    assert all(100 <= x <= 480 for x in found)
    assert scale.right == pytest.approx(480)


def test_the_axis_is_broken_only_where_much_time_holds_nothing() -> None:
    assert list(axis([date(2026, 3, 14), date(2026, 8, 30), date(2027, 1, 2)], 100, 480).breaks()) == []
    far = axis([date(2026, 3, 14), date(2026, 8, 30), date(2031, 3, 4)], 100, 480)
    assert len(list(far.breaks())) == 1
    (left, right) = next(far.breaks())
    assert left <= far.x(date(2029, 1, 1)) <= right
    assert far.x(date(2026, 8, 30)) - far.x(date(2026, 3, 14)) > 200  # most of the paper is for what matters


def test_years_stand_where_they_begin_on_either_side_of_a_break() -> None:
    said = words(sheet([lane(YEARS[:4])]))
    assert {"2026", "2031"} <= set(said)
    assert not {"2028", "2029"} & set(said)


def test_every_label_is_said_whole_in_its_language() -> None:
    svg = sheet([lane(CLOSE, ("fr", "nl"))], ("fr", "nl"))
    spoken = " ".join(words(svg))
    assert all(f"{day:%d.%m.%Y}" in spoken for day in CLOSE)
    assert "Dépôt de la demande" in words(svg)
    assert {text.get(XML + "lang") for text in etree.fromstring(svg).iter(SVG + "text")} == {"fr", "nl", None}


def test_a_bar_without_a_start_comes_from_before_the_sheet() -> None:
    svg = sheet([lane(CLOSE), Lane(label("Passeport"), (Span(None, date(2026, 9, 30)),))])
    bars = [path for path in etree.fromstring(svg).iter(SVG + "path") if path.get("d", "").endswith("Z")]
    assert 104 in {float(bar.get("d", "")[1:].split()[0]) for bar in bars}


def test_a_lane_without_dates_is_left_out_and_no_lane_is_still_a_picture() -> None:
    assert "Assurance" not in words(sheet([lane(CLOSE), Lane(label("Assurance"))]))
    assert size(sheet([]))[0] == 170


def test_the_legend_explains_only_what_is_drawn() -> None:
    said = words(sheet([lane(CLOSE)]))
    assert {"délai", "événement"} <= set(said)
    assert not {"prolongation", "date estimée"} & set(said)


def test_a_holiday_whose_day_is_estimated_is_hollow() -> None:
    marks = (Mark(CLOSE[0], "holiday"), Mark(CLOSE[3], "estimated"))
    svg = sheet([Lane(label("Jours fériés"), (), marks)])
    dots = [dot.get("fill") for dot in etree.fromstring(svg).iter(SVG + "circle")]
    assert len(dots) == 3  # with the legend
    assert dots[0] != dots[1]
    assert dots[1] == "#ffffff"


def test_only_what_both_renderers_draw_alike_is_used() -> None:
    assert plainly_drawn(sheet([lane(YEARS, ("fr", "nl"))], ("fr", "nl")))
