"""What is wrong with a Word template: each flaw with its tag, where that stands, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches

from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.words import speech
from pemdocs.writing.own.lint.story import Passage, Place

LONGEST = 90
"""Signs of a tag that are quoted."""


@dataclass(frozen=True, slots=True, eq=False)
class Flaw:
    """Something to mend in a template.

    ``passage`` with ``start`` and ``end`` is what it is about, ``None`` where it is about the whole file; ``mends``
    says that it has one answer, which ``mending`` writes.
    """

    code: str
    severity: Severity
    file: str
    passage: Passage | None = None
    start: int = 0
    end: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)
    mends: bool = False
    fault: PemdocsError | None = None
    """What keeps the file from being opened, where it is that."""

    @property
    def found(self) -> str:
        """The tag as it stands, cut where it is long."""
        words = "" if self.passage is None else " ".join(self.passage.text[self.start : self.end].split())
        return shortened(words)

    @property
    def finding(self) -> Finding:
        """The same as the findings of workbooks and layouts are; where it stands is among its facts."""
        place = {} if self.passage is None else asdict(self.passage.place)
        about = {**place, "tag": self.found, "mends": self.mends, "found": self.found}
        return Finding(self.code, self.severity, file=self.file, facts={**about, **self.facts})

    def message(self, lang: str) -> str:
        """What is wrong, in a language that the program speaks."""
        return speech.fault(self.fault, lang) if self.fault else speech.message(self.finding, lang)

    def remedy(self, lang: str) -> str:
        """What to do; a fault says it by itself."""
        return "" if self.fault else speech.remedy(self.finding, lang)

    def place(self, lang: str) -> str:
        """Where it stands, as people who use Word say it; empty where it is about the whole file."""
        return "" if self.passage is None else said_place(self.passage.place, lang)


def said_place(place: Place, lang: str) -> str:
    """A place in words: ``table 1, row 2, cell 3``, with the nearest heading."""
    part = speech.word(f"story.{place.part}", lang) if place.part != "document" else ""
    if place.table:
        spot = speech.word("in-table", lang, number=place.table, row=place.row, column=place.cell)
    elif place.paragraph:
        spot = speech.word("in-paragraph", lang, number=place.paragraph)
    else:
        spot = ""
    box = speech.word("in-box", lang) if place.box else ""
    apart = speech.word(f"in-{place.apart}", lang) if place.apart else ""
    under = speech.word("under-heading", lang, heading=place.heading) if place.heading else ""
    return ", ".join(filter(None, (part, spot, box, apart, under)))


def shortened(words: str, longest: int = LONGEST) -> str:
    """Words, cut where they are long."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def nearest(name: str, known: Iterable[str], least: float = 0.6) -> str:
    """The name among those known that comes nearest; empty where none is near."""
    folded = {each.casefold(): each for each in sorted(set(known), reverse=True)}
    return folded.get(next(iter(get_close_matches(name.casefold(), folded, 1, least)), ""), "")
