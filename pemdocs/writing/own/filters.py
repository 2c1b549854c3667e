"""What the filters of a template do with a value; each speaks the languages of the document that it is written into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any

from pemdocs.knowledge import prose
from pemdocs.model import PemdocsError, Text
from pemdocs.page.markup import paragraphs
from pemdocs.page.view import PENDING
from pemdocs.resources import Templates
from pemdocs.words import language
from pemdocs.writing.own import briefly, names
from pemdocs.writing.own.pen import Pen, stand_in
from pemdocs.writing.own.records import Record, bare
from pemdocs.writing.own.values import LINES, NAMED_LATER, ONE_LINE, PARAGRAPHS, Block, Picture, Value

Filter = Callable[..., Any]


def value_of(pen: Pen, given: Any) -> Value:
    """What a filter is given, as a value. Raises ``PemdocsError`` ``own-wrong-filter`` where it is none."""
    instead = stand_in(given)
    told = pen.told(given if instead is None else instead)
    if not isinstance(told, Value):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="text")
    return told


def _broken(breaks: str, pen: Pen, given: Any) -> Value:
    return replace(value_of(pen, given), breaks=breaks)


def _markdown(pen: Pen, given: Any) -> Block | Value:
    value = value_of(pen, given)
    return _block(pen, value, lambda words: "".join(prose.blocks(words)))


def _bullets(pen: Pen, given: Any) -> Block | Value:
    """A list of the lines of a text, or of several values."""
    if isinstance(given, tuple | list):
        lines = [value_of(pen, each) for each in given]
        items = [f"<li>{escape(str(replace(each, breaks=ONE_LINE)))}</li>" for each in lines]
        return Block(((pen.languages[0], f"<ul>{''.join(items)}</ul>"),))
    return _block(pen, value_of(pen, given), _listed_lines)


def _listed_lines(words: str) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in paragraphs(words))}</ul>"


def _block(pen: Pen, value: Value, write: Callable[[str], str]) -> Block | Value:
    """A block of each language; what is only to come stays in its line."""
    if value.pending or not value.text or not value:
        return value
    parts = value.text.parts[:1] if value.text.uniform else value.text.parts
    made = [(lang, write(words)) for lang, words in parts]
    if value.text.missing and made:
        made[-1] = (made[-1][0], _marked(made[-1][1], pen.mark(value.text)))
    return Block(tuple(made))


def _marked(block: str, mark: str) -> str:
    """A block that says behind its last words that they stand in another language than the reader's."""
    place = max(block.rfind("</li>"), block.rfind("</p>"))
    return block if place < 0 else f"{block[:place]} {escape(mark)}{block[place:]}"


def _table(pen: Pen, given: Any, *columns: str) -> Block | Value:
    """A table of records with the labels of the columns at its head."""
    records = [each for each in (given or ()) if isinstance(each, Record)]
    if not columns or (given and not records):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="records")
    if not records:
        return value_of(pen, pen.view.house("none_yet"))
    head = "".join(f"<th>{_cell(records[0].label(name))}</th>" for name in columns)
    rows = "".join(f"<tr>{''.join(f'<td>{_cell(each[name])}</td>' for name in columns)}</tr>" for each in records)
    return Block(((pen.languages[0], f"<table><tr>{head}</tr>{rows}</table>"),))


def _cell(value: Any) -> str:
    if isinstance(value, Value):
        parts = value.text.parts[:1] if value.text.uniform else value.text.parts
        lines = [f'<span lang="{lang}">{escape(line)}</span>' for lang, words in parts for line in paragraphs(words)]
        return "<br/>".join(lines) or "–"
    if isinstance(value, Record):
        return _cell(value["id"])
    instead = stand_in(value)
    return _cell(instead) if instead is not None else "–"


def _listed(pen: Pen, given: Iterable[Any]) -> Value:
    """Several values as a phrase: ``a, b et c``."""
    values = [value_of(pen, each) for each in given]

    def said(lang: str) -> str:
        words = [dict(each.text.parts).get(lang) or str(each) for each in values]
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {language.house_words(lang, pen.templates)['and']} {words[-1]}"

    return Value(pen.spread(said), tuple(map(str, values))) if values else value_of(pen, None)


def _in_language(number: int, pen: Pen, given: Any) -> Value:
    """The words in one language of the document, in the first where there is no second."""
    value = value_of(pen, given)
    wanted = pen.languages[min(number, len(pen.languages) - 1)]
    own = tuple(part for part in value.text.parts if part[0] == wanted)
    return replace(value, text=Text(own or value.text.parts[:1], value.text.missing if not own else ()))


def _or_else(_pen: Pen, given: Any, otherwise: Any = "") -> Any:
    there = given.state == "filled" if isinstance(given, Value) else given not in (None, "") and bool(given)
    return given if there else otherwise


