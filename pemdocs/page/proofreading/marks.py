"""Turn the marks of a layout into what is wrong with them: elements that are not closed, not known, words of its own.

A layout may open an element in one branch and close it in another; all branches of a choice must leave the same open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pemdocs.model import Finding, Severity
from pemdocs.page.layout import ELEMENTS
from pemdocs.page.proofreading.flaws import Place, flaw, nearest, quoted
from pemdocs.page.proofreading.source import Source
from pemdocs.words.sandbox import nodes

_CLASSES = """first plain subtitle lead small key note source pending meta disclaimer signature caption centre fields
grid bare keep apart num before during after parallel box practice lesson recommendation front cover photo beside
lead-in credit contents figures tables title seq ref landscape new-page second mark label value page-number page-count
bilingual monolingual prose entry inner number page-of glance parties signatures chapters marks"""
CLASSES = frozenset(_CLASSES.split())
"""The classes that the writers know, beside those for which there is a rule of CSS."""

HOLE = "\ue000"
"""What stands for a value that is only known when a document is made."""

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<own>/?)>")
ENTITY = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|amp;|lt;|gt;|quot;|apos;)[^\s;]*;?")


@dataclass(frozen=True, slots=True)
class _State:
    """What is open: elements with their lines; the beginning of a mark that is still to be closed.

    ``lent`` are the elements that what is handed to a macro closes for it and opens again, inwards out; ``None`` where
    there is no macro to lend any.
    """

    open: tuple[tuple[str, int], ...] = ()
    lent: tuple[str, ...] | None = None
    begun: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.open)


class _Reader:
    """Reads the marks of one template."""

    def __init__(self, source: Source, classes: frozenset[str]) -> None:
        self.source = source
        self.classes = classes
        self.found: list[Finding] = []

    def body(self, body: Sequence[nodes.Node], state: _State) -> _State:
        """What is open after these nodes."""
        for node in body:
            state = self.node(node, state)
        return state

    def node(self, node: nodes.Node, state: _State) -> _State:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                data = isinstance(part, nodes.TemplateData)
                state = self.words(
                    part.data if isinstance(part, nodes.TemplateData) else HOLE, part.lineno, state, data=data
                )
            return state
        if isinstance(node, nodes.If):
            return self.choice(node, state)
        if isinstance(node, nodes.For):
            self.same(self.body(node.body, state), state, node)
            return self.body(node.else_, state) if node.else_ else state
        if isinstance(node, nodes.CallBlock):
            self.end(self.body(node.body, _State(lent=())))
            return state
        if isinstance(node, nodes.Macro | nodes.AssignBlock | nodes.FilterBlock | nodes.Block):
            self.end(self.body(node.body, _State()))
            return state
        if isinstance(node, nodes.With | nodes.Scope | nodes.ScopedEvalContextModifier):
            return self.body(node.body, state)
        return state

    def choice(self, node: nodes.If, state: _State) -> _State:
        after = self.body(node.body, state)
        others = [self.body(each.body, state) for each in node.elif_]
        others.append(self.body(node.else_, state) if node.else_ else state)
        for other in others:
            self.same(after, other, node)
        return after

    def same(self, one: _State, other: _State, node: nodes.Node) -> None:
        """Both ways leave the same open."""
        if (one.names, one.lent) != (other.names, other.lent) and not (_given_back(one) and _given_back(other)):
            longer = one if len(one.open) > len(other.open) else other
            name, line = longer.open[-1] if longer.open else ("", node.lineno)
            self.found.append(flaw("template-unclosed", self.source.place(line), found=f"<{name}>", close=f"</{name}>"))

    def end(self, state: _State) -> None:
        """Nothing is left open."""
        if state.begun.strip(HOLE):
            found = quoted(state.begun.replace(HOLE, "…"))
            self.found.append(flaw("template-mark", self.source.place(state.line), found=found))
        for name, line in () if _given_back(state) else state.open:
            self.found.append(flaw("template-unclosed", self.source.place(line), found=f"<{name}>", close=f"</{name}>"))

    def words(self, words: str, line: int, state: _State, *, data: bool) -> _State:
        """Take up words, or a hole in them."""
        if not data and not state.begun:
            return state
        start = state.line if state.begun else line
        text = state.begun + words
        at = 0
        while True:
            opening = text.find("<", at)
            self.own(text[at : opening if opening >= 0 else None], start + text[:at].count("\n"), state)
            if opening < 0:
                return replace(state, begun="", line=0)
            line = start + text[:opening].count("\n")
            mark = TAG.match(text, opening)
            if mark is None:
                return self.unfinished(text[opening:], line, state)
            state = self.mark(mark, line, replace(state, begun="", line=0))
            at = mark.end()

    def unfinished(self, text: str, line: int, state: _State) -> _State:
        """A mark that goes on after the next value; one that another mark interrupts is wrong."""
        further = text.find("<", 1)
        if further > 0:
            self.found.append(
                flaw("template-mark", self.source.place(line), found=quoted(text[:further].replace(HOLE, "…")))
            )
            beyond = line + text[:further].count("\n")
            return self.words(text[further:], beyond, replace(state, begun="", line=0), data=True)
        return replace(state, begun=text, line=line)

    def mark(self, mark: re.Match[str], line: int, state: _State) -> _State:
        """Take up a whole mark."""
        name, place = mark["name"], self.source.place(line)
        if name not in ELEMENTS:
            self.found.append(flaw("template-element", place, found=name, nearest=nearest(name, ELEMENTS)))
        if mark["close"]:
            return self.close(name, line, state)
        self.named(mark["rest"], place)
        return state if mark["own"] else replace(state, open=(*state.open, (name, line)))

    def close(self, name: str, line: int, state: _State) -> _State:
        if state.open and state.open[-1][0] == name:
            return replace(state, open=state.open[:-1])
        if state.lent is not None and not state.open:
            return replace(state, lent=(*state.lent, name))
        if name in state.names:  # what stands between was not closed
            inner, opened = state.open[-1]
            place = self.source.place(opened)
            self.found.append(flaw("template-unclosed", place, found=f"<{inner}>", close=f"</{inner}>"))
            last = len(state.names) - 1 - state.names[::-1].index(name)
            return replace(state, open=state.open[:last])
        self.found.append(flaw("template-unopened", self.source.place(line), found=f"</{name}>"))
        return state

    def named(self, rest: str, place: Place) -> None:
        """The classes of a mark, as far as they stand there."""
        given = " ".join(re.findall(r"\bclass=\"([^\"]*)\"", rest)).split()
        for each in given:
            if HOLE not in each and each not in self.classes:
                near = nearest(each, self.classes)
                self.found.append(flaw("template-class", place, Severity.WARNING, found=each, nearest=near))

    def own(self, text: str, line: int, state: _State) -> None:
        """Words that stand in the layout itself are said in one language alone."""
        for entity in ENTITY.finditer(text):
            place = self.source.place(line + text[: entity.start()].count("\n"))
            self.found.append(flaw("template-entity", place, found=entity[0]))
        bare = re.sub(r"&#?\w+;", " ", text)
        if words := re.search(r"[^\W\d_]{2,}.*", bare):
            place = self.source.place(line + bare[: words.start()].count("\n"))
            self.found.append(flaw("template-own-words", place, Severity.WARNING, found=quoted(words[0])))


def _given_back(state: _State) -> bool:
    """Whether what a macro has lent is open again."""
    return state.lent is not None and state.names == state.lent[::-1]


def flaws(source: Source, classes: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the marks of a template; ``classes`` are those that CSS has rules for."""
    if source.tree is None:
        return
    reader = _Reader(source, classes | CLASSES)
    reader.end(reader.body(source.tree.body, _State()))
    yield from reader.found
