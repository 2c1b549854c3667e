"""Turn findings and faults into sentences in the user's language. Only this module reads ``templates/speech``.

A sentence names its facts in braces. A part in square brackets, ``[ (it shows {shown})]``, is said only where its facts
are there; ``[“{value}”|this value]`` says what follows the bar where they are not. A fact is not there when it is
absent, empty, zero, or a value that must not be quoted.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pemdocs import resources
from pemdocs.data import schema
from pemdocs.data.cleaning import HIDDEN
from pemdocs.data.schema import Field
from pemdocs.knowledge.typography import typeset
from pemdocs.model import TAB, FieldName, Finding, Money, PemdocsError, Severity, Words, speak_through
from pemdocs.project import kinds, languages, programme
from pemdocs.words import language

SHEETS = frozenset({"table", "target"})
"""The facts that name a table: its sheet is said."""

LISTED = {
    "stage": ("partnerships", "stage"),
    "phase": ("activities", "phase"),
    "purpose": ("stays", "purpose"),
    "activity": ("activities", "activity_kind"),
    "payer": ("invitations", "travel_payer"),
    "promised": ("invitations", "travel_payer"),
    "pieces": ("supporting_documents", "piece"),
    "criterion": ("ratings", "criterion"),
    "medium": ("notes", "medium"),
}
"""The facts that are codes of a schema, with the field whose labels say them as the drop-down list does."""

COUNTRIES = frozenset({"country", "countries", "here"})
"""The facts that are codes of countries, one or several."""

PART = re.compile(r"\[(?P<said>[^\[\]|]*)(?:\|(?P<otherwise>[^\[\]|]*))?\]")
NAMED = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=8)
def catalogue(lang: str) -> Mapping[str, Any]:
    """Every sentence the program says in this language: ``findings``, ``faults``, ``words``."""
    path = resources.folder("templates") / "speech" / f"{lang}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def message(finding: Finding, lang: str) -> str:
    """What is wrong, with the nearest right spelling where there is one."""
    known = catalogue(lang)["findings"].get(finding.code)
    return _guessed(known["message"] if known else catalogue(lang)["faults"][finding.code], _facts(finding), lang)


def remedy(finding: Finding, lang: str) -> str:
    """What to do; where a fault was found, that stands in its message."""
    return _fill(catalogue(lang)["findings"].get(finding.code, {}).get("remedy", ""), _facts(finding), lang)


def fault(error: PemdocsError, lang: str) -> str:
    """What stopped the work, and what to do."""
    if error.code in catalogue(lang)["faults"]:
        facts = error.facts if error.code != "unknown-kind" else _titled(error.facts, lang)
        said = _guessed(catalogue(lang)["faults"][error.code], facts, lang)
        if "line" not in error.facts:
            return said
    else:
        told = Finding(error.code, Severity.ERROR, facts=error.facts)
        said = f"{message(told, lang)} {remedy(told, lang)}"
    # A line has no mark between its thousands.
    place = {"file": str(error.facts["file"]), "line": str(error.facts.get("line") or "")}
    return word("at-file", lang, **place, said=said)


def _titled(facts: Mapping[str, object], lang: str) -> dict[str, object]:
    """The facts that are kinds of documents, by the titles that readers know: these may be written for the kinds."""
    told = {name: str(facts[name]).split(", ") for name in ("known", "nearest") if facts.get(name)}
    return {**facts, **{name: "; ".join(kinds.title(each, lang) for each in found) for name, found in told.items()}}


def label(name: FieldName, lang: str) -> str:
    """What the reader calls a field."""
    return schema.load()[name.table].fields[name.field].label[lang]


def sheet(name: str, lang: str) -> str:
    """A sheet as it is told: by its name, or as the fourth of the tabs."""
    return word("tab", lang, number=name.removeprefix(TAB)) if name.startswith(TAB) else name


def word(key: str, lang: str, **facts: object) -> str:
    """A word or sentence of the commands' own speech."""
    return _fill(catalogue(lang)["words"][key], facts, lang)


def _facts(finding: Finding) -> dict[str, object]:
    """The finding's facts, and its own place: sheet, table, field. A fact of the same name wins."""
    place: dict[str, object] = {"sheet": finding.sheet, "table": finding.table}
    if finding.field:
        place["field"] = FieldName(finding.table, finding.field)
    return place | dict(finding.facts)