def _said(say: Callable[..., str], sorts: tuple[type, ...], pen: Pen, given: Any, *further: Any) -> Value:
    """A plain value, said in each language; an empty one stays what stands in for it."""
    raw = bare(given)
    if raw is None:
        return value_of(pen, given)
    if not isinstance(raw, sorts) or isinstance(raw, bool):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted=sorts[0].__name__)
    return Value(pen.spread(lambda lang: say(_exact(raw), *further, lang, pen.templates)), raw)


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def _weekday(day: date, lang: str, templates: Templates) -> str:
    return f"{language.say_weekday(day, lang, templates)} {language.say_date(day, lang, templates)}"


def _form_date(day: date, _lang: str, _templates: Templates) -> str:
    return day.strftime("%d-%m-%Y")


def _records(given: Any) -> list[Record]:
    if not all(isinstance(each, Record) for each in given or ()):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="records")
    return list(given or ())


def _by(_pen: Pen, given: Any, *fields: str) -> tuple[Record, ...]:
    """Records in the order of these fields; those that have none stand last."""

    def place(record: Record) -> list[tuple[bool, Any]]:
        values = [record.raw(name) for name in fields]
        return [(value is None, 0 if value is None else value) for value in values]

    return tuple(sorted(_records(given), key=place))


def _where(_pen: Pen, given: Any, field: str, *wanted: Any) -> tuple[Record, ...]:
    """Records of which a field has one of these values, by its words, its code, or the id that it refers to."""
    found = ((each, each[field], each.raw(field)) for each in _records(given))
    return tuple(each for each, said, raw in found if any(said == one or raw == bare(one) for one in wanted))


def _through(_pen: Pen, given: Any, reference: str, field: str, wanted: Any) -> tuple[Record, ...]:
    found = ((each, each[reference]) for each in _records(given))
    return tuple(each for each, target in found if target and target[field] == wanted)


def _sized(side: str, _pen: Pen, given: Any, millimetres: Any) -> Any:
    length = float(bare(millimetres))
    if isinstance(given, tuple | list):
        return tuple(_sized(side, _pen, each, length) for each in given)
    if not isinstance(given, Picture) or not 0 < length < 2000:
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="picture")
    return given.sized(**{side: length})


def _described(pen: Pen, given: Any, words: Any) -> Any:
    if isinstance(given, tuple | list):
        return tuple(_described(pen, each, words) for each in given)
    if not isinstance(given, Picture):
        raise PemdocsError("own-wrong-filter", file=NAMED_LATER, wanted="picture")
    return replace(given, alt=str(value_of(pen, words)))


def _as_written(pen: Pen, given: Any) -> Value:
    """A text in its own language, without the mark that it is not the reader's."""
    value = value_of(pen, given)
    return replace(value, text=replace(value.text, missing=()))


def _to_come(pen: Pen, given: Any) -> Value:
    """Words in the light of what is to come, for they stand in for a value."""
    return replace(value_of(pen, given), state=PENDING)


def _changed(change: Callable[[str], str], pen: Pen, given: Any) -> Value:
    value = value_of(pen, given)
    return replace(
        value, text=replace(value.text, parts=tuple((lang, change(each)) for lang, each in value.text.parts))
    )


NUMBERS = (int, float, Decimal)

_FILTERS: Mapping[str, Filter] = {
    "paragraphs": partial(_broken, PARAGRAPHS),
    "lines": partial(_broken, LINES),
    "one_line": partial(_broken, ONE_LINE),
    "bullets": _bullets,
    "markdown": _markdown,
    "table": _table,
    "listed": _listed,
    "language_1": partial(_in_language, 0),
    "language_2": partial(_in_language, 1),
    "as_written": _as_written,
    "short": lambda pen, given: briefly.short(value_of(pen, given)),
    "to_come": _to_come,
    "explains_marks": lambda pen, given: briefly.explanation(value_of(pen, given)),
    "or_else": _or_else,
    "date": partial(_said, language.say_date, (date,)),
    "short_date": partial(_said, language.say_short_date, (date,)),
    "form_date": partial(_said, _form_date, (date,)),
    "weekday": partial(_said, _weekday, (date,)),
    "time": partial(_said, language.say_time, (time,)),
    "number": partial(_said, language.say_number, NUMBERS),
    "money": partial(_said, language.say_money, NUMBERS),
    "percent": partial(_said, language.say_percent, NUMBERS),
    "country": partial(_said, language.say_country, (str,)),
    "by": _by,
    "where": _where,
    "through": _through,
    "width": partial(_sized, "width"),
    "height": partial(_sized, "height"),
    "described": _described,
    "upper": partial(_changed, str.upper),
    "capitalize": partial(_changed, str.capitalize),
}
"""What each filter does, by its name in ``names.FILTERS``."""

BY_NAME: Mapping[str, Filter] = {name: _FILTERS[each.name] for each in names.FILTERS for name in each.all}
"""The same under all their names."""
