"""Turn values into the words of a figure: its labels, the text read instead of it, the table beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pemdocs.knowledge.rough import ratio
from pemdocs.knowledge.typography import typeset
from pemdocs.pictures.drawing import Label

HUNDRED = Decimal(100)
PERCENT = "%"
"""The unit of a value that is a share in hundredths."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table that says what the figure shows."""

    label: Label
    values: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: its picture, the text read instead of it, and the table of its values under its heads.

    ``alt`` says every number that the picture shows, in each language; the first head is that of the rows' labels.
    ``title`` is what the figure shows, in one sentence of its own numbers; empty where they say nothing.
    """

    name: str
    svg: bytes
    alt: Label
    heads: tuple[Label, ...]
    rows: tuple[Row, ...]
    title: Label = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """How a figure speaks: its words by language and key, and the writing of numbers and dates in a language.

    ``percent`` is given a share of one; ``period`` two days, the second of which may be missing.
    """

    languages: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]
    number: Callable[[Decimal, str], str]
    percent: Callable[[Decimal, str], str]
    period: Callable[[date, date | None, str], str]
    month: Callable[[date, str], str]

    def say(self, key: str, **told: Label) -> Label:
        """One of the words, filled with labels, in every language."""
        return tuple((each, self._said(key, each, told)) for each in self.languages)

    def _said(self, key: str, each: str, told: Mapping[str, Label]) -> str:
        filled = self.words[each][key].format(**{name: words_of(label, each) for name, label in told.items()})
        return typeset(filled, each)

    def amount(self, value: Decimal | None, unit: Label = (), *, withheld: bool = False) -> Label:
        """A number in every language; hundredths with their sign; words where it is not known or not to be shown."""
        if value is None or withheld:
            return self.say("withheld" if withheld else "unknown")
        if is_share(unit):
            return tuple((each, self._share(value, each)) for each in self.languages)
        return tuple((each, self.number(value, each)) for each in self.languages)

    def _share(self, value: Decimal, each: str) -> str:
        if value == value.to_integral_value():
            return self.percent(ratio(value, HUNDRED), each)
        return typeset(self.number(value, each) + ("%" if each == "en" else " %"), each)

    def part(self, value: Decimal | None, whole: Decimal | None) -> Label:
        """A share in every language; nothing where there is none. A little is never said as nothing at all."""
        if value is None or not whole:
            return ()
        share = ratio(value, whole)
        if 0 < abs(share) < Decimal("0.005"):
            return self.say(
                "under", share=tuple((each, self.percent(Decimal("0.01"), each)) for each in self.languages)
            )
        return tuple((each, self.percent(share, each)) for each in self.languages)

    def day(self, start: date, end: date | None = None) -> Label:
        """A day or a span of days in every language."""
        return tuple((each, self.period(start, end, each)) for each in self.languages)

    def named(self, label: Label, unit: Label) -> Label:
        """A name with the unit its values are in, where that says more than the number and the name do."""
        if not unit or is_share(unit) or words_of(unit, label[0][0]).lower() in label[0][1].lower():
            return label
        return tuple((each, f"{words} ({words_of(unit, each)})") for each, words in label)

    def listed(self, items: Iterable[Label]) -> Label:
        """Several texts as one enumeration in every language."""
        kept = [item for item in items if item]
        return tuple((each, "; ".join(words_of(item, each) for item in kept)) for each in self.languages)

    def told(self, key: str, items: Iterable[Label], subject: Label = ()) -> Label:
        """The text read instead of a picture: what it is, of what, then each of its rows; or that it is empty."""
        listed, what = self.listed(items), self.say(key)
        if subject:
            what = tuple((each, f"{words_of(subject, each)} – {words}") for each, words in lowered(what))
        if not any(words for _, words in listed):
            return self.say("alt_empty", what=what)
        return self.say("alt", what=what, items=listed)


def words_of(label: Label, language: str) -> str:
    """The words of a label in a language, else in its first."""
    return dict(label).get(language) or (label[0][1] if label else "")


def is_share(unit: Label) -> bool:
    """Whether values of this unit are hundredths."""
    return bool(unit) and all(words.strip() == PERCENT for _, words in unit)


def once(label: Label) -> Label:
    """The label in its first language alone, where all say the same."""
    return label[:1] if len({words for _, words in label}) == 1 else label


def joined(*labels: Label, mark: str = " ") -> Label:
    """Labels one after the other, in each language that the first has."""
    kept = [label for label in labels if label]
    if not kept:
        return ()
    first, *others = kept
    return tuple((each, mark.join((words, *(words_of(other, each) for other in others)))) for each, words in first)


def lowered(label: Label) -> Label:
    """The label as it stands inside a sentence: our own words only, whose first letter is never a name's."""
    return tuple((each, words[:1].lower() + words[1:]) for each, words in label)
