"""Turn a case into a view: everything a document of one kind shows of it, said in each of its languages.

A layout asks the view for records, items and sentences and places them; it says nothing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pemdocs import facts, language
from pemdocs import programme as programmes
from pemdocs.dataset import Linked, country_of
from pemdocs.kinds import Kind
from pemdocs.model import Cell, PemdocsError, Text, Value
from pemdocs.schema import AUDIENCES, STAGES, Field
from pemdocs.typography import typeset

FILLED, PENDING, MISSING, EMPTY = "filled", "pending", "missing", "empty"
"""An item's state: said; not due yet; due and not there; optional and not there."""


@dataclass(frozen=True, slots=True)
class Item:
    """A field of a record as a document shows it: its label, its words, and the cell they came from."""

    label: Text
    text: Text
    state: str
    raw: Any
    cell: Cell | None = None

    def __bool__(self) -> bool:
        return self.state == FILLED


class View:
    """One document's view: a kind, a case, languages. ``case`` is the record shown; ``say`` speaks the wording."""

    def __init__(self, kind: Kind, case: Linked, languages: tuple[str, ...]) -> None:
        self.kind = kind
        self.linked = case
        self.languages = languages
        self.programme = case.dataset.programme

    @cached_property
    def case(self) -> Shown:
        """The record that the document is about."""
        return Shown(self, self.linked)

    def say(self, key: str, **told: Any) -> Text:
        """A sentence of the wording, in every language. What is told beside ``case`` may be records, items or texts."""
        return Text(tuple((each, self._spoken(key, each, told)) for each in self.languages))

    def _spoken(self, key: str, each: str, told: Mapping[str, Any]) -> str:
        try:
            source = self.kind.wording[each][key]
        except KeyError:
            raise PemdocsError("wording-missing", kind=self.kind.id, key=key, language=each) from None
        profile = self.profile_in(each)
        home, host = (profile["countries"][code] for code in (self.programme.home, self.programme.host))
        known = {"case": Spoken(self, self.linked, each), "programme": profile, "home": home, "host": host}
        told = {name: self._retold(value, each) for name, value in told.items()}
        try:
            words = _sentence(source, each).render({**known, **told})
        except _HoleError:
            raise PemdocsError("wording-hole", kind=self.kind.id, key=key, language=each) from None
        return typeset(words.strip(), each)

    def _retold(self, value: Any, each: str) -> Any:
        if isinstance(value, Shown):
            return Spoken(self, value._linked, each)
        if isinstance(value, Item):
            value = value.text
        if isinstance(value, Text):
            return dict(value.parts).get(each) or (value.parts[0][1] if value.parts else None)
        return value

    def house(self, key: str, **told: str) -> Text:
        """One of the house's own words (``pending``, ``yes``) in every language."""
        return Text(tuple((each, str(language.house_words(each)[key]).format(**told)) for each in self.languages))

    def profile(self, path: str) -> Text:
        """A text of the programme's profile, by its dotted path: ``funding.disclaimer``."""
        return Text(tuple((each, typeset(_walk(self.profile_in(each), path), each)) for each in self.languages))

    def profile_in(self, each: str) -> Any:
        """The whole profile as one language reads it."""
        return _profile(self.programme.id, each)

    def label(self, field: Field) -> Text:
        """A field's label from its schema."""
        return Text(tuple((each, typeset(field.label[each], each)) for each in self.languages))

    def may_show(self, audience: str) -> bool:
        """Whether the readers of this kind may see what is of this class."""
        return AUDIENCES.index(audience) <= AUDIENCES.index(self.kind.audience)

    def per_language(self, words: Iterable[tuple[str, str]]) -> Text:
        """A text from words by language."""
        return Text(tuple(words))


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
        _guard(self._view, self._linked, name)
        return self._wrapped(getattr(self._linked, name))

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
        _guard(self._view, self._linked, name)
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
        if isinstance(found, tuple):
            return tuple(self._wrapped(each) for each in found)
        return found

    def _item(self, field: Field) -> Item:
        _guard(self._view, self._linked, field.name)
        state = self._state(field)
        text = self._text(field) if state == FILLED else Text(())
        cell = self._linked.record.cells.get(field.name)
        return Item(self.label(field.name), text, state, self._linked.record.value(field.name), cell)

    def _text(self, field: Field) -> Text:
        if not field.translated:
            return Text(tuple((each, say_field(self._linked, field, each)) for each in self._view.languages))
        return translated(self._linked.record.texts(field.name), self._view.languages)

    def _state(self, field: Field) -> str:
        record = self._linked.record
        if record.texts(field.name) if field.translated else record.value(field.name) is not None:
            return FILLED
        elsewhere = field.countries and record.value("country") not in field.countries
        if elsewhere or not (field.due or field.required):
            return EMPTY
        return PENDING if field.due and STAGES.index(field.due) > self._stage() else MISSING

    def _stage(self) -> int:
        return facts.stage_number(self._view.linked) if self._view.linked.table.record == "partnership" else len(STAGES)


