"""Turn notes that bring no picture of themselves into marks on the page, as readers draw them.

Only this module knows the shapes of notes (ISO 32000-1, 12.5.6). All is in the points of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import atan2, cos, pi, sin

from pikepdf import Array, Dictionary, Object

from pemdocs.scans import lettering, streams, strokes
from pemdocs.scans.fields import Style, style_of, words_of
from pemdocs.scans.lettering import Case
from pemdocs.scans.strokes import Box, Point

MARKER = b"/Marker gs "
"""Paints so that what lies below is seen."""


def sketch(case: Case, note: Object) -> bytes | None:
    """The instructions that draw a note, empty where it shows nothing, ``None`` where nobody but its maker can."""
    draw = SHAPES.get(streams.word(note.get("/Subtype")))
    frame = strokes.box(note)
    return draw(case, note, frame) if draw and frame else None


def _marked(_: Case, note: Object, frame: Box) -> bytes:
    """Text marked with a pen."""
    quads = _quads(note, frame)
    paths = (b"%.2f %.2f m %.2f %.2f l %.2f %.2f l %.2f %.2f l h f " % (*a, *b, *d, *c) for a, b, c, d in quads)
    return b"q " + MARKER + (strokes.colour(note.get("/C"), b"f") or b"1 1 0 rg ") + b"".join(paths) + b"Q\n"


def _quads(note: Object, frame: Box) -> list[tuple[Point, Point, Point, Point]]:
    """Upper left, upper right, lower left, lower right of each piece of text, as programs write them."""
    run = strokes.points(note.get("/QuadPoints"))
    found = [tuple(run[at : at + 4]) for at in range(0, len(run) - 3, 4)]
    left, low, right, high = frame
    return found or [((left, high), (right, high), (left, low), (right, low))]  # type: ignore[return-value]


def _ruled(place: float) -> Callable[[Case, Object, Box], bytes]:
    """Text with a line through or below it, so far above its lower edge."""

    def draw(_: Case, note: Object, frame: Box) -> bytes:
        paths = b""
        for a, b, c, d in _quads(note, frame):
            start, stop = (tuple(low[n] + (high[n] - low[n]) * place for n in (0, 1)) for low, high in ((c, a), (d, b)))
            paths += b"%.2f %.2f m %.2f %.2f l S " % (*start, *stop)
        return b"q 1 w " + (strokes.colour(note.get("/C"), b"S") or b"0 G ") + paths + b"Q\n"

    return draw


def _closed(shape: Callable[[Box], bytes]) -> Callable[[Case, Object, Box], bytes]:
    def draw(_: Case, note: Object, frame: Box) -> bytes:
        width, line = strokes.line(note)
        left, low, right, high = _inner(note, frame)
        half = width / 2
        path = shape((left + half, low + half, right - half, high - half))
        return _painted(note, width, line, path)

    return draw


def _inner(note: Object, frame: Box) -> Box:
    """The rectangle of a note without the room that it leaves around its shape."""
    inner = strokes.numbers(note.get("/RD"))
    if len(inner) != 4:
        return frame
    return frame[0] + inner[0], frame[1] + inner[1], frame[2] - inner[2], frame[3] - inner[3]


def _painted(note: Object, width: float, line: bytes, path: bytes) -> bytes:
    """A closed path with the line and the filling of its note."""
    fill, stroke = strokes.colour(note.get("/IC"), b"f"), strokes.colour(note.get("/C"), b"S") or b"0 G "
    paint = {(True, True): b"B", (True, False): b"f", (False, True): b"S"}.get((bool(fill), width > 0), b"n")
    return b"q " + line + stroke + fill + path + paint + b" Q\n"


def _scrawl(case: Case, note: Object, frame: Box) -> bytes:
    """What a pen has drawn by hand."""
    hand = note.get("/InkList")
    runs = [strokes.points(each) for each in hand] if isinstance(hand, Array) else []
    line = strokes.line(note)[1]
    paths = b"".join(strokes.path(run if len(run) > 1 else [run[0], run[0]]) + b"S " for run in runs if run)
    return b"q 1 J 1 j " + line + (strokes.colour(note.get("/C"), b"S") or b"0 G ") + paths + b"Q\n"


def _many(close: bool) -> Callable[[Case, Object, Box], bytes | None]:
    def draw(case: Case, note: Object, frame: Box) -> bytes | None:
        points = strokes.points(note.get("/Vertices"))
        if len(points) < 2:
            return None
        width, line = strokes.line(note)
        if close:
            return _painted(note, width, line, strokes.path(points) + b"h ")
        return _open(note, points)

    return draw


def _straight(case: Case, note: Object, frame: Box) -> bytes | None:
    points = strokes.points(note.get("/L"))
    if len(points) != 2:
        return None
    return _open(note, points)


def _open(note: Object, points: Sequence[Point]) -> bytes:
    """A line along some points, with its ends."""
    stroke = strokes.colour(note.get("/C"), b"S") or b"0 G "
    return b"q " + strokes.line(note)[1] + stroke + strokes.path(points) + b"S Q\n" + _ends(note, points)


def _ends(note: Object, points: Sequence[Point]) -> bytes:
    """The arrows at the ends of a line; other endings are no more than ornaments."""
    said = note.get("/LE")
    kinds = [str(each) for each in said] if isinstance(said, Array) else [str(said)]
    tips = {0: (points[0], points[1]), -1: (points[-1], points[-2])}
    width, line = strokes.line(note)
    found = b""
    for at, kind in zip((0, -1), kinds, strict=False):
        if "Arrow" in kind:
            (x, y), (fx, fy) = tips[at]
            angle, size = atan2(fy - y, fx - x), 6 + 2 * width
            wings = [(x + size * cos(angle + turn), y + size * sin(angle + turn)) for turn in (pi / 7, -pi / 7)]
            found += strokes.path([wings[0], (x, y), wings[1]]) + (b"h B " if "Closed" in kind else b"S ")
    stroke = (strokes.colour(note.get("/C"), b"S") or b"0 G ") + (
        strokes.colour(note.get("/IC") or note.get("/C"), b"f") or b"0 g "
    )
    return b"q " + line + stroke + found + b"Q\n" if found else b""


def _typed(case: Case, note: Object, frame: Box) -> bytes:
    """A text that somebody has typed onto the page, in its frame."""
    width, line = strokes.line(note)
    style = style_of(case.pdf, words_of(note.get("/DA")))
    style = Style(style.family, style.size or lettering.LARGEST, style.colour)
    filling = strokes.colour(note.get("/C"), b"f")
    left, low, right, high = frame = _inner(note, frame)
    framed = isinstance(note.get("/BS") or note.get("/Border"), Dictionary | Array) and width > 0
    back = b"q " + line + style.colour.replace(b"rg", b"RG").replace(b"g", b"G").replace(b"k", b"K") + b" " + filling
    back += (
        strokes.square(frame)
        + (b"B" if filling and framed else b"f" if filling else b"S" if framed else b"n")
        + b" Q\n"
    )
    lines = tuple(words_of(note.get("/Contents")).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    align = note.get("/Q", 0)
    set_ = lettering.text(case, lines if any(lines) else (), style, (right - left, high - low), several=True,
                          align=int(align) if align in (0, 1, 2) else 0)  # fmt: skip
    return back + b"q 1 0 0 1 %.2f %.2f cm " % (left, low) + set_ + b"Q\n"


def _slip(_: Case, note: Object, frame: Box) -> bytes:
    """The sign of a note whose words only open on a screen."""
    left, high = frame[0], frame[3]
    paper = strokes.square((left, high - 16, left + 16, high))
    rules = b"".join(b"%.2f %.2f m %.2f %.2f l S " % (left + 3, high - at, left + 13, high - at) for at in (5, 8, 11))
    return b"q 0.7 w 0.3 G " + (strokes.colour(note.get("/C"), b"f") or b"1 1 0.4 rg ") + paper + b"B " + rules + b"Q\n"


SHAPES: dict[str, Callable[[Case, Object, Box], bytes | None]] = {
    "/Highlight": _marked,
    "/Underline": _ruled(0.08),
    "/Squiggly": _ruled(0.08),
    "/StrikeOut": _ruled(0.45),
    "/Square": _closed(strokes.square),
    "/Circle": _closed(strokes.circle),
    "/Ink": _scrawl,
    "/Line": _straight,
    "/Polygon": _many(close=True),
    "/PolyLine": _many(close=False),
    "/FreeText": _typed,
    "/Text": _slip,
}
