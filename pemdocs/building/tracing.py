"""Turn words of a page into the cells they come from: a cell is their origin if they change with it.

Every reading of a page can be answered otherwise than the workbook does, so that whatever stands between a cell and the
words (a fact, a sentence, a picture) need not know that it is asked. Texts are answered with a sign of their cell in
each word: one layout tells of all of them. The other cells are tried in halves, first those that may say the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, groupby
from typing import Any

from pemdocs.building import traces
from pemdocs.building.asked import Asked, having, keys, stands, texts, words_of, written
from pemdocs.building.otherwise import WAYS, another, may_say
from pemdocs.data import dataset as data
from pemdocs.data.schema import SOURCE, Field
from pemdocs.model import LANGUAGE_MARK, Finding, Page, PemdocsError, Read, Record
from pemdocs.page.passages import Passage
from pemdocs.page.reads import Notes, listening
from pemdocs.page.view import View
from pemdocs.writing import make
from pemdocs.writing.own.finished import Merged

MOST = 6
"""So many origins of a passage are looked for."""

TRIED = 120
"""So many layouts at the most are made for one passage."""


NEAR = (-1, -40)
"""By so many days the day of the data moves: other words stay where they are."""

ELSEWHERE = "-"
"""Another place of a cell."""


class Trial:
    """A page that can be laid out again as if some of its cells held something else."""

    def __init__(self, view: View, *, web: bool = False) -> None:
        self.view = view
        self.web = web
        self.notes = Notes(view.linked.dataset)
        with listening(self.notes):
            page = make.laid_out(view)
        if isinstance(page, PemdocsError):
            raise page
        self.blocks = texts(page, web=self.web)
        self.left = TRIED
        self.days = WAYS[0]
        self.rest: Passage | None = None
        """Those of the words last asked for that no text of a cell says."""
        self._laid: dict[Any, list[tuple[str, str]] | PemdocsError] = {}
        self.shown = False
        """Whether the words last asked for change with no value, only with the rows that are shown."""

    def asked(self, *, references: bool = False) -> list[Asked]:
        """The cells that were read and are filled: values, or the ids that refer to other rows."""
        found: dict[tuple[int, str], Asked] = {}
        for sort, record, name in self.notes.readings():
            if record is None or sort not in (Read.VALUE, Read.TEXTS):
                continue
            field = self._field(record, name)
            if bool(field and field.ref) is references and self._filled(record, sort, name):
                found[id(record), name] = Asked(sort, record, name)
        return list(found.values())

    def _field(self, record: Record, name: str) -> Field | None:
        fields = self.view.linked.dataset.tables[record.table].fields
        return fields.get(name.partition(LANGUAGE_MARK)[0])

    def _filled(self, record: Record, sort: Read, name: str) -> bool:
        return name in record.cells or (sort is Read.TEXTS and bool(keys(record, name)))

    def origins(self, passage: Passage, *, literal: bool = False) -> list[Asked]:
        """The cells with which the passage changes.

        Where no value does it: those that tell the day of the data, those that it says the place of, or the references
        to its rows. ``literal`` words are those of a template unless a text of a cell says them.
        """
        self.left, self.shown = TRIED, False
        said = self._said(passage)
        numbers = dict.fromkeys(number for number, _, _ in said or () if number is not None)
        found = [cell for each in numbers for cell in self._saying(self._texts[each], passage)]
        self.rest = _left(passage, said) if said else passage
        if self.rest is None or (literal and said is not None):
            return found
        others = self._others if said is not None else self.asked()
        if said is not None and self._wording(others, passage):
            return found
        more = self._valued(others, passage) or ([] if found else self._hidden(passage, said is not None))
        if more and said is not None and len(said) < 2:
            self.rest = None
        return found + more if said else having(more, passage)

    def _wording(self, others: Sequence[Asked], passage: Passage) -> bool:
        """Whether words without a figure, which no cell may say, stand though every cell holds something else."""
        words = words_of(passage)
        if re.search(r"\d", words) or any(self._likely(each, words) for each in others):
            return False
        there = self._otherwise([*others, *chain.from_iterable(self._texts)])
        return not isinstance(there, PemdocsError) and stands(self.blocks, there, passage)

    def _saying(self, some: list[Asked], passage: Passage) -> list[Asked]:
        """Of cells with the same text those that the passage has it from."""
        return some if len(some) == 1 else self._origins(some, passage) or some[:MOST]

    def _hidden(self, passage: Passage, followed: bool) -> list[Asked]:
        """The cells of words that are no value: made of a text, of the day of the data, a place; or of the rows."""
        found = self._origins(list(chain.from_iterable(self._texts)), passage) if followed else []
        found = found or self._of_finding(passage) or self._of_day(passage) or self._origins(self._placed(), passage)
        if found:
            return found
        self.shown = True
        return self._origins(self.asked(references=True), passage)

    def _valued(self, asked: Sequence[Asked], passage: Passage) -> list[Asked]:
        """Of these cells those with which the passage changes: first those that may say it are tried."""
        words = words_of(passage)
        likely = [each for each in asked if self._likely(each, words)]
        for some in (likely, asked) if likely else (asked,):
            for self.days in WAYS:
                found = self._origins(some, passage)
                if found:
                    return found
        return []

    def _likely(self, each: Asked, words: str) -> bool:
        """Whether a cell may say some of these words."""
        field = self._field(each.record, each.name)
        return any(may_say(each.record.cells[key].value, field, words) for key in written(each))

    @cached_property
    def _texts(self) -> list[list[Asked]]:
        """The cells whose words are said as they are written, each language for itself; those of one text together."""
        found: dict[str, dict[tuple[int, str], Asked]] = defaultdict(dict)
        for each in filter(self._is_text, self.asked()):
            for key in written(each):
                one = each._replace(sort=Read.VALUE, name=key)
                found[str(each.record.cells[key].value)][id(each.record), key] = one
        return [list(some.values()) for some in found.values()][: traces.MOST]

    def _is_text(self, each: Asked) -> bool:
        field = self._field(each.record, each.name)
        values = (each.record.cells[key].value for key in written(each))
        free = field is None or not (field.coded or field.said not in ("", SOURCE) or field.name == "id")
        return free and all(isinstance(value, str) for value in values)

    @cached_property
    def _others(self) -> list[Asked]:
        """The cells that are read and are no texts."""
        return [each for each in self.asked() if not self._is_text(each)]

    @cached_property
    def _traced(self) -> dict[int, str]:
        """The blocks whose words tell their cells, by their places; none where the page cannot be laid out so."""
        fixed: dict[tuple[Read, int, str], Any] = defaultdict(dict)
        for number, each in ((number, each) for number, some in enumerate(self._texts) for each in some):
            name, _, language = each.name.partition(LANGUAGE_MARK)
            told = traces.traced(str(each.record.cells[each.name].value), number)
            fixed[Read.VALUE, id(each.record), each.name] = told
            if language:
                fixed[Read.TEXTS, id(each.record), name][language] = told
        page = self._again(fixed)
        if isinstance(page, PemdocsError):
            return {}
        there = texts(page, web=self.web)
        matcher = SequenceMatcher(None, self.blocks, [(tag, traces.plain(text)) for tag, text in there], autojunk=False)
        return {
            match.a + step: there[match.b + step][1]
            for match in matcher.get_matching_blocks()
            for step in range(match.size)
        }

    def _said(self, passage: Passage) -> list[tuple[int | None, int, int]] | None:
        """The number of the text that says each word of a passage, with its place; ``None`` where that is not known."""
        text = self._traced.get(passage.place)
        return None if text is None else list(traces.cells(text, passage.start, passage.end))

    def _of_finding(self, passage: Passage) -> list[Asked]:
        """The cell that a finding is on, if the passage goes with the finding."""
        some = self.view.findings
        while len(some) > 1:
            half = some[: len(some) // 2]
            some = half if self._goes_with(half, passage) else some[len(some) // 2 :]
        if not some or not self._goes_with(some, passage):
            return []
        found, records = some[0], self.view.linked.dataset.records.get(some[0].table, ())
        return [
            Asked(Read.PLACE, record, found.field + LANGUAGE_MARK)
            for record in records
            if (record.sheet, record.number) == (found.sheet, found.row) and found.field
        ]

    def _goes_with(self, some: Sequence[Finding], passage: Passage) -> bool:
        """Whether the passage is not there without these findings."""
        view = self.view
        told = tuple(each for each in view.findings if each not in some)
        page = make.laid_out(View(view.kind, view.linked, view.languages, told, view.bound, view.amends))
        return not isinstance(page, PemdocsError) and self._moved(page, passage)

    def _of_day(self, passage: Passage) -> list[Asked]:
        """The cells that tell the day of the data, if the passage changes with this day."""
        dataset = self.view.linked.dataset
        told = data.telling(dataset)
        days = [dataset.speaks_of + timedelta(days=each) for each in NEAR] if told else []
        if any(self._changes_with(each, passage) for each in days):
            return [Asked(Read.VALUE, record, name) for record, name in told[:MOST]]
        return []

    def _changes_with(self, day: date, passage: Passage) -> bool:
        """Whether the passage is another, or gone, where the data speaks of another day."""
        answers: dict[Read, Any] = {Read.DAY: day, Read.YEAR: day.year, Read.DAY_WITHIN: day}
        asked = [(sort, name) for sort, _, name in self.notes.readings() if sort in answers]
        page = self._again({(sort, id(None), name): answers[sort] for sort, name in asked}) if asked else None
        return page is not None and not isinstance(page, PemdocsError) and self._moved(page, passage)

    def _placed(self) -> list[Asked]:
        """The cells of which the page says where they stand."""
        readings = self.notes.readings()
        return [Asked(sort, record, name) for sort, record, name in readings if record and sort is Read.PLACE]

    def _again(self, fixed: Mapping[tuple[Read, int, str], Any]) -> Page | Merged | PemdocsError:
        """The page laid out with these answers instead of the true ones."""
        self.left -= 1
        with listening(Notes(self.view.linked.dataset, fixed)):
            view = self.view
            return make.laid_out(View(view.kind, view.linked, view.languages, view.findings, view.bound, view.amends))

    def _origins(self, asked: Sequence[Asked], passage: Passage) -> list[Asked]:
        """Halves first: what changes nothing together is tried no further."""
        found: list[Asked] = []
        queue = [list(asked)] if asked else []
        while queue and len(found) < MOST and self.left > 0:
            some = queue.pop(0)
            if not self._changes(some, passage):
                continue
            if len(some) == 1:
                found += some
            else:
                middle = len(some) // 2
                queue = [some[:middle], some[middle:], *queue]
        return found

    def _changes(self, some: Sequence[Asked], passage: Passage) -> bool:
        """Whether the passage is another, or gone, when these cells hold something else."""
        there = self._otherwise(some)
        if isinstance(there, PemdocsError):  # some of them are needed for the page as they are
            return len(some) > 1
        return not stands(self.blocks, there, passage)

    def _moved(self, page: Page | Merged, passage: Passage) -> bool:
        return not stands(self.blocks, texts(page, web=self.web), passage)

    def _otherwise(self, some: Sequence[Asked]) -> list[tuple[str, str]] | PemdocsError:
        """The texts of the page where these cells hold something else."""
        fixed = {key: answer for number, each in enumerate(some) for key, answer in self._other(each, number)}
        key = (self.days, tuple(fixed))
        if key not in self._laid:
            page = self._again(fixed)
            self._laid[key] = page if isinstance(page, PemdocsError) else texts(page, web=self.web)
        return self._laid[key]

    def _other(self, each: Asked, number: int) -> Iterator[tuple[tuple[Read, int, str], Any]]:
        """What is answered instead of a cell, however it is asked for: as it is typed, and by language."""
        record, field = each.record, self._field(each.record, each.name)
        if each.sort is Read.PLACE:
            yield (Read.PLACE, id(record), each.name), ELSEWHERE
            return
        values = {key: another(record.cells[key].value, field, number, self.days) for key in written(each)}
        yield from (((Read.VALUE, id(record), key), value) for key, value in values.items())
        name, _, _ = each.name.partition(LANGUAGE_MARK)
        if any(LANGUAGE_MARK in key for key in values):
            there = {key: record.cells[key].value for key in keys(record, name)} | values
            told = {key.partition(LANGUAGE_MARK)[2]: value for key, value in there.items() if LANGUAGE_MARK in key}
            yield (Read.TEXTS, id(record), name), told


def _left(passage: Passage, said: Sequence[tuple[int | None, int, int]]) -> Passage | None:
    """The longest run of words of a passage that no text says; none where all are said."""
    runs = [
        (max(passage.start, some[0][1]), min(passage.end, some[-1][2]))
        for silent, group in groupby(said, key=lambda each: each[0] is None)
        if silent and (some := list(group))
    ]
    if len(runs) == 1 and len(said) == sum(number is None for number, _, _ in said):
        return passage
    start, end = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return replace(passage, start=start, end=end) if runs else None
