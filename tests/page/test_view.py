"""A view shows what its readers may see, says what is not there yet, and never leaks what lies behind a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from each import for_each
from projects import Data, checked, pair, project, publication

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.model import PemdocsError, Text
from pemdocs.page.view import EMPTY, FILLED, MISSING, PENDING, Item, Shown, View
from pemdocs.project import kinds
from pemdocs.words.wording import agree

KINDS = kinds.available()
TABLES = schema.load()
ONE_OF_EACH: Data = {"outcomes": [{"stay": "S-07", "lodged": "2026-08-01"}],
                     "publications": [{"id": "PUB-1", "note": "N-1"}]}  # fmt: skip
CASE = pair(publication() | ONE_OF_EACH)


def view(kind: str = "accompaniment-plan", languages: tuple[str, ...] = ("fr",), case: Linked = CASE) -> View:
    return View(kinds.load(kind), case, languages)


def worded(sentence: str, kind: str = "accompaniment-plan", lang: str = "fr", case: Linked = CASE) -> str:
    """What a sentence of the wording says of the case."""
    own = replace(kinds.load(kind), wording={lang: {"own": sentence}})
    return dict(View(own, case, (lang,)).say("own").parts)[lang]


def audience(table: str, name: str) -> str:
    field = TABLES[table].fields.get(name)
    return field.audience if field else facts.audience(TABLES[table].record, name)


def closed(kind: str, table: str, name: str) -> bool:
    return schema.AUDIENCES.index(audience(table, name)) > schema.AUDIENCES.index(kinds.load(kind).audience)


def names(table: str) -> tuple[str, ...]:
    """Everything that a record of a table can be asked for: its fields and its facts."""
    return (*TABLES[table].fields, *facts.names(TABLES[table].record))


@for_each((kind, table) for kind in KINDS for table in TABLES)
def test_a_kind_shows_a_field_only_to_whom_it_is_open(kind: str, table: str) -> None:
    shown = Shown(view(kind), CASE.dataset.table(table)[0])
    for name in names(table):
        if closed(kind, table, name):
            for ask in (shown.__getattr__, shown.raw):
                with pytest.raises(PemdocsError) as caught:
                    ask(name)
                assert (caught.value.code, caught.value.facts["field"]) == ("audience", f"{table}.{name}")
        else:
            getattr(shown, name)
            shown.raw(name)


@for_each((kind, table) for kind in KINDS for table in TABLES)
def test_the_wording_of_a_kind_says_only_what_is_open(kind: str, table: str) -> None:
    own = {f"own.{name}": f"{{% set x = told.{name} %}}." for name in names(table)}
    own |= {f"code.{name}": f"{{% set x = told.code('{name}') %}}." for name in TABLES[table].fields}
    asking = View(replace(kinds.load(kind), wording={"fr": own}), CASE, ("fr",))
    told = Shown(asking, CASE.dataset.table(table)[0])
    for key in own:
        if closed(kind, table, key.partition(".")[2]):
            with pytest.raises(PemdocsError, check=lambda fault: fault.code == "audience"):
                asking.say(key, told=told)
        else:
            assert asking.say(key, told=told).parts == (("fr", "."),)


@pytest.mark.parametrize("behind", ["linked", "view", "record", "dataset", "table", "follow", "horse"])
def test_nothing_behind_a_record_is_in_reach(behind: str) -> None:
    with pytest.raises(AttributeError):
        getattr(view().case, behind)
    assert worded(f"{{{{ case.{behind} is defined }}}}") == "False"
    assert worded(f"{{{{ case._{behind} is defined }}}}") == "False"


READ = ("public", "partner")
"""Whose tables layouts are built on."""


def test_no_schema_restricts_what_the_layouts_are_built_on() -> None:
    open_to_all = [table.name for table in TABLES.values() if table.has_id and table.audience in READ]
    assert {audience(name, "id") for name in open_to_all} == {"public"}


def selected() -> Linked:
    """A pair that has just been selected, without a few of its values."""
    data = project()
    data["companies"][2]["legal_form"] = None
    return pair(data, "P-08")


@pytest.mark.parametrize(
    ("record", "name", "state"),
    [
        ("home_company", "name", FILLED),
        ("home_company", "activity", FILLED),
        ("home_company", "employees", FILLED),
        ("home_company", "legal_form", MISSING),
        ("home_company", "address", PENDING),
        ("home_company", "trade_name", EMPTY),
        ("home_company", "kbo", EMPTY),
        ("", "host_company", PENDING),
        ("", "home_aim", PENDING),
        ("", "next_review", EMPTY),
        ("home_person", "profile", FILLED),
    ],
)
def test_a_value_is_filled_pending_missing_or_empty(record: str, name: str, state: str) -> None:
    case = view(case=selected()).case
    shown = getattr(case, record) if record else case
    assert shown.state(name) == state
    if name != "host_company":
        item = getattr(shown, name)
        assert (item.state, bool(item), bool(item.text)) == (state, state == FILLED, state == FILLED)


def test_what_is_pending_says_when_it_comes_and_what_is_missing_that_it_is_to_be_filled() -> None:
    case = view(languages=("fr", "nl"), case=selected()).case
    assert case.pending("host_company").parts == (("fr", "À venir\u00a0: Avant le départ"),
                                                  ("nl", "Volgt (vóór het vertrek)"))  # fmt: skip
    assert case.home_company.pending("legal_form").parts == (("fr", "À compléter"), ("nl", "Nog in te vullen"))


def test_an_item_has_its_label_its_words_its_value_and_its_cell() -> None:
    item = view(languages=("fr", "en")).case.home_company.turnover
    assert isinstance(item, Item)
    assert item.label.parts == (("fr", "Chiffre d’affaires annuel"), ("en", "Annual turnover"))
    assert item.text.parts[1] == ("en", "F\u202fCFA\u00a048,500,000")
    assert item.raw == 48500000
    assert item.cell is not None
    assert item.cell.place == "companies![0].turnover"


@pytest.mark.parametrize(
    ("there", "languages", "parts", "missing"),
    [
        ({"fr": "Pain", "nl": "Brood"}, ("fr", "nl"), (("fr", "Pain"), ("nl", "Brood")), ()),
        ({"fr": "Pain", "nl": "Brood"}, ("nl",), (("nl", "Brood"),), ()),
        ({"fr": "Pain"}, ("fr", "nl"), (("fr", "Pain"),), ("nl",)),
        ({"fr": "Pain"}, ("nl",), (("fr", "Pain"),), ("nl",)),
        ({"nl": "Brood", "en": "Bread"}, ("fr",), (("nl", "Brood"),), ("fr",)),
        ({"fr": "Pain : bon"}, ("en",), (("fr", "Pain\u00a0: bon"),), ("en",)),
    ],
)
def test_a_text_that_is_not_translated_is_shown_in_the_language_there_is(
    there: dict[str, str], languages: tuple[str, ...], parts: Any, missing: tuple[str, ...]
) -> None:
    data = project()
    data["companies"][0]["activity"] = there
    text = view(languages=languages, case=pair(data)).case.home_company.activity.text
    assert text == Text(parts, missing)


def gendered(gender: str | None) -> Linked:
    data = project()
    data["people"][0]["gender"] = gender
    return pair(data)


@pytest.mark.parametrize(("gender", "form"), [("m", "né"), ("f", "née"), ("x", "né·e"), (None, "né·e")])
def test_a_form_agrees_with_the_gender_and_is_neutral_where_it_is_not_known(gender: str | None, form: str) -> None:
    sentence = "{{ agree(case.home_person, 'né', 'née', 'né·e') }}"
    assert worded(sentence, case=gendered(gender)) == form


def test_nobody_agrees_neutrally() -> None:
    assert agree(None, "né", "née", "né·e") == "né·e"


def test_a_sentence_is_set_in_its_language_and_knows_the_programme() -> None:
    assert worded("Coach {{ home.in }} : {{ case.home_coach.full_name }}") == "Coach au Sénégal\u00a0: Ousmane Fall"
    assert worded("Coach {{ host.in }}", lang="nl") == "Coach in België"
    assert worded("{{ case.mobility_start }}", lang="nl") == "13\u00a0september 2026"
    assert worded("{{ case.dataset_date }}", lang="en") == "16\u00a0November 2026"
    assert worded("{{ case.home_company.women_share | percent }}") == "58\u00a0%"


def test_a_sentence_with_a_hole_is_a_fault() -> None:
    for sentence in ("{{ case.charter.place }}", "{{ case.next_review }}"):
        with pytest.raises(PemdocsError) as caught:
            worded(sentence, case=hollow())
        assert (caught.value.code, caught.value.facts["found"]) == ("template-hole", "own")


def hollow() -> Linked:
    data = project()
    data["charters"][0]["place"] = None
    data["partnerships"][0]["next_review"] = None
    return pair(data)


def test_a_missing_sentence_is_a_fault() -> None:
    with pytest.raises(PemdocsError) as caught:
        view(languages=("nl",)).say("no such sentence")
    assert caught.value.code == "wording-missing"
    assert caught.value.facts["language"] == "nl"


def test_data_are_never_taken_for_wording() -> None:
    data = project()
    data["companies"][0]["name"] = "{{ case.id }} {% raw %} {_{ & <b>"
    told = worded("« {{ case.home_company.name }} »", case=pair(data))
    assert told == "«\u202f{{ case.id }} {% raw %} {_{ & <b>\u202f»"


def test_the_wording_cannot_reach_into_python() -> None:
    with pytest.raises(Exception, match=r"unsafe|undefined|has no|SecurityError"):
        worded("{{ case.__class__.__mro__ }}")


def local_phone() -> Data:
    data = project()
    data["people"][1]["phone"] = "0470 00 00 03"
    return data


def test_a_local_number_is_read_in_the_country_of_its_company() -> None:
    assert checked(local_phone()).findings == ()
    shown = view(case=pair(local_phone())).case.host_person.phone
    assert shown.text.parts == (("fr", "+32 470 00 00 03"),)
