"""Turn a view into a Word file by a template that somebody has made in Word; the template is compiled once and kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

from pemdocs.model import Page, PemdocsError
from pemdocs.page import specimen
from pemdocs.page.view import View
from pemdocs.project.theme import Theme
from pemdocs.words import tags
from pemdocs.writing.own import names, opening, proof, sealing, spots, tidying
from pemdocs.writing.own.asking import context
from pemdocs.writing.own.cleaning import cleaned, tree_of
from pemdocs.writing.own.compiling import Compiled, compiled, in_lines, sources
from pemdocs.writing.own.finished import About, Merged
from pemdocs.writing.own.marks import ANY
from pemdocs.writing.own.pen import Branch
from pemdocs.writing.own.properties import CORE, core, illustrated
from pemdocs.writing.own.records import Absent, Record, pen_of
from pemdocs.writing.own.settling import Media, Surroundings, settled
from pemdocs.writing.own.values import Block, Choice, Explanation, Picture, Spot, Value
from pemdocs.writing.word import marked, package
from pemdocs.writing.word.markup import W

T = TypeVar("T")
MARK = re.compile(rb"\xef\xb7[\x90-\xaf]")
"""Any of the signs of ``marks`` in UTF-8."""

LONGEST_PLACE = 80
GATHERED = re.compile(r"\{%[-+]?\s*(?:filter|macro|call)\b|\{%[-+]?\s*set\s+\w+\s*(?:\|[^=]*)?[-+]?%\}")
"""Where a template gathers or changes what it has written, before it says it or not."""

EXPLAINS = re.compile(rf"\|\s*(?:{'|'.join(names.named('filters', 'explains_marks').all)})\b")
"""Where a template tells what the marks of languages mean."""

TITLE = re.compile(rb"<dc:title>([^<]*)</dc:title>")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template, ready: compiled, with the ids of its styles by their names, and its title where that has tags.

    ``gathers``: not everything that is written need be in the file. ``explains``: it tells what the marks of languages
    mean.
    """

    file: str
    template: Compiled
    styles: Mapping[str, str]
    title: str
    gathers: bool
    explains: bool


def merge(view: View, path: Path, theme: Theme) -> Merged:
    """The Word file of a view by the template at a path.

    Raises ``PemdocsError`` with a code ``own-…``: the template cannot be used, a tag is wrong, a value is refused.
    """
    prepared = template(path, view.languages[0])
    pen, pictures = pen_of(view), dict[str, bytes]()
    pen.codes = prepared.explains
    known = context(pen, theme, pictures)
    names_known = (*known, *names.filters())
    parts = _told(lambda: prepared.template.parts(known), prepared, known, names_known)
    printed = len(pen.written)
    title = _told(lambda: _title(prepared, known), prepared, known, names_known) or _named(view)
    del pen.written[printed:]  # a title is no part of what is read
    about = About(title, _plain(view, "implementer.name"), _plain(view, "full_name"), view.languages,
                  view.linked.dataset.as_of)  # fmt: skip
    content = _finished(prepared, parts, pen, pictures, theme, about)
    return Merged(_marked(content, specimen.words(view)), about)


def _marked(content: bytes, said: tuple[tuple[str, str], ...]) -> bytes:
    """The file with the mark of an example on each of its pages, where it is one."""
    if not said:
        return content
    document = Document(BytesIO(content))
    marked.mark(document, said)
    return package.sealed(document)


def template(path: Path, language: str) -> Prepared:
    """A template for documents in a language. Raises ``PemdocsError`` where it cannot be used."""
    file = _file(path)
    try:
        stat = path.stat()
        if stat.st_size > opening.LARGEST:
            raise PemdocsError("own-swollen", file=file)
        return _prepared(path, stat.st_mtime_ns, stat.st_size, language)
    except FileNotFoundError as error:
        raise PemdocsError("own-not-found", file=file) from error
    except OSError as error:
        raise PemdocsError("own-locked", file=file) from error


def _file(path: Path) -> str:
    """What a template is called in a message: one of a kind by its folder too."""
    return f"{path.parent.name}/{path.name}" if path.name.startswith("page.") else path.name


@lru_cache(maxsize=16)
def _prepared(path: Path, _changed: int, _size: int, language: str) -> Prepared:
    file = _file(path)
    parts = opening.parts(path.read_bytes(), file)
    ready = cleaned(parts, file, language)
    content = sealing.sealed(sealing.stored(name, each) for name, each in ready.items())
    try:
        made = tags.guarded(lambda: compiled(content, environment()), file, names.filters())
    except PemdocsError as fault:
        raise _placed(fault, *_broken(content), file) from fault
    except (KeyError, AttributeError, etree.XMLSyntaxError) as error:
        raise PemdocsError("own-damaged", file=file) from error
    found = TITLE.search(parts.get(CORE, b""))
    title = unescape(found[1].decode("utf-8", "replace")) if found and b"{" in found[1] else ""
    gathers, explains = (
        any(sign.search(part.source) for part in made.filled.values()) for sign in (GATHERED, EXPLAINS)
    )
    return Prepared(file, made, _styles(ready.get("word/styles.xml", b""), file), title, gathers, explains)


