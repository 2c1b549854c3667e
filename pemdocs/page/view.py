"""Turn a case into a view: everything a document of one kind shows of it, said in each of its languages.

A layout asks the view for records, items and sentences and places them; it says nothing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pemdocs import facts
from pemdocs.data.dataset import Linked
from pemdocs.data.schema import STAGES, Field
from pemdocs.knowledge import locales
from pemdocs.knowledge.typography import typeset
from pemdocs.model import Amends, Bound, Cell, Finding, Record, Text
from pemdocs.project import kinds
from pemdocs.project import programme as programmes
from pemdocs.project.kinds import Kind
from pemdocs.resources import Templates
from pemdocs.words import language
from pemdocs.words.wording import Spoken, guard, mapped, sentence, text_of, translated

FILLED, PENDING, MISSING, EMPTY = "filled", "pending", "missing", "empty"
"""An item's state: said; not due yet; due and not there; optional and not there."""


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """A field of a record as a document shows it: its label, its words, and the cell they came from."""

    label: Text
    text: Text
    state: str
    raw: Any
    _record: Record
    _name: str

    @property
    def cell(self) -> Cell | None:
        """The cell that it came from; of a translated field none."""
        return self._record.filled(self._name)

    def __bool__(self) -> bool:
        return self.state == FILLED

    def __repr__(self) -> str:
        return f"<Item {self.state}>"


class View:
    """One document's view: a kind, a case, languages. ``case`` is the record shown; ``say`` speaks the wording.

    ``findings`` are those on the case, ``bound`` the pieces of its pack, ``amends`` the signed version that is to be
    amended, for the kinds that tell of them.
    """

    def __init__(
        self,
        kind: Kind,
        case: Linked,
        languages: tuple[str, ...],
        findings: tuple[Finding, ...] = (),
        bound: tuple[Bound, ...] = (),
        amends: Amends | None = None,
    ) -> None:
        self.kind = kind
        self.linked = case
        self.languages = languages
        self.findings = findings
        self.bound = bound
        self.amends = amends
        self.programme = case.dataset.programme
        self.templates = kind.templates

    @cached_property
    def case(self) -> Shown:
        """The record that the document is about."""
        return Shown(self, self.linked)

    def say(self, key: str, **told: Any) -> Text:
        """A sentence of the wording, in every language. What is told beside ``case`` may be records, items or texts."""
        return Text(tuple((each, self._spoken(key, each, told)) for each in self.languages))

    def _spoken(self, key: str, each: str, told: Mapping[str, Any]) -> str:
        profile = self.profile_in(each)
        home, host = (profile["countries"][code] for code in (self.programme.home, self.programme.host))
        case = Spoken(self.kind, self.linked, each)
        told = {name: self._retold(value, each) for name, value in told.items()}
        return sentence(self.kind, key, each, {"case": case, "programme": profile, "home": home, "host": host, **told})

    def _retold(self, value: Any, each: str) -> Any:
        if isinstance(value, Shown):
            return Spoken(self.kind, value._linked, each)
        if isinstance(value, Item):
            value = value.text
        if isinstance(value, Mapping):
            value = translated(value, (each,))
        if isinstance(value, Text):
            return dict(value.parts).get(each) or (value.parts[0][1] if value.parts else None)
        return value

    def house(self, key: str, **told: str) -> Text:
        """One of the house's own words (``pending``, ``yes``) in every language."""
        return Text(
            tuple((each, typeset(str(self.house_in(each)[key]).format(**told), each)) for each in self.languages)
        )

    def house_in(self, each: str) -> Mapping[str, Any]:
        """All of the house's own words in one language."""
        return language.house_words(each, self.templates)

    @property
    def draft(self) -> Text:
        """That nobody should sign it yet, for it is not whole in each of its languages; empty where it is."""
        lacking = dict.fromkeys(each for _, _, each in kinds.unwritten(self.kind, self.linked, self.languages))
        if not lacking:
            return Text(())
        return Text(tuple((each, self._drafted(tuple(lacking), each)) for each in self.languages))

    def _drafted(self, lacking: tuple[str, ...], each: str) -> str:
        names = ", ".join(locales.tongue(language, each) for language in lacking)
        return typeset(str(self.house_in(each)["draft_lacks"]).format(languages=names), each)

    def profile(self, path: str) -> Text:
        """A text of the programme's profile, by its dotted path: ``funding.disclaimer``."""
        return Text(tuple((each, typeset(_walk(self.profile_in(each), path), each)) for each in self.languages))

    def profile_in(self, each: str) -> Any:
        """The whole profile as one language reads it."""
        return localised(self.programme.folder, self.templates, each)

    def label(self, field: Field) -> Text:
        """A field's label from its schema."""
        return Text(tuple((each, typeset(field.label[each], each)) for each in self.languages))


