"""Turn a list of contents into page references alone, or give it the pages on which its headings stand.

LibreOffice counts references, but shows a list as it was saved; so does Word until it is asked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from pemdocs.writing.own import marks, sealing
from pemdocs.writing.own.cleaning import PARSER
from pemdocs.writing.own.opening import MAIN
from pemdocs.writing.word.markup import W

LIST = re.compile(r"\s*TOC\b")
REFERRING = b" PAGEREF "
REFERENCE = re.compile(r"\s*PAGEREF\s+(\S+)")


def counted(content: bytes) -> bytes:
    """A Word file whose lists of contents are opened up, where they refer to pages; any other as it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if REFERRING not in parts[MAIN]:
        return content
    root = etree.fromstring(parts[MAIN], PARSER)
    for run in list(_of_lists(root)):
        holder = run.getparent()
        if holder is not None:
            holder.remove(run)
    parts[MAIN] = marks.HEAD + bytes(etree.tostring(root, encoding="utf-8"))
    return sealing.sealed(sealing.stored(name, each) for name, each in parts.items())


def _of_lists(root: etree._Element) -> Iterator[etree._Element]:
    """The runs that make a list of contents one field: its beginning, its instruction, its end."""
    opened: list[list[etree._Element]] = []
    for run in root.iter(W + "r"):
        sign, told = run.find(W + "fldChar"), run.find(W + "instrText")
        kind = "" if sign is None else sign.get(W + "fldCharType", "")
        if kind == "begin":
            opened.append([])
        if opened and (kind or told is not None):
            opened[-1].append(run)
        if kind == "end" and opened:
            field = opened.pop()
            words = "".join(str(text) for each in field for text in each.itertext(W + "instrText"))
            if LIST.match(words):
                yield from field


def numbered(content: bytes, pages: Mapping[str, int]) -> bytes:
    """A Word file whose references to pages show these, by the names of bookmarks; a place that is not known stays."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts[MAIN], PARSER)
    for told, shown in _references(root):
        found = REFERENCE.match(told)
        if found and found[1] in pages and shown:
            shown[0].text = str(pages[found[1]])
            for rest in shown[1:]:
                rest.text = ""
    parts[MAIN] = marks.HEAD + bytes(etree.tostring(root, encoding="utf-8"))
    return sealing.sealed(sealing.stored(name, each) for name, each in parts.items())


def refers(content: bytes) -> bool:
    """Whether a Word file refers to pages."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return REFERRING in archive.read(MAIN)


def _references(root: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """The instruction of each innermost field, and the texts that it shows."""
    told, inside = "", ""
    shown: list[etree._Element] = []
    for run in root.iter(W + "r"):
        sign = run.find(W + "fldChar")
        kind = "" if sign is None else sign.get(W + "fldCharType", "")
        if kind == "begin":
            told, shown = "", []
        if kind == "end" and inside == "separate":
            yield told, shown
        inside = kind or inside
        told += "".join(str(text) for text in run.itertext(W + "instrText")) if inside == "begin" else ""
        shown += list(run.iter(W + "t")) if inside == "separate" else []
