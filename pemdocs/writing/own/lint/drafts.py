"""Take down what is wrong with each tag of a template, and how the tag should be written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pemdocs.model import Severity
from pemdocs.writing.own.lint.flaws import Flaw
from pemdocs.writing.own.lint.spelling import Spelt
from pemdocs.writing.own.lint.tags import PRINTING, STATEMENTS, STATING, Tag

CELL_WORDS = ("vm", "hm", "colspan", "cellbg")
"""The tags that docxtpl adds to Jinja's, for cells."""

KEYWORDS = (*STATEMENTS, *CELL_WORDS)

Mend = Sequence[tuple[str, str]] | None
"""Words of a tag with the right ones: the first pair of which the tag has the words is taken."""


@dataclass(slots=True, eq=False)
class Draft:
    """A tag that is being read: how its body and its prefix should be written, and what is wrong with it."""

    file: str
    tag: Tag
    body: str
    prefix: str
    flaws: list[Flaw] = field(default_factory=list)
    changed: bool = False

    def tell(
        self,
        code: str,
        severity: Severity,
        *,
        mend: Mend = None,
        mends: bool = False,
        **facts: object,
    ) -> None:
        """Take down a flaw, and mend the body where ``mend`` tells how; ``mends``: what is right is known otherwise."""
        mended = self._replaced(mend) if mend else False
        self.changed = self.changed or mended or mends
        tag = self.tag
        found = Flaw(code, severity, self.file, tag.passage, tag.start, tag.end, facts, mended or mends)
        if (code, facts) not in [(each.code, each.facts) for each in self.flaws]:
            self.flaws.append(found)

    def _replaced(self, pairs: Sequence[tuple[str, str]]) -> bool:
        for old, new in pairs:
            edge = r"(?<!\w)" if old[:1].isalnum() or old[:1] == "_" else ""
            behind = r"(?!\w)" if old[-1:].isalnum() or old[-1:] == "_" else ""
            pattern = f"{edge}{re.escape(old)}{behind}"
            if re.search(pattern, self.body):
                self.body = re.sub(pattern, new.replace("\\", r"\\"), self.body, count=1)
                return True
        return False

    def spell(self, found: Spelt) -> None:
        """Take the spelling over."""
        self.body = found.body
        self.changed = self.changed or bool(found.changed)

    @property
    def word(self) -> str:
        """The word that a statement begins with; nothing for what is printed."""
        found = re.match(r"\s*(\w+)", self.body)
        return found[1] if found and self.tag.opener == STATING else ""

    @property
    def prints(self) -> bool:
        """Whether it writes a value."""
        return self.tag.opener == PRINTING

    @property
    def right(self) -> str:
        """The tag as it should be written."""
        inner = re.sub(r"[\t\n]+", " ", self.body.strip(" \t\n\u00a0\u200b\u202f"))
        prefix = "" if self.prints else self.prefix
        closing = "-" if self.tag.closing_dash else ""
        return f"{self.tag.opener}{self.tag.sign}{prefix} {inner} {closing}{self.tag.closer}"
