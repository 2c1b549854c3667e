"""The frozen types of a sheet as it was read last: while it lies in the file as it did, it need not be read again.

But for the cells that are withheld: what is restricted is not kept, and read every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from pemdocs.model import Finding, Record


class Seen(NamedTuple):
    """How a sheet lies in its file: a mark of all that its cells hang on, with so many of the shared texts."""

    mark: str
    texts: int


class Last(NamedTuple):
    """How a sheet lay last, and the columns whose cells are wanted all the same, by their letters."""

    seen: Seen
    columns: frozenset[str]


@dataclass(frozen=True, repr=False)
class Known:
    """What a sheet gave: the findings of reading, its typed records, and the findings of typing them.

    The records are without the cells of the keys that are ``withheld``.
    """

    seen: Seen
    sheet: str
    table: str
    findings: tuple[Finding, ...]
    records: tuple[Record, ...]
    unfit: tuple[Finding, ...]
    withheld: tuple[str, ...] = ()

    @cached_property
    def last(self) -> Last:
        """What tells whether it must be read again."""
        columns = (each.columns[key] for each in self.records for key in self.withheld if key in each.columns)
        return Last(self.seen, frozenset(columns))

    def __repr__(self) -> str:
        return f"<Known {self.sheet}: {len(self.records)} records>"


class Beginnings:
    """The marks of the first texts of a list, for any number of them."""

    def __init__(self, texts: Sequence[tuple[str, bool]]) -> None:
        self._texts = texts
        self._done = 0
        self._hash = blake2b(digest_size=16)

    def mark(self, count: int) -> bytes:
        """The mark of the first so many. Those of few are cheap after those of fewer."""
        if count < self._done:
            self._done, self._hash = 0, blake2b(digest_size=16)
        told = "".join(f"{len(text)}{'-' if struck else ':'}{text}" for text, struck in self._texts[self._done : count])
        self._hash.update(told.encode("utf-8", "surrogatepass"))
        self._done = count
        return self._hash.digest()
