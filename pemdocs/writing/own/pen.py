"""Write the values of one document: each as finished, escaped, marked text, remembered for the check at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from html import unescape
from typing import Any

from pemdocs.data.dataset import Linked
from pemdocs.facts.indicators import Number
from pemdocs.knowledge.typography import typeset
from pemdocs.model import Money, PemdocsError, Text
from pemdocs.page import publishing
from pemdocs.page.markup import paragraphs
from pemdocs.page.view import EMPTY, PENDING, Item, Shown, View
from pemdocs.words import language
from pemdocs.words.wording import mapped, translated
from pemdocs.writing.own import marks
from pemdocs.writing.own.values import NAMED_LATER, ONE_LINE, Block, Choice, Explanation, Picture, Spot, Value

DASH = "–"
MARKUP = re.compile(r"<[^>]*>")
YEARS = 10_000
"""A bare whole number below this is written as it is: it may be a year."""


def stand_in(value: Any) -> Value | None:
    """What is printed instead of a record that is not there; ``None`` for anything else."""
    words = getattr(type(value), "words", None)
    return words(value) if words is not None else None


class Pen:
    """What writes one document: its view, the pictures and blocks it has met, the words it has written.

    ``codes``: a text in another language is marked by the code of that alone, for the document explains it.
    """

    def __init__(self, view: View, record: Callable[[Pen, Shown], Any]) -> None:
        self.view = view
        self._record = record
        self.languages = view.languages
        self.templates = view.templates
        self.things: list[Picture | Block | Spot | Choice] = []
        self.written: list[str] = []
        self.explained: list[str] = []
        self.codes = False
        self.marked = False

    def write(self, value: Any) -> str:
        """A value as the part holds it. Raises ``PemdocsError`` ``own-not-a-value`` for what no words say."""
        if isinstance(value, Value):
            return self._value(value)
        if isinstance(value, Picture | Block | Spot | Choice):
            return self._thing(value)
        if isinstance(value, Explanation):
            return self._explanation(value)
        if (instead := stand_in(value)) is not None:
            return self._value(instead)
        if isinstance(value, str):
            return self._words(marks.plain(value))
        if isinstance(value, tuple | list):
            return self._several(value)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < YEARS:
            return self._words(str(value))
        said = value if hasattr(type(value), "pending") else self.told(value)
        if not isinstance(said, Value):
            raise PemdocsError("own-not-a-value", file=NAMED_LATER, sort=_sort(value))
        return self._value(said)

    def _value(self, value: Value) -> str:
        parts = value.text.parts[:1] if value.text.uniform else value.text.parts
        uniform = value.text.uniform and len(value.text.parts) > 1
        passages = [self._passage(lang, words, value, uniform=uniform) for lang, words in parts]
        passages[1:] = [marks.look(marks.SECOND, each) for each in passages[1:]]
        if value.text.missing and passages:
            passages[-1] += " " + marks.look(marks.NOT_OURS, self._words(self.mark(value.text)))
        joint = " · " if value.breaks == ONE_LINE else value.breaks
        said = joint.join(passages) if passages else self._words(DASH)
        return marks.to_come(said) if value.pending else said

    def _passage(self, lang: str, words: str, value: Value, *, uniform: bool) -> str:
        lines = [self._words(marks.plain(line)) for line in paragraphs(words)]
        said = value.breaks.join(lines)
        other = lang != self.languages[0] and not (uniform and lang in self.languages)
        return marks.in_language(said, lang) if other and lang in marks.TONGUES else said

    def mark(self, text: Text) -> str:
        """That a text stands in another language than the reader's: in the reader's words, or by a code alone."""
        self.marked = True
        if self.codes:
            return text.parts[0][0].upper()
        reader = text.missing[0] if text.missing[0] in self.languages else self.languages[0]
        return typeset(str(language.house_words(reader, self.templates)["mark"][text.parts[0][0]]), reader)

    def _words(self, words: str) -> str:
        """Words, escaped, and kept in mind line by line."""
        self.written += [line for line in words.replace("\a", "\n").replace("\t", "\n").split("\n") if line.strip()]
        return marks.escaped(words)

    def _explanation(self, value: Explanation) -> str:
        """What it says is looked for in the file only where it stays there."""
        before = len(self.written)
        said = self._value(value.words)
        self.explained += self.written[before:]
        del self.written[before:]
        return marks.look(marks.EXPLAINS, said)

    def _thing(self, thing: Picture | Block | Spot | Choice) -> str:
        self.things.append(thing)
        if isinstance(thing, Spot):
            self._words(str(thing.words))
        if isinstance(thing, Choice):
            self._words(thing.words)
        for _, words in thing.parts if isinstance(thing, Block) else ():
            self.written += [line for each in MARKUP.split(words) if (line := unescape(each).strip())]
        return marks.thing(len(self.things) - 1)

    def _several(self, values: Any) -> str:
        """Pictures each in a paragraph of its own, values in a row."""
        joint = "\a" if any(isinstance(each, Picture | Block) for each in values) else ", "
        return joint.join(self.write(each) for each in values) if values else self._words(DASH)

    def told(self, found: Any) -> Any:
        """Something that the view knows as a template gets it: a value, a record, a list of them.

        Nothing else is let through, for it might lead to what its readers may not see. Raises ``own-not-a-value``.
        """
        if isinstance(found, Value | Picture | Block | Spot | Choice | Branch):
            return found
        words = self.text_of(found)
        if words is not None:
            return words
        if isinstance(found, Shown):
            return self._record(self, found)
        if isinstance(found, tuple):
            return mapped(self.told, found)
        if isinstance(found, list):
            return tuple(self.told(each) for each in found)
        if isinstance(found, Linked):
            return self._record(self, Shown(self.view, found))
        if is_dataclass(found) and not isinstance(found, type):
            return Branch(self, {field.name: getattr(found, field.name) for field in fields(found)})
        if isinstance(found, Mapping):
            return self._of_mapping(found)
        raise PemdocsError("own-not-a-value", file=NAMED_LATER, sort=_sort(found))

    def _of_mapping(self, found: Mapping[str, Any]) -> Any:
        if found and set(found) <= set(self.view.programme.languages):
            return Value(translated(found, self.languages), found)
        return Branch(self, found)

    def text_of(self, found: Any) -> Value | None:
        """The value of something that words can say; ``None`` for anything else."""
        if found is None:
            return Value(Text(((self.languages[0], DASH),)), None, EMPTY)
        if isinstance(found, Text):
            return Value(found, found.parts[0][1] if found.parts else None) if found else self.text_of(None)
        if isinstance(found, Item):
            return Value(found.text, found.raw, found.state, Value(found.label))
        if isinstance(found, Number):
            return Value(publishing.number(self.view, found), found.value, origin=found)
        say = self._saying(found)
        return None if say is None else Value(self.spread(say), found, origin=found)

    def _saying(self, found: Any) -> Callable[[str], str] | None:
        if isinstance(found, bool):
            return lambda lang: str(language.house_words(lang, self.templates)["yes" if found else "no"])
        if isinstance(found, date):
            return lambda lang: language.say_date(found, lang, self.templates)
        if isinstance(found, time):
            return lambda lang: language.say_time(found, lang, self.templates)
        if isinstance(found, Money):
            return lambda lang: language.say_money(found.amount, found.currency, lang, self.templates)
        if isinstance(found, float):
            return lambda lang: language.say_number(Decimal(str(found)), lang, self.templates)
        if isinstance(found, int | Decimal):
            return lambda lang: language.say_number(found, lang, self.templates)
        return (lambda lang: str(found)) if isinstance(found, str) else None

    def absent(self, shown: Shown, name: str) -> Value:
        """What stands in for a record that is not there."""
        if name in shown._linked.table.fields and shown.state(name) == EMPTY:
            return Value(Text(((self.languages[0], DASH),)), None, EMPTY)
        words = shown.pending(name) if name in shown._linked.table.fields else self.view.house("pending")
        return Value(words, None, PENDING)

    def spread(self, say: Callable[[str], str]) -> Text:
        """The same in each language of the document."""
        return Text(tuple((each, typeset(say(each), each)) for each in self.languages))


class Branch:
    """A table of the programme's profile: its texts are values, its tables branches."""

    __slots__ = ("_entries", "_pen")

    def __init__(self, pen: Pen, entries: Mapping[str, Any]) -> None:
        self._pen = pen
        self._entries = entries

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(f"a table of the profile has no attribute '{name}'") from error

    def __getitem__(self, name: str) -> Any:
        return self._pen.told(self._entries[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _sort(value: Any) -> str:
    """What somebody tried to print that is not a value."""
    if isinstance(value, Branch) or hasattr(type(value), "pending"):
        return "record"
    return "function" if callable(value) else "other"
