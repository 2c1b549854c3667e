"""Turn what a tracker tells into words: stages, people who act, days that count, things that are missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pemdocs.building.tracking.rows import Missing, Tracked
from pemdocs.data import schema
from pemdocs.facts.signatures import CHARTER
from pemdocs.project import kinds
from pemdocs.resources import SHIPPED, Templates
from pemdocs.words import language, speech

PIECES = ("supporting_documents", "piece")


def word(key: str, lang: str, **facts: Any) -> str:
    """A sentence of the tracker."""
    return speech.word(f"track-{key}", lang, **facts)


def label(group: str, code: str, lang: str) -> str:
    """What a code is called: of a ``stage``, a person who acts (``who``), a day (``about``), a ``date``, a ``kind``."""
    return speech.word(f"track.{group}.{code}", lang)


def actors(who: Iterable[str], lang: str) -> str:
    """Those who must act, in a line."""
    return ", ".join(label("who", each, lang) for each in who)


def left(days: int, lang: str) -> str:
    """How many days there are until a day, or since."""
    if days == 0:
        return word("days-today", lang)
    key = "days-left" if days > 0 else "days-over"
    return word(f"{key}-one" if abs(days) == 1 else key, lang, count=abs(days))


def until(each: Tracked, lang: str) -> str:
    """The next day that counts: what it is about, when it is, how many days are left; empty where there is none."""
    if each.deadline is None or each.days_left is None:
        return ""
    day = language.say_short_date(each.deadline, lang)
    return f"{label('about', each.about, lang)} {day} ({left(each.days_left, lang)})"


def missing(found: Iterable[Missing], lang: str, templates: Templates = SHIPPED) -> list[str]:
    """What is missing, each thing once; errors in the data are counted."""
    some = tuple(found)
    errors = sum(each.sort == "error" for each in some)
    counted = [word("errors", lang, count=errors)] if errors else []
    others = (one(each.sort, each.code, lang, templates) for each in some if each.sort != "error")
    return [*counted, *dict.fromkeys(others)]


def thing(each: Missing, lang: str, templates: Templates = SHIPPED) -> str:
    """One thing that is missing, as a list of tasks names it; an error by the code that ``check`` gives it."""
    if each.sort == "error":
        return word("error", lang, code=each.code)
    return one(each.sort, each.code, lang, templates)


def one(sort: str, code: str, lang: str, templates: Templates = SHIPPED) -> str:
    """One thing that is missing, in words; an error in the data by its code."""
    if sort == "error":
        return code
    if sort == "date":
        return label("date", code, lang)
    if code == CHARTER:
        return word("signature", lang, what=kinds.title(code, lang, templates))
    table, name = PIECES
    labels = schema.load()[table].fields[name].labels
    said = labels[code][lang] if code in labels else code
    return said if sort == "piece" else word(sort, lang, what=said[:1].lower() + said[1:])
