"""Turn the wording of a kind into what is wrong with it: what lacks, what nobody says, what says a name that is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pemdocs.data.schema import Tables
from pemdocs.model import Finding, Severity
from pemdocs.page.proofreading.flaws import Place, flaw, nearest
from pemdocs.page.proofreading.source import Source, misread
from pemdocs.page.proofreading.values import (
    ANY,
    OF_A_SPOKEN_RECORD,
    Attributes,
    Function,
    Known,
    Profile,
    Record,
    Value,
)
from pemdocs.page.proofreading.walk import MORE, Names, Said, Walk
from pemdocs.page.view import localised
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.words import sandbox
from pemdocs.words.sandbox import TemplateSyntaxError, nodes
from pemdocs.words.wording import filters

PICTURES: Mapping[str, tuple[str, ...]] = {
    r"action\..+": (),
    r"strip\..+": (),
    r"line\..+": ("day", "country"),
    "title": (),
    "team": (),
}
"""The sentences that pictures, reports and bindings say, with what they tell them."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of a kind with what is said of it, and the languages that it should have."""

    kind: Kind
    programme: Programme
    tables: Tables
    said: tuple[Said, ...]
    languages: tuple[str, ...]
    asks: bool = field(default=True)
    """Whether the layout could be read, so that it is known what is said."""

    def path(self, language: str) -> str:
        """The file of a language, as templates know it."""
        return f"{self.kind.id}/wording/{language}.toml"

    def place(self, language: str, key: str) -> Place:
        """Where a sentence stands, or the file where it should."""
        return Place(*self.kind.templates.place(self.path(language), *key.split(".")))


def widest(kind: Kind) -> str:
    """The widest class of what a layout may ask for: that of the kind whose it is, which asks who reads."""
    return kinds.load(kind.like, kind.templates).audience if kind.like else kind.audience


def flaws(wording: Wording) -> Iterator[Finding]:
    """Everything that is wrong with the sentences of a kind."""
    yield from _languages(wording)
    yield from _lacking(wording)
    if wording.asks:
        yield from _unknown(wording)
        yield from _unused(wording)
    for language, sentences in wording.kind.wording.items():
        for key, words in sentences.items():
            yield from _sentence(wording, language, key, words)


def _languages(wording: Wording) -> Iterator[Finding]:
    """The languages of the programme in which the kind says nothing at all."""
    templates = wording.kind.templates
    for each in wording.languages:
        unread = any(place / wording.path(each) in templates.without for place in templates.places)
        if each not in wording.kind.wording and not unread:
            place = Place(templates.missing(wording.path(each)), 0)
            yield flaw("template-language", place, Severity.WARNING, found=each)


def _lacking(wording: Wording) -> Iterator[Finding]:
    """A sentence that other languages have."""
    everywhere = dict.fromkeys(key for sentences in wording.kind.wording.values() for key in sentences)
    for language, sentences in wording.kind.wording.items():
        for key in everywhere:
            if key not in sentences:
                there = next(each for each, said in wording.kind.wording.items() if key in said)
                table = key.rpartition(".")[0]
                _, line = wording.place(language, table or key)
                near = nearest(key, (each for each in sentences if each not in wording.kind.wording[there]))
                place = Place(wording.kind.templates.missing(wording.path(language)), line)
                yield flaw("template-sentence", place, found=key, nearest=near, there=there)


def _unknown(wording: Wording) -> Iterator[Finding]:
    """A sentence that the layout asks for and no language has."""
    everywhere = {key for sentences in wording.kind.wording.values() for key in sentences}
    for said in wording.said:
        if not any(re.fullmatch(said.pattern, key) for key in everywhere):
            found = re.sub(r"\\(.)", r"\1", said.pattern) if said.exact else said.pattern
            yield flaw(
                "template-unsaid", said.place, found=found.replace(".+", "…"), nearest=nearest(found, everywhere)
            )


def _unused(wording: Wording) -> Iterator[Finding]:
    """A sentence that nobody asks for; one of the kind that this one is like is judged there."""
    asked = [*(said.pattern for said in wording.said), *PICTURES]
    elsewhere = f"{wording.kind.like}/wording/" if wording.kind.like else None
    for language, sentences in wording.kind.wording.items():
        for key in sentences:
            inherited = elsewhere is not None and elsewhere in wording.place(language, key).file
            if not inherited and not any(re.fullmatch(pattern, key) for pattern in asked):
                names = {re.sub(r"\\(.)", r"\1", said.pattern) for said in wording.said if said.exact}
                near = nearest(key, names - set(sentences))
                yield flaw("template-unused", wording.place(language, key), Severity.WARNING, found=key, nearest=near)


def _sentence(wording: Wording, language: str, key: str, words: str) -> Iterator[Finding]:
    """What one sentence has wrong: signs that are not closed, names and fields that there are not."""
    place = wording.place(language, key)
    try:
        tree = sandbox.parse(words)
    except TemplateSyntaxError as error:
        found = misread(error, words, Place(place.file, error.lineno))
        yield Finding(found.code, found.severity, file=place.file, line=place.line, facts=found.facts)
        return
    told = _told(wording, key)
    if told is None and wording.asks:
        return
    attributes = Attributes(wording.tables, widest(wording.kind), OF_A_SPOKEN_RECORD)
    names: Names = {"case": Record(wording.kind.table), **_profile(wording.programme, language), **(told or {})}
    names |= {"agree": Function("agree"), "listed": Function("listed")}
    source = Source(place.file, words, tree)
    walk = Walk(source, attributes, filters(), _call, lambda name: None, {})
    walk.run(source, names)
    unnamed = told is not None and MORE in told
    for each in walk.found:
        if unnamed and each.code == "template-name":
            continue
        yield Finding(each.code, each.severity, file=place.file, line=place.line, facts=each.facts)


def _told(wording: Wording, key: str) -> dict[str, Value] | None:
    """What a sentence is told by those who say it; ``None`` where nobody does."""
    names: list[Mapping[str, Value]] = [said.told for said in wording.said if re.fullmatch(said.pattern, key)]
    names += [dict.fromkeys(more, ANY) for pattern, more in PICTURES.items() if re.fullmatch(pattern, key)]
    if not names:
        return None
    told: dict[str, Value] = {}
    for each in names:
        for name, value in each.items():
            told[name] = value if told.get(name, value) == value else ANY
    return told


def _profile(programme: Programme, language: str) -> dict[str, Value]:
    """The programme and its two countries as a sentence knows them."""
    profile = localised(programme.folder, programme.templates, language)
    countries = profile["countries"]
    return {
        "programme": Profile(profile),
        "home": Profile(countries[programme.home]),
        "host": Profile(countries[programme.host]),
    }


def _call(walk: Walk, node: nodes.Call, callee: Function, told: list[Value], named: Mapping[str, Value]) -> Value:
    """``listed`` names fields of its record."""
    if callee.name == "listed" and told and isinstance(told[0], Record):
        for name in named:
            walk.has(told[0].table, name, node)
    return ANY


def texts(values: Iterable[Value]) -> Iterator[str]:
    """The texts among values that stand in the template."""
    yield from (each.value for each in values if isinstance(each, Known) and isinstance(each.value, str))
