"""Turn the wording of a kind into sentences, in one language at a time. Only this module renders wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from pemdocs import facts
from pemdocs.data.dataset import Linked, country_of, may_see, sourced
from pemdocs.data.schema import AUDIENCES, SOURCE, Field
from pemdocs.knowledge.typography import typeset
from pemdocs.model import PemdocsError, Text, Value
from pemdocs.project.kinds import Kind
from pemdocs.resources import SHIPPED, Templates
from pemdocs.words import language, naming, sandbox
from pemdocs.words.sandbox import Sandbox, Template, TemplateSyntaxError, UndefinedError


def sentence(kind: Kind, key: str, each: str, known: Mapping[str, Any]) -> str:
    """A sentence of the kind's wording in a language, filled with what is known.

    Raises ``PemdocsError`` ``wording-missing`` where there is no such sentence, ``template-hole`` where it says a value
    that is not there, and other faults of the template where it cannot be said.
    """
    try:
        source = kind.wording[each][key]
    except KeyError:
        raise PemdocsError("wording-missing", kind=kind.id, key=key, language=each) from None
    try:
        words = _template(source, each, kind.templates).render(known)
    except PemdocsError:
        raise
    except Exception as error:
        raise _fault(error, kind, key, each) from None
    return typeset(words.strip(), each)


def _fault(error: Exception, kind: Kind, key: str, each: str) -> PemdocsError:
    """What keeps a sentence from being said, with its file and line."""
    file, line = kind.templates.place(f"{kind.id}/wording/{each}.toml", *key.split("."))
    if isinstance(error, _HoleError):
        return PemdocsError("template-hole", file=file, line=line, found=key)
    if isinstance(error, UndefinedError):
        names = re.findall(r"'(\w+)'", str(error.message))
        return PemdocsError("template-undefined", file=file, line=line, found=names[-1] if names else key)
    code = "template-syntax" if isinstance(error, TemplateSyntaxError) else "template-failed"
    return PemdocsError(code, file=file, line=line, reason=type(error).__name__)


class Spoken:
    """A record as one language's wording sees it: every attribute is its words, or ``None``."""

    __slots__ = ("_each", "_kind", "_linked")

    def __init__(self, kind: Kind, linked: Linked, each: str) -> None:
        self._kind = kind
        self._linked = linked
        self._each = each

    def __getattr__(self, name: str) -> Any:
        field = self._linked.table.fields.get(name)
        guard(self._kind, self._linked, name)
        if field is None or field.ref:
            return self._told(getattr(self._linked, name))
        if field.translated or field.names:
            text = text_of(self._linked, field, (self._each,))
            return text.parts[0][1] if text.parts else None
        return None if self._linked.record.value(name) is None else say_field(self._linked, field, self._each)

    def code(self, name: str) -> Value:
        """The code itself of a coded field, for the wording to choose by; guarded like any other."""
        guard(self._kind, self._linked, name)
        return self._linked.record.value(name)

    def _told(self, found: Any) -> Any:
        if isinstance(found, Linked):
            return Spoken(self._kind, found, self._each)
        if isinstance(found, tuple):
            return mapped(self._told, found)
        return language.say_date(found, self._each, self._kind.templates) if isinstance(found, date) else found


class _HoleError(Exception):
    """A sentence of the wording asked for a value that is not there."""


def say_field(linked: Linked, field: Field, each: str) -> str:
    """The words of a filled field in a language."""
    value = linked.record.value(field.name)
    currency = str(linked.record.value(field.money) or "") if field.money else ""
    return language.say(value, field, linked.dataset.programme, each, currency, country_of(linked))


def text_of(linked: Linked, field: Field, languages: tuple[str, ...]) -> Text:
    """A filled field in the languages of the document; words that no column translates in the one there is."""
    if field.names:
        return translated(named_in(linked, field, languages), languages)
    if field.translated:
        return translated(linked.record.texts(field.name), languages)
    return Text(tuple((each, say_field(linked, field, each)) for each in languages))


