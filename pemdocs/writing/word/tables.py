"""Turn tables into Word tables of fixed columns. Only this module knows how spans, heads and kept rows are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.writing.word.frame import CELL, Frame
from pemdocs.writing.word.markup import W, close_story, is_table, legal, mark, paragraph, sub, words_in

Fill = Callable[[etree._Element, etree._Element, Frame], None]

STYLES = {
    "calm": "PemdocsCalm",
    "fields": "PemdocsFields",
    "grid": "PemdocsGrid",
    "key": "PemdocsKey",
    "signatures": "PemdocsSignatures",
    "bare": "PemdocsBare",
}
BARE = frozenset({"PemdocsBare", "PemdocsKey", "PemdocsSignatures"})
"""Tables without lines between their cells, which reach to the edges of the text and are never parted."""
UNSHADED = BARE | {"PemdocsCalm"}
PHASES = ("before", "during", "after")
PADDING = 204
LONG = 300
"""Characters of a row that may stand alone on a page."""
SHARE = re.compile(r"width\s*:\s*([0-9.]+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell in its place: its element (none for a gap), first column, columns spanned, and Word's vertical merge."""

    cell: etree._Element | None
    column: int
    span: int
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """How many rows a cell still takes, this one counted, and how many columns."""

    rows: int
    span: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its spots from left to right; ``head`` rows repeat on every page, ``tied`` ones stay with the next."""

    head: bool
    tied: bool
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the table's style can dress by itself: a single head row, the first column; and how many rows are heads."""

    style: str
    first_row: bool
    first_column: bool
    heads: int
    columns: int

    def covers(self, spot: Spot, row: int) -> bool:
        """Whether the style already gives this head its ground."""
        return (self.first_row and row == 0) or (self.first_column and spot.column == 0) or self.style in UNSHADED


def write_table(element: etree._Element, out: etree._Element, frame: Frame, fill: Fill) -> None:
    """Append a table; ``fill`` writes what stands in a cell."""
    rows = _rows(element)
    columns = max([len(_cols(element)), *(spot.column + spot.span for row in rows for spot in row.spots)])
    if not columns:
        raise PemdocsError("layout-empty-table")
    widths = _widths(element, columns, frame.width)
    shape = _shape(element, rows, columns)
    percent = frame.width if frame.running else 0
    table = new_table(out, shape.style, widths, shape.first_row, shape.first_column, percent)
    _describe(table, element)
    for number, row in enumerate(rows):
        made = new_row(table, head=row.head, whole=True)
        for spot in _filled(row.spots, columns):
            _write_cell(made, spot, sum(widths[spot.column : spot.column + spot.span]), shape, number, frame, fill)
    tied = [made for made, row in zip(table.iterchildren(W + "tr"), rows, strict=True) if row.tied]
    _keep_together(table, shape, tied, whole=shape.style in BARE or "keep" in element.get("class", "").split())


def shares(weights: Iterable[float], total: int) -> list[int]:
    """Whole numbers in proportion to the weights, with exactly this sum."""
    weights = list(weights)
    edges = [round(total * part / sum(weights)) for part in (0, *accumulate(weights))]
    return [right - left for left, right in pairwise(edges)]


def new_table(
    out: etree._Element, style: str, widths: list[int], first_row: bool, first_column: bool = False, percent: int = 0
) -> etree._Element:
    """Append an empty table; widths are twips, or shares of the line where ``percent`` gives their whole."""
    table = sub(out, "tbl")
    properties = sub(table, "tblPr")
    sub(properties, "tblStyle", val=style)
    sub(properties, "tblW", **({"w": "5000", "type": "pct"} if percent else {"w": str(sum(widths)), "type": "dxa"}))
    sub(properties, "tblLayout", type="fixed")
    look = 0x0600 | 0x20 * first_row | 0x80 * first_column
    flags = {"firstRow": first_row, "lastRow": False, "firstColumn": first_column, "lastColumn": False}
    more = {name: str(int(flag)) for name, flag in {**flags, "noHBand": True, "noVBand": True}.items()}
    sub(properties, "tblLook", val=f"{look:04X}", **more)
    grid = sub(table, "tblGrid")
    for width in widths:
        sub(grid, "gridCol", w=str(width))
    return table


def new_row(table: etree._Element, *, head: bool, whole: bool) -> etree._Element:
    """Append a row; a ``whole`` row is never cut by a page, a ``head`` row stands on every page."""
    row = sub(table, "tr")
    properties = sub(row, "trPr")
    if whole:
        sub(properties, "cantSplit")
    if head:
        sub(properties, "tblHeader")
    if not len(properties):
        row.remove(properties)
    return row


