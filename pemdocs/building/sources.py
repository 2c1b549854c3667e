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

QUOTED = re.compile(r"'([^'{}]{3,})'")
"""What a tag of a text says where something is so."""

WORD = re.compile(r"\w{3,}")
"""So much of the words a text must have."""

Texts = Iterator[tuple[str, str]]
"""Where a text stands, and the text."""


def source(passage: Passage, kind: Kind, version: Languages, dataset: Dataset) -> str:
    """The text that has these words: ``accompaniment-plan/wording/fr.toml: title``; empty where none has.

    One of which a whole piece stands around the words goes before one that only has the words, of which several are
    needed then; where there is neither, as of two languages that share a cell, the one whose pieces hold the most of
    them where they stand, one whole word at least.
    """
    words = passage.text[passage.start : passage.end]
    first, best, most = "", "", 0
    for where, said in chain.from_iterable(_places(kind, version, dataset)):
        pieces = [piece for piece in map(folded, (*TAG.split(said), *QUOTED.findall(said))) if piece]
        having = [piece for piece in pieces if words in piece]
        if any(piece in passage.text for piece in having):
            return where
        first = first or (where if having and words.count(" ") > 1 else "")
        shared = max((_shared(piece, passage) for piece in pieces), default=0)
        if shared > most:
            best, most = where, shared
    return first or best


def literal(passage: Passage, kind: Kind, version: Languages) -> bool:
    """Whether a sentence of the kind stands where the words are, and says all of them itself, several words."""
    words = passage.text[passage.start : passage.end]
    said = (each for lang in version for each in kind.wording.get(lang, {}).values())
    pieces = (piece for each in said for piece in map(folded, TAG.split(each)) if words in piece)
    return " " in words and any(piece in passage.text for piece in pieces)


def _shared(piece: str, passage: Passage) -> int:
    """How many signs of the words a piece of a text says where they stand: none, or a whole word and more."""
    most, start = 0, passage.text.find(piece)
    while start >= 0:
        part = passage.text[max(start, passage.start) : min(start + len(piece), passage.end)]
        if WORD.search(part) and _apart(passage.text, start, start + len(piece)):
            most = max(most, len(part))
        start = passage.text.find(piece, start + 1)
    return most


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a piece of a text begins and ends with its words."""
    return not any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


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
        yield (
            (f"schemas/{table.name}.json: {field.name}.{code}", labels[lang])
            for table in dataset.tables.values()
            for field in table.fields.values()
            for code, labels in field.codes.items()
            if lang in labels
        )
    yield _flat(dataset.programme.profile, "programme.toml: ")
    told = ["house/codelists.toml"]
    told += [f"{kind.place}/{name}.toml" for name in kind.templates.names(f"{kind.place}/*.toml")]
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
