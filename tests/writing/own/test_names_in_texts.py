"""The names of Word templates: each is explained in every language, and no two mean different things."""

from __future__ import annotations

from itertools import chain

import pytest

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.project.languages import available
from pemdocs.writing.own import names

SORTS = {
    "variables": names.VARIABLES,
    "functions": names.FUNCTIONS,
    "filters": names.FILTERS,
    "value": names.OF_A_VALUE,
    "record": names.OF_A_RECORD,
}


@pytest.mark.parametrize("lang", available())
def test_every_name_is_explained_in_every_language_and_no_other_is(lang: str) -> None:
    told = dict(names.meanings(lang))
    everywhere = {f"{table.record}.{name}" for table in schema.load().values() for name in facts.names(table.record)}
    assert set(told.pop("facts")) == everywhere
    assert {sort: list(told[sort]) for sort in told} == {sort: [each.name for each in SORTS[sort]] for sort in SORTS}
    assert all(meaning for sort in told.values() for meaning in sort.values())


@pytest.mark.parametrize("table", schema.load())
def test_no_name_means_two_things(table: str) -> None:
    asked = names.variables(schema.load()[table])
    assert len(set(asked)) == len(asked)
    assert len(set(names.filters())) == len(names.filters())


def test_a_template_is_offered_what_its_readers_may_see_and_nothing_else() -> None:
    tables = schema.load()
    public = {each.name for each in names.attributes(tables, tables["people"], "public")}
    restricted = {each.name for each in names.attributes(tables, tables["people"], "restricted")}
    assert {"full_name", "company"} <= public < restricted
    assert (restricted - public) & set(tables["people"].fields)
    everything = chain.from_iterable(names.attributes(tables, each, "restricted") for each in tables.values())
    assert all(each.table in tables for each in everything if each.sort in (names.RECORD, names.RECORDS))
