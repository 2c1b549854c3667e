"""Measure pemdocs against named peers, always as a ratio within one run: ``make bench``."""

from __future__ import annotations

import io
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import bench_templates
import cohorts
import scanned
from docx import Document
from docxtpl import DocxTemplate
from lxml import etree
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfWriter

import pemdocs
from pemdocs import resources, scans
from pemdocs.checking.examination import examine
from pemdocs.data import schema
from pemdocs.data.records import type_rows
from pemdocs.packs import binding
from pemdocs.page import layout
from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.project.settings import open_project
from pemdocs.workbook.read import read
from pemdocs.writing import pdf, word

EXAMPLE = resources.folder("examples") / "pem-wecco"
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
STAY = "S-08"
SCANNED = ("passport", "photo", "host-registration", "business-relation", "company-registration", "tax-number",
           "employment", "bank-statements", "insurance", "transport")  # fmt: skip


def best(work: Callable[[], object], times: int = 3) -> float:
    """The least seconds of several runs, after one that warms up."""
    work()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def tell(what: str, ours: float, peer: str, theirs: float) -> None:
    """One line of the result."""
    print(f"{what:<34} {theirs / ours:6.1f} × {peer:<28} ({ours * 1000:7.0f} ms against {theirs * 1000:7.0f} ms)")  # noqa: T201


def template_of(content: bytes) -> tuple[bytes, list[str]]:
    """The same Word file as a docxtpl template: each text is a placeholder, and the texts to fill in."""
    texts: list[str] = []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                tree = etree.fromstring(data)
                for node in tree.iter(TEXT):
                    texts.append(escape(node.text or ""))
                    node.text = f"{{{{ t[{len(texts) - 1}] }}}}"
                data = etree.tostring(tree)
            fresh.writestr(name, data)
    return out.getvalue(), texts


def peer_word(template: bytes, texts: list[str]) -> None:
    """Render with docxtpl the way its manual shows."""
    document = DocxTemplate(io.BytesIO(template))
    document.render({"t": texts})
    document.save(io.BytesIO())


def libreoffice(files: list[Path], out: Path) -> None:
    """Convert Word files to PDF in one call."""
    profile = f"-env:UserInstallation=file://{out}/profile"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(out), *map(str, files)],
                   check=True, capture_output=True)  # fmt: skip


def walk(path: Path) -> int:
    """Read every cell with openpyxl alone."""
    cells = (cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row)
    return sum(cell.value is not None for cell in cells)


def photographed() -> bytes:
    """A page as a telephone takes it: 300 dpi, lying on its side, with the grain of its sensor."""
    grain = Image.effect_noise((2480, 3508), 24).convert("RGB")
    return scanned.oriented(6, Image.blend(scanned.noisy(grain.size), grain, 0.2))


def bind(papers: list[bytes], *, archival: bool = True) -> None:
    """Bind papers into one numbered, stamped file; one that is to be kept for ever is checked as well."""
    pieces = tuple(
        binding.Piece(number, f"{number}", (paper,), archival=archival) for number, paper in enumerate(papers, 1)
    )
    stamp, volume = "{piece} · {page} · {at}/{of}", "{volume}/{volumes}"
    binding.bind(binding.Binding("Bench", ("en",), "Bench", "Bench", date(2026, 6, 30), pieces, stamp, volume))


def merge(papers: list[bytes]) -> None:
    """Put papers behind each other with pypdf the way its manual shows."""
    with PdfWriter() as writer:
        for paper in papers:
            writer.append(io.BytesIO(paper))
        writer.write(io.BytesIO())


