"""Turn a template file into what Jinja understands of it, or into the place where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pemdocs import resources
from pemdocs.model import Finding, PemdocsError
from pemdocs.page.proofreading.flaws import Place, flaw, nearest, of_fault, quoted
from pemdocs.resources import Templates
from pemdocs.words import sandbox
from pemdocs.words.sandbox import TemplateSyntaxError, nodes

TAGS = ("for", "if", "elif", "else", "set", "macro", "call", "import", "from", "include", "filter", "with", "block",
        "extends", "endfor", "endif", "endset", "endmacro", "endcall", "endfilter", "endwith", "endblock")  # fmt: skip
BLOCKS = frozenset({"for", "if", "macro", "call", "filter", "with", "block"})
PAIRS = "{{ … }}, {% … %}, {# … #}"
"""How the signs of a template are closed, to be shown in a message."""


@dataclass(frozen=True, slots=True)
class Source:
    """A template that was read: its tree, or the finding that says why there is none."""

    shown: str
    text: str
    tree: nodes.Template | None
    flaw: Finding | None = None

    def place(self, line: int) -> Place:
        """A line of it."""
        return Place(self.shown, line)


@lru_cache(maxsize=256)
def read(kind: str, name: str, templates: Templates) -> Source | None:
    """The template of this name as the layout of a kind finds it: in its own folder, else in the house's."""
    path = templates.file(f"{kind}/{name}") or templates.file(f"house/{name}")
    if path is None:
        return None
    shown = templates.shown(path)
    try:
        text = resources.text(path, shown)
    except PemdocsError as fault:
        return Source(shown, "", None, of_fault(fault))
    try:
        return Source(shown, text, sandbox.parse(text))
    except TemplateSyntaxError as error:
        return Source(shown, text, None, misread(error, text, Place(shown, error.lineno)))


def misread(error: TemplateSyntaxError, text: str, place: Place) -> Finding:
    """What a template that Jinja cannot read has wrong."""
    said = str(error.message)
    lines = text.split("\n")
    found = quoted(lines[min(place.line, len(lines)) - 1])
    unknown = re.search(r"unknown tag '(\w+)'", said)
    if unknown and unknown[1] not in TAGS:
        return flaw("template-tag", place, found=unknown[1], nearest=nearest(unknown[1], TAGS))
    open_ = re.search(r"innermost block that needs to be closed is '(\w+)'", said)
    if open_:
        block, line = next(_open(text, open_[1]), (open_[1], place.line))
        return flaw("template-open", Place(place.file, line), found=block, closing=f"{{% end{block} %}}")
    return flaw("template-syntax", place, found=found, pairs=PAIRS)


def _open(text: str, block: str) -> Iterator[tuple[str, int]]:
    """The last block of this sort that is opened and not closed, with its line."""
    there: list[tuple[str, int]] = []
    for found in re.finditer(r"\{%[-+]?\s*(end)?(\w+)([^%]*)%\}", text):
        closing, name, rest = found[1], found[2], found[3]
        if closing and there and there[-1][0] == name:
            there.pop()
        elif not closing and (name in BLOCKS or (name == "set" and "=" not in rest)):
            there.append((name, text[: found.start()].count("\n") + 1))
    yield from (each for each in reversed(there) if not block or each[0] == block)