class Shown:
    """A record as a layout sees it: fields and facts as ``Item``, references and back-references as ``Shown``."""

    __slots__ = ("_linked", "_view")

    def __init__(self, view: View, linked: Linked) -> None:
        self._view = view
        self._linked = linked

    def __getattr__(self, name: str) -> Any:
        field = self._linked.table.fields.get(name)
        if field is not None and not field.ref:
            return self._item(field)
        guard(self._view.kind, self._linked, name)
        return self._wrapped(getattr(self._linked, name))

    def __getitem__(self, name: str) -> Any:
        """The same by name, for a field called as one of the methods: ``line["label"]``."""
        try:
            return self.__getattr__(name)
        except AttributeError as error:
            raise KeyError(name) from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and self._linked == other._linked

    def __hash__(self) -> int:
        return hash(self._linked)

    def label(self, name: str) -> Text:
        """The label of a field, be it filled or not."""
        return self._view.label(self._linked.table.fields[name])

    def raw(self, name: str) -> Any:
        """The typed value of a field, or a fact, for a layout to choose and sort by; guarded like any other."""
        if facts.known(self._linked.table.record, name):
            return getattr(self, name)
        guard(self._view.kind, self._linked, name)
        return self._linked.record.value(name)

    def state(self, name: str) -> str:
        """Filled, pending, missing or empty, for a field or a reference."""
        return self._state(self._linked.table.fields[name])

    def pending(self, name: str) -> Text:
        """What stands in the place of a value that is not there: that it is to come, and when."""
        field = self._linked.table.fields[name]
        if self._state(field) != PENDING:
            return self._view.house("pending")
        return Text(tuple((each, _pending(self._view, field.due, each)) for each in self._view.languages))

    def _wrapped(self, found: Any) -> Any:
        if isinstance(found, Linked):
            return Shown(self._view, found)
        return mapped(self._wrapped, found) if isinstance(found, tuple) else found

    def _item(self, field: Field) -> Item:
        guard(self._view.kind, self._linked, field.name)
        state = self._state(field)
        text = self._text(field) if state == FILLED else Text(())
        record = self._linked.record
        return Item(self.label(field.name), text, state, record.value(field.name), record, field.name)

    def _text(self, field: Field) -> Text:
        return text_of(self._linked, field, self._view.languages)

    def _state(self, field: Field) -> str:
        record = self._linked.record
        typed = not field.translated and record.value(field.name) is not None
        if typed or ((field.translated or field.names) and record.texts(field.name)):
            return FILLED
        elsewhere = field.countries and record.value("country") not in field.countries
        if elsewhere or not (field.due or field.required):
            return EMPTY
        return PENDING if field.due and STAGES.index(field.due) > self._stage() else MISSING

    def _stage(self) -> int:
        return facts.stage_number(self._view.linked) if self._view.linked.table.record == "partnership" else len(STAGES)


def _pending(view: View, stage: str, each: str) -> str:
    words = str(view.house_in(each)["pending_at"])
    labels = view.profile_in(each)["stages"]
    label = str(labels[stage])
    return typeset(words.format(stage=label, lowered=label[:1].lower() + label[1:]), each)


def _walk(profile: Any, path: str) -> str:
    for step in path.split("."):
        profile = profile[step]
    return str(profile)


@lru_cache(maxsize=32)
def localised(folder: Path, templates: Templates, each: str) -> Any:
    """The whole profile of the programme in this folder as one language reads it."""
    profile = programmes.read(folder, templates)
    return _localised(profile.profile, each, profile.languages)


def _localised(value: Any, each: str, languages: tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        if value and set(value) <= set(languages):
            return _localised(value.get(each, next(iter(value.values()))), each, languages)
        return {key: _localised(inner, each, languages) for key, inner in value.items()}
    return [_localised(inner, each, languages) for inner in value] if isinstance(value, list) else value
