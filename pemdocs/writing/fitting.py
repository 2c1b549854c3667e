"""Turn a theme into one in which a page keeps to its sheets: more air where there is room, smaller type where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pemdocs.project.theme import Theme

TIGHT = 0.5
"""The spaces between paragraphs where the type must shrink, times their size."""
STEPS = 5
"""How often the room between two settings is halved."""
CLOSER = (0.85, 0.7)
"""The same where that saves the last page: first the one, then the other."""
EASE = 8.0
"""Millimetres more that stay empty where there is room: a line of the largest type."""


def fitted(theme: Theme, pages: Callable[[Theme], int]) -> Theme:
    """The theme with as much air as its sheets hold, or with type as small as it takes to keep to them.

    ``pages`` counts the sheets in a theme. One that sets no limit stays as it is.
    """
    most, least = theme.fit["pages"], theme.fit["type"]
    if not most:
        return theme

    def holds(made: Theme, more: float = 0) -> bool:
        low = {**made.page, "height": made.page["height"] - theme.fit["reserve"] - more}
        return pages(replace(made, page=low)) <= most

    def aired(type: float, least: float, most: float, more: float = 0) -> Theme:
        return theme.at(type, _largest(lambda share: holds(theme.at(type, share), more), least, most))

    if holds(theme, EASE):
        return aired(1, 1, theme.fit["air"], EASE)
    if holds(theme.at(1, TIGHT)):
        return aired(1, TIGHT, 1)
    # Sizes go by half points: what a step leaves over becomes air again.
    return aired(_largest(lambda share: holds(theme.at(share, TIGHT)), least, 1), TIGHT, 1)


def saved(theme: Theme, taken: int, pages: Callable[[Theme], int]) -> Theme:
    """The theme set so much closer that it takes a page less than ``taken``, or as it is where that were too close."""
    least = theme.at(theme.fit["save"], CLOSER[-1])
    if taken < 2 or pages(least) >= taken:
        return theme
    closer = (theme.at(1, air) for air in CLOSER)
    return next((made for made in closer if pages(made) < taken), least)


def _largest(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The largest factor between two that holds; the lower one where none does."""
    if holds(high):
        return high
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
