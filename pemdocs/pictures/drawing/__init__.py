"""Turn dates and measures into pictures. Only this package knows how a calendar and a progress are drawn."""

from pemdocs.pictures.drawing.deadlines import DeadlineWords, Lane, Mark, Span, deadlines
from pemdocs.pictures.drawing.progress import progress
from pemdocs.pictures.drawing.strip import StripWords, strip
from pemdocs.pictures.drawing.strokes import Label
from pemdocs.pictures.drawing.timeline import Item, TimelineWords, timeline, timelines

__all__ = [
    "DeadlineWords",
    "Item",
    "Label",
    "Lane",
    "Mark",
    "Span",
    "StripWords",
    "TimelineWords",
    "deadlines",
    "progress",
    "strip",
    "timeline",
    "timelines",
]
