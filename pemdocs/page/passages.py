"""Turn a page into the texts that stand on it, block by block, and find words among them, those of pictures too."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise

from lxml import etree

from pemdocs.model import Page

BLOCKS = frozenset(("p", "td", "th", "li", "caption", "figcaption", "h1", "h2", "h3", "h4", "dt", "dd", "title", "div"))
ON_PAPER = re.compile(r"^(?:[•–○●] ?|\d{1,2}\. |\d{1,2}(?:\.\d{1,2})* (?=[A-ZÀ-Ý]))(?=\D{3})|(?: ?\.){3,}.*$")
"""What stands on paper only, before or after the text of a heading or an item."""
LETTERS = re.compile(r"[^\W\d_]{2,}|\d{3,}")
"""What of a word must stand somewhere for the word to be there."""

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


def standing(texts: Sequence[tuple[str, str]], words: str) -> tuple[tuple[Passage, ...], ...]:
    """Where words stand, each time with all their parts: in one block, from one into the next, or in several.

    What is copied from paper may go over the columns of a table, whose cells have other lines between.
    """
    found = tuple((each,) for each in passages(texts, words))
    return found or _across(texts, words) or _scattered(texts, words)


def _scattered(texts: Sequence[tuple[str, str]], words: str) -> tuple[tuple[Passage, ...], ...]:
    """The longest parts of words that stand somewhere, as near to each other as can be; none where any is missing."""
    left, parts = re.split(r"[\s;]+", folded(words)), []
    while left:
        size = next((size for size in range(len(left), 0, -1) if passages(texts, " ".join(left[:size]))), 0)
        if size:
            parts.append(passages(texts, " ".join(left[:size])))
        elif LETTERS.search(left[0]):
            return ()
        left = left[size or 1 :]
    chains = [_chain(first, parts[1:]) for first in (parts[0] if parts else ())]
    return (min(chains, key=_length),) if chains else ()


def _chain(first: Passage, parts: Iterable[Sequence[Passage]]) -> tuple[Passage, ...]:
    found = [first]
    for some in parts:
        found.append(min(some, key=lambda each: abs(each.place - found[-1].place)))
    return tuple(found)


def _length(chain: Sequence[Passage]) -> int:
    return sum(abs(one.place - other.place) for one, other in pairwise(chain))


def _across(texts: Sequence[tuple[str, str]], words: str) -> tuple[tuple[Passage, ...], ...]:
    """Where words stand that go on from one block into the next, as lines of a PDF do: their part in each block."""
    said = [text for _, text in texts]
    starts = [0, *accumulate(len(text) + 1 for text in said)]
    whole = " ".join(said)
    wanted = r"[\s;]*".join(re.escape(each) for each in folded(words).replace(";", " ").split())
    found = (_parts(texts, starts, *match.span()) for match in re.finditer(wanted, whole)) if wanted else ()
    return tuple(found)


def _parts(texts: Sequence[tuple[str, str]], starts: Sequence[int], first: int, last: int) -> tuple[Passage, ...]:
    """What stands in each block of what stands between two places of all their texts."""
    found = []
    for place in range(bisect(starts, first) - 1, len(texts)):
        start, end = max(0, first - starts[place]), min(len(texts[place][1]), last - starts[place])
        if end <= 0:
            break
        if start < end:
            heading = next((text for tag, text in reversed(texts[: place + 1]) if tag in HEADINGS), "")
            found.append(Passage(texts[place][1], start, end, place, heading, texts[place][0]))
    return tuple(found)


def _wanted(words: str) -> Iterator[str]:
    """What to look for, from the nearest to the farthest."""
    yield re.escape(words)
    yield r"\s?".join(map(re.escape, words.replace(" ", "")))
    after = ON_PAPER.sub("", words)
    if after and after != words:
        yield re.escape(after)
    if words.endswith("-"):  # a word that is parted at the end of a line
        yield re.escape(words.removesuffix("-")) + r"\w*"


def _passages(texts: Sequence[tuple[str, str]], wanted: str) -> Iterator[Passage]:
    heading = ""
    for place, (tag, text) in enumerate(texts):
        heading = text if tag in HEADINGS else heading
        for match in re.finditer(wanted, text):
            yield Passage(text, match.start(), match.end(), place, heading, tag)


def blocks(page: Page) -> list[tuple[str, str]]:
    """The texts of a page by block, with the name of their element; those of a picture as one block of their own.

    What a block says beside blocks that stand in it is a block too.
    """
    return list(_flow(page))


def beside(page: Page) -> Iterator[tuple[str, str]]:
    """What a web page says beside the page, under no heading of it: the data of the figures, its own words."""
    yield HEADINGS[0], ""
    for table in page.tables.values():
        told = (table.title, *table.heads, *(text for label, values in table.rows for text in (label, *values)))
        yield from (("td", folded(" ".join(words for _, words in text.parts))) for text in told)
    yield from (("p", folded(words)) for text in page.words.values() for _, words in text.parts)


def _flow(page: Page) -> Iterator[tuple[str, str]]:
    tags, said = ["div"], [""]
    for event, each in etree.iterwalk(page.tree, events=("start", "end")):
        block = each.tag in BLOCKS
        if event == "start":
            if block:
                yield from _said(tags[-1], said)
                tags.append(str(each.tag))
            elif each.tag == "img":
                yield from _pictured(page, each)
            said.append(" " if each.tag == "br" else "")
            said.append(each.text or "" if isinstance(each.tag, str) else "")
        else:
            if block:
                yield from _said(tags.pop(), said)
            said.append(each.tail or "")


def _said(tag: str, said: list[str]) -> Iterator[tuple[str, str]]:
    """What has gathered as a block, if it is anything."""
    text = folded("".join(said))
    said.clear()
    if text:
        yield tag, text


def _pictured(page: Page, picture: etree._Element) -> Iterator[tuple[str, str]]:
    yield "img", folded(picture.get("alt", ""))
    yield from (("svg", folded(text)) for text in _drawn(page.pictures.get(picture.get("src", ""), b"")))


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
