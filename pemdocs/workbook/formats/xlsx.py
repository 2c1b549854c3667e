"""Turn the package of an ``.xlsx`` workbook into its sheets. Only this module knows how its parts hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.beside import beside
from pemdocs.workbook.formats.moments import MAC, USUAL
from pemdocs.workbook.formats.parsing import local, parse, said, yes
from pemdocs.workbook.formats.places import place
from pemdocs.workbook.formats.relations import Relation, relations
from pemdocs.workbook.formats.strings import shared
from pemdocs.workbook.formats.styles import styles
from pemdocs.workbook.formats.tally import Tally
from pemdocs.workbook.formats.worksheet import Book, Grid, worksheet
from pemdocs.workbook.grid import Rows, Sheet
from pemdocs.workbook.known import Beginnings, Last, Seen


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


class Asked(NamedTuple):
    """The sheets as they lay last, with what tells whether they lie in the file as they did."""

    last: Mapping[str, Last]
    ground: bytes
    beginnings: Beginnings


def sheets(package: Package, main: str, last: Mapping[str, Last] | None = None) -> tuple[Sheet, ...]:
    """The sheets in the order of their tabs; of those that lie as they did ``last`` only what is wanted is read.

    ``None``: nobody wants to know how they lie. Raises ``PemdocsError``.
    """
    look = limits.clock(package.file)
    listing = _listing(package, main, look)
    related = relations(package, main, look)
    book = _book(package, listing, related, look)
    ground = repr((book.styles, book.epoch, book.doubtful)).encode("utf-8", "surrogatepass")
    asked = None if last is None else Asked(last, ground, Beginnings(book.texts))
    return tuple(
        _sheet(package, each, related.get(each.relation, Relation("", "")), book, asked) for each in listing.sheets
    )


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


def _sheet(package: Package, listed: Listed, relation: Relation, book: Book, asked: Asked | None) -> Sheet:
    if not relation.part:
        return Sheet(listed.name, {}, listed.hidden, missing=True)
    if relation.kind == "chartsheet":
        return Sheet(listed.name, {}, listed.hidden, beside=Counter(charts=1))
    others = beside(package, relation.part, book.look)
    if asked is None:
        return _filled(listed, worksheet(package, relation.part, book), others)
    lies = _lying(package, listed, relation.part, others, asked)
    last = asked.last.get(listed.name)
    if last is not None and lies(last.seen.texts) == last.seen:
        wanted = _wanted(package, relation.part, book, last.columns)
        if wanted is not None:
            return Sheet(listed.name, wanted, listed.hidden, beside=others, seen=last.seen, known=True)
    grid = worksheet(package, relation.part, book)
    return replace(_filled(listed, grid, others), seen=lies(grid.texts))


def _wanted(package: Package, part: str, book: Book, columns: frozenset[str]) -> Rows | None:
    """The cells of some columns; ``None`` where a merged range may lie over them: then the whole sheet tells."""
    if not columns:
        return {}
    found = worksheet(package, part, book, frozenset(at[1] for each in columns if (at := place(f"{each}1"))))
    return None if found.merged else found.rows


def _lying(
    package: Package, listed: Listed, part: str, others: Mapping[str, int], asked: Asked
) -> Callable[[int], Seen]:
    """How a sheet lies in the file, with so many of the shared texts."""
    alone = blake2b(asked.ground, digest_size=16)
    alone.update(repr((listed.name, listed.hidden, sorted(others.items()))).encode("utf-8", "surrogatepass"))
    alone.update(package.read(part))

    def seen(texts: int) -> Seen:
        whole = alone.copy()
        whole.update(asked.beginnings.mark(texts))
        return Seen(whole.hexdigest(), texts)

    return seen


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
