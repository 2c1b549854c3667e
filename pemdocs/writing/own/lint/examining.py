"""Read a Word template from its first part to its last and take down every flaw, each with its tag and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path

from lxml import etree

from pemdocs.model import PemdocsError, Severity
from pemdocs.project import kinds
from pemdocs.project import programme as programmes
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.resources import SHIPPED, Templates, templates
from pemdocs.writing.own import guessing, opening
from pemdocs.writing.own.lint import attributes, elsewhere, judging, story, tags
from pemdocs.writing.own.lint.drafts import Draft
from pemdocs.writing.own.lint.flaws import Flaw
from pemdocs.writing.own.lint.nesting import Nest
from pemdocs.writing.own.lint.scope import Scope
from pemdocs.writing.own.lint.story import Passage, Piece, Place
from pemdocs.writing.own.opening import Parts
from pemdocs.writing.word.markup import W

CORE = "docProps/core.xml"
TITLE = re.compile(rb"<dc:title>([^<]*)</dc:title>")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Examined:
    """A template that was read: its kind, its flaws in the order of the text, and what mending and annotating need."""

    kind: Kind
    file: str
    flaws: tuple[Flaw, ...]
    parts: Parts
    trees: dict[str, etree._Element]
    drafts: tuple[Draft, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing keeps documents from being made of it as they should be."""
        return not any(flaw.severity is Severity.ERROR for flaw in self.flaws)

    def __repr__(self) -> str:
        return f"<Examined {self.file}: {len(self.flaws)} flaws>"


def examine(path: Path, table: str = "", programme: Programme | None = None) -> Examined:
    """Everything that is wrong with a template. ``table`` is what it is about, guessed from its tags or its kind.

    It is held against a programme, with what the templates of a project change of it, else against what is shipped.
    Raises ``PemdocsError`` with a code ``own-…`` where the file cannot be opened as a template.
    """
    parts = opening.parts(opening.read(path), path.name)
    programme = programme or programmes.load(programmes.available()[0])
    return _examined(parts, named(path), kind_of(path, table, programme.templates), programme)


def named(path: Path) -> str:
    """What a template is called to people: one of a kind by its folder too."""
    return f"{path.resolve().parent.name}/{path.name}" if path.name.startswith("page.") else path.name


def refused(path: Path, fault: PemdocsError, base: Templates = SHIPPED) -> Examined:
    """What stands for a template that cannot be opened: its one flaw is why."""
    flaw = Flaw(fault.code, Severity.ERROR, named(path), facts=fault.facts, fault=fault)
    return Examined(kinds.single(path, "", base), named(path), (flaw,), {}, {}, ())


def kind_of(path: Path, table: str = "", base: Templates = SHIPPED) -> Kind:
    """The kind that a template belongs to: that of its folder, else the one that it makes alone."""
    folder = path.resolve().parent
    of_kind = (folder / kinds.FILE).is_file() or folder.name in kinds.available(base)
    if not table and path.name.startswith("page.") and of_kind:
        try:
            return kinds.load(folder.name, templates(folder.parent, *base.own))
        except PemdocsError:
            pass  # a fault of kind.toml is told where kinds are read
    return kinds.single(path, guessing.named_or_guessed(path, table), base)


def _examined(parts: Parts, file: str, kind: Kind, programme: Programme) -> Examined:
    trees = story.trees(parts, file)
    scope = partial(Scope, kind, programme)
    headings = story.heading_styles(parts, file)
    drafts: list[Draft] = []
    flaws: list[Flaw] = []
    for name, root in trees.items():
        found = list(story.passages(name, root, headings))
        drafts += _read(found, file, scope())
        flaws += elsewhere.in_passages({each.element: each for each in found if not each.double}, file)
    drafts += _read(list(_title(parts)), file, scope())
    flaws += [flaw for each in drafts for flaw in each.flaws if not each.tag.passage.double]
    flaws = sorted(flaws, key=_order(trees))
    flaws += elsewhere.in_parts(parts, file)
    if not drafts and not flaws:
        flaws.append(Flaw("tag-none", Severity.WARNING, file))
    return Examined(kind, file, tuple(flaws), parts, trees, tuple(drafts))


def _read(passages: list[Passage], file: str, scope: Scope) -> list[Draft]:
    """The tags of a part, read one after the other."""
    nest, drafts, seen = Nest(scope), list[Draft](), set[etree._Element]()
    for tag in (each for passage in passages for each in _in_order(passage, seen)):
        made = judging.draft(tag, file, nest.scope)
        if made is None:
            continue
        drafts.append(made)
        if tag.wrong != tags.ALONE and tag.opener != tags.REMARK:
            nest.take(made)
    nest.finish()
    return drafts


def _in_order(passage: Passage, seen: set[etree._Element]) -> list[tags.Tag]:
    """The tags of a paragraph and of what hangs on it, as one reads them; those of its tables come before."""
    new = [each for each in passage.element.iterancestors(W + "tbl") if each not in seen]
    hung = () if passage.element in seen else attributes.hung(passage)
    before = [tag for table in reversed(new) for each in attributes.of_table(table, passage) for tag in tags.tags(each)]
    apart = [(each.at, tag) for each in hung for tag in tags.tags(each)]
    seen.update((*new, passage.element))
    placed = [*((tag.start, tag) for tag in tags.tags(passage)), *apart]
    return [*before, *(tag for _, tag in sorted(placed, key=lambda each: each[0]))]


def _title(parts: Parts) -> Iterator[Passage]:
    """The title of the document's properties, which is filled in too."""
    found = TITLE.search(parts.get(CORE, b""))
    words = unescape(found[1].decode("utf-8", "replace")) if found else ""
    if "{" in words:
        lone = etree.Element("title")
        yield Passage(CORE, lone, words, (Piece(lone, 0, len(words)),), Place("title"))


def _order(trees: dict[str, etree._Element]) -> Callable[[Flaw], tuple[int, int]]:
    """Sorts flaws as one reads: by part, by paragraph, by place in it."""
    places: dict[etree._Element, int] = {}
    for root in trees.values():
        for paragraph in root.iter():
            places[paragraph] = len(places)

    def place(flaw: Flaw) -> tuple[int, int]:
        return (places.get(flaw.passage.element, len(places)) if flaw.passage else len(places), flaw.start)

    return place
