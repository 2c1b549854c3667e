"""The pages in a real browser: what people do there, and what nobody else may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, barriers, browser, visitor
from cohorts import workbook
from playwright.sync_api import Browser, Page
from projects import journey


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort of two pairs as an Excel workbook; a second sheet row has a wrong number."""
    data = journey() | {"signatures": []}
    data["charters"][0]["date"] = None
    folder = workbook(tmp_path_factory.mktemp("page") / "cohort", data)
    (folder / "pemdocs.toml").write_text(
        'workbook = "cohort.xlsx"\nlang = "en"\nlanguages = ["fr"]\nkinds = ["partnership-charter", "visa-pack"]\n',
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "home", lambda: tmp_path_factory.getbasetemp())
        served = Site(project)
        served.enter()
        yield served
        served.end()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    opened = visitor(chromium, site)
    yield opened
    assert opened.complaints == []  # type: ignore[attr-defined]
    opened.context.close()


CASES = [
    ("/", 1200, "light"), ("/", 320, "dark"),
    ("/check", 1200, "dark"), ("/check?severity=note&by=sheet", 320, "light"),
    ("/documents", 1200, "light"), ("/documents", 320, "dark"),
    ("/dossiers", 1200, "dark"), ("/dossiers", 320, "light"),
    ("/?open=1", 1200, "light"), ("/?open=1", 320, "dark"), ("/folders", 800, "light"),
    ("/look?kind=partnership-charter&case=P-07&version=fr", 800, "dark"),
    ("/look?kind=visa-invitation&case=S-07&version=fr", 320, "light"), ("/nowhere", 320, "dark"),
]  # fmt: skip


def test_nothing_stands_in_the_way_of_anybody(chromium: Browser, site: Site) -> None:
    """Every page, wide and narrow, light and dark: axe finds nothing, and nothing is wider than the window."""
    page = visitor(chromium, site)
    page.goto(f"{site.base}/documents")
    page.wait_for_selector(".sheaf")
    page.context.close()
    found = {}
    for path, width, scheme in CASES:
        page = visitor(chromium, site, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.goto(site.base + path)
        found[path, width, scheme] = barriers(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[path, width, scheme].append("too wide")
        page.context.close()
    assert {case: each for case, each in found.items() if each} == {}


def test_the_pages_speak_three_languages(page: Page, site: Site) -> None:
    for code, title in (("fr", "Trois étapes"), ("nl", "Drie stappen"), ("en", "Three steps")):
        page.goto(site.base)
        page.locator(f".languages button[value={code}]").click()
        page.wait_for_selector(f"html[lang={code}]")
        assert page.locator("h1").inner_text() == title
