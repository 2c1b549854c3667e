"""Turn the setting that a project is an example into the mark on each of its pages, above its running line.

Only this module knows how a page holds it: a ``header`` of class ``specimen``.
"""

from __future__ import annotations

from lxml import etree

from pemdocs.page.view import View
from pemdocs.words import language

MARK = "specimen"
BETWEEN = " · "


def words(view: View) -> tuple[tuple[str, str], ...]:
    """``Example`` in each language of the document; nothing where the project is none."""
    if not view.programme.example:
        return ()
    return tuple((each, str(language.house_words(each, view.templates)["example_mark"])) for each in view.languages)


def mark(tree: etree._Element, said: tuple[tuple[str, str], ...]) -> None:
    """Let a page bear the mark, in place."""
    body = tree.find("body")
    if body is None or not said:
        return
    header = etree.Element("header", {"class": MARK})
    line = etree.SubElement(header, "p", {"class": "disclaimer"})
    for number, (each, word) in enumerate(said):
        span = etree.SubElement(line, "span", lang=each)
        span.text, span.tail = word, BETWEEN if number + 1 < len(said) else None
    body.insert(0, header)


def is_mark(element: etree._Element) -> bool:
    """Whether an element of a page is the mark, and no running line."""
    return element.tag == "header" and element.get("class") == MARK
