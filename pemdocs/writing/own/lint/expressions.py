"""Read an expression of a template as it would run, without data: tell its sort, and what would go wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pemdocs import facts
from pemdocs.data.schema import Table
from pemdocs.model import FieldName, PemdocsError, Severity
from pemdocs.words import reading
from pemdocs.words.reading import nodes
from pemdocs.writing.own import names, records
from pemdocs.writing.own.lint import keys, sorts
from pemdocs.writing.own.lint.comparing import Tell, compared, named
from pemdocs.writing.own.lint.flaws import nearest
from pemdocs.writing.own.lint.scope import Scope
from pemdocs.writing.own.lint.sorts import UNKNOWN, Sort

ERROR, WARNING = Severity.ERROR, Severity.WARNING
OF_A_VALUE = frozenset(each.name for each in names.OF_A_VALUE)
OF_A_RECORD = frozenset(each.name for each in names.OF_A_RECORD)
TAKES_FIELD = {"by": range(9), "table": range(99), "where": range(1), "through": range(1)}
"""The filters that are told names of fields, and at which places."""


class Reader:
    """Reads the expressions of one template."""

    def __init__(self, scope: Scope, tell: Tell) -> None:
        self.scope = scope
        self.names = scope.known
        self.tell = tell

    def printed(self, node: nodes.Node) -> None:
        """What is written into the document must be words or a picture."""
        sort = self.sort(node)
        if sort.name == sorts.FUNCTION:
            self.tell("tag-not-called", ERROR, name=_written(node))
        elif sort.name in (sorts.RECORD, sorts.RECORDS):
            example = self._example(self.names.tables[sort.table])
            self.tell("tag-prints-whole", ERROR, what=sort.name, target=sort.table, example=example)

        elif sort.name in (sorts.ROW, sorts.ROWS):
            self.tell("tag-prints-whole", ERROR, what="record" if sort.name == sorts.ROW else "records")

    def _example(self, table: Table) -> str:
        found = self.names.attributes(table, self.names.kind.audience)
        return next((name for name in ("full_name", "name", "title", "id") if name in found), next(iter(found), ""))

    def sort(self, node: nodes.Node) -> Sort:
        """The sort of an expression; what is wrong with it is told."""
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is not None:
            found: Sort = read(node)
            return found
        for child in node.iter_child_nodes():
            self.sort(child)
        return UNKNOWN

    # Names and attributes

    def _name(self, node: nodes.Name) -> Sort:
        found = self.scope.find(node.name)
        if found is not None:
            return found
        if node.name in self.scope.gone:
            self.tell("tag-after-loop", ERROR, name=node.name)
        elif node.name in self.names.elsewhere:
            self.tell("tag-other-table", ERROR, name=node.name, target=self.names.table.name)
        else:
            near = self.scope.meant(node.name)
            mend = [(node.name, near)] if near.casefold() == node.name.casefold() else None
            self.tell("tag-no-such-name", ERROR, name=node.name, nearest=near, mend=mend)
            if mend:
                return self.scope.find(near) or UNKNOWN
        return UNKNOWN

    def _getattr(self, node: nodes.Getattr) -> Sort:
        return self._attribute(node.node, node.attr)

    def _getitem(self, node: nodes.Getitem) -> Sort:
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._attribute(node.node, node.arg.value)
        holder = self.sort(node.node)
        self.sort(node.arg)
        if holder.name == sorts.RECORDS:
            return holder if isinstance(node.arg, nodes.Slice) else Sort(sorts.RECORD, holder.table)
        return UNKNOWN

    def _slice(self, node: nodes.Slice) -> Sort:
        return UNKNOWN

    def _attribute(self, holder: nodes.Node, name: str) -> Sort:
        about = self.sort(holder)
        if name.startswith("_"):
            self.tell("tag-leads-out", ERROR, name=name)
            return UNKNOWN
        if about.name == sorts.RECORD:
            return self._of_record(self.names.tables[about.table], name)
        if about.name == sorts.PROFILE:
            self._key(keys.PROFILE, name)
        elif about.name == sorts.RECORDS and name not in ("first", "last", "length"):
            self.tell("tag-list-attribute", ERROR, name=name, target=about.table, listed=_written(holder))
        elif about.name == sorts.FUNCTION:
            self._not_called(holder)
        elif about.name == sorts.VALUE and name not in OF_A_VALUE and about.field is not None:
            field = FieldName(about.field.table, about.field.name)
            self.tell("tag-value-attribute", ERROR, name=name, field=field, nearest=nearest(name, OF_A_VALUE))
        elif about.name == sorts.VALUE and name == "raw":
            return Sort(sorts.RAW, field=about.field)
        return UNKNOWN

    def _not_called(self, function: nodes.Node) -> None:
        name = _written(function)
        self.tell("tag-not-called", ERROR, name=name, mend=[(name, f"{name}()")])

    def _of_record(self, table: Table, name: str) -> Sort:
        if name in OF_A_RECORD and name not in table.fields:
            return UNKNOWN
        every = self.names.attributes(table)
        if name not in every:
            near = self.names.nearest_attribute(table, name)
            mend = [(name, near)] if near and near.casefold() == name.casefold() else None
            self.tell("tag-no-such-field", ERROR, name=name, target=table.name, nearest=near, mend=mend)
            return self.names.sort(table, every[near]) if mend else UNKNOWN
        self._may_show(table, name, every)
        return self.names.sort(table, every[name])

    def _may_show(self, table: Table, name: str, every: Mapping[str, names.Attribute]) -> None:
        kind = self.names.kind
        if name not in self.names.attributes(table, kind.audience):
            level = self._level(table, every[name])
            self.tell("tag-above-audience", ERROR, name=name, target=table.name, level=level, audience=kind.audience)
            return
        try:
            records.consented(kind, table, name)
        except PemdocsError as fault:
            self.tell("tag-needs-consent", ERROR, name=name, target=table.name, instead=fault.facts["instead"])

    def _level(self, table: Table, attribute: names.Attribute) -> str:
        """The class of an attribute; a list of records has that of their table."""
        computed = attribute.name in table.fields or facts.known(table.record, attribute.name)
        if attribute.table and not computed:
            return self.names.tables[attribute.table].audience
        return attribute.audience

    # Calls and filters

    def _call(self, node: nodes.Call) -> Sort:
        given = [self.sort(each) for each in node.args]
        for each in node.kwargs:
            self.sort(each.value)
        if isinstance(node.node, nodes.Name):
            return self._function(node.node, given)
        if isinstance(node.node, nodes.Getattr):
            about = self.sort(node.node.node)
            if node.node.attr.startswith("_"):
                self.tell("tag-leads-out", ERROR, name=node.node.attr)
            elif about.name == sorts.RECORD and node.node.attr in OF_A_RECORD:
                self._field_named(self.names.tables[about.table], given[:1])
            elif about.name == sorts.RECORD:
                self._of_record(self.names.tables[about.table], node.node.attr)
        else:
            self.sort(node.node)
        return UNKNOWN

    def _function(self, node: nodes.Name, given: list[Sort]) -> Sort:
        found = self._name(node)
        if found.name != sorts.FUNCTION:
            return UNKNOWN
        if found.said in ("value", "entries", "brief", "choice", "sees") and given and given[0].name == sorts.RECORD:
            self._field_named(self.names.tables[given[0].table], given[1:])
        if given and given[0].words is not None:
            self._key(found.said, given[0].words)
        if found.said == "agree" and len(given) != 4:
            self.tell("tag-agree", ERROR)
        return Sort(sorts.FUNCTIONS.get(found.said, sorts.TEXT))

    def _key(self, function: str, name: str) -> None:
        """That there is what a function is told the name of."""
        wrong = keys.absent(function, name, self.names.kind, self.names.programme)
        if wrong:
            self.tell(wrong[0], ERROR, **wrong[1])

    def _field_named(self, table: Table, given: list[Sort]) -> None:
        for each in given:
            if each.words is not None:
                self._of_record(table, each.words)

    def _filter(self, node: nodes.Filter) -> Sort:
        about = self.sort(node.node) if node.node is not None else UNKNOWN
        given = [self.sort(each) for each in node.args]
        name = self.names.filters.get(node.name)
        if name is None:
            near = nearest(node.name, self.names.filters)
            mend = [(node.name, near)] if near.casefold() == node.name.casefold() else None
            self.tell("tag-no-such-filter", ERROR, name=node.name, nearest=near, mend=mend)
            return UNKNOWN
        if about.name == sorts.FUNCTION and node.node is not None:
            self._not_called(node.node)
        else:
            self._fits(node.name, name, about)
        if about.name == sorts.RECORDS and name in TAKES_FIELD:
            table = self.names.tables[about.table]
            self._field_named(table, [each for place, each in enumerate(given) if place in TAKES_FIELD[name]])
        if about.name == sorts.RECORDS and name in ("first", "last", "random"):
            return Sort(sorts.RECORD, about.table)
        return about if name in sorts.KEEPING else Sort(sorts.FILTERS.get(name, sorts.ANY))

    def _fits(self, written: str, name: str, about: Sort) -> None:
        """That a filter is given what it is for."""
        wanted = _wanted(name, about)
        if wanted:
            self.tell("tag-wrong-use", ERROR, name=written, wanted=wanted, field=named(about))

    # Comparisons

    def _compare(self, node: nodes.Compare) -> Sort:
        left = self.sort(node.expr)
        for each in node.ops:
            right = self.sort(each.expr)
            compared(left, right, each.op, self.tell, self.names.codes)
            left = right
        return UNKNOWN

    # What is left

    def _const(self, node: nodes.Const) -> Sort:
        if isinstance(node.value, str):
            return Sort(sorts.TEXT, words=node.value)
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return Sort(sorts.NUMBER)
        return UNKNOWN

    def _condexpr(self, node: nodes.CondExpr) -> Sort:
        self.sort(node.test)
        first = self.sort(node.expr1)
        second = self.sort(node.expr2) if node.expr2 is not None else first
        return first if first == second else UNKNOWN

    def _test(self, node: nodes.Test) -> Sort:
        if node.name == "defined" and isinstance(node.node, nodes.Name):
            return UNKNOWN
        self.sort(node.node)
        if node.name not in reading.built_in()[1]:
            self.tell("tag-no-such-test", ERROR, name=node.name, nearest=nearest(node.name, reading.built_in()[1]))
        return UNKNOWN


def _wanted(name: str, about: Sort) -> str:
    """What a filter is for, where it is given something else; nothing where it fits, or may."""
    if about.is_open:
        return ""
    value = about.name in (sorts.VALUE, sorts.RAW)
    if name in sorts.DATES | sorts.TIMES | sorts.NUMBERS and (value or about.name in (sorts.RECORD, sorts.RECORDS)):
        wanted = "time" if name in sorts.TIMES else "date" if name in sorts.DATES else "int"
        return "" if about.what == wanted else wanted
    if name in sorts.OF_RECORDS and about.name not in (sorts.RECORDS, sorts.LIST):
        return "records"
    if name in sorts.OF_PICTURES and about.name not in (sorts.PICTURE, sorts.LIST):
        return "picture"
    whole = about.name in (sorts.RECORD, sorts.RECORDS, sorts.PICTURE, sorts.BLOCK, sorts.FUNCTION)
    return "text" if name in sorts.OF_TEXTS and whole else ""


def _written(node: Any) -> str:
    """An expression as it is written, as far as it is made of names."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return _written(node.node) if isinstance(node, nodes.Call | nodes.Filter | nodes.Getitem) else "…"
