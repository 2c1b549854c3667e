"""The figures of a publication as files of their own: drawn, in dots, as data that say what is printed."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image
from projects import publication, write

import pemdocs
from pemdocs.building.outcome import MADE
from pemdocs.model import Tabled, Text
from pemdocs.project.manifest import Manifest
from pemdocs.writing import figures


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = publication()
    data["results"][3]["value"], data["results"][4]["value"] = 3, 44  # three women: fewer than may be told
    project = write(tmp_path_factory.mktemp("figures") / "p", data)
    built = pemdocs.build(project, kinds="final-report", languages=["fr", "en"], formats="figures")
    assert {each.state for each in built.outcomes} == {MADE}
    return project


def files(folder: Path, language: str) -> dict[str, bytes]:
    path = f"final-report/REP-1/final-report-REP-1.{language}.figures.zip"
    entry = Manifest.read(folder / "out").entries[path]
    assert entry.format == "figures"
    with ZipFile(folder / "out" / path) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def test_each_figure_is_there_drawn_in_dots_and_as_data_under_one_name(folder: Path) -> None:
    found = files(folder, "fr")
    names = {Path(each).stem for each in found if each.endswith(".svg")}
    assert {"funnel-REP-1", "targets-REP-1"} <= names
    assert set(found) == {
        "figures/figures.txt", *(f"figures/{name}.{form}" for name in names for form in ("svg", "png", "csv"))
    }  # fmt: skip
    for name in names:
        drawn = etree.fromstring(found[f"figures/{name}.svg"])
        assert drawn.findtext("{*}title")
        assert drawn.findtext("{*}desc")
        with Image.open(BytesIO(found[f"figures/{name}.png"])) as image:
            assert image.width == figures.DOTS
    assert set(files(folder, "en")) == set(found)


def test_the_data_are_those_that_are_printed_and_excel_opens_them(folder: Path) -> None:
    for language, mark, head in (("fr", ";", "Indicateur"), ("en", ",", "Indicator")):
        words = files(folder, language)["figures/targets-REP-1.csv"]
        assert words.startswith(b"\xef\xbb\xbf")
        lines = [*csv.reader(StringIO(words.decode("utf-8-sig")), delimiter=mark)]
        assert lines[0][0] == head
        assert any("29" in line and "60" in line for line in lines)
        assert {len(line) for line in lines} == {len(lines[0])}


def test_what_is_not_published_is_in_no_file(folder: Path) -> None:
    found = files(folder, "fr")
    data = [words.decode("utf-8-sig") for name, words in found.items() if name.endswith(".csv")]
    cells = [cell for words in data for line in csv.reader(StringIO(words), delimiter=";") for cell in line]
    assert "47" in cells
    assert not {"3", "44"} & set(cells)
    assert all(">44<" not in words.decode() for name, words in found.items() if name.endswith(".svg"))


def test_a_cell_that_excel_would_reckon_is_shown() -> None:
    words = (("fr", "=1+1"),)
    table = Tabled("a", Text(()), (Text((("fr", "Nom"),)),), ((Text(words), ()),))
    assert figures._data(table, ("fr",)).decode("utf-8-sig").splitlines() == ["Nom", "'=1+1"]


def test_a_document_without_figures_is_left_out_and_nothing_is_wrong(tmp_path: Path) -> None:
    project = write(tmp_path / "p", publication())
    built = pemdocs.build(project, kinds="learning-note", cases="N-2", languages="fr", formats="figures")
    assert built.outcomes == ()
    assert [(each.case, each.code, each.wrong) for each in built.skipped] == [("N-2", "nothing-to-draw", False)]
