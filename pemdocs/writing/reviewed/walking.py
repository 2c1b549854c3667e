"""Turn the body of a Word file into its paragraphs in order: passages with who wrote or deleted them, and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
INSERTED, DELETED = "inserted", "deleted"
TRACKED = {f"{W}ins": INSERTED, f"{W}moveTo": INSERTED, f"{W}del": DELETED, f"{W}moveFrom": DELETED}
"""What marks words as changed; what was moved was deleted here and inserted there."""

GAPS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "‑"}
WORDS = (f"{W}t", f"{W}delText")


@dataclass(frozen=True, slots=True)
class Change:
    """That words were inserted or deleted, by whom and when, as it is written."""

    sort: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words, and the changes that they are in, the outermost first."""

    text: str
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Walked:
    """A paragraph: its style, its passages, the numbers of the comments that begin in it."""

    style: str
    passages: list[Passage] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """What a walk has come by: the paragraphs in the order in which they end, what each comment stands at."""

    paragraphs: list[Walked] = field(default_factory=list)
    quoted: dict[str, list[str]] = field(default_factory=dict)
    inside: list[Walked] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    open: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    """Comments that begin between two paragraphs."""


def walked(body: etree._Element) -> Walk:
    """The paragraphs of a body, those of boxes and notes among them, and the words that each comment stands at."""
    walk = Walk()
    _enter(body, walk)
    return walk


def _enter(element: etree._Element, walk: Walk) -> None:
    for each in element.iterchildren(etree.Element):
        tag = each.tag
        if tag == f"{W}p":
            _paragraph(each, walk)
        elif tag in TRACKED:
            walk.changes.append(Change(TRACKED[tag], each.get(f"{W}author", ""), each.get(f"{W}date", "")))
            _enter(each, walk)
            walk.changes.pop()
        elif tag in WORDS or tag in GAPS:
            _say(GAPS.get(tag) or each.text or "", walk)
        elif tag in MARKS:
            MARKS[tag](each.get(f"{W}id", ""), walk)
        elif tag not in (FALLBACK, f"{W}pPr", f"{W}rPr"):
            _enter(each, walk)


def _paragraph(element: etree._Element, walk: Walk) -> None:
    style = element.find(f"{W}pPr/{W}pStyle")
    found = Walked("" if style is None else style.get(f"{W}val", ""), comments=list(walk.waiting))
    walk.waiting.clear()
    walk.paragraphs.append(found)
    walk.inside.append(found)
    _enter(element, walk)
    walk.inside.pop()
    for words in walk.open.values():
        words.append("\n")


def _say(text: str, walk: Walk) -> None:
    if walk.inside and text:
        walk.inside[-1].passages.append(Passage(text, tuple(walk.changes)))
    for words in walk.open.values():
        words.append(text)


def _begin(number: str, walk: Walk) -> None:
    _name(number, walk)
    walk.open[number] = walk.quoted[number]


def _end(number: str, walk: Walk) -> None:
    walk.open.pop(number, None)


def _name(number: str, walk: Walk) -> None:
    """A comment stands where it is named first."""
    if number not in walk.quoted:
        walk.quoted[number] = []
        (walk.inside[-1].comments if walk.inside else walk.waiting).append(number)


MARKS = {f"{W}commentRangeStart": _begin, f"{W}commentRangeEnd": _end, f"{W}commentReference": _name}


def original(passages: list[Passage]) -> str:
    """The words as they were before anybody changed them."""
    return "".join(each.text for each in passages if all(change.sort == DELETED for change in each.changes))


def changed(passages: list[Passage]) -> Iterator[tuple[Change, str, str]]:
    """The changes of a paragraph: what one author has done in one go, the words deleted, the words inserted."""
    going: list[tuple[Change, str]] = []
    for each in [*passages, Passage("", ())]:
        change = each.changes[-1] if each.changes else None
        if going and (change is None or change.author != going[0][0].author):
            yield _joined(going)
            going = []
        if change is not None:
            going.append((change, each.text))


def _joined(going: list[tuple[Change, str]]) -> tuple[Change, str, str]:
    deleted, inserted = ("".join(text for change, text in going if change.sort == sort) for sort in (DELETED, INSERTED))
    return going[0][0], deleted, inserted
