"""Measure pemdocs against named peers, always as a ratio within one run: ``make bench``."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docxtpl import DocxTemplate
from lxml import etree
from openpyxl import load_workbook

from pemdocs import kinds, layout, pdf, resources, schema, theme, word
from pemdocs.checking import examine
from pemdocs.project import open_project
from pemdocs.view import View
from pemdocs.workbook.read import read

EXAMPLE = resources.folder("examples") / "pem-wecco"
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


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


def main() -> None:
    """Read, Word, PDF."""
    project = open_project(EXAMPLE)
    tables = schema.load()
    tell("read the example's workbook", best(lambda: read(project.workbook, tables)), "openpyxl alone",
         best(lambda: walk(project.workbook)))  # fmt: skip
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


if __name__ == "__main__":
    sys.exit(main())
