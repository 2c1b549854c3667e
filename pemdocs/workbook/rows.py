"""Turn a sheet of raw cells into the rows of a table, and say of every other value where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pemdocs.data.schema import Table
from pemdocs.model import LANGUAGE_MARK, Cell, Finding, Row, Severity
from pemdocs.workbook import cells, remarks
from pemdocs.workbook.covered import split
from pemdocs.workbook.grid import Extract, Raw, Rows, Sheet, letters
from pemdocs.workbook.headings import Column, Lexicon
from pemdocs.workbook.known import Known
from pemdocs.workbook.lines import Block, Line, above
from pemdocs.workbook.tops import Head, Words, again, head

Columns = Mapping[int, Column]


def extract(sheet: Sheet, words: Lexicon, said: Words) -> Extract:
    """The rows of the sheet, and everything that was found on the way; ``said`` is what its first rows say.

    Raises nothing.
    """
    if sheet.missing:
        return _nothing(sheet, words, "sheet-missing")
    about = tuple(remarks.about_sheet(sheet, words))
    if not sheet.rows:
        return Extract((), about)
    seen, under = split(sheet)
    top = head(said, sheet.merged, seen, words)
    if top is None:
        return _nothing(sheet, words, "no-heading-row")
    blocks = list(_blocks(sheet, words, seen, top))
    parts = [_block(block, later=block is not blocks[0]) for block in blocks]
    return Extract(
        tuple(row for part in parts for row in part.rows),
        (
            *about,
            *above(top, seen, sheet, words),
            *(finding for part in parts for finding in part.findings),
            *remarks.about_covered(blocks[0], under),
        ),
    )


def _nothing(sheet: Sheet, words: Lexicon, code: str) -> Extract:
    facts = {"sheet": sheet.name}
    return Extract((), (Finding(code, Severity.ERROR, sheet.name, table=words.table.name, facts=facts),))


def _blocks(sheet: Sheet, words: Lexicon, seen: Rows, top: Head) -> Iterator[Block]:
    """Each heading row with the rows below it: what is pasted below with headings of its own is read under those."""
    lines: dict[int, Mapping[int, Raw]] = {}
    for number in sorted(number for number in seen if number > top.number):
        fresh = again(number, seen[number], top, words)
        if fresh is not None:
            yield Block(sheet, words, top, lines)
            top, lines = fresh, {}
        else:
            lines[number] = seen[number]
    yield Block(sheet, words, top, lines)


def _block(block: Block, later: bool) -> Extract:
    used = _used(block.top)
    kept, findings = block.apart()
    places = {column.key: letters(place) for place, column in used.items()}
    rows, about = [], []
    for number, line in kept.items():
        row, found = _row(block, used, number, line, places)
        rows += [row] if row.cells else []
        about += found
    return Extract(
        tuple(rows),
        (
            *(remarks.about_repeated(block) if later else ()),
            *remarks.about_headings(block, used),
            *remarks.about_faulty(block, kept),
            *findings,
            *remarks.about_hidden(block, used, kept),
            *about,
            *remarks.about_struck(block, kept),
            *remarks.about_merged(block, used, kept),
            *remarks.about_bare(block, kept),
        ),
    )


def _used(top: Head) -> Columns:
    """The columns that are read: of a field that has two, the first."""
    used: dict[str, int] = {}
    for place, column in top.columns.items():
        used.setdefault(column.key, place)
    return {place: column for place, column in top.columns.items() if used[column.key] == place}


def _row(block: Block, used: Columns, number: int, line: Line, places: Mapping[str, str]) -> tuple[Row, list[Finding]]:
    found: dict[str, Cell] = {}
    findings: list[Finding] = []
    sheet = block.sheet.name
    for place, raw in sorted(line.items()):
        column = used.get(place)
        if column is None:
            continue
        where = cells.Place(sheet, f"{places[column.key]}{number}", number)
        taken = cells.take(column, raw, where)
        if taken.findings:
            findings += taken.findings
        if taken.value is not None:
            found[column.key] = Cell(sheet, where.ref, taken.value, taken.unit)
    return Row(block.words.table.name, sheet, number, found, places), findings


def withheld(known: Known, rows: Rows, table: Table) -> Iterator[Row]:
    """The rows of a sheet that lies as it did, each with those cells alone that were not kept.

    What there is to say of them was said when the whole sheet was read.
    """
    columns = {key: Column(table.fields[name], language) for key in known.withheld
               for name, _, language in [key.partition(LANGUAGE_MARK)]}  # fmt: skip
    for record in known.records:
        line = {letters(place): raw for place, raw in rows.get(record.number, {}).items()}
        found: dict[str, Cell] = {}
        for key, column in columns.items():
            raw = line.get(record.columns.get(key, ""))
            if raw is not None:
                where = cells.Place(known.sheet, f"{record.columns[key]}{record.number}", record.number)
                taken = cells.take(column, raw, where)
                if taken.value is not None:
                    found[key] = Cell(known.sheet, where.ref, taken.value, taken.unit)
        if found:
            yield Row(known.table, known.sheet, record.number, found, record.columns)
