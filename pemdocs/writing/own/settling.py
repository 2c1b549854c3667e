"""Turn the signs that values carried through the merge into runs, pictures, paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any

from lxml import etree

from pemdocs.model import Page
from pemdocs.project.theme import Theme
from pemdocs.words.language import TAGS
from pemdocs.writing.own import marks, spots
from pemdocs.writing.own.blocks import Place, blocks, put
from pemdocs.writing.own.cleaning import tree_of
from pemdocs.writing.own.values import Block, Choice, Picture, Spot
from pemdocs.writing.word import controls
from pemdocs.writing.word.frame import PROSE, Book, Frame
from pemdocs.writing.word.markup import SPACE, W, element, sub
from pemdocs.writing.word.pictures import draw

FIRST_DRAWING = 9001
"""Above what docxtpl numbers."""

A4_BETWEEN_MARGINS = 9070
"""Twips, where a template says no size of its pages."""

IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"))


@dataclass(slots=True)
class Media:
    """The pictures that a document gets, each with the name of its file; and those that each part refers to."""

    files: dict[bytes, str] = field(default_factory=dict)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    drawings: Iterator[int] = field(default_factory=lambda: count(FIRST_DRAWING))

    def link(self, part: str, content: bytes) -> str:
        """The relation of a part to a picture."""
        if content not in self.files:
            suffix = next((suffix for head, suffix in KINDS if content.startswith(head)), "svg")
            self.files[content] = f"pemdocs{len(self.files) + 1}.{suffix}"
        links = self.links.setdefault(part, {})
        return links.setdefault(self.files[content], f"rIdPemdocs{len(links) + 1}")


@dataclass(frozen=True, slots=True)
class Gallery:
    """What the writer of pictures takes for a part of a package."""

    part: str
    media: Media

    def get_or_add_image(self, stream: BytesIO) -> tuple[str, None]:
        """The relation to a picture of dots."""
        return self.media.link(self.part, stream.getvalue()), None

    def relate_to(self, target: Any, _sort: str) -> str:
        """The relation to a vector."""
        return self.media.link(self.part, target.blob)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a part is settled with: the things of the document, its pictures, its styles, its language, the house.

    ``marked``: somewhere in the document a text is marked as not the reader's.
    """

    things: Sequence[Picture | Block | Spot | Choice]
    pictures: Mapping[str, bytes]
    styles: Mapping[str, str]
    languages: tuple[str, ...]
    theme: Theme
    page: Page
    file: str
    spots: spots.Spots
    marked: bool = False


def settled(name: str, content: bytes, around: Surroundings, media: Media) -> bytes:
    """A part with every sign carried out. Raises ``PemdocsError`` as the writer of pictures does."""
    root = tree_of(content, around.file)
    if not around.marked:
        _leave_out_explanations(root)
    state: list[str] = []
    for run in list(root.iter(W + "r")):
        texts = [text for text in run.iterchildren(W + "t") if marks.ANY.search(text.text or "")]
        if texts or state:
            _settle(run, state, name, around, media)
    written = etree.tostring(root, encoding="unicode")
    return marks.HEAD + marks.SPLIT.sub("", written).encode()


def _leave_out_explanations(root: etree._Element) -> None:
    """Take away what tells of marks that there are not."""
    for paragraph in list(root.iter(W + "p")):
        holder = paragraph.getparent()
        if holder is not None and any(marks.EXPLAINS in str(text) for text in paragraph.itertext(W + "t")):
            holder.remove(paragraph)
            if holder.tag == W + "tc":
                _close(holder, [])


def _settle(run: etree._Element, state: list[str], name: str, around: Surroundings, media: Media) -> None:
    """Cut a run where the look of its words changes."""
    properties = run.find(W + "rPr")
    pieces: list[etree._Element] = []

    def piece() -> etree._Element:
        made = element("r")
        if properties is not None:
            made.append(deepcopy(properties))
        _look(made, state, around.styles)
        pieces.append(made)
        return made

    current = piece()
    for child in list(run):
        if child.tag == W + "rPr":
            continue
        if child.tag != W + "t" or not marks.ANY.search(child.text or ""):
            current.append(child)
            continue
        for part in filter(None, marks.SPLIT.split(child.text or "")):
            if part[0] == marks.THING:
                piece().append(_token(part))
                current = piece()
            elif marks.ANY.match(part):
                _turn(part, state)
                current = piece()
            else:
                text = sub(current, "t")
                text.text = part
                text.set(SPACE, "preserve")
    kept = [made for made in pieces if any(child.tag != W + "rPr" for child in made)]
    _place(run, kept, name, around, media)


def _turn(mark: str, state: list[str]) -> None:
    if mark == marks.END:
        if state:
            state.pop()
    else:
        state.append(mark)


STYLES = {
    marks.TO_COME: "pemdocs pending text",
    marks.SECOND: "pemdocs second language",
    marks.NOT_OURS: "pemdocs language mark",
}
"""The styles of the house for passages, where a template has them."""


