"""Remember what each document had read when it was made, and say what of it has changed since.

Only this module reads and writes ``reads.json``, which is for its owner alone: marks of values are in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from pemdocs.building import private
from pemdocs.building.plain import Once
from pemdocs.data.dataset import Dataset
from pemdocs.model import Read
from pemdocs.page.reads import NOBODY, WIDE, Answers, Notes, Question, Who

T = TypeVar("T")

FILE = "reads.json"
SCHEMA_VERSION = 2

SAID = frozenset({Read.VALUE, Read.TEXTS, Read.BACK})
"""What is asked of a record that hangs on what it says alone."""


class State(NamedTuple):
    """What was read of one record: ``names`` of readings (``value:title``), and their marks one behind the other.

    ``whole`` is the mark of all that the record said then: as long as it says the same, nothing need be asked again.
    Empty where more was asked than what it says.
    """

    who: Who
    names: tuple[str, ...]
    marks: str
    whole: str

    def questions(self) -> Iterator[tuple[Question, str]]:
        """Each question with the mark of its answer."""
        for place, name in enumerate(self.names):
            sort, _, of = name.partition(":")
            yield Question(Read(sort), self.who, of), self.marks[place * WIDE : (place + 1) * WIDE]


class Known(NamedTuple):
    """What is known of a document: the marks of the parts it is made with, what its page had read, its fingerprint."""

    parts: Mapping[str, str]
    states: tuple[State, ...]
    fingerprint: str


class Change(NamedTuple):
    """What has changed for a document: the ``part`` that it is made with, or the question answered otherwise."""

    part: str = ""
    question: Question | None = None


class Memory:
    """The documents by their paths, held against a dataset."""

    def __init__(self, documents: Mapping[str, Known], dataset: Dataset) -> None:
        self.documents = dict(documents)
        self._first = dict(documents)
        self.answers = Answers(dataset)
        self.learnt = False
        self._kept: dict[Any, Any] = {}

    def changes(self, path: str, parts: Mapping[str, str]) -> tuple[Change, ...] | None:
        """What has changed since a document was made; ``None`` where that is not known."""
        known = self.documents.get(path)
        if known is None:
            return None
        apart = (Change(part) for part in {**parts, **known.parts} if parts.get(part) != known.parts.get(part))
        # By what they are and not what they say: thousands of documents share states of hundreds of signs.
        stale = self._stale
        read = (Change(question=each) for state in known.states if id(state) in stale for each in stale[id(state)][1])
        return (*apart, *read)

    def files(self) -> frozenset[str]:
        """The names of the files beside the workbook that documents have asked for."""
        head = f"{Read.FILE}:"
        states = {state for known in self.documents.values() for state in known.states if state.who == NOBODY}
        return frozenset(name.removeprefix(head) for state in states for name in state.names if name.startswith(head))

    def learn(self, path: str, known: Known) -> None:
        """Remember a document as it is now."""
        if self.documents.get(path) != known:
            self.documents[path] = known
            self.learnt = True

    def states(self, notes: Notes) -> tuple[State, ...]:
        """What was read of each record, as it is answered now."""
        return tuple(self._states(notes.questions()))

    @cached_property
    def _stale(self) -> dict[int, tuple[State, tuple[Question, ...]]]:
        """The states that were remembered of which something has changed, by what they are, with what has."""
        states = {id(state): state for known in self._first.values() for state in known.states}
        told = ((each, state, tuple(self._otherwise(state))) for each, state in states.items())
        return {each: (state, changed) for each, state, changed in told if changed}

    def _otherwise(self, state: State) -> Iterator[Question]:
        if not state.whole or state.whole != self.answers.whole(state.who):
            yield from (question for question, mark in state.questions() if self.answers.mark(question) != mark)

    def _states(self, questions: Iterable[Question]) -> Iterator[State]:
        ordered = sorted(questions, key=itemgetter(1))
        for who, some in groupby(ordered, key=itemgetter(1)):
            asked = sorted(some, key=itemgetter(0, 2))
            names = self._once(tuple(f"{each.sort.value}:{each.name}" for each in asked))
            told = who != NOBODY and all(each.sort in SAID for each in asked)
            whole = self.answers.whole(who) if told else ""
            yield self._once(State(who, names, "".join(map(self.answers.mark, asked)), whole))

    def _once(self, thing: T) -> T:
        """The same as is kept already: many documents read the same of one record."""
        return cast("T", self._kept.setdefault(thing, thing))


def read(folder: Path) -> dict[str, Known]:
    """The documents that are remembered in an output folder; none where the file is absent, spoiled or newer."""
    try:
        found = json.loads(private.read(folder, FILE))
        return _documents(found) if found["schema_version"] == SCHEMA_VERSION else {}
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {}


def _documents(found: Mapping[str, Any]) -> dict[str, Known]:
    names = [tuple(each) for each in found["names"]]
    states = [State((table, of, where), names[shape], *marks) for table, of, where, shape, *marks in found["states"]]
    pages = [tuple(states[each] for each in page) for page in found["pages"]]
    parts = found["parts"]
    return {path: Known(parts[made], pages[page], mark) for path, (made, page, mark) in found["documents"].items()}


def write(folder: Path, documents: Mapping[str, Known]) -> None:
    """Keep the documents; what several have in common is written once."""
    parts, pages, states, names = Once(), Once(), Once(), Once()
    states_of = {id(state): state for known in documents.values() for state in known.states}
    places = {each: states.place(state) for each, state in states_of.items()}
    told = {
        path: [
            parts.place(tuple(sorted(known.parts.items()))),
            pages.place(tuple(places[id(state)] for state in known.states)),
            known.fingerprint,
        ]
        for path, known in sorted(documents.items())
    }
    found = {
        "schema_version": SCHEMA_VERSION,
        "documents": told,
        "parts": [dict(each) for each in parts.all],
        "pages": pages.all,
        "states": [[*state.who, names.place(state.names), state.marks, state.whole] for state in states.all],
        "names": names.all,
    }
    private.write(folder, FILE, json.dumps(found, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))
