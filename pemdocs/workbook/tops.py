"""Find the rows of headings in a sheet. Only this module knows how many headings make a heading row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pemdocs.data.cleaning import clean
from pemdocs.workbook.grid import Range, Raw, Rows
from pemdocs.workbook.headings import LONGEST, Column, Lexicon

HEADING_WITHIN = 30
"""The heading row is looked for in so many rows from the top."""

FEWEST_HEADINGS = 2
MOST_HEADINGS = 1_000
"""So many cells of a row are looked at to learn which table it heads."""


@dataclass(frozen=True, slots=True)
class Head:
    """The heading row of a sheet: its number, its headings by column, and the columns that are understood."""

    number: int
    headings: Mapping[int, str]
    columns: Mapping[int, Column]


Words = tuple[tuple[int, dict[int, str]], ...]
"""The rows in which headings may stand: their numbers and their texts by column."""


def words(rows: Rows) -> Words:
    """What the first rows of a sheet say."""
    return tuple((number, texts(rows[number])) for number in sorted(rows) if number <= HEADING_WITHIN)


def texts(line: Mapping[int, Raw]) -> dict[int, str]:
    """The cells of a row as headings."""
    found = ((column, clean(str(raw.value))) for column, raw in sorted(line.items()) if not raw.fault)
    return {column: text for column, text in found if text}


def head(said: Words, merged: tuple[Range, ...], rows: Rows, lexicon: Lexicon) -> Head | None:
    """The first row that is a heading row of the table.

    It holds at least two of its headings, or half of what the row holds is one, and no row has twice as many: a title
    or a row of data can hold one by chance.
    """
    candidates = [_head(number, texts, merged, rows, lexicon) for number, texts in said]
    most = max(map(matches, candidates), default=0)
    for each in candidates:
        count = matches(each)
        if count and 2 * count > most and (count >= FEWEST_HEADINGS or 2 * count >= len(each.headings)):
            return each
    return None


def matches(candidate: Head) -> int:
    """How many fields the headings name."""
    return len({column.key for column in candidate.columns.values()})


def again(number: int, line: Mapping[int, Raw], top: Head, lexicon: Lexicon) -> Head | None:
    """A row further down that is a heading row of its own: other headings, or the same in other columns."""
    first = line[min(line)]
    if first.fault or not isinstance(first.value, str) or lexicon.column(first.value) is None:
        return None
    found = _known(number, texts(line), lexicon)
    enough = matches(found) >= max(FEWEST_HEADINGS, min(3, matches(top))) and 5 * len(found.columns) >= 4 * len(line)
    moved = any(
        column not in top.columns or top.columns[column].field != own.field for column, own in found.columns.items()
    )
    return found if enough and moved else None


def _known(number: int, headings: Mapping[int, str], lexicon: Lexicon) -> Head:
    short = ((column, text) for column, text in headings.items() if len(text) <= LONGEST)
    return Head(number, headings, {column: known for column, text in short if (known := lexicon.column(text))})


def _head(number: int, headings: dict[int, str], merged: tuple[Range, ...], rows: Rows, lexicon: Lexicon) -> Head:
    first = dict(list(headings.items())[:MOST_HEADINGS])
    found = _known(number, first, lexicon)
    if not found.columns:
        return found
    above = dict(_from_above(number, headings, merged, rows))
    columns = {**found.columns, **_known(number, above, lexicon).columns}
    return Head(number, dict(sorted({**headings, **above}.items())), dict(sorted(columns.items())))


def _from_above(
    number: int, headings: Mapping[int, str], merged: tuple[Range, ...], rows: Rows
) -> Iterator[tuple[int, str]]:
    # A heading merged down over two rows stands in the first of them.
    for area in merged:
        if area.top >= number:
            break
        if number <= area.bottom and area.left == area.right and area.left not in headings:
            raw = rows.get(area.top, {}).get(area.left)
            if raw is not None:
                yield area.left, clean(str(raw.value))
