"""The types of a document that a Word template has made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class About:
    """What the properties of a document say: nothing of the template's own."""

    title: str
    author: str
    subject: str
    languages: tuple[str, ...]
    modified: date


@dataclass(frozen=True, slots=True, repr=False)
class Merged:
    """A finished Word file, from which its PDF is made."""

    content: bytes
    about: About

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the document."""
        return self.about.languages

    @property
    def title(self) -> str:
        """Its title."""
        return self.about.title

    @property
    def author(self) -> str:
        """Who answers for it: the implementer of the programme."""
        return self.about.author

    @property
    def subject(self) -> str:
        """The name of the programme."""
        return self.about.subject

    @property
    def modified(self) -> date:
        """The day that it speaks of."""
        return self.about.modified
