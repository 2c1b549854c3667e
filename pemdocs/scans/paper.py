"""Turn the size of a page into its place on A4. Only this module knows the paper and the band that stays free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

MILLIMETRE = 72 / 25.4
"""Points in a millimetre."""

SHORT, LONG = 210 * MILLIMETRE, 297 * MILLIMETRE
"""The sides of A4 in points (ISO 216)."""

BAND = 10 * MILLIMETRE
"""Points at the foot of every sheet that stay free for the stamp."""


LONG_DRAWN = 0.5
"""A page that would be made smaller by more than this for its length alone is spread over several sheets."""

REPEATED = 0.03
"""The part of a sheet that its successor shows again, so that no line is lost where a long page is cut."""

MOST_SHEETS = 50
"""Sheets over which a page is spread at the most."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands on a sheet: the sheet's width and height, the page's lower left corner, all in points.

    ``scale`` turns units of the page into points of the sheet. Of a long page a sheet shows what lies in its
    ``window``: left, low, width and height in points.
    """

    width: float
    height: float
    x: float
    y: float
    scale: float
    window: tuple[float, float, float, float] | None = None

    @property
    def percent(self) -> int:
        """The scale as people say it."""
        return round(self.scale * 100)


def place(width: float, height: float, *, most: float = 1.0, margin: float = 0.0) -> Place:
    """The middle of an A4 sheet above the band, upright or lying as the page fits better.

    ``width`` and ``height`` are in any unit, ``most`` is the largest scale; ``margin`` stays free on the other sides.
    """
    sheets = ((SHORT, LONG), (LONG, SHORT))
    return max((_on(sheet, width, height, most, margin) for sheet in sheets), key=lambda each: round(each.scale, 6))


def places(width: float, height: float, *, most: float = 1.0, margin: float = 0.0) -> tuple[Place, ...]:
    """The sheets for a page, one after another: a single one, but for a page so long that nobody could read it there.

    The arguments are those of ``place``.
    """
    single = place(width, height, most=most, margin=margin)
    tall = height > width
    sheet = (SHORT, LONG) if tall else (LONG, SHORT)
    across, down = _room(sheet, margin)
    length, room = (height, down) if tall else (width, across)
    scale = min(most, across / width if tall else down / height)
    scale = min(scale, MOST_SHEETS * (1 - REPEATED) * room / length)
    if single.scale >= scale * LONG_DRAWN:
        return (single,)
    return tuple(_strips(_on(sheet, width, height, scale, margin, fit=False), length * scale, room, margin, tall))


def _strips(whole: Place, length: float, room: float, margin: float, tall: bool) -> Iterator[Place]:
    """The sheets that show a long page from its top, or from its left."""
    step = room * (1 - REPEATED)
    foot = max(BAND, margin)
    for at in range(ceil((length - room) / step) + 1):
        if tall:
            window = (0.0, foot, whole.width, room)
            yield replace(whole, y=foot + room - length + at * step, window=window)
        else:
            window = (margin, 0.0, room, whole.height)
            yield replace(whole, x=margin - at * step, window=window)


def _room(sheet: tuple[float, float], margin: float) -> tuple[float, float]:
    return sheet[0] - 2 * margin, sheet[1] - margin - max(BAND, margin)


def _on(
    sheet: tuple[float, float], width: float, height: float, most: float, margin: float, *, fit: bool = True
) -> Place:
    room = _room(sheet, margin)
    scale = min(most, room[0] / width, room[1] / height) if fit else most
    left, low = (room[0] - width * scale) / 2, (room[1] - height * scale) / 2
    return Place(*sheet, margin + left, max(BAND, margin) + low, scale)
