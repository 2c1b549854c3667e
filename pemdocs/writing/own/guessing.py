"""Guess from its tags which table a Word template is about."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.data.dataset import back_references
from pemdocs.data.schema import Table
from pemdocs.model import PemdocsError
from pemdocs.project.kinds import GUESSED
from pemdocs.writing.own import opening

WORDS = re.compile(rb"<[^>]*>")
INSIDE = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
ASKED = re.compile(r"\b(\w+)\.(\w+)")


def named_or_guessed(path: Path, name: str) -> str:
    """The table that somebody calls so, else the one that the tags of a template tell.

    Raises ``PemdocsError``: ``own-unknown-table``, and as ``opening.parts`` does.
    """
    if not name:
        return table_of(path)
    found = schema.called(name)
    if found is None:
        tables = schema.load()
        known = {said.casefold(): each.name for each in tables.values() for said in (*each.accepted, each.record)}
        nearest = known.get(next(iter(get_close_matches(name.casefold(), known, 1)), ""), "")
        raise PemdocsError("own-unknown-table", asked=name, nearest=nearest, known=", ".join(tables))
    return found.name


def table_of(path: Path) -> str:
    """The table whose record it names, else the first one whose records have most of what it asks of the case.

    Raises ``PemdocsError`` as ``opening.parts`` does.
    """
    content = opening.read(path)
    parts = opening.parts(content, path.name)
    tags = " ".join(
        tag
        for name, part in parts.items()
        if name.startswith("word/") and name.endswith(".xml")
        for tag in INSIDE.findall(WORDS.sub(b"", part).decode("utf-8", "replace"))
    )
    asked = set(ASKED.findall(tags))
    tables = list(schema.load().values())
    usual = GUESSED["table"]
    return max(tables, key=lambda table: (_fit(table, asked), table.name == usual, -table.order)).name


def _fit(table: Table, asked: set[tuple[str, str]]) -> int:
    """How much of what is asked a record of the table has; its own name counts double."""
    tables = schema.load()
    known = {*table.fields, *back_references(tables, table.name), *facts.names(table.record)}
    own = sum(2 for holder, name in asked if holder == table.record and name in known)
    return own + sum(1 for holder, name in asked if holder == "case" and name in known)
