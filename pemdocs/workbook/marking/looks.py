"""Turn the styles of a workbook into the same with those of the marks at their end, and back.

Only this module knows the colours of the marks and that a style is known by its place in a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pemdocs.workbook.parts.book import Book
from pemdocs.workbook.parts.package import Package
from pemdocs.workbook.parts.splicing import (
    Edit,
    Element,
    edited,
    outline,
    prefix,
    readable,
)
from pemdocs.workbook.parts.styles import children, counted, extended, named, styled

SEVERITIES = ("error", "warning", "note")
GROUNDS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "note": "FFDDEBF7"}
INKS = {"error": "FF9C0006", "warning": "FF7F4F00", "note": "FF1F4E78"}
INK, HEADING, BLUE = "FF1A1A1A", "FFE7E6E6", "FF0563C1"


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers of the styles: of a marked cell by severity, of a cell of the list by what it holds."""

    marked: Mapping[str, int]
    listed: Mapping[str, int]


def with_styles(book: Book) -> tuple[Package, Styles]:
    """The package with the styles of the marks, and their numbers."""
    package, part = styled(book)
    xml = readable(package.parts[part])
    root = outline(xml)
    head = prefix(xml, root)
    counts = {name: len(children(root, name)) for name in ("fonts", "fills", "cellXfs", "dxfs")}
    added = {"fonts": _fonts(head), "fills": _fills(head), "dxfs": _differences(head)}
    added["cellXfs"] = _formats(head, counts["fonts"], counts["fills"])
    edits = [edit for name, new in added.items() for edit in extended(xml, root, name, new)]
    styles = Styles(
        {name: counts["dxfs"] + number for number, name in enumerate(SEVERITIES)},
        {name: counts["cellXfs"] + number for number, name in enumerate(LISTED)},
    )
    return package.having(part, edited(xml, edits)), styles


def without_styles(book: Book) -> Package:
    """The package without the styles of earlier marks, as far as nothing was added behind them since."""
    part = named(book)
    if not part:
        return book.package
    xml = readable(book.package.parts[part])
    root = outline(xml)
    head = prefix(xml, root)
    edits: list[Edit] = []
    for name, new in (("dxfs", _differences(head)), ("fonts", _fonts(head)), ("fills", _fills(head))):
        edits += _shortened(xml, root, name, new)
    fonts, fills = (
        len(children(root, name)) - len(new) for name, new in (("fonts", _fonts("")), ("fills", _fills("")))
    )
    edits += _shortened(xml, root, "cellXfs", _formats(head, fonts, fills))
    return book.package.having(part, edited(xml, edits)) if edits else book.package


def _shortened(xml: bytes, root: Element, name: str, new: tuple[str, ...]) -> Iterable[Edit]:
    there = root.first(name)
    last = there.children[-len(new) :] if there else ()
    if there is None or b"".join(xml[each.start : each.end] for each in last) != "".join(new).encode():
        return
    if len(there.children) == len(new):
        empty = f'<{prefix(xml, root)}{name} count="0"/>' if "count" in there.attributes else ""
        yield Edit(there.start, there.end, empty.encode())
        return
    yield from counted(xml, there, len(there.children) - len(new))
    yield Edit(last[0].start, last[-1].end)


def _differences(head: str) -> tuple[str, ...]:
    p = head
    return tuple(
        f'<{p}dxf><{p}font><{p}color rgb="{INKS[each]}"/></{p}font>'
        f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{GROUNDS[each]}"/>'
        f'<{p}bgColor rgb="{GROUNDS[each]}"/></{p}patternFill></{p}fill></{p}dxf>'
        for each in SEVERITIES
    )


def _font(p: str, size: int, colour: str, more: str = "") -> str:
    return f'<{p}font>{more}<{p}sz val="{size}"/><{p}color rgb="{colour}"/><{p}name val="Calibri"/></{p}font>'


FONTS = ("text", "bold", "large", "link")


def _fonts(p: str) -> tuple[str, ...]:
    bold = f"<{p}b/>"
    return (_font(p, 11, INK), _font(p, 11, INK, bold), _font(p, 16, INK, bold), _font(p, 11, BLUE, f"<{p}u/>"))


FILLS = (HEADING, *GROUNDS.values())


def _fills(p: str) -> tuple[str, ...]:
    return tuple(
        f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/></{p}patternFill></{p}fill>'
        for colour in FILLS
    )


LISTED = {
    "title": ("large", None),
    "plain": ("text", None),
    "text": ("text", None),
    "link": ("link", None),
    "heading": ("bold", 0),
    "error": ("bold", 1),
    "warning": ("bold", 2),
    "note": ("bold", 3),
}
"""What a cell of the list may be, with its font and its fill."""


def _formats(p: str, fonts: int, fills: int) -> tuple[str, ...]:
    return tuple(
        f'<{p}xf numFmtId="0" fontId="{fonts + FONTS.index(font)}" fillId="{0 if fill is None else fills + fill}" '
        f'borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">'
        f'<{p}alignment vertical="top"{WRAPPED if name in ("text", "link", "heading") else ""}/></{p}xf>'
        for name, (font, fill) in LISTED.items()
    )


WRAPPED = ' wrapText="1"'
