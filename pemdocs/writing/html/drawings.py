"""Turn the pictures of a page into parts of a web page: drawings that follow its light, photographs, marks.

Only this module knows how a picture stands in a web page.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.pictures import vector
from pemdocs.scans import photographs

SVG = "{http://www.w3.org/2000/svg}"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
PAINTS = ("fill", "stroke", "stop-color")
WIDEST = 1600
"""Dots of the widest photograph: as wide as a page is on a dense screen, and no heavier than needs be."""

MARKS = ("logo:", "code:")
"""How the sources of pictures begin that keep their colours and their white ground: logos, and codes to photograph."""


class Drawings:
    """The pictures of one page as they are put into it; ``colours`` are those that its drawings have."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self.pictures = pictures
        self.colours: dict[str, None] = {}
        self._count = 0

    def place(self, image: etree._Element) -> etree._Element:
        """What stands in the place of an ``img``: the drawing itself, or the picture within.

        Raises ``PemdocsError``: ``picture-missing``, ``picture-unreadable``.
        """
        source = image.get("src", "")
        content = self.pictures.get(source)
        if content is None:
            raise PemdocsError("picture-missing", picture=source)
        if vector.is_svg(content) and not source.startswith(MARKS):
            return self.drawing(content, image.get("alt", ""))
        return _picture(content, source, image)

    def drawing(self, content: bytes, alt: str) -> etree._Element:
        """A drawing as a part of the page, read as ``alt``. Raises ``XMLSyntaxError``."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(content, parser)
        self._count += 1
        for each in root.iter(etree.Element):
            self._own(each)
        drawn = etree.fromstring(etree.tostring(root), parser)
        for name in {"width", "height", "aria-label"} & set(drawn.attrib):
            del drawn.attrib[name]
        drawn.attrib.update({"role": "img", "aria-label": alt} if alt else {"aria-hidden": "true"})
        drawn.set("focusable", "false")
        return drawn

    def _own(self, each: etree._Element) -> None:
        """Names that no other drawing of the page has, and colours that follow the light."""
        for name, value in [(str(name), str(value)) for name, value in each.attrib.items()]:
            if name == "id":
                each.set(name, f"d{self._count}-{value}")
            elif "url(#" in value:
                each.set(name, value.replace("url(#", f"url(#d{self._count}-"))
            elif value.startswith("#") and name.endswith("href"):
                each.set(name, f"#d{self._count}-{value[1:]}")
            elif name in PAINTS and COLOUR.fullmatch(value):
                self.colours[value.lower()] = None
                each.set(name, f"var(--drawn-{value[1:].lower()})")


def _picture(content: bytes, source: str, image: etree._Element) -> etree._Element:
    told = {"alt": image.get("alt", "")}
    if vector.is_svg(content):
        told |= {"class": "plate", "style": image.get("style", "")}
        media = "image/svg+xml"
    else:
        content = photographs.fit(content, WIDEST, source)
        across, down = photographs.size(content, source)
        told |= {"width": str(across), "height": str(down)}
        media = "image/png" if content.startswith(photographs.PIXELS[0]) else "image/jpeg"
    return etree.Element("img", {"src": f"data:{media};base64,{b64encode(content).decode()}", **told})
