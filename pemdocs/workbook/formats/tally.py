"""Count what a file holds while it is read, and stop where a limit is passed."""

from __future__ import annotations

from pemdocs.workbook.formats import limits


class Tally:
    """The values and the characters of one file so far. Raises ``unreadable-heavy`` once there are too many."""

    __slots__ = ("characters", "file", "ranges", "values")

    def __init__(self, file: str) -> None:
        self.file = file
        self.values = self.characters = self.ranges = 0

    def value(self, times: int = 1) -> None:
        """One more value, or several that are alike."""
        self.values += times
        if self.values > limits.VALUES:
            raise limits.heavy(self.file)

    def text(self, text: str) -> None:
        """One more text."""
        self.characters += len(text)
        if self.characters > limits.CHARACTERS or len(text) > limits.TEXT:
            raise limits.heavy(self.file)

    def merged(self) -> None:
        """One more merged range."""
        self.ranges += 1
        if self.ranges > limits.RANGES:
            raise limits.heavy(self.file)
