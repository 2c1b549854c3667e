"""Turn ids into bookmarks, links to them into references. Only this module knows what a bookmark may be called."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pemdocs.writing.word import fields
from pemdocs.writing.word.frame import Frame
from pemdocs.writing.word.markup import W, sub

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")
LONGEST = 40
SHOWN = {"number": "\\r \\h", "words": "\\h"}
"""What a reference shows of its target: the number of a heading, or the words that the bookmark holds."""


def names(tree: etree._Element) -> Mapping[str, str]:
    """The bookmark of each id: Word allows 40 letters, digits and underscores, and ignores capitals."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for element in tree.iter(etree.Element):
        identity = element.get("id")
        if identity and identity not in found:
            found[identity] = name_of(identity, taken)
            taken.add(found[identity].lower())
    return found


def name_of(identity: str, taken: set[str]) -> str:
    """The bookmark of an id, none of those that are taken."""
    stem = NOT_IN_NAMES.sub("_", identity)
    stem = (stem if stem[0].isalpha() else f"b_{stem}")[:LONGEST]
    name, number = stem, 1
    while name.lower() in taken:
        number += 1
        name = f"{stem[: LONGEST - 1 - len(str(number))]}_{number}"
    return name


def bookmark(element: etree._Element, made: etree._Element, frame: Frame) -> None:
    """Mark a paragraph as the target of an element's id: what a reference to it shows, up to its counter."""
    identity = element.get("id")
    if identity:
        number = str(next(frame.book.bookmarks))
        end = sub(made, "bookmarkEnd", id=number)
        made.insert(fields.after_counter(made), end)
        made.insert(1, sub(made, "bookmarkStart", id=number, name=frame.book.names[identity]))


def bookmark_first(element: etree._Element, made: etree._Element, frame: Frame) -> None:
    """Mark the first paragraph of a table as the target of an element's id."""
    bookmark(element, next(made.iter(W + "p")), frame)


def begin(parent: etree._Element, identity: str, shows: str, frame: Frame) -> bool:
    """Open the field that shows the target's number or words; tells whether there is one to close."""
    if shows:
        fields.begin(parent, f"REF {frame.book.names[identity]} {SHOWN[shows]}", frame.language)
    return bool(shows)


def anchor(identity: str, frame: Frame) -> str:
    """The bookmark that a link inside the document leads to."""
    return frame.book.names.get(identity, identity)
