"""Turn lines of plain words into the page of a tracker, or of a table of comments. No kind: it is about no record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lxml import etree

from pemdocs.model import Page
from pemdocs.page import layout
from pemdocs.resources import Templates
from pemdocs.words import sandbox

FOLDER = "tracker"
"""Where the layout and the style of the tracker lie."""


def lay_out(
    told: Mapping[str, Any], language: str, templates: Templates, *, author: str, on: date, folder: str = FOLDER
) -> Page:
    """The page of what is ``told``: plain texts, and lists and mappings of them, in one language.

    ``folder`` is that of its layout.
    """
    environment = sandbox.for_layouts(*templates.folders(folder), *templates.folders("house"))
    words = environment.get_template(layout.PAGE).render({**told, "language": language})
    root = etree.fromstring(words.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    title = str(root.findtext("head/title") or "").strip()
    return Page(root, {}, title=title, languages=(language,), author=author, subject=title, modified=on)
