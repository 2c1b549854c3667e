"""Turn notes into the boxes in which Excel shows them, and back. Only this module knows VML."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from math import ceil

from pemdocs.workbook.marking.colours import CELL
from pemdocs.workbook.parts.order import WORKSHEET
from pemdocs.workbook.parts.package import (
    Package,
    linked,
    links,
    typed_by_ending,
    unlinked,
    untyped,
)
from pemdocs.workbook.parts.splicing import LINKS, Edit, Unkept, edited, outline, place, prefix, readable

DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE = re.compile(rb"<((?:\w+:)?)shape[\s>].*?</\1shape>\s*", re.DOTALL)
NUMBER = re.compile(rb"_x0000_s(\d+)")
FIRST_NUMBER = 1025
LINE, LEAST, MOST = 46, 4, 30
"""Characters of a line in a box, and the fewest and the most rows that it covers."""

NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
KIND = (
    '<v:shapetype{names} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
BARE = f'<xml {NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'


def boxed(package: Package, sheet: str, texts: Mapping[str, str]) -> Package:
    """The package with a hidden box for each note. Raises ``Unkept`` ``unkept-drawing``."""
    if not texts:
        return package
    package, part = _drawing(package, sheet)
    vml = package.parts[part]
    end = vml.rfind(b"</xml>")
    if end < 0:
        raise Unkept("unkept-drawing")
    number = max([FIRST_NUMBER - 1, *(int(found) for found in NUMBER.findall(vml))]) + 1
    names = "" if all(each.encode() in vml for each in NAMES.split()) else f" {NAMES}"
    kind = "" if b'"_x0000_t202"' in vml else KIND.format(names=names)
    shapes = (_shape(number + n, cell, text, names) for n, (cell, text) in enumerate(texts.items()))
    return package.having(part, vml[:end] + (kind + "".join(shapes)).encode() + vml[end:])


def unboxed(package: Package, sheet: str, cells: Collection[str]) -> Package:
    """The package without the boxes of these cells; without the drawing where nothing else is in it."""
    part = _part(package, sheet)
    if not part or not cells:
        return package
    gone = {_numbers(cell) for cell in cells}
    vml = SHAPE.sub(lambda shape: b"" if _cell(shape[0]) in gone else shape[0], package.parts[part])
    if b"#_x0000_t202" not in vml:
        vml = vml.replace(KIND.format(names="").encode(), b"").replace(KIND.format(names=f" {NAMES}").encode(), b"")
    if SHAPE.search(vml):
        return package.having(part, vml)
    if package.parts[part] == vml:
        return package
    xml = readable(package.parts[sheet])
    package = package.having(
        sheet, edited(xml, (Edit(each.start, each.end) for each in outline(xml).all("legacyDrawing")))
    )
    package = unlinked(package.lacking(part), sheet, part)
    return package if any(name.lower().endswith(".vml") for name in package.parts) else untyped(package, "vml")


def _part(package: Package, sheet: str) -> str:
    asked = outline(readable(package.parts[sheet])).first("legacyDrawing")
    identifier = asked.attributes.get(f"{LINKS} id", "") if asked else ""
    return next((link.target for link in links(package, sheet) if identifier and link.id == identifier), "")


def _drawing(package: Package, sheet: str) -> tuple[Package, str]:
    part = _part(package, sheet)
    if part:
        return package, part
    part = package.free("xl/drawings/vmlDrawing{}.vml")
    package = typed_by_ending(package.having(part, BARE.encode()), "vml", DRAWING_TYPE)
    package, identifier = linked(package, sheet, f"{LINKS}/vmlDrawing", part)
    xml = readable(package.parts[sheet])
    root = outline(xml)
    at = place(root, WORKSHEET, "legacyDrawing")
    new = f'<{prefix(xml, root)}legacyDrawing xmlns:pemdocs="{LINKS}" pemdocs:id="{identifier}"/>'
    return package.having(sheet, edited(xml, [Edit(at, at, new.encode())])), part


def _shape(number: int, cell: str, text: str, names: str) -> str:
    row, column = _numbers(cell)
    lines = sum(ceil(len(line) / LINE) or 1 for line in text.split("\n"))
    rows = min(max(lines, LEAST), MOST)
    top = max(row - 1, 0)
    return (
        f'<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:1.5pt;width:280pt;height:{15 * rows}pt;z-index:{number - FIRST_NUMBER + 1};visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 15, {top}, 2, {column + 5}, 15, {top + rows}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _cell(shape: bytes) -> tuple[int, int] | None:
    """The cell of a note's box, counted from zero; nothing for any other shape."""
    if b'ObjectType="Note"' not in shape:
        return None
    found = [re.search(rb"<(?:\w+:)?%s>\s*(\d+)\s*<" % name, shape) for name in (b"Row", b"Column")]
    return (int(found[0][1]), int(found[1][1])) if found[0] and found[1] else None


def _numbers(cell: str) -> tuple[int, int]:
    found = CELL.fullmatch(cell)
    column = 0
    for sign in found[1] if found else "A":
        column = column * 26 + ord(sign) - 64
    return (int(found[2]) if found else 1) - 1, column - 1
