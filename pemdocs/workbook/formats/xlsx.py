"""Turn the package of an ``.xlsx`` workbook into its sheets. Only this module knows how its parts hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.beside import beside
from pemdocs.workbook.formats.moments import MAC, USUAL
from pemdocs.workbook.formats.parsing import local, parse, said, yes
from pemdocs.workbook.formats.relations import Relation, relations
from pemdocs.workbook.formats.strings import shared
from pemdocs.workbook.formats.styles import styles
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.formats.worksheet import Book, Grid, worksheet
from pemdocs.workbook.grid import Sheet


class Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


class Listing(NamedTuple):
    """The workbook's own part: its sheets, its calendar, whether its formulas wait to be calculated."""

    sheets: list[Listed]
    mac: bool = False
    waiting: bool = False


def sheets(package: Package, main: str) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs. Raises ``PemdocsError``."""
    look = limits.clock(package.file)
    listing = _listing(package, main, look)
    related = relations(package, main, look)
    book = _book(package, listing, related, look)
    return tuple(_sheet(package, each, related.get(each.relation, Relation("", "")), book) for each in listing.sheets)


def _listing(package: Package, main: str, look: Callable[[], None]) -> Listing:
    listed: list[Listed] = []
    flags: dict[str, bool] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "sheet":
            state = said(attributes, "state", "visible")
            listed.append(Listed(said(attributes, "name"), said(attributes, "id"), state != "visible"))
        elif name == "workbookPr":
            # Excel writes a second one, of an extension, that says nothing of the calendar.
            flags["mac"] = flags.get("mac", False) or yes(said(attributes, "date1904"))
        elif name == "calcPr":
            done = said(attributes, "calcCompleted", "1")
            flags["waiting"] = yes(said(attributes, "fullCalcOnLoad")) or not yes(done)

    with package.stream(main) as stream:
        parse(stream, package.file, look, start, lambda _: None, lambda _: None)
    if len(listed) > limits.SHEETS:
        raise limits.heavy(package.file)
    return Listing(listed, flags.get("mac", False), flags.get("waiting", False))


def _book(package: Package, listing: Listing, related: Mapping[str, Relation], look: Callable[[], None]) -> Book:
    tally = Tally(package.file)
    parts = {relation.kind: relation.part for relation in related.values() if relation.part}
    texts, looks = parts.get("sharedstrings"), parts.get("styles")
    return Book(
        texts=shared(package, texts, tally, look) if texts else (),
        styles=styles(package, looks, look) if looks else (),
        epoch=MAC if listing.mac else USUAL,
        doubtful=listing.waiting,
        tally=tally,
        look=look,
    )


def _sheet(package: Package, listed: Listed, relation: Relation, book: Book) -> Sheet:
    if not relation.part:
        return Sheet(listed.name, {}, listed.hidden, missing=True)
    if relation.kind == "chartsheet":
        return Sheet(listed.name, {}, listed.hidden, beside=Counter(charts=1))
    return _filled(listed, worksheet(package, relation.part, book), beside(package, relation.part, book.look))


def _filled(listed: Listed, grid: Grid, others: Mapping[str, int]) -> Sheet:
    return Sheet(
        name=listed.name,
        rows=dict(sorted(grid.rows.items())),
        hidden=listed.hidden,
        hidden_rows=frozenset(grid.hidden_rows),
        hidden_columns=tuple(grid.hidden_columns),
        merged=tuple(sorted(grid.merged)),
        beside=others,
    )
