"""Turn what papers say of the rows of their kind into answers: for a record that is there, or for a new row.

A company that refuses all where its consent stands has withdrawn it that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pemdocs.building.answering import (
    CHANGED,
    ELSE,
    GONE,
    INCOMPLETE,
    NEW,
    NO_COLUMN,
    NO_SHEET,
    OTHER,
    Answer,
    Meant,
    alike,
    answered,
    held,
    meant,
)  # fmt: skip
from pemdocs.building.newrows import NewRows
from pemdocs.consent.consents import NOTHING
from pemdocs.data.dataset import Dataset, Linked
from pemdocs.model import FieldName, Record, Value
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind, PaperRow
from pemdocs.project.settings import Project
from pemdocs.writing.reviewed.filled import Filled

Controls = Mapping[str, Sequence[Filled]]
"""The controls of a row in one file, by field."""


@dataclass(frozen=True, slots=True, repr=False)
class _Place:
    """A row of a kind for a case: which kind, which row of it, which case."""

    kind: Kind
    row: PaperRow
    case: Linked

    def at(self, path: str) -> Linked | None:
        found = kinds.reached(self.case, path)
        return found if isinstance(found, Linked) else None

    @property
    def given(self) -> dict[str, Value]:
        """What a new row says of itself."""
        found = ((name, self.at(path)) for name, path in self.row.given.items())
        return {name: each.record.id for name, each in found if each is not None}


class PaperRows:
    """The rows of kinds that papers fill in."""

    def __init__(self, project: Project, dataset: Dataset, new: NewRows, allowed: frozenset[str]) -> None:
        self.project, self.dataset, self.new, self.allowed = project, dataset, new, allowed
        templates = project.programme.templates
        members = [each for name in project.programme.kinds for each in kinds.members(name, templates)]
        self._kinds = [kinds.load(each, templates) for each in dict.fromkeys(members)]

    def answers(self, table: str, name: str, files: Sequence[tuple[str, Controls]]) -> Iterator[Answer]:
        """The answers of files for one row (``P-06+home``) of a table."""
        place = self._place(table, name)
        if place is None:
            said = [file for file, fields in files if any(each.said for found in fields.values() for each in found)]
            yield from (Answer(file, "", FieldName("", ""), "", "", "", GONE) for file in said)
        elif place.row.given:
            found = [each for file, fields in files for each in (self._row(file, place, name, fields),) if each]
            whole = [each for each in found if each[0].state != INCOMPLETE]
            for each in whole or found[:1]:
                yield from each
        else:
            yield from self._together(place, files)

    def _place(self, table: str, name: str) -> _Place | None:
        case, _, row = name.partition("+")
        for kind in self._kinds:
            if row in kind.rows and kind.rows[row].table == table and table in self.dataset.tables:
                found = self.dataset.find(kind.table, case)
                return None if found is None else _Place(kind, kind.rows[row], found)
        return None

    def _together(self, place: _Place, files: Sequence[tuple[str, Controls]]) -> Iterator[Answer]:
        """What all files say together of a record on which the parties agree."""
        there = place.at(place.row.there)
        by_field: dict[str, list[tuple[str, Filled]]] = defaultdict(list)
        for file, fields in files:
            for field, controls in fields.items():
                by_field[field] += [(file, each) for each in controls]
        for field, told in by_field.items():
            said = self._meant(place.row.table, field, [each for _, each in told])
            if said is None:
                continue
            file = next(file for file, each in told if each.said)
            if there is None or not self._known(place.row.table, field):
                yield Answer(file, "", FieldName("", ""), "", "", "", GONE)
            else:
                made = answered(file, there.record, there.table.fields[field], said, self.project)
                yield replace(made, id=place.case.record.id)

    def _known(self, table: str, field: str) -> bool:
        return f"{table}.{field}" in self.allowed and field in self.dataset.tables[table].fields

    def _meant(self, table: str, field: str, controls: Sequence[Filled]) -> Meant | None:
        known = self.dataset.tables[table].fields.get(field)
        return meant(known, controls, self.dataset) if known is not None else None

    def _row(self, file: str, place: _Place, name: str, fields: Controls) -> list[Answer]:
        table, given = place.row.table, place.given
        told = ((field, self._meant(table, field, each)) for field, each in fields.items())
        said = {field: each for field, each in told if each is not None and self._known(table, field)}
        if not any(field not in given for field in said):
            return []
        said = {field: each for field, each in said.items() if each.state != NEW or each.value != given.get(field)}
        there = place.at(place.row.there)
        refused = _refuses(said)
        if refused:
            said = {field: each for field, each in said.items() if field in (*given, *place.row.needs)}
        record = self._same(table, given, said) or (there.record if there is not None else None)
        if record is not None and refused == _refused(record):
            return [self._answer(file, record, field, each) for field, each in said.items()]
        if refused and (withdrawn := record or self._before(table, given, said)):
            return self._withdrawn(file, withdrawn, place, fields)
        return self._new(file, place, name, {**{each: Meant(value) for each, value in given.items()}, **said})

    def _answer(self, file: str, record: Record, field: str, said: Meant) -> Answer:
        made = answered(file, record, self.dataset.tables[record.table].fields[field], said, self.project)
        return replace(made, state=CHANGED) if made.state == OTHER else made

    def _same(self, table: str, given: Mapping[str, Value], said: Mapping[str, Meant]) -> Record | None:
        """The row that says all of this already, be it over or withdrawn by now: a paper is not entered twice."""
        wanted = {**given, **{field: each.value for field, each in said.items()}}
        for each in self.dataset.records.get(table, ()):
            if all(alike(each.value(field), value) for field, value in wanted.items()):
                return each
        return None

    def _before(self, table: str, given: Mapping[str, Value], said: Mapping[str, Meant]) -> Record | None:
        """The row that was withdrawn on the day of this refusal."""
        days = [each.value for each in said.values() if isinstance(each.value, date)]
        for each in self.dataset.records.get(table, ()):
            known = all(each.value(field) in (None, value) for field, value in given.items())
            if known and each.value("withdrawn") in days:
                return each
        return None

    def _withdrawn(self, file: str, record: Record, place: _Place, fields: Controls) -> list[Answer]:
        """A refusal where a consent stands: the day of signing is the one on which it was withdrawn."""
        days = [each for found in fields.values() for each in found if each.more == ELSE]
        said = self._meant(place.row.table, days[0].field, days) if days else None
        if said is None:
            return [self._lacking(file, record.sheet, place, days[0].field if days else place.row.needs[-1])]
        return [self._answer(file, record, "withdrawn", said)]

    def _lacking(self, file: str, sheet: str, place: _Place, field: str) -> Answer:
        whom = str(next(iter(place.given.values()), place.case.record.id))
        return Answer(file, whom, FieldName(place.row.table, field), sheet, "", "", INCOMPLETE)

    def _new(self, file: str, place: _Place, name: str, said: Mapping[str, Meant]) -> list[Answer]:
        table = self.dataset.tables[place.row.table]
        sheet = table.sheet.get(self.project.lang, table.name)
        lacking = next((each for each in place.row.needs if each not in said or said[each].state != NEW), "")
        if lacking and lacking not in said:
            return [self._lacking(file, sheet, place, lacking)]
        row = self.new.of(table.name, name)
        if row is None:
            whom = str(next(iter(place.given.values()), place.case.record.id))
            return [Answer(file, whom, FieldName(table.name, place.row.needs[0]), sheet, "", "", NO_SHEET)]
        made = []
        for field, each in {"id": Meant(row.id), **said}.items():
            cell, state = row.cell(field), each.state
            text = held(table.fields[field], each.value, self.project) if state == NEW else ""
            state = state if cell or state != NEW else NO_COLUMN
            made.append(Answer(file, row.id, FieldName(table.name, field), row.sheet, cell, text, state))
        whole = not lacking and all(row.cell(each) for each in ("id", *place.row.needs))
        if not whole:
            self.new.drop(table.name, name)
        return made if whole else [each for each in made if each.state != NEW]


def _refuses(said: Mapping[str, Meant]) -> bool:
    return any(each.value == (NOTHING,) for each in said.values())


def _refused(record: Record) -> bool:
    return any(isinstance(each.value, tuple) and NOTHING in each.value for each in record.cells.values())
