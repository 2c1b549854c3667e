"""Turn the words of a text into mentions of companies and addresses: in parts, without the legal form, in short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pemdocs.knowledge.mentions.marks import CONNECTING, FORMS, PARTICLES, STREET, Mark, Sort
from pemdocs.knowledge.mentions.reading import SHORT, Span, Text, beginnings, linked, odd, opens, spans

Found = Iterator[tuple[int, int, Mark, bool]]
"""Where a company is mentioned: the first and the last word, which, and whether for certain."""

_BUSINESS = """societe entreprise maison firme compagnie boite chez company firm business bedrijf firma onderneming
vennootschap marque brand merk named called baptisee nommee appelee genaamd"""
BUSINESS = frozenset(_BUSINESS.split())
"""Words before a name that make it that of a company."""

STRETCH = 2
"""Words between a street and the number of the house at most."""


class Companies:
    """Companies and addresses by what they are found by, made once for many texts."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.known: dict[str, list[Mark]] = defaultdict(list)
        self.short: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            self.known["".join(each for each in mark.words if each not in CONNECTING)].append(mark)
            if mark.sort is Sort.COMPANY and len(mark.words) > 2:
                self.short["".join(each[0] for each in mark.words)].append(mark)
        self.begun = beginnings(self.known)

    def found(self, text: Text) -> Found:
        """Every company and address that a text names."""
        for span in spans(text, self.known, self.begun):
            for mark in self.known[span.key]:
                yield from _addressed(text, span, mark) if mark.sort is Sort.ADDRESS else _called(text, span, mark)
        yield from _shortened(text, self.short)


def _called(text: Text, span: Span, mark: Mark) -> Found:
    """A company’s name; one that is an ordinary word counts for certain where something makes it a name."""
    first, last = span.first, span.last
    words = text.words[first : last + 1]
    alone = len(mark.words) == 1 and words[0].word in text.small
    ordinary = alone or all(each in text.small or len(each) < SHORT for each in mark.words)
    usual = all(each in text.common or len(each) < SHORT for each in mark.words)
    written, net = any(each.capital for each in words), linked(text, first) or linked(text, last)
    several = len(words) > 1 and not (usual and sum(each not in PARTICLES for each in mark.words) == 1)
    parted, together = odd(text, span, mark.words), first == last and len(mark.words) > 1
    certain = (
        (written and not parted and not ordinary and not mark.short)
        or (together and not mark.short)
        or (net and not usual and not mark.short)
        or (_made(text, first, last) and (written or not usual) and not (mark.short and usual))
        or (_capitals(text, first, last) and not mark.short)
    )
    if certain:
        yield first, last, mark, True
    elif (written and not opens(text, first)) or (several and not parted) or net:
        yield first, last, mark, False


def _made(text: Text, first: int, last: int) -> bool:
    """Whether something makes a name of words: a legal form, a word for a business, quotation marks."""
    start, end = text.words[first].start, text.words[last].end
    before = {each.word for each in text.words[max(first - 2, 0) : first]}
    behind = {each.word for each in text.words[last + 1 : last + 2]}
    return bool(before & (FORMS | BUSINESS) or behind & FORMS) or _quoted(text.whole, start, end)


def _capitals(text: Text, first: int, last: int) -> bool:
    """Whether several words all have capitals, and none beside them has: no heading."""
    told = [each for each in text.words[first : last + 1] if each.word not in PARTICLES and len(each.word) >= SHORT]
    beside = (*text.words[max(first - 2, 0) : first], *text.words[last + 1 : last + 3])
    return len(told) > 1 and all(each.capital for each in told) and any(not each.capital for each in beside)


def _shortened(text: Text, short: Mapping[str, list[Mark]]) -> Found:
    """The first letters of a company’s name, written as such: they may stand for something else."""
    for place, token in enumerate(text.words):
        if token.word in short and text.whole[token.start : token.end].isupper() and token.word not in text.common:
            for mark in short[token.word]:
                yield place, place, mark, _made(text, place, place)


def _quoted(whole: str, start: int, end: int) -> bool:
    before, behind = whole[:start].rstrip(" \u00a0\u202f")[-1:], whole[end:].lstrip(" \u00a0\u202f")[:1]
    return bool(before) and before in "«“\"'‘" and bool(behind) and behind in "»”\"'’"


def _addressed(text: Text, span: Span, mark: Mark) -> Found:
    """An address, certain with the number of the house before or behind; a street alone may be meant as such."""
    if odd(text, span, mark.words):
        return
    if any(map(str.isdigit, "".join(mark.words))):
        yield span.first, span.last, mark, True
        return
    before = range(span.first - 1, max(span.first - 1 - STRETCH, -1), -1)
    behind = range(span.last + 1, min(span.last + 1 + STRETCH, len(text.words)))
    numbered = next((place for place in (*behind, *before) if text.words[place].word in mark.given), None)
    if numbered is not None:
        yield min(numbered, span.first), max(numbered, span.last), mark, True
    elif len(mark.words) > 2 and any(map(STREET.fullmatch, mark.words)):
        yield span.first, span.last, mark, False
