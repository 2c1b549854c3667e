"""Turn the pieces of a dossier into its sheets, each with its numbers. Only this module knows how pages are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a dossier: ``parts`` are PDFs in their order, empty ones are left out. Without a number it is 0.

    ``originals`` are files to attach as they are, by name (``piece-04-1.pdf``). ``archival`` says that every part may
    stand in a PDF/A.
    """

    number: int
    title: str
    parts: tuple[bytes, ...]
    originals: tuple[tuple[str, bytes], ...] = ()
    archival: bool = True


@dataclass(frozen=True, slots=True)
class Binding:
    """What is bound and how.

    ``stamp`` has the holes ``{piece}``, ``{at}`` and ``{of}`` (the page of the whole, and how many there are);
    ``volume`` has ``{volume}`` and ``{volumes}``. ``max_bytes`` is the size of one file, ``None`` for any. The stamp of
    a piece without a number is the page alone.
    """

    title: str
    languages: tuple[str, ...]
    author: str
    subject: str
    modified: date
    pieces: tuple[Piece, ...]
    stamp: str
    volume: str
    max_bytes: int | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Volume:
    """A bound file: its number of pages, and the running number of its first.

    ``too_large`` where its single page, with what is attached to it, is above the limit.
    """

    content: bytes
    pages: int
    first: int
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the dossier: running number from 1; piece and part counted from 0, pages of both as well."""

    at: int
    piece: int
    page: int
    part: int
    index: int


def first_pages(counts: Iterable[int], front: int = 0) -> tuple[int, ...]:
    """The page on which each piece begins, of pieces with so many pages after ``front`` others; the first is 1."""
    return tuple(accumulate(counts, initial=front + 1))[:-1]


def collate(counts: Sequence[Sequence[int]]) -> tuple[Sheet, ...]:
    """Every page of pieces whose parts have so many pages."""
    places = [(piece, *place) for piece, parts in enumerate(counts) for place in _places(parts)]
    return tuple(Sheet(at, *place) for at, place in enumerate(places, 1))


def _places(parts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The pages of one piece: page of the piece, part, page of the part."""
    pages = ((part, index) for part, count in enumerate(parts) for index in range(count))
    return ((page, *place) for page, place in enumerate(pages))


def words(binding: Binding, sheet: Sheet, of: int) -> str:
    """What the stamp of a sheet says."""
    number = binding.pieces[sheet.piece].number
    return binding.stamp.format(piece=number, at=sheet.at, of=of) if number else f"{sheet.at}/{of}"


def label(binding: Binding, volume: int, volumes: int) -> str:
    """Which volume of how many this is."""
    return binding.volume.format(volume=volume, volumes=volumes)