def _peak(work: Callable[[list[bytes]], None], papers: list[bytes]) -> int:
    work(papers)
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def peak(work: Callable[[list[bytes]], None], papers: list[bytes]) -> int:
    """The most memory in MB that a process of its own has in use."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (work, papers))


def dossier() -> None:
    """A pack from the workbook, then its papers bound again beside a plain merge."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(EXAMPLE, project)
        attached = project / "attachments" / STAY
        attached.mkdir(parents=True)
        for piece in SCANNED:
            (attached / f"{piece}.jpg").write_bytes(photographed())
        start = time.perf_counter()
        built = pemdocs.build(project, kinds=["visa-pack"], cases=[STAY], formats=["pdf"])
        took = time.perf_counter() - start
        papers = [path.read_bytes() for path in sorted(built.out.glob(f"visa-pack/{STAY}/[01]*.pdf"))]
        papers += [scans.prepare(path.read_bytes()).content for path in sorted(attached.iterdir())]
        sheets = binding.pages((built.out / "visa-pack" / STAY / "pack.pdf").read_bytes())
    plain = [scanned.pdf(pages=30) for _ in range(10)]
    tell("300 plain pages made ready", best(lambda: [scans.prepare(each) for each in plain]), "pypdf, pages alone",
         best(lambda: merge(plain)))  # fmt: skip
    ready = [scans.prepare(each) for each in plain]
    tell("300 plain pages bound", best(lambda: [bind([each.content for each in ready], archival=ready[0].archival)]),
         "pypdf, pages alone", best(lambda: merge(plain)))  # fmt: skip
    tell("papers and ten scans bound", best(lambda: bind(papers)), "pypdf, pages alone", best(lambda: merge(papers)))
    print(f"{'':<34} at the peak {peak(bind, papers)} MB against {peak(merge, papers)} MB")  # noqa: T201
    print(f"{'a whole pack from the workbook':<34} {took:6.1f} s, {sheets} pages, ten of them scans")  # noqa: T201


def remembering(pairs: int, kinds: tuple[str, ...] = ()) -> None:
    """Build a cohort from nothing, then again, then with one cell changed; no kinds are all of them."""
    with tempfile.TemporaryDirectory() as folder:
        data = cohorts.cohort(pairs)
        project = cohorts.workbook(Path(folder) / "project", data)
        wanted: dict[str, Any] = {"formats": ["docx"], "kinds": kinds}
        whole = once(lambda: pemdocs.build(project, **wanted))
        checked = best(lambda: examine(open_project(project)))
        tell(f"{pairs} pairs, nothing changed", best(lambda: pemdocs.build(project, **wanted)), "check alone", checked)
        data["charters"][-1]["context"]["fr"] += " bis"
        cohorts.workbook(project, data)
        changed = once(lambda: pemdocs.build(project, **wanted))
        tell(f"{pairs} pairs, one cell changed", changed, "check alone", checked)
        tell("", changed, "from nothing", whole)


def once(work: Callable[[], object]) -> float:
    """The seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Read, Word, PDF, pack."""
    project = open_project(EXAMPLE)
    tables = schema.load()
    tell("read the example's workbook", best(lambda: read(project.workbook, tables)), "openpyxl alone",
         best(lambda: walk(project.workbook)))  # fmt: skip
    tell("read and type it", best(lambda: type_rows(read(project.workbook, tables).rows, tables, project.programme)),
         "openpyxl alone", best(lambda: walk(project.workbook)))  # fmt: skip
    dataset = examine(project).dataset
    kind = kinds.load("accompaniment-plan")
    house = theme.load(resources.folder("templates") / "house" / "theme.toml")
    cases = dataset.table(kind.table)[:6]
    pages = [layout.lay_out(View(kind, case, ("fr",)), house) for case in cases]
    laid = best(lambda: [layout.lay_out(View(kind, case, ("fr",)), house) for case in cases])
    files = [word.write(page, house) for page in pages]
    ours = best(lambda: [word.write(page, house) for page in pages]) + laid
    peers = [template_of(content) for content in files]
    tell("six plans in Word", ours, "docxtpl, new template each", best(lambda: [peer_word(*peer) for peer in peers]))
    styles = tuple(path.read_text("utf-8") for path in kind.stylesheets)
    ours = best(lambda: [pdf.write(page, house, styles) for page in pages], 1)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.docx" for number, _ in enumerate(files)]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        Document(str(paths[0]))
        tell("six plans in PDF", ours, "LibreOffice, one call", best(lambda: libreoffice(paths, Path(folder)), 1))
    bench_templates.main()
    dossier()
    remembering(13)
    remembering(400, ("partnership-charter",))  # plans, of which the PDF tells Word the pages, take ten minutes


if __name__ == "__main__":
    sys.exit(main())
