"""Turn a Word file that is named alone into a kind of document: what nobody has said is guessed."""

from __future__ import annotations

from pathlib import Path

from pemdocs.project import kinds
from pemdocs.project.kinds import Kind
from pemdocs.resources import Templates


def single_kind(path: Path, table: str, templates: Templates) -> Kind:
    """The kind of a Word file about the records of a table, named as in the schemas or as its sheet.

    Raises ``PemdocsError``: ``own-unknown-table``, and as the template does where it cannot be opened.
    """
    from pemdocs.writing.own import guessing  # python-docx and docxtpl take a moment

    return kinds.single(path, guessing.named_or_guessed(path, table), templates)
