"""Calendars and progress say everything they are given, at any length, and are drawn the same each time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pages
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pictures import SVG, XML, edges, grey, places, plainly_drawn, size, words

from pemdocs.pictures import drawing
from pemdocs.pictures.drawing import strokes
from pemdocs.pictures.drawing.progress import reached


def calendar(items: list[drawing.Item], languages: tuple[str, ...] = ("fr",), **options: object) -> bytes:
    settings = {"width_mm": 170.0, "today": date(2025, 7, 9), "window": (date(2025, 6, 2), date(2025, 6, 27))}
    return drawing.timeline(
        items,
        words=pages.timeline_words(languages),
        theme=pages.HOUSE,
        **{**settings, **options},  # type: ignore[arg-type]
    )


def measure(values: list[int], baseline: int, target: int, due: str = "31.12.2026") -> bytes:
    return drawing.progress(
        [(date(2025, 1, 1) + timedelta(days=30 * place), Decimal(value)) for place, value in enumerate(values)],
        baseline=Decimal(baseline),
        target=Decimal(target),
        due=due,
        fmt=str,
        share=lambda share: f"{share * 100:.0f} %",
        theme=pages.HOUSE,
    )


@pytest.mark.parametrize("count", [1, 4, 12, 25])
@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")])
def test_every_label_is_drawn_whole_in_its_language(count: int, languages: tuple[str, ...]) -> None:
    items = pages.items(count, languages)
    svg = calendar(items, languages)
    spoken = " ".join(words(svg))
    for item in items:
        for _, label in item.label:
            assert label in spoken
    tongues = {text.get(XML + "lang") for text in etree.fromstring(svg).iter(SVG + "text")}
    assert tongues == {*languages, None}  # dates have no language


def test_a_long_label_wraps_and_loses_no_word() -> None:
    label = (
        "Certification HACCP des ateliers de transformation, avec l’appui du prestataire et de la chambre de commerce"
    )
    item = drawing.Item((("fr", label),), date(2025, 6, 1), date(2025, 6, 9), "before", "planned")
    lines = [line for line in words(calendar([item])) if line in label]
    assert len(lines) > 1
    assert " ".join(lines) == label


def test_phases_come_in_order_and_items_by_their_start() -> None:
    items = pages.items(12, ("fr",))
    said = words(calendar(items[::-1]))
    order = [said.index(name) for name in ("Avant", "Pendant", "Après")]
    assert order == sorted(order)
    assert calendar(items[::-1]) == calendar(items)


def test_the_picture_grows_with_its_items_and_keeps_its_width() -> None:
    heights = [size(calendar(pages.items(count, ("fr",))))[1] for count in (4, 12, 25)]
    assert heights == sorted(heights)
    assert size(calendar(pages.items(12, ("fr",))))[0] == 170


def test_too_many_items_make_the_picture_smaller_or_several_pictures() -> None:
    items = pages.items(60, ("fr", "nl"))
    small = size(calendar(items, ("fr", "nl"), height_mm=120.0))
    assert small[0] == pytest.approx(170, abs=0.01)
    assert small[1] <= 120.01
    several = drawing.timelines(
        items,
        width_mm=170,
        today=None,
        words=pages.timeline_words(("fr", "nl")),
        theme=pages.HOUSE,
        height_mm=120.0,
    )
    assert len(several) > 2
    assert all(size(part)[0] == 170 and size(part)[1] <= 120 for part in several)
    spoken = " ".join(word for part in several for word in words(part))
    assert all(label in spoken for item in items for _, label in item.label)


@pytest.mark.parametrize("days", [1, 14, 60, 200, 420, 730, 2500])
def test_short_and_long_spans_have_an_axis_whose_names_do_not_overlap(days: int) -> None:
    svg = calendar(pages.items(6, ("fr",), days=days), today=None, window=None)
    row = [text for text in etree.fromstring(svg).iter(SVG + "text") if text.get("y") == "18.5"]
    assert len(row) >= 2
    ends = [(float(text.get("x", "")), strokes.width(text.text or "", 7.0)) for text in row]
    assert all(x + wide <= following for (x, wide), (following, _) in pairwise(ends))


def test_statuses_are_told_apart_without_colour() -> None:
    svgs = set()
    for status in ("done", "under-way", "planned", "postponed", "cancelled"):
        item = drawing.Item((("fr", "x"),), date(2025, 6, 1), date(2025, 6, 29), "before", status)  # type: ignore[arg-type]
        svgs.add(re.sub(r"#[0-9a-f]{6}", lambda found: grey(found[0]), calendar([item]).decode().replace(status, "")))
    assert len(svgs) == 5


def test_the_legend_explains_only_what_is_drawn() -> None:
    item = drawing.Item((("fr", "x"),), date(2025, 6, 1), date(2025, 6, 29), "before", "done")
    said = words(calendar([item], window=None))
    assert "fait" in said
    assert not {"prévu", "annulé", "réunion", "séjour"} & set(said)


def test_today_is_drawn_only_inside_the_calendar() -> None:
    items = pages.items(6, ("fr",))
    assert "aujourd’hui" in words(calendar(items))
    assert "aujourd’hui" not in words(calendar(items, today=date(2035, 1, 1)))
    assert "aujourd’hui" not in words(calendar(items, today=None))


def test_an_empty_calendar_is_still_a_picture() -> None:
    assert size(calendar([], window=None))[0] == 170


def test_only_what_both_renderers_draw_alike_is_used() -> None:
    assert plainly_drawn(calendar(pages.items(25, ("fr", "nl")), ("fr", "nl")))
    assert plainly_drawn(measure([120, 260], 100, 500))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900)), min_size=1, max_size=9),
)
def test_nothing_is_drawn_outside_the_picture(spans: list[tuple[date, int]]) -> None:
    items = [
        drawing.Item((("fr", "Un item"),), start, start + timedelta(days=days), "before", "planned")
        for start, days in spans
    ]
    svg = calendar(items)
    wide = 170 * strokes.POINTS
    assert all(left >= -0.5 and right <= wide + 1 for left, right in edges(svg))
    assert all(-5 <= x <= wide + 7 for x, _ in places(svg))


@pytest.mark.parametrize(
    ("value", "baseline", "target", "share"),
    [(300, 100, 500, 0.5), (6, 12, 4, 0.75), (1300, 100, 500, 3.0), (80, 100, 500, -0.05), (5, 5, 5, 1), (4, 5, 5, 0)],
)
def test_the_share_reached_is_counted_from_the_baseline_up_or_down(
    value: int, baseline: int, target: int, share: float
) -> None:
    assert reached(Decimal(value), Decimal(baseline), Decimal(target)) == pytest.approx(share)


def test_progress_says_baseline_target_date_latest_value_and_share() -> None:
    assert set(words(measure([120, 260], 100, 500))) == {"100", "500", "31.12.2026", "260", "40 %"}


def test_progress_without_values_says_where_it_starts_and_goes() -> None:
    assert set(words(measure([], 100, 500))) == {"100", "500", "31.12.2026"}


@settings(deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), max_size=5), st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_progress_stays_inside_its_picture_whatever_the_values(values: list[int], baseline: int, target: int) -> None:
    svg = measure(values, baseline, target)
    assert size(svg) == (60, 14)
    assert all(left >= -1 and right <= 60 * strokes.POINTS + 1 for left, right in edges(svg))


@given(st.text(alphabet="abc éù", min_size=1, max_size=60), st.floats(20, 200))
def test_wrapping_keeps_every_letter_and_every_line_fits(text: str, room: float) -> None:
    lines = strokes.wrap(text, 8, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(strokes.width(line, 8) <= room for line in lines)


def test_letters_are_as_wide_as_the_font_says() -> None:
    font = TTFont("/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf")
    letters, widths = font.getBestCmap(), font["hmtx"]
    for sentence in ("Certification HACCP des ateliers", "Voorbereiding van het bezoek", "12.03.2025 – 30.06.2026"):
        real = sum(widths[letters[ord(letter)]][0] for letter in sentence) / 2048 * 8
        assert strokes.width(sentence, 8) == pytest.approx(real, rel=0.03)
