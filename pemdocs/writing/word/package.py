"""Turn a ``Page`` into the bytes of a ``.docx``. Only this module opens, strips and seals the package."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import Any

from docx import Document
from docx.oxml.ns import nsmap

from pemdocs.model import Page, PemdocsError
from pemdocs.project.theme import Theme
from pemdocs.writing import account, roster
from pemdocs.writing.word import marked, numbering, references, sections, settings, styles
from pemdocs.writing.word.blocks import write_flow
from pemdocs.writing.word.frame import PROSE, Book, Frame, tag_of, text_width
from pemdocs.writing.word.markup import close_story, legal
from pemdocs.writing.word.running import write_running_lines

UNWANTED = ("stylesWithEffects", "customXml", "thumbnail", "webSettings")
FIRST = ("[Content_Types].xml", "_rels/.rels")
SEALED = (1980, 1, 1, 0, 0, 0)
LONGEST_PROPERTY = 255
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
NOWHERE: Mapping[str, int] = MappingProxyType({})


def write(page: Page, theme: Theme, numbers: Mapping[str, int] = NOWHERE) -> bytes:
    """The Word file of a page; the same page, theme and numbers give the same bytes.

    ``numbers`` are the pages that lists of contents show, by the id of what stands there.
    Raises ``PemdocsError``: ``layout-unknown-element``, ``layout-empty-table``, ``layout-without-body``,
    ``picture-missing``, ``picture-unreadable``, ``picture-not-self-contained``.
    """
    document = Document(BytesIO(_base()))
    language = page.tree.get("lang") or (page.languages[0] if page.languages else "fr")
    styles.fill(document.styles.element, theme, language, two=len(page.languages) > 1)
    numbering.fill(document.part.numbering_part.element, theme)
    settings.fill(document, theme, language)
    _write_body(document, page, theme, language, numbers)
    with _namespaces():
        _set_properties(document.core_properties, page)
    roster.enclose(document)
    if page.account:
        account.enclose(document, page.account)
    return sealed(document)


@lru_cache(maxsize=1)
def _base() -> bytes:
    """python-docx's own empty document without what it brings along: old styles, a thumbnail, custom XML."""
    document = Document()
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(UNWANTED)]:
            relations.pop(name)
    for part in (document.styles.element, document.part.numbering_part.element, document.settings.element):
        part[:] = []
    properties = document.core_properties._element
    properties[:] = []
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write_body(document: Any, page: Page, theme: Theme, language: str, numbers: Mapping[str, int]) -> None:
    content = page.tree.find("body")
    if content is None:
        raise PemdocsError("layout-without-body")
    names = references.names(page.tree)
    book = Book.open(page, theme, document.part.package, document.part.numbering_part.element, names, numbers)
    body = document.element.body
    body[:] = []
    frame = Frame(document.part, book, language, text_width(theme, landscape=False), PROSE)
    write_flow(content, body, frame)
    close_story(body)
    sections.close(body, theme)
    write_running_lines(content, document.sections[0], book, content.get("lang") or language)
    marked.mark(document, marked.said_on(content))


@contextmanager
def _namespaces() -> Iterator[None]:
    """Let ``cp`` mean the core properties: docxcompose, once somebody imports it, gives it to the custom ones."""
    before = nsmap["cp"]
    nsmap["cp"] = CORE
    try:
        yield
    finally:
        nsmap["cp"] = before


def _set_properties(properties: Any, page: Page) -> None:
    moment = datetime.combine(page.modified, time(), UTC).replace(tzinfo=None)
    properties.title = _short(page.title)
    properties.subject = _short(page.subject)
    properties.author = properties.last_modified_by = _short(page.author)
    properties.language = ", ".join(tag_of(language) for language in page.languages)
    properties.created = properties.modified = moment
    properties.revision = 1


def _short(text: str) -> str:
    text = legal(text)
    return text if len(text) <= LONGEST_PROPERTY else text[: LONGEST_PROPERTY - 1] + "…"


def sealed(document: Any) -> bytes:
    """The package of a document, its parts in a fixed order and without the time of day."""
    loose, sealed = BytesIO(), BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts.namelist(), key=lambda name: (name not in FIRST, name)):
            entry = zipfile.ZipInfo(name, SEALED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts.read(name))
    return sealed.getvalue()