def new_cell(
    row: etree._Element, width: int, spot: Spot | None = None, margins: tuple[int, int] | None = None, percent: int = 0
) -> etree._Element:
    """Append an empty cell; ``margins`` are left and right, in twips."""
    cell = sub(row, "tc")
    properties = sub(cell, "tcPr")
    measure = {"w": str(round(width * 5000 / percent)), "type": "pct"} if percent else {"w": str(width), "type": "dxa"}
    sub(properties, "tcW", **measure)
    if spot is not None and spot.span > 1:
        sub(properties, "gridSpan", val=str(spot.span))
    if spot is not None and spot.merge:
        sub(properties, "vMerge", val=spot.merge)
    if margins is not None:
        sides = sub(properties, "tcMar")
        for side, margin in zip(("left", "right"), margins, strict=True):
            sub(sides, side, w=str(margin), type="dxa")
    return cell


def keep_end(block: etree._Element) -> None:
    """Keep a paragraph, or the last row of a table, with what follows."""
    for made in (block[-1] if is_table(block) else block).iter(W + "p"):
        mark(made, "keepNext")


def stretch(cell: etree._Element, height: int) -> None:
    """Make the row of a cell at least this high, in twips, the words at its foot."""
    row = cell.getparent()
    properties = row.find(W + "trPr") if row is not None else None
    assert properties is not None, "a row that stays whole has properties"  # noqa: S101
    sub(properties, "trHeight", val=str(height), hRule="atLeast")
    sub(cell[0], "vAlign", val="bottom")


def _rows(element: etree._Element) -> list[Row]:
    above: dict[int, Held] = {}
    rows = []
    for head, tied, line in _lines(element):
        spots, above = _spots(line, above)
        rows.append(Row(head, tied, spots))
    return rows


def _lines(element: etree._Element) -> Iterator[tuple[bool, bool, etree._Element]]:
    """The rows in order: whether each is a head, and whether its group, of class ``keep``, goes on below it."""
    for child in element:
        if child.tag == "tr":
            yield False, False, child
        elif child.tag in ("thead", "tbody", "tfoot"):
            lines = list(child.iterchildren("tr"))
            kept = "keep" in child.get("class", "").split()
            yield from (
                (child.tag == "thead", (kept and line is not lines[-1]) or _heads(line), line) for line in lines
            )


def _heads(line: etree._Element) -> bool:
    """Whether a row is the heading of those below it."""
    return "group" in line.get("class", "").split()


def _spots(line: etree._Element, above: dict[int, Held]) -> tuple[tuple[Spot, ...], dict[int, Held]]:
    """Place the cells of a row around those that reach down from above; tells also what reaches further down."""
    spots, below = [], {}
    cells = line.iterchildren("td", "th")
    cell = next(cells, None)
    column = 0
    while cell is not None or any(start >= column for start in above):
        if column in above:
            held = above[column]
            spots.append(Spot(None, column, held.span, "continue"))
        elif cell is not None:
            held = Held(int(cell.get("rowspan", "1")), int(cell.get("colspan", "1")))
            spots.append(Spot(cell, column, held.span, "restart" if held.rows > 1 else ""))
            cell = next(cells, None)
        else:
            held = Held(1, 1)
        if held.rows > 1:
            below[column] = Held(held.rows - 1, held.span)
        column += held.span
    return tuple(spots), below


def _filled(spots: tuple[Spot, ...], columns: int) -> Iterator[Spot]:
    """The spots of a row with every gap closed, for Word wants each row to reach across the grid."""
    column = 0
    for spot in spots:
        if spot.column > column:
            yield Spot(None, column, spot.column - column)
        yield spot
        column = spot.column + spot.span
    if column < columns:
        yield Spot(None, column, columns - column)


def _cols(element: etree._Element) -> list[etree._Element]:
    return [*element.iterfind("colgroup/col"), *element.iterchildren("col")]


def _widths(element: etree._Element, columns: int, total: int) -> list[int]:
    found = [SHARE.search(col.get("style", "")) for col in _cols(element)]
    weights = [float(match[1]) if match else 0.0 for match in found] + [0.0] * (columns - len(found))
    known = [weight for weight in weights if weight > 0]
    typical = sum(known) / len(known) if known else 1.0
    return shares([weight or typical for weight in weights], total)


