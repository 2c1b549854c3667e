"""Turn records into a dataset: linked by their references, so that ``person.company.name`` reads as it is said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any

from pemdocs.data import registry
from pemdocs.data.cleaning import HIDDEN, LIKE_AN_ID, private
from pemdocs.data.schema import AUDIENCES, Field, Table, Tables
from pemdocs.knowledge.rough import exact
from pemdocs.model import FieldName, Finding, Read, Record, Severity, Value, heard
from pemdocs.project.programme import Programme

DATED = {
    "measurements": "date",
    "results": "date",
    "versions": "date",
    "budget_lines": "as_of",
    "interviews": "date",
}
"""The tables whose records are not yet known before their day, and the field that says it."""

PLANNED = "planned"
"""The stage of a result that is not there yet."""

TELLING = {name: (field,) for name, field in DATED.items() if name != "measurements"} | {
    "reports": ("submitted", "followed_up")
}
"""What tells the day that a project speaks of; of a measurement, a date in the future is a finding."""

Key = tuple[str, str, int]
"""What identifies a record for certain, even where its id is missing or double: table, sheet, row."""


def key(record: Record) -> Key:
    """The identity of a record."""
    return (record.table, record.sheet, record.number)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dataset:
    """All records of a workbook, linked. ``speaks_of`` is the day its documents speak of; who asks for it is heard."""

    tables: Tables
    programme: Programme
    records: Mapping[str, tuple[Record, ...]]
    by_id: Mapping[tuple[str, str], Record]
    referring: Mapping[tuple[Key, str], tuple[Record, ...]]
    backs: Mapping[str, Mapping[str, Field]]
    speaks_of: date
    scanned: Mapping[str, frozenset[str]] = default(default_factory=dict)
    """The pieces of which there is a scan, by the id of the stay."""

    languages: tuple[str, ...] = ()
    """The languages that the project builds."""

    folder: Path | None = None
    """Where the files lie that the workbook names."""

    made_up: bool = False
    """Whether nobody is in it: then there is nobody to guard."""

    pseudonyms: Mapping[str, str] = default(default_factory=dict)
    """The codes that were drawn for people who are quoted without their names, by their ids."""

    def __repr__(self) -> str:
        return f"<Dataset of {self.programme.id}: {sum(map(len, self.records.values()))} records>"

    def table(self, name: str) -> tuple[Linked, ...]:
        """Every record of a table, linked, in the order of the sheet."""
        found = heard(Read.TABLE, None, name, self.records.get(name, ()))
        return tuple(Linked(self, record) for record in found)

    def find(self, table: str, identifier: str) -> Linked | None:
        """The record with this id, or ``None``."""
        record = heard(Read.FIND, None, f"{table}:{identifier}", self.by_id.get((table, identifier)))
        return None if record is None else Linked(self, record)

    @property
    def as_of(self) -> date:
        """The day that the documents speak of."""
        return heard(Read.DAY, None, "", self.speaks_of)

    @property
    def year(self) -> int:
        """The year of this day: it is another far less often."""
        return heard(Read.YEAR, None, "", self.speaks_of.year)

    def day_within(self, first: date, last: date) -> date | None:
        """The same day where it lies between these two, ``None`` where it does not: then it may be any other."""
        day = self.speaks_of if first <= self.speaks_of <= last else None
        return heard(Read.DAY_WITHIN, None, f"{first}/{last}", day)

    def pseudonym(self, person: str) -> str:
        """The code that was drawn for the person with this id, or nothing."""
        return heard(Read.PSEUDONYM, None, person, self.pseudonyms.get(person, ""))

    def attached(self, stay: str) -> frozenset[str]:
        """The pieces of which there is a scan in the dossier of a stay."""
        return heard(Read.ATTACHED, None, stay, self.scanned.get(stay, frozenset()))


class Linked:
    """A record whose attributes are its typed values, the records it refers to, those that refer to it, and its facts.

    ``pair.home_company`` is a record or ``None``; ``pair.objectives`` a tuple of records (those whose field
    ``partnership`` names the pair); ``pair.charter`` one record or ``None``, for a pair has one at most;
    ``person.age`` a computed fact. A translated text is a dict by language.
    """

    __slots__ = ("dataset", "record")

    def __init__(self, dataset: Dataset, record: Record) -> None:
        self.dataset = dataset
        self.record = record

    def __getattr__(self, name: str) -> Any:
        table = self.table
        if name in table.fields:
            return self.follow(table.fields[name])
        back = self.dataset.backs[table.name].get(name)
        if back is not None:
            return self._referring(back)
        if registry.known(table.record, name):
            return registry.compute(table.record, name, self)
        raise AttributeError(f"{table.record} has no {name!r}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Linked) and key(self.record) == key(other.record)

    def __hash__(self) -> int:
        return hash(key(self.record))

    def __repr__(self) -> str:
        return f"<{self.table.record} {named(self)}>"

    @property
    def table(self) -> Table:
        """The table of the record."""
        return self.dataset.tables[self.record.table]

    def follow(self, field: Field) -> Any:
        """The field's value: typed, or the record (or records) that its reference names."""
        if field.translated:
            return self.record.texts(field.name)
        value = self.record.value(field.name)
        if not field.ref:
            return value
        if isinstance(value, tuple):
            return tuple(filter(None, (self.dataset.find(field.ref, each) for each in value)))
        return None if value is None else self.dataset.find(field.ref, str(value))

    def _referring(self, back: Field) -> Any:
        name = f"{back.table}.{back.name}"
        records = heard(Read.BACK, self.record, name, self.dataset.referring.get((key(self.record), name), ()))
        found = tuple(Linked(self.dataset, record) for record in records)
        if self.dataset.tables[back.table].stands_alone(back.name):
            return found[0] if found else None
        return found


