"""A workbook has no column that none of its documents shows, and none of those that one shows is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pemdocs.building import samples
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.data.schema import STAGES
from pemdocs.model import Page, Read
from pemdocs.page.reads import Notes, listening
from pemdocs.page.view import View
from pemdocs.project import kinds, programme
from pemdocs.rules.partnerships import due_by
from pemdocs.writing import make

PEM = programme.load("pem-wecco")
SPARING = [name for name in kinds.available() if kinds.load(name).without and not kinds.load(name).by_word]


@pytest.mark.parametrize("name", SPARING)
def test_a_kind_shows_nothing_of_the_columns_that_it_does_without(name: str) -> None:
    kind = kinds.load(name)
    case = samples.dataset(kind, PEM, samples.SHORTEST, kind.versions(("fr",))).table(kind.table)[0]
    notes = Notes(case.dataset)
    with listening(notes):
        assert isinstance(make.laid_out(View(kind, case, kind.versions(("fr",)))), Page)
    read = {
        f"{record.table}.{key.partition('::')[0]}"
        for sort, record, key in notes.readings()
        if record is not None and sort in (Read.VALUE, Read.TEXTS)
    }
    assert read & set(kind.without) == set()


def test_what_a_kind_does_without_are_columns_of_its_sheets_that_may_be_empty() -> None:
    tables = schema.load()
    for name in SPARING:
        for path in kinds.load(name).without:
            table, _, field = path.partition(".")
            assert table in kinds.load(name).sheets
            assert not tables[table].fields[field].required


def test_a_column_is_spared_only_where_no_kind_shows_it() -> None:
    assert "partnerships.diagnosis" in kinds.unasked(["visa-pack"])
    assert "partnerships.diagnosis" not in kinds.unasked(["visa-pack", "accompaniment-plan"])
    assert kinds.unasked(PEM.kinds) == frozenset()


def test_nothing_is_due_that_no_document_of_the_project_shows() -> None:
    kind = kinds.load("accompaniment-plan")
    few, every = (
        {f"{record.record.table}.{name}" for record, name in due_by(pair, len(STAGES))}
        for pair in (_bare_pair(kind, names) for names in (("visa-pack",), PEM.kinds))
    )
    assert every > few
    assert not few & kinds.unasked(["visa-pack"])


def _bare_pair(kind: kinds.Kind, names: tuple[str, ...]) -> Linked:
    """A pair of which only what must be there is there, in a project of these kinds."""
    found = samples.dataset(kind, replace(PEM, kinds=names), samples.EMPTY, ("fr",))
    return found.table("partnerships")[0]
