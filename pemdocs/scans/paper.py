"""Turn the size of a page into its place on A4. Only this module knows the paper and the band that stays free."""

from __future__ import annotations

from dataclasses import dataclass

MILLIMETRE = 72 / 25.4
"""Points in a millimetre."""

SHORT, LONG = 210 * MILLIMETRE, 297 * MILLIMETRE
"""The sides of A4 in points (ISO 216)."""

BAND = 10 * MILLIMETRE
"""Points at the foot of every sheet that stay free for the stamp."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands on a sheet: the sheet's width and height, the page's lower left corner, all in points.

    ``scale`` turns units of the page into points of the sheet.
    """

    width: float
    height: float
    x: float
    y: float
    scale: float

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


def _on(sheet: tuple[float, float], width: float, height: float, most: float, margin: float) -> Place:
    foot = max(BAND, margin)
    room = (sheet[0] - 2 * margin, sheet[1] - margin - foot)
    scale = min(most, room[0] / width, room[1] / height)
    left, low = (room[0] - width * scale) / 2, (room[1] - height * scale) / 2
    return Place(*sheet, margin + left, foot + low, scale)
