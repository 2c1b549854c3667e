"""Turn names, numbers and a text into the places where the text says them, however they are written."""

from pemdocs.knowledge.mentions.finding import Index, Mention, find
from pemdocs.knowledge.mentions.marks import Mark, Sort, company, passage, person, signs
from pemdocs.knowledge.mentions.tokens import plain

__all__ = ["Index", "Mark", "Mention", "Sort", "company", "find", "passage", "person", "plain", "signs"]
