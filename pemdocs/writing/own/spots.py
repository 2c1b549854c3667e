"""Turn spots into Word's bookmarks and links: a record is found where its id stands. Only this module names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from pemdocs.writing.own.blocks import put
from pemdocs.writing.own.values import Spot
from pemdocs.writing.word.markup import SPACE, W, element, sub
from pemdocs.writing.word.references import name_of

FIRST = 9001
"""Above what Word numbers in a template."""

LINK = "hyperlink"
"""The style of links, where a template has it."""


@dataclass(slots=True)
class Spots:
    """The bookmarks of a document by their targets; of several spots of one record the first is found."""

    names: dict[str, str]
    set: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST))


def spots(things: Iterable[object]) -> Spots:
    """The bookmarks that the things of a document ask for."""
    found: dict[str, str] = {}
    for each in things:
        if isinstance(each, Spot) and not each.leads and each.target not in found:
            found[each.target] = name_of(each.target, {name.lower() for name in found.values()})
    return Spots(found)


def write(run: etree._Element, spot: Spot, known: Spots, link_style: str) -> None:
    """Put the words of a spot into a run, and its bookmark around, or a link; what is nowhere has no link."""
    text = sub(run, "t")
    text.text = str(spot.words)
    text.set(SPACE, "preserve")
    name = known.names.get(spot.target, "")
    if name and spot.leads:
        _lead(run, name, link_style)
    elif name and spot.target not in known.set:
        known.set[spot.target] = number = next(known.numbers)
        run.addprevious(_end_of("bookmarkStart", number, name))
        run.addnext(_end_of("bookmarkEnd", number))


def _lead(run: etree._Element, name: str, style: str) -> None:
    link = element("hyperlink")
    link.set(W + "anchor", name)
    link.set(W + "history", "1")
    run.addprevious(link)
    link.append(run)
    if style:
        properties = run.find(W + "rPr")
        if properties is None:
            properties = element("rPr")
            run.insert(0, properties)
        put(properties, "rStyle", style)


def _end_of(name: str, number: int, called: str = "") -> etree._Element:
    made = element(name)
    made.set(W + "id", str(number))
    if called:
        made.set(W + "name", called)
    return made
