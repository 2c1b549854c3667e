"""Turn the styles of a workbook into longer lists of styles. Only this module knows in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable

from pemdocs.workbook.parts.book import Book
from pemdocs.workbook.parts.package import Package, linked, links, typed
from pemdocs.workbook.parts.splicing import LINKS, MAIN, Edit, Element, appended, place, prefix, said

STYLES = "xl/styles.xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors"),
    "extLst",
)
BARE = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""The styles of a workbook that has none."""


def named(book: Book) -> str:
    """The part that holds the styles of a workbook, empty where it has none."""
    return next((link.target for link in links(book.package, book.main) if link.type == "styles"), "")


def styled(book: Book) -> tuple[Package, str]:
    """The package with a part for styles, and the name of that part."""
    part = named(book)
    if part:
        return book.package, part
    # Some readers know the styles by this name alone.
    part = STYLES if not book.package.named(STYLES) else book.package.free("xl/styles{}.xml")
    package = typed(book.package.having(part, BARE.encode()), part, STYLES_TYPE)
    return linked(package, book.main, f"{LINKS}/styles", part)[0], part


def children(root: Element, name: str) -> tuple[Element, ...]:
    """The styles of one sort."""
    found = root.first(name)
    return found.children if found else ()


def extended(xml: bytes, root: Element, name: str, new: tuple[str, ...]) -> Iterable[Edit]:
    """Edits that add styles of one sort behind those that are there."""
    there = root.first(name)
    head = prefix(xml, root)
    if there is None:
        at = place(root, ORDER, name)
        # Without its count, which may be left out, it is known for an element that was not there.
        yield Edit(at, at, f"<{head}{name}>{''.join(new)}</{head}{name}>".encode())
        return
    yield from counted(xml, there, len(there.children) + len(new))
    yield from appended(xml, there, "".join(new))


def counted(xml: bytes, there: Element, count: int) -> Iterable[Edit]:
    """The edit that tells how many styles of a sort there are, where the file tells it."""
    if "count" in there.attributes:
        yield said(xml, there, "count", str(count))
