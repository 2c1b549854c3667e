"""Turn a list of contents into page references alone: LibreOffice counts these, but shows a list as it was saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from pemdocs.writing.own import marks, sealing
from pemdocs.writing.own.cleaning import PARSER
from pemdocs.writing.own.opening import MAIN
from pemdocs.writing.word.markup import W

LIST = re.compile(r"\s*TOC\b")
REFERRING = b" PAGEREF "


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
