"""Turn the words of a text into mentions of people: in any order, with initials, titles, middle names, run together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pemdocs.knowledge.mentions.marks import PARTICLES, Mark, Words
from pemdocs.knowledge.mentions.reading import (
    ENDS,
    JOINTS,
    SHORT,
    Span,
    Text,
    beginnings,
    gap,
    linked,
    odd,
    opens,
    spans,
    stems,
)
from pemdocs.knowledge.mentions.tokens import Token

Found = Iterator[tuple[int, int, Mark, bool]]
"""Where somebody is mentioned: the first and the last word, who, and whether for certain."""

_TITLES = """m mr mrs ms mme mmes mlle mm miss dr pr prof dhr mevr mw monsieur madame mademoiselle messieurs mesdames
mister mijnheer meneer mevrouw sir el hadj elhadj imam docteur doctor professeur professor maitre famille family
familie"""
TITLES = frozenset(_TITLES.split())

BETWEEN = 3
"""Words that may stand between a given name and the family name."""

MANY = 5
"""So many of the same given name and initial that it tells of none of them."""


class People:
    """People by the words that they are found by, made once for many texts."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.family: Mapping[str, list[Mark]] = _by(marks, lambda mark: _parts(mark.words))
        self.begun = beginnings(self.family)
        named = [each for each in marks if each.given]
        self.joined = _by(named, _run_together)
        self.first = _by(named, lambda mark: mark.given[:1])
        self.initials = _by(named, lambda mark: _initials(mark))

    def found(self, text: Text, free: Collection[str], near: Collection[str]) -> Found:
        """Everybody whom a text names; of who is ``near`` the given name alone, and the initials, count too."""
        for span in spans(text, self.family, self.begun):
            there = self.family[span.key]
            rivals = [each for each in there if each.whose in free]
            for mark in there:
                yield from _named(text, span, mark, () if mark.whose in free else rivals, mark.whose in near)
        for place, token in enumerate(text.words):
            for mark in self.joined.get(token.word.strip("0123456789"), ()):
                if linked(text, place) or len(token.word) > len(mark.given[0]) + SHORT:
                    yield place, place, mark, True
            if token.capital:
                yield from self._given(text, place, free, near)

    def _given(self, text: Text, place: int, free: Collection[str], near: Collection[str]) -> Found:
        token = text.words[place]
        there = self.first.get(token.word, ())
        initialled = [each for each in there if _initial(text, place + 1, each)]
        alone = not any(each.whose in free for each in initialled) and len(initialled) < MANY
        for mark in there:
            if mark in initialled and alone and len(token.word) >= SHORT:
                yield place, place + 1, mark, token.word not in text.common
            if mark.whose in near and token.word not in text.small:
                yield place, place, mark, True
        for last in (place + 1, place + 2):
            letters = text.words[place : last + 1]
            if len(letters) == last - place + 1 and all(len(each.word) == 1 and each.capital for each in letters):
                for mark in self.initials.get("".join(each.word for each in letters), ()):
                    if mark.whose in near and gap(text, place).startswith("."):
                        yield place, last, mark, True


def _by(marks: Iterable[Mark], keys: object) -> Mapping[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        for word in dict.fromkeys(keys(mark)):  # type: ignore[operator]
            found[word].append(mark)
    return found


def _core(words: Words) -> Words:
    """A family name without its particles; those of one that has nothing else."""
    return tuple(each for each in words if each not in PARTICLES) or words


def _parts(words: Words) -> list[str]:
    """A family name, and each part of it that somebody may leave over."""
    runs = ["".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)]
    return [*_core(words), *(each for each in runs if each not in PARTICLES and len(each) > 1)]


def _run_together(mark: Mark) -> list[str]:
    family = "".join(mark.words)
    given = {"".join(mark.given), mark.given[0], mark.given[0][0], "".join(each[0] for each in mark.given)}
    return [way for each in given for way in (each + family, family + each) if len(family) > SHORT or len(each) > 1]


def _initials(mark: Mark) -> list[str]:
    given, family = [each[0] for each in mark.given], _core(mark.words)[0][0]
    return [given[0] + family, "".join(given) + family]


