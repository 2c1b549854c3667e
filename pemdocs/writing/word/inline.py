"""Turn inline elements into runs. Only this module knows how white space collapses and what a run carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.writing.word import controls, fields, references
from pemdocs.writing.word.frame import RIGHT_TO_LEFT, Frame, tag_of
from pemdocs.writing.word.markup import NAMESPACE, SPACE, R, W, legal, mark, sub, words_in
from pemdocs.writing.word.pictures import draw
from pemdocs.writing.word.styles import NATURAL_LINE

TAGS = frozenset({"span", "strong", "em", "sup", "br", "a", "img"})
STYLES = {
    "label": "PemdocsLabel",
    "value": "PemdocsValue",
    "second": "PemdocsSecondLanguage",
    "mark": "PemdocsLanguageMark",
    "pending": "PemdocsPendingText",
    "small": "PemdocsSmallText",
    "funded": "PemdocsFunded",
}
FIELDS = {"page-number": "PAGE", "page-count": "NUMPAGES", "seq": "SEQ {} \\* ARABIC"}
REPEATED = " \\c"
"""Behind a counter that shows the number of the one before it."""
LINKS = re.compile(r"(https?|mailto|tel):")
WHITE = re.compile("[ \t\n\r\f]+")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Look:
    """What a run shows beside its words."""

    language: str
    style: str = ""
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""
    shows: str = ""
    fills: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of inline content: words, or a ``br``, ``img`` or field with its element or instruction."""

    look: Look
    words: str = ""
    source: etree._Element | None = None
    field: str = ""

    @property
    def wordy(self) -> bool:
        """Whether this is words and nothing else."""
        return self.source is None and not self.field

    @property
    def breaks(self) -> bool:
        """Whether this ends a line."""
        return self.source is not None and self.source.tag == "br"


Node = str | etree._Element


def nodes_of(element: etree._Element) -> Iterator[Node]:
    """The content of an element in order: texts and elements; comments leave only the text behind them."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def write_inline(paragraph: etree._Element, nodes: Iterable[Node], frame: Frame) -> bool:
    """Append runs for inline nodes; tells whether there was anything to show."""
    pieces = _collapse(piece for node in nodes for piece in _gather(node, Look(frame.language)))
    alike = groupby(pieces, lambda piece: (piece.look.link, piece.look.shows, piece.look.fills, piece.look.tag))
    for (link, shows, fills, tag), group in alike:
        parent = controls.control(paragraph, fills, frame, tag) if fills else paragraph
        parent = _hyperlink(parent, link, frame) if link else parent
        refers = references.begin(parent, link[1:], shows, frame)
        for piece in group:
            _write_piece(parent, piece)
            if piece.source is not None and piece.source.tag == "img":
                draw(_run(parent, piece.look), piece.source, frame)
                _uncut(paragraph, frame)
        if refers:
            fields.end(parent, frame.language)
    return bool(pieces)


def _uncut(paragraph: etree._Element, frame: Frame) -> None:
    """Lines closer than the font's own would cut a picture at its head: those with one are not."""
    if frame.book.theme.space["line"] < NATURAL_LINE:
        mark(paragraph, "spacing", line="240", lineRule="auto")


def _gather(node: Node, look: Look) -> Iterator[Piece]:
    if isinstance(node, str):
        yield Piece(look, node)
        return
    name, kind = str(node.tag), node.get("class", "")
    if name not in TAGS:
        raise PemdocsError("layout-unknown-element", element=name)
    if kind in FIELDS:
        yield Piece(_look_of(node, look), words_in(node), field=_instruction(node, kind))
    elif name in ("br", "img"):
        yield Piece(_look_of(node, look), source=node)
    else:
        inner = _look_of(node, look)
        for child in nodes_of(node):
            yield from _gather(child, inner)


def _instruction(element: etree._Element, kind: str) -> str:
    again = REPEATED if element.get("data-again") else ""
    return FIELDS[kind].format(element.get("data-name", "")) + again


def _look_of(element: etree._Element, look: Look) -> Look:
    language, fills = element.get("lang") or look.language, element.get("data-fill") or look.fills
    look = replace(look, language=language, fills=fills, tag=element.get("data-tag") or look.tag)
    match element.tag:
        case "strong":
            return replace(look, bold=True)
        case "em":
            return replace(look, italic=True)
        case "sup":
            return replace(look, raised=True)
        case "a":
            return replace(look, link=_address(element.get("href", "")), shows=element.get("data-to", ""))
    styles = [STYLES[kind] for kind in element.get("class", "").split() if kind in STYLES]
    return replace(look, style=styles[0]) if styles else look


