"""Turn the standing of documents into the page of the documents: case by case, what each is and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pemdocs.building.outcome import CURRENT, EDITED, NEVER, Reason
from pemdocs.building.status import STATES, Standing, Status
from pemdocs.building.telling import left_out, of_reasons
from pemdocs.data.schema import AUDIENCES
from pemdocs.facts import signatures
from pemdocs.project import kinds
from pemdocs.signing.states import State
from pemdocs.web.tallying import Case
from pemdocs.words import speech
from pemdocs.writing.make import SCREENS

WAITING, BLOCKED = "waiting", "blocked"
"""A document that is not due yet; one that is, and cannot be made before something is mended."""

ORDER = (CURRENT, WAITING, *STATES[1:], BLOCKED)
"""From what needs nothing to what needs somebody first."""


class File(NamedTuple):
    """A file that is there and may be taken away."""

    path: str
    name: str
    format: str


class Paper(NamedTuple):
    """A document about a case in its languages: how it stands, why, what can be done with it."""

    kind: str
    title: str
    version: str
    state: str
    reasons: tuple[str, ...]
    files: tuple[File, ...]
    restricted: bool
    seen: bool
    """Whether it can be looked at before it is made."""

    signing: str
    """How far its signatures are, as the least far of them; empty where nobody signs it."""


class Sheaf(NamedTuple):
    """What is made together of a case: a document in its versions, or a dossier with its papers."""

    kind: str
    title: str
    state: str
    papers: tuple[Paper, ...]
    tick: str
    """What stands for it where it is ticked; empty where there is nothing to make."""

    further: tuple[str, ...] = ()
    """The formats in which it can be made too, and has not been yet."""


class Shelf(NamedTuple):
    """The documents of a case."""

    id: str
    label: str
    sheaves: tuple[Sheaf, ...]
    state: str
    due: int


def shelves(found: Status, cases: Iterable[Case], lang: str) -> tuple[Shelf, ...]:
    """Every case with its documents, in the order of the workbook."""
    by_case: dict[str, list[Standing]] = {}
    for each in found.documents:
        by_case.setdefault(each.case, []).append(each)
    labels = {case.id: case.label for case in cases}
    names = dict.fromkeys([*(case.id for case in cases), *by_case])
    return tuple(_shelf(name, labels.get(name, ""), by_case[name], found, lang) for name in names if name in by_case)


def _shelf(case: str, label: str, some: list[Standing], found: Status, lang: str) -> Shelf:
    grouped: dict[str, list[Standing]] = {}
    for each in some:
        grouped.setdefault(_place(each, found), []).append(each)
    sheaves = tuple(_sheaf(case, place, own, found, lang) for place, own in grouped.items())
    state = max((each.state for each in sheaves), key=ORDER.index)
    return Shelf(case, label, sheaves, state, sum(bool(each.tick) and each.state != CURRENT for each in sheaves))


def _place(each: Standing, found: Status) -> str:
    """The pack that a document belongs to, else its kind."""
    place = each.path.partition("/")[0] or each.kind
    return place if kinds.packs(place, found.programme.templates) else each.kind


def _sheaf(case: str, place: str, some: list[Standing], found: Status, lang: str) -> Sheaf:
    papers = tuple(_papers(case, some, found, lang))
    title = kinds.title(place, lang, found.programme.templates)
    state = max((each.state for each in papers), key=ORDER.index)
    makeable = any(each.path for each in some)
    further = _further(place, some, found) if makeable else ()
    return Sheaf(place, title, state, papers, f"{place}|{case}" if makeable else "", further)


def _further(place: str, some: list[Standing], found: Status) -> tuple[str, ...]:
    """The formats of a kind that are for screens, but for those that are there."""
    templates, there = found.programme.templates, {each.format for each in some}
    formats = kinds.load(place, templates).formats if place in kinds.available(templates) else ()
    return tuple(each for each in formats if each in SCREENS and each not in there)


def _papers(case: str, some: list[Standing], found: Status, lang: str) -> Iterator[Paper]:
    alike: dict[tuple[str, tuple[str, ...]], list[Standing]] = {}
    for each in some:
        alike.setdefault((each.kind, each.languages), []).append(each)
    templates = found.programme.templates
    for (kind, languages), own in alike.items():
        known = kind in kinds.available(templates)
        restricted = not known or kinds.load(kind, templates).audience == AUDIENCES[-1]
        bare = known and not kinds.load(kind, templates).role and any(each.skipped is None for each in own)
        yield Paper(
            kind=kind,
            title=kinds.title(kind, lang, templates),
            version="+".join(languages),
            state=max(map(_state, own), key=ORDER.index),
            reasons=tuple(dict.fromkeys(line for each in own for line in _why(each, found, lang))),
            files=tuple(_file(each) for each in own if each.path and (found.out / each.path).is_file()),
            restricted=restricted,
            seen=bare,
            signing=_signing(case, kind, found.signatures),
        )


def _state(each: Standing) -> str:
    if each.skipped is None:
        return each.state
    return BLOCKED if each.skipped.wrong else WAITING


def _why(each: Standing, found: Status, lang: str) -> Iterator[str]:
    if each.reasons != (Reason(NEVER),):  # its state says so already
        yield from of_reasons(each.reasons, lang)
    if each.skipped:
        yield left_out(each.skipped, lang, found.programme.templates)
    if each.fault:
        yield speech.fault(each.fault, lang)
    if each.state == EDITED:
        yield speech.word("edited", lang, path=each.path)


def _file(each: Standing) -> File:
    return File(each.path, Path(each.path).name, each.format)


def _signing(case: str, kind: str, states: Iterable[State]) -> str:
    own = [each.state for each in states if each.case == case and each.document == kind]
    order = signatures.STATES
    return min((each for each in own if each in order), key=order.index, default="")
