"""Turn the ending of an ordinal, the ``er`` of ``1er``, into one that is raised. Only this module knows which are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

ENDINGS: Mapping[str, re.Pattern[str]] = {"fr": re.compile(r"(?<![\w.,])1(er|re)(?!\w)")}
"""By language: an ordinal whose ending, its first group, French print raises."""

KEPT = frozenset(("title", "sup"))


def raise_endings(tree: etree._Element, language: str) -> None:
    """Put the endings of ordinals in a page of this language into ``sup``, in place."""
    body = tree.find("body")
    for element, own in list(_spoken(body, language)) if body is not None else ():
        pattern = ENDINGS.get(own.split("-")[0])
        if pattern is None or element.tag in KEPT:
            continue
        for child in [each for each in element if each.tail]:
            child.tail = _raise(element, child, child.tail or "", pattern)
        element.text = _raise(element, None, element.text or "", pattern) or None


def _spoken(element: etree._Element, language: str) -> Iterator[tuple[etree._Element, str]]:
    """Each element with the language in which it is written."""
    own = element.get("lang", language)
    yield element, own
    for child in element.iterchildren(etree.Element):
        yield from _spoken(child, own)


def _raise(parent: etree._Element, before: etree._Element | None, words: str, pattern: re.Pattern[str]) -> str:
    """Write the raised endings of words behind ``before``; returns what stays in the place of the words."""
    place = 0 if before is None else parent.index(before) + 1
    kept, rest = "", 0
    made: list[etree._Element] = []
    for match in pattern.finditer(words):
        stretch = words[rest : match.start(1)]
        if made:
            made[-1].tail = stretch
        else:
            kept = stretch
        made.append(etree.Element("sup"))
        made[-1].text = match[1]
        rest = match.end(1)
    if not made:
        return words
    made[-1].tail = words[rest:]
    for number, each in enumerate(made):
        parent.insert(place + number, each)
    return kept
