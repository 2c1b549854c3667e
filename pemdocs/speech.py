"""Turn findings and faults into sentences in the user's language. Only this module reads ``templates/speech``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pemdocs import language, resources, schema
from pemdocs.model import FieldName, Finding, PemdocsError
from pemdocs.typography import typeset


@lru_cache(maxsize=8)
def catalogue(lang: str) -> Mapping[str, Any]:
    """Every sentence the program says in this language: ``findings``, ``faults``, ``words``."""
    path = resources.folder("templates") / "speech" / f"{lang}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def message(finding: Finding, lang: str) -> str:
    """What is wrong."""
    return _fill(catalogue(lang)["findings"][finding.code]["message"], finding.facts, lang)


def remedy(finding: Finding, lang: str) -> str:
    """What to do."""
    return _fill(catalogue(lang)["findings"][finding.code]["remedy"], finding.facts, lang)


def fault(error: PemdocsError, lang: str) -> str:
    """What stopped the work, and what to do."""
    return _fill(catalogue(lang)["faults"][error.code], error.facts, lang)


def word(key: str, lang: str, **facts: object) -> str:
    """A word or sentence of the commands' own speech."""
    return _fill(catalogue(lang)["words"][key], facts, lang)


def _fill(sentence: str, facts: Mapping[str, object], lang: str) -> str:
    known = {name: _say(name, value, lang) for name, value in facts.items()}
    filled = sentence.format_map(known)
    nearest = known.get("nearest")
    if nearest:
        filled += " " + str(catalogue(lang)["words"]["did-you-mean"]).format(nearest=nearest)
    return typeset(" ".join(filled.split()), lang)


def _say(name: str, value: object, lang: str) -> str:
    if isinstance(value, FieldName):
        return schema.load()[value.table].fields[value.field].label[lang]
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, date):
        return language.say_date(value, lang)
    if isinstance(value, time):
        return language.say_time(value, lang)
    if isinstance(value, int | Decimal):
        return language.say_number(value, lang)
    words = catalogue(lang)["words"]
    return str(words.get(f"{name}.{value}", value))
