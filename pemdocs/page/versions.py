"""Turn a finished page into the code of its version, and let its imprint say it: ``7F3A-91C2``.

The same words, figures and pictures have the same code, in Word and in PDF; whatever else is said has another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from lxml import etree

from pemdocs.model import Page

MARK = "version-code"
"""The class of the ``span`` in which an imprint says the code."""


def settle(tree: etree._Element, pictures: Mapping[str, bytes]) -> str:
    """The code of a page, written into its imprint, in place."""
    told = hashlib.sha256(etree.tostring(tree, encoding="utf-8"))
    for name, content in sorted(pictures.items()):
        told.update(name.encode() + b"\0" + content)
    code = of(told.digest())
    for span in tree.iter("span"):
        if span.get("class") == MARK:
            span.text = code
    return code


def of_cards(page: Page) -> str:
    """The code of the cards of a page: another one than that of the page, for less is on them, and elsewhere."""
    shared = page.shared
    told = [repr((each.text.parts, each.who.parts)) for each in shared.quotes]
    told += [repr((each.source, each.alt.parts, each.credit)) for each in shared.photographs]
    return of("\0".join(["cards", page.version, *told]).encode())


def of(content: bytes) -> str:
    """A code for these bytes."""
    digits = hashlib.sha256(content).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"
