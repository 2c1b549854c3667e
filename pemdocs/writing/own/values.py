"""The values that a template is given: words ready to be printed that also compare and count as what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pemdocs.model import Text
from pemdocs.page.markup import paragraphs
from pemdocs.page.view import FILLED, PENDING

NAMED_LATER = ""
"""In a fault, the template: the merge knows it and puts its name there."""

LINES, PARAGRAPHS, ONE_LINE = "\n", "\a", " "
"""What stands between the lines of a text; ``\\a`` is docxtpl's sign for a new paragraph."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Value:
    """A value in the words of each language, with its label, its bare value, and whether it is there.

    Where it is not there, ``text`` is what stands in for it. ``items`` are the values of a list.
    """

    text: Text
    raw: Any = None
    state: str = FILLED
    label: Any = ""
    items: tuple[Value, ...] = ()
    breaks: str = LINES
    origin: Any = None
    """What it was made of, where functions want that back."""

    @property
    def pending(self) -> bool:
        """Whether what is printed only says that the value is to come."""
        return self.state in (PENDING, "missing")

    def __str__(self) -> str:
        lines = [" ".join(paragraphs(words)) if self.breaks == ONE_LINE else words for words in self._passages()]
        return (" · " if self.breaks == ONE_LINE else "\n").join(lines) if self.state == FILLED else ""

    def _passages(self) -> list[str]:
        parts = self.text.parts[:1] if self.text.uniform else self.text.parts
        return [words for _, words in parts]

    def __repr__(self) -> str:
        return f"<value, {self.state}>"

    def __bool__(self) -> bool:
        return self.state == FILLED and self.raw is not False

    def __eq__(self, other: object) -> bool:
        bare = other.raw if isinstance(other, Value) else other
        return bool(self.raw == bare) or (isinstance(bare, str) and bare in (*self._passages(), str(self)))

    def __hash__(self) -> int:
        return hash(self.raw)

    def __lt__(self, other: Any) -> bool:
        return self._ordered(other) and bool(self.raw < _bare(other))

    def __gt__(self, other: Any) -> bool:
        return self._ordered(other) and bool(self.raw > _bare(other))

    def __le__(self, other: Any) -> bool:
        return self._ordered(other) and bool(self.raw <= _bare(other))

    def __ge__(self, other: Any) -> bool:
        return self._ordered(other) and bool(self.raw >= _bare(other))

    def _ordered(self, other: Any) -> bool:
        """An empty value is neither more nor less than anything."""
        return self.raw is not None and _bare(other) is not None

    def __add__(self, other: Any) -> Any:
        return _number(self) + _number(other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        return _number(self) - _number(other)

    def __rsub__(self, other: Any) -> Any:
        return _number(other) - _number(self)

    def __mul__(self, other: Any) -> Any:
        return _number(self) * _number(other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return _number(self) / _number(other)

    def __iter__(self) -> Iterator[Value]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items) if isinstance(self.raw, tuple) else len(str(self))

    def __contains__(self, wanted: object) -> bool:
        return any(each == wanted for each in self.items) if self.items else str(_bare(wanted)) in str(self)


def _bare(value: Any) -> Any:
    return value.raw if isinstance(value, Value) else value


def _number(value: Any) -> Any:
    """A value to count with: an empty one counts nothing."""
    bare = _bare(value)
    if bare is None:
        return 0
    return Decimal(str(bare)) if isinstance(bare, float) else bare


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture to be drawn where it is printed: the key of its bytes, its words, its size in mm as far as it is set.

    ``about`` is what else is known of it: the caption of a photograph, the rows of a chart.
    """

    source: str
    alt: str = ""
    width: float | None = None
    height: float | None = None
    about: Mapping[str, Any] | None = None

    def __getattr__(self, name: str) -> Any:
        known = self.about or {}
        if name.startswith("_") or name not in known:
            raise AttributeError(f"a picture has no {name!r}")
        return known[name]

    def sized(self, **sides: float) -> Picture:
        """The same picture in another size."""
        return replace(self, **sides)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, repr=False)
class Choice:
    """Words that Word lets people change by a list of all that there are."""

    words: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Spot:
    """Words that a record is found by, or that lead to where these stand: a bookmark, or a link to it."""

    words: Value
    target: str
    leads: bool


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """What the marks of other languages mean: its paragraph stands only in documents that have such a mark."""

    words: Value


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """Paragraphs, lists or a table that take the place of a paragraph; ``parts`` are pairs of language and XHTML."""

    parts: tuple[tuple[str, str], ...]
