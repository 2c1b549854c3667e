"""Turn what was explained into what people read. No value is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pemdocs.building.telling import said
from pemdocs.cli.report.text import wrapped
from pemdocs.words.speech import word

if TYPE_CHECKING:
    from pemdocs.building.explain import Explained, Traced


def as_text(found: Explained, lang: str) -> str:
    """The cells of a document by sheet; where words come from; or the documents that read a cell."""
    if found.cell is not None:
        head = word("explain.readers", lang, cell=said(found.cell, lang), count=len(found.readers))
        return "\n".join([*wrapped(head), *(f"  {path}" for path in found.readers)])
    if found.traced:
        return "\n".join(line for each in found.traced for line in _traced(each, lang))
    head = word("explain.cells", lang, path=found.document, count=len(found.cells))
    return "\n".join([*wrapped(head), *_by_sheet(found, lang)])


def _by_sheet(found: Explained, lang: str) -> Iterator[str]:
    for sheet, cells in groupby(found.cells, key=lambda each: each.sheet):
        yield f"  {sheet}"
        yield from (f"    {said(each, lang).partition('!')[2]}" for each in cells)


def _traced(each: Traced, lang: str) -> Iterator[str]:
    where = word("explain.where", lang, part=word(f"explain.part.{each.part}", lang), heading=each.heading)
    yield from wrapped(where)
    yield from (f"  → {said(cell, lang)}" for cell in each.cells)
    if each.source or not each.cells:
        yield from (f"  → {line}" for line in wrapped(word("explain.template", lang, source=each.source), 4))
