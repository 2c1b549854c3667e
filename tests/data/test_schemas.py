"""The schemas and the programmes' profiles hold together: what one names, the other has."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from each import for_each
from jsonschema import Draft202012Validator
from lxml import etree
from stdnum.be import vat
from stdnum.ma import ice
from stdnum.sn import ninea

from pemdocs.project import kinds

ROOT = Path(__file__).parents[2]
DIALECT = json.loads((ROOT / "schemas/dialect/keywords.json").read_text("utf-8"))
TABLES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "schemas").glob("*.json"))}
PROGRAMMES = {
    path.parent.name: tomllib.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "templates/programmes").glob("*/programme.toml"))
}
FIELDS = [(table, name) for table, schema in TABLES.items() for name in schema["properties"]]
HOUSE = tomllib.loads((ROOT / "templates/house/codelists.toml").read_text("utf-8"))
BUILT_IN = {"countries", "currencies", "languages", *HOUSE}
LANGUAGES = ("fr", "en", "nl")
MAKERS = {"date": date.fromisoformat, "time": time.fromisoformat}
CHECKS = {
    "email": lambda text: re.fullmatch(r"[a-z.]+@([a-z]+\.)?example\.(org|com)", text) is not None,
    "uri": lambda text: text.startswith("https://"),
    "phone": lambda text: phonenumbers.is_valid_number(phonenumbers.parse(text)),
    "ninea": ninea.is_valid,
    "ice": ice.is_valid,
    "kbo": vat.is_valid,
    "vat": lambda text: text.startswith("BE") and vat.is_valid(text),
    "rccm": lambda text: re.fullmatch(r"[A-Z]{2}-[A-Z]{3}-\d{4}-[A-Z]-\d{1,6}", text) is not None,
}


def same(heading: str) -> str:
    """A heading as the reader of a workbook compares it."""
    bare = unicodedata.normalize("NFKD", heading.replace("œ", "oe")).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def doubles(names: Iterator[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def field(table: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = TABLES[table]["properties"][name]
    return found


def words_in(value: Any) -> Iterator[str]:
    """Every French text of a schema or a profile."""
    if isinstance(value, dict):
        if "fr" in value and isinstance(value["fr"], str):
            yield value["fr"]
        for each in value.values():
            yield from words_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from words_in(each)


@pytest.mark.parametrize("table", TABLES)
def test_a_schema_speaks_the_dialect_and_is_a_json_schema(table: str) -> None:
    Draft202012Validator(DIALECT).validate(TABLES[table])
    Draft202012Validator.check_schema(TABLES[table])
    assert TABLES[table]["title"] == table


@pytest.mark.parametrize("table", TABLES)
def test_what_a_table_says_of_its_fields_names_fields_it_has(table: str) -> None:
    schema = TABLES[table]
    unique = [name for names in schema.get("x-unique", []) for name in names]
    money = [spec["x-money"] for spec in schema["properties"].values() if "x-money" in spec]
    assert {*schema["required"], *unique, *money} <= schema["properties"].keys()
    assert ["id"] in schema.get("x-unique", []) or "id" not in schema["properties"]


@pytest.mark.parametrize("table", TABLES)
def test_no_two_fields_of_a_table_answer_to_the_same_heading(table: str) -> None:
    accepted = [
        (name, heading)
        for name, spec in TABLES[table]["properties"].items()
        for heading in {same(each) for each in (name, *spec["x-label"].values(), *spec.get("x-headings", []))}
    ]
    assert not doubles(heading for _, heading in accepted)


@for_each(FIELDS)
def test_no_heading_of_a_field_is_empty_or_listed_twice(table: str, name: str) -> None:
    spec = field(table, name)
    listed = [same(heading) for heading in spec.get("x-headings", [])]
    assert all(listed)
    assert not doubles(iter(listed))
    assert not {same(name), *map(same, spec["x-label"].values())} & set(listed)


def test_no_two_tables_answer_to_the_same_sheet_name_or_stand_in_the_same_place() -> None:
    names = (
        name
        for table, schema in TABLES.items()
        for name in {same(each) for each in (table, *schema["x-sheet"].values(), *schema.get("x-sheets", []))}
    )
    assert not doubles(names)
    assert not doubles(str(schema["x-order"]) for schema in TABLES.values())
    assert not doubles(schema["x-record"] for schema in TABLES.values())


@for_each(FIELDS)
def test_a_reference_names_a_table_with_ids(table: str, name: str) -> None:
    target = field(table, name).get("x-ref")
    assert target is None or "id" in TABLES[target]["properties"]


@for_each(FIELDS)
def test_an_enum_has_a_label_for_every_code_and_no_label_for_two(table: str, name: str) -> None:
    spec = field(table, name)
    labels = spec.get("x-labels", {})
    assert list(labels) == spec.get("enum", [])
    assert not doubles(iter(spoken(labels)))


def spoken(labels: dict[str, dict[str, str]]) -> list[str]:
    """What a cell may hold for each code, once per code."""
    return [each for code, words in labels.items() for each in {same(code), *map(same, words.values())}]


@for_each(FIELDS)
def test_a_codelist_is_built_in_or_in_every_programme(table: str, name: str) -> None:
    codelist = field(table, name).get("x-codelist", "countries")
    assert codelist in BUILT_IN or all(codelist in profile["codelists"] for profile in PROGRAMMES.values())


@for_each(FIELDS)
def test_an_amount_is_a_number_and_its_currency_a_currency(table: str, name: str) -> None:
    spec = field(table, name)
    if "x-money" in spec:
        assert spec["type"] == "number"
        assert field(table, spec["x-money"])["x-codelist"] == "currencies"


@for_each(FIELDS)
def test_examples_fit_their_own_field(table: str, name: str) -> None:
    spec = field(table, name)
    bare = {key: value for key, value in spec.items() if not key.startswith("x-") and key != "examples"}
    for example in spec.get("examples", []):
        texts = example.values() if spec.get("x-translated") else [listed(spec, example)]
        for text in texts:
            Draft202012Validator(bare).validate(text)
            MAKERS.get(spec.get("format", ""), str)(text)
            assert CHECKS.get(spec.get("format", ""), bool)(text) or not isinstance(text, str)
        assert not spec.get("x-translated") or tuple(example) == LANGUAGES


def listed(spec: dict[str, Any], example: Any) -> Any:
    """The items of a list as a person types it into one cell; anything else as it is."""
    return [item.strip() for item in example.split(";")] if spec["type"] == "array" else example


@for_each(FIELDS)
def test_an_example_of_a_reference_or_code_is_there(table: str, name: str) -> None:
    spec = field(table, name)
    codelist = spec.get("x-codelist")
    codes = {code for profile in PROGRAMMES.values() for code in {**HOUSE, **profile["codelists"]}.get(codelist, ())}
    for example in spec.get("examples", []):
        for item in listed(spec, example) if spec["type"] == "array" else [example]:
            assert "x-ref" not in spec or item in field(spec["x-ref"], "id")["examples"]
            assert not codes or item in codes


@for_each(FIELDS)
def test_a_required_field_has_an_example(table: str, name: str) -> None:
    assert name not in TABLES[table]["required"] or field(table, name).get("examples")


def test_personal_identity_is_restricted() -> None:
    closed = {name for name, spec in TABLES["people"]["properties"].items() if spec["x-audience"] == "restricted"}
    identity = {"birth_date", "birth_place", "national_id"}
    names = list(TABLES["people"]["properties"])
    form = set(names[names.index("birth_name") :])
    assert closed == identity | form
    assert all(field("people", name).get("x-personal") for name in closed)


def test_everything_about_a_visa_is_restricted_but_the_ids_that_messages_name() -> None:
    visa = ("stays", "invitations", "travel_documents", "travel_history", "insurance", "transport", "lodging", "means")
    for table in (*visa, "supporting_documents"):
        fields = TABLES[table]["properties"].items()
        assert {name for name, spec in fields if spec["x-audience"] != "restricted"} <= {"id", "stay"}


def test_a_charter_can_be_shown_to_anybody() -> None:
    assert {spec["x-audience"] for spec in TABLES["charters"]["properties"].values()} == {"public"}


def test_french_texts_have_french_typography() -> None:
    wrong = re.compile("[a-zà-ÿ]'|[^\u202f\u00a0\\s] ?[;!?]| :(?!/)|« | »")
    everything = [*TABLES.values(), *PROGRAMMES.values()]
    assert [text for text in words_in(everything) if wrong.search(text)] == []


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_programme_says_everything_in_each_of_its_languages(programme: str) -> None:
    profile = PROGRAMMES[programme]
    assert profile["id"] == programme
    assert [words for words in by_language(profile) if set(words) != set(profile["languages"])] == []


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_sheets_of_a_programme_hold_together_and_are_those_of_its_kinds(programme: str) -> None:
    profile = PROGRAMMES[programme]
    in_order = sorted(TABLES, key=lambda table: int(TABLES[table]["x-order"]))
    listed = profile.get("tables", in_order)
    required = {field(table, name).get("x-ref", table) for table in listed for name in TABLES[table]["required"]}
    cases = {kinds.load(each).table for name in profile["kinds"] for each in kinds.members(name)}
    assert required | cases <= set(listed)
    assert listed == [table for table in in_order if table in listed]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_examples_of_a_programme_fit_the_fields_and_its_own_lists(programme: str) -> None:
    profile = PROGRAMMES[programme]
    own = {**HOUSE, **profile["codelists"], "currencies": profile["currencies"]}
    for table, row in profile.get("examples", {}).items():
        for name, value in row.items():
            spec = field(table, name)
            bare = {key: told for key, told in spec.items() if not key.startswith("x-")}
            for text in value.values() if spec.get("x-translated") else [listed(spec, value)]:
                Draft202012Validator(bare).validate(text)
                assert CHECKS.get(spec.get("format", ""), bool)(text) or not isinstance(text, str)
            assert spec.get("x-codelist") not in own or value in own[spec["x-codelist"]]
            assert "x-ref" not in spec or value == profile["examples"][spec["x-ref"]]["id"]


def test_one_programme_is_meant_where_none_is_named() -> None:
    assert [profile.get("default", False) for profile in PROGRAMMES.values()].count(True) == 1


def by_language(value: Any) -> Iterator[dict[str, Any]]:
    """Every table whose keys are languages."""
    if isinstance(value, dict):
        if value.keys() & set(LANGUAGES):
            yield value
        for each in value.values():
            yield from by_language(each)
    elif isinstance(value, list):
        for each in value:
            yield from by_language(each)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_programme_labels_the_stages_and_the_phases_of_the_schemas(programme: str) -> None:
    profile = PROGRAMMES[programme]
    assert list(profile["stages"]) == field("partnerships", "stage")["enum"]
    assert list(profile["stages"]) == DIALECT["$defs"]["field"]["properties"]["x-due"]["enum"]
    assert list(profile["phases"]) == field("activities", "phase")["enum"]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_two_codes_of_a_list_have_the_same_label(programme: str) -> None:
    for codes in {**HOUSE, **PROGRAMMES[programme]["codelists"]}.values():
        assert not doubles(iter(spoken(codes)))
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*|[A-Z]{2}-([A-Z]{2,3}|\d{2})|[A-Z]|[1-9]\d?", code) for code in codes)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_programme_explains_every_level_and_orders_every_criterion(programme: str) -> None:
    profile = PROGRAMMES[programme]
    assert list(profile["report"]["levels"]["meaning"]) == list(profile["codelists"]["recommendation_levels"])
    assert sorted(profile["report"]["criteria"]) == sorted(field("ratings", "criterion")["enum"])
    assert all(profile["report"][legend]["source"] for legend in ("scores", "levels"))
    assert "note" in profile["report"]["scores"] or profile["report"]["scores"]["confirmed"]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_wrong_term_has_a_right_one(programme: str) -> None:
    for term in PROGRAMMES[programme]["terminology"]:
        assert term["wrong"] != term["right"]
        assert term.get("language", LANGUAGES[0]) in LANGUAGES


def test_consents_and_what_the_team_notes_are_internal() -> None:
    closed = {(table, name) for table, name in FIELDS if field(table, name)["x-audience"] == "internal"}
    consents = {("consents", name) for name in TABLES["consents"]["properties"] if name != "id"}
    notes = {("interviews", "person"), ("interviews", "consent"), ("results", "note"), ("budget_lines", "note")}
    new = {table for table, schema in TABLES.items() if schema["x-order"] >= 300}
    remarks = {("indicators", "base"), ("indicators", "note"), ("indicators", "note_public"), ("milestones", "note")}
    register = {("publications", name) for name in TABLES["publications"]["properties"]}
    assert {each for each in closed if each[0] in new} == consents | notes | register | {
        ("photographs", "nobody")
    } | remarks


def test_the_media_of_a_note_are_those_of_a_consent() -> None:
    assert field("notes", "medium")["x-codelist"] == field("consents", "media")["x-codelist"] == "media"


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_two_countries_are_described(programme: str) -> None:
    countries = PROGRAMMES[programme]["countries"]
    for code in (countries["home"], countries["host"]):
        assert countries[code].keys() == {"name", "the", "in", "of", "from", "adjective"}
        assert all(forms.keys() == {"m", "f", "mp", "fp", "n"} for forms in countries[code]["adjective"].values())


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_partners_have_ids_of_their_own_and_logos_that_are_there(programme: str) -> None:
    partners = PROGRAMMES[programme]["partners"]
    assert not doubles(partner["id"] for partner in partners)
    assert PROGRAMMES[programme]["implementer"]["partner"] in {partner["id"] for partner in partners}
    for partner in partners:
        assert partner["role"] in {"facility", "implementer", "partner"}
        if "logo" in partner:
            logo = etree.parse(ROOT / "templates/programmes" / programme / partner["logo"]).getroot()
            assert logo.get("height") == "12mm"
            assert logo.get("viewBox") == f"0 0 {logo.get('width', '').removesuffix('mm')} 12"


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_fact_has_its_source_and_one_value_is_the_first_choice(programme: str) -> None:
    facts = PROGRAMMES[programme]["facts"]
    assert all(fact["value"] and fact["source"] for fact in facts)
    first = Counter(fact["id"] for fact in facts if fact.get("primary"))
    assert first == dict.fromkeys({fact["id"] for fact in facts}, 1)
