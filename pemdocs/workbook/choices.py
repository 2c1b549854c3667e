"""Turn what a field allows into Excel's drop-downs and checks. Only this module writes the hidden sheet of choices.

Only a choice from a list stops the hand; whatever else the import may understand (a date in words, an id that
comes later, ``x`` for yes) is asked about and let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pemdocs.data.cleaning import BESIDE
from pemdocs.data.schema import Field
from pemdocs.project.programme import Programme
from pemdocs.workbook.columns import FIRST_ROW, LISTS, TEXT, Column, Layout, letter
from pemdocs.workbook.values import Labels, labels
from pemdocs.workbook.words import WorkbookWords

FIRST_DATE, LAST_DATE = 1, (date(2100, 12, 31) - date(1899, 12, 30)).days
"""As Excel counts days: from the first of January 1900 to the end of 2100."""

NAMING = (("given_names", "family_name"), ("name",), ("title",))
"""The fields that name a record, the first that a table has."""

FIRST_NUMBER = re.compile("[0-9]+$|(?<=-)[A-Z]$")
"""What is counted at the end of an id."""

UNBOUNDED = 999_999_999_999_999
LONGEST_TITLE, LONGEST_NOTE = 32, 255
"""Excel's limits on the note beside a cell, in UTF-16 units."""

Operator = Literal["between", "greaterThan", "greaterThanOrEqual", "lessThanOrEqual"]


@dataclass(frozen=True, slots=True)
class Check:
    """What Excel tests: its type of check, its operator, its one or two formulas, and the message in ``[entry]``."""

    kind: Literal["list", "date", "time", "whole", "decimal"]
    first: str
    second: str | None = None
    operator: Operator | None = None
    message: str = "choice"


@dataclass(frozen=True, slots=True)
class Choices:
    """The lists of choices by name, their ranges, and the defined names that hold the ids of each table.

    ``next`` are the columns of the hidden sheet that hold the next id of each table.
    """

    lists: Mapping[str, Labels]
    ranges: Mapping[str, str]
    named: Mapping[str, int]
    ids: Mapping[str, str]
    next: Mapping[str, int]
    sheets: Mapping[str, str]

    def labels(self, field: Field) -> Labels:
        """The codes of a field with their labels; empty where anything is allowed."""
        return self.lists[list_of(field)] if field.coded else {}


def list_of(field: Field) -> str:
    """The name of the field's list of choices: one per code list, one per field with codes of its own."""
    return field.codelist or f"{field.table}.{field.name}"


def collect(layouts: Mapping[str, Layout], programme: Programme, language: str) -> Choices:
    """Every list of choices, in the order in which the fields ask for them."""
    fields = [field for layout in layouts.values() for field in layout.table.fields.values() if field.coded]
    lists = {list_of(field): labels(field, programme, language) for field in fields}
    named, counted = tuple(_named(layouts)), tuple(name for name, each in layouts.items() if each.table.has_id)
    return Choices(
        lists=lists,
        ranges={name: _range(number, len(lists[name])) for number, name in enumerate(lists, 1)},
        named={name: number for number, name in enumerate(named, len(lists) + 1)},
        ids={name: f"ids_{name}" for name in counted},
        next={name: number for number, name in enumerate(counted, len(lists) + len(named) + 1)},
        sheets={name: layout.sheet for name, layout in layouts.items()},
    )


def write(workbook: Workbook, choices: Choices, layouts: Mapping[str, Layout]) -> None:
    """Write the hidden sheet, a column per list, and define the names of the ids."""
    sheet = workbook.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for number, (name, known) in enumerate(choices.lists.items(), 1):
        for row, text in enumerate((name, *known.values()), 1):
            cell = sheet.cell(row, number, text)
            # A label that starts with = or reads #N/A stays the text it is.
            cell.data_type, cell.number_format = "s", TEXT
    for table, number in choices.named.items():
        _names(sheet, number, layouts[table])
    for table, number in choices.next.items():
        sheet.cell(1, number, f"{table}.next")
        sheet.cell(2, number, f"={_next(layouts[table])}")
    for table, name in choices.ids.items():
        there = _filled(layouts[table], choices.named.get(table, 0))
        workbook.defined_names[name] = DefinedName(name, attr_text=there)


def validation(column: Column, cells: str, choices: Choices, words: WorkbookWords, language: str) -> DataValidation:
    """The note beside the cells of a column and, where the field allows it, their check."""
    field = column.field
    check = _check(field, choices, words)
    found = DataValidation(
        sqref=cells,
        allow_blank=True,
        showInputMessage=True,
        promptTitle=clip(column.heading, LONGEST_TITLE),
        prompt=clip(field.help[language], LONGEST_NOTE),
    )
    if check:
        found.type, found.operator = check.kind, check.operator
        found.formula1, found.formula2 = check.first, check.second
        found.errorStyle = "stop" if field.coded else "warning"
        # A cell with several choices holds what no list does: the arrow helps, a check would only refuse.
        # Nor does it hold an id alone where the list shows the name beside it.
        # Nor does it hold another id than the next one, which is only offered.
        found.showErrorMessage = field.type != "array" and field.ref not in choices.named and field.name != "id"
        found.errorTitle = clip(words.entry["title"], LONGEST_TITLE)
        sheet = choices.sheets.get(field.ref, "")
        found.error = clip(words.entry[check.message].format(sheet=sheet), LONGEST_NOTE)
    return found