def _shape(element: etree._Element, rows: list[Row], columns: int) -> Shape:
    kinds = element.get("class", "").split()
    style = next((style for kind, style in STYLES.items() if kind in kinds), "PemdocsGrid")
    first = [row.spots[0].cell for row in rows if not row.head and row.spots and row.spots[0].column == 0]
    heads = [cell is None or cell.tag == "th" for cell in first]
    lines = sum(row.head for row in rows)
    return Shape(style, lines == 1, bool(heads) and all(heads), lines, columns)


def _describe(table: etree._Element, element: etree._Element) -> None:
    """Title and description for those who hear the table: its caption or label, and its summary."""
    caption = element.find("caption")
    words = "" if caption is None else " ".join(words_in(caption).split())
    title = words or element.get("aria-label", "")
    summary = element.get("summary", "") or (element.get("aria-label", "") if words else "")
    properties = table[0]
    if title:
        sub(properties, "tblCaption", val=legal(title))
    if summary:
        sub(properties, "tblDescription", val=legal(summary))


def _write_cell(made: etree._Element, spot: Spot, width: int, shape: Shape, row: int, frame: Frame, fill: Fill) -> None:
    cell = new_cell(made, width, spot, percent=frame.width if frame.running else 0)
    kinds = [] if spot.cell is None else spot.cell.get("class", "").split()
    _colour(cell, spot, kinds, shape, row, frame)
    if shape.style in BARE and spot.column + spot.span == shape.columns:
        sub(sub(cell[0], "tcMar"), "right", w="0", type="dxa")
    if spot.cell is None:
        paragraph(cell, "PemdocsCell")
        return
    if frame.running or (shape.heads > 1 and row < shape.heads):
        sub(cell[0], "vAlign", val="center" if frame.running else "bottom")
    style = _paragraph_style(spot.cell, kinds, frame)
    fill(spot.cell, cell, frame.narrowed(width - PADDING, replace(frame.dress if frame.running else CELL, text=style)))
    if len(cell) == 1:
        paragraph(cell, style)
    if "num" in kinds or "centre" in kinds:
        _align(cell, "right" if "num" in kinds else "center")
    close_story(cell)


def _paragraph_style(cell: etree._Element, kinds: list[str], frame: Frame) -> str:
    if frame.running:
        return frame.dress.text
    if cell.tag == "th":
        return "PemdocsRowHead" if cell.get("scope") == "row" else "PemdocsColumnHead"
    return "PemdocsNumber" if "num" in kinds else "PemdocsCell"


def _align(cell: etree._Element, side: str) -> None:
    """Right or centred, where the paragraph's style does not say so already."""
    for made in cell.iterchildren(W + "p"):
        style = made.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(W + "val") != "PemdocsNumber":
            mark(made, "jc", val=side)


def _colour(cell: etree._Element, spot: Spot, kinds: list[str], shape: Shape, row: int, frame: Frame) -> None:
    """The marks that belong to a cell and not to its table: the phase's bar, what is pending, a head further in."""
    colour = frame.book.theme.colour
    sides = [("left", "24", colour[phase]) for phase in PHASES if phase in kinds]
    if shape.heads > 1 and row == shape.heads - 1:
        sides.append(("bottom", "8", colour["accent"]))
    if sides:
        borders = sub(cell[0], "tcBorders")
        for side, width, shade in sides:
            sub(borders, side, val="single", sz=width, space="0", color=shade[1:].upper())
    ground = "pending" if "pending" in kinds else "wash" if _of_group(spot.cell) else ""
    if not ground and _is_head(spot, row, shape) and not shape.covers(spot, row):
        ground = "wash"
    if ground:
        sub(cell[0], "shd", val="clear", color="auto", fill=colour[ground][1:].upper())


def _of_group(cell: etree._Element | None) -> bool:
    """Whether a cell stands in the heading of the rows below it."""
    line = None if cell is None else cell.getparent()
    return line is not None and _heads(line)


def _is_head(spot: Spot, row: int, shape: Shape) -> bool:
    return row < shape.heads if spot.cell is None else spot.cell.tag == "th"


def _keep_together(table: etree._Element, shape: Shape, tied: list[etree._Element], *, whole: bool) -> None:
    """No head without a row, no row alone unless it is long; what is bare (signatures) or of class keep stays whole."""
    made = list(table.iterchildren(W + "tr"))
    ends = [line for line in (*made[shape.heads : shape.heads + 1], *made[-2:-1]) if len(words_in(line)) < LONG]
    kept = made[:-1] if whole else [*made[: shape.heads], *ends]
    for line in made[:-1]:
        if line in kept or line in tied:
            for cell in line.iterchildren(W + "tc"):
                for inside in cell.iterchildren(W + "p"):
                    mark(inside, "keepNext")
