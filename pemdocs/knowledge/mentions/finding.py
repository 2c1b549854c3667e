"""Turn a text and marks into mentions. Only this module knows how people write a name that is not to be written.

Names come in any order, with initials, titles and middle names, without accents, run together, in the genitive. A word
that is also a name counts for certain only beside what makes it one: a given name, a title, a legal form.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pemdocs.knowledge.mentions.marks import FORMS, PARTICLES, Mark, Sort
from pemdocs.knowledge.mentions.tokens import Token, tokens

_TITLES = """m mr mrs ms mme mmes mlle mm miss dr pr prof dhr mevr mw monsieur madame mademoiselle messieurs mesdames
mister mijnheer meneer mevrouw sir el hadj elhadj imam docteur doctor professeur professor maitre"""
TITLES = frozenset(_TITLES.split())

_BUSINESS = """societe entreprise maison firme compagnie boite chez company firm business bedrijf firma onderneming
vennootschap marque brand merk named called baptisee nommee appelee genaamd"""
BUSINESS = frozenset(_BUSINESS.split())
"""Words before a name that make it that of a company."""

BETWEEN = 3
"""Words that may stand between a given name and the family name."""

ENDS = frozenset(".!?:;\n")
JOINTS = frozenset("._-")
"""What joins the names of a person in an address or a file: ``awa.diop``."""

SHORT = 3
"""Letters of a family name that can be told from an ordinary word."""


class Mention(NamedTuple):
    """Where a text says what a mark is of; ``certain`` unless it may be an ordinary word, or somebody else."""

    start: int
    end: int
    mark: Mark
    certain: bool


class Text(NamedTuple):
    """A text with its words, and those that it also writes small or that are ordinary anyway."""

    whole: str
    words: tuple[Token, ...]
    small: frozenset[str]


class Index:
    """Marks by the words that they are found by, made once for many texts."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks = tuple(marks)
        people = [each for each in self.marks if each.sort is Sort.NAME]
        whole = [each for each in self.marks if each.sort in (Sort.COMPANY, Sort.ADDRESS)]
        given = [each for each in people if each.given]
        self.family = _index(people, lambda mark: [each for each in mark.words if each not in PARTICLES] or mark.words)
        self.joined = _index(given, _run_together)
        self.first = _index(given, lambda mark: mark.given[:1])
        self.opening = _index(whole, lambda mark: mark.words[:1])
        self.compound = _index([each for each in whole if len(each.words) > 1], lambda mark: ["".join(mark.words)])
        self.runs = tuple(each for each in self.marks if each not in {*people, *whole})


@lru_cache(maxsize=4096)
def find(
    text: str,
    index: Index,
    free: frozenset[str] = frozenset(),
    common: frozenset[str] = frozenset(),
    near: frozenset[str] = frozenset(),
) -> tuple[Mention, ...]:
    """Every mention in a text of what is marked, but for those who are ``free`` to be named.

    ``common`` are words that are names and something else. Of who is ``near`` (quoted in the same document, say) the
    given name alone counts too.
    """
    words = tokens(text)
    small = {each.word for each in words if not each.capital}
    read = Text(text, words, frozenset(small | {each.word for each in words if each.word in common}))
    there = {*_people(read, index, free, near), *_sequences(read, index), *_runs(read, index)}
    covered = [(each.start, each.end) for each in there if each.certain and each.mark.whose in free]
    kept = (each for each in there if each.mark.whose not in free)
    return tuple(_widest([each for each in kept if not any(a <= each.start and each.end <= b for a, b in covered)]))


# People


def _people(read: Text, index: Index, free: Collection[str], near: Collection[str]) -> Iterator[Mention]:
    for place, token in enumerate(read.words):
        for word in _stems(token.word):
            there = index.family.get(word, ())
            rivals = [each for each in there if each.whose in free]
            for mark in there:
                yield from _named(read, place, mark, () if mark.whose in free else rivals)
        for mark in index.joined.get(token.word.strip("0123456789"), ()):
            yield Mention(token.start, token.end, mark, certain=True)
        if token.capital and token.word not in read.small:
            for mark in index.first.get(token.word, ()):
                if mark.whose in near:
                    yield Mention(token.start, token.end, mark, certain=True)


def _run_together(mark: Mark) -> list[str]:
    family = "".join(mark.words)
    return [way for given in ("".join(mark.given), mark.given[0]) for way in (given + family, family + given)]


def _named(read: Text, place: int, mark: Mark, rivals: Sequence[Mark]) -> Iterator[Mention]:
    """A family name with a given one, an initial or a title beside it, or alone."""
    first, last = _stretch(read.words, place, mark.words)
    beside = _before(read, first) + _after(read, last)
    given = [each for each in beside if _given(each, mark)]
    partner = next(iter(given), None)
    token = read.words[place]
    if partner is not None:
        joined = partner.end + 1 == token.start or token.end + 1 == partner.start
        between = read.whole[min(partner.end, token.end) : max(partner.start, token.start)]
        written = partner.capital or token.capital or (joined and between in JOINTS)
        if any(_given(partner, each) for each in rivals) or not written:
            return
        ends = (token, *given, read.words[first], read.words[last])
        yield Mention(min(each.start for each in ends), max(each.end for each in ends), mark, certain=True)
    elif not rivals and last - first + 1 >= len(mark.words):
        titled = any(each.word in TITLES for each in _before(read, first)[:1])
        telling = len(token.word) > SHORT and token.word not in read.small
        if token.capital and (titled or telling):
            yield Mention(read.words[first].start, read.words[last].end, mark, certain=True)
        elif token.capital and len(token.word) >= SHORT and not _opens(read, first):
            yield Mention(read.words[first].start, read.words[last].end, mark, certain=False)