def clip(text: str, limit: int) -> str:
    """The text, cut to Excel's limit with an ellipsis where it is longer."""
    if len(text.encode("utf-16-le")) <= 2 * limit:
        return text
    return text.encode("utf-16-le")[: 2 * limit - 2].decode("utf-16-le", "ignore").rstrip() + "…"


def _range(number: int, count: int) -> str:
    return f"{LISTS}!${letter(number)}$2:${letter(number)}${count + 1}"


def _filled(layout: Layout, named: int) -> str:
    """The ids that are there, with their names where ``named`` is the column of the hidden sheet that holds those.

    A plain range with hundreds of empty cells would open at the first empty one.
    """
    column, sheet = layout.letter("id"), quote_sheetname(layout.sheet)
    first = f"{sheet}!${column}${FIRST_ROW}"
    cells = f"{first}:${column}${layout.last}"
    count = f"MAX(1,COUNTA({cells}))"
    if not named:
        return f"{first}:INDEX({cells},{count})"
    first = f"{LISTS}!${letter(named)}$2"
    return f"{first}:INDEX({first}:${letter(named)}${layout.last - FIRST_ROW + 2},{count})"


def _named(layouts: Mapping[str, Layout]) -> Iterator[str]:
    """The tables that others refer to and whose records have a name that says more than their id."""
    referred = {field.ref for layout in layouts.values() for field in layout.table.fields.values()}
    for name, layout in layouts.items():
        if name in referred and layout.table.has_id and _naming(layout):
            yield name


def _naming(layout: Layout) -> tuple[str, ...]:
    """The letters of the columns that name a record: a person has two."""
    keys = {column.field.name: layout.letter(column.field.name) for column in layout.columns}
    return next((tuple(keys[key] for key in names) for names in NAMING if set(names) <= keys.keys()), ())


def _names(sheet: Worksheet, number: int, layout: Layout) -> None:
    """A column of the hidden sheet: each id with its name, as long as both are there."""
    there, own = quote_sheetname(layout.sheet), layout.letter("id")
    naming = _naming(layout)
    sheet.cell(1, number, f"{layout.table.name}.names")
    for row in range(FIRST_ROW, layout.last + 1):
        parts = '&" "&'.join(f"{there}!{column}{row}" for column in naming)
        name = f"TRIM({parts})" if "&" in parts else parts
        text = f'{there}!{own}{row}&IF({name}="",""," {BESIDE} "&{name})'
        sheet.cell(row - FIRST_ROW + 2, number, f'=IF({there}!{own}{row}="","",{text})')


def _next(layout: Layout) -> str:
    """The id behind the last one, by its number or its letter: ``SN-015``, ``SN-014-B``; the first one where there is
    none yet; nothing where it is taken already."""
    column, sheet = layout.letter("id"), quote_sheetname(layout.sheet)
    there = f"{sheet}!${column}${FIRST_ROW}:${column}${layout.last}"
    last = f'LOOKUP(2,1/({there}<>""),{there})'
    counted = f'SUMPRODUCT(--ISNUMBER(--RIGHT(SUBSTITUTE({last},"-","x"),{{1,2,3,4,5,6}})))'
    digits = f"MIN(LEN({last}),{counted})"
    number = f'LEFT({last},LEN({last})-{digits})&TEXT(RIGHT({last},{digits})+1,REPT("0",{digits}))'
    lettered = f"LEFT({last},LEN({last})-1)&CHAR(CODE(RIGHT({last},1))+1)"
    following = f"IF({digits}=0,{lettered},{number})"
    first = FIRST_NUMBER.sub(_one, str(layout.table.fields["id"].examples[0]))
    return f'IF(COUNTA({there})=0,"{first}",IFERROR(IF(COUNTIF({there},{following})=0,{following},""),""))'


def _one(found: re.Match[str]) -> str:
    return "A" if found[0].isalpha() else f"{1:0{len(found[0])}}"


def _check(field: Field, choices: Choices, words: WorkbookWords) -> Check | None:
    if field.name == "id" and field.table in choices.next:
        return Check("list", f"{LISTS}!${letter(choices.next[field.table])}$2")
    if field.coded:
        return Check("list", choices.ranges[list_of(field)])
    if field.ref in choices.ids:
        return Check("list", choices.ids[field.ref], message="reference")
    if field.type == "boolean":
        return Check("list", f'"{words.answers["yes"]},{words.answers["no"]}"', message="answer")
    if field.rough:
        return None
    if field.format == "date" and not field.unknown_parts:
        return Check("date", str(FIRST_DATE), str(LAST_DATE), "between", "date")
    if field.format == "time":
        return Check("time", "0", "0.999999", "between", "time")
    return _bounds(field) if field.type in ("integer", "number") else None


def _bounds(field: Field) -> Check:
    kind: Literal["whole", "decimal"] = "whole" if field.type == "integer" else "decimal"
    least, above, most = (field.spec.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    if above is not None and most is None:
        return Check(kind, str(above), None, "greaterThan", "number")
    low = next((bound for bound in (least, above) if bound is not None), None)
    if low is not None and most is None:
        return Check(kind, str(low), None, "greaterThanOrEqual", "number")
    low = -UNBOUNDED if low is None else low
    return Check(kind, str(low), str(UNBOUNDED if most is None else most), "between", "number")
