"""Turn words that come from no cell into the text of the templates that says them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pemdocs.data.dataset import Dataset
from pemdocs.page.passages import Passage, folded
from pemdocs.project.kinds import Kind
from pemdocs.project.settings import Languages
from pemdocs.words import language

TAG = re.compile(r"\{[{%].*?[%}]\}|\{[^{}]*\}|[\[\]|]")
"""What in a text of the templates is not said as it stands."""

MOST = 3
"""So many words, the longest first, are looked for alone where no text has them all: two languages share a cell."""

Texts = Iterator[tuple[str, str]]
"""Where a text stands, and the text."""


def source(passage: Passage, kind: Kind, version: Languages, dataset: Dataset) -> str:
    """The text that has these words: ``accompaniment-plan/wording/fr.toml: title``; empty where none has.

    One of which a whole piece stands around the words goes before one that only has the words, of which several are
    needed then.
    """
    words = passage.text[passage.start : passage.end]
    found = _saying(words, passage, kind, version, dataset)
    apart = sorted(re.findall(r"\w{3,}", words), key=len, reverse=True)
    further = (_saying(each, passage, kind, version, dataset, whole=True) for each in apart[:MOST] if each != words)
    return found or next(filter(None, further), "")


def _saying(
    words: str, passage: Passage, kind: Kind, version: Languages, dataset: Dataset, *, whole: bool = False
) -> str:
    """The text that has all these words together; with ``whole`` only one of which a whole piece stands around them."""
    first = ""
    for where, said in chain.from_iterable(_places(kind, version, dataset)):
        pieces = [piece for piece in map(folded, TAG.split(said)) if words in piece]
        if any(piece in passage.text for piece in pieces):
            return where
        first = first or (where if pieces and words.count(" ") > 1 and not whole else "")
    return first


def _places(kind: Kind, version: Languages, dataset: Dataset) -> Iterator[Texts]:
    """The texts that a page is made of, the nearest first."""
    yield _of_word(kind, version)
    for lang in version:
        yield ((f"{kind.id}/wording/{lang}.toml: {key}", said) for key, said in kind.wording.get(lang, {}).items())
    for lang in version:
        yield (
            (f"schemas/{table.name}.json: {field.name}", field.label[lang])
            for table in dataset.tables.values()
            for field in table.fields.values()
        )
        yield _flat(language.house_words(lang, kind.templates), f"house/words/{lang}.toml: ")
    yield _flat(dataset.programme.profile, "programme.toml: ")
    told = [f"{kind.place}/{name}.toml" for name in kind.templates.names(f"{kind.place}/*.toml")]
    if kind.faulty:  # what the check says is told by some papers
        told += [f"speech/{lang}.toml" for lang in version]
    for file in told:
        yield _flat(kind.templates.table(file), f"{file}: ")


def _of_word(kind: Kind, version: Languages) -> Texts:
    """What stands in the Word template of a kind that has one."""
    own = kind.word(version) if kind.by_word else None
    if own is not None:
        from pemdocs.writing.own import reading  # what most kinds do not need

        yield from ((f"{kind.id}/{own.name}", said) for _, said in reading.blocks(own.read_bytes()))


def _flat(table: Mapping[str, Any], head: str) -> Texts:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{head}{key}.")
        elif isinstance(value, list | tuple):
            yield from _flat({str(number): each for number, each in enumerate(value, 1)}, f"{head}{key}.")
        elif isinstance(value, str):
            yield head + key, value
