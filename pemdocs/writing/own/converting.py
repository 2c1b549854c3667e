"""Turn finished Word files into PDF: by LibreOffice where it is installed, else by dxpdf. Only this module starts it.

Neither makes an accessible file (PDF/UA), and none claims to be one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import dxpdf
import pikepdf

from pemdocs.model import PemdocsError
from pemdocs.project import typefaces
from pemdocs.words.language import TAGS
from pemdocs.writing.own.counting import counted, numbered, refers
from pemdocs.writing.own.finished import About, Merged

LIBREOFFICE, DXPDF = "LibreOffice", "dxpdf"
"""Who makes a PDF."""

PATIENCE = 120.0
"""Seconds that a call may take, and five more for each of its files."""

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
EXPORT = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"}}'
)

Converted = tuple[bytes, int | None, str]
"""A PDF, its pages, and who made it."""


def convert(files: Sequence[Merged]) -> Iterator[Converted | PemdocsError]:
    """The PDF of each file, in their order, by one call; one that fails gives its fault and stops no other."""
    made = _by_libreoffice(files) if _soffice() else [None] * len(files)
    for file, content in zip(files, made, strict=True):
        yield _checked(content, LIBREOFFICE, file) if content else _by_dxpdf(file)


def maker() -> str:
    """Who makes PDFs here."""
    return LIBREOFFICE if _soffice() else DXPDF


@lru_cache(maxsize=1)
def _soffice() -> str:
    """The program of LibreOffice; the empty text where it is not installed, or shall not be used."""
    named = os.environ.get("PEMDOCS_SOFFICE")
    if named is not None:
        return named if Path(named).is_file() else ""
    return shutil.which("soffice") or shutil.which("libreoffice") or next(filter(os.path.isfile, PLACES), "")


def _by_libreoffice(files: Sequence[Merged]) -> list[bytes | None]:
    """The PDFs of one call; nothing for a file of which there is none."""
    with tempfile.TemporaryDirectory(prefix="pemdocs-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        for number, file in enumerate(files):
            (folder / f"{number}.docx").write_bytes(counted(file.content))
        _call(folder, len(files))
        paths = [folder / "pdf" / f"{number}.pdf" for number in range(len(files))]
        return [path.read_bytes() if path.is_file() else None for path in paths]


def _call(folder: Path, count: int) -> None:
    typefaces.offer()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(folder / f"{number}.docx") for number in range(count)]
    command = [_soffice(), profile, "--headless", "--norestore", "--nolockcheck", "--convert-to", EXPORT,
               "--outdir", str(folder / "pdf"), *sources]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE + 5 * count, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return


def _by_dxpdf(file: Merged) -> Converted | PemdocsError:
    try:
        with typefaces.spelled_out():
            content = dxpdf.convert(file.content)
    except Exception:  # whatever a foreign converter says, the file could not be converted
        return PemdocsError("own-no-pdf")
    return _checked(content, DXPDF, file)


def with_pages(file: Merged) -> bytes:
    """The Word file whose contents say on which pages their headings stand, as a quick PDF of it has them; where there
    are no contents, or that cannot be made, as it is."""
    if not refers(file.content):
        return file.content
    made = _by_dxpdf(file)
    return file.content if isinstance(made, PemdocsError) else numbered(file.content, _places(made[0]))


def _places(content: bytes) -> dict[str, int]:
    """The pages of the bookmarks of a PDF, by their names."""
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found: Any = pdf.Root.get("/Dests", {})
        return {name[1:]: numbers.get(place[0].objgen, 0) for name, place in found.items()}


def _checked(content: bytes, maker: str, file: Merged) -> Converted | PemdocsError:
    """The PDF, described, if it is one."""
    try:
        return _described(content, maker, file.about)
    except pikepdf.PdfError:
        return PemdocsError("own-no-pdf")


def _described(content: bytes, maker: str, about: About) -> Converted:
    """The PDF with its title, language and date, without what differs from run to run."""
    with pikepdf.open(BytesIO(content)) as pdf:
        day = f"D:{about.modified:%Y%m%d}000000Z"
        told: Any = pdf.docinfo
        for name in list(told):
            del told[name]
        for name, words in (("Title", about.title), ("Subject", about.subject), ("Author", about.author),
                            ("Creator", "pemdocs"), ("Producer", maker),
                            ("CreationDate", day), ("ModDate", day)):  # fmt: skip
            told[f"/{name}"] = words
        root: Any = pdf.Root
        root.Lang = TAGS.get(about.languages[0], about.languages[0])
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        for name in ("/OpenAction", "/AA", "/Metadata"):
            if name in root:
                del root[name]
        trailer: Any = pdf.trailer
        for name in ("/DocChecksum", "/ID"):
            if name in trailer:
                del trailer[name]
        _describe(pdf, about, maker)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), len(pdf.pages), maker


def _describe(pdf: pikepdf.Pdf, about: About, maker: str) -> None:
    """The same as XMP, which claims no standard that the file does not keep."""
    day = f"{about.modified.isoformat()}T00:00:00Z"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["dc:title"] = about.title
        told["dc:creator"] = [about.author]
        told["dc:description"] = about.subject
        told["dc:language"] = [TAGS.get(each, each) for each in about.languages]
        told["pdf:Producer"] = maker
        told["xmp:CreatorTool"] = "pemdocs"
        told["xmp:CreateDate"] = told["xmp:ModifyDate"] = day
