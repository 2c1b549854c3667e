"""Turn a table into the columns of its sheet. Only this module knows which field is how wide and in which format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pemdocs.data.schema import STAGES, Field, Table, Tables
from pemdocs.model import LANGUAGE_MARK

HEADING_ROW, EXAMPLE_ROW, FIRST_ROW = 1, 2, 3
ROWS = 500
LISTS = "_lists"
"""The hidden sheet that holds the choices."""

DATES = {"en": "yyyy-mm-dd"}
OTHER_DATES = "dd/mm/yyyy"
TEXT = "@"
WIDTHS = {"date": 13, "time": 10, "code": 13, "email": 30, "uri": 32, "phone": 20}
FROZEN_WIDTH = 58
"""How wide the columns that never scroll away may be together, so that the others keep their room."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field, or one language of a translated field. ``width`` counts digits, as Excel does."""

    field: Field
    language: str
    heading: str
    width: float
    number_format: str

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers that are compared by their digits: they stand at the right."""
        return self.field.type in ("integer", "number")

    @property
    def key(self) -> str:
        """The name of its cells: ``motivation`` or ``motivation::fr``."""
        return self.field.name + (LANGUAGE_MARK + self.language if self.language else "")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a table lies. ``last`` is the last row that is prepared for data; ``stage`` may be empty."""

    table: Table
    sheet: str
    columns: tuple[Column, ...]
    last: int
    frozen: int
    stage: str

    @property
    def width(self) -> float:
        """The width of all columns together, in digits."""
        return sum(column.width for column in self.columns)

    def letter(self, name: str) -> str:
        """The letter of the column of a field."""
        return letter(next(number for number, column in enumerate(self.columns, 1) if column.field.name == name))

    def cells(self, number: int) -> str:
        """The data cells of a column: ``C3:C502``."""
        return f"{letter(number)}{FIRST_ROW}:{letter(number)}{self.last}"


def layouts(
    tables: Tables, texts: Sequence[str], language: str, rows: Mapping[str, Sequence[object]]
) -> Mapping[str, Layout]:
    """The layout of every table, in the order of the sheets, with room for ``rows``.

    Free texts have a column for each language of ``texts``.
    """
    return {table.name: _layout(table, texts, language, len(rows.get(table.name, ()))) for table in tables.values()}


def letter(number: int) -> str:
    """Excel's name of the column with this number, counted from 1: ``28`` is ``AB``."""
    head, tail = divmod(number - 1, 26)
    return (letter(head) if head else "") + chr(ord("A") + tail)


def _layout(table: Table, texts: Sequence[str], language: str, count: int) -> Layout:
    columns = tuple(
        _column(field, own, language)
        for field in table.fields.values()
        for own in (texts if field.translated else ("",))
    )
    last = FIRST_ROW - 1 + max(ROWS, count)
    return Layout(table, table.sheet[language], columns, last, _frozen(columns), _stage(table))


def _column(field: Field, own: str, language: str) -> Column:
    heading = f"{field.label[language]} ({own})" if own else field.label[language]
    # The button of the filter covers the end of a heading: three digits of room keep the longest word whole.
    width = max(_width(field), max(len(word) for word in heading.split()) * 1.1 + 3, _longest(field) + 2)
    return Column(field, own, heading, width, _number_format(field, language))


def _width(field: Field) -> float:
    if field.multiline or field.translated:
        return 46
    if field.type == "array":
        return 28
    if field.format in WIDTHS:
        return WIDTHS[field.format]
    if field.coded:
        return 22
    return {"integer": 12, "number": 16, "boolean": 11}.get(field.type, 14 if field.kept_as_text else 26)


def _longest(field: Field) -> int:
    """The length of the longest identifier among the examples: one that is broken over two lines is hard to compare."""
    return max((len(str(text)) for text in field.examples if field.kept_as_text), default=0)


def _number_format(field: Field, language: str) -> str:
    if field.kept_as_text:
        return TEXT
    if field.format == "date":
        return DATES.get(language, OTHER_DATES)
    if field.format == "time":
        return "hh:mm"
    if field.type == "number" or field.money:
        return "#,##0.##"
    # Years and counts are whole numbers: 1,998 would read badly.
    return "0" if field.type == "integer" else "General"


def _frozen(columns: tuple[Column, ...]) -> int:
    """How many columns stay in view: the id and the names that follow it, or the first column alone."""
    count, width = 1, columns[0].width
    for column in columns[1:]:
        width += column.width
        named = column.field.name == "name" or column.field.name.endswith(("_name", "_names"))
        if not named or width > FROZEN_WIDTH:
            break
        count += 1
    return count


def _stage(table: Table) -> str:
    """The stage at which most of the table's fields are due, the earlier of two; nothing where no field is."""
    counts = Counter(field.due for field in table.fields.values() if field.due)
    return max(STAGES, key=lambda stage: counts[stage]) if counts else ""


def kept_as_text(layout: Layout) -> str:
    """The cells whose digits are meant to be text, example included: ``A2:A502 C2:C502``."""
    numbers = [number for number, column in enumerate(layout.columns, 1) if column.number_format == TEXT]
    return " ".join(f"{letter(number)}{EXAMPLE_ROW}:{letter(number)}{layout.last}" for number in numbers)
