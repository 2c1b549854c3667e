"""Turn values into what the plan says once for readers of both languages, as a Word template asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pemdocs.model import PemdocsError, Text
from pemdocs.page import brief as page
from pemdocs.page.view import EMPTY, FILLED, Item
from pemdocs.writing.own.pen import Pen
from pemdocs.writing.own.records import Absent, Record, bare
from pemdocs.writing.own.values import LINES, NAMED_LATER, ONE_LINE, Choice, Explanation, Spot, Value


def functions(pen: Pen) -> dict[str, Callable[..., Any]]:
    """What a template calls to say a value briefly, to ask who sees it, to set a bookmark and lead to one."""
    plain = {name: _of_something(pen, say) for name, say in page.sayings(pen.view).items()}
    return {
        **plain,
        "brief": lambda record, name: _brief(pen, record, name),
        "choice": lambda record, name: _choice(pen, record, name),
        "beside": lambda text: beside(pen, text),
        "sees": lambda record, name: isinstance(record, Record) and page.sees(pen.view, record._shown, name),
        "anchor": lambda record: _spot(record, leads=False),
        "link": lambda record: _spot(record, leads=True),
    }


def _of_something(pen: Pen, say: Callable[..., Text]) -> Callable[..., Any]:
    """A function that says nothing where it is given nothing."""

    def said(*given: Any) -> Any:
        plain = [bare(each) for each in given]
        return pen.told(say(*plain) if plain and plain[0] is not None else None)

    return said


def _brief(pen: Pen, record: Any, name: str) -> Any:
    """A field as briefly as the languages let it; what is to come, in one line."""
    value = record[name]
    if not isinstance(value, Value):
        return value
    if value.state != FILLED:
        return value if value.state == EMPTY else replace(value, breaks=ONE_LINE)
    item = None if isinstance(record, Absent) else record._shown[name]
    return short(replace(value, text=page.once(pen.view, item)) if isinstance(item, Item) else value)


def _choice(pen: Pen, record: Any, name: str) -> Any:
    """A code with the list of all that there are; what has no such list, or is not filled, as briefly as any."""
    value = _brief(pen, record, name)
    if not isinstance(record, Record) or not isinstance(value, Value) or value.state != FILLED:
        return value
    shown = record._shown
    field = shown._linked.table.fields.get(name)
    options = page.options(pen.view, field) if field is not None else ()
    said = " · ".join(dict.fromkeys(words for _, words in value.text.parts))
    return Choice(said, options) if options else value


def short(value: Value) -> Value:
    """A value whose languages share a line where they are short."""
    return replace(value, breaks=ONE_LINE if page.is_short(value.text) else LINES)


def beside(pen: Pen, given: Any) -> tuple[Value, ...]:
    """A text for each language of the document; one where all read the same, or where only one is written."""
    value = pen.told(given) if not isinstance(given, Absent) else given.words()
    if not isinstance(value, Value):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="text")
    if value.text.uniform or len(value.text.parts) < 2:
        return (value,)
    return tuple(replace(value, text=Text((part,))) for part in value.text.parts)


def explanation(value: Value) -> Explanation:
    """What tells of the marks of languages, in one line."""
    return Explanation(replace(value, breaks=ONE_LINE))


def _spot(record: Any, *, leads: bool) -> Any:
    """The id of a record as a spot; what is to come where there is no record."""
    if isinstance(record, Absent):
        return record.words()
    if not isinstance(record, Record):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="records")
    about = record._shown._linked.record
    return Spot(record["id"], f"r-{about.table}-{about.id}", leads) if record["id"] else record["id"]
