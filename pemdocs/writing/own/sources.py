"""Turn the source of a shipped Word template into a Word file in the look of a project.

A source is written as a page is (``docs/layouts.md``), with the tags of Word templates for its words; what returns
in it are macros in square brackets, which are carried out here.
"""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from pathlib import Path

from lxml import etree

from pemdocs.model import Page, PemdocsError
from pemdocs.page import contents
from pemdocs.project.theme import Theme
from pemdocs.resources import Templates
from pemdocs.words import sandbox
from pemdocs.writing import word
from pemdocs.writing.own import marks, opening, sealing
from pemdocs.writing.own.cleaning import tree_of
from pemdocs.writing.word.markup import W

FOLDER = "word"
"""Where the sources lie among the templates."""

PARSER = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True)


def available(templates: Templates) -> tuple[str, ...]:
    """The names of the sources: those of kinds are their twins in Word, the others are kinds of their own."""
    return templates.names(f"{FOLDER}/*/page.html")


def made(name: str, templates: Templates, theme: Theme) -> bytes:
    """The Word template of a source. Raises ``PemdocsError`` ``own-no-such-template``."""
    path = templates.file(f"{FOLDER}/{name}/page.html")
    if path is None:
        raise PemdocsError("own-no-such-template", name=name, known=", ".join(available(templates)))
    words = sandbox.for_sources(*templates.folders(FOLDER)).get_template(f"{name}/page.html").render()
    tree = etree.fromstring(words.strip().encode(), PARSER)
    contents.fill(tree)
    title = tree.findtext("head/title") or name
    language = tree.get("lang", "fr")
    return _loosened(word.write(Page(tree, {}, title, (language,), "pemdocs", "", date(1980, 1, 1)), theme))


def _loosened(content: bytes) -> bytes:
    """A template of which the rows to be repeated may part at the end of a page, however many there will be."""
    parts = dict(opening.parts(content, ""))
    root = tree_of(parts[opening.MAIN], "")
    for row in root.iter(W + "tr"):
        if "{%tr for" in _words(row):
            for repeated in takewhile(lambda each: "{%tr endfor" not in _words(each), row.itersiblings(W + "tr")):
                for properties in repeated.iter(W + "pPr"):
                    etree.strip_elements(properties, W + "keepNext")
    parts[opening.MAIN] = marks.HEAD + bytes(etree.tostring(root, encoding="utf-8"))
    return sealing.sealed(sealing.stored(name, each) for name, each in parts.items())


def _words(row: etree._Element) -> str:
    return "".join(str(text) for text in row.itertext(W + "t"))


def beside(name: str, templates: Templates) -> dict[Path, bytes]:
    """What goes with a source that is a kind of its own: its ``kind.toml`` and its wording, by their paths in it."""
    found: dict[Path, bytes] = {}
    for folder in templates.folders(f"{FOLDER}/{name}"):
        for path in sorted(folder.rglob("*.toml")):
            found.setdefault(path.relative_to(folder), path.read_bytes())
    return found
