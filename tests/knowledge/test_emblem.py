"""The emblem of the European Union keeps to its geometry at any size."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pemdocs.knowledge import emblem

HEIGHTS = st.floats(min_value=1, max_value=500)
SVG = "{http://www.w3.org/2000/svg}"


@given(HEIGHTS)
def test_twelve_stars_stand_on_a_circle_of_a_third_of_the_height(height: float) -> None:
    centres = emblem.centres(height)
    assert len(centres) == 12
    for centre in centres:
        assert dist(centre, (height * 0.75, height / 2)) == pytest.approx(height / 3)


@given(HEIGHTS)
def test_each_star_fits_a_circle_of_an_eighteenth_of_the_height_with_one_point_up(height: float) -> None:
    for (x, y), corners in zip(emblem.centres(height), emblem.stars(height), strict=True):
        assert corners[0] == pytest.approx((x, y - height / 18))
        assert [dist((x, y), corner) for corner in corners[::2]] == pytest.approx([height / 18] * 5)
        assert [dist((x, y), corner) for corner in corners[1::2]] == pytest.approx([height / 18 * 0.381966] * 5)
        assert min(y for _, y in corners) == corners[0][1]


@given(HEIGHTS)
def test_stars_neither_touch_each_other_nor_leave_the_rectangle(height: float) -> None:
    for first, second in combinations(emblem.centres(height), 2):
        assert dist(first, second) > 2 * height / 18
    for corners in emblem.stars(height):
        assert all(0 < x < height * 1.5 and 0 < y < height for x, y in corners)


@given(HEIGHTS)
def test_stars_stand_like_the_hours_of_a_clock(height: float) -> None:
    centres = emblem.centres(height)
    assert centres[0] == pytest.approx((height * 0.75, height / 2 - height / 3))
    assert centres[3] == pytest.approx((height * 0.75 + height / 3, height / 2))


def test_the_emblem_in_colour_is_reflex_blue_and_yellow() -> None:
    drawing = etree.fromstring(emblem.svg(12))
    assert (drawing.get("width"), drawing.get("height")) == ("18mm", "12mm")
    assert [ground.get("fill") for ground in drawing.iter(SVG + "rect")] == ["#003399"]
    assert [star.get("fill") for star in drawing.iter(SVG + "polygon")] == ["#ffcc00"] * 12


@pytest.mark.parametrize(
    ("variant", "ground", "star"),
    [("black", "#ffffff", "#000000"), ("blue", "#003399", "#ffffff"), ("bordered", "#003399", "#ffcc00")],
)
def test_one_colour_and_bordered_variants(variant: emblem.Variant, ground: str, star: str) -> None:
    drawing = etree.fromstring(emblem.svg(10, variant))
    assert list(drawing.iter(SVG + "rect"))[-1].get("fill") == ground
    assert {shape.get("fill") for shape in drawing.iter(SVG + "polygon")} == {star}


def test_the_border_is_a_twenty_fifth_of_the_height() -> None:
    drawing = etree.fromstring(emblem.svg(25, "bordered"))
    assert (drawing.get("width"), drawing.get("height")) == ("39.5mm", "27mm")
