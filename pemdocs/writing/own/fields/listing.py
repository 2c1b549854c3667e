"""Turn a kind into everything that its Word template may ask for: each name as a tag, with what it means.

Only what the readers of the kind may see is listed, and nothing of what consents decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.data.registry import Given
from pemdocs.data.schema import Field, Table, Tables
from pemdocs.model import PemdocsError
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.words import language, speech
from pemdocs.writing.own import names, records
from pemdocs.writing.own.fields.examples import Examples
from pemdocs.writing.own.names import FACT, FIELD, RECORD, RECORDS, Attribute, Name

LOGO = "logos/logo.svg"
"""The logo that stands for one of the programme in examples."""

OF_A_RECORD = tuple(each.name for each in names.OF_A_RECORD)
VALUES = ("Number", "Words")
"""The types of their own that are printed as they are."""

LONGEST = 70
"""Signs of an example."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it is written in a tag. ``label`` is its heading in the workbook; ``also`` are its other names."""

    name: str
    tag: str
    label: str
    meaning: str
    example: str
    audience: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Names that belong together. Where they are those of each record of a list, ``loop`` opens and closes it."""

    title: str
    entries: tuple[Entry, ...]
    loop: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Teller:
    """Says names, examples and meanings in a language."""

    kind: Kind
    programme: Programme
    lang: str

    @property
    def tables(self) -> Tables:
        """Every table."""
        return schema.load()

    def example(self, field: Field) -> str:
        """An example of a value as a document shows it."""
        given = next(iter(field.examples), None)
        if field.coded and given is None:
            given = next(iter(field.enum), None)
        if isinstance(given, dict):
            given = given.get(self.lang, next(iter(given.values())))
        value = _typed(given, field)
        said = "" if value is None else language.say(value, field, self.programme, self.lang)
        return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _typed(given: Any, field: Field) -> Any:
    """An example of a schema as a record would hold it."""
    if isinstance(given, list):
        return tuple(map(str, given))
    if isinstance(given, float):
        return Decimal(str(given))
    if field.format == "date" and given:
        return date.fromisoformat(given)
    return time.fromisoformat(given) if field.format == "time" and given else given


def listed(kind: Kind, programme: Programme, lang: str) -> tuple[Group, ...]:
    """The names of a template of this kind, in groups: its record, what that leads to, functions, filters."""
    teller = Teller(kind, programme, lang)
    table = teller.tables[kind.table]
    groups = [_of_record(teller, table, "case", table.sheet[lang]), *_reached(teller, table), *_general(teller, table)]
    return tuple(group for group in groups if group.entries)


def _of_record(teller: Teller, table: Table, holder: str, title: str, loop: tuple[str, str] = ("", "")) -> Group:
    """The fields and facts of a record, under the name by which a template has it."""
    found = names.attributes(teller.tables, table, teller.kind.audience)
    entries = (_entry(teller, table, each, holder) for each in found if each.sort in (FIELD, FACT))
    return Group(title, tuple(entry for entry in entries if entry), loop)


def _entry(teller: Teller, table: Table, each: Attribute, holder: str) -> Entry | None:
    try:
        records.consented(teller.kind, table, each.name)
    except PemdocsError:
        return None
    name = f"{holder}.{each.name}"
    level = speech.word(f"audience.{each.audience}", teller.lang)
    if each.sort == FACT:
        meanings = names.meanings(teller.lang, teller.programme.templates)["facts"]
        meaning = meanings.get(f"{table.record}.{each.name}", "")
        return Entry(name, _fact_tag(name, facts.given(table.record, each.name)), "", meaning, "", level)
    field = table.fields[each.name]
    return Entry(
        name, f"{{{{ {name} }}}}", field.label[teller.lang], field.help[teller.lang], teller.example(field), level
    )


def _reached(teller: Teller, table: Table) -> Iterator[Group]:
    """What the record refers to, then the lists of what belongs to it."""
    found = names.attributes(teller.tables, table, teller.kind.audience)
    for each in sorted(found, key=lambda each: each.sort == RECORDS):
        target = teller.tables.get(each.table)
        if target is None or each.sort not in (RECORD, RECORDS):
            continue
        field = table.fields.get(each.name)
        title = field.label[teller.lang] if field else _title(teller, table, each, target)
        if each.sort == RECORD:
            yield _of_record(teller, target, f"case.{each.name}", title)
        else:
            loop = (f"{{%tr for {target.record} in case.{each.name} %}}", "{%tr endfor %}")
            yield _of_record(teller, target, target.record, title, loop)


def _title(teller: Teller, table: Table, each: Attribute, target: Table) -> str:
    """What records that are found by others are called: as their sheet; those that are computed, what they mean."""
    meanings = names.meanings(teller.lang, teller.programme.templates)["facts"]
    said = meanings.get(f"{table.record}.{each.name}", "") if facts.known(table.record, each.name) else ""
    return f"{said[:1].upper()}{said[1:]}" or target.sheet[teller.lang]


def _fact_tag(name: str, given: Given) -> str:
    """How a computed value is asked for; of rows with parts of their own, one of these."""
    if not given.parts or given.sort in VALUES:
        return f"{{{{ {name} }}}}"
    first = next(part for part in given.parts if part not in OF_A_RECORD)
    if given.several:
        return f"{{% for each in {name} %}}{{{{ each.{first} }}}} {{% endfor %}}"
    return f"{{{{ {name}.{first} }}}}"


def _general(teller: Teller, table: Table) -> Iterator[Group]:
    """What every template has, as far as it is about such records."""
    sorts = (
        ("variables", names.VARIABLES),
        ("functions", names.FUNCTIONS),
        ("filters", names.FILTERS),
        ("value", names.OF_A_VALUE),
        ("record", names.OF_A_RECORD),
    )
    for sort, known in sorts:
        meanings = names.meanings(teller.lang, teller.programme.templates)[sort]
        examples = Examples(table, teller.kind.audience)
        there = [each for each in known if not each.tables or table.name in each.tables]
        written = ((each, examples.of(sort, each).replace(LOGO, _logo(teller.programme))) for each in there)
        entries = tuple(
            _general_entry(each, example, meanings[each.name], table) for each, example in written if example
        )
        yield Group(speech.word(f"fields-{sort}", teller.lang), entries)


def _logo(programme: Programme) -> str:
    """A logo that there is."""
    return next((each["logo"] for each in programme.profile.get("partners", ()) if "logo" in each), LOGO)


def _general_entry(each: Name, example: str, meaning: str, table: Table) -> Entry:
    also = (table.record,) if each.name == "case" else each.also
    return Entry(each.name, example, "", meaning, "", "", also)
