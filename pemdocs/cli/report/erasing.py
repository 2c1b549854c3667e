"""Turn what is erased, or would be, into what people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pemdocs.words import speech

if TYPE_CHECKING:
    from pemdocs.building.erasing import Erasure

MOST = 12
"""So many files are named; of the others it is told how many they are."""


def as_text(found: Erasure, lang: str) -> str:
    """What goes, sheet by sheet and file by file; what stays though it holds a value; what to do next."""
    return "\n".join(_lines(found, lang))


def _lines(found: Erasure, lang: str) -> Iterator[str]:
    if not found.cases:
        yield speech.word("erase-none", lang)
        return
    ground = speech.word(f"erase.ground.{found.ground}", lang)
    key = "erase-done" if found.done else "erase-would"
    yield speech.word(key, lang, cases=", ".join(found.cases), ground=ground)
    for sheet, count in found.sheets:
        yield speech.word("erase-cells", lang, workbook=found.workbook, name=sheet, count=count)
    yield from (f"  {path}" for path in found.files[:MOST])
    if len(found.files) > MOST:
        yield speech.word("erase-more", lang, count=len(found.files) - MOST)
    if found.register:
        yield speech.word("erase-register", lang, count=found.register)
    for path in found.left:
        yield speech.word("erase-left", lang, file=path)
    for path in found.quoting:
        yield speech.word("erase-quoting", lang, file=path)
    for part in found.shown:
        yield speech.word("erase-shown", lang, workbook=found.workbook, part=part)
    yield speech.word("erase-kept" if found.done else "erase-yes", lang)
