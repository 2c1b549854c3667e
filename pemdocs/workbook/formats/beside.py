"""Count what a sheet shows besides its cells: comments, texts in shapes, pictures, charts, objects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.parsing import local, parse
from pemdocs.workbook.formats.relations import relations

SHAPES = {"txBody": "texts", "pic": "pictures", "graphicFrame": "charts"}
OBJECTS = frozenset({"oleobject", "package"})
OURS = re.compile(r"pemdocs [0-9a-f]{6} ?:\s")
"""How a note begins that an earlier check has left on a cell."""


def beside(package: Package, part: str, look: Callable[[], None]) -> Counter[str]:
    """How many of each kind the sheet of this part has."""
    found: Counter[str] = Counter()
    for relation in relations(package, part, look).values():
        if relation.kind in OBJECTS:
            found["objects"] += 1
        elif relation.kind in ("comments", "drawing") and relation.part and not relation.part.lower().endswith(".bin"):
            reader = _Comments() if relation.kind == "comments" else _Shapes()
            with package.stream(relation.part) as stream:
                parse(stream, package.file, look, reader.start, reader.end, reader.characters)
            found += reader.found
    return +found


class _Comments:
    """The comments but for those of an earlier check."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.text: list[str] = []

    def start(self, tag: str, _: dict[str, str]) -> None:
        if local(tag) == "comment":
            self.text = []

    def end(self, tag: str) -> None:
        if local(tag) == "comment":
            self.found["comments"] += not OURS.match("".join(self.text).lstrip())

    def characters(self, text: str) -> None:
        if len(self.text) < 100:
            self.text.append(text)


class _Shapes:
    """Pictures, charts, and shapes with a text in them."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.waiting = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        kind = SHAPES.get(local(tag), "")
        if kind == "texts":
            self.waiting = True
        elif kind:
            self.found[kind] += 1

    def end(self, tag: str) -> None:
        self.waiting = self.waiting and local(tag) != "txBody"

    def characters(self, text: str) -> None:
        if self.waiting and text.strip():
            self.found["texts"] += 1
            self.waiting = False
