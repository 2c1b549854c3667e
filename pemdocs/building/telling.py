"""Turn the reasons why a document is not current, or was left out, into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from pemdocs.building.outcome import PIECES, Reason, Skipped
from pemdocs.data import schema
from pemdocs.project import kinds
from pemdocs.resources import Templates
from pemdocs.words import speech

word = speech.word

MOST = 8
"""So many reasons of one document are told; of the others, how many there are."""


def of_reasons(reasons: Iterable[Reason], lang: str) -> Iterator[str]:
    """Why a document is not current, a sentence for each; of many only the first."""
    told = [said(each, lang) for each in reasons]
    yield from told[:MOST]
    if len(told) > MOST:
        yield word("reason.more", lang, count=len(told) - MOST)


def said(reason: Reason, lang: str) -> str:
    """One reason in a sentence."""
    label = _label(reason, lang)
    place = f"{reason.sheet}!{reason.cell}" if reason.cell else reason.sheet
    name = _piece(reason.name, lang) if reason.code == PIECES else reason.name
    return word(f"reason.{reason.code}", lang, place=place, sheet=reason.sheet, label=label, name=name)


def plain(reason: Reason, lang: str) -> dict[str, str]:
    """One reason for programs, with its sentence."""
    return {**asdict(reason), "message": said(reason, lang)}


def _piece(code: str, lang: str) -> str:
    """What a piece of a pack is called."""
    labels = schema.load()["supporting_documents"].fields["piece"].codes
    return labels[code][lang] if code in labels else code


def _label(reason: Reason, lang: str) -> str:
    table = schema.load().get(reason.table)
    field = table.fields.get(reason.field) if table else None
    return field.label[lang] if field else ""


def left_out(each: Skipped, lang: str, templates: Templates) -> str:
    """Why a case was left out."""
    facts: dict[str, Any] = dict(each.facts)
    if "missing" in facts:
        facts["missing"] = ", ".join(_path_label(path, facts["table"], lang) for path in facts["missing"])
    return word(each.code, lang, kind=kinds.title(each.kind, lang, templates), case=each.case, **facts)


def _path_label(path: str, table: str, lang: str) -> str:
    """A path from the case, such as ``charter.aim``, by the labels of its fields or the name of its sheet."""
    tables = schema.load()
    labels = []
    for step in path.split("."):
        field = tables[table].fields.get(step)
        if field is not None:
            labels.append(field.label[lang])
            table = field.ref or table
        elif f"need.{step}" in speech.catalogue(lang)["words"]:
            labels.append(word(f"need.{step}", lang))
        else:
            table = next(name for name, other in tables.items() if step in (name, other.record))
            labels.append(tables[table].sheet[lang])
    return " › ".join(labels)
