"""Write one sheet in every format of workbooks, with all that may become of a cell: each writer is made from scratch.

write["xls"](path, Sheet({(1, 1): Cell("id")}, hidden_rows={2}))
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from pemdocs.workbook.grid import letters

Place = tuple[int, int]


class Cell(NamedTuple):
    """What a cell holds. ``run`` is a part of its text, at the end, through which a line is drawn."""

    value: str | float | bool
    struck: bool = False
    run: str = ""
    error: bool = False
    day: bool = False


@dataclass(frozen=True)
class Sheet:
    """Cells by row and column, hidden rows and columns, merged ranges as top, left, bottom, right."""

    cells: Mapping[tuple[int, int], Cell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    name: str = "companies"
    rows: tuple[tuple[int, tuple[tuple[int, Cell], ...]], ...] = field(init=False)

    def __post_init__(self) -> None:
        lines = groupby(sorted(self.cells.items()), key=lambda each: each[0][0])
        rows = tuple((row, tuple((place[1], cell) for place, cell in line)) for row, line in lines)
        object.__setattr__(self, "rows", rows)


def style(cell: Cell) -> int:
    return 1 if cell.struck else 2 if cell.day else 0


def said(name: str, value: str, yes: bool) -> str:
    return f' {name}="{value}"' if yes else ""


# .xlsx

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(kind: str) -> str:
    made = ((name, f"rId{number}") for number, name in enumerate(("worksheet", "styles"), 1))
    parts = "".join(
        f'<Relationship Id="{known}" Type="{RELATIONS}/{name}" Target="{name}.{kind}"/>' for name, known in made
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{parts}</Relationships>'
    )


def _package(path: Path, kind: str, book: bytes | str, sheet: bytes | str, styles: bytes | str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"xl/workbook.{kind}", book)
        archive.writestr(f"xl/_rels/workbook.{kind}.rels", _relations(kind))
        archive.writestr(f"xl/worksheet.{kind}", sheet)
        archive.writestr(f"xl/styles.{kind}", styles)


def _xlsx(path: Path, sheet: Sheet) -> None:
    rows = "".join(
        f'<row r="{row}"{said("hidden", "1", row in sheet.hidden_rows)}>'
        + "".join(_xlsx_cell(f"{letters(column)}{row}", cell) for column, cell in line)
        + "</row>"
        for row, line in sheet.rows
    )
    columns = "".join(f'<col min="{column}" max="{column}" hidden="1"/>' for column in sheet.hidden_columns)
    merged = "".join(f'<mergeCell ref="{letters(b)}{a}:{letters(d)}{c}"/>' for a, b, c, d in sheet.merged)
    _package(
        path,
        "xml",
        f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="{sheet.name}" r:id="rId1"/></sheets></workbook>',
        f"<worksheet><cols>{columns}</cols><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>",
        "<styleSheet><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/>"
        "<xf numFmtId='14'/></cellXfs></styleSheet>",
    )


def _xlsx_cell(place: str, cell: Cell) -> str:
    begin = f'<c r="{place}" s="{style(cell)}"'
    if cell.run:
        plain = str(cell.value).removesuffix(cell.run)
        runs = f"<r><t>{plain}</t></r><r><rPr><strike/></rPr><t>{cell.run}</t></r>"
        return f'{begin} t="inlineStr"><is>{runs}</is></c>'
    if isinstance(cell.value, str) and not cell.error:
        return f'{begin} t="inlineStr"><is><t>{escape(cell.value)}</t></is></c>'
    kind = "e" if cell.error else "b" if isinstance(cell.value, bool) else "n"
    return f'{begin} t="{kind}"><v>{int(cell.value) if kind == "b" else cell.value}</v></c>'


# .xlsb


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return head + bytes([len(content) & 127 | 128, len(content) >> 7]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb(path: Path, sheet: Sheet) -> None:
    rows = b"".join(
        record(0, struct.pack("<IIHBBB", row - 1, 0, 0, 0, 0x10 * (row in sheet.hidden_rows), 0))
        + b"".join(_xlsb_cell(column - 1, cell) for column, cell in line)
        for row, line in sheet.rows
    )
    columns = b"".join(record(60, struct.pack("<4IH", *(each - 1,) * 2, 0, 0, 1)) for each in sheet.hidden_columns)
    merged = b"".join(record(176, struct.pack("<4I", a - 1, c - 1, b - 1, d - 1)) for a, b, c, d in sheet.merged)
    fonts = b"".join(record(43, struct.pack("<HH", 220, flags)) for flags in (0, 8))
    looks = b"".join(record(47, struct.pack("<3H", 0, *each)) for each in ((0, 0), (0, 1), (14, 0)))
    _package(
        path,
        "bin",
        record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet.name)),
        columns + record(145) + rows + record(146) + merged,
        fonts + record(617) + looks + record(618),
    )


def _xlsb_cell(column: int, cell: Cell) -> bytes:
    head = struct.pack("<II", column, style(cell))
    if cell.error:
        return record(3, head + b"\x2a")
    if isinstance(cell.value, bool):
        return record(4, head + bytes([cell.value]))
    if isinstance(cell.value, str):
        begin = len(cell.value) - len(cell.run)
        rich = b"\1" + _wide(cell.value) + struct.pack("<IHH", 1, begin, 1)
        return record(62, head + rich) if cell.run else record(6, head + _wide(cell.value))
    return record(5, head + struct.pack("<d", cell.value))


# .xls, without a container


def old(kind: int, *content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(b"".join(content))) + b"".join(content)


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _xls(path: Path, sheet: Sheet) -> None:
    fonts = b"".join(old(0x31, struct.pack("<HH", 220, flags)) for flags in (0, 0, 0, 0, 8))
    looks = b"".join(old(0xE0, struct.pack("<HH", *each)) for each in ((0, 0), (5, 0), (0, 14)))
    shared = old(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0)) + fonts + looks
    name = sheet.name.encode("ascii")
    at = len(shared) + 4 + 8 + len(name) + 4
    listed = old(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0), name) + old(0x0A)
    rows = b"".join(
        old(0x208, struct.pack("<6HI", row - 1, 0, 0, 0, 0, 0, 0x20 * (row in sheet.hidden_rows)))
        + b"".join(_xls_cell(struct.pack("<3H", row - 1, column - 1, style(cell)), cell) for column, cell in line)
        for row, line in sheet.rows
    )
    columns = b"".join(old(0x7D, struct.pack("<5H", *(each - 1,) * 2, 0, 0, 1)) for each in sheet.hidden_columns)
    ranges = (struct.pack("<4H", a - 1, c - 1, b - 1, d - 1) for a, b, c, d in sheet.merged)
    merged = old(0xE5, struct.pack("<H", len(sheet.merged)), *ranges)
    begin = old(0x809, struct.pack("<HHHH", 0x600, 16, 0, 0))
    path.write_bytes(shared + listed + begin + columns + rows + merged + old(0x0A))


def _xls_cell(head: bytes, cell: Cell) -> bytes:
    if cell.error:
        return old(0x205, head, b"\x2a\1")
    if isinstance(cell.value, bool):
        return old(0x205, head, bytes([cell.value, 0]))
    if isinstance(cell.value, str):
        begin = len(cell.value) - len(cell.run)
        run = struct.pack("<HHH", 1, begin, 5)
        return old(0xD6, head, _text(cell.value), run) if cell.run else old(0x204, head, _text(cell.value))
    return old(0x203, head, struct.pack("<d", cell.value))


# .ods, .fods

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def _opened(sheet: Sheet) -> str:
    over = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in sheet.merged}
    under = {
        (row, column)
        for a, b, c, d in sheet.merged
        for row in range(a, c + 1)
        for column in range(b, d + 1)
        if (row, column) != (a, b)
    }
    rows = "".join(_opened_rows(sheet, over, under))
    columns = "".join(
        f"<table:table-column{said('table:visibility', 'collapse', each in sheet.hidden_columns)}/>"
        for each in range(1, 9)
    )
    styles = (
        '<style:style style:name="ce1" style:family="table-cell"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style><style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    return (
        f'<office:document {SPACES} office:mimetype="{ODS}"><office:automatic-styles>{styles}</office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="{sheet.name}">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )


def _opened_rows(
    sheet: Sheet, over: Mapping[tuple[int, int], tuple[int, int]], under: set[tuple[int, int]]
) -> Iterator[str]:
    last = 0
    for row, line in sheet.rows:
        yield f'<table:table-row table:number-rows-repeated="{row - last - 1}"/>' * (row - last > 1)
        cells = dict(line)
        yield f"<table:table-row{said('table:visibility', 'collapse', row in sheet.hidden_rows)}>"
        for column in range(1, max(cells) + 1):
            kind = "covered-table-cell" if (row, column) in under else "table-cell"
            down, across = over.get((row, column), (1, 1))
            span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' * (down * across > 1)
            yield f"<table:{kind}{span}{_opened_cell(cells.get(column))}</table:{kind}>"
        yield "</table:table-row>"
        last = row


def _opened_cell(cell: Cell | None) -> str:
    if cell is None:
        return ">"
    struck = ' table:style-name="ce1"' * cell.struck
    if cell.error:
        return f'{struck} office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p>'
    if isinstance(cell.value, bool):
        return f'{struck} office:value-type="boolean" office:boolean-value="{str(cell.value).lower()}">'
    if isinstance(cell.value, str):
        plain = cell.value.removesuffix(cell.run) if cell.run else cell.value
        run = f'<text:span text:style-name="T1">{cell.run}</text:span>' if cell.run else ""
        return f'{struck} office:value-type="string"><text:p>{escape(plain)}{run}</text:p>'
    if cell.day:
        return f'{struck} office:value-type="date" office:date-value="2026-03-12">'
    return f'{struck} office:value-type="float" office:value="{cell.value}">'


def _fods(path: Path, sheet: Sheet) -> None:
    path.write_text(_opened(sheet).replace("<office:document ", '<office:document xmlns:calcext="x" ', 1), "utf-8")


def _ods(path: Path, sheet: Sheet) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        content = _opened(sheet).replace("<office:document ", '<office:document xmlns:calcext="x" ', 1)
        archive.writestr("content.xml", content)


# XML of Excel 2003


def _xml(path: Path, sheet: Sheet) -> None:
    over = {(a, b): f' ss:MergeDown="{c - a}" ss:MergeAcross="{d - b}"' for a, b, c, d in sheet.merged}
    rows = "".join(
        f'<Row ss:Index="{row}"{said("ss:Hidden", "1", row in sheet.hidden_rows)}>'
        + "".join(f'<Cell ss:Index="{column}"{over.get((row, column), "")}{_xml_cell(cell)}' for column, cell in line)
        + "</Row>"
        for row, line in sheet.rows
    )
    columns = "".join(f'<Column ss:Index="{each}" ss:Hidden="1"/>' for each in sheet.hidden_columns)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Styles><Style ss:ID="s1"><Font '
        'ss:StrikeThrough="1"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>'
        f'<Worksheet ss:Name="{sheet.name}"><Table>{columns}{rows}</Table></Worksheet></Workbook>',
        "utf-8",
    )


def _xml_cell(cell: Cell) -> str:
    kind = "Error" if cell.error else {bool: "Boolean", str: "String"}.get(type(cell.value), "Number")
    value = str(int(cell.value)) if kind == "Boolean" else escape(str(cell.value))
    if cell.run:
        value = f'{value.removesuffix(cell.run)}<S xmlns="http://www.w3.org/TR/REC-html40">{cell.run}</S>'
    if cell.day:
        kind, value = "DateTime", "2026-03-12T00:00:00.000"
    named = f' ss:StyleID="s{style(cell)}"' if style(cell) else ""
    return f'{named}><Data ss:Type="{kind}">{value}</Data></Cell>'


write: Mapping[str, Callable[[Path, Sheet], None]] = {
    "xlsx": _xlsx, "xlsb": _xlsb, "xls": _xls, "ods": _ods, "fods": _fods, "xml": _xml,
}  # fmt: skip
"""The writer of each format, by the ending of its files."""
