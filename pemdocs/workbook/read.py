"""Turn a workbook, or JSON of the same shape, into rows: every value with its cell, every doubt as a finding.

Only this module and its neighbours open files that people bring.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pemdocs.data.schema import Table, Tables
from pemdocs.model import Finding, Row, Severity
from pemdocs.workbook import headings, jsonfile, rows, tops
from pemdocs.workbook.columns import LISTS
from pemdocs.workbook.formats import opening, sniff
from pemdocs.workbook.formats.sniff import Format, Source
from pemdocs.workbook.grid import Extract, Sheet
from pemdocs.workbook.headings import Lexicon
from pemdocs.workbook.known import Known as KnownSheet
from pemdocs.workbook.known import Seen
from pemdocs.workbook.telling import tab
from pemdocs.workbook.words import explanation_sheets, marking_sheets

CLEARLY = 3
"""So many headings of one table make up for a sheet's unknown name."""


LISTS_NAMED = re.compile(re.escape(LISTS) + "( \\([0-9]+\\))?")
"""The hidden sheets of choices: each time a workbook was extended, another one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its rows, the findings, the sheet used for each table, and the hash of the file.

    ``tabs`` are the sheets whose names are not told, by what stands for them: the fourth under ``#4``. ``known`` are
    the sheets that were not read, for they lie in the file as they did, by their names: their findings are among the
    ``findings``, and of their rows there is what was not kept, under ``withheld``. ``seen`` tells how the others lie,
    where that was asked for.
    """

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    sheets: Mapping[str, str]
    sha256: str
    tabs: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, KnownSheet] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    withheld: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


def read(path: Path, tables: Tables, language: str = "fr", known: Mapping[str, KnownSheet] | None = None) -> Reading:
    """Every row of the file that belongs to a table.

    ``language`` is the programme's first: of a translated text whose heading names no language. ``known`` are sheets
    as they were read last, by their names, with the same tables and language: those that lie in the file as they did
    are not read again; ``None``: nobody wants to know how they lie.
    Raises ``PemdocsError`` with an ``unreadable-…`` code where the file cannot be read at all.
    """
    source = sniff.source(path)
    words = {name: headings.lexicon(table, language) for name, table in tables.items()}
    names = headings.sheet_names(tables)
    digest = hashlib.sha256(source.content).hexdigest()
    if source.format is Format.JSON:
        return _reading(*_named_parts(jsonfile.tables(source.content, source.file), names, words), source.file, digest)
    last = None if known is None else {name: each.last for name, each in known.items()}
    sheets, tabs = _told(_own(opening.sheets(source, last)))
    there = {sheet.name: known[sheet.name] for sheet in sheets if sheet.known} if known else {}
    parts, findings = _sheet_parts(sheets, tabs, names, words, there)
    once = len({table for table, *_ in parts}) == len(parts)
    if there and not once:  # the rows of two sheets of one table have one order
        return read(path, tables, language, {})
    findings += [Finding("macros-ignored", Severity.NOTE, facts={"file": source.file})] if source.macros else []
    named = (each for each in sheets if once and each.name not in tabs and headings.table_of(each.name, names))
    seen = {each.name: each.seen for each in named if each.seen and not each.known}
    reading = _reading(parts, findings, source.file, digest)
    apart = {each.name: tuple(rows.withheld(there[each.name], each.rows, tables[there[each.name].table]))
             for each in sheets if each.name in there}  # fmt: skip
    return replace(reading, tabs=MappingProxyType(tabs), known=there, seen=seen, withheld=apart)


def _reading(parts: Parts, findings: list[Finding], file: str, digest: str) -> Reading:
    used: dict[str, str] = {}
    for table, sheet, _ in parts:
        if table in used:
            facts = {"sheet": sheet, "first": used[table], "table": table}
            findings.append(Finding("sheet-twice", Severity.NOTE, sheet, table=table, facts=facts))
        used.setdefault(table, sheet)
    if not used:
        findings.append(Finding("no-known-sheet", Severity.ERROR, facts={"file": file}))
    return Reading(
        rows=tuple(row for *_, part in parts for row in part.rows),
        findings=(*findings, *(finding for *_, part in parts for finding in part.findings)),
        sheets=MappingProxyType(used),
        sha256=digest,
    )


def read_records(records: Mapping[str, Sequence[object]], tables: Tables, language: str = "fr") -> Reading:
    """The same of records that are in memory: a list of mappings for each table, in the shape of the JSON input.

    The place of a cell is its path inside the table, as in JSON: ``[3].name``. Their hash is that of no file: empty.
    """
    words = {name: headings.lexicon(table, language) for name, table in tables.items()}
    named = tuple((str(name), jsonfile.plain(items)) for name, items in records.items())
    return _reading(*_named_parts(named, headings.sheet_names(tables), words), "", "")


Parts = list[tuple[str, str, Extract]]


def _named_parts(
    found: Iterable[tuple[str, object]], names: Mapping[str, Table], words: Mapping[str, Lexicon]
) -> tuple[Parts, list[Finding]]:
    parts: Parts = []
    findings: list[Finding] = []
    for number, (name, items) in enumerate(found, 1):
        table, shown = headings.table_of(name, names), tab(name, number)
        if table is not None:
            parts.append((table.name, shown, jsonfile.extract(shown, items, table, words[table.name])))
        else:
            findings.append(_unknown(name, shown, names, {table for table, *_ in parts}))
    return parts, findings


