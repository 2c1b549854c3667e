"""Turn what people write on tabs and in heading rows into tables, fields and languages.

Only this module knows how a heading names a language.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pemdocs.data.cleaning import clean, fold
from pemdocs.data.schema import Field, Table, Tables
from pemdocs.knowledge import locales
from pemdocs.model import LANGUAGE_MARK, FieldName
from pemdocs.project import programme
from pemdocs.workbook.telling import told

NUMBERED = re.compile(r"^\W*\d+\W+(?=\w)")

SPELLED = (
    re.compile(r"^(?P<field>.+?)\s*::\s*(?P<language>.+)$", re.DOTALL),
    re.compile(r"^(?P<field>.+?)\s*[(\[](?P<language>[^()\[\]]+)[)\]]$", re.DOTALL),
)
"""``name::fr``, ``label::Français (fr)`` and ``Label (fr)``: here the second part cannot be but a language."""

JOINED = re.compile(r"^(?P<field>.+?)(?:\s*[_\-–—/.|:]\s*|\s+)(?P<language>[^\W\d_]{2,})$", re.DOTALL)
"""``label_fr``, ``Label - FR``: a language only if it is one that is known."""

LONGEST = 255
"""A longer text is no heading."""

NEAR = 0.7
NEAR_SHEET = 0.6
FAR = 80
"""A longer word is near to none."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading stands for. ``language`` is empty where the field is not translated.

    ``assumed`` tells that the heading named no language.
    """

    field: Field
    language: str = ""
    assumed: bool = False

    @property
    def key(self) -> str:
        """The key of its cells in a row: ``name``, or ``motivation::fr``."""
        return self.field.name + (LANGUAGE_MARK + self.language if self.language else "")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything under which the fields of one table are known, folded; and the languages, by code and by name."""

    table: Table
    names: Mapping[str, Field]
    languages: Mapping[str, str]
    default: str
    examples: frozenset[str] = frozenset()
    """What the example row of a new workbook may begin with."""

    def column(self, heading: object) -> Column | None:
        """What the heading stands for, ``None`` where it is not known."""
        said = _said(str(heading))
        # First of all, for Activiteit (en) is the English activity and not the plural Activiteiten.
        spelled = self._spelled(said.spelled)
        if spelled is not None:
            return spelled
        field = self.names.get(said.folded)
        if field is not None and not said.marked:
            return self._bare(field, said.folded)
        return self._spelled(said.joined)

    def _spelled(self, parts: Iterable[tuple[str, str]]) -> Column | None:
        for name, spoken in parts:
            field = self.names.get(name)
            if field is None or not (field.translated or field.names):
                continue
            if language := self._language(spoken):
                return Column(field, "" if field.names and language == self.default else language)
        return None

    def _bare(self, field: Field, folded: str) -> Column:
        if not field.translated:
            return Column(field)
        spoken = [language for language, label in field.label.items() if fold(label) == folded]
        return Column(field, spoken[0] if len(spoken) == 1 else self.default, assumed=True)

    def _language(self, spoken: str) -> str:
        outer, _, inner = spoken.partition("(")
        return next((self.languages[fold(word)] for word in (spoken, inner, outer) if fold(word) in self.languages), "")

    def misfit(self, heading: object) -> tuple[str, dict[str, object]]:
        """Why a heading is not known: the code of the finding and its facts."""
        text = clean(str(heading)[:LONGEST])
        for name, spoken in _parts(text, SPELLED):
            field = self.names.get(fold(name))
            known = FieldName(field.table, field.name) if field is not None else ""
            if field is not None and (field.translated or field.names):
                codes = ", ".join(dict.fromkeys(self.languages.values()))
                facts: dict[str, object] = {
                    "heading": told(text),
                    "field": known,
                    "language": told(spoken),
                    "known": codes,
                }
                return "unknown-language", facts
            if field is not None and self._language(spoken):
                return "not-translated", {"heading": told(text), "field": known}
        return "unknown-column", {"heading": told(text), "nearest": self._nearest(text)}

    def _nearest(self, text: str) -> FieldName | str:
        words = [fold(text), *(fold(name) for name, _ in _parts(text, (*SPELLED, JOINED)))]
        near = (difflib.get_close_matches(word, self.names, 1, NEAR) for word in words if 0 < len(word) <= FAR)
        field = next((self.names[match[0]] for match in near if match), None)
        return FieldName(field.table, field.name) if field is not None else ""


class Said(NamedTuple):
    """What a heading can mean, whatever the table: itself, or a field and a language."""

    folded: str
    marked: bool
    spelled: tuple[tuple[str, str], ...]
    joined: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8192)
def _said(heading: str) -> Said:
    text = clean(heading) if len(heading) <= LONGEST else ""
    spelled, joined = (
        tuple((fold(name), spoken) for name, spoken in _parts(text, each)) for each in (SPELLED, (JOINED,))
    )
    return Said(fold(text), LANGUAGE_MARK in text, spelled, joined)


def _parts(text: str, rules: Iterable[re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        if found := rule.match(text):
            yield found["field"], found["language"]


def lexicon(table: Table, default: str) -> Lexicon:
    """The lexicon of a table. ``default`` is the language of a heading that names none and is no single label."""
    names: dict[str, Field] = {}
    fields = table.fields.values()
    # A name wins over a label, a label over a further heading: what is closest to the schema is the surest.
    for spellings in (lambda field: (field.name,), lambda field: field.label.values(), lambda field: field.headings):
        for field in fields:
            for spelling in spellings(field):
                names.setdefault(fold(spelling), field)
    names.pop("", None)
    codes = dict.fromkeys(code for field in fields for code in (*field.label, default))
    return Lexicon(table, names, _languages(tuple(codes)), default, frozenset(_examples(table)))


def _examples(table: Table) -> Iterator[str]:
    yield ""
    own = (programme.load(each).examples.get(table.name, {}) for each in programme.available())
    for field in table.fields.values():
        for example in (*field.examples, *(given[field.name] for given in own if field.name in given)):
            for text in example.values() if isinstance(example, Mapping) else (example,):
                yield clean(str(text))


def _languages(codes: tuple[str, ...]) -> dict[str, str]:
    words = {fold(locales.tongue(code, each)): code for code in codes for each in codes}
    return {**words, **{fold(code): code for code in codes}}


def sheet_names(tables: Tables) -> dict[str, Table]:
    """Every folded sheet name under which a table is known; the table's own name and titles win."""
    names: dict[str, Table] = {}
    for table in tables.values():
        names.setdefault(fold(table.name), table)
    for table in tables.values():
        for spelling in (*table.accepted, table.record):
            names.setdefault(fold(spelling), table)
    return names


def table_of(name: str, names: Mapping[str, Table]) -> Table | None:
    """The table that a sheet's name stands for: ``Entreprises``, ``ENTREPRISES``, ``2. Entreprises``."""
    return names.get(fold(name)) or names.get(fold(NUMBERED.sub("", name[:LONGEST])))


def nearest_table(name: str, names: Mapping[str, Table]) -> str:
    """The name of the table whose sheet names are nearest to this one, empty where none is near."""
    near = difflib.get_close_matches(fold(NUMBERED.sub("", name[:FAR])), names, 1, NEAR_SHEET)
    return names[near[0]].name if near else ""
