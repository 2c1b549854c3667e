"""What a note can be made as beside Word and PDF: offered on the page, made by one button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, barriers, browser, until, visitor
from projects import publication, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("also") / "p", publication(), lang="en", kinds=["learning-note"])


@pytest.fixture(scope="module")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "home", lambda: tmp_path_factory.getbasetemp())
        served = Site(folder)
        served.enter()
        yield served
        served.end()


def test_a_note_is_made_a_web_page_by_one_button(site: Site, folder: Path) -> None:
    made = folder / "out" / "learning-note" / "N-1" / "learning-note-N-1.fr.html"
    site.settle()
    with browser() as opened:
        page = visitor(opened, site)
        page.goto(f"{site.base}/documents")
        page.wait_for_selector(".also")
        assert barriers(page) == []
        page.locator('button[value="learning-note|N-1|html"]').click()
        until(made.is_file)
        until(lambda: not page.goto(f"{site.base}/documents") or page.locator(f"a[href*='{made.name}']").count())
        assert page.locator('button[value="learning-note|N-1|html"]').count() == 0
        assert page.complaints == []  # type: ignore[attr-defined]
