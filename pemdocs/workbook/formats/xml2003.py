"""Turn an XML spreadsheet of Excel 2003 into its sheets. Only this module knows its elements."""

from __future__ import annotations

import io
from collections import Counter

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.moments import USUAL, iso, valued
from pemdocs.workbook.formats.parsing import damaged, local, parse, said, yes
from pemdocs.workbook.formats.styles import Style
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.formats.worksheet import NUMBER, Grid
from pemdocs.workbook.grid import Range, Raw, Sheet
from pemdocs.workbook.shapes import LONGEST

NAMED = {
    "General Date": "dd/mm/yyyy h:mm", "Long Date": "d mmmm yyyy", "Medium Date": "d-mmm-yy",
    "Short Date": "dd/mm/yyyy",
    "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Percent": "0.00%", "Fixed": "0.00",
    "Standard": "#,##0.00", "Scientific": "0.00E+00", "Currency": "#,##0.00", "Euro Currency": '#,##0.00 "€"',
}  # fmt: skip
TRUTH = {"1": True, "0": False}


def sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs. Raises ``PemdocsError``."""
    reader = _Reader(Tally(file))
    with damaged(file):
        parse(io.BytesIO(content), file, limits.clock(file), reader.start, reader.end, reader.characters)
    return tuple(reader.sheets)


class _Reader:
    """The place in the document, and what was read of the current sheet and cell."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.sheets: list[Sheet] = []
        self.styles: dict[str, Style] = {}
        self.name = self.visible = self.own = ""
        self.grid = Grid()
        self.comments = 0
        self.row = self.column = self.wide = 0
        self.hidden = self.commenting = False
        self.cell: dict[str, str] | None = None
        self.kind = ""
        self.parts: list[str] | None = None
        self.words: list[str] | None = None
        self.struck = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        known = getattr(self, f"_start_{local(tag).lower()}", None)
        if known is not None:
            known(attributes)

    def end(self, tag: str) -> None:
        known = getattr(self, f"_end_{local(tag).lower()}", None)
        if known is not None:
            known()

    def characters(self, text: str) -> None:
        for parts in (self.parts, self.words):
            if parts is not None:
                parts.append(text)

    # Styles

    def _start_style(self, attributes: dict[str, str]) -> None:
        self.own = said(attributes, "ID")
        self.styles[self.own] = self.styles.get(said(attributes, "Parent"), Style())
        if len(self.styles) > limits.STYLES:
            raise limits.heavy(self.tally.file)

    def _start_numberformat(self, attributes: dict[str, str]) -> None:
        shape = said(attributes, "Format", "General")[:LONGEST]
        self.styles[self.own] = self.styles.get(self.own, Style())._replace(format=NAMED.get(shape, shape))

    def _start_font(self, attributes: dict[str, str]) -> None:
        if self.own and yes(said(attributes, "StrikeThrough")):
            self.styles[self.own] = self.styles[self.own]._replace(struck=True)

    def _end_style(self) -> None:
        self.own = ""

    # Sheets

    def _start_worksheet(self, attributes: dict[str, str]) -> None:
        self.name, self.visible = said(attributes, "Name"), ""
        self.grid, self.comments, self.row, self.wide = Grid(), 0, 0, 0

    def _end_worksheet(self) -> None:
        if len(self.sheets) >= limits.SHEETS:
            raise limits.heavy(self.tally.file)
        self.sheets.append(
            Sheet(
                name=self.name,
                rows=dict(sorted(self.grid.rows.items())),
                hidden=self.visible.strip() not in ("", "SheetVisible"),
                hidden_rows=frozenset(self.grid.hidden_rows),
                hidden_columns=tuple(self.grid.hidden_columns),
                merged=tuple(sorted(self.grid.merged)),
                beside=+Counter(comments=self.comments),
            )
        )

    def _start_visible(self, _: dict[str, str]) -> None:
        self.words = []

    def _end_visible(self) -> None:
        self.visible, self.words = "".join(self.words or ()), None

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = _whole(said(attributes, "Index")) or self.wide + 1
        self.wide = min(first + _whole(said(attributes, "Span")), limits.COLUMNS)
        if yes(said(attributes, "Hidden")):
            self.grid.hidden_columns.append((first, self.wide))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = _whole(said(attributes, "Index")) or self.row + 1
        self.column, self.hidden = 0, yes(said(attributes, "Hidden"))

    # Cells

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.cell, self.kind, self.parts = attributes, "", None
        self.column = _whole(said(attributes, "Index")) or self.column + 1

    def _start_data(self, attributes: dict[str, str]) -> None:
        if not self.commenting and self.cell is not None:
            self.kind, self.parts, self.struck = said(attributes, "Type", "String"), [], False

    def _start_s(self, _: dict[str, str]) -> None:
        self.struck = True

    def _end_data(self) -> None:
        if self.parts is not None and self.cell is not None and not self.commenting:
            self._keep("".join(self.parts), self.cell)
            self.kind, self.parts = "read", None

    def _start_comment(self, _: dict[str, str]) -> None:
        self.comments, self.commenting = self.comments + 1, True

    def _end_comment(self) -> None:
        self.commenting = False

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        if not self.kind and said(self.cell, "Formula"):
            self._put(Raw("", fault="formula-without-result"))
        across, down = (_whole(said(self.cell, name)) for name in ("MergeAcross", "MergeDown"))
        if across or down:
            self.tally.merged()
            bottom, right = min(self.row + down, limits.ROWS), min(self.column + across, limits.COLUMNS)
            self.grid.merged.append(Range(self.row, self.column, bottom, right))
            self.column = right
        self.cell = None

    def _keep(self, text: str, cell: dict[str, str]) -> None:
        self.tally.text(text)
        style = self.styles.get(said(cell, "StyleID"), self.styles.get("Default", Style()))
        raw = _raw(self.kind, text, style._replace(struck=style.struck or self.struck))
        if raw is not None:
            self._put(raw)

    def _put(self, raw: Raw) -> None:
        self.tally.value()
        self.grid.put(self.row, self.column, raw)
        if self.hidden:
            self.grid.hidden_rows.add(self.row)


def _raw(kind: str, text: str, style: Style) -> Raw | None:
    bare = text.strip()
    if kind == "Number" and len(bare) < 400 and NUMBER.fullmatch(bare) and abs(float(bare)) != float("inf"):
        return Raw(valued(float(bare), style.format, USUAL), style.format, struck=style.struck)
    if kind == "Boolean" and bare in TRUTH:
        return Raw(TRUTH[bare], style.format, struck=style.struck)
    if kind == "Error":
        return Raw(bare or "#?", style.format, "error-cell", struck=style.struck)
    if kind == "String":
        return Raw(text, style.format, struck=style.struck) if text else None
    try:
        moment = iso(bare) if kind == "DateTime" else None
    except ValueError:
        moment = None
    if moment is None:
        return Raw("", style.format, "cell-unreadable", struck=style.struck) if bare else None
    return Raw(moment, style.format, struck=style.struck)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0
