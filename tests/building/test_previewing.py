"""A layout is seen with the worst data that it can meet, and a kind that is shipped can be copied to start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import project, write
from reading_docx import read_docx_text

import pemdocs
from pemdocs import PemdocsError
from pemdocs.building.samples import HOSTILE, LONGEST, SAMPLES, SHORTEST, WORD, dataset
from pemdocs.cli import main
from pemdocs.page.view import View
from pemdocs.project import kinds, programme
from pemdocs.writing import make

CHARTER = "partnership-charter"
PROGRAMME = programme.load("pem-wecco")


@pytest.mark.parametrize("kind", kinds.available())
def test_every_kind_can_be_laid_out_with_the_worst_data(kind: str) -> None:
    loaded = kinds.load(kind)
    version = loaded.versions(("nl",))
    for sort in SAMPLES:
        case = dataset(loaded, PROGRAMME, sort, version).table(loaded.table)[0]
        assert kinds.lacking(loaded, case) == ()
        page = make.laid_out(View(loaded, case, version))
        assert not isinstance(page, PemdocsError), (sort, page)


def test_a_preview_shows_what_is_long_what_is_short_what_is_not_there_and_what_is_hostile(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    outcomes = pemdocs.preview(CHARTER, folder, languages=["fr", "fr+nl"], formats=["docx"])
    assert {outcome.fault for outcome in outcomes} == {None}
    names = {f"{CHARTER}/{sort}.{version}.docx" for sort in SAMPLES for version in ("fr", "fr-nl")}
    assert {outcome.path for outcome in outcomes} == names
    said = {sort: read_docx_text((folder / f"out/preview/{CHARTER}/{sort}.fr.docx").read_bytes()) for sort in SAMPLES}
    assert WORD in said[LONGEST]
    assert len(said[LONGEST]) > len(said[SHORTEST]) > 800
    assert "{{ x }}" in said[HOSTILE]
    assert not (folder / "out/manifest.json").exists()


def test_a_preview_needs_no_workbook_and_may_show_a_case_of_one(tmp_path: Path) -> None:
    [outcome] = pemdocs.preview(CHARTER, tmp_path, cases=[SHORTEST])
    assert (tmp_path / "out/preview" / outcome.path).read_bytes().startswith(b"%PDF")
    folder = write(tmp_path / "cohort", project())
    [outcome] = pemdocs.preview(CHARTER, folder, cases=["P-08"], formats=["docx"])
    assert outcome.path == f"{CHARTER}/P-08.fr.docx"
    with pytest.raises(PemdocsError) as caught:
        pemdocs.preview(CHARTER, folder, cases=["P-99"])
    assert caught.value.code == "unknown-case"


def test_a_kind_is_copied_and_then_changed(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    result = CliRunner().invoke(main, ["new", "--template", CHARTER, str(folder), "--speech", "en"])
    assert result.exit_code == 0
    page = folder / "templates" / CHARTER / "page.html"
    assert page.read_text("utf-8") == kinds.load(CHARTER).source("page.html").read_text("utf-8")
    page.write_text(
        page.read_text("utf-8").replace("</body>", '<p class="smal">{{ joind(case.idd) }}</p></body>'), "utf-8"
    )
    result = CliRunner().invoke(main, ["preview", CHARTER, str(folder), "--case", "shortest", "--speech", "en"])
    assert result.exit_code == 1
    assert f"templates/{CHARTER}/page.html" in result.stdout
    assert "joined" in result.stdout
    again = CliRunner().invoke(main, ["new", "--template", CHARTER, str(folder), "--speech", "en"])
    assert again.exit_code == 2
    assert "smal" in page.read_text("utf-8"), "what is there stays"
