"""Turn a Word file that is named alone into a kind of document: what nobody has said is guessed."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.resources import Templates


def single_kind(path: Path, table: str, templates: Templates) -> Kind:
    """The kind of a Word file about the records of a table, named as in the schemas or as its sheet.

    Raises ``PemdocsError``: ``own-unknown-table``, and as the template does where it cannot be opened.
    """
    if table:
        return kinds.single(path, _table(table), templates)
    from pemdocs.writing.own import guessing  # python-docx and docxtpl take a moment

    return kinds.single(path, guessing.table_of(path), templates)


def _table(name: str) -> str:
    tables = schema.load()
    known = {said.casefold(): each.name for each in tables.values() for said in (*each.accepted, each.record)}
    found = known.get(name.strip().casefold())
    if found is None:
        nearest = next(iter(get_close_matches(name.casefold(), known, 1)), "")
        raise PemdocsError("own-unknown-table", asked=name, nearest=known.get(nearest, ""), known=", ".join(tables))
    return found
