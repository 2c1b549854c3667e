"""Turn a dossier into the cells of the workbook that hold what is restricted about its traveller."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pemdocs.data.dataset import Dataset, Linked, key
from pemdocs.data.schema import AUDIENCES
from pemdocs.facts.outcomes import REFUSED, RETURNED, WITHDRAWN, followed, real_exit
from pemdocs.facts.stays import months_later
from pemdocs.model import Record

RESTRICTED = AUDIENCES[-1]
MONTHS = 3
"""Months that a dossier is kept after its end, where the programme's profile does not say."""

STAY = "stay"
"""The field that names a dossier."""

OWN = ("travel_documents", "travel_history")
"""What belongs to the traveller and to no single dossier; it goes with the last of them."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The rows that go whole, and the single cells of rows of which the rest stays."""

    rows: tuple[Record, ...]
    cells: tuple[tuple[Record, str], ...]


def belonging(stays: Collection[Linked], dataset: Dataset) -> Belonging:
    """What is restricted about the travellers of these dossiers; what another dossier of theirs needs stays."""
    gone = {key(each.record) for each in stays}
    rows = {key(each): each for stay in stays for each in _rows(stay, gone)}
    people = {key(each.person.record): each.person for each in map(_any, stays) if each.person is not None}
    leaving = [each for each in people.values() if all(key(stay.record) in gone for stay in each.stays)]
    for person in leaving:
        rows |= {key(each.record): each.record for name in OWN for each in getattr(person, name)}
    cells = [(person.record, name) for person in leaving for name in person.record.cells if _restricted(person, name)]
    cells += [(each, STAY) for stay in stays for each in _shared(stay) if STAY in each.cells]
    return Belonging(tuple(rows.values()), tuple(cells))


def _any(linked: Linked) -> Any:
    return linked


def _rows(stay: Any, gone: Collection[Any]) -> Iterator[Record]:
    yield stay.record
    shared = {key(each) for each in _shared(stay)}
    yield from (each.record for each in _referring(stay) if key(each.record) not in shared)
    invitation = stay.invitation
    if invitation is not None and all(key(each.record) in gone for each in invitation.stays):
        yield invitation.record


def _referring(stay: Any) -> Iterator[Any]:
    for name in stay.dataset.backs["stays"]:
        found = getattr(stay, name)
        yield from found if isinstance(found, tuple) else filter(None, (found,))


def _shared(stay: Any) -> Iterator[Record]:
    """What is of the stay and of its pair as well, such as a meeting: it stays with the pair."""
    for each in _referring(stay):
        if "partnership" in each.table.fields and each.partnership is not None:
            yield each.record


def _restricted(person: Linked, name: str) -> bool:
    field = person.table.fields.get(name.partition("::")[0])
    return field is not None and field.audience == RESTRICTED


def over_since(stay: Any) -> date | None:
    """The day on which a dossier ended: return, last day of an appeal, withdrawal; ``None`` while it goes on."""
    if stay.progress == RETURNED:
        left: date | None = real_exit(stay)
        return left
    if stay.progress == REFUSED:
        refused: date | None = stay.appeal_until or followed(stay, "decided")
        return refused
    if stay.progress == WITHDRAWN:
        withdrawn: date | None = followed(stay, "decided") or stay.lodged_on or stay.entry
        return withdrawn
    return None


def period(dataset: Dataset) -> int:
    """The months that a dossier is kept after its end, as the programme's profile says."""
    return int(dataset.programme.profile.get("retention", {}).get("visa_months", MONTHS))


def due(dataset: Dataset, on: date) -> tuple[Linked, ...]:
    """The dossiers whose time is over on a day."""
    ended = ((stay, over_since(stay)) for stay in dataset.table("stays"))
    return tuple(stay for stay, day in ended if day is not None and months_later(day, period(dataset)) <= on)
