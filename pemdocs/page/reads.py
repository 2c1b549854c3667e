"""Turn what a page asks of a dataset into marks, which tell later whether any answer has changed.

Only this module knows how an answer is marked.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from hashlib import blake2b
from operator import itemgetter
from typing import Any, NamedTuple

from pemdocs.consent import consents, groups, withheld
from pemdocs.data.dataset import Dataset, Key, key
from pemdocs.model import LANGUAGE_MARK, READER, Read, Reader, Record
from pemdocs.project import beside

SHORT = 6
"""Bytes of a mark: it only tells what may be skipped, and is compared with one other."""

WIDE = 8
"""Signs that a mark is written in."""

MOST = 50_000
"""So many marks are kept at a time: what many documents ask, they ask one soon after the other."""

GONE = "gone" + "." * (WIDE - 4)
"""The mark of whatever is asked of a record that is not there."""

Who = tuple[str, str, str]
"""Which record is meant: table, id, and, where several have this id, sheet and row of all but the first."""


class Question(NamedTuple):
    """What was asked: the sort of reading, the record (nobody's fields are empty), and by which name."""

    sort: Read
    who: Who
    name: str


NOBODY: Who = ("", "", "")


@contextmanager
def listening(reader: Reader) -> Iterator[None]:
    """Let a reader hear whatever is read meanwhile."""
    token = READER.set(reader)
    try:
        yield
    finally:
        READER.reset(token)


class Notes:
    """Everything that was asked while it listened. ``fixed`` are answers that it gives instead of the true ones."""

    __slots__ = ("_asked", "dataset", "fixed")

    def __init__(self, dataset: Dataset, fixed: Mapping[tuple[Read, int, str], Any] | None = None) -> None:
        self.dataset = dataset
        self.fixed = fixed
        self._asked: dict[tuple[Read, int, str], Record | None] = {}

    def __call__(self, sort: Read, record: Record | None, name: str, answer: Any) -> Any:
        """Note a reading and give its answer back."""
        asked = (sort, id(record), name)
        self._asked[asked] = record
        return answer if self.fixed is None else self.fixed.get(asked, answer)

    def readings(self) -> Iterator[tuple[Read, Record | None, str]]:
        """What was asked, in the order in which it was first asked."""
        yield from ((sort, record, name) for (sort, _, name), record in self._asked.items())

    def questions(self) -> Iterator[Question]:
        """The same as questions that can be put to another dataset too; of a translated text, one for each language."""
        asked: dict[Question, None] = {}
        for sort, record, name in self.readings():
            who = NOBODY if record is None else identity(record, self.dataset)
            asked[Question(sort, who, name)] = None
            if record is not None and sort is Read.TEXTS:
                asked |= dict.fromkeys(Question(Read.VALUE, who, each) for each in written(record, name))
        yield from asked


def written(record: Record, name: str) -> list[str]:
    """The keys of a translated text, in the order of the columns."""
    return [key for key in record.cells if key.startswith(name + LANGUAGE_MARK)]


def identity(record: Record, dataset: Dataset) -> Who:
    """Which record this is, whatever rows stand above it."""
    if dataset.by_id.get((record.table, record.id)) is record:
        return (record.table, record.id, "")
    return (record.table, record.id, f"{record.sheet}!{record.number}")


class Answers:
    """The marks of the answers that a dataset gives, each worked out once as long as there are not too many."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._marks: dict[Question, str] = {}
        self._wholes: dict[Who, str] = {}
        self._doubles = {
            identity(record, dataset): record
            for records in dataset.records.values()
            for record in records
            if dataset.by_id.get((record.table, record.id)) is not record
        }

    def mark(self, question: Question) -> str:
        """The mark of the answer to a question."""
        found = self._marks.get(question)
        if found is None:
            if len(self._marks) >= MOST:
                self._marks.clear()
            found = self._marks[question] = self._mark(question)
        return found

    def whole(self, who: Who) -> str:
        """The mark of all that a record says: its values, and who refers to it; not where it stands."""
        found = self._wholes.get(who)
        if found is None:
            record = self.record(who)
            found = self._wholes[who] = GONE if record is None else mark(self._said(record))
        return found

    def _said(self, record: Record) -> object:
        return [(name, cell.value) for name, cell in record.cells.items()], [
            (name, [identity(each, self.dataset) for each in referring])
            for name, referring in self._referring.get(key(record), ())
        ]

    @cached_property
    def _referring(self) -> Mapping[Key, list[tuple[str, tuple[Record, ...]]]]:
        found: dict[Key, list[tuple[str, tuple[Record, ...]]]] = defaultdict(list)
        for (target, name), records in sorted(self.dataset.referring.items(), key=itemgetter(0)):
            found[target].append((name, records))
        return found

    def record(self, who: Who) -> Record | None:
        """The record that is meant, if it is there."""
        return self._doubles.get(who) if who[2] else self.dataset.by_id.get((who[0], who[1]))

    def _mark(self, question: Question) -> str:
        if question.who == NOBODY:
            return mark(self._of_all(question.sort, question.name))
        record = self.record(question.who)
        return GONE if record is None else mark(self._of_record(question.sort, record, question.name))

    def _of_record(self, sort: Read, record: Record, name: str) -> object:
        match sort:
            case Read.VALUE:
                return record.value(name)
            case Read.TEXTS:
                return written(record, name)
            case Read.PLACE:
                field, _, language = name.partition(LANGUAGE_MARK)
                return (record.sheet, record.place(field, language))
            case _:
                referring = self.dataset.referring.get((key(record), name), ())
                return [identity(each, self.dataset) for each in referring]

    def _of_all(self, sort: Read, name: str) -> object:
        match sort:
            case Read.FIND:
                table, _, identifier = name.partition(":")
                return (table, identifier) in self.dataset.by_id
            case Read.TABLE:
                return [identity(each, self.dataset) for each in self.dataset.records.get(name, ())]
            case Read.DAY | Read.YEAR:
                return self.dataset.as_of if sort is Read.DAY else self.dataset.year
            case Read.DAY_WITHIN:
                first, _, last = name.partition("/")
                return self.dataset.day_within(date.fromisoformat(first), date.fromisoformat(last))
            case Read.ATTACHED:
                return sorted(self.dataset.attached(name))
            case Read.FILE:
                return beside.content(self.dataset.folder, name)
            case Read.GROUP:
                of, _, identifier = name.partition(":")
                return groups.shared(self.dataset, of, identifier)
            case Read.PSEUDONYM:
                return self.dataset.pseudonym(name)
            case Read.NAMES:
                return withheld.fingerprint(self.dataset)
            case _:
                return consents.today()


def mark(answer: object) -> str:
    """The mark of an answer; bytes by what they are, everything else by how it is written."""
    told = answer if isinstance(answer, bytes) else repr(answer).encode("utf-8", "surrogatepass")
    return b64encode(blake2b(told, digest_size=SHORT).digest()).decode("ascii")
