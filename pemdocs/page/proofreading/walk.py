"""Read a template as it would run, with what its names stand for, and find the names and fields that there are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pemdocs.model import Finding, Severity
from pemdocs.page.proofreading.flaws import Place, nearest
from pemdocs.page.proofreading.source import Source
from pemdocs.page.proofreading.values import (
    ANY,
    OF_A_MAPPING,
    OF_AN_ITEM,
    Attributes,
    Function,
    Item,
    Known,
    Listed,
    Macro,
    Method,
    Module,
    Pattern,
    Profile,
    Record,
    Records,
    Value,
    pattern_of,
)
from pemdocs.words import sandbox
from pemdocs.words.sandbox import nodes

DEEPEST = 24
"""So many macros call each other at the most."""

SAME = frozenset({"sort", "list", "reverse", "unique", "select", "reject", "selectattr", "rejectattr", "default"})
"""The filters after which a list is still one of the same."""
BY_FIELD = frozenset({"by", "where", "through"})
"""The filters of layouts that are told fields."""
UNSURE = frozenset({"defined", "undefined"})
"""The tests that ask whether there is such a name at all."""

FILTERS, TESTS, BUILT_IN = sandbox.built_in()
MORE = "**"
"""Under this name stands that a function is told what the template does not name: ``say(key, **facts)``."""
LOCAL = frozenset({"loop", "caller", "varargs", "kwargs", "self", "super"})

Names = dict[str, Value]
Call = Callable[["Walk", nodes.Call, Function, list[Value], Mapping[str, Value]], Value]


@dataclass(slots=True)
class Said:
    """A sentence that is asked for: its keys as a pattern, where, and what it is told."""

    pattern: str
    exact: bool
    place: Place
    told: Mapping[str, Value]


@dataclass(slots=True)
class Walk:
    """One reading of a template. ``call`` knows the functions; ``load`` finds the templates that it imports."""

    source: Source
    attributes: Attributes
    filters: frozenset[str]
    call: Call
    load: Callable[[str], Source | None]
    known: Names
    found: list[Finding] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    frames: list[tuple[Source, int]] = field(default_factory=list)
    reading: Source | None = None
    called: set[int] = field(default_factory=set)
    sure: int = 0

    # Where we are

    def here(self, node: nodes.Node) -> Place:
        """The line of a node, or that of the call which led here from the template that is read."""
        if self.reading is self.source:
            return self.source.place(node.lineno)
        line = next((line for source, line in reversed(self.frames) if source is self.source), 0)
        return self.source.place(line)

    def flaw(self, code: str, node: nodes.Node, **facts: object) -> None:
        """Note what is wrong, unless the template itself asks whether it is there."""
        if not self.sure:
            self.found.append(
                Finding(code, Severity.ERROR, file=self.here(node).file, line=self.here(node).line, facts=facts)
            )

    def say(self, key: Value, node: nodes.Node, told: Mapping[str, Value]) -> None:
        """Note a sentence that is asked for."""
        self.said.append(Said(pattern_of(key), isinstance(key, Known), self.here(node), told))

    # Statements

    def whole(self, names: Names) -> None:
        """Read a template with every macro of it, also those that nobody calls."""
        self.run(self.source, names)
        self.reading = self.source
        for macro in [each for each in names.values() if isinstance(each, Macro)]:
            if macro.source is self.source and macro.node.lineno not in self.called:
                inner = {**names, "caller": ANY, "varargs": ANY, "kwargs": ANY}
                self.body(macro.node.body, {**inner, **dict.fromkeys((each.name for each in macro.node.args), ANY)})

    def run(self, source: Source, names: Names) -> Names:
        """The names that a whole template leaves."""
        before, self.reading = self.reading, source
        if source.tree is not None:
            self.body(source.tree.body, names)
        self.reading = before
        return names

    def body(self, body: Iterable[nodes.Node], names: Names) -> None:
        """Read nodes in their order."""
        for node in body:
            self.statement(node, names)

    def statement(self, node: nodes.Node, names: Names) -> None:
        """Read one node that says nothing itself."""
        STATEMENTS.get(type(node), Walk.others)(self, node, names)

    def output(self, node: nodes.Output, names: Names) -> None:
        """Every value that is put on the page."""
        for part in node.nodes:
            self.value(part, names)

    def assign(self, node: nodes.Assign, names: Names) -> None:
        """``set x = …``."""
        self.bind(node.target, self.value(node.node, names), names)

    def assign_block(self, node: nodes.AssignBlock, names: Names) -> None:
        """``set x … endset``."""
        self.body(node.body, dict(names))
        self.bind(node.target, ANY, names)

    def define(self, node: nodes.Macro, names: Names) -> None:
        """``macro``: it is read where it is called."""
        names[node.name] = Macro(node, self.reading or self.source, names)

    def call_block(self, node: nodes.CallBlock, names: Names) -> None:
        """``call``: the macro, and what it is given."""
        self.value(node.call, names)
        inner = dict(names)
        for argument in node.args:
            self.bind(argument, ANY, inner)
        self.body(node.body, inner)

    def import_(self, node: nodes.Import, names: Names) -> None:
        """``import … as x``."""
        names[node.target] = self.imported(node)

    def others(self, node: nodes.Node, names: Names) -> None:
        """Read whatever else there is inside."""
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.value(child, names)
            else:
                self.statement(child, names)

    def bind(self, target: nodes.Node, value: Value, names: Names) -> None:
        """Give a name its value, or each of several its own."""
        if isinstance(target, nodes.Name):
            names[target.name] = value
        elif isinstance(target, nodes.Tuple):
            parts = value.entries if isinstance(value, Listed) else ()
            for number, each in enumerate(target.items):
                self.bind(each, parts[number] if number < len(parts) else ANY, names)

    def loop(self, node: nodes.For, names: Names) -> None:
        """``for``: every entry that stands in the template, or one that stands for all."""
        over = self.value(node.iter, names)
        entries: Sequence[Value] = over.entries if isinstance(over, Listed) and over.entries else (ANY,)
        if isinstance(over, Records):
            entries = (Record(over.table),)
        for entry in entries:
            inner = {**names, "loop": ANY}
            self.bind(node.target, entry, inner)
            if node.test is not None:
                self.value(node.test, inner)
            self.body(node.body, inner)
        self.body(node.else_, dict(names))

    def choice(self, node: nodes.If, names: Names) -> None:
        """Read every branch; afterwards a name is known where all of them leave it the same."""
        self.value(node.test, names)
        ways = []
        bodies: list[list[nodes.Node]] = [node.body, node.else_]
        bodies += [[each] for each in node.elif_]
        for body in bodies:
            way = dict(names)
            self.body(body, way)
            ways.append(way)
        for name in {name for way in ways for name in way}:
            values = [way[name] for way in ways if name in way]
            names[name] = values[0] if all(each == values[0] for each in values) else ANY

    # Other templates

    def imported(self, node: nodes.Import) -> Value:
        """The macros of a template."""
        source = self.template(node)
        if source is None:
            return ANY
        if not node.with_context:
            self.flaw("template-context", node, found="with context")
        return Module(self.run(source, dict(self.known)))

    def taken(self, node: nodes.FromImport, names: Names) -> None:
        """``from … import``."""
        source = self.template(node)
        there = {} if source is None else self.run(source, dict(self.known))
        for each in node.names:
            name, own = each if isinstance(each, tuple) else (each, each)
            if source is not None and name not in there:
                macros = [name for name in there if name not in self.known]
                self.flaw("template-name", node, found=name, nearest=nearest(name, macros))
            names[own] = there.get(name, ANY)

    def included(self, node: nodes.Include, names: Names) -> None:
        """``include``."""
        source = self.template(node)
        if source is not None:
            self.frames.append((self.reading or self.source, node.lineno))
            self.run(source, dict(names))
            self.frames.pop()

    def template(self, node: Any) -> Source | None:
        """The template that a node names; a flaw where there is none."""
        if not isinstance(node.template, nodes.Const):
            return None
        source = self.load(str(node.template.value))
        if source is None:
            self.flaw("template-import", node, found=str(node.template.value))
        return source

    # Values

    def value(self, node: nodes.Node | None, names: Names) -> Value:
        """What an expression stands for."""
        if node is None:
            return ANY
        if type(node) in VALUES:
            return VALUES[type(node)](self, node, names)
        for child in node.iter_child_nodes():
            self.value(child, names)
        return ANY

    def choice_of(self, node: nodes.CondExpr, names: Names) -> Value:
        """``a if b else c``."""
        self.value(node.test, names)
        return self.either(self.value(node.expr1, names), self.value(node.expr2, names))

    def one_of(self, node: nodes.BinExpr, names: Names) -> Value:
        """``a or b``, ``a and b``."""
        return self.either(self.value(node.left, names), self.value(node.right, names))

    def either(self, one: Value, other: Value) -> Value:
        """The value where both are the same."""
        return one if one == other else ANY

    def joined(self, parts: list[Value]) -> Value:
        """Texts put together, as far as they are known."""
        if all(isinstance(part, Known) for part in parts):
            return Known("".join(str(part.value) for part in parts if isinstance(part, Known)))
        return Pattern("".join(pattern_of(part) for part in parts))

    def name(self, node: nodes.Name, names: Names) -> Value:
        """A name; a flaw where there is none."""
        if node.name in names:
            return names[node.name]
        if node.name not in BUILT_IN | LOCAL and self.reading is self.source:
            self.flaw("template-name", node, found=node.name, nearest=nearest(node.name, names))
        return ANY

    def entry(self, node: nodes.Getitem, names: Names) -> Value:
        """``a[b]``."""
        of, key = self.value(node.node, names), self.value(node.arg, names)
        if isinstance(of, Records):
            return of if isinstance(node.arg, nodes.Slice) else Record(of.table)
        if isinstance(of, Listed) and isinstance(key, Known) and isinstance(key.value, int):
            return of.entries[key.value] if -len(of.entries) <= key.value < len(of.entries) else ANY
        named = isinstance(key, Known) and isinstance(key.value, str)
        return self.attribute(of, str(key.value), node) if isinstance(key, Known) and named else ANY

    def attribute(self, of: Value, name: str, node: nodes.Node) -> Value:
        """What an attribute of a value is; a flaw where it has none of this name."""
        match of:
            case Record():
                return self.of_record(of.table, name, node)
            case Module():
                if name not in of.names or name in self.known:
                    macros = [each for each in of.names if each not in self.known]
                    self.flaw("template-name", node, found=name, nearest=nearest(name, macros))
                return of.names.get(name, ANY)
            case Profile():
                return self.of_profile(of, name, node)
            case Item():
                if name not in OF_AN_ITEM and "code" not in self.attributes.methods:
                    self.flaw("template-name", node, found=name, nearest=nearest(name, OF_AN_ITEM))
        return ANY

    def of_profile(self, of: Profile, name: str, node: nodes.Node) -> Value:
        """An entry of the profile."""
        if name in OF_A_MAPPING:
            return ANY
        if name not in of.part:
            self.flaw("template-profile", node, found=name, nearest=nearest(name, of.part))
        inner = of.part.get(name)
        return Profile(inner) if isinstance(inner, Mapping) else ANY

    def of_record(self, table: str, name: str, node: nodes.Node) -> Value:
        """What a record has or can be asked."""
        if name in self.attributes.methods and name not in self.attributes.tables[table].fields:
            return Method(table, name)
        return self.attributes.value(table, name) if self.has(table, name, node) else ANY

    def has(self, table: str, name: str, node: nodes.Node) -> bool:
        """Whether a record has such an attribute that its readers may see; a flaw where not."""
        there = self.attributes.names(table)
        if name not in there:
            near = nearest(name, (*there, *self.attributes.methods))
            self.flaw("template-field", node, found=name, nearest=near, table=table)
        elif hidden := self.attributes.hidden(table, name):
            self.flaw("template-audience", node, found=name, audience=hidden)
        return name in there

    def filter(self, node: nodes.Filter, names: Names) -> Value:
        """``a | b``."""
        if node.name not in self.filters | FILTERS and self.reading is self.source:
            self.flaw("template-filter", node, found=node.name, nearest=nearest(node.name, self.filters | FILTERS))
        self.sure += node.name in ("default", "d")
        of = self.value(node.node, names) if node.node is not None else ANY
        self.sure -= node.name in ("default", "d")
        told = [self.value(each, names) for each in node.args]
        for each in node.kwargs:
            self.value(each.value, names)
        if isinstance(of, Records) and node.name in BY_FIELD:
            self.by_field(of, node, told)
            return of
        if isinstance(of, Records) and node.name in ("first", "last", "min", "max", "random"):
            return Record(of.table)
        return of if node.name in SAME else ANY

    def by_field(self, of: Records, node: nodes.Filter, told: list[Value]) -> None:
        """Sorted by all of its arguments; chosen by the first, or by that of the record which it names."""
        fields = told if node.name == "by" else told[:1]
        for each in fields:
            if isinstance(each, Known):
                self.has(of.table, str(each.value), node)
        if node.name == "through" and len(told) > 1 and isinstance(told[0], Known) and isinstance(told[1], Known):
            target = self.attributes.tables[of.table].fields.get(str(told[0].value))
            if target is not None and target.ref:
                self.has(target.ref, str(told[1].value), node)

    def test(self, node: nodes.Test, names: Names) -> Value:
        """``a is b``."""
        if node.name not in TESTS and self.reading is self.source:
            self.flaw("template-filter", node, found=node.name, nearest=nearest(node.name, TESTS))
        self.sure += node.name in UNSURE
        self.value(node.node, names)
        self.sure -= node.name in UNSURE
        for each in node.args:
            self.value(each, names)
        return ANY

    # Calls

    def call_of(self, node: nodes.Call, names: Names) -> Value:
        """``a(…)``."""
        callee = self.value(node.node, names)
        told = [self.value(each, names) for each in node.args]
        named = {each.key: self.value(each.value, names) for each in node.kwargs}
        for more in (node.dyn_args, node.dyn_kwargs):
            self.value(more, names)
        match callee:
            case Macro():
                self.macro(callee, node, told, named)
            case Method():
                for each in told[:1]:
                    if isinstance(each, Known):
                        self.has(callee.table, str(each.value), node)
            case Function():
                unnamed: Mapping[str, Value] = {} if node.dyn_kwargs is None else {MORE: ANY}
                return self.call(self, node, callee, told, {**named, **unnamed})
        return ANY

    def macro(self, macro: Macro, node: nodes.Call, told: list[Value], named: Mapping[str, Value]) -> None:
        """Read the macro with what it is told."""
        if len(self.frames) >= DEEPEST or any(source is macro.source and line == -macro.node.lineno
                                              for source, line in self.frames):  # fmt: skip
            return
        if macro.source is self.source:
            self.called.add(macro.node.lineno)
        inner: Names = {**macro.names, "caller": ANY, "varargs": ANY, "kwargs": ANY}
        arguments = [each.name for each in macro.node.args]
        spare = len(arguments) - len(macro.node.defaults)
        for name, default in zip(arguments[spare:], macro.node.defaults, strict=True):
            inner[name] = self.value(default, inner)
        for name in arguments[:spare]:
            inner.setdefault(name, ANY)
        inner |= dict(zip(arguments, told, strict=False)) | dict(named)
        for name in named:
            if name not in arguments and not _open(macro.node):
                self.flaw("template-argument", node, found=name, nearest=nearest(name, arguments))
        self.frames += [(self.reading or self.source, node.lineno), (macro.source, -macro.node.lineno)]
        before, self.reading = self.reading, macro.source
        self.body(macro.node.body, inner)
        self.reading = before
        del self.frames[-2:]


def _open(macro: nodes.Macro) -> bool:
    """Whether a macro takes arguments that it does not name."""
    return any(each.name in ("varargs", "kwargs") for each in macro.find_all(nodes.Name))


STATEMENTS: Mapping[type[nodes.Node], Callable[[Walk, Any, Names], None]] = {
    nodes.Output: Walk.output,
    nodes.Assign: Walk.assign,
    nodes.AssignBlock: Walk.assign_block,
    nodes.For: Walk.loop,
    nodes.If: Walk.choice,
    nodes.Macro: Walk.define,
    nodes.CallBlock: Walk.call_block,
    nodes.Import: Walk.import_,
    nodes.FromImport: Walk.taken,
    nodes.Include: Walk.included,
}
"""How each sort of statement is read."""

VALUES: Mapping[type[nodes.Node], Callable[[Walk, Any, Names], Value]] = {
    nodes.Const: lambda walk, node, names: Known(node.value),
    nodes.Name: Walk.name,
    nodes.List: lambda walk, node, names: Listed(tuple(walk.value(each, names) for each in node.items)),
    nodes.Tuple: lambda walk, node, names: Listed(tuple(walk.value(each, names) for each in node.items)),
    nodes.Getattr: lambda walk, node, names: walk.attribute(walk.value(node.node, names), node.attr, node),
    nodes.Getitem: Walk.entry,
    nodes.Concat: lambda walk, node, names: walk.joined([walk.value(each, names) for each in node.nodes]),
    nodes.CondExpr: Walk.choice_of,
    nodes.Or: Walk.one_of,
    nodes.And: Walk.one_of,
    nodes.Filter: Walk.filter,
    nodes.Test: Walk.test,
    nodes.Call: Walk.call_of,
}
"""How each sort of expression is read; of any other only what is inside it."""
