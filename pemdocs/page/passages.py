"""Turn a page into the texts that stand on it, block by block, and find words among them, those of pictures too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree

from pemdocs.model import Page

BLOCKS = frozenset(("p", "td", "th", "li", "caption", "figcaption", "h1", "h2", "h3", "h4", "dt", "dd", "title", "div"))
ON_PAPER = re.compile(r"^(?:[•–○●] ?|\d{1,2}\. |\d{1,2}(?:\.\d{1,2})* (?=[A-ZÀ-Ý]))(?=\D{3})|(?: ?\.){3,}.*$")
"""What stands on paper only, before or after the text of a heading or an item."""
HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words where they stand: the text of their block, and from where to where; under which heading."""

    text: str
    start: int
    end: int
    place: int
    heading: str
    part: str


def passages(texts: Sequence[tuple[str, str]], words: str) -> tuple[Passage, ...]:
    """Where the words stand in these ``blocks``, in their order; white space and hyphens of any sort are alike.

    Whole words go before parts of words; then words that have other spaces (``87500000``, ``0→4``), and at last those
    that follow the number or the sign that a heading or an item has on paper.
    """
    ways = (rf"(?<!\w){wanted}(?!\w)" for wanted in _wanted(folded(words)))
    plain = re.escape(folded(words))
    found = (tuple(_passages(texts, way)) for way in chain(islice(ways, 1), (plain,), ways) if plain)
    return next(filter(None, found), ())


def _wanted(words: str) -> Iterator[str]:
    """What to look for, from the nearest to the farthest."""
    yield re.escape(words)
    yield r"\s?".join(map(re.escape, words.replace(" ", "")))
    after = ON_PAPER.sub("", words)
    if after and after != words:
        yield re.escape(after)


def _passages(texts: Sequence[tuple[str, str]], wanted: str) -> Iterator[Passage]:
    heading = ""
    for place, (tag, text) in enumerate(texts):
        heading = text if tag in HEADINGS else heading
        for match in re.finditer(wanted, text):
            yield Passage(text, match.start(), match.end(), place, heading, tag)


def blocks(page: Page) -> list[tuple[str, str]]:
    """The texts of a page by block, with the name of their element; those of a picture as one block of their own."""
    found: list[tuple[str, str]] = []
    for element in page.tree.iter(etree.Element):
        if element.tag in BLOCKS and not any(each.tag in BLOCKS for each in element.iterdescendants(etree.Element)):
            found.append((str(element.tag), folded("".join(_texts(element)))))
        elif element.tag == "img":
            content = page.pictures.get(element.get("src", ""), b"")
            found.append(("img", folded(element.get("alt", ""))))
            found += [("svg", folded(text)) for text in _drawn(content)]
    return found


def _texts(element: etree._Element) -> Iterator[str]:
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            yield (" " if each.tag == "br" else "") + (each.text or "")
        elif each is not element:
            yield each.tail or ""


def _drawn(content: bytes) -> list[str]:
    """The lines of text in a drawing."""
    if not content.lstrip().startswith(b"<"):
        return []
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    return ["".join(map(str, each.itertext())) for each in tree.iter("{*}text")]


def folded(text: str) -> str:
    """A text as it is compared: one sort of space, of hyphen and of apostrophe."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u2019", "'").replace("\u2011", "-")
    return re.sub(r"\s+", " ", plain).strip()
