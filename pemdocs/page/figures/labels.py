"""Turn texts into the labels of a drawing."""

from __future__ import annotations

from pemdocs.model import Text
from pemdocs.pictures.drawing import Label


def label_of(text: Text) -> Label:
    """A text on one line in each of its languages; once, where all say the same."""
    parts = text.parts[:1] if text.uniform else text.parts
    return tuple((each, " ".join(words.split())) for each, words in parts)
