"""Word templates as somebody makes them in Word, and what their documents say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree

from pemdocs import resources
from pemdocs.data.dataset import Linked
from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.writing.own.merging import merge

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOUSE = theme.load(resources.folder("templates") / "house" / "theme.toml")

Rows = Iterable[Iterable[str]]


def template(
    *paragraphs: str | Rows, header: str = "", change: Callable[[Any], None] = lambda _document: None
) -> bytes:
    """A template with these paragraphs; what is no text is a table of its rows."""
    document = Document()
    for each in paragraphs:
        if isinstance(each, str):
            document.add_paragraph(each)
        else:
            rows = [list(row) for row in each]
            table = document.add_table(0, len(rows[0]))
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
    if header:
        document.sections[0].header.paragraphs[0].text = header
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def put(content: bytes, **parts: Callable[[bytes], bytes] | bytes) -> bytes:
    """A package with parts changed or added; their names with two underscores for a slash, one for a dot."""
    changes = {re.sub("_(?!.*_)", ".", name.replace("__", "/")): change for name, change in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            change = changes.pop(name, None)
            new.writestr(name, change(old.read(name)) if callable(change) else change or old.read(name))
        for name, added in changes.items():
            assert isinstance(added, bytes)
            new.writestr(name, added)
    return out.getvalue()


def merged(
    path: Path, content: bytes, case: Linked, languages: tuple[str, ...] = ("fr",), audience: str = "internal"
) -> bytes:
    """The document of a case by a template, which is written to a path."""
    path.write_bytes(content)
    kind = replace(kinds.single(path, case.record.table), audience=audience)
    return merge(View(kind, case, languages), path, HOUSE).content


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def words(content: bytes, name: str = "word/document.xml") -> str:
    """What a part says: a line for each paragraph, and for each break in one."""
    lines = []
    for paragraph in part(content, name).iter(W + "p"):
        said = ""
        for node in paragraph.iter(W + "t", W + "br", W + "tab"):
            said += node.text or "" if node.tag == W + "t" else "\n" if node.tag == W + "br" else "\t"
        lines.append(said)
    return "\n".join(lines)


def runs(content: bytes, said: str) -> list[etree._Element]:
    """The runs that say something."""
    return [
        run for run in part(content).iter(W + "r") if said in "".join(text.text or "" for text in run.iter(W + "t"))
    ]


def value_of(run: etree._Element, name: str) -> str | None:
    """The value of a property of a run."""
    found = run.find(f"{W}rPr/{W}{name}")
    return None if found is None else found.get(W + "val")