def sourced(linked: Linked, name: str = "source", languages: Iterable[str] = ()) -> dict[str, Value]:
    """Where something comes from, by language: as its own column says it, else as it is typed for all of them."""
    typed, texts = linked.record.value(name), linked.record.texts(name)
    if typed is None:
        return texts
    return {each: texts.get(each, typed) for each in dict.fromkeys((*linked.dataset.programme.languages, *languages))}


def back_references(tables: Tables, target: str) -> Mapping[str, Field]:
    """The names under which records of ``target`` know those that refer to them, with the referring field.

    Only a field named as the target's record counts (``objectives.partnership``): it says whose the record is.
    """
    found = {}
    for table in tables.values():
        field = table.fields.get(tables[target].record)
        if field is not None and field.ref == target:
            found[table.record if table.stands_alone(field.name) else table.name] = field
    return found


def link(
    records: Iterable[Record], tables: Tables, programme: Programme, as_of: date | None = None
) -> tuple[Dataset, tuple[Finding, ...]]:
    """The dataset of these records, and a finding for each broken reference and each double.

    ``as_of`` is by default the latest day of a plan version, a result, a budget line, an interview or a report: the
    day the data itself speaks of.
    """
    grouped: dict[str, list[Record]] = defaultdict(list)
    by_id: dict[tuple[str, str], Record] = {}
    for record in records:
        grouped[record.table].append(record)
        by_id.setdefault((record.table, record.id), record)
    findings = [*_doubles(grouped, tables), *_broken(grouped, by_id, tables)]
    dataset = Dataset(
        tables=tables,
        programme=programme,
        records={name: tuple(found) for name, found in grouped.items()},
        by_id=by_id,
        referring=_referring(grouped, by_id, tables),
        backs={name: back_references(tables, name) for name in tables},
        speaks_of=as_of or _data_date(grouped),
    )
    return dataset, tuple(findings)


