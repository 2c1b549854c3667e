"""The papers of a visa dossier show all that is known of it, in every language, however much of it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pagesof import find, ill_formed, kept_by_typing, marked, page_of, source, text_of, with_cells, words
from projects import Data, cells, checked, journey

from pemdocs.checking.examination import Report, at_fault
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.data.schema import Field
from pemdocs.model import Value
from pemdocs.project import kinds

KINDS = [each for each in kinds.available() if kinds.load(each).table == "stays"]
PAPERS = [each for each in KINDS if kinds.load(each).role != "original"]
TABLES = schema.load()
VERSIONS = [("fr",), ("en",), ("nl",), ("fr", "nl"), ("en", "fr")]

UNSHOWN = {
    "outcomes.complement": "comes after the lodging",
    "outcomes.remark": "comes after the lodging",
    "outcomes.sticker": "comes after the lodging",
    "supporting_documents.holder": "is compared by rules",
    "supporting_documents.date": "is held against the lodging by rules",
    "logistics.reference": "belongs to the pair; the stay has bookings of its own",
    "stays.languages": "chooses the languages of the papers",
    "activities.stay": "says whose programme it is in, which every paper of the stay is of",
    "meetings.stay": "says whose programme it is in, which every paper of the stay is of",
    "stays.status": "for the team: says which rules still matter",
    "invitations.insurance_payer": "stands where the policy names no payer; is held against it by a rule",
    "invitations.lodging_payer": "stands where a lodging names no payer; is held against it by a rule",
    "invitations.travel_payer": "stands where a leg names no payer; is held against it by a rule",
    "invitations.entry": "must be the entry of the stay, which the letter says",
    "invitations.exit": "must be the exit of the stay, which the letter says",
    "travel_documents.person": "must be the traveller, whom every paper names",
    "travel_documents.blank_pages": "is counted by a rule",
    "travel_documents.mrz_1": "is compared by rules",
    "travel_documents.mrz_2": "is compared by rules",
    "signatures.sent_to": "for the team: where a paper went to be signed",
    "supporting_documents.form": "the list of the consulate says which form it asks",
    "supporting_documents.file": "finds the scan; the names of files are shown nowhere",
}
"""What few may see and no paper says, each with its reason."""


def case_of(data: Data, stay: str = "S-07") -> Linked:
    found = checked(data).dataset.find("stays", stay)
    assert found is not None
    return found


def everything() -> Data:
    """The dossier with the cases in which a paper asks more: a relative, a guarantor, two passports."""
    data = journey()
    data["people"][0] |= {"civil_status": "other", "eu_family_name": "Diop", "eu_family_relation": "spouse"}
    data["travel_documents"][0]["kind"] = "other"
    data["travel_documents"].append({"id": "T-06", "person": "SN-014-A", "number": "A00000001"})
    data["means"].append({"stay": "S-07", "kind": "formal-obligation", "payer": "guarantor"})
    return data


STAY, FULL = case_of(journey()), case_of(everything())


def paper(kind: str, case: Linked = STAY, languages: tuple[str, ...] = ("fr",)) -> Any:
    return page_of(case, kind, kinds.load(kind).versions(languages))


def absent(case: Linked, marks: dict[str, Field], languages: tuple[str, ...]) -> set[str]:
    said = " ".join(words(paper(kind, case, languages)) for kind in KINDS)
    return {f"{field.table}.{field.name}" for mark, field in marks.items() if mark not in said}


# All there is


@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")], ids="+".join)
def test_every_text_that_few_may_see_is_in_the_dossier(languages: tuple[str, ...]) -> None:
    case, marks = marked(FULL, lambda field: field.audience == "restricted")
    assert absent(case, marks, languages) == {f"{f.table}.{f.name}" for f in marks.values()} & UNSHOWN.keys()


def others(table: str) -> Iterator[Field]:
    """The dates, numbers, choices and references of a table that few may see."""
    for field in TABLES[table].fields.values():
        if field.audience == "restricted" and not kept_by_typing(field) and field.name != "id":
            yield field


def changed(field: Field, value: Value) -> Value:
    """Another value of the field, of those that keep a dossier possible."""
    if field.ref:
        known = [each.record.id for each in FULL.dataset.table(field.ref)]
        return next((each for each in reversed(known) if each != value), None)
    if field.coded:
        codes = field.enum or tuple(STAY.dataset.programme.codelist(field.codelist))
        return next(code for code in reversed(codes) if code != value)
    if field.type == "boolean":
        return not value
    if field.format == "date":
        return value - timedelta(days=1) if isinstance(value, date) else date(2031, 11, 23)
    return None if value is not None else {"integer": 77, "number": Decimal(77)}[field.type]


@lru_cache(maxsize=64)
def usual(kind: str) -> str:
    return source(paper(kind, FULL))


def seen(table: str, field: Field) -> bool:
    """Whether some paper says something else where the field does."""
    records = FULL.dataset.table(table)
    other = with_cells(FULL, table, field, changed(field, records[0].record.value(field.name)))
    made = (kind for kind in PAPERS if not kinds.lacking(kinds.load(kind), other))
    return any(source(paper(kind, other)) != usual(kind) for kind in made)


@pytest.mark.parametrize(
    "table", [each for each in [each for each in TABLES if list(others(each))] if each != "outcomes"]
)  # what follows the lodging
def test_every_date_number_choice_and_reference_that_few_may_see_is_in_the_dossier(table: str) -> None:
    unseen = {f"{table}.{field.name}" for field in others(table) if not seen(table, field)}
    assert unseen == {f"{table}.{field.name}" for field in others(table)} & UNSHOWN.keys()


def test_no_paper_but_the_file_check_tells_of_findings() -> None:
    """A consulate reads what is in the pack; what should be mended is for the team alone."""
    telling = [each for each in KINDS if "findings" in kinds.load(each).source("page.html").read_text("utf-8")]
    assert telling == ["visa-file-check"]


# Every state, every language


@pytest.mark.parametrize("languages", VERSIONS, ids="+".join)
@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_keeps_to_the_vocabulary_in_every_language(kind: str, languages: tuple[str, ...]) -> None:
    laid = paper(kind, STAY, languages)
    assert ill_formed(laid) == []
    assert laid.tree.get("lang") == laid.languages[0] == languages[0]
    assert laid.author
    assert laid.subject
    assert laid.modified == date(2026, 11, 16)
    assert "Ndiaye" not in laid.title


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_in_two_languages_has_every_heading_of_both(kind: str) -> None:
    both = [text_of(each, " ").split() for each in find(paper(kind, STAY, ("fr", "nl")), "//h1 | //h2 | //h3")]
    for lang in ("fr", "nl"):
        alone = page_of(STAY, kind, (lang,))
        for head, joint in zip(find(alone, "//h1 | //h2 | //h3"), both, strict=True):
            assert set(text_of(head, " ").split()) <= set(joint)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_dossier_makes_the_same_paper(kind: str) -> None:
    assert source(paper(kind, case_of(journey()), ("fr", "nl"))) == source(paper(kind, STAY, ("fr", "nl")))


STATES = TABLES["stays"].fields["status"].enum


@pytest.mark.parametrize("status", STATES)
def test_a_dossier_is_laid_out_in_every_state(status: str) -> None:
    data = journey()
    data["stays"][0]["status"] = status
    lay_out_all(checked(data))


def bare(*, empty: tuple[str, ...] = ()) -> Data:
    """A stay of which only the traveller, the country and the dates are known."""
    data = journey()
    gone = ("invitations", "travel_documents", "travel_history", "insurance", "transport", "lodging", "means",
            "supporting_documents", *empty)  # fmt: skip
    stay = {name: data["stays"][0][name] for name in ("id", "person", "destination", "entry", "exit")}
    return {table: rows for table, rows in data.items() if table not in gone} | {"stays": [stay]}


@pytest.mark.parametrize("languages", VERSIONS, ids="+".join)
def test_a_dossier_that_has_just_begun_says_what_is_to_come(languages: tuple[str, ...]) -> None:
    report = checked(bare())
    laid = lay_out_all(report, languages)
    assert {"visa-application", "visa-means", "visa-travel", "visa-timeline", "visa-checklist"} <= laid.keys()
    assert find(laid["visa-application"], "//*[contains(@class, 'pending')]")


def test_a_country_without_a_file_and_dates_that_cannot_be_stop_no_sheet() -> None:
    data = bare()
    data["stays"][0] |= {"destination": "JP", "entry": "2026-09-26", "exit": "2026-09-13"}
    laid = lay_out_all(checked(data))
    assert "visa-file-check" in laid


ASKING = [kind for kind in KINDS if kinds.load(kind).gaps]
SEEN = {"fingerprints", "amount", "departure_time", "arrival_time"}
"""Fields that other rules speak of where they are empty, or that are shown only where they are known."""


@pytest.mark.parametrize("kind", ASKING)
def test_a_paper_prints_no_gap_but_for_what_it_asks(kind: str) -> None:
    data, loaded = journey(), kinds.load(kind)
    asked = {name for path in loaded.gaps for name in re.split("[./]", path)} | set(loaded.needs) | SEEN
    for row, field in list(cells(data)):
        if not (field.required or field.due or field.ref or field.coded or field.name in asked | {"id"}):
            row.pop(field.name, None)
    assert find(paper(kind, case_of(data)), "//*[contains(@class, 'pending')]") == []


@pytest.mark.parametrize("kind", ASKING)
def test_what_a_paper_asks_can_be_reached(kind: str) -> None:
    data = journey()
    data["stays"] = [{name: data["stays"][0][name] for name in ("id", "person", "destination", "entry", "exit")}]
    told = {finding.field for finding in checked(data).findings if finding.code == "paper-gap"}
    first = {re.split("[./]", path)[0] for path in kinds.load(kind).gaps if "." not in path}
    assert told >= first - {"mission_signatory", "support_signatory", "support_date"}


# Whatever people write, and leave out

FILLED = list(cells(everything()))
free = st.text(
    st.sampled_from("aŋé &<>{}%#\"'«»\n\t\u202f\u200b\x00\x0b\ufffe\ufeff\U0001f600") | st.characters(codec="utf-8"),
    max_size=12,
)
TEXTS = [place for place, (_, field) in enumerate(FILLED) if field.translated or kept_by_typing(field)]
OPTIONAL = [place for place, (_, field) in enumerate(FILLED) if not field.required]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(st.dictionaries(st.sampled_from(TEXTS), free, min_size=5, max_size=60))
def test_a_paper_is_well_formed_whatever_is_written(written: dict[int, str]) -> None:
    data = everything()
    filled = list(cells(data))
    for place, text in written.items():
        row, field = filled[place]
        row[field.name] = {"fr": text, "nl": f"{text} nl"} if field.translated else text
    lay_out_all(checked(data))


@FEW
@given(st.sets(st.sampled_from(OPTIONAL), min_size=1, max_size=120))
def test_a_dossier_can_be_laid_out_whatever_is_empty(emptied: set[int]) -> None:
    data = everything()
    filled = list(cells(data))
    for place in emptied:
        row, field = filled[place]
        del row[field.name]
    lay_out_all(checked(data))


def lay_out_all(report: Report, languages: tuple[str, ...] = ("fr", "nl")) -> dict[str, Any]:
    """Lay out whatever ``build`` would make of the stay, by kind."""
    case = report.dataset.find("stays", "S-07")
    assert case is not None
    made = [kind for kind in KINDS if not kinds.lacking(kinds.load(kind), case)]
    due = [kind for kind in made if not at_fault(case, report.faulty, kinds.load(kind))]
    return {kind: paper(kind, case, languages) for kind in due}