def _stretch(words: Sequence[Token], place: int, family: tuple[str, ...]) -> tuple[int, int]:
    """As much of a family name of several words as stands here, from its first word to its last."""
    for offset in range(len(family)):
        first = place - offset
        some = [each.word for each in words[max(first, 0) : first + len(family)]]
        if first >= 0 and len(some) == len(family) and all(map(_alike, some, family)):
            return first, first + len(family) - 1
    return place, place


def _alike(word: str, name: str) -> bool:
    return name in _stems(word)


def _before(read: Text, place: int) -> list[Token]:
    """The words before a family name, the nearest first, as far as they can belong to it."""
    found: list[Token] = []
    for at in range(place - 1, max(place - 2 - BETWEEN, -1), -1):
        token = read.words[at]
        gap = read.whole[token.end : read.words[at + 1].start]
        if (
            ENDS & set(gap) and gap not in JOINTS and len(token.word) > 3
        ):  # a full stop belongs to an initial or a short title
            break
        found.append(token)
        if not token.capital and token.word not in PARTICLES and len(found) > 1:
            break
    return found


def _after(read: Text, place: int) -> list[Token]:
    """The words directly behind a family name."""
    if place + 1 >= len(read.words):
        return []
    token = read.words[place + 1]
    gap = read.whole[read.words[place].end : token.start]
    return [] if ENDS - {"\n"} & set(gap) and gap not in JOINTS else [token]


def _given(token: Token, mark: Mark) -> bool:
    """Whether a word is one of the given names, or their initials."""
    word = token.word
    if len(word) <= 2 and token.capital:
        initials = "".join(each[0] for each in mark.given)
        return bool(initials) and initials.startswith(word)
    return any(name in _stems(word) for name in (*mark.given, "".join(mark.given)) if len(name) > 1)


def _opens(read: Text, place: int) -> bool:
    """Whether a word opens a sentence, so that its capital says nothing."""
    before = read.whole[: read.words[place].start].rstrip(" \t\"'«»“”‘’(\u00a0\u202f")
    return not before or before[-1] in ".!?\n"


# Companies and addresses


def _sequences(read: Text, index: Index) -> Iterator[Mention]:
    for place, token in enumerate(read.words):
        for word in _stems(token.word):
            for mark in index.opening.get(word, ()):
                some = read.words[place : place + len(mark.words)]
                if len(some) == len(mark.words) and all(map(_alike, (each.word for each in some), mark.words)):
                    yield from _called(read, place, place + len(some) - 1, mark)
        yield from (Mention(token.start, token.end, mark, certain=True) for mark in index.compound.get(token.word, ()))


def _called(read: Text, first: int, last: int, mark: Mark) -> Iterator[Mention]:
    """A company’s name; one that is an ordinary word counts for certain where something makes it a name."""
    words = read.words[first : last + 1]
    start, end = words[0].start, words[-1].end
    beside = {each.word for each in (*read.words[max(first - 2, 0) : first], *read.words[last + 1 : last + 2])}
    made = bool(beside & (FORMS | BUSINESS)) or _quoted(read.whole, start, end)
    ordinary = all(each in read.small or len(each) < SHORT for each in mark.words)
    written = any(each.capital for each in words) or mark.sort is Sort.ADDRESS
    if written and (made or not ordinary or mark.sort is Sort.ADDRESS):
        yield Mention(start, end, mark, certain=True)
    elif (written and not _opens(read, first)) or len(words) > 1:
        yield Mention(start, end, mark, certain=False)


def _quoted(whole: str, start: int, end: int) -> bool:
    before, behind = whole[:start].rstrip(" \u00a0\u202f")[-1:], whole[end:].lstrip(" \u00a0\u202f")[:1]
    return bool(before) and before in "«“\"'‘" and bool(behind) and behind in "»”\"'’"


# Numbers and addresses on the net


def _runs(read: Text, index: Index) -> Iterator[Mention]:
    """What is written without a gap, whatever parts it in the text: it begins and ends with words of the text."""
    run = "".join(each.word for each in read.words)
    there = [mark for mark in index.runs if mark.words[0] in run]
    starts = list(accumulate((len(each.word) for each in read.words), initial=0)) if there else []
    for mark in there:
        for found in re.finditer(re.escape(mark.words[0]), run):
            head, tail = bisect_right(starts, found.start()) - 1, bisect_left(starts, found.end()) - 1
            before = run[found.start() - 1 : found.start()]
            inside = before.isdigit() if mark.sort is Sort.PHONE else mark.sort is Sort.NUMBER and before.isalpha()
            if starts[tail + 1] == found.end() and (starts[head] == found.start() or inside):
                yield Mention(read.words[head].start, read.words[tail].end, mark, certain=True)


# In common


def _index(marks: Iterable[Mark], keys: Callable[[Mark], Iterable[str]]) -> Mapping[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        for word in dict.fromkeys(keys(mark)):
            found[word].append(mark)
    return found


def _stems(word: str) -> tuple[str, ...]:
    """A word as it is, and without the ending of a genitive or a plural."""
    return (word, word[:-1]) if len(word) > SHORT and word.endswith("s") else (word,)


def _widest(mentions: Collection[Mention]) -> Iterator[Mention]:
    """Each passage once: the certain before the doubtful, the longer before the shorter."""
    taken: list[Mention] = []
    for each in sorted(mentions, key=lambda one: (not one.certain, one.start - one.end, one.start)):
        if all(each.end <= one.start or one.end <= each.start for one in taken):
            taken.append(each)
    yield from sorted(taken)
