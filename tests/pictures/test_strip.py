"""The calendar of the 90 days shows each day of stay in its place, with the days used, as the law counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pictures import SVG, XML, edges, grey, places, plainly_drawn, size, texts, words

from pemdocs.knowledge import schengen
from pemdocs.pictures import drawing
from pemdocs.pictures.drawing import strokes

DAY = timedelta(days=1)
SIGNS = {"past": "compté", "gone": "sorti", "planned": "prévu", "first": "premier jour de trop", "illegal": "de trop",
         "window": "180 jours", "latest": "au plus tard"}  # fmt: skip

Stay = tuple[date, date]


def stay(first: str, last: str) -> Stay:
    return date.fromisoformat(first), date.fromisoformat(last)


def strip(past: list[Stay], planned: Stay, languages: tuple[str, ...] = ("fr",), latest: date | None = None) -> bytes:
    def label(said: str) -> drawing.Label:
        return tuple((each, said if each == "fr" else f"{said} ({each})") for each in languages)

    found = drawing.StripWords(
        signs={sign: label(said) for sign, said in SIGNS.items()},  # type: ignore[misc]
        counted=label("comptés"),
        total=label("le jour de la sortie"),
        month=lambda day: pages.MONTHS[day.month - 1],
    )
    return drawing.strip(past, planned, width_mm=170, words=found, theme=pages.HOUSE, latest=latest)


def cells(svg: bytes) -> Mapping[date, int]:
    """The number that stands at each day: columns by the numbers at the head, rows by the names of the months."""
    found = [(said, (left + right) / 2, y) for said, left, right, y in texts(svg)]
    days = {round(x, 1): int(said) for said, x, y in found if y == 21}
    months = {}
    for said, left, _, y in texts(svg):
        month = re.fullmatch(r"(\S+) (\d{4})(?: …)?", said)
        if left == 0 and month:
            months[round(y - 0.5, 1)] = int(month[2]), pages.MONTHS.index(month[1]) + 1
    return {
        date(*months[round(y, 1)], days[round(x, 1)]): int(said)
        for said, x, y in found
        if round(y, 1) in months and round(x, 1) in days
    }


VECTORS = [
    ([], stay("2024-06-01", "2024-09-20"), 112, date(2024, 8, 30)),
    ([stay("2026-03-06", "2026-05-04")], stay("2026-09-01", "2026-10-30"), 61, None),
    ([stay("2026-01-10", "2026-02-08")], stay("2026-03-01", "2026-05-15"), 106, date(2026, 4, 30)),
    ([], stay("2026-06-10", "2026-06-10"), 1, None),
    ([stay("2026-01-01", "2026-03-31")], stay("2026-06-30", "2026-07-05"), 90, None),
    ([stay("2026-01-01", "2026-03-31")], stay("2026-06-29", "2026-07-05"), 91, date(2026, 6, 29)),
]


@pytest.mark.parametrize(("past", "planned", "peak", "overstay"), VECTORS)
def test_each_day_of_the_planned_stay_carries_the_days_used(
    past: list[Stay], planned: Stay, peak: int, overstay: date | None
) -> None:
    svg = strip(past, planned)
    shown = cells(svg)
    assert sorted(shown) == [planned[0] + DAY * number for number in range((planned[1] - planned[0]).days + 1)]
    assert max(shown.values()) == peak
    assert next((day for day in sorted(shown) if shown[day] > 90), None) == overstay
    assert ("premier jour de trop" in words(svg)) == (overstay is not None)


def numbers(svg: bytes, colour: str) -> list[str]:
    return [text.text or "" for text in etree.fromstring(svg).iter(SVG + "text") if text.get("fill") == colour]


def test_the_first_illegal_day_is_white_on_black_and_the_others_hatched() -> None:
    past, planned, _, _ = VECTORS[2]
    svg = strip(past, planned)
    assert numbers(svg, "#ffffff") == ["91"]
    assert svg.count(b'stroke-width="0.7"') == 15 + 1  # the days after it, and the legend


def test_days_that_have_left_the_window_are_struck_out() -> None:
    past, planned, _, _ = VECTORS[1]
    svg = strip(past, planned)
    struck = [path for path in etree.fromstring(svg).iter(SVG + "path") if path.get("stroke-width") == "1"]
    muted = [path for path in struck if path.get("stroke") != "#ffffff"]
    assert len(muted) == 59 + 1  # all but the last of the sixty days, and the legend
    assert "sorti" in words(svg)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(-400, 60), st.integers(0, 120)), max_size=6),
    st.integers(0, 150),
)
def test_the_rows_add_up_to_the_days_used_on_the_last_day(spans: list[tuple[int, int]], length: int) -> None:
    entry = date(2026, 9, 1)
    past = [(entry + DAY * first, entry + DAY * (first + days)) for first, days in spans]
    planned = (entry, entry + DAY * length)
    svg = strip(past, planned, latest=schengen.latest_departure(past, entry))
    used = schengen.days_used([*past, planned], planned[1])
    found = list(texts(svg))
    names = {y for said, left, _, y in found if left == 0 and re.fullmatch(r"\S+ \d{4}", said)}
    counted = [said for said, left, _, y in found if y in names and left > 440]
    assert len(counted) == len(names)
    assert sum(int(said) for said in counted if said != "–") == used
    assert f"{used} / 90" in words(svg)
    assert cells(svg)[planned[1]] == used


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 3000)), max_size=6),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 3000),
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))),
)
def test_no_day_is_drawn_outside_the_picture(
    spans: list[tuple[date, int]], entry: date, length: int, latest: date | None
) -> None:
    past = [(first, first + DAY * days) for first, days in spans]
    svg = strip(past, (entry, entry + DAY * length), ("fr", "nl"), latest=latest)
    wide, high = (each * strokes.POINTS for each in size(svg))
    assert size(svg)[0] == 170
    assert high < 400
    assert all(left >= -0.1 and right <= wide + 0.1 for left, right in edges(svg))
    assert all(-0.1 <= x <= wide + 0.1 and -0.1 <= y <= high + 0.1 for x, y in places(svg))


def test_a_stay_of_years_ends_in_an_ellipsis() -> None:
    svg = strip([], stay("2026-01-01", "2036-01-01"))
    assert [said for said in words(svg) if said.endswith("…")]
    assert not [said for said in words(strip([], stay("2026-01-01", "2026-05-01"))) if said.endswith("…")]


def test_the_order_of_the_earlier_stays_does_not_matter() -> None:
    past = [stay("2026-03-06", "2026-05-04"), stay("2026-06-01", "2026-06-09"), stay("2025-12-01", "2025-12-09")]
    planned = stay("2026-09-01", "2026-10-30")
    assert strip(past, planned) == strip(past[::-1], planned)


def test_an_exit_before_its_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="before the entry"):
        strip([], stay("2026-09-02", "2026-09-01"))


def test_the_legend_explains_only_what_is_drawn() -> None:
    said = words(strip([], stay("2026-09-01", "2026-09-14")))
    assert "prévu" in said
    assert not {"compté", "sorti", "de trop", "premier jour de trop", "au plus tard"} & set(said)
    assert "au plus tard" in words(strip([], stay("2026-09-01", "2026-09-14"), latest=date(2026, 11, 29)))


def test_every_word_stands_in_its_language() -> None:
    svg = strip(*VECTORS[2][:2], ("fr", "nl"), latest=date(2026, 4, 29))
    assert {text.get(XML + "lang") for text in etree.fromstring(svg).iter(SVG + "text")} == {"fr", "nl", None}
    assert {"de trop", "de trop (nl)", "comptés (nl)"} <= set(words(svg))


def test_the_signs_are_told_apart_without_colour() -> None:
    past, planned, _, _ = VECTORS[2]
    svg = strip([stay("2025-10-01", "2025-10-05"), *past], planned, latest=date(2026, 4, 29))
    drawn = re.split(r"<text[^>]*>[^<]*</text>", svg.decode().split("106 / 90")[1])
    signs = [re.sub(r"[\d.]+ [\d.]+|[xy]=\"[^\"]*\"", "", part) for part in drawn if "<path" in part]
    signs = [re.sub(r"#[0-9a-f]{6}", lambda found: grey(found[0]), sign) for sign in signs]
    assert len(signs) == len(set(signs)) == len(SIGNS)


def test_only_what_both_renderers_draw_alike_is_used() -> None:
    assert plainly_drawn(strip(*VECTORS[2][:2], ("fr", "nl"), latest=date(2026, 4, 29)))
