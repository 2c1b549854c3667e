"""Draw the pictures of the README and of the guides from today's program: papers, workbook, page in the browser.

``make pictures`` runs it. Only what is built here is drawn, from the example project and from a new one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import projects
import pypdfium2
from browsing import Site, browser, visitor
from openpyxl import load_workbook
from PIL import Image, ImageChops, ImageOps

import pemdocs
from pemdocs import resources
from pemdocs.data import schema
from pemdocs.project import typefaces

EXAMPLE = resources.folder("examples") / "pem-wecco"
PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
HEIGHT = 870
"""Pixels of a page in a row of pages."""

WIDTH = 1500
"""Pixels of the picture of a sheet."""

PAPERS = {
    "documents": [("partnership-charter", "P-07", "fr", 0), ("accompaniment-plan", "P-07", "fr", 0),
                  ("selection-file", "P-01", "fr", 0)],
    "note": [("learning-note", "N-1", "fr", 0)],
    "report": [("final-report", "REP-1", "fr", 0), ("final-report", "REP-1", "fr", 1)],
}  # fmt: skip
"""The pages of each picture: kind, case, languages, the number of the page from 0."""

DOSSIER = ("S-08", ("01-checklist", "02-invitation", "09-history"))
COMPANY = {
    "id": "SN-014", "name": "Céréales du Cap", "trade_name": "Fonio du Cap", "country": "SN", "legal_form": "SARL",
    "created": "2019-31-02", "ninea": "001234568",
}  # fmt: skip
"""A row that somebody has typed into a new workbook: a date and a number are none."""


def main() -> None:
    """Draw all of them."""
    typefaces.offer()
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, pages in PAPERS.items():
            _save(_row([_page(_built(Path(folder), *page[:3]), page[3]) for page in pages]), name)
        _save(_row(_dossier(Path(folder))), "dossier")
        for lang in ("fr", "en", "nl"):
            _save(_workbook(Path(folder) / lang, lang), f"workbook.{lang}")
            _save(_browser(Path(folder) / f"web-{lang}", lang), f"page.{lang}")


def _built(folder: Path, kind: str, case: str, languages: str) -> Path:
    """The PDF of a case."""
    built = pemdocs.build(
        EXAMPLE, kinds=[kind], cases=[case], languages=[languages], formats=["pdf"], out=folder / kind, jobs=1
    )
    return next(built.out / each.path for each in built.outcomes if each.path.endswith(".pdf"))


def _dossier(folder: Path) -> Iterable[Image.Image]:
    case, papers = DOSSIER
    built = pemdocs.build(EXAMPLE, kinds=["visa-pack"], cases=[case], out=folder / "visa", jobs=1)
    paths = [built.out / each.path for each in built.outcomes if each.path.endswith(".pdf")]
    return [_page(next(path for path in paths if path.name.startswith(paper)), 0) for paper in papers]


def _page(path: Path, number: int) -> Image.Image:
    """One page, as high as all are, with a thin edge."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[min(number, len(pdf) - 1)]
        drawn = page.render(scale=2 * HEIGHT / page.get_height()).to_pil()
    size = round(drawn.width * HEIGHT / drawn.height), HEIGHT
    return ImageOps.expand(drawn.resize(size, Image.Resampling.LANCZOS).convert("RGB"), 1, "#c9d0d8")


def _row(pages: Iterable[Image.Image]) -> Image.Image:
    drawn: Sequence[Image.Image] = list(pages)
    whole = Image.new("RGB", (sum(page.width + 8 for page in drawn) - 8, max(page.height for page in drawn)), "white")
    left = 0
    for page in drawn:
        whole.paste(page, (left, 0))
        left += page.width + 8
    return whole


def _workbook(folder: Path, lang: str) -> Image.Image:
    """The sheet of companies of a new workbook into which somebody has typed, once it is marked."""
    path = pemdocs.new(folder, kinds=["partnership-charter"], languages=[lang], lang=lang)
    table = schema.load()["companies"]
    book = load_workbook(path)
    sheet = book[table.sheet[lang]]
    places = {str(cell.value): (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value}
    for field, value in COMPANY.items():
        row, column = places.get(table.fields[field].label[lang], (0, 0))
        if row:  # a column that charters do not need is not in this workbook
            sheet.cell(row + 2, column, value)
    book.save(path)
    listed = pemdocs.mark(path, pemdocs.check(path), lang=lang).sheet
    drawn = [_sheet(path, sheet.title, "G"), _sheet(path, listed, "D")]
    whole = Image.new("RGB", (WIDTH, sum(each.height for each in drawn) + 30), "white")
    whole.paste(drawn[0], (0, 0))
    whole.paste(drawn[1], (0, drawn[0].height + 30))
    return whole


def _browser(folder: Path, lang: str) -> Image.Image:
    """The documents of a small project as the page shows them."""
    site = Site(projects.write(folder, projects.project(), lang=lang, languages=[lang]), lang)
    site.enter()
    with browser() as opened:
        page = visitor(opened, site, viewport={"width": 1100, "height": 760})
        page.goto(f"{site.base}/documents")
        site.settle()
        page.reload()
        drawn = page.screenshot()
        page.goto("about:blank")
    site.end()
    return ImageOps.expand(Image.open(BytesIO(drawn)).convert("RGB"), 1, "#c9d0d8")


def _sheet(path: Path, title: str, last: str) -> Image.Image:
    """The upper left part of a sheet, as LibreOffice draws it."""
    book = load_workbook(path)
    for other in [each for each in book.worksheets if each.title != title]:
        book.remove(other)
    sheet = book[title]
    sheet.print_area = f"A1:{last}{sheet.max_row}"
    sheet.oddFooter.left.text = sheet.oddFooter.right.text = sheet.oddFooter.center.text = None
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.gridLines = sheet.print_options.headings = True
    with tempfile.TemporaryDirectory() as place:
        alone = Path(place) / "sheet.xlsx"
        book.save(alone)
        command = ["soffice", f"-env:UserInstallation={Path(place).as_uri()}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", place, str(alone)]
        subprocess.run(command, check=True, capture_output=True)
        with pypdfium2.PdfDocument(Path(place) / "sheet.pdf") as pdf:
            return _trimmed(pdf[0].render(scale=2.4).to_pil().convert("RGB"))


def _trimmed(drawn: Image.Image) -> Image.Image:
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    cut = drawn.crop(box)
    return cut.resize((WIDTH, round(cut.height * WIDTH / cut.width)), Image.Resampling.LANCZOS)


def _save(drawn: Image.Image, name: str) -> None:
    drawn.quantize(128).save(PICTURES / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}.png {drawn.width} x {drawn.height}\n")


if __name__ == "__main__":
    main()