def _initial(text: Text, place: int, mark: Mark) -> bool:
    """Whether the word there is nothing but the first letter of a family name, behind the given one."""
    if place >= len(text.words) or not text.words[place].capital:
        return False
    beside = gap(text, place - 1) in (" ", "\u00a0", "\u202f", "_", ".", "-")
    return beside and text.words[place].word in (mark.words[0][0], _core(mark.words)[0][0])


def _named(text: Text, span: Span, mark: Mark, rivals: Sequence[Mark], near: bool) -> Found:
    """A family name with a given one, an initial or a title beside it, or alone."""
    first, last = span.first, span.last
    given = [place for place in (*_before(text, first), *_after(text, last)) if _given(text, place, first, last, mark)]
    if not given:
        yield from () if rivals or odd(text, span, mark.words) else _alone(text, span, mark, near)
    elif not any(_given(text, given[0], first, last, each) for each in rivals) and _written(text, span, given[0], mark):
        letter = len(text.words[given[0]].word) <= 2 and "." not in gap(text, min(given[0], last))
        usual = {span.key, text.words[first].word} & text.common
        yield min(first, *given), max(last, *given), mark, not (letter and usual)


def _alone(text: Text, span: Span, mark: Mark, near: bool) -> Found:
    """A whole family name without a given one: behind a title, or as an unusual word with a capital."""
    first, last, token, name = span.first, span.last, text.words[span.first], "".join(mark.words)
    if span.key not in (name, "".join(_core(mark.words))):
        return
    title = next((text.words[place].word for place in _before(text, first)[:1]), "")
    unusual = not {span.key, token.word} & text.small
    small = len(title) > 1 and len(span.key) > SHORT and span.key not in text.common
    titled = title in TITLES and (token.capital or small)
    telling = len(span.key) > SHORT and unusual and (span.key == name or near)
    if titled or (telling and (token.capital or linked(text, first))):
        yield first, last, mark, True
    elif token.capital and not opens(text, first) and len(span.key) >= (SHORT - 1 if near else SHORT):
        yield first, last, mark, near


def _written(text: Text, span: Span, given: int, mark: Mark) -> bool:
    """Whether a given and a family name are written as names: with a capital, joined, or side by side and unusual."""
    low, high = (given, span.first) if given < span.first else (span.last, given)
    capital = text.words[given].capital or text.words[span.first].capital
    beside = high - low == 1 and (gap(text, low) in JOINTS or gap(text, low).strip(" \u00a0,\n") == "")
    joined = high - low == 1 and gap(text, low) in JOINTS
    unusual = not {span.key, text.words[given].word} <= text.common and span.key not in text.common
    parted = odd(text, span, mark.words)
    return joined or (beside and unusual and not parted) or (capital and (beside or not parted))


def _before(text: Text, place: int) -> list[int]:
    """The words before a family name, the nearest first, as far as they can belong to it."""
    found: list[int] = []
    for at in range(place - 1, max(place - 2 - BETWEEN, -1), -1):
        token, between = text.words[at], gap(text, at)
        beside = at == place - 1 and between.strip(" ") in ("\n", "\n\n")  # the next cell of a row, the next line
        telling = token.capital or token.word in TITLES
        if ENDS & set(between) and between not in JOINTS and len(token.word) > 3 and not (beside and telling):
            break  # a full stop belongs to an initial or a short title
        found.append(at)
        if not token.capital and token.word not in PARTICLES and len(found) > 1:
            break
    return found


def _after(text: Text, place: int) -> list[int]:
    """The words directly behind a family name."""
    if place + 1 >= len(text.words):
        return []
    between = gap(text, place)
    return [] if ENDS - {"\n"} & set(between) and between not in JOINTS else [place + 1]


def _given(text: Text, place: int, first: int, last: int, mark: Mark) -> bool:
    """Whether a word is one of the given names, or their initials."""
    token: Token = text.words[place]
    if any(name in stems(token.word) for name in (*mark.given, "".join(mark.given)) if len(name) > 1):
        return True
    joined = gap(text, min(place, last)) in JOINTS - {""} if place in (first - 1, last + 1) else False
    initials = "".join(each[0] for each in mark.given)
    return len(token.word) <= 2 and (token.capital or joined) and bool(initials) and initials.startswith(token.word)
