"""Say of a sheet what its reader should know: headings, hidden parts, merged cells, what stands beside the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pemdocs.model import Finding, Severity
from pemdocs.workbook.grid import Range, Sheet, letters, ref
from pemdocs.workbook.headings import Column, Lexicon
from pemdocs.workbook.lines import COMMENT, Block, Line
from pemdocs.workbook.telling import told

Columns = Mapping[int, Column]


UNREADABLE = "?"
"""Stands for a heading of which nothing can be read."""


def about_headings(block: Block, used: Columns) -> Iterator[Finding]:
    """Headings that are not understood, written twice, without a language, or for the author alone."""
    number = block.top.number
    first = {column.key: place for place, column in used.items()}
    for place, heading in block.top.headings.items():
        cell = ref(number, place)
        column = block.top.columns.get(place)
        if column is not None and place not in used:
            facts = {"heading": told(heading), "first": ref(number, first[column.key]), "second": cell}
            yield block.finding("duplicate-column", Severity.ERROR, cell, number, **facts)
        elif column is not None and column.assumed:
            facts = {"heading": told(heading), "language": column.language}
            yield block.finding("heading-language-assumed", Severity.NOTE, cell, number, **facts)
        elif column is None and heading.startswith(COMMENT):
            yield block.finding("comment-column", Severity.NOTE, cell, number, heading=told(heading))
        elif column is None:
            code, about = block.words.misfit(heading)
            yield block.finding(code, Severity.WARNING, cell, number, **about)


def about_faulty(block: Block, kept: Mapping[int, Line]) -> Iterator[Finding]:
    """Headings that cannot be read and below which nothing stands: values would be told to have no heading."""
    number = block.top.number
    for place, raw in sorted(block.sheet.rows[number].items()):
        if raw.fault and not any(place in line for line in kept.values()):
            code, about = block.words.misfit(str(raw.value) or UNREADABLE)
            yield block.finding(code, Severity.WARNING, ref(number, place), number, **about)


def about_repeated(block: Block) -> Iterator[Finding]:
    """That headings stand in the middle of the sheet again: the rows below them were read under these."""
    number, first = block.top.number, min(block.top.headings)
    yield block.finding("repeated-headings", Severity.NOTE, ref(number, first), number)


def about_hidden(block: Block, used: Columns, kept: Mapping[int, Line]) -> Iterator[Finding]:
    """Hidden rows and columns that were read like the others."""
    rows = len(block.sheet.hidden_rows & kept.keys())
    spans = block.sheet.hidden_columns
    columns = [place for place in sorted(used) if any(first <= place <= last for first, last in spans)] if spans else []
    if rows:
        yield block.finding("hidden-rows", Severity.NOTE, count=rows)
    if columns:
        named = ", ".join(letters(place) for place in columns)
        yield block.finding("hidden-columns", Severity.NOTE, count=len(columns), columns=named)


def about_struck(block: Block, kept: Mapping[int, Line]) -> Iterator[Finding]:
    """Rows in which something is struck through: it was read all the same."""
    for number, line in kept.items():
        struck = sorted(place for place, raw in line.items() if raw.struck)
        if struck:
            yield block.finding("struck-through", Severity.NOTE, ref(number, struck[0]), number, count=len(struck))


def about_merged(block: Block, used: Columns, kept: Mapping[int, Line]) -> Iterator[Finding]:
    """Merged cells whose value stands for more than the first of them."""
    for area in block.sheet.merged:
        column = used.get(area.left)
        if area.top in kept and area.left in kept[area.top] and column is not None and _covers(area, used):
            yield Finding(
                "merged-cells",
                Severity.WARNING,
                block.sheet.name,
                ref(area.top, area.left),
                column.field.table,
                column.field.name,
                row=area.top,
                facts={"range": area.name},
            )


def _covers(area: Range, used: Columns) -> bool:
    return area.bottom > area.top or any(area.left < place <= area.right for place in used)


def about_bare(block: Block, kept: Mapping[int, Line]) -> Iterator[Finding]:
    """The columns that hold values and have no heading: nobody can know what they mean."""
    bare: dict[int, list[int]] = {}
    for number, line in kept.items():
        for column in line.keys() - block.top.headings.keys():
            bare.setdefault(column, []).append(number)
    for column, numbers in sorted(bare.items()):
        facts = {"column": letters(column), "count": len(numbers)}
        cell = ref(numbers[0], column)
        yield block.finding("column-without-heading", Severity.WARNING, cell, numbers[0], **facts)


def about_covered(block: Block, under: Mapping[tuple[int, int], Range]) -> Iterator[Finding]:
    """Values that lie under merged cells, where Excel does not show them."""
    for (row, place), area in sorted(under.items()):
        column = block.top.columns.get(place)
        yield Finding(
            "value-under-merged",
            Severity.WARNING,
            block.sheet.name,
            ref(row, place),
            block.words.table.name,
            column.field.name if column is not None else "",
            row=row,
            facts={"range": area.name},
        )


def about_sheet(sheet: Sheet, words: Lexicon) -> Iterator[Finding]:
    """That the sheet is hidden, and what it shows besides its cells."""
    if sheet.hidden and sheet.rows:
        yield Finding("hidden-sheet", Severity.NOTE, sheet.name, table=words.table.name)
    there = {kind: count for kind, count in sheet.beside.items() if count}
    if there:
        kinds = ("comments", "texts", "pictures", "charts", "objects")
        facts = {kind: there.get(kind, "") for kind in kinds}
        yield Finding("beside-cells", Severity.NOTE, sheet.name, table=words.table.name, facts=facts)
