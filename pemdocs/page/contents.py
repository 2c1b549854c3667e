"""Turn the marks of a laid-out page into numbers, lists of contents and cross references.

Only this module knows how headings and captions are counted; ``docs/layouts.md`` has the marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

from lxml import etree

from pemdocs.model import PemdocsError

HEADINGS = ("h2", "h3")
RUNNING = frozenset(("header", "footer"))
COUNTED = {"figures": "Figure", "tables": "Table"}
"""What a list of captions counts, where it does not say so itself."""

CHAPTERS = "chapters"
"""A list of contents of this class names the headings of the first level alone."""
MARKS = "marks"
"""A paragraph of this class tells what the marks of languages mean, and stands only where there is one."""

APART = frozenset(("credit", "source"))
"""Passages of a caption that belong to the picture and not to its name."""

BLOCKS = frozenset(("figcaption", "caption", "p", "h2", "h3", "h4", "td", "th", "li"))
NAME = re.compile(r"[A-Za-z]{1,20}")
WHITE = re.compile("[ \t\r\n]+")
EN_SPACE, NO_BREAK = "\N{EN SPACE}", "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: the id it leads to, its number (or nothing), the element that has its words, its level."""

    id: str
    number: str
    source: etree._Element
    inner: bool = False


def fill(tree: etree._Element) -> None:
    """Count headings and captions of a page and write every list and cross reference out, in place.

    Raises ``PemdocsError`` ``layout-target-twice``, ``layout-target-missing``, ``layout-counter-unnamed`` (fact:
    ``target``).
    """
    body = tree.find("body")
    if body is None:
        return
    _explain_marks(body)
    targets = _targets(body)
    _count_captions(body)
    numbers = _numbers(body)
    for nav in list(body.iter("nav")):
        _write_list(nav, _entries(nav, body, numbers, targets))
    for link in body.iter("a"):
        address = link.get("href", "")
        if address.startswith("#"):
            _refer(link, targets.get(address[1:]), numbers)


def has_lists(tree: etree._Element) -> bool:
    """Whether a page has a list that says on which pages things stand."""
    return next(tree.iter("nav"), None) is not None


def _targets(body: etree._Element) -> dict[str, etree._Element]:
    targets: dict[str, etree._Element] = {}
    for element in body.iter(etree.Element):
        name = element.get("id")
        if name and targets.setdefault(name, element) is not element:
            raise PemdocsError("layout-target-twice", target=name)
    return targets


def _count_captions(body: etree._Element) -> None:
    """Number every counter; a second one in the same block, in another language, repeats the first."""
    counted: Counter[str] = Counter()
    seen: set[tuple[etree._Element | None, str]] = set()
    for mark in _marks(body):
        name = mark.get("data-name", "")
        if not NAME.fullmatch(name):
            raise PemdocsError("layout-counter-unnamed", target=name)
        place = (_block(mark), name)
        if place in seen:
            mark.set("data-again", "true")
        else:
            counted[name] += 1
        seen.add(place)
        mark.text = str(counted[name])


def _explain_marks(body: etree._Element) -> None:
    """Where a page explains the marks of languages once, make each as short as a code: ``FR``; with none, no word."""
    told = [each for each in body.iter("p") if MARKS in each.get("class", "").split()]
    marks = [each for each in body.iter("span") if each.get("data-of")]
    for mark in marks if told else ():
        mark.text = mark.get("data-of", "").upper()
        _bind(mark)
    for paragraph in () if marks else told:
        _take(paragraph)
    for mark in marks:
        del mark.attrib["data-of"]


def _bind(mark: etree._Element) -> None:
    """Bind a short mark to the word before it, so that it never stands on a line of its own."""
    before, parent = mark.getprevious(), mark.getparent()
    if before is not None and before.tail:
        before.tail = before.tail.rstrip(" ") + NO_BREAK
    elif before is None and parent is not None and parent.text:
        parent.text = parent.text.rstrip(" ") + NO_BREAK


def _marks(element: etree._Element) -> Iterator[etree._Element]:
    return (each for each in element.iter("span") if "seq" in each.get("class", "").split())


def _block(element: etree._Element) -> etree._Element | None:
    return next((each for each in element.iterancestors() if each.tag in BLOCKS), None)


def _numbers(body: etree._Element) -> Mapping[etree._Element, str]:
    """The number of each heading, nothing where it has none, as the style sheet and Word's numbering count them."""
    chapter = part = 0
    numbers = {}
    for heading in body.iter(*HEADINGS):
        if any(each.tag in RUNNING for each in heading.iterancestors()):
            continue
        if "plain" in heading.get("class", "").split():
            numbers[heading] = ""
        elif heading.tag == "h2":
            chapter, part = chapter + 1, 0
            numbers[heading] = str(chapter)
        else:
            part += 1
            numbers[heading] = f"{chapter}.{part}"
    return numbers


