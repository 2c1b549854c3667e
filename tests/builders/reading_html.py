"""Read a web page back: what it says beside what it adds of its own, and what it would fetch."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from lxml import etree, html

SVG_TEXT = "{http://www.w3.org/2000/svg}text"
ADDED = ("skip", "running", "narrow")
"""Classes of what a page says and its source does not, or says twice: running lines, figures drawn for telephones."""


def read_html_text(content: bytes) -> str:
    """The words of the text, those that are drawn among them; not the data below figures, which are added."""
    body = html.document_fromstring(content.decode("utf-8")).find("body")
    return "".join(words for part in ("main", "footer") for each in body.findall(part) for words in _words(each))


def _words(element: etree._Element) -> Iterator[str]:
    if element.tag == "img":
        drawn = re.match("data:image/svg.xml;base64,(.*)", element.get("src", ""))
        texts = etree.fromstring(b64decode(drawn[1])).iter(SVG_TEXT) if drawn else ()
        yield from ("".join(text.itertext()) for text in texts)
    if element.tag != "details" and element.get("class") not in ADDED:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


def fetched(content: bytes) -> list[str]:
    """Whatever a browser would ask for elsewhere when it opens the page."""
    words = content.decode("utf-8")
    loads = re.findall(r"""(?:src=["']|url\(["']?|@import|<link|<script|<iframe)([^"')>]{0,40})""", words)
    return [each for each in loads if not each.startswith(("data:", "#"))]
