"""Tell what an expression of a template gives: a record, a list of them, a value of a field, a picture, a text.

A sort is what is known of a value without any data.
"""

from __future__ import annotations

from dataclasses import dataclass

from pemdocs.data.registry import Given
from pemdocs.data.schema import Field

RECORD, RECORDS, VALUE, RAW, TEXT, NUMBER, PICTURE, BLOCK, FUNCTION, LIST, PROFILE, ROW, ROWS, ANY = (
    "record", "records", "value", "raw", "text", "number", "picture", "block", "function", "list", "profile", "row",
    "rows", "any",
)  # fmt: skip


GIVEN = {"int": "int", "Decimal": "int", "float": "int", "Number": "int", "date": "date", "time": "time",
         "bool": "truth", "str": "text", "Words": "text"}  # fmt: skip
"""What facts give, by the type that they declare: a number (``int``), a date, a time, yes or no, a text."""


@dataclass(frozen=True, slots=True)
class Sort:
    """``name`` is one of the above, ``table`` that of a record or of records, ``field`` that of a value, raw or said.

    ``fact`` is what a computed value is, as far as it is known; ``said`` is how the expression was written, for a
    message; ``words`` a text that stands in the template itself.
    """

    name: str
    table: str = ""
    field: Field | None = None
    said: str = ""
    words: str | None = None
    fact: str = ""

    @property
    def what(self) -> str:
        """What a value is: ``int``, ``date``, ``time``, ``truth``, ``code``, ``text``; empty where that is not sure."""
        if self.name not in (VALUE, RAW):
            return "int" if self.name == NUMBER else ""
        return self.fact if self.field is None else _of_field(self.field)

    @property
    def is_open(self) -> bool:
        """Whether it may be anything."""
        return self.name == ANY


UNKNOWN = Sort(ANY)
"""What nothing is known of: whatever is done with it passes."""


def of_fact(name: str, given: Given) -> Sort:
    """The sort of a computed value: one that can be printed, or rows with parts of their own."""
    if given.sort in GIVEN:
        return Sort(LIST) if given.several else Sort(VALUE, said=name, fact=GIVEN[given.sort])
    return Sort(ROWS if given.several else ROW, said=name) if given.parts else UNKNOWN


def _of_field(field: Field) -> str:
    if field.type in ("number", "integer"):
        return "int"
    if field.type == "boolean":
        return "truth"
    if field.format in ("date", "time"):
        return field.format
    return "code" if field.coded else "text"


FUNCTIONS = {
    "emblem": PICTURE, "logo": PICTURE, "picture": PICTURE, "chart": PICTURE, "strip": PICTURE, "deadlines": PICTURE,
    "progress": PICTURE, "timeline": PICTURE, "stay_days": PICTURE, "anchor": ANY, "link": ANY, "sees": ANY,
    "choice": ANY,
    "beside": LIST, "signature_block": BLOCK, "say": TEXT, "house": TEXT, "profile": TEXT,
    "agree": TEXT, "period": TEXT, "hours": TEXT, "quotes": LIST, "photographs": LIST, "met": LIST, "pairs": LIST,
    "legend": LIST, "doubt": TEXT, "closures": LIST, "entries": LIST,
    "company_words": TEXT, "person_words": TEXT, "number": TEXT, "share": TEXT,
}  # fmt: skip
"""What functions give; those that say something give a text."""

FILTERS = {
    "markdown": BLOCK, "bullets": BLOCK, "table": BLOCK, "listed": TEXT, "date": TEXT, "short_date": TEXT,
    "form_date": TEXT, "weekday": TEXT, "time": TEXT, "number": TEXT, "money": TEXT, "percent": TEXT, "country": TEXT,
    "upper": TEXT, "capitalize": TEXT, "short": TEXT, "to_come": TEXT, "explains_marks": TEXT,
    "length": NUMBER, "count": NUMBER, "sum": NUMBER, "join": TEXT, "width": PICTURE, "height": PICTURE,
    "described": PICTURE,
}  # fmt: skip
"""What filters give; the others give what they are given, or anything."""

KEEPING = frozenset({"by", "where", "through", "paragraphs", "lines", "one_line", "language_1", "language_2",
                     "as_written", "list", "sort", "reverse", "unique", "or_else", "default", "d"})  # fmt: skip
"""The filters that give what they are given."""

DATES, TIMES, NUMBERS = {"date", "short_date", "form_date", "weekday"}, {"time"}, {"number", "money", "percent"}
OF_RECORDS = frozenset({"by", "where", "through", "table"})
OF_PICTURES = frozenset({"width", "height", "described"})
OF_TEXTS = frozenset({"paragraphs", "lines", "one_line", "markdown", "upper", "capitalize", "language_1",
                      "language_2", "as_written", "country", "short", "to_come", "explains_marks"})  # fmt: skip
"""What filters are for."""
