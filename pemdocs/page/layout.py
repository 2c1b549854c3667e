"""Turn a view into a page: the kind's ``page.html`` places the words. Only this module renders layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree
from markupsafe import Markup

from pemdocs.data.dataset import told_day
from pemdocs.knowledge.typography import typeset
from pemdocs.model import Cell, Page, PemdocsError, Tabled, Text
from pemdocs.page import amending, brief, contents, figures, gate, publishing, raising, saying, specimen, versions
from pemdocs.page.markup import Marker
from pemdocs.page.view import EMPTY, FILLED, Item, Shown, View
from pemdocs.pictures import vector
from pemdocs.project.theme import Theme
from pemdocs.resources import Templates
from pemdocs.words import sandbox
from pemdocs.words.wording import translated

_ELEMENTS = """html head title body header footer h1 h2 h3 h4 p ul ol li table caption colgroup col thead tbody tfoot
tr th td div blockquote figure img figcaption nav section span strong em sup br a"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""What a page may hold (``docs/layouts.md``)."""

PAGE = "page.html"
SHOWN = (Shown, Item, Text, Cell, saying.DestinationTold)
"""What a layout is given beside plain values: nothing that leads to the data behind what its audience may see."""

STAYS = "stays"


def lay_out(view: View, theme: Theme) -> Page:
    """The page of a view: XHTML in the vocabulary of ``docs/layouts.md``, with its pictures."""
    pictures: dict[str, bytes] = {}
    tables: dict[str, Tabled] = {}
    template, dated = _template(view.kind.id, view.templates)
    context = _context(view, theme, pictures, tables)
    words = template.render(context | {"as_of": view.linked.dataset.as_of} if dated else context)
    root = etree.fromstring(words.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    strange = next((each.tag for each in root.iter(etree.Element) if each.tag not in ELEMENTS), None)
    if strange is not None:
        raise PemdocsError("layout-unknown-element", element=str(strange))
    contents.fill(root)
    raising.raise_endings(root, view.languages[0])
    specimen.mark(root, specimen.words(view))
    drawn = {name: vector.safe(each, name) if vector.is_svg(each) else each for name, each in pictures.items()}
    return Page(
        tree=root,
        pictures=drawn,
        title=(root.findtext("head/title") or view.kind.id).strip(),
        languages=view.languages,
        author=str(view.profile("implementer.name").parts[0][1]),
        subject=str(view.profile("full_name").parts[0][1]),
        modified=told_day(view.linked, view.kind.audience),
        version=versions.settle(root, drawn) if gate.public(view.kind) else "",
        tables=tables,
        **publishing.told(view),
    )


def _context(view: View, theme: Theme, pictures: dict[str, bytes], tables: dict[str, Tabled]) -> dict[str, Any]:
    return {
        "case": view.case,
        "languages": view.languages,
        "parallel": len(view.languages) > 1,
        "kind": view.kind.id,
        "draft": view.draft,
        "profile": view.profile,
        "partners": view.programme.profile.get("partners", ()),
        "home": view.programme.home,
        "host": view.programme.host,
        "say": view.say,
        "house": view.house,
        **_dossier(view),
        **functions(view, theme, pictures, tables),
    }


def functions(
    view: View, theme: Theme, pictures: dict[str, bytes], tables: dict[str, Tabled] | None = None
) -> dict[str, Callable[..., Any]]:
    """Everything that a layout can call but ``say``, ``house`` and ``profile``."""
    marker = Marker(view.languages, view.templates)
    return {
        **_marking(view, marker),
        **brief.functions(view, marker),
        **saying.sayings(view),
        **publishing.functions(view, pictures),
        **amending.functions(view),
        **figures.drawers(view, theme, pictures, tables),
    }


DOSSIER = ("destination", "findings", "bound")
"""What the papers of a visa pack are told beside their case."""


def _dossier(view: View) -> dict[str, Any]:
    if view.kind.table != STAYS:
        return {}
    return {"destination": saying.DestinationTold(view), "findings": saying.told(view), "bound": view.bound}


def _marking(view: View, marker: Marker) -> dict[str, Callable[..., Any]]:
    def text_of(what: Any) -> Text:
        if isinstance(what, Text):
            return what
        if isinstance(what, Item):
            return what.text
        if isinstance(what, Mapping):
            return translated(what, view.languages)
        return Text(((view.languages[0], "" if what is None else typeset(str(what), view.languages[0])),))

    def value(record: Shown, name: str) -> Markup:
        return cell(record, name, marker.stacked)

    def cell(record: Shown, name: str, marked: Callable[[Text], Markup]) -> Markup:
        item = record[name]
        if isinstance(item, Item) and item.state == FILLED:
            return marked(item.text)
        if isinstance(item, Item) and item.state == EMPTY:
            return Markup("–")
        return Markup('<span class="pending">{}</span>').format(marked(record.pending(name)))

    def entries(record: Shown, names: Iterable[str]) -> list[tuple[Text, Markup]]:
        return [(record.label(name), value(record, name)) for name in names if record.state(name) != EMPTY]

    return {
        "text_of": text_of,
        "entries": entries,
        "joined": lambda what: marker.joined(text_of(what)),
        "stacked": lambda what: marker.stacked(text_of(what)),
        "as_written": lambda what: marker.stacked(replace(text_of(what), missing=())),
        "beside": lambda what: marker.beside(text_of(what)),
        "prose": lambda what, style="": marker.prose(text_of(what), style),
        "bullets": lambda what, style="": marker.bullets(text_of(what), style),
        "markdown": lambda what: marker.markdown(text_of(what)),
        "value": value,
        "pending_span": lambda what: Markup('<span class="pending">{}</span>').format(marker.stacked(text_of(what))),
        "plain": lambda what: text_of(what).parts[0][1] if text_of(what).parts else "",
    }


def _by(records: Iterable[Shown], *names: str) -> list[Shown]:
    def place(record: Shown) -> list[tuple[bool, Any]]:
        values = [record.raw(name) for name in names]
        return [(value is None, "" if value is None else value) for value in values]

    return sorted(records, key=lambda record: [(none, 0 if none else each) for none, each in place(record)])


def _where(records: Iterable[Shown], name: str, *wanted: object) -> list[Shown]:
    return [record for record in records if record.raw(name) in wanted]


def _through(records: Iterable[Shown], reference: str, name: str, wanted: object) -> list[Shown]:
    """The records whose referred record has the wanted value; those that refer to none are not among them."""
    return [record for record in records if (target := getattr(record, reference)) and target.raw(name) == wanted]


FILTERS: Mapping[str, Callable[..., Any]] = {"by": _by, "where": _where, "through": _through}
"""The filters of layouts, beside Jinja's own."""


@lru_cache(maxsize=256)
def _template(kind: str, templates: Templates) -> tuple[Any, bool]:
    """The layout of a kind, and whether it asks for the day of the data, on which it then depends."""
    environment = sandbox.for_layouts(*templates.folders(kind), *templates.folders("house"), shown=SHOWN)
    environment.filters.update(FILTERS)
    return environment.get_template(PAGE), sandbox.asks(environment, PAGE, "as_of")


def source(page: Page) -> bytes:
    """The page as bytes, for fingerprints and for other processes."""
    return bytes(etree.tostring(page.tree, encoding="utf-8"))


def restore(tree: bytes, /, **parts: Any) -> Page:
    """A page from the bytes of its tree and its other parts."""
    return Page(tree=etree.fromstring(tree), **parts)
