"""Every page says all that its readers may see, in each of its languages, and stays well-formed whatever is written."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pagesof import find, ill_formed, kept_by_typing, marked, page, page_of, source, text_of, with_cells, words
from projects import PUBLISHED, Data, cells, checked, journey, pair, project, said, write

import pemdocs
from pemdocs.building import MADE
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.model import Page
from pemdocs.page import layout
from pemdocs.project import kinds

KINDS = [each for each in kinds.available() if kinds.load(each).table == "partnerships"]
TABLES = schema.load()
CASE = pair(journey())
VERSIONS = [("fr",), ("en",), ("nl",), ("fr", "nl"), ("en", "fr")]
PLAN, CHARTER, SHEET = "accompaniment-plan", "partnership-charter", "consent-sheet"
IN_THE_CHARTER = {"witness", "valid_until", "date"}
ASIDE = {*PUBLISHED, "publications", "signatures"}
"""Tables that no document of a pair is about: publications, where they went, and who has signed what."""
CONSENTS = {"consent_names", "consent_logos", "consent_photos"}


def at_stage(stage: str) -> Data:
    """A project whose second pair has come to a stage with nothing filled in for it."""
    data = project()
    data["partnerships"][1]["stage"] = stage
    return data


# All there is, and nothing that must not be


def test_every_text_that_is_open_is_in_the_plan() -> None:
    case, marks = marked(CASE, lambda field: field.audience != "restricted" and field.table not in ASIDE)
    for languages in (("fr",), ("fr", "nl")):
        read = words(page_of(case, PLAN, languages))
        absent = [f"{field.table}.{field.name}" for mark, field in marks.items() if mark not in read]
        assert absent == ["companies.logo", "charters.context", "charters.areas"]


def test_every_text_of_a_charter_is_in_the_charter() -> None:
    case, marks = marked(CASE, lambda field: field.table == "charters")
    read = words(page_of(case, CHARTER))
    assert [field.name for mark, field in marks.items() if mark not in read] == []


ELSEWHERE = {("people", "company"), ("charters", "home_signatory"), ("charters", "host_signatory"),
             ("activities", "start_time"), ("activities", "end_time"), ("activities", "host")}  # fmt: skip
"""People stand beside their companies; without signatories there is no charter; the programme of a stay says the hours
and hosts of activities."""


@lru_cache(maxsize=2)
def usual(kind: str) -> str:
    return source(page_of(CASE, kind))


OTHERS = [
    (table.name, field.name)
    for table in TABLES.values()
    if table.name not in ASIDE
    for field in table.fields.values()
    if not kept_by_typing(field) and field.audience != "restricted" and not field.required
    if (table.name, field.name) not in ELSEWHERE
]


@pytest.mark.parametrize(("table", "name"), OTHERS)
def test_every_date_number_choice_and_reference_that_is_open_is_in_the_plan_or_the_charter(
    table: str, name: str
) -> None:
    of_charter = table == "charters" and name in IN_THE_CHARTER
    kind = SHEET if name in CONSENTS else CHARTER if of_charter else PLAN
    field = TABLES[table].fields[name]
    without = with_cells(CASE, table, field, False if field.type == "boolean" else None)
    if field.type == "boolean":
        assert source(page_of(with_cells(CASE, table, field, True), kind)) != source(page_of(without, kind))
    else:
        assert usual(kind) != source(page_of(without, kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")])
def test_no_restricted_value_is_on_any_page(kind: str, languages: tuple[str, ...]) -> None:
    case, marks = marked(CASE, lambda field: field.audience == "restricted")
    assert {"birth_place", "national_id", "number", "mrz_2"} <= {field.name for field in marks.values()}
    case = with_cells(case, "people", TABLES["people"].fields["birth_date"], date(1947, 11, 23))
    laid = page_of(case, kind, languages)
    everything = source(laid) + " ".join((laid.title, laid.author, laid.subject, *laid.pictures))
    assert [mark for mark in marks if mark in everything] == []
    assert not re.search(r"1947|(?<![.\d])23\W(nov|11\b)", everything)


@pytest.mark.parametrize(("kind", "readers"), [(CHARTER, "public"), ("counterpart-plan", "partner")])
def test_a_document_shows_nothing_that_is_above_its_readers(kind: str, readers: str) -> None:
    above = schema.AUDIENCES[schema.AUDIENCES.index(readers) + 1 :]
    case, marks = marked(CASE, lambda field: field.audience in above)
    assert "motivation" in {field.name for field in marks.values()}
    everything = source(page_of(case, kind, ("fr", "nl")))
    assert "48\u202f500" not in everything
    assert [f"{field.table}.{field.name}" for mark, field in marks.items() if mark in everything] == []


# Every state, every language


@pytest.mark.parametrize("languages", VERSIONS, ids="+".join)
@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_case_has_no_pending_passage(kind: str, languages: tuple[str, ...]) -> None:
    laid = page(project(), kind, languages)
    assert [text_of(each) for each in find(laid, "//*[contains(@class, 'pending')]")] == []
    assert find(laid, "//*[contains(@class, 'mark')]") == []


@pytest.mark.parametrize("languages", [("fr",), ("fr", "nl")], ids="+".join)
@pytest.mark.parametrize("stage", schema.STAGES)
def test_a_plan_can_be_laid_out_at_every_stage_with_what_is_missing_said(
    stage: str, languages: tuple[str, ...]
) -> None:
    laid = page(at_stage(stage), PLAN, languages, "P-08")
    assert len(find(laid, "//*[contains(@class, 'pending')]")) > 5


def test_what_is_to_come_says_so_in_both_languages() -> None:
    read = words(page(project(), PLAN, ("fr", "nl"), "P-08"))
    assert "À venir : Avant le départ" in read.replace("\u00a0", " ")
    assert "Volgt (vóór het vertrek)" in read


def own_words(case: Linked) -> list[dict[str, str]]:
    """The author's texts of a case's own row and of its companies."""
    records = (case, case.home_company, case.host_company, case.charter)
    return [{each: str(text) for each, text in record.record.texts(field.name).items()} for record in records
            for field in record.table.fields.values() if field.translated]  # fmt: skip


def test_a_page_in_two_languages_has_every_text_of_the_author_in_both() -> None:
    plan, charter = (words(page_of(CASE, kind, ("fr", "nl"))) for kind in (PLAN, CHARTER))
    texts = own_words(CASE)
    assert len(texts) > 6
    for text in texts:
        for each in ("fr", "nl"):
            for line in text[each].split("\n"):
                assert line in plan or line in charter


def headings(laid: Page) -> list[set[str]]:
    """The words of each heading."""
    return [set(re.findall(r"\w+", text_of(head, " "))) for head in laid.tree.iter("h1", "h2", "h3")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_in_two_languages_has_every_heading_of_both(kind: str) -> None:
    both = page(project(), kind, ("fr", "nl"))
    for each in ("fr", "nl"):
        alone = page(project(), kind, (each,))
        assert set().union(*headings(alone)) <= set().union(*headings(both))


def test_a_text_without_translation_is_marked_and_names_its_language() -> None:
    data = project()
    data["companies"][0]["activity"] = {"fr": "Biscuits au fonio"}
    laid = page(data, PLAN, ("nl",))
    passage = next(each for each in laid.tree.iter("span") if each.text == "Biscuits au fonio")
    assert passage.get("lang") == "fr"
    assert [text_of(each) for each in find(laid, "//span[@class='mark']")] == ["FR"]
    assert "gevolgd door FR" in words(laid)
    assert "gevolgd door FR" not in words(page(project(), PLAN, ("nl",)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_passage_in_another_language_names_it(kind: str) -> None:
    laid = page(project(), kind, ("fr", "nl"))
    for element in laid.tree.iter():
        if element.get("lang"):
            assert element.get("lang") in ("fr", "nl")
    assert "(nl)" in "".join(text_of(each) for each in find(laid, "//*[@lang='nl']"))
    assert "(nl)" not in "".join(find(laid, "//text()[not(ancestor::*[@lang='nl'])]"))


# What a page is built of


@pytest.mark.parametrize("languages", VERSIONS, ids="+".join)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_keeps_to_the_vocabulary(kind: str, languages: tuple[str, ...]) -> None:
    laid = page(project(), kind, languages)
    assert ill_formed(laid) == []
    assert laid.tree.get("lang") == languages[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_knows_its_title_its_author_and_its_day(kind: str) -> None:
    laid = page(project(), kind, ("nl", "fr"))
    assert "P-07" in laid.title
    assert laid.languages == ("nl", "fr")
    assert laid.author
    assert laid.subject
    assert laid.modified == date(2026, 11, 16)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_make_the_same_page(kind: str) -> None:
    first, second = (source(page(project(), kind, ("fr", "nl"))) for _ in range(2))
    assert first == second


def test_a_page_can_be_sent_and_restored() -> None:
    laid = page(project())
    parts = {"title": laid.title, "languages": laid.languages, "author": laid.author, "subject": laid.subject}
    again = layout.restore(layout.source(laid), pictures=laid.pictures, modified=laid.modified, **parts)
    assert isinstance(again, Page)
    assert source(again) == source(laid)


# Whatever people write

NASTY = [
    "Fils & Fille <b>gras</b> > 3 < 4",
    '« l\'"eau" » : ; ! ?',
    "{{ case.id }} {% raw %} {_{ }} %} {# #}",
    "]]> <!-- --> &amp; &#0; <?php ?>",
    "ligne une\nligne deux\r\nligne trois",
    "Ŋ ŋ ë ñ Œ œ ß ﷽ 中文 عربي 🎉",
    "Anticonstitutionnellement" * 12,
    "a\u00a0b\u202fc\u200bd\u00ade",
    "=1+1\t@x",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_page_shows_what_is_written_as_it_is_written(text: str) -> None:
    data = project()
    data["companies"][0] |= {"name": text, "activity": said(text, text, text)}
    data["people"][0]["family_name"] = text
    data["activities"][0]["title"] = said(text, text, text)
    report = checked(data)
    name = str(report.dataset.table("companies")[0].name)
    for kind in KINDS:
        for languages in (("fr",), ("fr", "nl")):
            case = report.dataset.find("partnerships", "P-07")
            assert case is not None
            laid = page_of(case, kind, languages)
            assert bare(name) in bare(words(laid))
            assert laid.tree.find(".//b") is None


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


free = st.text(
    st.sampled_from("aŋé &<>{}%#\"'«»\n\t\u202f\u200b\x00\x0b\ufffe\ufeff\U0001f600") | st.characters(codec="utf-8"),
    max_size=12,
)
TEXTS = [place for place, (_, field) in enumerate(cells(project())) if field.translated or kept_by_typing(field)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(TEXTS), free, min_size=1, max_size=20))
def test_a_page_is_well_formed_whatever_is_written(written: dict[int, str]) -> None:
    data = project()
    filled = list(cells(data))
    for place, text in written.items():
        row, field = filled[place]
        row[field.name] = {"fr": text, "nl": f"{text} nl"} if field.translated else text
    lay_out_all(data)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(0, len(list(cells(project()))) - 1), min_size=1, max_size=30))
def test_a_case_without_errors_can_be_laid_out_whatever_is_empty(emptied: set[int]) -> None:
    data = project()
    filled = list(cells(data))
    for place in emptied:
        row, field = filled[place]
        if not field.required:
            del row[field.name]
    lay_out_all(data)


def lay_out_all(data: Data) -> None:
    """Lay out whatever ``build`` would."""
    with tempfile.TemporaryDirectory() as folder:
        built = pemdocs.build(write(Path(folder), data, languages=["fr+nl"]), formats=["docx"], dry_run=True)
    assert {outcome.state for outcome in built.outcomes} <= {MADE}
