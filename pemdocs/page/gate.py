"""Turn a finished page into a refusal where it says what a publication may not, before any file is made of it.

Every format is made of what passes here: text, alternative text, figures, titles, bookmarks, properties, file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from pemdocs.consent import consents, leaks
from pemdocs.consent.withheld import Withheld
from pemdocs.data.dataset import Linked
from pemdocs.model import Page, PemdocsError
from pemdocs.page.view import View
from pemdocs.pictures import vector
from pemdocs.project.kinds import Kind

NEVER_SEEN = frozenset({"class", "style", "lang", "scope", "colspan", "rowspan", "width", "height", "d", "points",
                        "transform", "viewBox"})  # fmt: skip
"""Attributes that hold no words."""

INLINE = frozenset({"span", "strong", "em", "a", "tspan", "r", "t", "rPr", "proofErr"})
"""Elements that part no words, in pages, drawings and Word files."""

MOST = 5
PARTS = re.compile(r"(?:word|docProps|customXml)/.*\.(?:xml|rels)")


def public(kind: Kind) -> bool:
    """Whether documents of a kind are published: everybody may read them, and nobody signs them as a party."""
    return kind.audience == "public" and not kind.signatories


def of_page(view: View, page: Page) -> Page:
    """The page, if it may be published. Raises ``PemdocsError`` ``publication-says``."""
    if public(view.kind):
        drawn = (etree.fromstring(each, _parser()) for each in page.pictures.values() if vector.is_svg(each))
        told = (page.title, page.author, page.subject, page.code, *page.pictures, *_tabled(page))
        _hold(view, [page.tree, *drawn], told)
        return _held_back(view, page)
    return page


def _tabled(page: Page) -> Iterator[str]:
    """What the tables of its figures say."""
    for each in page.tables.values():
        texts = (each.title, *each.heads, *(text for label, values in each.rows for text in (label, *values)))
        yield from (words for text in texts for _, words in text.parts)


def of_word(view: View, content: bytes, told: Iterable[str]) -> bytes:
    """A Word file that a template has made, if it may be published. Raises as ``of_page`` does."""
    if public(view.kind):
        with ZipFile(BytesIO(content)) as parts:
            found = [parts.read(name) for name in parts.namelist() if PARTS.fullmatch(name)]
        _hold(view, (etree.fromstring(each, _parser()) for each in found), told)
    return content


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
        yield from (str(value) for name, value in each.attrib.items() if name not in NEVER_SEEN)


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
