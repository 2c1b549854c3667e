"""Turn laid-out pages into one structure tree that follows the source. Only this module knows PDF tags.

WeasyPrint tags page by page: a table over three pages becomes three tables, a repeated head row is read three times,
and no passage keeps its language. Here the tree is built from the source elements instead, so that what a screen
reader says is the document: each table once, each passage in its language, running lines and repeats left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pydyf  # type: ignore[import-untyped]

from pemdocs.writing import fields, roles
from pemdocs.writing.roles import CELLS, TABLE_PARTS

RUNNING = ("header", "footer")
BODIES = {"LI": "LBody", "TOCI": "Reference"}
"""What holds the content of an item of a list or of contents."""
POINTS = 0.75
"""PDF points in a CSS pixel."""


@dataclass(frozen=True, slots=True)
class Painting:
    """What was painted on one page: its content stream, and which marked content each box became."""

    page: Any
    stream: Any
    marks: dict[Any, int]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of marked content: the page's index and the number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class _Annotation:
    """A link's clickable area on a page, or a field for a signature."""

    page: int
    dictionary: Any


@dataclass(slots=True, eq=False)
class _Node:
    """An element of the structure tree while it grows."""

    role: str
    entries: dict[str, Any]
    kids: list[_Node | _Mark | _Annotation] = field(default_factory=list)


def painting(page: Any) -> list[Painting]:
    """Listen to one page: the list receives its ``Painting`` when WeasyPrint paints it."""
    heard: list[Painting] = []
    paint = page.paint

    def listen(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        heard.append(Painting(page, stream, {box: mark["mcid"] for box, mark in stream._tags.items()}))

    page.paint = listen  # the marks are known while a page is painted and forgotten right after
    return heard


def retag(pdf: pydyf.PDF, root: Element, paintings: Sequence[Painting]) -> None:
    """Replace WeasyPrint's structure tree by one that follows ``root``, the source that was laid out."""
    tree = _Tree(root, pdf)
    decorations = [mark for index, painted in enumerate(paintings) for mark in tree.read(index, painted)]
    sealing = fields.seal(root, len(paintings))
    if sealing is not None:
        tree.top.kids.append(_Node("Form", {}, [_Annotation(sealing.page, fields.widget(pdf, sealing))]))
    tree.top.kids += tree.running  # after the text, which they would interrupt
    _mute(paintings, decorations)
    _write(pdf, tree.top, paintings)


class _Tree:
    """The structure tree of one document, filled page by page in reading order."""

    def __init__(self, root: Element, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.levels = roles.levels(root)
        self.top = _Node("Document", {})
        self.nodes: dict[Element, _Node] = {}
        self.running: list[_Node | _Mark | _Annotation] = []
        self.heads: dict[Element, int] = {}
        self.signed: set[Element] = set()
        self.root = root

    def read(self, index: int, painted: Painting) -> Iterator[_Mark]:
        """Hang the content of one page into the tree; yield what belongs to no element."""
        for box in painted.page._page_box.children:
            if box.element_tag == "html":
                yield from self._box(box, index, painted)
            elif index == 0:
                yield from self._margin(box, painted)
            else:
                yield from _marks(box, index, painted)

    def _margin(self, box: Any, painted: Painting) -> Iterator[_Mark]:
        """Running lines of the first page: a disclaimer and a logo are said once, all else is decoration."""
        number = painted.marks.get(box)
        if number is not None and self._is_said(box.element):
            yield from self._leaf(box, _Mark(0, number), painted)
        elif number is not None:
            yield _Mark(0, number)
        for child in getattr(box, "children", ()):
            yield from self._margin(child, painted)

    def _is_said(self, element: Element | None) -> bool:
        """Whether an element of the running lines is a picture or stands in a disclaimer."""
        while element is not None and element.tag != "img" and element.get("class") != "disclaimer":
            element = self.parents.get(element)
        return element is not None

    def _box(self, box: Any, index: int, painted: Painting) -> Iterator[_Mark]:
        if box.element_tag == "thead" and self.heads.setdefault(box.element, index) != index:
            yield from _marks(box, index, painted)
            return
        self._field(box, index, painted)
        if (number := painted.marks.get(box)) is not None:
            yield from self._leaf(box, _Mark(index, number), painted)
            return
        if box.link_annotation:
            _tell(box.element, box.link_annotation)
            self._node(box.element).kids.append(_Annotation(index, box.link_annotation))
        for child in getattr(box, "children", ()):
            yield from self._box(child, index, painted)

    def _field(self, box: Any, index: int, painted: Painting) -> None:
        """Put a field for a signature before the line that the name stands under."""
        element = box.element
        if element is None or element in self.signed or not element.get(fields.NAME):
            return
        self.signed.add(element)
        made = fields.field(element, box, painted.page, index)
        if made is not None:
            form = _Node("Form", {}, [_Annotation(index, fields.widget(self.pdf, made))])
            self._node(self.parents[element]).kids.append(form)

    def _leaf(self, box: Any, mark: _Mark, painted: Painting) -> Iterator[_Mark]:
        element: Element = box.element
        counted = element.get("class") == "page-of"
        if (element.tag == "img" and not element.get("alt")) or (counted and box.element_tag.endswith("::before")):
            yield mark  # a picture that says nothing, the dots that lead to a page number
            return
        node = self._node(element)
        if element.tag == "img":
            node.entries["A"] = _place(box, painted)
        if "::" in box.element_tag and not counted:  # a list's bullet, a heading's number
            label = _Node("Lbl", {})
            (self.nodes[element] if element.tag == "li" else node).kids.insert(0, label)
            node = label
        node.kids.append(mark)

    def _node(self, element: Element) -> _Node:
        """The node that takes the content of this element; an item gives the body that follows its bullet."""
        if element is self.root or element.tag == "body":
            return self.top
        if element not in self.nodes:
            self._grow(element)
        node = self.nodes[element]
        return next((kid for kid in node.kids if isinstance(kid, _Node) and kid.role == BODIES.get(node.role)), node)

    def _grow(self, element: Element) -> None:
        parent = self._node(self.parents[element])
        if element in self.nodes:  # a table grows with all its parts
            return
        language = roles.foreign(element, self.parents)
        role = self.levels.get(element) or roles.role(element, self.parents, language)
        if not role:
            self.nodes[element] = parent
            return
        node = self.nodes[element] = _Node(role, roles.entries(element, role, language))
        (self.running if element.tag in RUNNING else parent.kids).append(node)
        if role in BODIES:
            node.kids.append(_Node(BODIES[role], {}))
        if role == "Table":  # an empty cell has no content to announce it, but a row must have all its cells
            for part in element.iter():
                if part.tag in TABLE_PARTS:
                    self._node(part)


def _tell(link: Element, annotation: Any) -> None:
    """Let a link inside the document say its words, where WeasyPrint says the id of its target."""
    if link.get("href", "").startswith("#"):
        annotation["Contents"] = pydyf.String(" ".join("".join(link.itertext()).split()))


def _marks(box: Any, index: int, painted: Painting) -> Iterator[_Mark]:
    """The marked content of a box and all within it."""
    if (number := painted.marks.get(box)) is not None:
        yield _Mark(index, number)
    for child in getattr(box, "children", ()):
        yield from _marks(child, index, painted)


def _place(box: Any, painted: Painting) -> pydyf.Dictionary:
    """Where a picture stands on its page, in points from the lower left corner."""
    x, y = box.content_box_x(), painted.page.height - box.content_box_y()
    corners = (x, y - box.height, x + box.width, y)
    return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array([corner * POINTS for corner in corners])})


