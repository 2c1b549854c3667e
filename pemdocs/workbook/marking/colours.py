"""Turn the cells of a sheet into coloured ones by a conditional format of its own, and back: no cell is touched.

Only this module knows the formula by which such a format is recognised.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pemdocs.workbook.parts.order import WORKSHEET
from pemdocs.workbook.parts.splicing import Edit, edited, outline, place, prefix

FORMULA = 'N("pemdocs")=0'
"""Always true, and nobody else writes it."""

MOST_AREAS = 500
"""Areas of one conditional format: there is no known limit, but a list that long is slow to draw."""

CELL = re.compile("([A-Z]+)([0-9]+)")
PRIORITY = re.compile(rb'priority\s*=\s*"(\d+)"')
RULES = re.compile(rb"<(?:\w+:)?cfRule\s[^>]*>")


def coloured(xml: bytes, cells: Mapping[str, Sequence[str]], styles: Mapping[str, int]) -> bytes:
    """The sheet whose cells (by severity) have the colour of the style of their severity."""
    root = outline(xml)
    head = prefix(xml, root)
    highest = max((int(number) for tag in RULES.findall(xml) for number in PRIORITY.findall(tag)), default=0)
    formats: list[str] = []
    for severity, places in cells.items():
        found = tuple(areas(places))
        for first in range(0, len(found), MOST_AREAS):
            formats.append(
                _format(head, found[first : first + MOST_AREAS], styles[severity], highest + len(formats) + 1)
            )
    at = place(root, WORKSHEET, "conditionalFormatting")
    return edited(xml, [Edit(at, at, "".join(formats).encode())])


def _format(head: str, found: Iterable[str], style: int, priority: int) -> str:
    rule = f'{head}cfRule type="expression" dxfId="{style}" priority="{priority}"'
    formula = f"<{head}formula>{FORMULA.replace(chr(34), '&quot;')}</{head}formula>"
    area = " ".join(found)
    name = f"{head}conditionalFormatting"
    return f'<{name} sqref="{area}"><{rule}>{formula}</{head}cfRule></{name}>'


def bare(xml: bytes) -> bytes:
    """The sheet without the colours of earlier marks."""
    if b"pemdocs" not in xml:
        return xml
    edits = []
    for each in outline(xml).all("conditionalFormatting"):
        formulas = [part for rule in each.children for part in rule.all("formula")]
        texts = {xml[part.inner : part.close].replace(b"&quot;", b'"').replace(b" ", b"") for part in formulas}
        if texts == {FORMULA.encode()}:
            edits.append(Edit(each.start, each.end))
    return edited(xml, edits)


def areas(cells: Iterable[str]) -> Iterator[str]:
    """The cells as ranges down their columns: ``B3:B5``, ``D7``."""
    rows: dict[str, set[int]] = defaultdict(set)
    for cell in cells:
        found = CELL.fullmatch(cell)
        if found:
            rows[found[1]].add(int(found[2]))
    for column, numbers in rows.items():
        yield from (_area(column, first, last) for first, last in _runs(sorted(numbers)))


def _area(column: str, first: int, last: int) -> str:
    return f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
