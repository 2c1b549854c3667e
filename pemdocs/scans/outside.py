"""Take out of the instructions of a page the texts and pictures that stand wholly outside of what is shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Dictionary, Matrix, Name, Object, Stream

from pemdocs.scans import strokes
from pemdocs.scans.advance import Ruler
from pemdocs.scans.keeping import exact
from pemdocs.scans.strokes import Box, Point
from pemdocs.scans.unseen import CLOSE, LINES, OPEN, OPERAND, PIECE, TEXTS, WORD, Skip

TALL = 1.3
"""How far letters reach from where they stand, in sizes."""


@dataclass(slots=True)
class _Pen:
    """Where the next thing is drawn: the matrices of the page and of its text, the font's size, the leading."""

    page: Matrix = field(default_factory=Matrix)
    text: Matrix = field(default_factory=Matrix)
    line: Matrix = field(default_factory=Matrix)
    size: float = 0.0
    leading: float = 0.0
    kept: list[tuple[Matrix, float, float]] = field(default_factory=list)


def without(content: bytes, ruler: Ruler, shown: Box, string: Skip, picture: Skip) -> bytes:
    """The same instructions but for what is outside of the box that is shown, in the points of the page."""
    return b"".join(_parts(content, ruler, shown, string, picture))


def _parts(content: bytes, ruler: Ruler, shown: Box, string: Skip, picture: Skip) -> Iterator[bytes]:
    pen = _Pen()
    at = start = depth = 0
    while found := PIECE.match(content, at):
        word, at = found[0], found.end()
        if word == b"(":
            at = string(content, found.start())
        depth = max(0, depth + (word in OPEN) - (word in CLOSE))
        if depth or not WORD.match(word) or OPERAND.match(word):
            continue
        if word == b"BI":
            at = picture(content, found.start())
        operands = content[start : found.start()]
        yield (
            content[start:at]
            if _seen(pen, word, operands, content, start, ruler, shown)
            else _left(word, content, start, operands, ruler)
        )
        start = at
    yield content[start:]


def _left(word: bytes, content: bytes, start: int, operands: bytes, ruler: Ruler) -> bytes:
    """What remains of an instruction that draws outside."""
    if word in LINES:
        return b" T* "
    moved = ruler.moved(content[max(0, start - (1 << 16)) : start], operands) if word in TEXTS else b""
    return b" " + moved + b" "


def _seen(pen: _Pen, word: bytes, operands: bytes, content: bytes, start: int, ruler: Ruler, shown: Box) -> bool:
    """Whether an instruction may draw something within the box; the pen is moved by it."""
    if word in TEXTS or word in LINES:
        return _text(pen, word, operands, content, start, ruler, shown)
    if word == b"BI":
        return _meets(pen.page, (0, 0, 1, 1), shown)
    if word == b"Do":
        return _thing(pen, operands, ruler.resources, shown)
    _move(pen, word, operands)
    return True


def _text(pen: _Pen, word: bytes, operands: bytes, content: bytes, start: int, ruler: Ruler, shown: Box) -> bool:
    if word in LINES:
        pen.line = pen.text = Matrix(1, 0, 0, 1, 0, -pen.leading) @ pen.line
    before = content[max(0, start - (1 << 16)) : start]
    moved = ruler.moved(before, operands) if word in TEXTS else b""
    along = -float(moved[1:-4]) / 1000 * pen.size if moved else 10_000.0
    reach = pen.size * TALL
    box = (min(0.0, along) - reach, -reach, max(0.0, along) + reach, reach)
    seen = _meets(pen.text @ pen.page, box, shown)
    if moved:
        pen.text = Matrix(1, 0, 0, 1, along, 0) @ pen.text
    return seen


def _thing(pen: _Pen, operands: bytes, resources: Object | None, shown: Box) -> bool:
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    thing = (
        things.get(exact(operands.strip().decode("utf-8", "surrogateescape")))
        if isinstance(things, Dictionary)
        else None
    )
    if not isinstance(thing, Stream):
        return True
    if thing.get("/Subtype") == Name.Image:
        return _meets(pen.page, (0, 0, 1, 1), shown)
    bounds, turn = strokes.numbers(thing.get("/BBox")), strokes.numbers(thing.get("/Matrix"))
    if len(bounds) != 4:
        return True
    return _meets((Matrix(*turn) if len(turn) == 6 else Matrix()) @ pen.page, strokes.box_of(bounds), shown)


def _meets(matrix: Matrix, box: Box, shown: Box) -> bool:
    """Whether a box, as the matrix places it, touches what is shown."""
    corners: list[Point] = []
    for x in (box[0], box[2]):
        for y in (box[1], box[3]):
            across, down = matrix.transform((x, y))
            corners.append((float(across), float(down)))
    left, low, right, high = strokes.bounds(corners)
    return left < shown[2] and right > shown[0] and low < shown[3] and high > shown[1]


def _move(pen: _Pen, word: bytes, operands: bytes) -> None:
    """Follow what an instruction does to the pen."""
    if word == b"q":
        pen.kept.append((pen.page, pen.size, pen.leading))
    elif word == b"Q" and pen.kept:
        pen.page, pen.size, pen.leading = pen.kept.pop()
    elif word == b"BT":
        pen.text = pen.line = Matrix()
    elif word == b"T*":
        pen.text = pen.line = Matrix(1, 0, 0, 1, 0, -pen.leading) @ pen.line
    elif word in (b"cm", b"Tm", b"Td", b"TD", b"Tf", b"TL"):
        _set(pen, word, _numbers(operands))


def _set(pen: _Pen, word: bytes, given: list[float]) -> None:
    if word == b"cm" and len(given) == 6:
        pen.page = Matrix(*given) @ pen.page
    elif word == b"Tm" and len(given) == 6:
        pen.text = pen.line = Matrix(*given)
    elif word in (b"Td", b"TD") and len(given) == 2:
        pen.text = pen.line = Matrix(1, 0, 0, 1, *given) @ pen.line
        pen.leading = -given[1] if word == b"TD" else pen.leading
    elif word == b"Tf" and given:
        pen.size = abs(given[-1])
    elif word == b"TL" and given:
        pen.leading = given[0]


def _numbers(operands: bytes) -> list[float]:
    found = []
    for each in operands.split():
        try:
            found.append(float(each))
        except ValueError:
            continue
    return found
