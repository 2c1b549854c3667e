"""Write the example of a function or a filter with the fields that records of a table have, so that it can be pasted.

Where a table has nothing that it could be used for, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pemdocs.data import schema
from pemdocs.data.schema import Field, Table
from pemdocs.writing.own import names
from pemdocs.writing.own.names import RECORD, RECORDS, Attribute, Name

STAND_IN = re.compile(r"\b(meeting|activity|objective|result|company|person)\b(?=[.)])")
"""The records that examples speak of beside the case."""

TEXTS = (
    "paragraphs",
    "lines",
    "one_line",
    "bullets",
    "markdown",
    "language_1",
    "language_2",
    "as_written",
    "short",
    "upper",
    "capitalize",
)
DATES = ("date", "short_date", "form_date", "weekday")
SPANS = ("period", "brief_span", "brief_period")
"""The functions that want a beginning and an end."""

SPOTS = ("anchor", "link")
OF_PEOPLE = ("agree", "signature_block")


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples for templates about a table, as far as readers of a class may see its fields."""

    table: Table
    audience: str

    @property
    def _attributes(self) -> tuple[Attribute, ...]:
        return names.attributes(schema.load(), self.table, self.audience)

    def _fields(self, table: Table | None = None) -> list[Field]:
        about = table or self.table
        found = names.attributes(schema.load(), about, self.audience)
        return [about.fields[each.name] for each in found if each.sort == names.FIELD]

    def _first(self, fits: Callable[[Field], bool]) -> str:
        return next((each.name for each in self._fields() if fits(each)), "")

    def of(self, sort: str, each: Name) -> str:
        """The example of a name of this sort; empty where the table has no use for it."""
        if "case" in each.example and not self._fields():
            return ""
        if sort == "filters":
            return self._of_filter(each)
        if sort in ("value", "record"):
            return self._of_record(sort, each)
        if each.name in OF_PEOPLE:
            return self._of_people(each)
        if each.name in SPANS and not {"start", "end"} <= self.table.fields.keys():
            return ""
        if each.name in SPOTS and not self.table.has_id:
            return ""
        if each.name == "choice":
            coded = self._first(lambda field: bool(field.enum))
            return each.example.replace('"id"', f'"{coded}"') if coded else ""
        if each.name == "beside":
            text = self._first(lambda field: field.translated)
            return each.example.replace("case.aim", f"case.{text}") if text else ""
        return self._about(each.example)

    def _about(self, example: str) -> str:
        """An example about another record: of what the case is, refers to, or has."""
        example = self._named(example)
        stand = STAND_IN.search(example)
        if stand is None:
            return example
        record = stand[1]
        if record == self.table.record:
            return STAND_IN.sub("case", example)
        for each in self._attributes:
            if each.sort == RECORD and each.name == record:
                return STAND_IN.sub(f"case.{record}", example)
            if each.sort == RECORDS and schema.load()[each.table].record == record:
                return f"{{% for {record} in case.{each.name} %}}{example} {{% endfor %}}"
        return ""

    def _named(self, example: str) -> str:
        """An example with the first field of the table, where it has no id."""
        if self.table.has_id:
            return example
        first = self._first(lambda _each: True)
        return example.replace("case.id", f"case.{first}").replace('case, "id"', f'case, "{first}"')

    def _of_people(self, each: Name) -> str:
        """An example about the person that the case is or refers to."""
        found = (one.name for one in self._attributes if one.sort == RECORD and one.table == "people")
        person = "case" if self.table.name == "people" else next((f"case.{name}" for name in found), "")
        if person:
            return each.example.replace("case", person, 1)
        return "{{ signature_block() }}" if each.name == "signature_block" else ""

    def _of_record(self, sort: str, each: Name) -> str:
        plain = self._first(lambda _each: True)
        coded = next((field for field in self._fields() if field.enum), None)
        if each.name == "raw":
            if coded is None:
                return ""
            asked = f"case.{coded.name}.raw" if sort == "value" else f'case.raw("{coded.name}")'
            return f'{{% if {asked} == "{coded.enum[0]}" %}}…{{% endif %}}'
        if sort == "record":
            return f'{{{{ case.{each.name}("{plain}") }}}}'
        if each.name == "state":
            return f'{{% if case.{plain}.state == "pending" %}}…{{% endif %}}'
        return f"{{{{ case.{plain}.{each.name} }}}}"

    def _of_filter(self, each: Name) -> str:
        name = each.name
        if name in TEXTS:
            text = self._first(lambda field: field.translated or field.multiline) or self._first(_is_text)
            return f"{{{{ case.{text} | {name} }}}}" if text else ""
        if name in DATES:
            day = self._first(lambda field: field.format == "date")
            return f"{{{{ {f'case.{day}' if day else 'as_of'} | {name} }}}}"
        if name == "time":
            moment = self._first(lambda field: field.format == "time")
            return f"{{{{ case.{moment} | time }}}}" if moment else ""
        if name == "or_else":
            return f'{{{{ case.{self._first(lambda _each: True)} | or_else("—") }}}}'
        if name in ("by", "where", "table", "listed", "through"):
            return next(self._of_lists(name), "")
        return each.example

    def _of_lists(self, name: str) -> Iterator[str]:
        """The examples of a filter of lists: for each list that the records have."""
        for each in self._attributes:
            if each.sort != RECORDS:
                continue
            target = schema.load()[each.table]
            fields, record = self._fields(target), target.record
            coded = next((field for field in fields if field.enum), None)
            loop = f"for {record} in case.{each.name}"
            if name == "table" and len(fields) > 1:
                yield f'{{{{ case.{each.name} | table("{fields[0].name}", "{fields[1].name}") }}}}'
            elif name == "by" and fields:
                first = fields[0].name
                yield f'{{% {loop} | by("{first}") %}}{{{{ {record}.{first} }}}} {{% endfor %}}'
            elif name == "where" and coded is not None:
                chosen = f'where("{coded.name}", "{coded.enum[0]}")'
                yield f"{{% {loop} | {chosen} %}}{{{{ {record}.{coded.name} }}}} {{% endfor %}}"
            elif name == "listed" and fields:
                yield f'{{{{ case.{each.name} | map(attribute="{fields[0].name}") | list | listed }}}}'


def _is_text(field: Field) -> bool:
    return field.type == "string" and not field.format and not field.coded
