"""Turn the folder of a kind into everything that is wrong with its layout, its sentences and its style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any, cast

from pemdocs.data import schema
from pemdocs.data.schema import Tables
from pemdocs.model import Finding, PemdocsError
from pemdocs.page import layout
from pemdocs.page.figures.publications import DIMENSIONS, FIGURES, PARTS
from pemdocs.page.proofreading import marks, sentences, styles
from pemdocs.page.proofreading.flaws import Place, flaw, nearest, of_fault
from pemdocs.page.proofreading.source import Source, read
from pemdocs.page.proofreading.values import ANY, OF_A_RECORD, Attributes, Function, Known, Listed, Record, Value
from pemdocs.page.proofreading.walk import Names, Walk
from pemdocs.page.publishing import TABLES as PUBLISHED
from pemdocs.page.view import View, localised
from pemdocs.project import theme
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.resources import Templates
from pemdocs.words import language
from pemdocs.words.sandbox import nodes

CHARTS = (*PARTS, *FIGURES, *DIMENSIONS)
PLAIN = ("languages", "parallel", "draft", "kind", "partners", "home", "host", "as_of")
"""What a layout knows beside its case and its functions."""


def proofs(kind: Kind, programme: Programme) -> tuple[Finding, ...]:
    """What is wrong with the layout, the sentences and the styles of a kind, in the order of its files.

    Raises ``PemdocsError`` where one of them, or a theme, cannot be read at all.
    """
    tables = schema.load()
    if kind.by_word:
        return ()
    source = read(kind.id, layout.PAGE, kind.templates)
    if source is None:
        place = Place(kind.templates.missing(f"{kind.id}/{layout.PAGE}"), 0)
        return (flaw("template-file", place, found=layout.PAGE), *_styles(kind))
    walk = _walk(source, kind, programme, tables)
    languages = tuple(each for each in programme.languages)
    asks = source.flaw is None
    wording = sentences.Wording(kind, programme, tables, tuple(walk.said), languages, asks)
    return _once(
        [
            *([source.flaw] if source.flaw else marks.flaws(source, _classes(kind))),
            *walk.found,
            *_imported(source, kind),
            *sentences.flaws(wording),
            *_styles(kind),
        ]
    )


def house(templates: Templates, programme: Programme) -> Iterator[Finding]:
    """What is wrong with the macros and the styles that all kinds share."""
    tables, sheets = schema.load(), templates.files("house/house.css")
    known = frozenset(name for sheet in sheets for name in styles.classes(sheet, templates))
    for name in templates.names("house/*.html"):
        source = read("house", f"{name}.html", templates)
        if source is None:
            continue
        if source.flaw:
            yield source.flaw
            continue
        yield from marks.flaws(source, known | _all_classes(templates))
        names: Names = dict.fromkeys(_names(tuple(tables)), ANY)
        walk = Walk(source, Attributes(tables, "restricted", OF_A_RECORD), LAYOUT_FILTERS, _no_call,
                    lambda other: read("house", other, templates), names)  # fmt: skip
        walk.whole(dict(names))
        yield from walk.found
    for sheet in sheets:
        yield from styles.flaws(sheet, templates, theme.of(templates))


LAYOUT_FILTERS = frozenset(layout.FILTERS)


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    """Each finding once."""
    return tuple(
        {(each.code, each.file, each.line, str(sorted(each.facts.items()))): each for each in findings}.values()
    )


def _styles(kind: Kind) -> Iterator[Finding]:
    try:
        own, style = kind.source("page.css"), theme.of(kind.templates, kind.id)
    except PemdocsError as fault:
        yield of_fault(fault)
        return
    if own is not None:
        yield from styles.flaws(own, kind.templates, style)


def _classes(kind: Kind) -> frozenset[str]:
    """The classes that the style sheets of a kind know, its name, and that of the kind whose layout it has."""
    found = (styles.classes(path, kind.templates) for path in kind.stylesheets)
    return frozenset({kind.id, kind.like}).union(*found)


def _all_classes(templates: Templates) -> frozenset[str]:
    """The classes that any kind has rules for: a macro of the house may name them."""
    paths = (templates.file(f"{kind}/page.css") for kind in templates.names("*/page.css"))
    return frozenset().union(*(styles.classes(path, templates) for path in paths if path is not None))


def _names(tables: tuple[str, ...]) -> frozenset[str]:
    """Every name that a layout about one of these tables has."""
    found: set[str] = {"case", "say", "house", "profile", *PLAIN}
    for table in tables if len(tables) == 1 else ("stays", *PUBLISHED):
        view: Any = SimpleNamespace(kind=SimpleNamespace(table=table), languages=("fr",), templates=None)
        found |= layout.functions(cast("View", view), cast("theme.Theme", None), {}).keys()
        found |= set(layout.DOSSIER) if table == layout.STAYS else set()
    return frozenset(found)


def _walk(source: Source, kind: Kind, programme: Programme, tables: Tables) -> Walk:
    """The layout of a kind, read."""
    known: Names = {name: Function(name) for name in _names((kind.table,))}
    known |= dict.fromkeys(PLAIN, ANY)
    known["case"] = Record(kind.table)
    asked = _Asked(kind, programme)
    walk = Walk(source, Attributes(tables, sentences.widest(kind), OF_A_RECORD), LAYOUT_FILTERS, asked,
                lambda name: read(kind.id, name, kind.templates), known)  # fmt: skip
    walk.whole(dict(known))
    return walk


def _imported(source: Source, kind: Kind) -> Iterator[Finding]:
    """What is wrong with the marks of further templates in the folder of the kind."""
    if source.tree is None:
        return
    for node in source.tree.find_all((nodes.Import, nodes.FromImport, nodes.Include)):
        name = getattr(node, "template", None)
        if isinstance(name, nodes.Const) and kind.source(str(name.value)) is not None:
            other = read(kind.id, str(name.value), kind.templates)
            if other is not None:
                yield from [other.flaw] if other.flaw else marks.flaws(other, _classes(kind))
        elif isinstance(name, nodes.Const):
            other = read(kind.id, str(name.value), kind.templates)
            if other is not None and other.flaw is not None:
                yield other.flaw


def _no_call(walk: Walk, node: nodes.Call, callee: Function, told: list[Value], named: Mapping[str, Value]) -> Value:
    return ANY


class _Asked:
    """What the functions of a layout are told: keys, fields, names of files and figures."""

    def __init__(self, kind: Kind, programme: Programme) -> None:
        self.kind = kind
        self.programme = programme

    def __call__(
        self, walk: Walk, node: nodes.Call, callee: Function, told: list[Value], named: Mapping[str, Value]
    ) -> Value:
        match callee.name, told:
            case "say", [key, *_]:
                walk.say(key, node, named)
            case "value" | "named", [Record(table), Known(str(name)), *_]:
                walk.has(table, name, node)
            case "entries", [Record(table), Listed(names), *_]:
                for name in sentences.texts(names):
                    walk.has(table, name, node)
            case _, [Known(str(name)), *_]:
                self.named(walk, node, callee.name, name)
        return ANY

    def named(self, walk: Walk, node: nodes.Call, asked: str, name: str) -> None:
        """A function that is told the name of something that must be there."""
        first = self.programme.languages[0]
        known: Mapping[str, tuple[str, Any]] = {
            "house": ("template-house", language.house_words(first, self.kind.templates)),
            "chart": ("template-chart", CHARTS),
            "legend": ("template-codelist", self.programme.codelists),
        }
        if asked in known and name not in known[asked][1]:
            code, there = known[asked]
            walk.flaw(code, node, found=name, nearest=nearest(name, there))
        if asked == "logo" and self.programme.file(name) is None:
            logos = [path.name for path in self.programme.folder.rglob("*") if path.is_file()]
            walk.flaw("template-logo", node, found=name, nearest=nearest(PurePosixPath(name).name, logos))
        if asked == "profile":
            self.profile(walk, node, name)

    def profile(self, walk: Walk, node: nodes.Call, path: str) -> None:
        """A path into the profile of the programme."""
        part: Any = localised(self.programme.folder, self.kind.templates, self.programme.languages[0])
        for step in path.split("."):
            if not isinstance(part, Mapping) or step not in part:
                near = nearest(step, part) if isinstance(part, Mapping) else ""
                walk.flaw("template-profile", node, found=path, nearest=path.replace(step, near) if near else "")
                return
            part = part[step]
