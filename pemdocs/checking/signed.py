"""Turn the versions that were made to be signed into findings: what they say that the data no longer says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pemdocs.data.cleaning import quotable, short
from pemdocs.data.dataset import Dataset, at
from pemdocs.facts import signatures
from pemdocs.model import Finding, Severity, Value
from pemdocs.page import kept
from pemdocs.page.kept import Changed
from pemdocs.project import kinds, signed
from pemdocs.project.signed import Frozen
from pemdocs.resources import Templates

SIGNED = "What is signed does not change with the data: an amendment says what has"
AMENDED = {signatures.AMENDMENT: signatures.CHARTER}
"""The document that an amendment belongs to: what it says holds for both."""


def against_signed(dataset: Dataset, folder: Path | None) -> Iterator[Finding]:
    """A warning for each field of which the latest version to be signed says something else."""
    for frozen in latest(signed.versions(folder)):
        for each in kept.changes(frozen, dataset, by_hand(frozen, dataset.programme.templates)):
            yield _told(each, frozen)


def latest(versions: tuple[Frozen, ...]) -> tuple[Frozen, ...]:
    """The last version of each document in its languages, be it an amendment to it."""
    found = {(AMENDED.get(each.kind, each.kind), each.case, each.languages): each for each in _in_order(versions)}
    return tuple(found.values())


def _in_order(versions: tuple[Frozen, ...]) -> list[Frozen]:
    return sorted(versions, key=lambda each: each.version)


def by_hand(frozen: Frozen, templates: Templates) -> tuple[str, ...]:
    """The fields that are filled in on the paper."""
    kind = AMENDED.get(frozen.kind, frozen.kind)
    return kinds.load(kind, templates).by_hand if kind in kinds.available(templates) else ()


def _told(each: Changed, frozen: Frozen) -> Finding:
    facts = {"document": frozen.kind, "case": frozen.case, "version": frozen.version}
    if each.language:
        facts["language"] = each.language
    if quotable(each.field):
        facts |= {"was": _short(each.was), "now": _short(each.now)}
    return at(each.record, each.field, "signed-otherwise", Severity.WARNING, SIGNED, **facts)


def _short(value: Value) -> object:
    """A value as a message may say it: cut where it is long, and a no that is told and not passed over."""
    if isinstance(value, tuple):
        return short(", ".join(value))
    return short(value) if isinstance(value, str) else str(value) if isinstance(value, bool) else value