class Spoken:
    """A record as one language's wording sees it: every attribute is its words, or ``None``."""

    __slots__ = ("_each", "_linked", "_view")

    def __init__(self, view: View, linked: Linked, each: str) -> None:
        self._view = view
        self._linked = linked
        self._each = each

    def __getattr__(self, name: str) -> Any:
        field = self._linked.table.fields.get(name)
        _guard(self._view, self._linked, name)
        if field is None or field.ref:
            return self._told(getattr(self._linked, name))
        if field.translated:
            text = translated(self._linked.record.texts(name), (self._each,))
            return text.parts[0][1] if text.parts else None
        return None if self._linked.record.value(name) is None else say_field(self._linked, field, self._each)

    def code(self, name: str) -> Value:
        """The code itself of a coded field, for the wording to choose by; guarded like any other."""
        _guard(self._view, self._linked, name)
        return self._linked.record.value(name)

    def _told(self, found: Any) -> Any:
        if isinstance(found, Linked):
            return Spoken(self._view, found, self._each)
        if isinstance(found, tuple):
            return tuple(self._told(each) for each in found)
        return language.say_date(found, self._each) if isinstance(found, date) else found


class _HoleError(Exception):
    """A sentence of the wording asked for a value that is not there."""


def say_field(linked: Linked, field: Field, each: str) -> str:
    """The words of a filled field in a language."""
    value = linked.record.value(field.name)
    currency = str(linked.record.value(field.money) or "") if field.money else ""
    return language.say(value, field, linked.dataset.programme, each, currency, country_of(linked))


def translated(texts: Mapping[str, Value], languages: tuple[str, ...]) -> Text:
    """The author's text in the languages of the document, as far as there is one; else in the first there is."""
    there = [each for each in languages if each in texts]
    missing = tuple(each for each in languages if each not in texts)
    chosen = there or list(texts)[:1]
    return Text(tuple((each, typeset(str(texts[each]), each)) for each in chosen), missing)


def _guard(view: View, linked: Linked, name: str) -> None:
    """Refuse what the readers of the kind may not see, and whatever is neither field nor fact nor back reference."""
    table = linked.table
    if name in table.fields:
        audience = table.fields[name].audience
    elif facts.known(table.record, name):
        audience = facts.audience(table.record, name)
    elif name in linked.dataset.backs[table.name]:
        return
    else:
        raise AttributeError(f"{table.record} has no {name!r}")
    if not view.may_show(audience):
        raise PemdocsError("audience", kind=view.kind.id, field=f"{table.name}.{name}", audience=audience)


def _pending(view: View, stage: str, each: str) -> str:
    words = str(language.house_words(each)["pending_at"])
    labels = view.profile_in(each)["stages"]
    return typeset(words.format(stage=labels[stage]), each)


def _walk(profile: Any, path: str) -> str:
    for step in path.split("."):
        profile = profile[step]
    return str(profile)


@lru_cache(maxsize=32)
def _profile(programme: str, each: str) -> Any:
    profile = programmes.load(programme)
    return _localised(profile.profile, each, profile.languages)


def _localised(value: Any, each: str, languages: tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        if value and set(value) <= set(languages):
            return _localised(value.get(each, next(iter(value.values()))), each, languages)
        return {key: _localised(inner, each, languages) for key, inner in value.items()}
    return [_localised(inner, each, languages) for inner in value] if isinstance(value, list) else value


@lru_cache(maxsize=8)
def _environment(each: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_whole, autoescape=False)
    environment.globals.update(agree=agree, de=de)
    environment.filters["date"] = lambda value: language.say_date(value, each)
    environment.filters["percent"] = lambda share: language.say_percent(share, each)
    return environment


@lru_cache(maxsize=4096)
def _sentence(source: str, each: str) -> Template:
    return _environment(each).from_string(source)


def _whole(value: Any) -> Any:
    if value is None:
        raise _HoleError
    return value


def agree(person: Spoken | None, masculine: str, feminine: str, neutral: str) -> str:
    """The form that agrees with the person's gender where it is known, the neutral one where it is not."""
    gender = None if person is None else person.code("gender")
    return {"m": masculine, "f": feminine}.get(str(gender), neutral)


def de(name: str) -> str:
    """French *de* before a name: ``d’Abidjan``, ``de Dakar``. No h counts as mute: which are cannot be told."""
    return f"d’{name}" if name[:1].lower() in set("aàâeéèêiîoôuœæ") else f"de {name}"
