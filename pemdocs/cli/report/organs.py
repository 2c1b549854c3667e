"""Turn what a computer has and lacks into what people and programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pemdocs.cli.report.text import wrapped
from pemdocs.model import PemdocsError
from pemdocs.words import speech

if TYPE_CHECKING:
    from pemdocs.building.doctor import Organ

SCHEMA_VERSION = 1
SIGNS = {"well": ("✓", "green"), "lacks": ("✗", "red"), "optional": ("–", "yellow")}
"""The sign of each state, which is said in words too, and its colour."""


def as_text(found: Sequence[Organ], lang: str, colour: bool) -> str:
    """One line for each organ, what to do below it, and the verdict last."""
    lines = [line for each in found for line in _lines(each, lang, colour)]
    ill = sum(each.state == "lacks" for each in found)
    verdict = speech.word("doctor.ill" if ill else "doctor.sound", lang, count=ill)
    return "\n".join([*lines, "", *wrapped(verdict)])


def _lines(organ: Organ, lang: str, colour: bool) -> Iterator[str]:
    sign, paint = SIGNS[organ.state]
    first, *rest = wrapped(said(organ, lang), 2)
    yield f"{click.style(sign, fg=paint) if colour else sign} {first.lstrip()}"
    yield from rest


def said(organ: Organ, lang: str) -> str:
    """What is so, and what to do about it, in a sentence or two."""
    facts = {
        name: speech.fault(fact, lang) if isinstance(fact, PemdocsError) else fact for name, fact in organ.facts.items()
    }
    return speech.word(f"doctor.{organ.name}.{organ.state}", lang, **facts)


def as_json(found: Sequence[Organ], lang: str) -> str:
    """The same for programs: ``schemas/reports/doctor.json``."""
    told = [{"name": each.name, "state": each.state, "message": said(each, lang)} for each in found]
    return json.dumps({"schema_version": SCHEMA_VERSION, "organs": told}, indent=2, ensure_ascii=False)
