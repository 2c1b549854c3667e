"""Figures of publications say everything they are given, at any size, on paper without colour, the same each time."""

from __future__ import annotations

import base64
import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import charted
import matplotlib
import pages
import pypdfium2
import pytest
import resvg_py
from charted import ALL, speech
from fontTools.ttLib import TTFont
from lxml import etree
from pictures import SVG, XML, plainly_drawn, size, words
from PIL import Image, ImageChops, ImageFilter, ImageStat
from weasyprint import HTML

from pemdocs.pictures import charts
from pemdocs.pictures.charts import Chart, palette
from pemdocs.pictures.charts.canvas import Area, Rules, hatching, render
from pemdocs.pictures.charts.chart import words_of
from pemdocs.words import language

FONTS = "/usr/share/fonts/truetype/crosextra/Carlito-{}.ttf"
TONGUES = [("nl",), ("fr", "en"), ("fr", "nl")]
WIDTHS = [170.0, 80.0]
LONG = "Renforcement des capacités de transformation, de conditionnement et d’exportation " * 3
Box = tuple[float, float, float, float]

each_chart = pytest.mark.parametrize("name", list(ALL))
each_width = pytest.mark.parametrize("width", WIDTHS)


@lru_cache(maxsize=64)
def drawn(name: str, tongues: tuple[str, ...] = ("fr",), width: float = 170.0) -> Chart:
    return ALL[name](tongues, width)


@lru_cache(maxsize=2)
def font(bold: bool) -> tuple[dict[int, str], dict[str, tuple[int, int]]]:
    file = TTFont(FONTS.format("Bold" if bold else "Regular"))
    return file.getBestCmap(), dict(file["hmtx"].metrics)


def boxes(svg: bytes) -> Iterator[tuple[str, Box, str]]:
    """Each text with its box as the house font draws it, and its colour."""
    for text in etree.fromstring(svg).iter(SVG + "text"):
        letters, widths = font("font-weight" in text.attrib)
        said, points = text.text or "", float(text.get("font-size", ""))
        wide = sum(widths[letters.get(ord(letter), "space")][0] for letter in said) / 2048 * points
        x, y = float(text.get("x", "")), float(text.get("y", ""))
        x -= {"end": wide, "middle": wide / 2}.get(text.get("text-anchor", ""), 0)
        yield said, (x, y - points * 0.68, x + wide, y + points * 0.12), text.get("fill", "")


def areas(svg: bytes) -> Iterator[tuple[str, Box]]:
    """Each filled shape with its box."""
    for path in etree.fromstring(svg).iter(SVG + "path"):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", path.get("d", ""))]
        if path.get("fill") != "none":
            yield path.get("fill", ""), (min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]))


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def well_set(chart: Chart) -> None:
    """No label meets another, none runs off the picture, none lies on a dark bar unless it is white."""
    scale = 72 / 25.4
    root = etree.fromstring(chart.svg)
    _, _, wide, high = (float(each) for each in root.get("viewBox", "").split())
    texts = list(boxes(chart.svg))
    for (said, one, _), (other_said, other, _) in combinations(texts, 2):
        assert not meet(one, other), (said, other_said)
    for said, (left, top, right, bottom), _ in texts:
        assert left >= -0.5, said
        assert right <= wide + 0.5, said
        assert top >= -0.5, said
        assert bottom <= high + 0.5, said
    fills = {pages.HOUSE.colour["accent"], pages.HOUSE.colour["ink"]}
    dark = [area for fill, area in areas(chart.svg) if fill in fills]
    for said, box, colour in texts:
        if colour != palette.PAPER:
            assert not any(meet(box, area) for area in dark), said
    assert size(chart.svg)[1] <= 225.1
    assert scale > 0


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@each_chart
@each_width
@pytest.mark.parametrize("tongues", TONGUES, ids="+".join)
def test_every_label_is_set_whole_and_apart(name: str, width: float, tongues: tuple[str, ...]) -> None:
    chart = drawn(name, tongues, width)
    well_set(chart)
    assert size(chart.svg)[0] == pytest.approx(width, abs=0.01)
    said = plain(" ".join(words(chart.svg)))
    squeezed = said.replace(" ", "")
    for row in chart.rows:
        for _, part in row.label:
            bare = re.sub(r" \((Sénégal|Senegal|Belgique|Belgium|België)\)$", "", part)
            assert plain(bare).replace(" ", "") in squeezed


