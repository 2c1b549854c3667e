"""Turn a theme into one in which a page keeps to its sheets: more air where there is room, smaller type where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pemdocs.project.theme import Theme

TIGHT = 0.5
"""The spaces between paragraphs where the type must shrink, times their size."""
STEPS = 5
"""How often the room between two settings is halved."""
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

    if holds(theme, EASE):
        return _largest(lambda share: theme.at(1, 1 + share * (theme.fit["air"] - 1)), lambda made: holds(made, EASE))
    if holds(theme.at(1, TIGHT)):
        return _largest(lambda share: theme.at(1, TIGHT + share * (1 - TIGHT)), holds)
    return _largest(lambda share: theme.at(least + share * (1 - least), TIGHT), holds)


def _largest(made: Callable[[float], Theme], holds: Callable[[Theme], bool]) -> Theme:
    """What is made of the largest share, between none and all, that holds; of none where even that does not."""
    if holds(made(1)):
        return made(1)
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(made(middle)) else (low, middle)
    return made(low)
