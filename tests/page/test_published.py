"""Notes and reports show all that is written for everybody, in every language, and nothing that is not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pagesof import find, ill_formed, kept_by_typing, marked, page_of, source, text_of, with_cells, words
from projects import FILES, PUBLISHED, Data, cells, checked, publication, said, write

import pemdocs
from pemdocs.building import MADE
from pemdocs.data import schema
from pemdocs.data.dataset import Dataset, Linked
from pemdocs.data.schema import Field
from pemdocs.model import Page, Value
from pemdocs.project import kinds

KINDS = [each for each in kinds.available() if kinds.load(each).table in ("notes", "reports")]
TABLES = schema.load()
VERSIONS = [("fr",), ("en",), ("nl",), ("fr", "nl"), ("en", "fr")]
SHOWN = sorted(PUBLISHED - {"consents"})
"""The tables of publications; consents decide what is printed of others and are not printed themselves."""

UNSHOWN = {
    "indicators.objective": "the tables are ordered by level, and a level holds several objectives",
    "indicators.target_date": "the end of the programme, which the time line says",
    "lessons.date": "for the team: when it was written down",
    "lessons.partnership": "would point at a pair whose consent nobody has asked",
    "photographs.date": "for the team, who choose",
    "photographs.theme": "for the team, who choose",
    "quotes.date": "for the team, who choose",
    "quotes.partnership": "would point at a pair under a pseudonym",
    "quotes.theme": "for the team, who choose",
    "recommendations.theme": "for the team, who choose",
}
"""What is for everybody and in no note and no report, each with its reason."""


def everything() -> Data:
    """The publications with what shows more: ranks against the order of ids, a number that is too small."""
    data = publication()
    data["results"][3]["value"] = 3
    for place, table in ((0, "indicators"), (1, "indicators")):
        data[table][place]["rank"] = 2 - place
    for place, row in enumerate(data["ratings"]):
        row["rank"] = 10 - place
    return data


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """All of it, with the files beside the workbook."""
    return pemdocs.check(write(tmp_path_factory.mktemp("published"), everything())).dataset


def case_of(dataset: Dataset, kind: str) -> Linked:
    return dataset.table(kinds.load(kind).table)[0]


def pages(dataset: Dataset, languages: tuple[str, ...] = ("fr",), first: str = "") -> Iterator[Page]:
    """Every note and every report, those of one kind first."""
    for kind in sorted(KINDS, key=lambda each: each != first):
        yield from (page_of(case, kind, languages) for case in dataset.table(kinds.load(kind).table))


# All that is for everybody, and nothing else


def named(fields: Iterator[Field] | list[Field]) -> set[str]:
    return {f"{field.table}.{field.name}" for field in fields}


def is_text(field: Field) -> bool:
    return kept_by_typing(field) and field.name != "file"


@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")], ids="+".join)
def test_every_text_for_everybody_is_in_a_note_or_a_report(dataset: Dataset, languages: tuple[str, ...]) -> None:
    case, marks = marked(
        case_of(dataset, KINDS[0]),
        lambda field: is_text(field) and field.table in SHOWN and field.audience == "public",
    )
    read = " ".join(map(words, pages(case.dataset, languages)))
    absent = named([field for mark, field in marks.items() if mark not in read])
    assert absent == named(list(marks.values())) & UNSHOWN.keys()


def test_a_remark_is_printed_only_where_its_author_says_so() -> None:
    data = everything()
    data["indicators"][0] |= {"note": said("Remarque de l’équipe"), "note_public": False}
    data["indicators"][1] |= {"note": said("Remarque publique"), "note_public": True}
    found = checked(data).dataset
    for laid in pages(found):
        assert "Remarque de l’équipe" not in words(laid)
    assert any("Remarque publique" in words(laid) for laid in pages(found))


def others(table: str) -> list[Field]:
    """The dates, numbers, choices, references and files of a table that are for everybody."""
    fields = TABLES[table].fields.values()
    return [each for each in fields if each.audience == "public" and not is_text(each) and each.name != "id"]


def changed(field: Field, dataset: Dataset) -> Value:
    """Another value of the field than that of its first record."""
    value = dataset.table(field.table)[0].record.value(field.name)
    if field.ref or field.coded:
        known = [each.record.id for each in dataset.table(field.ref)] if field.ref else _codes(field, dataset)
        each: list[Value] = [(one,) for one in known] if field.type == "array" else list(known)
        return next((one for one in reversed(each) if one != value), None)
    if field.type == "boolean":
        return not any(each.record.value(field.name) for each in dataset.table(field.table))
    if field.format == "date":
        return value - timedelta(days=1) if isinstance(value, date) else date(2031, 11, 23)
    return {"integer": 77, "number": Decimal(77)}.get(field.type)


def _codes(field: Field, dataset: Dataset) -> list[str]:
    return [*(field.enum or dataset.programme.codelist(field.codelist))]


@lru_cache(maxsize=2)
def usual(dataset: Dataset, first: str) -> list[str]:
    return [source(laid) for laid in pages(dataset, first=first)]


@pytest.mark.parametrize("table", SHOWN)
def test_every_date_number_choice_and_reference_for_everybody_is_in_a_note_or_a_report(
    table: str, dataset: Dataset
) -> None:
    unseen = {f"{table}.{field.name}" for field in others(table) if not seen(field, dataset)}
    assert unseen == named(others(table)) & UNSHOWN.keys()


def seen(field: Field, dataset: Dataset) -> bool:
    """Whether some note or report says something else where the field does."""
    first = "learning-note" if field.table in ("notes", "quotes", "photographs") else "final-report"
    other = with_cells(case_of(dataset, first), field.table, field, changed(field, dataset)).dataset
    laid = pages(other, first=first)
    return any(source(each) != before for each, before in zip(laid, usual(dataset, first), strict=True))


def test_nothing_is_on_a_page_that_is_not_for_everybody(dataset: Dataset) -> None:
    case, marks = marked(case_of(dataset, KINDS[0]), lambda field: field.audience != "public")
    assert {"results.note", "consents.wording", "people.phone"} <= named(list(marks.values()))
    for laid in pages(case.dataset, ("fr", "nl")):
        told = source(laid) + " ".join((laid.title, laid.author, laid.subject, *laid.pictures))
        found = named([field for mark, field in marks.items() if mark in told])
        assert found <= {"indicators.note"}  # the row says that everybody may read it


def test_no_page_names_a_file(dataset: Dataset) -> None:
    told = " ".join(source(laid) for laid in pages(dataset))
    assert [name for name in FILES if Path(name).name in told] == []


# Every version


@pytest.mark.parametrize("languages", VERSIONS, ids="+".join)
@pytest.mark.parametrize("kind", KINDS)
def test_a_publication_keeps_to_the_vocabulary(kind: str, languages: tuple[str, ...], dataset: Dataset) -> None:
    laid = page_of(case_of(dataset, kind), kind, languages)
    assert ill_formed(laid) == []
    assert laid.tree.get("lang") == laid.languages[0] == languages[0]
    assert laid.author
    assert laid.subject
    assert find(laid, "//*[contains(@class, 'pending')]") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_publication_in_two_languages_has_every_heading_of_both(kind: str, dataset: Dataset) -> None:
    heads = "//h1 | //h2 | //h3[not(ancestor::*[@class='prose'])]"
    both = [text_of(each, " ").split() for each in find(page_of(case_of(dataset, kind), kind, ("fr", "nl")), heads)]
    for lang in ("fr", "nl"):
        alone = find(page_of(case_of(dataset, kind), kind, (lang,)), heads)
        for head in alone:  # what stands in the margin in one language stands in the text, under a heading, in two
            assert any(set(text_of(head, " ").split()) <= set(joint) for joint in both)


# Whatever people write, and leave out

FILLED = list(cells(publication()))
free = st.text(
    st.sampled_from("aŋé &<>{}%#*_[]()-\"'«»\n\t\u202f\u200b\x00\x0b\ufffe\ufeff\U0001f600")
    | st.characters(codec="utf-8"),
    max_size=12,
)
OWN = [place for place, (_, field) in enumerate(FILLED) if field.table in PUBLISHED]
TEXTS = [place for place in OWN if FILLED[place][1].translated or kept_by_typing(FILLED[place][1])]
OPTIONAL = [place for place in OWN if not FILLED[place][1].required]
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(st.dictionaries(st.sampled_from(TEXTS), free, min_size=5, max_size=60))
def test_a_publication_is_well_formed_whatever_is_written(written: dict[int, str]) -> None:
    data = publication()
    filled = list(cells(data))
    for place, text in written.items():
        row, field = filled[place]
        row[field.name] = {"fr": text, "nl": f"{text} nl"} if field.translated else text
    lay_out_all(data)


@FEW
@given(st.sets(st.sampled_from(OPTIONAL), min_size=1, max_size=120))
def test_a_publication_can_be_laid_out_whatever_is_empty(emptied: set[int]) -> None:
    data = publication()
    filled = list(cells(data))
    for place in emptied:
        row, field = filled[place]
        del row[field.name]
    lay_out_all(data)


@pytest.mark.parametrize("table", ["questions", "conclusions", "recommendations"])
def test_what_belongs_to_another_report_is_not_referred_to(table: str) -> None:
    data = publication()
    data["reports"].append({"id": "REP-2", "kind": "interim", "title": data["reports"][0]["title"]})
    for row in data[table]:
        row["report"] = "REP-2"
    lay_out_all(data)


def lay_out_all(data: Data) -> int:
    """Lay out whatever ``build`` would; returns how many documents."""
    with tempfile.TemporaryDirectory() as folder:
        project = write(Path(folder), data, languages=["fr+nl"])
        built = pemdocs.build(project, kinds=KINDS, formats=["docx"], dry_run=True)
    assert {outcome.state for outcome in built.outcomes} <= {MADE}
    return len(built.outcomes)


def test_nothing_that_is_looked_at_here_is_left_out() -> None:
    assert lay_out_all(publication()) == lay_out_all(everything()) >= 6