def filled(sentence: str, facts: Mapping[str, object], lang: str) -> str:
    """A sentence that is written elsewhere, with its facts."""
    return _fill(sentence, facts, lang)


def _guessed(sentence: str, facts: Mapping[str, object], lang: str) -> str:
    guess = catalogue(lang)["words"]["did-you-mean"] if facts.get("nearest") else ""
    return _fill(f"{sentence} {guess}", facts, lang)


def _fill(sentence: str, facts: Mapping[str, object], lang: str) -> str:
    about = _field(facts.get("field"))
    known = {name: _say(name, value, about, lang) for name, value in facts.items()}
    filled = _settled(sentence, facts).format_map(known)
    return typeset(re.sub(r"[ \n]+", " ", filled).strip(), lang)


def _settled(sentence: str, facts: Mapping[str, object]) -> str:
    """The sentence with each part in brackets said, replaced or left out."""

    def settle(part: re.Match[str]) -> str:
        named = NAMED.findall(part["said"])
        if not named and part["otherwise"] is None:  # ``pemdocs[sign]`` is no choice
            return part[0]
        there = all(facts.get(name) not in (None, "", 0, HIDDEN) for name in named)
        return part["said"] if there else part["otherwise"] or ""

    return PART.sub(settle, sentence)


def _field(name: object) -> Field | None:
    return schema.load()[name.table].fields[name.field] if isinstance(name, FieldName) else None


def _say(name: str, value: object, about: Field | None, lang: str) -> str:
    """A fact in words; ``about`` is the field that the sentence is about."""
    if isinstance(value, FieldName):
        return schema.load()[value.table].fields[value.field].label[lang]
    if value is None:
        return "–"
    if isinstance(value, Money):
        return language.say_money(value.amount, value.currency, lang)
    if isinstance(value, date):
        return language.say_date(value, lang)
    if isinstance(value, time):
        return language.say_time(value, lang)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        # A year has no mark between its thousands.
        year = about is not None and about.name.endswith("year")
        return str(value) if year else language.say_number(value, lang)
    return _say_text(name, str(value), about, lang)


def _say_text(name: str, text: str, about: Field | None, lang: str) -> str:
    if name in SHEETS and text in schema.load():
        return schema.load()[text].sheet[lang]
    if name == "sheet" or (name == "first" and text.startswith(TAB)):
        return sheet(text, lang)
    if name in LISTED:
        table, listed = LISTED[name]
        return _labels(schema.load()[table].fields[listed], text.split(", "), lang)
    if about is not None and about.coded and name in ("nearest", "was", "now"):
        return _label(about, text, lang)
    if about is not None and name == "codes":
        return _labels(about, text.split(", "), lang)
    if name in COUNTRIES:
        return ", ".join(language.say_country(code, lang) for code in text.split(", "))
    return str(catalogue(lang)["words"].get(f"{name}.{text}", text))


def _labels(field: Field, codes: list[str], lang: str) -> str:
    """The labels of codes in a line; the codes themselves where two of them share a label."""
    labels = [_label(field, code, lang) for code in codes]
    return ", ".join(labels if len(set(labels)) == len(labels) else codes)


def _label(field: Field, text: str, lang: str) -> str:
    """The label in this language of a code, or of what is its label in another; else the text itself."""
    for code, labels in _choices(field):
        if text == code or text in labels.values():
            return labels.get(lang, text)
    return text


def _choices(field: Field) -> Iterator[tuple[str, Words]]:
    """The codes of a field with their labels, for a list of the profiles in whichever programme has it."""
    yield from field.labels.items()
    for each in programme.available() if field.codelist else ():
        yield from programme.load(each).codelists.get(field.codelist, {}).items()


def plainly(what: object) -> str:
    """A finding or a fault in plain words, for ``str``: in the language of ``PEMDOCS_LANG``, else in English."""
    asked = os.environ.get("PEMDOCS_LANG", "")
    lang = asked if asked in languages.available() else "en"
    if isinstance(what, PemdocsError):
        return fault(what, lang)
    if not isinstance(what, Finding):
        return ""
    place = f"{what.place}: " if what.place else ""
    return f"{place}{word(f'severity-{what.severity}', lang)}: {message(what, lang)} {remedy(what, lang)}"


speak_through(plainly)
