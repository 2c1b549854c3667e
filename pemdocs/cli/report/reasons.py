"""Turn the reasons why a document is not current into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from pemdocs.building.outcome import Reason
from pemdocs.building.reasons import PIECES
from pemdocs.data import schema
from pemdocs.words.speech import word

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