def _mute(paintings: Sequence[Painting], decorations: Iterable[_Mark]) -> None:
    """Turn marked content that belongs to no element into artifacts, which screen readers pass over."""
    silent = {(mark.page, mark.number) for mark in decorations}
    for index, painted in enumerate(paintings):
        commands = painted.stream.stream
        for position, command in enumerate(commands):
            if isinstance(command, pydyf.Dictionary) and (index, command.get("MCID")) in silent:
                commands[position - 1 : position + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _write(pdf: pydyf.PDF, top: _Node, paintings: Sequence[Painting]) -> None:
    """Write the tree over WeasyPrint's own, whose objects it takes for itself so that none are left behind."""
    root = next(entry for entry in pdf.objects if _type(entry) == "/StructTreeRoot")
    owners: dict[_Mark, bytes] = {}
    links: list[tuple[Any, bytes]] = []
    spare = [entry for entry in pdf.objects if _type(entry) in ("/StructElem", "/OBJR")]
    for entry in spare:
        entry.clear()
    spare.reverse()
    root["K"] = pydyf.Array([_emit(pdf, top, root.reference, spare, owners, links)])
    numbers = pydyf.Array()
    for index, painted in enumerate(paintings):
        numbers += [index, pydyf.Array(owners.get(_Mark(index, n), "null") for n in range(len(painted.marks)))]
    for key, (annotation, owner) in enumerate(links, start=len(paintings)):
        annotation["StructParent"] = key
        numbers += [key, owner]
    root["ParentTree"] = pydyf.Dictionary({"Nums": numbers})
    root["ParentTreeNextKey"] = len(paintings) + len(links)


def _type(entry: object) -> object:
    return entry.get("Type") if isinstance(entry, dict) else None


def _emit(
    pdf: pydyf.PDF,
    node: _Node,
    parent: bytes,
    spare: list[Any],
    owners: dict[_Mark, bytes],
    links: list[tuple[Any, bytes]],
) -> bytes:
    """Write a node and all below it; note who owns each piece of content. Returns the node's reference."""
    element = spare.pop() if spare else pydyf.Dictionary()
    if element.number is None:
        pdf.add_object(element)
    pages = pdf.page_references
    home = next((kid.page for kid in node.kids if isinstance(kid, _Mark)), 0)
    kids = pydyf.Array()
    for kid in node.kids:
        if isinstance(kid, _Mark):
            owners[kid] = element.reference
            kids.append(kid.number if kid.page == home else _reference(kid, pages))
        elif isinstance(kid, _Annotation):
            links.append((kid.dictionary, element.reference))
            kids.append(_reference(kid, pages))
        elif kid.kids or kid.role in CELLS:
            kids.append(_emit(pdf, kid, element.reference, spare, owners, links))
    element.update({"Type": "/StructElem", "S": f"/{node.role}", "P": parent, "Pg": pages[home], **node.entries})
    # What judges a file that was signed looks for a field right in its element.
    element["K"] = kids[0] if node.role == "Form" else kids
    reference: bytes = element.reference
    return reference


def _reference(kid: _Mark | _Annotation, pages: Sequence[bytes]) -> pydyf.Dictionary:
    if isinstance(kid, _Mark):
        return pydyf.Dictionary({"Type": "/MCR", "Pg": pages[kid.page], "MCID": kid.number})
    return pydyf.Dictionary({"Type": "/OBJR", "Pg": pages[kid.page], "Obj": kid.dictionary.reference})