@lru_cache(maxsize=1)
def environment() -> tags.Environment:
    """The sandbox in which every template runs."""
    return tags.environment(names.filters(), (Record, Absent, Value, Picture, Block, Spot, Choice, Explanation, Branch))


def _styles(content: bytes, file: str) -> dict[str, str]:
    if not content:
        return {}
    found = {}
    for style in tree_of(content, file).iter(W + "style"):
        name = style.find(W + "name")
        if name is not None:
            found[name.get(W + "val", "").lower()] = style.get(W + "styleId", "")
    return found


def _title(prepared: Prepared, known: Mapping[str, Any]) -> str:
    if not prepared.title:
        return ""
    return ANY.sub("", unescape(environment().from_string(prepared.title).render(known)))


def _named(view: View) -> str:
    """The title of a document whose template gives none: that of its kind, and the case."""
    words = view.kind.wording.get(view.languages[0], {}).get("title", "") or view.kind.id
    return f"{words} {view.linked.record.id}"


def _plain(view: View, path: str) -> str:
    return str(view.profile(path).parts[0][1])


def _finished(
    prepared: Prepared,
    parts: dict[str, bytes],
    pen: Any,
    pictures: Mapping[str, bytes],
    theme: Theme,
    about: About,
) -> bytes:
    """The file, settled and checked."""
    proof.check_tags(parts, prepared.file)
    media, page = Media(), Page(etree.Element("html"), pictures, "", about.languages, "", "", about.modified)
    around = Surroundings(pen.things, pictures, prepared.styles, about.languages, theme, page, prepared.file,
                          spots.spots(pen.things), pen.marked)  # fmt: skip
    for name, content in parts.items():
        if MARK.search(content):
            parts[name] = settled(name, content, around, media)
        else:
            _check_form(content, prepared.file)
        parts[name] = tidying.tidied(parts[name], prepared.styles, prepared.file)
    if not prepared.gathers:
        written = [*pen.written, *(pen.explained if pen.marked else ())]
        proof.check_values(parts, written, prepared.file)
    parts |= {CORE: core(about), **illustrated(prepared.template.still, media)}
    still = (part for name, part in prepared.template.still.items() if name not in parts)
    return sealing.sealed([*still, *(sealing.stored(name, content) for name, content in parts.items())])


def _check_form(content: bytes, file: str) -> None:
    try:
        etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        raise PemdocsError("own-broken", file=file) from error


def _told(work: Callable[[], T], prepared: Prepared, known: Mapping[str, Any], names_known: tuple[str, ...]) -> T:
    """The result of a work, or its fault with the template and the passage of it where it stands."""
    try:
        return tags.guarded(work, prepared.file, names_known)
    except PemdocsError as fault:
        line, lines = _located(prepared.template, known)
        raise _placed(fault, line, lines, prepared.file) from fault


def _located(template: Compiled, known: Mapping[str, Any]) -> tuple[int, list[str]]:
    """The line at which a template fails, once each of its paragraphs is a line, and these lines."""
    for part in template.filled.values():
        source = in_lines(part.source)
        try:
            environment().from_string(source).render(known)
        except Exception as error:
            return tags.line_of(error), source.split("\n")
    return 0, []


def _broken(content: bytes) -> tuple[int, list[str]]:
    """The line at which a template cannot be compiled, once each paragraph is a line, and these lines.

    Where a block is never closed no line says more than another.
    """
    for _, words in sources(DocxTemplate(BytesIO(content))):
        source = in_lines(words)
        try:
            environment().from_string(source)
        except Exception as error:
            return (0 if "end of template" in str(error) else tags.line_of(error)), source.split("\n")
    return 0, []


def _placed(fault: PemdocsError, line: int, lines: list[str], file: str) -> PemdocsError:
    words = unescape(re.sub(r"<[^>]*>", "", lines[line - 1])).strip() if 0 < line <= len(lines) else ""
    shown = words if len(words) <= LONGEST_PLACE else f"{words[:LONGEST_PLACE]}…"
    return PemdocsError(fault.code, **{**fault.facts, "file": file, "passage": shown})


__all__ = ["environment", "merge", "template"]