def as_seen(dataset: Dataset) -> Dataset:
    """The dataset as it was known on its day: without what ``DATED`` tables say of later days."""

    def seen(records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(each for each in records if not _later(each, dataset.speaks_of))

    return replace(
        dataset,
        records={name: seen(found) if name in DATED else found for name, found in dataset.records.items()},
        by_id={name: each for name, each in dataset.by_id.items() if not _later(each, dataset.speaks_of)},
        referring={where: seen(found) for where, found in dataset.referring.items()},
    )


def _later(record: Record, day: date) -> bool:
    """Whether a record tells of a later day; what is planned for one is known before."""
    told = _day(record, DATED[record.table]) if record.table in DATED else None
    return told is not None and told > day


def _days(record: Record) -> Iterator[date]:
    """The days that the ``TELLING`` fields give a record."""
    yield from filter(None, (_day(record, field) for field in TELLING.get(record.table, ())))


def _day(record: Record, field: str) -> date | None:
    """The day that a field gives a record that is not only planned."""
    told = record.value(field)
    return exact(told) if isinstance(told, date) and record.value("stage") != PLANNED else None


def country_of(record: Linked) -> str:
    """The country that a local number of this record is read in: the company's own, else the programme's home."""
    company: Any = record if record.table.record == "company" else None
    if "company" in record.table.fields:
        company = record.company
    return (company.country if company is not None else None) or record.dataset.programme.home


def closure(case: Linked, audience: str = AUDIENCES[-1], reads: Iterable[str] = ()) -> frozenset[Key]:
    """The records a case is made of: itself, what belongs to it, what these paths lead to, and all these refer to.

    Tables that the audience may not see at all are left out: an error in a passport does not concern the plan.
    """
    owned = [*belonging(case, audience), *(each for path in reads for each in _along(case, path.split(".")))]
    seen: dict[Key, Linked] = {key(linked.record): linked for linked in owned}
    queue = owned
    while queue:
        for target in _targets(queue.pop(), audience):
            if key(target.record) not in seen:
                seen[key(target.record)] = target
                queue.append(target)
    return frozenset(seen)


def _along(linked: Linked, steps: Sequence[str]) -> Iterator[Linked]:
    """The records at the end of a path of references: ``person.travel_documents``."""
    if not steps:
        yield linked
        return
    found = getattr(linked, steps[0])
    for each in found if isinstance(found, tuple) else filter(None, (found,)):
        yield from _along(each, steps[1:])


def told_day(case: Linked, audience: str = AUDIENCES[-1]) -> date:
    """The latest day that ``TELLING`` tables give what belongs to a case; else to what it refers to, it alone.

    Of other cases, which share a cohort with it, it does not hang. Where there is none, the year of the data.
    """
    leading = _leading(case.dataset.backs)
    own = max(_telling(case, audience, leading), default=None)
    if own is not None:
        return own
    around = (_telling(each, audience, leading - {case.table.name}) for each in _targets(case, audience))
    return max(chain.from_iterable(around), default=None) or date(case.dataset.year, 1, 1)


def _telling(linked: Linked, audience: str, leading: Container[str]) -> Iterator[date]:
    yield from _days(linked.record)
    for name, back in linked.dataset.backs[linked.record.table].items():
        if back.table in leading and may_see(audience, linked.dataset.tables[back.table]):
            found = getattr(linked, name)
            for each in found if isinstance(found, tuple) else filter(None, (found,)):
                yield from _telling(each, audience, leading)


def _leading(backs: Mapping[str, Mapping[str, Field]]) -> set[str]:
    """The tables whose records tell of a day, or have such that belong to them."""
    found: set[str] = set()
    further = set(TELLING)
    while further:
        found |= further
        further = {name for name, own in backs.items() if any(back.table in found for back in own.values())} - found
    return found


def may_see(audience: str, table: Table) -> bool:
    """Whether a table may be followed: one that is restricted whole is there for those who may see all."""
    return audience == AUDIENCES[-1] or table.audience != AUDIENCES[-1]


def belonging(linked: Linked, audience: str = AUDIENCES[-1]) -> Iterator[Linked]:
    """A record, and what belongs to it."""
    yield linked
    for name, back in linked.dataset.backs[linked.record.table].items():
        found = getattr(linked, name) if may_see(audience, linked.dataset.tables[back.table]) else ()
        for each in found if isinstance(found, tuple) else filter(None, (found,)):
            yield from belonging(each, audience)


def _targets(linked: Linked, audience: str) -> Iterator[Linked]:
    for field in linked.table.references:
        if may_see(audience, linked.dataset.tables[field.ref]):
            found = linked.follow(field)
            yield from found if isinstance(found, tuple) else filter(None, (found,))


def _data_date(grouped: Mapping[str, list[Record]]) -> date:
    told = (day for table in TELLING for each in grouped.get(table, ()) for day in _days(each))
    return max(told, default=date.today())


def telling(dataset: Dataset) -> list[tuple[Record, str]]:
    """The fields that tell the day that the documents speak of; none where it was asked for, or is today."""
    found = (
        (record, name) for table in TELLING for record in dataset.records.get(table, ()) for name in TELLING[table]
    )
    return [(record, name) for record, name in found if _day(record, name) == dataset.speaks_of]


def _references(record: Record, table: Table) -> Iterator[tuple[Field, str]]:
    for field in table.references:
        if (value := record.value(field.name)) is not None:
            for each in value if isinstance(value, tuple) else (value,):
                yield field, str(each)


def _referring(
    grouped: Mapping[str, list[Record]], by_id: Mapping[tuple[str, str], Record], tables: Tables
) -> dict[tuple[Key, str], tuple[Record, ...]]:
    found: dict[tuple[Key, str], list[Record]] = defaultdict(list)
    for name, records in grouped.items():
        for record in records:
            for field, identifier in _references(record, tables[name]):
                target = by_id.get((field.ref, identifier))
                if target is not None:
                    found[key(target), f"{name}.{field.name}"].append(record)
    return {where: tuple(who) for where, who in found.items()}


def _broken(
    grouped: Mapping[str, list[Record]], by_id: Mapping[tuple[str, str], Record], tables: Tables
) -> Iterator[Finding]:
    for name, records in grouped.items():
        for record in records:
            for field, identifier in _references(record, tables[name]):
                if (field.ref, identifier) not in by_id:
                    target = tables[field.ref]
                    known = [each.id for each in grouped.get(field.ref, ()) if tellable(each.id, target)]
                    nearest = get_close_matches(identifier, known, 1, 0.5)
                    yield at(
                        record,
                        field,
                        "unknown-reference",
                        value=identifier if LIKE_AN_ID.fullmatch(identifier) else HIDDEN,
                        target=field.ref,
                        nearest=nearest[0] if nearest else "",
                    )


def tellable(identifier: str, table: Table) -> bool:
    """Whether an id is written as those of its table are, so that it may be told: else it may be a person's name."""
    field = table.fields.get("id")
    written = field is not None and re.search(field.spec.get("pattern", ""), identifier)
    return bool(written) and (not private(table.name) or bool(LIKE_AN_ID.fullmatch(identifier)))


def tellable_ids(dataset: Dataset, table: str) -> list[str]:
    """The ids of a table that may be told."""
    return [each.id for each in dataset.records.get(table, ()) if tellable(each.id, dataset.tables[table])]


def named(linked: Linked) -> str:
    """A record as a message may name it: by its id, or by its cell where something else than an id stands there."""
    record = linked.record
    return record.id if tellable(record.id, linked.table) else f"{record.sheet}!{record.place('id')}"


def _doubles(grouped: Mapping[str, list[Record]], tables: Tables) -> Iterator[Finding]:
    for name, records in grouped.items():
        for fields in tables[name].unique:
            yield from _doubles_of(records, [tables[name].fields[each] for each in fields])


def _doubles_of(records: Iterable[Record], fields: list[Field]) -> Iterator[Finding]:
    """Of a row that stands there twice only the id is blamed, not each number that cannot be double either."""
    groups: dict[tuple[Value, ...], list[Record]] = defaultdict(list)
    for record in records:
        values = tuple(_folded(record.value(field.name)) for field in fields)
        if None not in values:
            groups[values].append(record)
    for group in groups.values():
        same = fields[0].name != "id" and len({record.id for record in group}) == 1
        for record in group if len(group) > 1 and not same else ():
            others = ", ".join(f"{o.sheet}!{o.place(fields[-1].name)}" for o in group if o is not record)
            yield at(record, fields[-1], "not-unique", others=others)


def _folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def at(
    record: Record,
    field: Field,
    code: str,
    severity: Severity = Severity.ERROR,
    source: str = "",
    **facts: object,
) -> Finding:
    """A finding at a field of a record, the field among its facts; a fact ``language`` chooses the translated cell."""
    return Finding(
        code,
        severity,
        sheet=record.sheet,
        cell=record.place(field.name, str(facts.get("language", ""))),
        table=record.table,
        field=field.name,
        record=record.id,
        row=record.number,
        facts={"field": FieldName(record.table, field.name), **facts},
        source=source,
    )
