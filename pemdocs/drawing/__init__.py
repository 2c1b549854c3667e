"""Turn dates and measures into pictures. Only this package knows how a calendar and a progress are drawn."""

from pemdocs.drawing.deadlines import DeadlineWords, Lane, Mark, Span, deadlines
from pemdocs.drawing.progress import progress
from pemdocs.drawing.strip import StripWords, strip
from pemdocs.drawing.strokes import Label
from pemdocs.drawing.timeline import Item, TimelineWords, timeline, timelines

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
