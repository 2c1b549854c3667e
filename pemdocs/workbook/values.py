"""Turn a typed value into what its cell shows. Only this module knows how a code, an answer or a list is written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, PemdocsError
from pemdocs.project.programme import Programme
from pemdocs.workbook.columns import Column

Shown = str | int | float | Decimal | date | time | None
Labels = Mapping[str, str]

FIRST_SAFE_DATE = date(1900, 3, 1)
"""Before it Excel counts a day that never was, and before 1900 it knows no dates: earlier dates are kept as text."""

LONGEST = 32_767
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
FORMULA = re.compile(r"[=+\-@\t]")
SEPARATOR = re.compile(r"[;\n]")


def labels(field: Field, programme: Programme, language: str) -> Labels:
    """The allowed codes of a field with their labels, in the order of the list; empty where anything is allowed.

    Lists keep the profile's order; the countries, which it does not order, stand by label, its own two first.
    A label that two codes share would be read back as either, so there the code stands for itself.
    Raises ``PemdocsError`` ``unknown-codelist`` where the profile lacks the list.
    """
    if field.codelist and field.codelist not in programme.codelists:
        raise PemdocsError("unknown-codelist", programme=programme.id, codelist=field.codelist, table=field.table)
    if field.codelist:
        words = programme.codelist(field.codelist)
    else:
        words = {code: field.labels.get(code, {}) for code in field.enum}
    found = {code: names.get(language, code) for code, names in words.items()}
    if field.codelist == "countries":
        own = (programme.home, programme.host)
        found = dict(sorted(found.items(), key=lambda item: (item[0] not in own, _sorting(item[1]))))
    counts = Counter(found.values())
    return {code: label if counts[label] == 1 else code for code, label in found.items()}


def flat(record: Mapping[str, object]) -> dict[str, object]:
    """The record by the keys of columns: ``{"motivation": {"fr": …}}`` becomes ``{"motivation::fr": …}``."""
    found: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            found |= {name + LANGUAGE_MARK + str(language): text for language, text in value.items()}
        else:
            found[name] = value
    return found


def shown(column: Column, value: object, labels: Labels, answers: Mapping[str, str]) -> Shown:
    """What the cell holds: a label, an answer, a date, a number, a text. Raises ``PemdocsError`` where Excel cannot."""
    if value is None or value == "" or value == () or value == []:
        return None
    if column.field.type == "array":
        return _list(column, value, labels)
    result = _single(column.field, value, labels, answers)
    if isinstance(result, str):
        _check(column, result, UNWRITABLE)
    return result


def example(column: Column, labels: Labels) -> object:
    """The field's first example, in the column's own language; ``None`` where there is none.

    A code that the programme does not have would be a wrong example: the first that it has stands for it.
    """
    first = column.field.examples[0] if column.field.examples else None
    if isinstance(first, str) and labels and not {item.strip() for item in SEPARATOR.split(first)} <= labels.keys():
        return next(iter(labels))
    return first.get(column.language) if isinstance(first, Mapping) else first


def like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return FORMULA.match(text) is not None


def _single(field: Field, value: object, labels: Labels, answers: Mapping[str, str]) -> Shown:
    match value:
        case bool():
            return answers["yes" if value else "no"]
        case date():
            return value if value >= FIRST_SAFE_DATE else value.isoformat()
        case time():
            return value
        case int() | float() | Decimal():
            return str(value) if field.kept_as_text or not _exact(value) else value
        case _:
            return labels.get(str(value)) or _moment(field, str(value))


def _list(column: Column, value: object, labels: Labels) -> str:
    items = SEPARATOR.split(value) if isinstance(value, str) else [str(item) for item in _items(value)]
    named = [(item.strip(), labels.get(item.strip(), item.strip())) for item in items]
    parts = [code if SEPARATOR.search(label) else label for code, label in named]
    for part in parts:
        _check(column, part, UNWRITABLE)
        _check(column, part, SEPARATOR)
    return "; ".join(parts)


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _exact(value: float | Decimal) -> bool:
    """Whether Excel's binary number gives the same digits back."""
    return Decimal(repr(float(value))) == Decimal(str(value))


def _moment(field: Field, text: str) -> Shown:
    """A date or a time that came as ISO text, as JSON and examples have it; any other text as it is."""
    try:
        if field.format == "date":
            return _single(field, date.fromisoformat(text), {}, {})
        return time.fromisoformat(text) if field.format == "time" else text
    except ValueError:
        return text


def _check(column: Column, text: str, unwanted: re.Pattern[str]) -> None:
    if unwanted.search(text) or len(text) > LONGEST:
        raise PemdocsError("cell-not-writable", table=column.field.table, field=column.key)


def _sorting(label: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(sign))
