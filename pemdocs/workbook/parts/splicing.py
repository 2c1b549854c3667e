"""Turn XML into the byte ranges of its outer elements, and edits of those ranges into XML: every other byte stays.

Only this module knows where in a file an element begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from xml.parsers import expat

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
PLAIN = frozenset({"utf-8", "us-ascii", "ascii"})
DEEPEST = 5
WITHHELD = frozenset({"sheetData"})
"""What is inside these is nobody's business here, and too much to look at."""


class Unkept(Exception):  # noqa: N818 - it is a verdict on a workbook, which the caller says in words
    """What cannot be kept as it is when marks are added. ``why`` names a sentence in ``[faults]``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes to put in the place of others; nothing in the place of nothing is no edit."""

    start: int
    end: int
    new: bytes = b""


@dataclass(frozen=True, slots=True)
class Element:
    """An element by its bytes: its start tag is ``start:inner``, its content ``inner:close``, all of it ``start:end``.

    ``attributes`` have the names they are known by: those of a namespace are ``namespace name``.
    """

    space: str
    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int
    end: int
    children: tuple[Element, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it is written ``<a/>``."""
        return self.inner == self.close == self.end

    def all(self, name: str) -> tuple[Element, ...]:
        """Its children of this name, in its own namespace."""
        return tuple(child for child in self.children if child.name == name and child.space == self.space)

    def first(self, name: str) -> Element | None:
        """The first of them."""
        return next(iter(self.all(name)), None)


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    space: str
    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    children: list[Element] = field(default_factory=list)


def readable(xml: bytes) -> bytes:
    """The same XML in UTF-8: edits are spliced in as such."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        xml = re.sub(r"""(encoding\s*=\s*["'])[\w.-]+""", r"\g<1>UTF-8", xml.decode("utf-16"), count=1).encode()
    declared = DECLARED.match(xml)
    if declared is None or declared[1].decode().lower() in PLAIN:
        return xml
    text = xml.decode(declared[1].decode())
    return text[: declared.start(1)].encode() + b"UTF-8" + text[declared.end(1) :].encode()


def outline(xml: bytes, whole: bool = False) -> Element:
    """The root with what is in it, five levels deep; ``whole``: the cells too. Raises ``Unkept`` ``unkept-damaged``."""
    walk = _Walk(xml, frozenset() if whole else WITHHELD)
    try:
        walk.parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unkept("unkept-damaged") from error
    return walk.root[0]


class _Walk:
    """One pass over the XML."""

    def __init__(self, xml: bytes, withheld: frozenset[str]) -> None:
        self.xml = xml
        self.withheld = withheld
        self.root: list[Element] = []
        self.open: list[_Open] = []
        self.depth = 0
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_declaration: object) -> None:
        raise ValueError

    def _kept(self) -> bool:
        inside = bool(self.open) and self.open[-1].name in self.withheld
        return len(self.open) == self.depth and self.depth < DEEPEST and not inside

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._kept():
            start = self.parser.CurrentByteIndex
            found = TAG.match(self.xml, start)
            if found is None:
                raise ValueError
            space, _, local = name.rpartition(" ")
            self.open.append(_Open(space, local, attributes, start, found.end()))
        self.depth += 1

    def _end(self, _name: str) -> None:
        self.depth -= 1
        if len(self.open) <= self.depth:
            return
        last = self.open.pop()
        empty = self.xml[last.inner - 2 : last.inner] == b"/>"
        close = last.inner if empty else self.parser.CurrentByteIndex
        end = last.inner if empty else self.xml.index(b">", close) + 1
        done = Element(last.space, last.name, last.attributes, last.start, last.inner, close, end, tuple(last.children))
        (self.open[-1].children if self.open else self.root).append(done)


def edited(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The XML with the edits made. Those at one place are made in the order in which they come."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    return b"".join(_pieces(xml, ordered))


def _pieces(xml: bytes, ordered: Iterable[Edit]) -> Iterator[bytes]:
    at = 0
    for edit in ordered:
        yield xml[at : edit.start]
        yield edit.new
        at = edit.end
    yield xml[at:]


def prefix(xml: bytes, element: Element) -> str:
    """The prefix that the namespace of an element has in its file: ``x:`` or nothing."""
    name = re.match(rb"<([^\s/>]+)", xml[element.start : element.inner])
    head, colon, _ = (name[1] if name else b"").rpartition(b":")
    return (head + colon).decode()


def appended(xml: bytes, element: Element, new: str) -> tuple[Edit, ...]:
    """Edits that add something at the end of an element."""
    if not element.empty:
        return (Edit(element.close, element.close, new.encode()),)
    name = re.match(rb"<([^\s/>]+)", xml[element.start : element.inner])
    end = b"</" + (name[1] if name else b"") + b">"
    return (Edit(element.inner - 2, element.inner, b">" + new.encode() + end),)


def said(xml: bytes, element: Element, name: str, value: str) -> Edit:
    """The edit that gives an attribute a value, at the end of the tag where it has none yet."""
    tag = xml[element.start : element.inner]
    found = re.search(rb"""\s%s\s*=\s*("[^"]*"|'[^']*')""" % re.escape(name.encode()), tag)
    if found:
        return Edit(element.start + found.start(1), element.start + found.end(1), f'"{value}"'.encode())
    end = element.inner - (2 if tag.endswith(b"/>") else 1)
    return Edit(end, end, f' {name}="{value}"'.encode())


def unsaid(xml: bytes, element: Element, name: str) -> tuple[Edit, ...]:
    """The edit that takes an attribute away."""
    tag = xml[element.start : element.inner]
    found = re.search(rb"""\s%s\s*=\s*("[^"]*"|'[^']*')""" % re.escape(name.encode()), tag)
    return (Edit(element.start + found.start(), element.start + found.end()),) if found else ()


def place(root: Element, order: tuple[str, ...], name: str) -> int:
    """Where a new child belongs: behind those that the standard wants before it."""
    before = set(order[: order.index(name) + 1])
    return max(chain([root.inner], (child.end for child in root.children if child.name in before)))
