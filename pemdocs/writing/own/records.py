"""Turn the records of a view into what a template sees: attributes that are values, records, lists of them.

Only this module knows what consents decide and templates may therefore not ask for by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pemdocs import facts
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import AUDIENCES, Table
from pemdocs.model import PemdocsError, Text
from pemdocs.page import publishing
from pemdocs.page.view import EMPTY, MISSING, PENDING, Item, Shown, View
from pemdocs.project.kinds import Kind
from pemdocs.words import language
from pemdocs.words.wording import mapped
from pemdocs.writing.own.pen import DASH, Pen
from pemdocs.writing.own.values import NAMED_LATER, Value


def pen_of(view: View) -> Pen:
    """A pen for a document."""
    return Pen(view, Record)


class Record:
    """A record as a template sees it: its values, the records it refers to, those that refer to it."""

    __slots__ = ("_pen", "_shown")
    __iter__ = None
    """A record is no list: whoever repeats something for one is told so."""

    def __init__(self, pen: Pen, shown: Shown) -> None:
        self._pen = pen
        self._shown = shown

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        shown = self._shown
        consented(self._pen.view.kind, shown._linked.table, name)
        try:
            found = shown[name]
        except KeyError as error:
            raise unknown(shown._linked.dataset, shown._linked.table, name) from error
        field = shown._linked.table.fields.get(name)
        if found is None and (field is None or field.ref):
            return Absent(self._pen, shown, name)
        if isinstance(found, Item):
            return self._of_field(found, name)
        return self._pen.told(found)

    def __getitem__(self, name: str) -> Any:
        return self.__getattr__(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._shown == other._shown

    def __hash__(self) -> int:
        return hash(self._shown)

    def _of_field(self, item: Item, name: str) -> Value:
        label = Value(item.label)
        if item:
            items = tuple(self._one(name, each) for each in item.raw) if isinstance(item.raw, tuple) else ()
            return Value(item.text, item.raw, item.state, label, items)
        if item.state in (PENDING, MISSING):
            return Value(self._shown.pending(name), None, item.state, label)
        return Value(Text(((self._pen.languages[0], DASH),)), None, item.state, label)

    def _one(self, name: str, each: str) -> Value:
        """One value of a field that is a list."""
        linked = self._shown._linked
        field, programme = linked.table.fields[name], linked.dataset.programme
        return Value(self._pen.spread(lambda lang: language.say(each, field, programme, lang)), each)

    def label(self, name: str) -> Value:
        """The label of a field, be it filled or not."""
        self._check(name)
        return Value(self._shown.label(name))

    def raw(self, name: str) -> Any:
        """The typed value of a field, or a fact, to choose and sort by."""
        consented(self._pen.view.kind, self._shown._linked.table, name)
        try:
            return self._shown.raw(name)
        except AttributeError as error:
            raise unknown(self._shown._linked.dataset, self._shown._linked.table, name) from error

    def state(self, name: str) -> str:
        """Filled, pending, missing or empty."""
        self._check(name)
        return self._shown.state(name)

    def pending(self, name: str) -> Value:
        """What stands in the place of a value that is not there."""
        self._check(name)
        return Value(self._shown.pending(name), None, PENDING)

    def _check(self, name: str) -> None:
        linked = self._shown._linked
        if name not in linked.table.fields:
            raise unknown(linked.dataset, linked.table, name)


class Absent:
    """A record that is not there: empty, whatever of it is asked for; printed, it says that it is to come."""

    __slots__ = ("_name", "_pen", "_shown", "_table")

    def __init__(self, pen: Pen, shown: Shown, name: str, table: Table | None = None) -> None:
        self._pen, self._shown, self._name = pen, shown, name
        self._table = table or _target(shown._linked, name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        pen, table = self._pen, self._table
        dataset = self._shown._linked.dataset
        if table is None:
            return pen.text_of(None)
        consented(pen.view.kind, table, name)
        field = table.fields.get(name)
        target = field.ref if field else getattr(dataset.backs[table.name].get(name), "table", "")
        if not field and not target and not facts.known(table.record, name):
            raise unknown(dataset, table, name)
        if target:
            return Absent(pen, self._shown, self._name, dataset.tables[target])
        return pen.absent(self._shown, self._name)

    def __getitem__(self, name: str) -> Any:
        return self.__getattr__(name)

    def words(self) -> Value:
        """What is printed instead of it."""
        return self._pen.absent(self._shown, self._name)

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def label(self, name: str) -> Any:
        """The label of a field of the record that is not there."""
        return self._pen.told(self._pen.view.label(self._table.fields[name])) if self._table else ""

    def raw(self, _name: str) -> None:
        """Nothing."""

    def state(self, _name: str) -> str:
        """Empty, as all that it has."""
        return EMPTY


def _target(linked: Any, name: str) -> Table | None:
    """The table of the record that an empty reference leads to."""
    field, back = linked.table.fields.get(name), linked.dataset.backs[linked.table.name].get(name)
    target = field.ref if field else back.table if back else ""
    return linked.dataset.tables[target] if target else None


def unknown(dataset: Dataset, table: Table, name: str) -> PemdocsError:
    """That a table has no such attribute, with the nearest that it has."""
    known = [*table.fields, *dataset.backs[table.name], *facts.names(table.record)]
    nearest = next(iter(get_close_matches(name, known, 1)), "")
    return PemdocsError("own-unknown-field", file=NAMED_LATER, name=name, table=table.name, nearest=nearest)


CONSENTED = {
    "quotes": "quotes()", "photographs": "photographs()", "interviews": "met()", "people": "person_words()",
    "companies": "company_words()",
}  # fmt: skip
"""The tables of which a publication prints only what a consent covers, and what gives that."""

FREE = frozenset({"id", "role", "country", "sector", "region", "gender", "kind", "company", "date"})
"""What points at nobody."""


def consented(kind: Kind, table: Table, name: str) -> None:
    """Refuse what a consent decides: in publications names and faces, everywhere public the quotes and photographs."""
    publication = kind.table in publishing.TABLES
    decided = table.name in CONSENTED if publication else table.name in ("quotes", "photographs")
    if decided and name not in FREE and (publication or kind.audience == AUDIENCES[0]):
        raise PemdocsError("own-consent", file=NAMED_LATER, name=name, table=table.name, instead=CONSENTED[table.name])


def bare(value: Any) -> Any:
    """What something is, for functions of the view: the bare value, the record that it shows, and these in a tuple."""
    if isinstance(value, Value):
        return value.raw if value.origin is None else value.origin
    if isinstance(value, Record):
        return value._shown
    if isinstance(value, Absent):
        return None
    return mapped(bare, value) if isinstance(value, tuple) else value