@each_chart
@pytest.mark.parametrize("tongues", TONGUES, ids="+".join)
def test_the_text_says_every_number_that_the_picture_shows(name: str, tongues: tuple[str, ...]) -> None:
    chart = drawn(name, tongues)
    assert [each for each, _ in chart.alt] == list(tongues)
    for each, alt in chart.alt:
        for row in chart.rows:
            assert words_of(row.label, each) in alt
            values = (words_of(value, each) for value in row.values)
            assert all(plain(value).lower() in plain(alt).lower() for value in values if value != "–")
    axis = {"targets": r"\d+%", "milestones": r"20\d\d", "maps": "100km", "dots": "15"}.get(name, "$^")
    spoken = plain(" ".join(alt for _, alt in chart.alt))
    for number in re.findall(r"\d[\d.,]*", plain(" ".join(words(chart.svg)))):
        marks = any(re.fullmatch(axis, plain(said).replace(" ", "")) and number in said for said in words(chart.svg))
        assert number.rstrip(".,") in spoken or marks


@each_chart
def test_words_carry_their_language_and_are_text(name: str) -> None:
    chart = drawn(name, ("fr", "nl"))
    tongues = {text.get(XML + "lang") for text in etree.fromstring(chart.svg).iter(SVG + "text")}
    assert {"fr", "nl"} <= tongues <= {"fr", "nl", None}
    assert all("Carlito" in text.get("font-family", "") for text in etree.fromstring(chart.svg).iter(SVG + "text"))


@each_chart
@each_width
def test_only_what_every_reader_draws_alike_is_used(name: str, width: float) -> None:
    assert plainly_drawn(drawn(name, ("fr", "nl"), width).svg)


@each_chart
def test_both_renderers_draw_the_same(name: str) -> None:
    svg = drawn(name).svg
    wide, high = size(svg)
    first = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), dpi=96, width=round(wide * 6)))))
    ground = Image.new("RGB", first.size, "white")
    ground.paste(first, mask=first.getchannel("A"))
    style = f"@page {{ size: {wide}mm {high}mm; margin: 0 }} body {{ margin: 0 }} img {{ display: block }}"
    source = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    page = HTML(string=f'<style>{style}</style><body><img src="{source}" style="width:{wide}mm">')
    with pypdfium2.PdfDocument(page.write_pdf()) as file:
        second = file[0].render(scale=6 * 25.4 / 72).to_pil().convert("RGB").resize(ground.size)
    blur = ImageFilter.GaussianBlur(3)
    difference = ImageChops.difference(ground.filter(blur), second.filter(blur)).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 4
    assert difference.getextrema()[1] < 80


@each_chart
def test_the_same_figures_give_the_same_picture(name: str) -> None:
    assert ALL[name](("fr", "nl"), 170.0) == ALL[name](("fr", "nl"), 170.0)


