"""Turn the grids of a page into a list to be copied from: number, field, value, in the order of the page.

Only this module knows how a sheet that is typed from looks as comma-separated values. A value is what the page marks as
one (class ``value``) or a box that is filled; what is missing or to be left empty is empty.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from io import StringIO

from lxml import etree

from pemdocs.model import Page

SIGN = "\ufeff"
"""What tells Excel that a list is UTF-8."""

COMMA = frozenset({"en"})
"""Languages whose Excel parts columns by commas; where commas are for decimals, semicolons do."""

RECKONED = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that Excel would reckon instead of showing it."""

NUMBER = re.compile(r"[+-][\d\s,.%()]+")
"""A number with its sign, such as a telephone's: nothing to be reckoned."""

BOX = "●"
"""What stands before a box that is filled."""

Element = etree._Element


def write(page: Page) -> bytes:
    """The list as comma-separated values, in the first language of the page."""
    grids = [each for each in page.tree.iter("table") if "grid" in (each.get("class") or "").split()]
    heads = tuple(_words(each) for each in (grids[0].iterfind("thead//th") if grids else ()))[:3]
    return separated([heads, *(row for grid in grids for row in _rows(grid))], page.languages[0])


def separated(rows: Iterable[Sequence[str]], language: str) -> bytes:
    """Rows as Excel of this language opens them: in UTF-8, parted by its sign, no text taken for a formula."""
    out = StringIO()
    lines = csv.writer(out, delimiter="," if language in COMMA else ";", lineterminator="\r\n")
    lines.writerows([_shown(each) for each in row] for row in rows)
    return (SIGN + out.getvalue()).encode()


def _shown(words: str) -> str:
    return f"'{words}" if words.startswith(RECKONED) and not NUMBER.fullmatch(words) else words


def _rows(grid: Element) -> Iterator[tuple[str, str, str]]:
    """Number, field and value of each row that has a number."""
    for row in grid.iterfind("tbody/tr"):
        cells = list(row)
        if len(cells) > 2 and any(sign.isdigit() for sign in _words(cells[0])):
            yield _words(cells[0]), _words(cells[1]), "; ".join(filter(None, map(_words, _values(cells[2]))))


def _values(cell: Element) -> Iterator[Element]:
    for each in cell.iter("span", "strong"):
        filled = each.tag == "strong" and (each.text or "").startswith(BOX)
        if filled or "value" in (each.get("class") or "").split():
            yield each


def _words(element: Element) -> str:
    """The words of the first language alone, on one line."""
    own = deepcopy(element)
    own.tail = None
    for aside in [each for each in own.iter("span") if _aside(each)]:
        _remove(aside)
    text = " ".join("".join(map(str, own.itertext())).replace("\u00a0", " ").split())
    return text.removeprefix(BOX).strip(" ·")


def _aside(span: Element) -> bool:
    """Whether it holds the words of the second language, or a mark about a text."""
    sort = (span.get("class") or "").split()
    return "mark" in sort or ("second" in sort and span.get("lang") is not None)


def _remove(element: Element) -> None:
    """Take an element out of its parent; what stands behind it stays."""
    before, parent = element.getprevious(), element.getparent()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail and parent is not None:
        parent.text = (parent.text or "") + element.tail
    if parent is not None:
        parent.remove(element)
