"""Turn the fields of a form into marks on the page: their ground and border, their value, their tick."""

from __future__ import annotations

from math import cos, pi, sin

from pikepdf import Dictionary, Object

from pemdocs.scans import lettering, strokes
from pemdocs.scans.fields import Field, Style
from pemdocs.scans.lettering import Case
from pemdocs.scans.strokes import Box, Point

SYMBOLS = {"8": "cross", "l": "circle", "n": "square", "u": "diamond", "H": "star"}
"""The signs of ticks in ZapfDingbats; any other is a check mark."""


def filled(case: Case, widget: Object, field: Field) -> bytes | None:
    """The instructions that draw a field with its value; ``None`` where it has no place."""
    frame = strokes.box(widget)
    if frame is None:
        return None
    left, low, right, high = frame
    looks = widget.get("/MK")
    looks = looks if isinstance(looks, Dictionary) else Dictionary()
    turn = looks.get("/R", 0)
    turn = int(turn) % 360 if isinstance(turn, int) else 0
    room = (high - low, right - left) if turn in (90, 270) else (right - left, high - low)
    place = {90: b"0 1 -1 0 %.2f %.2f" % (right, low), 180: b"-1 0 0 -1 %.2f %.2f" % (right, high),
             270: b"0 -1 1 0 %.2f %.2f" % (left, high)}.get(turn, b"1 0 0 1 %.2f %.2f" % (left, low))  # fmt: skip
    return _ground(widget, looks, frame) + b"q " + place + b" cm " + _value(case, field, room) + b"Q\n"


def _ground(widget: Object, looks: Object, frame: Box) -> bytes:
    """The filling and the border of a field."""
    fill, stroke = strokes.colour(looks.get("/BG"), b"f"), strokes.colour(looks.get("/BC"), b"S")
    width, line = strokes.line(widget)
    if not fill and not (stroke and width):
        return b""
    half = width / 2
    path = strokes.square((frame[0] + half, frame[1] + half, frame[2] - half, frame[3] - half))
    return b"q " + line + fill + stroke + path + (b"B" if fill and stroke else b"f" if fill else b"S") + b" Q\n"


def _value(case: Case, field: Field, room: Point) -> bytes:
    if field.kind == "tick":
        return _tick(field, room) if field.on else b""
    if field.kind == "list":
        return _listed(case, field, room)
    return lettering.text(case, field.lines, field.style, room, several=field.several, align=field.align,
                          comb=field.comb)  # fmt: skip


def _listed(case: Case, field: Field, room: Point) -> bytes:
    """The options of a list from its top, the chosen ones on a ground of their own."""
    size = field.style.size or lettering.LARGEST
    high = size * lettering.LEADING
    style = Style(field.style.family, size, field.style.colour)
    found = b""
    least = max(field.chosen, default=0)
    skipped = max(0, least + 1 - int(room[1] / high)) if least * high > room[1] else 0
    for row, (number, line) in enumerate(list(enumerate(field.lines))[skipped:]):
        low = room[1] - (row + 1) * high
        if low < -high:
            break
        if number in field.chosen:
            found += b"q 0 0.2 0.443 rg 0 %.2f %.2f %.2f re f Q " % (low, room[0], high)
        shown = Style(style.family, size, b"1 g") if number in field.chosen else style
        found += b"q 1 0 0 1 0 %.2f cm " % low + lettering.text(case, (line,), shown, (room[0], high)) + b"Q "
    return b"q 0 0 %.2f %.2f re W n " % room + found + b"Q\n"


def _tick(field: Field, room: Point) -> bytes:
    """A check mark, cross, circle … in the middle of a box."""
    sign = SYMBOLS.get(
        field.lines[0] if field.lines else "", "circle" if field.radio and not any(field.lines) else "check"
    )
    side = min(room) * 0.7
    x, y = (room[0] - side) / 2, (room[1] - side) / 2
    frame = (x, y, x + side, y + side)
    corners = [(x, y), (x + side, y + side), (x, y + side), (x + side, y)]
    middle = [(x + side / 2, y), (x + side, y + side / 2), (x + side / 2, y + side), (x, y + side / 2)]
    star = [(x + side / 2 * (1 + sin(n * 4 * pi / 5)), y + side / 2 * (1 + cos(n * 4 * pi / 5))) for n in range(5)]
    check = [(x, y + side * 0.45), (x + side * 0.35, y + side * 0.08), (x + side, y + side * 0.95)]
    drawn = {
        "circle": strokes.circle((x + side / 5, y + side / 5, x + side * 4 / 5, y + side * 4 / 5)) + b"f",
        "square": strokes.square(frame) + b"f",
        "diamond": strokes.path(middle) + b"h f",
        "star": strokes.path(star) + b"h f",
        "cross": b"".join(strokes.path(corners[n : n + 2]) + b"S " for n in (0, 2)),
        "check": strokes.path(check) + b"S",
    }[sign]
    colour = field.style.colour
    stroke = (
        colour.replace(b"rg", b"RG").replace(b"k", b"K")
        if b"rg" in colour
        else colour.replace(b"g", b"G").replace(b"k", b"K")
    )
    return colour + b" " + stroke + b" %.2f w 1 J 1 j " % max(1.0, side / 8) + drawn + b" "
