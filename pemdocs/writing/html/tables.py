"""Turn the tables of a page, and what its figures say, into ones that a narrow screen and a screen reader follow."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pemdocs.model import Tabled, Text

NUMBERED = frozenset("0123456789–")
"""How values begin that stand to the right of their column."""


def settle(body: etree._Element) -> None:
    """Let what is a table only by its place say so, and each other one be moved by itself where it is too wide."""
    for table in list(body.iter("table")):
        if "bare" in table.get("class", "").split():
            table.set("role", "presentation")
        else:
            _moved(table, _called(table))


def data(tabled: Tabled, opening: Text, languages: tuple[str, ...]) -> etree._Element:
    """What a figure says, to be opened below it."""
    told = etree.Element("details", {"class": "data"})
    summary = etree.SubElement(told, "summary")
    _say(summary, opening, languages)
    table = etree.SubElement(told, "table", {"class": "grid"})
    heads = etree.SubElement(etree.SubElement(table, "thead"), "tr")
    for number, head in enumerate(tabled.heads):
        _say(etree.SubElement(heads, "th", {"scope": "col"} | ({"class": "num"} if number else {})), head, languages)
    rows = etree.SubElement(table, "tbody")
    for label, values in tabled.rows:
        row = etree.SubElement(rows, "tr")
        _say(etree.SubElement(row, "th", {"scope": "row"}), label, languages)
        for value in values:
            numbered = value and value.parts[0][1][:1] in NUMBERED
            _say(etree.SubElement(row, "td", {"class": "num"} if numbered else {}), value, languages)
    _moved(table, " · ".join(dict.fromkeys(words for _, words in opening.parts)))
    return told


def _moved(table: etree._Element, name: str) -> None:
    """Put a table into a frame of its own, which the keyboard can move."""
    frame = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": name})
    parent = table.getparent()
    assert parent is not None, "a table stands in a body"  # noqa: S101
    parent.replace(table, frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)


def _called(table: etree._Element) -> str:
    """What a table is called: its caption, else the heading before it."""
    caption = table.find("caption")
    found = caption if caption is not None else next(_headings(table), None)
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


def _headings(table: etree._Element) -> Iterator[etree._Element]:
    return (each for each in table.iterancestors("body") for each in _before(each, table))


def _before(body: etree._Element, table: etree._Element) -> Iterator[etree._Element]:
    """The headings that stand before a table, the nearest first."""
    found: list[etree._Element] = []
    for each in body.iter(etree.Element):
        if each is table:
            break
        if each.tag in ("h1", "h2", "h3", "h4"):
            found.append(each)
    yield from reversed(found)


def _say(element: etree._Element, text: Text, languages: tuple[str, ...]) -> None:
    """The words of a text, each further language on a line of its own."""
    parts = text.parts[:1] if text.uniform else text.parts
    for number, (language, words) in enumerate(parts):
        if not number and language == languages[0]:
            element.text = words
            continue
        if number:
            etree.SubElement(element, "br")
        etree.SubElement(element, "span", {"class": "second", "lang": language}).text = words
