"""Turn a finished page into a refusal where it says what a publication may not, before any file is made of it.

Every format is made of what passes here: text, alternative text, figures, titles, bookmarks, properties, file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

from lxml import etree

from pemdocs.consent import consents, leaks
from pemdocs.consent.withheld import Withheld
from pemdocs.data.dataset import Linked
from pemdocs.model import Page, PemdocsError
from pemdocs.page.publishing import TABLES
from pemdocs.page.view import View
from pemdocs.pictures import vector
from pemdocs.project.kinds import Kind

NEVER_SEEN = frozenset({"class", "style", "lang", "scope", "colspan", "rowspan", "width", "height", "d", "points",
                        "transform", "viewBox"})  # fmt: skip
"""Attributes that hold no words."""

_INLINE = """span strong em sup a tspan r t rPr proofErr bookmarkStart bookmarkEnd hyperlink smartTag ins del moveTo
softHyphen noBreakHyphen lastRenderedPageBreak commentRangeStart commentRangeEnd commentReference permStart permEnd
fldSimple delText instrText fldChar"""
INLINE = frozenset(_INLINE.split())
"""Elements that part no words, in pages, drawings and Word files."""

MOST = 5
READABLE = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\x9f\ufffd]){5,}")
"""What can be read of a file that is no text, such as who took a picture."""

QUOTED = re.compile(r"""\"((?:[^"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'""", re.S)
ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
"""A text of a stylesheet, and a sign in it that is written by its number."""

DEEPEST = 3
"""So many files within files are read."""


def public(kind: Kind) -> bool:
    """Whether documents of a kind are published: everybody may read them, and nobody signs them as a party."""
    return kind.audience == "public" and (kind.table in TABLES or not kind.signatories)


def of_page(view: View, page: Page, sheets: Iterable[str] = ()) -> Page:
    """The page, if it may be published with what its style ``sheets`` print beside it.

    Raises ``PemdocsError`` ``publication-says``.
    """
    if public(view.kind):
        drawn = (etree.fromstring(each, _parser()) for each in page.pictures.values() if vector.is_svg(each))
        around = [said for text in page.words.values() for _, said in text.parts]
        around += [each for sheet in sheets for each in _styled(sheet)]
        told = (page.title, page.author, page.subject, page.code, *page.pictures, *_tabled(page), *around)
        _hold(view, [page.tree, *drawn], told)
        return _held_back(view, page)
    return page


def _styled(sheet: str) -> Iterator[str]:
    """The texts that a stylesheet holds."""
    for one, other in QUOTED.findall(sheet):
        yield ESCAPED.sub(lambda sign: chr(min(int(sign[1], 16), 0x10FFFF)), one or other)


def _tabled(page: Page) -> Iterator[str]:
    """What the tables of its figures say."""
    for each in page.tables.values():
        texts = (each.title, *each.heads, *(text for label, values in each.rows for text in (label, *values)))
        yield from (words for text in texts for _, words in text.parts)


def of_word(view: View, content: bytes, told: Iterable[str]) -> bytes:
    """A Word file that a template has made, if it may be published. Raises as ``of_page`` does."""
    if public(view.kind):
        trees, texts = _parts(content)
        _hold(view, trees, (*told, *texts))
    return content


def _parts(content: bytes, deep: int = 0) -> tuple[list[etree._Element], list[str]]:
    """The trees of all parts of a Word file and of the files within it, and what can be read of its other parts."""
    trees: list[etree._Element] = []
    texts: list[str] = []
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            if name.endswith((".xml", ".rels")):
                trees.append(etree.fromstring(part, _parser()))
            elif deep < DEEPEST and is_zipfile(BytesIO(part)):
                inner = _parts(part, deep + 1)
                trees, texts = [*trees, *inner[0]], [*texts, *inner[1]]
            else:
                for code in ("utf-8", "utf-16-le"):
                    texts += READABLE.findall(part.decode(code, "replace"))
    return trees, texts


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def words(tree: etree._Element) -> str:
    """All that a tree says: the text of its elements, each that parts words on its own line, and its attributes."""
    return "".join(_pieces(tree)) + "\n" + "\n".join(_attributes(tree))


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, each in etree.iterwalk(element, events=("start", "end")):
        comment = not isinstance(each.tag, str)
        inline = not comment and etree.QName(each).localname in INLINE
        if event == "start":
            yield ("" if inline else "\n") + (each.text or "")
        else:
            yield ("" if inline else "\n") + ((each.tail or "") if each is not element else "")


def _attributes(tree: etree._Element) -> Iterator[str]:
    for each in tree.iter(etree.Element):
        yield from (unquote(str(value)) for name, value in each.attrib.items() if name not in NEVER_SEEN)


def _hold(view: View, trees: Iterable[etree._Element], told: Iterable[str]) -> None:
    """Refuse what says anything that it may not, with the words around and, where the data say it, the cells."""
    if view.linked.dataset.made_up:
        return
    fault = _fault(
        view, [*map(words, trees), "\n".join([*told, view.kind.path(view.linked.record.id, view.languages, "")])]
    )
    if fault is not None:
        raise fault


def _held_back(view: View, page: Page) -> Page:
    """The page with a fault in the place of what may be shared, where that says what no consent allows there."""
    if view.linked.dataset.made_up:
        return page
    shared = page.shared
    texts = [shared.title, shared.subtitle, *(each.title for each in page.tables.values())]
    texts += [text for each in shared.quotes for text in (each.text, each.who)]
    texts += [each.alt for each in shared.photographs]
    told = [said for text in texts for _, said in text.parts] + [each.credit for each in shared.photographs]
    fault = _fault(view, ["\n".join(told)], (consents.SOCIAL,))
    return page if fault is None else replace(page, shared=shared._replace(fault=fault))


def _fault(view: View, texts: Iterable[str], further: tuple[str, ...] = ()) -> PemdocsError | None:
    what = leaks.of_case(view.linked, view.languages, further)
    around = [each for text in texts for each in _around(text, what)]
    if not around:
        return None
    places = ", ".join(dict.fromkeys(_places(view.linked, view.languages)))
    said = " / ".join(dict.fromkeys(around[:MOST]))
    return PemdocsError("publication-says", count=len(around), places=places, around=said)


def _around(text: str, what: Withheld) -> Iterator[str]:
    found = what.found(text)
    yield from (leaks.around(text, each, found) for each in found if each.certain)


def _places(case: Linked, languages: tuple[str, ...]) -> Iterator[str]:
    for each in leaks.leaks(case, languages):
        if each.certain:
            record = each.record.record
            yield f"{record.sheet}!{record.place(each.field, each.language)}"