def _collapse(pieces: Iterable[Piece]) -> list[Piece]:
    """White space as HTML has it: one space between words, none at the edges of a line, no line after a last break.

    No-break spaces are words.
    """
    line: list[Piece] = []
    blank = True
    for piece in pieces:
        if piece.wordy:
            words = WHITE.sub(" ", piece.words)
            words = words[1:] if blank and words.startswith(" ") else words
            if words:
                _join(line, replace(piece, words=words))
                blank = words.endswith(" ")
            continue
        blank = piece.breaks
        if blank:
            _trim(line)
        line.append(piece)
    _trim(line)
    return line[:-1] if line and line[-1].breaks else line


def _join(line: list[Piece], piece: Piece) -> None:
    if line and line[-1].wordy and line[-1].look == piece.look:
        line[-1] = replace(piece, words=line[-1].words + piece.words)
    else:
        line.append(piece)


def _trim(line: list[Piece]) -> None:
    while line and line[-1].wordy:
        words = line[-1].words.rstrip(" ")
        if words:
            line[-1] = replace(line[-1], words=words)
            return
        line.pop()


def _address(link: str) -> str:
    """The address, or nothing where it is no web, mail or telephone address: then the words stand without a link."""
    return legal(link) if LINKS.match(link) or link.startswith("#") else ""


def _hyperlink(paragraph: etree._Element, link: str, frame: Frame) -> etree._Element:
    if link.startswith("#"):
        return inner_link(paragraph, link[1:], frame)
    made = sub(paragraph, "hyperlink", history="1")
    made.set(R + "id", frame.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return made


def inner_link(paragraph: etree._Element, identity: str, frame: Frame) -> etree._Element:
    """Append a link to the element of this id; returns what its runs go into."""
    return sub(paragraph, "hyperlink", anchor=references.anchor(identity, frame), history="1")


def _write_piece(parent: etree._Element, piece: Piece) -> None:
    if piece.field:
        field = fields.simple(parent, piece.field)
        _words(_run(field, piece.look), WHITE.sub(" ", piece.words).strip(" ") or "1")
    elif piece.source is None:
        _words(_run(parent, piece.look), piece.words)
    elif piece.source.tag == "br":
        sub(_run(parent, piece.look), "br")


def _run(parent: etree._Element, look: Look) -> etree._Element:
    run = sub(parent, "r")
    properties = sub(run, "rPr")
    style = look.style or _style_alone(look)
    if style:
        sub(properties, "rStyle", val=style)
    if look.bold and style != "Strong":
        sub(properties, "b")
    if look.italic and style != "Emphasis":
        sub(properties, "i")
    if look.raised:
        sub(properties, "vertAlign", val="superscript")
    tag = tag_of(look.language)
    if look.language.split("-")[0] in RIGHT_TO_LEFT:
        sub(properties, "rtl")
        sub(properties, "lang", val=tag, bidi=tag)
    else:
        sub(properties, "lang", val=tag)
    return run


def _style_alone(look: Look) -> str:
    if look.link:
        return "Hyperlink"
    return "Strong" if look.bold else "Emphasis" if look.italic else ""


def _words(run: etree._Element, words: str) -> None:
    """Words as they are; a soft hyphen has its own element, for Word prints the character itself."""
    for number, stretch in enumerate(legal(words).split(SOFT_HYPHEN)):
        if number:
            sub(run, "softHyphen")
        if stretch:
            text = etree.SubElement(run, W + "t", nsmap={"w": NAMESPACE})
            text.text = stretch
            if stretch != stretch.strip():
                text.set(SPACE, "preserve")


def lighten(heading: etree._Element) -> None:
    """Take the bold from the second language of a heading: a character style cannot, for bold is a toggle."""
    for style in heading.iterfind(f".//{W}rStyle"):
        if style.get(f"{W}val") == STYLES["second"] and next(style.itersiblings(f"{W}b"), None) is None:
            for name in ("bCs", "b"):
                style.addnext(etree.Element(f"{W}{name}", {f"{W}val": "0"}))
