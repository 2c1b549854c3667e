"""Tell which comparisons can never be true: a number with a text, a date with a number, a code that there is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pemdocs.data.schema import Field
from pemdocs.model import FieldName, Severity
from pemdocs.writing.own.lint import sorts
from pemdocs.writing.own.lint.flaws import nearest
from pemdocs.writing.own.lint.sorts import Sort

ERROR = Severity.ERROR
YES_NO = frozenset({"oui", "non", "yes", "no", "ja", "nee"})
ALIKE = {"code": "text"}
"""What compares with what: a code with a text."""

Tell = Callable[..., None]
"""Takes a code, a severity, and facts; ``mend`` where a word of the tag has one right spelling."""

Codes = Callable[[Field], Iterator[str]]
"""Gives what a coded field may be compared with."""


def compared(left: Sort, right: Sort, op: str, tell: Tell, codes: Codes) -> None:
    """Tell what is wrong with a comparison of two things."""
    _with(left, right, op, tell, codes)
    _with(right, left, op, tell, codes)
    kinds = {ALIKE.get(each.what, each.what) for each in (left, right)}
    if len(kinds) > 1 and all(_is_value(each) and each.what != "truth" for each in (left, right)):
        tell("tag-compare-sorts", ERROR, field=named(left), wanted=left.what)


def named(about: Sort) -> FieldName | str:
    """What a value is called in a message: a field by its label, a fact by its name."""
    return about.said if about.field is None else FieldName(about.field.table, about.field.name)


def _is_value(about: Sort) -> bool:
    """Whether it is a value of a record of which it is known what it is."""
    return about.name in (sorts.VALUE, sorts.RAW) and bool(about.what)


def _with(about: Sort, other: Sort, op: str, tell: Tell, codes: Codes) -> None:
    if about.name == sorts.RECORDS and other.name == sorts.NUMBER:
        tell("tag-compare-list", ERROR, target=about.table)
    elif not _is_value(about):
        return
    elif other.words is not None:
        _with_words(about, other.words, op, tell, codes)
    elif other.name == sorts.NUMBER and about.what not in ("int", "truth"):
        tell("tag-compare-sorts", ERROR, field=named(about), wanted=about.what)


def _with_words(about: Sort, words: str, op: str, tell: Tell, codes: Codes) -> None:
    """A value that is compared with a text of the template."""
    if about.what == "int":
        bare = words.replace(",", ".").strip()
        number = bare.replace(".", "", 1).isdigit()
        mend = tuple((f"{mark}{words}{mark}", bare) for mark in "\"'") if number else None
        right = bare if number else ""
        tell("tag-compare-number", ERROR, field=named(about), words=words, number=right, mend=mend)
    elif about.what in ("date", "time") or (about.what == "truth" and words.casefold() not in YES_NO):
        tell("tag-compare-sorts", ERROR, field=named(about), wanted=about.what)
    elif about.field is not None and about.what == "code" and op in ("eq", "ne"):
        _with_code(about.field, words, tell, tuple(codes(about.field)))


def _with_code(field: Field, words: str, tell: Tell, known: tuple[str, ...]) -> None:
    if words in known or not known:
        return
    near = nearest(words, known)
    mend = tuple((f"{mark}{words}{mark}", f"{mark}{near}{mark}") for mark in "\"'")
    said = FieldName(field.table, field.name)
    tell("tag-compare-code", ERROR, field=said, words=words, nearest=near, codes=", ".join(field.enum[:8]),
         mend=mend if near.casefold() == words.casefold() else None)  # fmt: skip