def named_in(linked: Linked, field: Field, languages: tuple[str, ...]) -> Mapping[str, Value]:
    """What stands where a name belongs, by language: as it is typed, and in each language in which it can be said."""
    value, texts = linked.record.value(field.name), linked.record.texts(field.name)
    profile = linked.dataset.programme
    source = profile.languages[0]
    if value is None:
        return texts
    if field.said == SOURCE:
        return sourced(linked, field.name, languages)
    found = {source: value, **texts}
    of: dict[str, Any] = {"people": field.personal, "templates": profile.templates}
    if naming.reads(str(value), source, _beside(linked), **of):
        found |= {each: naming.say_name(str(value), each, source, **of) for each in languages if each not in texts}
    return found


def _beside(linked: Linked) -> frozenset[str]:
    """The words of the names of the pair that a record belongs to."""
    pair: Any = linked.partnership
    sides = [] if pair is None else [pair.home_company, pair.host_company]
    return naming.words_of([name for each in sides if each is not None for name in (each.name, each.trade_name)])


def translated(texts: Mapping[str, Value], languages: tuple[str, ...]) -> Text:
    """The author's text in the languages of the document, as far as there is one; else in the first there is."""
    there = [each for each in languages if each in texts]
    missing = tuple(each for each in languages if each not in texts)
    chosen = there or list(texts)[:1]
    return Text(tuple((each, typeset(str(texts[each]), each)) for each in chosen), missing)


def guard(kind: Kind, linked: Linked, name: str) -> None:
    """Refuse what the readers of the kind may not see, and whatever is neither field nor fact nor back reference."""
    table = linked.table
    if name in table.fields:
        audience = table.fields[name].audience
    elif facts.known(table.record, name):
        audience = facts.audience(table.record, name)
    elif name in linked.dataset.backs[table.name]:
        if may_see(kind.audience, linked.dataset.tables[linked.dataset.backs[table.name][name].table]):
            return
        audience = AUDIENCES[-1]
    else:
        raise AttributeError(f"{table.record} has no {name!r}")
    if AUDIENCES.index(audience) > AUDIENCES.index(kind.audience):
        raise PemdocsError("audience", kind=kind.id, field=f"{table.name}.{name}", audience=audience)


def mapped(change: Callable[[Any], Any], found: tuple[Any, ...]) -> tuple[Any, ...]:
    """A tuple with every part changed; a named one keeps its names."""
    parts = [change(each) for each in found]
    return type(found)(*parts) if hasattr(found, "_fields") else tuple(parts)


def filters() -> frozenset[str]:
    """The names of the filters that a sentence has."""
    return frozenset(_environment("fr", SHIPPED).filters)


@lru_cache(maxsize=32)
def _environment(each: str, templates: Templates) -> Sandbox:
    environment = sandbox.for_sentences(_whole)
    environment.globals.update(agree=agree, listed=partial(listed, each, templates))
    environment.filters["date"] = lambda value: language.say_date(value, each, templates)
    environment.filters["percent"] = lambda share: language.say_percent(share, each, templates)
    environment.filters["weekday"] = lambda value: language.say_weekday(value, each, templates)
    environment.filters["time"] = lambda value: language.say_time(value, each)
    environment.filters["number"] = lambda value: language.say_number(value, each, templates)
    environment.filters["money"] = lambda value, currency: language.say_money(value, currency, each, templates)
    environment.filters["country"] = lambda code: language.say_country(code, each)
    return environment


@lru_cache(maxsize=4096)
def _template(source: str, each: str, templates: Templates) -> Template:
    return _environment(each, templates).from_string(source)


def _whole(value: Any) -> Any:
    if value is None:
        raise _HoleError
    return value


def listed(each: str, templates: Templates, record: Spoken, wanted: object, **words: str) -> str:
    """The words of those yes/no fields that are as wanted (``None``: not answered), as a list: ``a, b et c``."""
    chosen = [said for name, said in words.items() if record.code(name) is wanted]
    if len(chosen) < 2:
        return "".join(chosen)
    return f"{', '.join(chosen[:-1])} {language.house_words(each, templates)['and']} {chosen[-1]}"


def agree(person: Spoken | None, masculine: str, feminine: str, neutral: str) -> str:
    """The form that agrees with the person's gender where it is known, the neutral one where it is not."""
    gender = None if person is None else person.code("gender")
    return {"m": masculine, "f": feminine}.get(str(gender), neutral)
