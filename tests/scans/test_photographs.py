"""A photograph of any size comes upright, in screen colours, without camera data, and no larger than print needs."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from report_pages import photograph

from pemdocs.model import PemdocsError
from pemdocs.scans import photographs


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def test_a_photograph_on_its_side_is_turned_and_made_smaller() -> None:
    content = photograph(4000, 3000, orientation=6)
    assert photographs.size(content, "x") == (3000, 4000)
    made = opened(photographs.fit(content, 850, "x"))
    assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (850, 1133), {})
    assert made.getpixel((840, 10))[0] > 150  # type: ignore[index]


def test_what_the_camera_wrote_never_gets_out() -> None:
    for content in (photograph(300, 200), photograph(300, 200, form="PNG"), photograph(3000, 200, form="PNG")):
        assert b"Secret" in content
        assert b"Secret" not in photographs.fit(content, 1000, "x")


def test_a_small_photograph_is_not_encoded_again() -> None:
    plain = saved(Image.new("RGB", (300, 200), "green"), "JPEG")
    drawing = saved(Image.new("RGBA", (300, 200), "green"), "PNG")
    assert opened(photographs.fit(plain, 290, "x")).size == (300, 200)
    assert photographs.fit(plain, 1000, "x") == plain
    assert photographs.fit(drawing, 1000, "x") == drawing


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_every_colour_comes_as_the_screen_shows_it(mode: str) -> None:
    made = opened(photographs.fit(saved(Image.new(mode, (900, 300)), "JPEG"), 400, "x"))
    assert (made.mode, made.size) == ({"CMYK": "RGB"}.get(mode, mode), (400, 133))


def test_a_drawing_stays_sharp_a_transparent_one_transparent_and_a_photograph_becomes_small() -> None:
    logo = photographs.fit(saved(Image.new("RGBA", (2000, 1000), (0, 90, 80, 40)), "PNG"), 500, "x")
    grain = Image.effect_noise((1600, 1200), 90)
    photo = Image.merge("RGB", (grain, Image.effect_noise((1600, 1200), 90), Image.effect_noise((1600, 1200), 90)))
    assert (opened(logo).format, opened(logo).mode) == ("PNG", "RGBA")
    assert opened(photographs.fit(saved(Image.new("RGB", (2000, 900), "red"), "PNG"), 500, "x")).format == "PNG"
    assert opened(photographs.fit(saved(photo, "PNG"), 800, "x")).format == "JPEG"


@pytest.mark.parametrize(
    ("size", "widest"), [((3000, 2000), 171), ((2000, 3000), 76), ((200, 150), 50.8), ((1200, 300), 304.8)]
)
def test_a_photograph_is_neither_too_tall_nor_larger_than_its_dots_allow(size: tuple[int, int], widest: float) -> None:
    picture = BytesIO()
    Image.new("RGB", size).save(picture, "PNG")
    assert photographs.widest(picture.getvalue(), "F-1") == pytest.approx(widest)


def test_the_same_picture_gives_the_same_bytes() -> None:
    content = photograph(1200, 900, orientation=3)
    photographs.fit.cache_clear()
    first = photographs.fit(content, 500, "x")
    photographs.fit.cache_clear()
    assert photographs.fit(content, 500, "x") == first


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", photograph(300, 200)[:900]])
def test_a_broken_picture_is_named(content: bytes) -> None:
    with pytest.raises(PemdocsError) as raised:
        photographs.fit(content, 100, "photo:a")
    assert (raised.value.code, raised.value.facts) == ("picture-unreadable", {"picture": "photo:a"})