def _entries(
    nav: etree._Element,
    body: etree._Element,
    numbers: Mapping[etree._Element, str],
    targets: dict[str, etree._Element],
) -> list[Entry]:
    kinds = nav.get("class", "").split()
    if "contents" in kinds:
        return [Entry(_id(heading, "s", targets), number, heading, heading.tag == "h3")
                for heading, number in numbers.items()
                if heading.tag == "h2" or CHAPTERS not in kinds]  # fmt: skip
    kind = next((kind for kind in kinds if kind in COUNTED), "figures")
    name = nav.get("data-name") or COUNTED[kind]
    nav.set("data-name", name)
    captions = (_block(mark) for mark in _marks(body) if mark.get("data-name") == name and not mark.get("data-again"))
    return [Entry(_id(_owner(caption), name.lower(), targets), "", caption) for caption in captions
            if caption is not None]  # fmt: skip


def _owner(caption: etree._Element) -> etree._Element:
    """The figure or table that a caption names; any other counted block is its own."""
    parent = caption.getparent()
    return parent if caption.tag in ("caption", "figcaption") and parent is not None else caption


def _id(element: etree._Element, stem: str, targets: dict[str, etree._Element]) -> str:
    """The element's id; one that is still free where it has none."""
    name = element.get("id") or next(name for n in count(1) if (name := f"{stem}-{n}") not in targets)
    element.set("id", name)
    targets[name] = element
    return name


def _write_list(nav: etree._Element, entries: list[Entry]) -> None:
    """Append the entries to the list; one without any is taken away, its title with it."""
    if not entries:
        _take(nav)
        return
    for entry in entries:
        line = etree.SubElement(nav, "p", {"class": "entry inner" if entry.inner else "entry"})
        link = etree.SubElement(line, "a", href=f"#{entry.id}")
        if entry.number:
            number = etree.SubElement(link, "span", {"class": "number"})
            number.text, number.tail = entry.number, EN_SPACE
        _append(link, entry.source)
        etree.SubElement(line, "span", {"class": "page-of", "data-ref": entry.id})


def _append(link: etree._Element, source: etree._Element) -> None:
    """The words of a heading or caption, with their languages, without what belongs to the place where they stand."""
    words = deepcopy(source)
    for element in list(words.iter(etree.Element)):
        kinds = set(element.get("class", "").split())
        if element is not words and (APART & kinds or element.tag in ("br", "img") or _repeats(element)):
            if element.tag == "br":
                element.tail = " " + (element.tail or "")
            _take(element)
        elif element.tag == "a" or "seq" in kinds:
            element.tag = "span"
            element.attrib.clear()
        element.attrib.pop("id", "")
    opening = (words.text or "").lstrip()
    if len(link):
        link[-1].tail = (link[-1].tail or "") + opening
    else:
        link.text = opening or None
    link.extend(words)
    _trim(link)


def _repeats(element: etree._Element) -> bool:
    """Whether this is the label of a caption with its number once more, in another language."""
    return element.tag == "span" and any(each.get("data-again") for each in element)


def _trim(link: etree._Element) -> None:
    """No white space behind the last word, where a credit stood."""
    if len(link):
        link[-1].tail = (link[-1].tail or "").rstrip() or None
    elif link.text:
        link.text = link.text.rstrip(" \t\r\n")


def _take(element: etree._Element) -> None:
    """Take an element away, but leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None, "only parts of a body are taken"  # noqa: S101
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _refer(link: etree._Element, target: etree._Element | None, numbers: Mapping[etree._Element, str]) -> None:
    """Check that a link leads somewhere; write the target's number into one of class ``ref`` that is empty."""
    if target is None:
        raise PemdocsError("layout-target-missing", target=link.get("href", "")[1:])
    if "ref" in link.get("class", "").split():
        link.set("data-to", "number" if numbers.get(target) else "words")
        if not len(link) and not (link.text or "").strip():
            link.text = numbers.get(target) or _called(target)


def _called(target: etree._Element) -> str:
    """What a target is called in running text: ``Figure 3``; all its words where it is not counted."""
    mark = next(_marks(target), None)
    block = target if mark is None else _block(mark)
    words = []
    for event, element in etree.iterwalk(target if block is None else block, events=("start", "end")):
        if event == "start":
            words.append(element.text or "")
        elif element is mark:
            break
        elif element is not block:
            words.append(element.tail or "")
    return WHITE.sub(" ", "".join(words)).strip(" ")
