"""The web page of a publication: one file that asks nobody anything, for every reader, in each of its languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browsing import barriers, browser
from lxml import html
from playwright.sync_api import Browser
from projects import publication, write
from reading_html import fetched

import pemdocs
from pemdocs.building.outcome import CURRENT, FAILED, MADE
from pemdocs.model import PemdocsError
from pemdocs.project import published
from pemdocs.project.manifest import Manifest
from pemdocs.writing.html import shades

VERSIONS = ("fr", "nl", "fr+nl")
PAGES = ("learning-note/N-1/learning-note-N-1", "final-report/REP-1/final-report-REP-1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = write(tmp_path_factory.mktemp("html") / "p", publication())
    built = pemdocs.build(project, kinds=["learning-note", "final-report"], languages=VERSIONS, formats="html")
    assert {each.state for each in built.outcomes} == {MADE}
    return project


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def page(folder: Path, name: str, version: str) -> Path:
    return folder / "out" / f"{name}.{version.replace('+', '-')}.html"


def test_nothing_stands_in_the_way_of_anybody(folder: Path, chromium: Browser) -> None:
    """Light, dark and narrow: axe finds nothing, nothing is wider than the window, and no figure than its place."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in PAGES:
        for version, wide, light in zip(VERSIONS, (1280, 1280, 320), ("light", "dark", "light"), strict=True):
            context = chromium.new_context(viewport={"width": wide, "height": 800}, color_scheme=light)  # type: ignore[arg-type]
            opened = context.new_page()
            complaints: list[str] = []
            opened.on("console", lambda said, told=complaints: told.append(said.text))
            opened.goto(page(folder, name, version).as_uri())
            width: int = opened.evaluate("document.documentElement.scrollWidth")
            found[name, version] = [*([f"{width} wide"] if width > wide else []), *complaints]
            moved: int = opened.evaluate(
                "[...document.querySelectorAll('.drawing')].filter(each => each.scrollWidth > each.clientWidth).length"
            )
            found[name, version] += [f"{moved} figures to be moved"] if moved else []
            found[name, version] += barriers(opened)  # what axe itself complains of comes later
            context.close()
    assert {place: each for place, each in found.items() if each} == {}


def test_it_fetches_nothing_and_runs_nothing(folder: Path) -> None:
    for name in PAGES:
        content = page(folder, name, "fr").read_bytes()
        assert fetched(content) == []
        assert b"<script" not in content
        assert b"default-src 'none'" in content


def test_it_names_its_languages_its_author_and_its_parts(folder: Path) -> None:
    root = html.document_fromstring(page(folder, PAGES[0], "fr+nl").read_text("utf-8"))
    told = {each.get("name"): each.get("content") for each in root.iter("meta")}
    assert (root.get("lang"), root.findtext("head/title")) == ("fr", "Bien choisir")
    assert told["description"] == "Deux jurys"
    assert told["author"]
    assert "nl" in {each.get("lang") for each in root.iter()}
    assert [each.tag for each in root.find("body")] == ["a", "header", "main", "footer"]
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_its_version_is_in_its_imprint_and_in_the_accounts(folder: Path) -> None:
    entry = Manifest.read(folder / "out").entries[f"{PAGES[0]}.fr.html"]
    root = html.document_fromstring(page(folder, PAGES[0], "fr").read_text("utf-8"))
    assert [entry.version] == root.xpath("//*[@class='version-code']/text()")
    assert entry.version in published.read(folder)


def test_a_figure_comes_with_its_data(folder: Path) -> None:
    root = html.document_fromstring(page(folder, PAGES[1], "fr").read_text("utf-8"))
    tables = root.xpath("//figure[.//*[local-name()='svg']]//details[@class='data']//table")
    assert any("47" in each.text_content() for each in tables)
    assert all(each.xpath(".//th[@scope='row']") for each in tables)


def test_names_of_drawings_are_given_once(folder: Path) -> None:
    names = re.findall(r'\sid="([^"]+)"', page(folder, PAGES[1], "fr+nl").read_text("utf-8"))
    assert len(names) == len(set(names))


def test_what_was_made_before_is_held_current_without_being_asked_for(folder: Path) -> None:
    path = f"{PAGES[0]}.fr.html"
    assert path in Manifest.read(folder / "out").entries
    documents = pemdocs.status(folder, kinds=["learning-note"], languages="fr").documents
    found = {each.path: each.state for each in documents}
    assert found[path] == CURRENT
    assert set(found) >= {path, path.replace(".html", ".pdf")}


def test_a_note_for_paper_alone_is_not_put_on_the_web(tmp_path: Path) -> None:
    data = publication()
    data["notes"][0]["medium"] = "print"
    project = write(tmp_path / "p", data)
    built = pemdocs.build(project, kinds="learning-note", cases="N-1", languages="fr", formats="html")
    assert [(each.state, getattr(each.fault, "code", "")) for each in built.outcomes] == [
        (FAILED, "publication-not-for-web")
    ]


def test_a_kind_that_has_no_web_page_says_so(folder: Path) -> None:
    with pytest.raises(PemdocsError) as fault:
        pemdocs.build(folder, kinds="partnership-charter", formats="html")
    assert fault.value.code == "format-of-no-kind"


@pytest.mark.parametrize("colour", ["#1b2330", "#5a6572", "#0b4f6c", "#c77700", "#0b6e4f", "#4a4e9e"])
def test_what_can_be_read_on_paper_can_be_read_in_the_dark(colour: str) -> None:
    """Contrast of 4.5 for words on the ground of the page (WCAG 2.2, 1.4.3), 3 for what is 3 on paper."""
    least = 4.5 if contrast(colour, "#ffffff") >= 4.5 else 3
    assert contrast(shades.dark(colour), shades.dark("#ffffff")) >= least


def contrast(one: str, other: str) -> float:
    lights = sorted((sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), _light(each), strict=True))
                     for each in (one, other)), reverse=True)  # fmt: skip
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour: str) -> list[float]:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
