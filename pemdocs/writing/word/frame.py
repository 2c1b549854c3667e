"""Hold what the blocks of a document need to know of their surroundings. Only this module knows what a place allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from lxml import etree

from pemdocs.model import Page
from pemdocs.project.theme import Theme
from pemdocs.words.language import TAGS
from pemdocs.writing.word.markup import TWIPS_PER_MM

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def tag_of(language: str) -> str:
    """The full language tag that Word's proofing tools want: ``nl`` → ``nl-BE``; any other is kept."""
    return TAGS.get(language, language)


@dataclass(frozen=True, slots=True)
class Dress:
    """The paragraph styles of a surrounding: plain text, the two lists, and what goes on inside a list item."""

    text: str
    bullet: str
    number: str
    further: str


PROSE = Dress("BodyText", "ListBullet", "ListNumber", "ListContinue")
CELL = Dress("PemdocsCell", "PemdocsCellBullet", "PemdocsCellNumber", "PemdocsCellContinue")
HEADER = Dress("Header", "ListBullet", "ListNumber", "Header")
FOOTER = Dress("Footer", "ListBullet", "ListNumber", "Footer")


@dataclass(frozen=True, slots=True)
class Book:
    """What the whole file shares: the page, the theme, the numbering part, and running numbers for what Word numbers.

    ``vectors`` maps the bytes of an SVG to its part, so that a picture used twice is stored once. ``names`` has the
    bookmark of each id, ``numbers`` the page it stands on.
    """

    page: Page
    theme: Theme
    package: Any
    numbering: etree._Element
    vectors: dict[bytes, Any]
    drawings: Iterator[int]
    bookmarks: Iterator[int]
    names: Mapping[str, str]
    numbers: Mapping[str, int]

    @staticmethod
    def open(
        page: Page,
        theme: Theme,
        package: Any,
        numbering: etree._Element,
        names: Mapping[str, str],
        numbers: Mapping[str, int],
    ) -> Book:
        """A book with all its numbers at the start."""
        return Book(page, theme, package, numbering, {}, count(1), count(1), names, numbers)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where blocks stand: the part (for links and pictures), language, width in twips, and the styles of the place.

    ``running`` is true in headers and footers, whose tables must fit upright and landscape sheets alike.
    """

    part: Any
    book: Book
    language: str
    width: int
    dress: Dress
    running: bool = False

    def of(self, element: etree._Element) -> Frame:
        """The frame inside an element that may change the language."""
        language = element.get("lang")
        return self if language is None or language == self.language else replace(self, language=language)

    def narrowed(self, width: int, dress: Dress | None = None) -> Frame:
        """The frame inside a cell of this width."""
        return replace(self, width=max(width, 200), dress=dress or self.dress)


def text_width(theme: Theme, *, landscape: bool) -> int:
    """The width between the margins, in twips."""
    across = theme.page["height" if landscape else "width"]
    return round((across - theme.page["inside"] - theme.page["outside"]) * TWIPS_PER_MM)


def text_height(theme: Theme, *, landscape: bool) -> int:
    """The height between the margins, in twips."""
    down = theme.page["width" if landscape else "height"]
    return round((down - theme.page["top"] - theme.page["bottom"]) * TWIPS_PER_MM)
