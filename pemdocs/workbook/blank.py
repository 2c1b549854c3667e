"""Turn the schemas into a workbook to be filled in. Only this module knows which sheets it has and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pemdocs.data.schema import Tables
from pemdocs.model import PemdocsError
from pemdocs.project import theme
from pemdocs.project.programme import Programme
from pemdocs.workbook import columns
from pemdocs.workbook import words as wording

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""Records by table: typed values by field; a translated text as ``{"field": {"fr": …}}`` or ``{"field::fr": …}``."""


def blank(
    tables: Tables, programme: Programme, language: str, rows: Rows | None = None, texts: Sequence[str] = ()
) -> bytes:
    """An ``.xlsx`` with an opening sheet, a sheet per table, one that explains each column and, where given, the rows
    below the examples.

    ``texts`` are the languages in which free texts are asked for: by default all of the profile's.
    The same input gives the same bytes. Raises ``PemdocsError``: ``no-workbook-language``, ``unknown-table``,
    ``unknown-field`` for a key that no column holds, ``unknown-codelist`` for a list that the profile lacks,
    ``cell-not-writable`` for a value that Excel would not give back.
    """
    # openpyxl takes a third of a second to import: only a new workbook pays for it.
    from openpyxl import Workbook

    from pemdocs.workbook import choices, explain, finish, looks, sheet

    data = rows or {}
    words = wording.load(language)
    _known(data, tables)
    layouts = columns.layouts(tables, tuple(texts) or programme.languages, language, data)
    lists = choices.collect(layouts, programme, language)
    look = looks.looks(theme.of(programme.templates))
    title = words.title.format(programme=programme.profile["name"][language])
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.properties.creator = programme.profile["name"][programme.languages[0]]
    about = explain.Explanation(layouts, lists, programme, words, look, language)
    explain.write(workbook, about, title)
    for name, layout in layouts.items():
        sheet.write(workbook, layout, data.get(name, ()), lists, look, words, language)
    explain.write_columns(workbook, about)
    choices.write(workbook, lists, layouts)
    return finish.finish(workbook, {layout.sheet: columns.kept_as_text(layout) for layout in layouts.values()})


def _known(rows: Rows, tables: Tables) -> None:
    for name in rows:
        if name not in tables:
            raise PemdocsError("unknown-table", table=name)