class Headed(NamedTuple):
    """A sheet that stands for a table, with its heading row where one was found."""

    table: str
    sheet: Sheet
    top: tops.Head | None


def headed(source: Source, tables: Tables, language: str) -> tuple[Headed, ...]:
    """The sheets of a workbook that stand for tables, with the columns that are understood, in the order of their tabs.

    Raises ``PemdocsError`` with an ``unreadable-…`` code.
    """
    words = {name: headings.lexicon(table, language) for name, table in tables.items()}
    sheets = tuple(sheet for _, sheet in _own(opening.sheets(source)))
    known, _ = _known_sheets(sheets, {}, headings.sheet_names(tables), words)
    return tuple(
        Headed(table, sheet, tops.head(told, sheet.merged, sheet.rows, words[table])) for sheet, told, table in known
    )


Known = list[tuple[Sheet, tops.Words, str]]


def _own(sheets: Sequence[Sheet]) -> list[tuple[int, Sheet]]:
    """The sheets that are the author's, with their places among the tabs; the list of a check stands beside them."""
    numbered = enumerate((sheet for sheet in sheets if not _of_marks(sheet)), 1)
    return [(number, sheet) for number, sheet in numbered if not _ours(sheet)]


def _told(sheets: Iterable[tuple[int, Sheet]]) -> tuple[tuple[Sheet, ...], dict[str, str]]:
    """The sheets under names that may be told, and the true names of the others."""
    found, tabs = [], {}
    for number, sheet in sheets:
        shown = tab(sheet.name, number)
        found.append(replace(sheet, name=shown))
        if shown != sheet.name:
            tabs[shown] = sheet.name
    return tuple(found), tabs


def _sheet_parts(
    sheets: Sequence[Sheet],
    tabs: Mapping[str, str],
    names: Mapping[str, Table],
    words: Mapping[str, Lexicon],
    there: Mapping[str, KnownSheet],
) -> tuple[Parts, list[Finding]]:
    known, findings = _known_sheets(sheets, tabs, names, words)
    parts = [(table, sheet.name, _extract(sheet, words[table], told, there)) for sheet, told, table in known]
    return parts, findings


def _extract(sheet: Sheet, words: Lexicon, told: tops.Words, there: Mapping[str, KnownSheet]) -> Extract:
    return Extract((), there[sheet.name].findings) if sheet.known else rows.extract(sheet, words, told)


def _known_sheets(
    sheets: Sequence[Sheet], tabs: Mapping[str, str], names: Mapping[str, Table], words: Mapping[str, Lexicon]
) -> tuple[Known, list[Finding]]:
    """The sheets that stand for a table, by their names or else by their headings, and what to tell of the others."""
    findings: list[Finding] = []
    named = ((sheet.name, headings.table_of(tabs.get(sheet.name, sheet.name), names)) for sheet in sheets)
    known = {name: table.name for name, table in named if table}
    said = [tops.words(sheet.rows) for sheet in sheets]
    for sheet, told in zip(sheets, said, strict=True):
        if sheet.name in known or not (sheet.rows or sheet.beside or sheet.missing):
            continue
        name = _by_headings(sheet, told, [words[name] for name in words if name not in known.values()])
        if name:
            known[sheet.name] = name
            facts = {"sheet": sheet.name, "table": name}
            findings.append(Finding("sheet-by-headings", Severity.NOTE, sheet.name, table=name, facts=facts))
        else:
            findings.append(_unknown(tabs.get(sheet.name, sheet.name), sheet.name, names, set(known.values())))
    there = zip(sheets, said, strict=True)
    return [(sheet, told, known[sheet.name]) for sheet, told in there if sheet.name in known], findings


def _ours(sheet: Sheet) -> bool:
    """Whether the program wrote the sheet, to explain the workbook or to hold its choices.

    Only under the names as the program writes them: a sheet of the author's called Lists is a sheet like any other.
    """
    return sheet.name in explanation_sheets() or LISTS_NAMED.fullmatch(sheet.name) is not None


def _of_marks(sheet: Sheet) -> bool:
    """Whether the sheet is the list of an earlier check: it says so in its first cell."""
    first = sheet.rows.get(1, {}).get(1)
    return first is not None and first.value in marking_sheets()


def _unknown(name: str, shown: str, names: Mapping[str, Table], read: Collection[str]) -> Finding:
    """A sheet that is passed over, with the table it may be meant for; a copy beside its original is meant for none."""
    nearest = headings.nearest_table(name, names)
    facts = {"sheet": shown, "table": "" if nearest in read else nearest}
    return Finding("unknown-sheet", Severity.WARNING, shown, facts=facts)


def _by_headings(sheet: Sheet, said: tops.Words, lexicons: list[Lexicon]) -> str:
    """The table that the headings clearly show: most of them are its own, and no other table has as many."""
    scores = []
    for words in lexicons:
        top = tops.head(said, sheet.merged, sheet.rows, words)
        if top is not None:
            count = len({column.key for column in top.columns.values()})
            scores.append((count, 2 * count > len(top.headings), words.table.name))
    best = sorted(scores, reverse=True)[:2]
    if not best or best[0][0] < CLEARLY or not best[0][1] or (len(best) > 1 and best[0][0] == best[1][0]):
        return ""
    return best[0][2]
