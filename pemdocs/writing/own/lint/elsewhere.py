"""Find the tags that stand where nothing is filled in: in deleted passages, endnotes, charts, drawings, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from pemdocs.model import Severity
from pemdocs.writing.own.lint.flaws import Flaw, shortened
from pemdocs.writing.own.lint.story import STORIES, Passage
from pemdocs.writing.own.opening import Parts
from pemdocs.writing.word.markup import W

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
OPEN = re.compile(r"\{[{%#]")
UNREAD = re.compile(r"word/(?:comments\w*|people|settings|styles\w*|fontTable|webSettings|numbering|theme/.*)\.xml")
"""The parts whose words are not the document's."""

TITLE = re.compile(rb"<dc:title>[^<]*</dc:title>")
PLACES = {"endnotes": "endnotes", "chart": "chart", "data": "diagram", "drawing": "diagram", "document": "glossary"}
GONE = (W + "del", W + "moveFrom")


def in_parts(parts: Parts, file: str) -> Iterator[Flaw]:
    """The tags in parts that nothing is filled into."""
    for name, content in parts.items():
        if name.startswith("docProps/"):
            yield from _properties(content, file)
        elif not name.startswith("word/") or STORIES.fullmatch(name) or UNREAD.fullmatch(name):
            continue
        elif name.endswith(".rels"):
            yield from _links(content, file)
        elif name.endswith(".xml"):
            words = unescape(re.sub(rb"<[^>]*>", b"", content).decode("utf-8", "replace"))
            place = PLACES.get(re.sub(r"\d+$", "", PurePosixPath(name).stem), "part")
            for found in TAG.findall(words):
                facts = {"found": shortened(found), "place": place}
                yield Flaw("tag-not-filled", Severity.ERROR, file, facts=facts)


def _properties(content: bytes, file: str) -> Iterator[Flaw]:
    """The tags in properties of the document: of these only the title is filled in, the others are not kept."""
    words = unescape(re.sub(rb"<[^>]*>", b" ", TITLE.sub(b"", content)).decode("utf-8", "replace"))
    for found in TAG.findall(words):
        facts = {"found": shortened(found), "place": "properties"}
        yield Flaw("tag-not-filled", Severity.WARNING, file, facts=facts)


def _links(content: bytes, file: str) -> Iterator[Flaw]:
    for target in re.findall(rb'Target="([^"]*)"', content):
        words = unquote(unescape(target.decode("utf-8", "replace")))
        for found in TAG.findall(words):
            yield Flaw("tag-in-link", Severity.ERROR, file, facts={"found": shortened(found)})


def in_passages(passages: Mapping[etree._Element, Passage], file: str) -> Iterator[Flaw]:
    """The tags in passages that are deleted, or that Word fills in by itself."""
    for paragraph, passage in passages.items():
        for gone in paragraph.iter(*GONE):
            words = "".join(each.text or "" for each in gone.iter(W + "delText", W + "t"))
            if OPEN.search(words):
                facts = {"found": shortened(words)}
                yield Flaw("tag-deleted", Severity.ERROR, file, passage, 0, len(passage.text), facts)
        control = next(paragraph.iterancestors(W + "sdt"), None)
        control = paragraph.find(f".//{W}sdt") if control is None else control
        if control is not None and control.find(f"{W}sdtPr/{W}dataBinding") is not None and OPEN.search(passage.text):
            yield Flaw("tag-bound-control", Severity.WARNING, file, passage, 0, len(passage.text))
