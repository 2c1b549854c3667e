"""Turn a Word file back into the text that a reader sees. Knows nothing of how it was made."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHOWN = tuple(W + name for name in ("t", "tab", "br", "softHyphen", "noBreakHyphen", "drawing"))
LEVELS = {"Heading1": 0, "Heading2": 1}


@dataclass(slots=True)
class _Reader:
    parts: zipfile.ZipFile
    numbered: bool = True
    numbers: list[int] = field(default_factory=lambda: [0, 0])

    def blocks(self, parent: etree._Element) -> Iterator[str]:
        """The lines of the paragraphs inside, in reading order, tables cell by cell."""
        for child in parent:
            if child.tag == W + "p":
                yield self.number(child) + "".join(self.inline(child))
            elif child.tag == W + "sdt":
                yield from self.blocks(child.find(W + "sdtContent"))
            elif child.tag == W + "tbl":
                for cell in child.iterchildren(W + "tr"):
                    for inner in cell.iterchildren(W + "tc"):
                        yield from self.blocks(inner)

    def number(self, paragraph: etree._Element) -> str:
        """The automatic number of a heading, ``"2.1 "``; the marks of lists are not text."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = LEVELS.get(style.get(W + "val", "")) if style is not None else None
        off = paragraph.find(f"{W}pPr/{W}numPr/{W}numId[@{W}val='0']")
        if level is None or off is not None or not self.numbered:
            return ""
        self.numbers[level] += 1
        self.numbers[level + 1 :] = [0] * (1 - level)
        return ".".join(str(number) for number in self.numbers[: level + 1]) + " "

    def inline(self, paragraph: etree._Element) -> Iterator[str]:
        for node in paragraph.iter(*SHOWN):
            match str(node.tag).removeprefix(W):
                case "t":
                    yield node.text or ""
                case "tab" if node.getparent().tag == W + "r":
                    yield "\t"
                case "br":
                    yield "\n"
                case "softHyphen":
                    yield "\N{SOFT HYPHEN}"
                case "noBreakHyphen":
                    yield "\N{NON-BREAKING HYPHEN}"
                case "drawing":
                    yield self.picture(node)

    def picture(self, drawing: etree._Element) -> str:
        """The words that an embedded SVG shows, one ``text`` a line."""
        targets = _targets(self.parts)
        names = [value for node in drawing.iter() for key, value in node.items() if key == R + "embed"]
        vectors = [targets[name] for name in names if targets[name].endswith(".svg")]
        lines = [line for vector in vectors for line in _svg_text(self.parts.read(vector))]
        return "\n" + "\n".join(lines) + "\n" if lines else ""


def read_docx_text(content: bytes, *, numbered: bool = True) -> str:
    """The text of the body as it is read: heading numbers, captions, cells and the words inside drawings.

    One line for each paragraph and each ``br``; no headers, footers or marks of lists. Without ``numbered`` the
    headings stand without the numbers that Word counts before them.
    """
    with zipfile.ZipFile(BytesIO(content)) as parts:
        body = etree.fromstring(parts.read("word/document.xml"))[0]
        lines = "\n".join(_Reader(parts, numbered).blocks(body)).split("\n")
    return "\n".join(line for line in lines if line.strip())


def _targets(parts: zipfile.ZipFile) -> dict[str, str]:
    relations = etree.fromstring(parts.read("word/_rels/document.xml.rels"))
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("word", relation.get("Target", "")))
        for relation in relations
    }


def _svg_text(content: bytes) -> Iterator[str]:
    for node in etree.fromstring(content).iter("{*}text"):
        yield re.sub("[ \t\r\n]+", " ", "".join(str(text) for text in node.itertext())).strip(" ")
