"""Turn a text and marks into mentions. Only this module knows how people write a name that is not to be written.

Names come in any order, with initials, titles and middle names, without accents, run together, in the genitive. A word
that is also a name counts for certain only beside what makes it one: a given name, a title, a legal form.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pemdocs.knowledge.mentions.companies import Companies
from pemdocs.knowledge.mentions.marks import Mark, Sort
from pemdocs.knowledge.mentions.people import People
from pemdocs.knowledge.mentions.reading import Text, read

SHORT_ID = 3
"""Signs of an id that is written as in its sheet, or is none: ``P-04``, and not ``p. 04``."""


class Mention(NamedTuple):
    """Where a text says what a mark is of; ``certain`` unless it may be an ordinary word, or somebody else."""

    start: int
    end: int
    mark: Mark
    certain: bool


class Index:
    """Marks by the words that they are found by, made once for many texts."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks = tuple(marks)
        people = [each for each in self.marks if each.sort is Sort.NAME]
        whole = [each for each in self.marks if each.sort in (Sort.COMPANY, Sort.ADDRESS)]
        self.people, self.companies = People(people), Companies(whole)
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
    words = read(text, common)
    named = (*index.people.found(words, free, near), *index.companies.found(words))
    there = {
        *(Mention(words.words[first].start, words.words[last].end, mark, sure) for first, last, mark, sure in named),
        *_runs(words, index),
    }
    covered = [(each.start, each.end) for each in there if each.certain and _free(each.mark, free)]
    kept = (each for each in there if not _free(each.mark, free))
    return tuple(_widest([each for each in kept if not any(a <= each.start and each.end <= b for a, b in covered)]))


def _free(mark: Mark, free: Collection[str]) -> bool:
    return mark.whose in free and not mark.private


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
            fits = starts[tail + 1] == found.end() and (starts[head] == found.start() or inside)
            if fits and (len(mark.words[0]) > SHORT_ID or _as_written(read, head, tail)):
                yield Mention(read.words[head].start, read.words[tail].end, mark, certain=True)


def _as_written(read: Text, head: int, tail: int) -> bool:
    """Whether a short id stands there as in its sheet: with a capital and without a space."""
    first = read.words[head]
    return first.capital and " " not in read.whole[first.start : read.words[tail].end].replace("\u00a0", " ")


def _widest(mentions: Collection[Mention]) -> Iterator[Mention]:
    """Each passage once: the certain before the doubtful, the longer before the shorter."""
    taken: list[Mention] = []
    for each in sorted(mentions, key=lambda one: (not one.certain, one.start - one.end, one.start)):
        if all(each.end <= one.start or one.end <= each.start for one in taken):
            taken.append(each)
    yield from sorted(taken)
