"""Turn the styles of a workbook into the number format and the line-through of each. Only this module reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.parsing import local, parse, said
from pemdocs.workbook.shapes import BUILT_IN, LONGEST


class Style(NamedTuple):
    """What a cell's style says of its value."""

    format: str = "General"
    struck: bool = False


def styles(package: Package, part: str, look: Callable[[], None]) -> list[Style]:
    """The styles of cells by their number."""
    sheet = _Sheet()
    with package.stream(part) as stream:
        parse(stream, package.file, look, sheet.start, sheet.end, lambda _: None)
    if len(sheet.cells) > limits.STYLES:
        raise limits.heavy(package.file)
    known = {number: Style(shape) for number, shape in {**BUILT_IN, **sheet.formats}.items()}
    plain = Style()
    return [
        known.get(shape, plain)._replace(struck=True) if font in sheet.struck else known.get(shape, plain)
        for shape, font in sheet.cells
    ]


class _Sheet:
    """What was read of ``styles.xml`` so far: formats, the numbers of struck fonts, the cells' format and font."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.struck: set[int] = set()
        self.cells: list[tuple[int, int]] = []
        self.inside = ""
        self.fonts = -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name in ("fonts", "cellXfs", "dxfs", "cellStyleXfs"):
            self.inside = name
        elif name == "numFmt" and self.inside != "dxfs":
            self.formats[_number(said(attributes, "numFmtId"))] = said(attributes, "formatCode")[:LONGEST] or "General"
        elif name == "font" and self.inside == "fonts":
            self.fonts += 1
        elif name == "strike" and self.inside == "fonts" and said(attributes, "val", "1") in ("1", "true", "on"):
            self.struck.add(self.fonts)
        elif name == "xf" and self.inside == "cellXfs":
            self.cells.append((_number(attributes.get("numFmtId", "")), _number(attributes.get("fontId", ""))))

    def end(self, tag: str) -> None:
        if local(tag) == self.inside:
            self.inside = ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