def test_no_setting_of_the_machine_changes_a_figure_and_no_figure_changes_a_setting(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("svg.fonttype: path\nlines.dashed_pattern: 9, 9\npath.sketch: 5, 99, 2\n")
    code = "import sys, charted; sys.stdout.buffer.write(b''.join(make().svg for make in charted.ALL.values()))"
    root = Path(__file__).parents[2]
    places = [str(root / "tests" / "builders"), str(root)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    env["MPLCONFIGDIR"] = str(tmp_path)
    other = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=True)
    before, level = dict(matplotlib.rcParams), logging.getLogger("matplotlib").level
    assert other.stdout == b"".join(drawn(name).svg for name in ALL)
    assert other.stderr == b""
    charted.funnel()
    assert dict(matplotlib.rcParams) == before
    assert logging.getLogger("matplotlib").level == level


def test_only_who_draws_a_figure_waits_for_the_library() -> None:
    rooms = "pemdocs.cli, pemdocs.page.figures, pemdocs.pictures.charts"
    code = f"import sys, {rooms}; sys.exit('matplotlib' in sys.modules)"
    root = str(Path(__file__).parents[2])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": root})


def grey(colour: tuple[float, float, float]) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def deuteranopic(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision deficiency, 2009."""
    matrix = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881))
    red, green, blue = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return red, green, blue


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return red, green, blue


def test_parts_are_told_apart_in_grey_and_by_the_colour_blind() -> None:
    looks = [list(palette.part(place, 0, 0, 20, 10, pages.HOUSE)) for place in range(3)]
    grounds = [linear(shapes[0].fill) for shapes in looks if isinstance(shapes[0], Area)]
    for one, other in combinations(grounds, 2):
        for seen in (grey, lambda colour: grey(deuteranopic(colour))):
            light, dark = sorted((seen(one), seen(other)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) > 1.25
    assert [any(isinstance(shape, Rules) for shape in shapes) for shapes in looks] == [False, True, False]


def test_marks_of_a_time_line_have_their_own_forms() -> None:
    forms = set()
    for kind in ("plan", "phase", "event", "decision", "delay"):
        item = charts.Milestone((("fr", "x"),), date(2024, 1, 1), date(2024, 9, 1), kind)  # type: ignore[arg-type]
        svg = charts.milestones([item], speech=speech(), theme=pages.HOUSE).svg.decode()
        forms.add(re.sub(r"#[0-9a-f]{6}|>[^<]*<", "", svg))
    assert len(forms) == 5


def test_a_phase_that_goes_on_is_drawn_as_planned_from_today_on() -> None:
    item = charts.Milestone((("fr", "x"),), date(2024, 1, 1), date(2024, 12, 31), "phase")
    other = charts.Milestone((("fr", "y"),), date(2024, 1, 1), date(2024, 3, 31), "phase")
    told = {"speech": speech(), "theme": pages.HOUSE}
    going = charts.milestones([item, other], **told, today=date(2024, 6, 30)).svg.decode()
    assert "Phase prévue" in re.sub(r"\s+", " ", going)
    assert "Phase prévue" not in charts.milestones([other, other], **told, today=date(2024, 6, 30)).svg.decode()
    assert "Phase prévue" not in charts.milestones([item, other], **told, today=date(2024, 12, 31)).svg.decode()


def test_hatching_stays_inside_its_shape() -> None:
    lines = hatching(10, 20, 40, 30, "#000000")
    assert len(lines.ends) > 5
    assert all(10 <= x <= 40.001 and 20 <= y <= 30.001 for ends in lines.ends for x, y in ends)


@each_width
@pytest.mark.parametrize("tongues", [("fr",), ("fr", "nl")], ids="+".join)
def test_nothing_to_show_is_said(width: float, tongues: tuple[str, ...]) -> None:
    look = {"speech": speech(tongues), "theme": pages.HOUSE, "width_mm": width}
    empty = (
        charts.targets((), **look), charts.funnel((), **look), charts.breakdown((), **look),
        charts.regions((), **look), charts.scores((), (), **look), charts.milestones((), **look),
        charts.by_sex((), (), **look),
    )  # fmt: skip
    for chart in empty:
        assert chart.rows == ()
        well_set(chart)
        for each, alt in chart.alt:
            assert language.house_words(each)["charts"]["empty"] in alt


def bars(count: int, text: str, value: Decimal | None) -> list[charts.Bar]:
    return [charts.Bar((("fr", f"{text} {place}"), ("nl", f"{text} {place} nl")), value) for place in range(count)]


@each_width
@pytest.mark.parametrize(
    ("count", "text"), [(1, "x"), (1, LONG), (40, "x"), (9, LONG), (2, "Donaudampfschifffahrt" * 6)]
)
@pytest.mark.parametrize("value", [Decimal(0), None, Decimal("1234567890123456.25"), Decimal(-7)])
def test_bars_of_any_number_size_and_length(width: float, count: int, text: str, value: Decimal | None) -> None:
    tongues = ("fr", "nl")
    chart = charts.breakdown(bars(count, text, value), speech=speech(tongues), theme=pages.HOUSE, width_mm=width)
    well_set(chart)
    assert len(chart.rows) == count
    well_set(
        charts.regions(
            [charts.Group((("fr", text), ("nl", text)), tuple(bars(count, text, value)))],
            speech=speech(tongues),
            theme=pages.HOUSE,
            width_mm=width,
        )
    )


@each_width
@pytest.mark.parametrize("value", [Decimal(0), None, Decimal(3), Decimal("123456789012.5"), Decimal(-40)])
@pytest.mark.parametrize("text", ["x", LONG])
def test_targets_and_steps_of_any_size(width: float, value: Decimal | None, text: str) -> None:
    tongues, label = ("fr", "nl"), (("fr", text), ("nl", text + "nl"))
    look = {"speech": speech(tongues), "theme": pages.HOUSE, "width_mm": width}
    kinds = [
        charts.Target(label, target, value, interim, baseline, (("fr", "personnes"), ("nl", "personen")))
        for target in (Decimal(10), Decimal(0), None)
        for interim in (value, None)
        for baseline in (Decimal(10), Decimal(90), None)
    ]
    well_set(charts.targets(kinds, **look))
    steps = [charts.Step(label, each) for each in (value, Decimal(1), None, value)]
    well_set(charts.funnel(steps, **look))
    split = [charts.Split(label, (value if value is None else abs(value), Decimal(7))) for _ in range(3)]
    well_set(charts.by_sex(split, [(("fr", "Femmes"), ("nl", "Vrouwen")), (("fr", text), ("nl", text))], **look))


@each_width
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2024, 1, 1), date(2024, 2, 3)),
        (date(2023, 11, 1), date(2025, 1, 9)),
        (date(1990, 1, 1), date(2060, 12, 31)),
        (date(1, 1, 1), date(9999, 12, 31)),
    ],
)
@pytest.mark.parametrize("count", [1, 40])
def test_time_lines_of_any_length(width: float, start: date, end: date, count: int) -> None:
    kinds = ("phase", "event", "decision", "delay")
    items = [
        charts.Milestone((("fr", f"{LONG if place % 7 == 0 else 'Jalon'} {place}"),), start, end, kinds[place % 4])  # type: ignore[arg-type]
        for place in range(count)
    ]
    late = charts.Milestone((("fr", "fin avant début"),), end, start, "event")
    chart = charts.milestones([*items, late], speech=speech(), theme=pages.HOUSE, today=start, width_mm=width)
    well_set(chart)
    assert len(chart.rows) == count + 1


@each_width
def test_scores_outside_the_scale_and_scales_of_any_length(width: float) -> None:
    grades = [charts.Grade(code, (("fr", LONG),)) for code in "ABCDEFGH"]
    ratings = [charts.Rating((("fr", text),), score) for text in ("Impact", LONG) for score in ("A", "Z", None)]
    for scale in (grades, grades[:1], []):
        chart = charts.scores(ratings, scale, speech=speech(), theme=pages.HOUSE, width_mm=width)
        well_set(chart)
        assert "Z" in words(chart.svg)


def split(*values: int | None, total: int | None = None, withheld: bool = False) -> Chart:
    row = charts.Split((("fr", "Groupe"),), tuple(map(charted.number, values)), charted.number(total), withheld)
    return charts.by_sex([row], [(("fr", "F"),), (("fr", "H"),)], speech=speech(), theme=pages.HOUSE)


@pytest.mark.parametrize(
    ("values", "total", "hidden"),
    [
        ((5, 20), None, False),
        ((0, 20), None, False),
        ((4, 20), None, True),
        ((20, 1), None, True),
        ((20, None), 23, True),
        ((20, None), 47, False),
        ((None, None), 47, False),
        ((1, 2), None, True),
    ],
)
def test_few_people_are_not_shown_nor_to_be_reckoned(
    values: tuple[int | None, ...], total: int | None, hidden: bool
) -> None:
    chart = split(*values, total=total)
    said = plain(" ".join(words(chart.svg)))
    assert ("moins de 5 personnes" in said) == ("moins de 5 personnes" in plain(chart.alt[0][1])) == hidden
    if hidden:
        shown = [number for label in chart.rows[0].values for number in re.findall(r"\d+", label[0][1])]
        whole = total or sum(each or 0 for each in values)
        assert shown == ([str(whole)] if whole >= 5 else [])
        assert not any(fill == pages.HOUSE.colour["accent"] for fill, box in areas(chart.svg) if box[2] - box[0] > 15)


def test_what_the_data_keeps_back_is_named_and_drawn_nowhere() -> None:
    assert "non publié" in split(20, 27, withheld=True).rows[0].values[0][0][1]
    bar = charts.Bar((("fr", "x"),), Decimal(3), withheld=True)
    chart = charts.breakdown([bar, charts.Bar((("fr", "y"),), Decimal(9))], speech=speech(), theme=pages.HOUSE)
    assert "3" not in chart.alt[0][1] + "".join(words(chart.svg))
    assert "non publié" in words(chart.svg)
    target = charts.Target((("fr", "x"),), Decimal(60), None, withheld=("final",))
    assert charts.targets([target], speech=speech(), theme=pages.HOUSE).rows[0].values[0] == (("fr", "non publié"),)


def test_shares_are_of_the_first_step_and_of_the_step_before() -> None:
    shares = [[plain(words_of(value, "en")) for value in row.values] for row in drawn("funnel", ("en",)).rows]
    assert shares == [["414", "", ""], ["50", "12%", "12%"], ["47", "11%", "94%"], ["29", "7%", "62%"]]


def test_a_little_is_not_said_to_be_nothing() -> None:
    steps = [charts.Step((("en", "a"),), Decimal(100000)), charts.Step((("en", "b"),), Decimal(1))]
    chart = charts.funnel(steps, speech=speech(("en",)), theme=pages.HOUSE)
    assert chart.rows[1].values[1] == (("en", "under 1%"),)


@pytest.mark.parametrize(
    ("target", "final", "baseline", "share"),
    [(60, 29, None, "48"), (10, 30, 50, "50"), (50, 60, 40, "200"), (0, 3, None, "–"), (5, 5, 5, "–")],
)
def test_what_is_reached_is_counted_from_the_baseline(
    target: int, final: int, baseline: int | None, share: str
) -> None:
    item = charts.Target((("fr", "x"),), Decimal(target), Decimal(final), None, charted.number(baseline))
    reached = charts.targets([item], speech=speech(), theme=pages.HOUSE).rows[0].values[-1][0][1]
    assert reached.removesuffix("\u00a0%") == share


def test_bars_stand_in_order_and_what_is_not_known_last() -> None:
    values = [Decimal(2), None, Decimal(9), Decimal(0)]
    chart = charts.breakdown(
        [charts.Bar((("fr", f"b{place}"),), value) for place, value in enumerate(values)],
        speech=speech(),
        theme=pages.HOUSE,
    )
    assert [row.label[0][1] for row in chart.rows] == ["b2", "b0", "b3", "b1"]


def test_signs_that_no_file_may_hold_are_left_out_and_any_script_is_drawn() -> None:
    label = (("fr", "a\x0b\x00b $x^2$ <&> 中文 عربي"),)
    chart = charts.breakdown([charts.Bar(label, Decimal(1))], speech=speech(), theme=pages.HOUSE)
    assert "ab $x^2$ <&> 中文 عربي" in " ".join(words(chart.svg))


def test_an_empty_canvas_is_a_picture() -> None:
    assert size(render(100, 50, [Rules((), "#000000")]))[0] == pytest.approx(100 / 72 * 25.4, abs=0.01)


def title(chart: Chart) -> str:
    return plain(dict(chart.title).get("fr", ""))


def of(*values: int | None, total: int | None = None, withheld: int = -1) -> Chart:
    bars = [
        charts.Bar((("fr", f"b{place}"),), charted.number(value), place == withheld)
        for place, value in enumerate(values)
    ]
    measure = charts.Measure(total=charted.number(total))
    return charts.breakdown(bars, speech=speech(), theme=pages.HOUSE, measure=measure)


def test_a_title_says_what_the_numbers_say_and_no_more() -> None:
    titles = {
        "b1 : 9, devant b0 (2)": of(2, 9),
        "b1 : 82 %, devant b0 (18 %)": of(2, 9, total=11),
        "b0 et b1 à égalité : 4": of(4, 4),
        "b0 : 4": of(4, None),
        "b1 : 3": of(9, 3, withheld=0),
        "": of(0, None),
    }
    for said, chart in titles.items():
        assert title(chart) == said
    late = charts.Target((("fr", "x"),), Decimal(60), None, Decimal(29))
    assert title(charts.targets([late], speech=speech(), theme=pages.HOUSE)) == "x : 29 sur 60, soit 48 %"
    assert title(split(3, 20)) == ""
    assert title(split(5, 15)) == "Groupe : F 25 %"


def test_steps_in_another_unit_are_compared_with_none() -> None:
    def unit(words: str) -> charts.Label:
        return (("fr", words),)

    steps = [
        charts.Step(unit("a"), Decimal(50), unit=unit("entreprises")),
        charts.Step(unit("b"), Decimal(10), unit=unit("entreprises")),
        charts.Step(unit("c"), Decimal(30), unit=unit("accords")),
    ]
    chart = charts.funnel(steps, speech=speech(), theme=pages.HOUSE)
    assert [plain(row.values[1][0][1]) if row.values[1] else "" for row in chart.rows] == ["", "20 %", ""]
    assert title(chart) == "b : 10 sur 50, soit 20 %"
    assert sum(fill == pages.HOUSE.colour["accent"] for fill, _ in areas(chart.svg)) == 2


def test_bars_that_are_parts_stand_on_one_scale_in_every_figure() -> None:
    def share(chart: Chart) -> float:
        whole, part = (next(box for fill, box in areas(chart.svg) if fill == colour) for colour in
                       (palette.pale(pages.HOUSE), pages.HOUSE.colour["accent"]))  # fmt: skip
        return (part[2] - part[0]) / (whole[2] - whole[0])

    assert share(of(62, 38, total=100)) == pytest.approx(0.62, abs=0.01)
    assert share(of(79, 21, total=100)) == pytest.approx(0.79, abs=0.01)


def test_an_indicator_without_a_result_is_named_and_not_drawn_as_nothing() -> None:
    items = [
        charts.Target((("fr", "avec"),), Decimal(10), Decimal(5)),
        charts.Target((("fr", "sans"),), Decimal(9), None),
    ]
    chart = charts.targets(items, speech=speech(), theme=pages.HOUSE)
    assert "Sans résultat publié : sans (cible : 9)." in plain(" ".join(words(chart.svg)))
    assert len([fill for fill, _ in areas(chart.svg) if fill == pages.HOUSE.colour["accent"]]) == 2  # with its sign
