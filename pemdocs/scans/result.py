"""What becomes of an attachment: its pages, and what was done to them. Only this module names the treatments."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ORDER = (
    "signed-attached",
    "repaired",
    "decrypted-owner",
    "portfolio-unpacked",
    "pages-of-tiff",
    "xfa-removed",
    "scripts-removed",
    "actions-removed",
    "embedded-files-removed",
    "flattened",
    "notes-not-drawn",
    "pages-unreadable",
    "turned",
    "cmyk-converted",
    "depth-reduced",
    "transparency-flattened",
    "resampled",
    "split",
    "scaled",
    "blank-pages",
)
"""The treatments in the order in which they are done; ``unchanged`` stands where none was needed."""


NUMBERED = frozenset({"blank-pages", "pages-unreadable"})
"""The treatments of which people ask on which page."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """Something that was done to a file. ``facts`` hold numbers and texts only, never a name.

    A treatment of pages has ``pages``, how many; for ``blank-pages`` and ``pages-unreadable`` they are their numbers
    (``2, 5``). ``resampled`` has the ``dpi``; what is removed, unpacked, flattened or not drawn a ``count``;
    ``xfa-removed`` whether the form was ``dynamic``, so that its pages hold nothing but a request to open it in
    another program.
    """

    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready. ``content`` is a PDF of upright A4 pages, each with a free band at its foot.

    ``original`` is the untouched file where it must stand beside the pack instead: then there is nothing to bind and
    ``content`` is empty. ``archival`` tells whether the pages may stand in a PDF/A-3b. ``format`` is as people say it.
    """

    content: bytes
    pages: int
    treatments: tuple[Treatment, ...]
    original: bytes | None
    archival: bool
    format: str


def told(treatments: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """Each treatment once, in the order in which they are done, or that there was none."""
    first: dict[str, Treatment] = {}
    for each in treatments:
        first.setdefault(each.code, each)
    return tuple(first[code] for code in ORDER if code in first) or (Treatment("unchanged"),)


def of_pages(done: Iterable[tuple[int, Treatment]]) -> list[Treatment]:
    """The treatments of single pages, each once for all of its pages. Pages are numbered from 1."""
    pages: dict[str, list[int]] = {}
    facts: dict[str, dict[str, object]] = {}
    for page, each in done:
        pages.setdefault(each.code, []).append(page)
        facts.setdefault(each.code, {}).update(each.facts)
    for code, numbers in pages.items():
        facts[code]["pages"] = ", ".join(map(str, numbers)) if code in NUMBERED else len(numbers)
    return [Treatment(code, known) for code, known in facts.items()]