def _look(run: etree._Element, state: Sequence[str], styles: Mapping[str, str]) -> None:
    """Give a run the language and the light that hold where it stands."""
    if not state:
        return
    properties = run.find(W + "rPr")
    if properties is None:
        properties = element("rPr")
        run.insert(0, properties)
    for mark in state:
        style = styles.get(STYLES.get(mark, ""), "")
        if style:
            put(properties, "rStyle", style)
        elif mark == marks.TO_COME:
            put(properties, "highlight", "yellow")
        elif mark in marks.LANGUAGES:
            put(properties, "lang", TAGS[marks.LANGUAGES[mark]])


def _token(part: str) -> etree._Element:
    made = element("thing")
    made.set("number", part[1:-1])
    return made


def _place(run: etree._Element, made: list[etree._Element], name: str, around: Surroundings, media: Media) -> None:
    parent = run.getparent()
    if parent is None:
        return
    place = parent.index(run)
    parent[place : place + 1] = made
    for piece in made:
        token = piece.find(W + "thing")
        if token is not None:
            thing = around.things[int(token.get("number", "0"))]
            piece.remove(token)
            if isinstance(thing, Picture):
                _draw(piece, thing, name, around, media)
            elif isinstance(thing, Spot):
                spots.write(piece, thing, around.spots, around.styles.get(spots.LINK, ""))
            elif isinstance(thing, Choice):
                _let_choose(piece, thing, _frame(piece, name, around, media))
            else:
                _set(piece, thing, around)


def _draw(run: etree._Element, picture: Picture, name: str, around: Surroundings, media: Media) -> None:
    sides = {"width": picture.width, "height": picture.height}
    style = ";".join(f"{side}:{length:g}mm" for side, length in sides.items() if length)
    image = etree.Element("img", src=picture.source, alt=picture.alt, style=style)
    draw(run, image, _frame(run, name, around, media))


def _frame(run: etree._Element, name: str, around: Surroundings, media: Media) -> Frame:
    gallery = Gallery(name, media)
    book = Book(around.page, around.theme, None, etree.Element("numbering"), {}, media.drawings, count(1), {}, {})
    return Frame(gallery, book, around.languages[0], _width(run), PROSE)


def _let_choose(run: etree._Element, choice: Choice, frame: Frame) -> None:
    """Put words into a run, and a list of all that there are around it."""
    text = sub(run, "t")
    text.text = choice.words
    text.set(SPACE, "preserve")
    holder = element("p")
    inside = controls.control(holder, "|".join(choice.options), frame)
    run.addprevious(holder[0])
    inside.append(run)


def _width(node: etree._Element) -> int:
    """The room that a cell or the page leaves, in twips."""
    for above in node.iterancestors(W + "tc"):
        wide = above.find(f"{W}tcPr/{W}tcW")
        if wide is not None and wide.get(W + "type") == "dxa" and wide.get(W + "w", "").isdigit():
            return max(int(wide.get(W + "w", "0")) - 220, 200)
    root = node.getroottree().getroot()
    for section in root.iter(W + "sectPr"):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is not None and margins is not None:
            sides = [float(margins.get(W + side, "0")) for side in ("left", "right")]
            return max(int(float(size.get(W + "w", "11906")) - sum(sides)), 200)
    return A4_BETWEEN_MARGINS


def _set(run: etree._Element, block: Block, around: Surroundings) -> None:
    """Put a block in the place of its paragraph, or behind it where that says more."""
    paragraph = next(run.iterancestors(W + "p"), None)
    holder = None if paragraph is None else paragraph.getparent()
    if paragraph is None or holder is None:
        return
    place = Place(
        paragraph.find(W + "pPr"), run.find(W + "rPr"), around.styles, _width(run), around.languages[0]
    )  # fmt: skip
    made = list(blocks(block.parts, place))
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)
    behind = holder.index(paragraph) + 1
    holder[behind:behind] = made
    if not any(child.tag != W + "pPr" for child in paragraph) and paragraph.find(f"{W}pPr/{W}sectPr") is None:
        holder.remove(paragraph)
    _close(holder, made)


def _close(holder: etree._Element, made: list[etree._Element]) -> None:
    """Word wants a paragraph behind a table at the end of a cell, and between two tables."""
    first = made[0].getprevious() if made and made[0].tag == W + "tbl" else None
    if first is not None and first.tag == W + "tbl":
        holder.insert(holder.index(made[0]), element("p"))
    for table in made:
        after = table.getnext()
        ends = after is None or after.tag in (W + "tbl", W + "sectPr")
        if table.tag == W + "tbl" and ends:
            holder.insert(holder.index(table) + 1, element("p"))
    if holder.tag == W + "tc" and (not len(holder) or holder[-1].tag != W + "p"):
        sub(holder, "p")
