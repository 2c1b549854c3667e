"""Turn the shared texts of a workbook into a list. Only this module knows how forbidden characters are written."""

from __future__ import annotations

import re
from collections.abc import Callable

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.archive import Package
from pemdocs.workbook.formats.parsing import local, parse, said
from pemdocs.workbook.formats.tally import Tally

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

Text = tuple[str, bool]
"""A text, and whether a line is drawn through any of it."""


def unescaped(text: str) -> str:
    """The text with what Excel writes as ``_x000D_``; ``_x005F_`` is the underscore of an escape that is none."""
    if "_x" not in text:
        return text
    found = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes can be the halves of one character.
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if found != text else text


def shared(package: Package, part: str, tally: Tally, look: Callable[[], None]) -> list[Text]:
    """The texts in their order."""
    reader = Rich()
    found: list[Text] = []

    def end(tag: str) -> None:
        if local(tag) == "si":
            tally.text(reader.text)
            found.append(reader.take())
            if len(found) > 2 * limits.VALUES:
                raise limits.heavy(package.file)
        else:
            reader.end(tag)

    with package.stream(part) as stream:
        parse(stream, package.file, look, reader.start, end, reader.characters)
    return found


class Rich:
    """The text inside ``si`` or ``is``: all its runs together, without what tells how Japanese is pronounced."""

    __slots__ = ("open", "parts", "phonetic", "struck")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.struck = False
        self.phonetic = 0
        self.open = False

    @property
    def text(self) -> str:
        """What was read since the last ``take``."""
        return "".join(self.parts)

    def take(self) -> Text:
        """The text, and a fresh start."""
        found = unescaped("".join(self.parts)), self.struck
        self.parts, self.struck, self.phonetic, self.open = [], False, 0, False
        return found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local(tag)
        if name == "t":
            self.open = not self.phonetic
        elif name == "rPh":
            self.phonetic += 1
        elif name == "strike":
            self.struck = said(attributes, "val", "1") in ("1", "true", "on")

    def end(self, tag: str) -> None:
        """An element ends."""
        name = local(tag)
        if name == "t":
            self.open = False
        elif name == "rPh":
            self.phonetic -= 1

    def characters(self, text: str) -> None:
        """Characters between two tags."""
        if self.open:
            self.parts.append(text)
