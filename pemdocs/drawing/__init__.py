"""Turn dates and measures into pictures. Only this package knows how a calendar and a progress are drawn."""

from pemdocs.drawing.progress import progress
from pemdocs.drawing.strokes import Label
from pemdocs.drawing.timeline import Item, TimelineWords, timeline, timelines

__all__ = ["Item", "Label", "TimelineWords", "progress", "timeline", "timelines"]
