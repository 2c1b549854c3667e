"""Turn the measures of an objective into a small picture of how far it has come. Only this module knows its track."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from pemdocs.pictures.drawing import strokes
from pemdocs.pictures.drawing.strokes import Fill
from pemdocs.project.theme import Theme

SIZE = 8.5
SMALL = 8.0
TRACK = 4.5
"""Points of the track's thickness."""
MIDDLE = 18.0
"""Points from the top to the middle of the track."""
SHARE = 30.0
"""Points at the right for the share reached."""


def progress(
    values: Iterable[tuple[date, Decimal]],
    *,
    baseline: Decimal,
    target: Decimal,
    due: str,
    fmt: Callable[[Decimal], str],
    share: Callable[[Decimal], str],
    theme: Theme,
    width_mm: float = 60.0,
    height_mm: float = 14.0,
) -> bytes:
    """Draw a track from baseline to target as SVG, with a dot for each dated value and the share reached.

    The latest value is full and carries its number, the earlier ones are hollow. A target below the baseline runs the
    same way, from left to right; values beyond either end lengthen the track. Without values the track is empty.
    ``due`` is the finished text of the target's date; ``fmt`` writes values, ``share`` writes a share of one.
    """
    wide, high = width_mm * strokes.POINTS, height_mm * strokes.POINTS
    ordered = [value for _, value in sorted(values, key=lambda pair: pair[0])]
    places = [reached(value, baseline, target) for value in ordered]
    done = share(_share(ordered[-1], baseline, target)) if ordered else ""
    low, top = min((0.0, *places)), max((1.0, *places))
    left, right = 4.0, wide - max(SHARE, strokes.width(done, SIZE + 2, bold=True) + 4) - 6

    def x(place: float) -> float:
        return left + (right - left) * (place - low) / (top - low)

    shapes = [strokes.rect(left, MIDDLE - TRACK / 2, right - left, TRACK, strokes.mix(theme.colour["rule"], 0.7))]
    shapes += _ends(x(0.0), x(1.0), wide, (fmt(baseline), fmt(target), due), theme)
    if ordered:
        shapes += _course([x(place) for place in places], x(0.0), theme)
        shapes.append(_number(x(places[-1]), fmt(ordered[-1]), right, theme))
        colour = theme.colour["during"] if places[-1] >= 1 else theme.colour["ink"]
        shapes.append(strokes.text(wide, MIDDLE + 3.2, done, "", colour, SIZE + 2, bold=True, anchor="end"))
    return strokes.document(wide, high, shapes)


def reached(value: Decimal, baseline: Decimal, target: Decimal) -> float:
    """Where a value stands between baseline (0) and target (1), or beyond; a target may lie below the baseline."""
    return float(_share(value, baseline, target))


def _share(value: Decimal, baseline: Decimal, target: Decimal) -> Decimal:
    if target == baseline:  # to keep what there was: it is kept or it is not
        return Decimal(int(value == target))
    return (value - baseline) / (target - baseline)


def _ends(start: float, end: float, wide: float, words: tuple[str, str, str], theme: Theme) -> Iterator[str]:
    """The baseline's tick and number, the target's flag, number and date, kept apart where they stand close."""
    muted, ink = theme.colour["muted"], theme.colour["ink"]
    base, due = MIDDLE + 14, strokes.width(words[2], SMALL)
    numbers = strokes.width(words[0], SIZE), strokes.width(words[1], SIZE, bold=True)
    gap = due + 4 + 10 if due else 8
    begins = max(start - 2, 0.0)
    ends = min(max(end + 1 - numbers[1], begins + numbers[0] + gap), wide - numbers[1])
    begins = min(begins, ends - gap - numbers[0])
    yield strokes.line(start, MIDDLE - 5, start, MIDDLE + 5, muted, 0.8)
    yield strokes.line(end, MIDDLE - 7, end, MIDDLE + 6, ink, 1.4)
    yield strokes.text(begins, base, words[0], "", muted, SIZE)
    yield strokes.text(ends - 4 - due, base, words[2], "", muted, SMALL) if due else ""
    yield strokes.text(ends, base, words[1], "", ink, SIZE, bold=True)


def _course(places: Sequence[float], start: float, theme: Theme) -> Iterator[str]:
    accent = theme.colour["accent"]
    left, right = sorted((start, places[-1]))
    yield strokes.rect(left, MIDDLE - TRACK / 2, right - left, TRACK, accent)
    for place in places[:-1]:
        yield strokes.dot(place, MIDDLE, 2.0, Fill("#ffffff", accent))
    yield strokes.dot(places[-1], MIDDLE, 3.2, Fill(accent, "#ffffff"))


def _number(place: float, words: str, right: float, theme: Theme) -> str:
    half = strokes.width(words, SIZE, bold=True) / 2
    middle = min(max(place, half), right + SHARE / 2 - half)
    return strokes.text(middle, MIDDLE - 8, words, "", theme.colour["ink"], SIZE, bold=True, anchor="middle")
