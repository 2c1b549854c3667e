"""Computed values reach Word templates with their table: what they give is of it, and no other record has them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from each import for_each
from projects import checked, journey, project, publication
from word_templates import merged, template

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.model import PemdocsError
from pemdocs.project.languages import available
from pemdocs.writing.own import lint, names

TABLES = schema.load()
EVERY = [(table, name) for table in TABLES.values() for name in facts.names(table.record)]
LEADING = [(table, name) for table, name in EVERY if facts.given(table.record, name).table]

OF_SEVERAL = {"signature.case"}
"""What gives a record of one table or another: a pair or a stay."""


def cases() -> Iterator[Linked]:
    for made in (project, journey, publication):
        dataset = checked(made()).dataset
        for name in TABLES:
            yield from dataset.table(name)


def records(found: Any) -> list[Any]:
    """What a fact gives, one by one; a row with parts of its own is one thing."""
    return list(found) if type(found) is tuple else [] if found is None else [found]


def test_what_a_fact_gives_is_of_the_table_that_it_declares() -> None:
    reached = set()
    for case in cases():
        for table, name in LEADING:
            if case.record.table == table.name:
                given = facts.given(table.record, name)
                found = facts.compute(table.record, name, case)
                assert isinstance(found, tuple) == (given.several and found is not None), (table.record, name)
                assert {each.record.table for each in records(found)} <= {given.table}, (table.record, name)
                reached |= {name} if found else set()
    assert len(reached) > len(LEADING) / 2


def test_a_fact_that_gives_records_says_so() -> None:
    silent = set()
    for case in cases():
        for table, name in EVERY:
            if case.record.table == table.name and not facts.given(table.record, name).table:
                found = records(facts.compute(table.record, name, case))
                silent |= {f"{table.record}.{name}" for each in found if isinstance(each, Linked)}
    assert silent == OF_SEVERAL


@for_each(LEADING)
def test_lint_knows_the_fields_behind_a_fact(table: schema.Table, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.docx"
        given = facts.given(table.record, name)
        asked = (
            f"{{% for each in case.{name} %}}{{{{ each.nosuch }}}}{{% endfor %}}"
            if given.several
            else (f"{{{{ case.{name}.nosuch }}}}")
        )
        document = Document()
        document.add_paragraph(asked)
        document.save(path)
        flaws = lint.examine(path, table.name).flaws
        told = [(flaw.code, flaw.facts.get("target")) for flaw in flaws if flaw.code != "tag-above-audience"]
        assert told == [("tag-no-such-field", given.table)]


@pytest.mark.parametrize("table", ["people", "companies"])
def test_a_fact_of_another_table_is_a_clear_finding_and_no_document(table: str, tmp_path: Path) -> None:
    own = set(names.attributes(TABLES, TABLES[table], "restricted"))
    known = {each.name for each in own} | {each.name for each in (*names.OF_A_RECORD, *names.OF_A_VALUE)}
    foreign = sorted({name for other, name in EVERY if other.name != table} - known)
    document = Document()
    for name in foreign:
        document.add_paragraph(f"{{{{ case.{name} }}}}")
    document.save(tmp_path / "all.docx")
    flaws = lint.examine(tmp_path / "all.docx", table).flaws
    assert [(flaw.code, flaw.facts["name"]) for flaw in flaws] == [("tag-no-such-field", name) for name in foreign]
    assert all(flaw.message(lang) and flaw.remedy(lang) for flaw in flaws for lang in available())
    case = checked(project()).dataset.table(table)[0]
    for name in foreign[:3]:
        with pytest.raises(PemdocsError) as caught:
            merged(tmp_path / "t.docx", template(f"{{{{ case.{name} }}}}"), case)
        assert caught.value.code in ("own-unknown-field", "own-unknown-name")
        assert caught.value.facts["name"] == name
