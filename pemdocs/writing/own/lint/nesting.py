"""Follow what the tags of a part open and close: choices and loops, and the rows and paragraphs that they repeat."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from pemdocs.model import Severity
from pemdocs.words.reading import nodes
from pemdocs.writing.own.lint import judging, sorts
from pemdocs.writing.own.lint.drafts import CELL_WORDS, KEYWORDS, Draft
from pemdocs.writing.own.lint.expressions import Reader
from pemdocs.writing.own.lint.scope import OF_A_LOOP, Scope
from pemdocs.writing.own.lint.sorts import UNKNOWN, Sort
from pemdocs.writing.own.lint.story import THING
from pemdocs.writing.word.markup import W

ERROR, WARNING = Severity.ERROR, Severity.WARNING
OPENING = ("if", "for", "macro", "call", "filter", "with", "set")
LEVELS = ("for", "macro", "call", "with")
"""What has names of its own."""

UNITS = {"p": "p", "tr": "tr", "tc": "tc"}
Unit = tuple[str, etree._Element]


@dataclass(slots=True)
class Nest:
    """What is open where a part is read."""

    scope: Scope
    stack: list[Draft] = field(default_factory=list)
    units: dict[Unit, list[Draft]] = field(default_factory=lambda: defaultdict(list))

    def take(self, made: Draft) -> None:
        """Read a tag where it stands."""
        self._unit(made)
        word = made.word
        if made.prints:
            tree = judging.tree(made, self.scope)
            if isinstance(tree, nodes.Output):
                for each in tree.nodes:
                    Reader(self.scope, made.tell).printed(each)
        elif word.startswith("end") and word in KEYWORDS:
            self._end(made, word.removeprefix("end"))
        elif word in ("else", "elif"):
            self._otherwise(made)
        elif word in OPENING:
            self._open(made)
        elif word in CELL_WORDS:
            self._cell(made)
        elif word or made.tag.opener == "{%":
            judging.unknown_word(made)

    def finish(self) -> None:
        """Tell what nobody has closed, and what would be lost around tags that stand for a whole row or paragraph."""
        for made in self.stack:
            self._unclosed(made)
        self.stack.clear()
        for (prefix, unit), drafts in self.units.items():
            self._whole(prefix, unit, drafts)

    # What is opened and closed

    def _open(self, made: Draft) -> None:
        tree, word = judging.tree(made, self.scope), made.word
        reader = Reader(self.scope, made.tell)
        bound: dict[str, Sort] = {}
        if isinstance(tree, nodes.For):
            bound = self._loop(made, tree, reader)
        elif isinstance(tree, nodes.If):
            reader.sort(tree.test)
        elif isinstance(tree, nodes.Assign):
            self._assign(tree, reader)
            return
        elif isinstance(tree, nodes.Macro):
            self.scope.bind(tree.name, UNKNOWN)
            bound = {each.name: UNKNOWN for each in tree.args} | {"caller": UNKNOWN, "varargs": UNKNOWN}
        elif isinstance(tree, nodes.AssignBlock):
            self.scope.bind(getattr(tree.target, "name", ""), UNKNOWN)
        elif isinstance(tree, nodes.With):
            bound = {getattr(each, "name", ""): UNKNOWN for each in tree.targets}
        elif tree is None and word == "for":
            bound = dict.fromkeys(_guessed(made.body), UNKNOWN) | {OF_A_LOOP: UNKNOWN}
        if word == "set" and "=" in made.body:
            return
        if word in LEVELS:
            self.scope.open(**bound)
        self.stack.append(made)

    def _loop(self, made: Draft, tree: nodes.For, reader: Reader) -> dict[str, Sort]:
        over = reader.sort(tree.iter)
        if over.name == sorts.RECORD:
            made.tell("tag-loop-over-one", ERROR, target=over.table)
        elif over.name == sorts.VALUE and over.what and not (over.field and over.field.type == "array"):
            made.tell("tag-loop-over-value", ERROR)
        elif over.name == sorts.FUNCTION:
            made.tell("tag-not-called", ERROR, name=over.said)
        each = Sort(sorts.RECORD, over.table) if over.name == sorts.RECORDS else UNKNOWN
        named = [tree.target.name] if isinstance(tree.target, nodes.Name) else []
        several = [] if named else [name.name for name in tree.target.find_all(nodes.Name)]
        bound = dict.fromkeys(named, each) | dict.fromkeys(several, UNKNOWN) | {OF_A_LOOP: UNKNOWN}
        if tree.test is not None:
            self.scope.open(**bound)
            reader.sort(tree.test)
            self.scope.levels.pop()
        return bound

    def _assign(self, tree: nodes.Assign, reader: Reader) -> None:
        given = reader.sort(tree.node)
        if isinstance(tree.target, nodes.Name):
            self.scope.bind(tree.target.name, given)
        elif not isinstance(tree.target, nodes.NSRef):
            for each in tree.target.find_all(nodes.Name):
                self.scope.bind(each.name, UNKNOWN)

    def _end(self, made: Draft, sort: str) -> None:
        if not any(each.word == sort for each in self.stack):
            inner = self.stack[-1] if self.stack else None
            made.tell("tag-end-alone", ERROR, word=sort, inner=inner.right if inner else "")
            return
        while self.stack[-1].word != sort:
            self._unclosed(self.stack[-1])
            self._pop()
        self._matches(self.stack[-1], made)
        self._pop()

    def _pop(self) -> None:
        if self.stack.pop().word in LEVELS:
            self.scope.close()

    def _unclosed(self, made: Draft) -> None:
        made.tell("tag-block-unclosed", ERROR, word=made.word, closing=f"{{%{made.prefix} end{made.word} %}}")

    def _otherwise(self, made: Draft) -> None:
        tree = judging.tree(made, self.scope)
        if isinstance(tree, nodes.If):
            Reader(self.scope, made.tell).sort(tree.test)
        inner = self.stack[-1] if self.stack else None
        if inner is None or inner.word not in (("if", "for") if made.word == "else" else ("if",)):
            made.tell("tag-else-alone", ERROR, word=made.word)
        else:
            self._matches(inner, made)

    def _matches(self, opening: Draft, made: Draft) -> None:
        """That what continues or closes a choice or a loop stands where it can."""
        if opening.prefix != made.prefix:
            self._prefixes(opening, made)
        elif _container(opening) is not _container(made):
            made.tell("tag-crosses", ERROR, opening=opening.right)
        elif not made.prefix and opening.tag.passage is not made.tag.passage:
            merging = any(each.tag.sign == "-" or each.tag.closing_dash for each in (opening, made))
            both = not merging and all(judging.alone(each.tag.passage, each.tag) for each in (opening, made))
            if both:
                self._become_paragraphs(opening, made)

    def _become_paragraphs(self, opening: Draft, made: Draft) -> None:
        """Tags alone in their paragraphs leave them empty; as tags of paragraphs they do not."""
        if made.word in ("else", "elif"):
            made.tell("tag-empty-paragraph", WARNING)
            return
        for each in (opening, made):
            each.tell("tag-empty-paragraph", WARNING, mends=True)
            each.prefix = "p"

    def _prefixes(self, opening: Draft, made: Draft) -> None:
        """A loop that is opened for rows and closed for a word loses rows."""
        wanted, mends = opening.prefix, False
        unit = _unit(made, wanted)
        if wanted in UNITS and unit is not None and unit is not _unit(opening, wanted):
            mends = _words(unit).strip() == made.tag.text.strip()
        right = made.right.replace("{%" + made.prefix, "{%" + wanted, 1)
        made.tell("tag-prefixes-differ", ERROR, opening=opening.right, right=right, mends=mends)
        if mends:
            made.prefix = wanted

    # Where tags stand that stand for a whole row, cell or paragraph

    def _unit(self, made: Draft) -> None:
        if made.prefix not in UNITS or made.prints:
            return
        unit = _unit(made, made.prefix)
        if unit is None:
            made.tell("tag-not-in-table", ERROR, prefix=made.prefix)
        else:
            self.units[made.prefix, unit].append(made)

    def _whole(self, prefix: str, unit: etree._Element, drafts: list[Draft]) -> None:
        for made in drafts[1:]:
            made.tell("tag-two-in-one", ERROR, prefix=prefix)
        text = _words(unit)
        for made in drafts:
            text = text.replace(made.tag.text, " ", 1)
        lost = judging.beside(drafts[0], text)
        if lost:
            drafts[0].tell("tag-text-beside", ERROR, prefix=prefix, lost=lost)

    def _cell(self, made: Draft) -> None:
        if made.tag.passage.above("tc") is None:
            made.tell("tag-not-in-table", ERROR, prefix="")
        tree = judging.tree(made, self.scope)
        if isinstance(tree, nodes.Output):
            for each in tree.nodes:
                Reader(self.scope, made.tell).sort(each)


def _unit(made: Draft, prefix: str) -> etree._Element | None:
    """The row, cell or paragraph that a tag stands for."""
    return made.tag.passage.element if prefix == "p" else made.tag.passage.above(prefix)


def _container(made: Draft) -> etree._Element | None:
    """What must hold both ends of a choice or a loop."""
    unit = _unit(made, made.prefix) if made.prefix in UNITS else made.tag.passage.element
    return None if unit is None else unit.getparent()


def _words(unit: etree._Element) -> str:
    """All that is read in a row, cell or paragraph."""
    found = []
    for each in unit.iter(W + "t", W + "drawing", W + "pict", W + "object"):
        found.append(each.text or "" if each.tag == W + "t" else THING)
    return "".join(found)


def _guessed(body: str) -> list[str]:
    words = body.split()
    return [word for word in words[1:2] if word.isidentifier()]
