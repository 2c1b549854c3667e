"""Records are linked by their references; what is broken or there twice is named; a case is what belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import checked, codes, only, pair, project
from workbooks import workbook

import pemdocs
from pemdocs.data import schema
from pemdocs.data.dataset import Linked, back_references, closure


def ids(records: object) -> list[str]:
    assert isinstance(records, tuple)
    return [record.record.id for record in records]


def test_a_reference_reads_as_it_is_said() -> None:
    case = pair(project())
    assert case.home_company.name == "Céréales du Cap"
    assert case.home_person.company == case.home_company
    assert case.host_person.company.country == "BE"
    assert case.objectives[0].need.theme == "packaging-branding"


def test_an_empty_reference_is_none() -> None:
    case = pair(project(), "P-08")
    assert case.host_company is None
    assert case.charter is None
    assert case.meetings == ()


def test_a_record_knows_those_that_refer_to_it() -> None:
    case = pair(project())
    assert ids(case.activities) == ["A-07-1", "A-07-2", "A-07-3"]
    assert ids(case.scores) == ["scores:1", "scores:2"]
    assert case.charter.place == "Gent"
    assert case.objectives[0].measurements[0].value == 2
    assert [version.version for version in case.versions] == ["1.0", "1.1"]


def test_a_translated_text_is_a_text_by_language() -> None:
    assert dict(pair(project()).home_aim) == {
        "fr": "Une gamme pour l’Europe",
        "en": "Une gamme pour l’Europe (en)",
        "nl": "Une gamme pour l’Europe (nl)",
    }


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="partnership has no 'horse'"):
        _ = pair(project()).horse


def test_linked_records_are_the_same_where_their_rows_are() -> None:
    data = project()
    case = pair(data)
    assert case.home_company == case.home_person.company
    assert len({case.home_company, case.home_person.company}) == 1
    assert case.home_company != case.host_company
    assert repr(case) == "<partnership P-07>"


def test_only_the_field_named_as_the_record_makes_a_back_reference() -> None:
    backs = back_references(schema.load(), "partnerships")
    assert backs["charter"].table == "charters"
    assert backs["coordination"].name == "partnership"
    assert "people" in back_references(schema.load(), "companies")
    assert "partnerships" not in back_references(schema.load(), "companies")


def belonging(case: Linked) -> set[str]:
    return {f"{table}:{number}" for table, _, number in closure(case)}


def test_a_case_is_its_rows_and_everything_they_refer_to() -> None:
    data = project()
    mine, other = belonging(pair(data)), belonging(pair(data, "P-08"))
    assert {"partnerships:1", "charters:1", "measurements:1", "criteria:2", "people:4", "companies:2"} <= mine
    assert mine.isdisjoint({"partnerships:2", "companies:3", "people:5", "versions:3"})
    assert other == {"partnerships:2", "cohorts:1", "companies:3", "people:5", "people:3", "people:4", "versions:3"}


@pytest.mark.parametrize("written", ["be-003", "BE 003", " be - 003 ", "BE-003 · Brouwerij De Molen"])
def test_an_id_may_be_written_in_any_case_and_spacing_and_with_a_name_beside_it(written: str) -> None:
    data = project()
    data["partnerships"][0]["host_company"] = written
    report = checked(data)
    assert codes(report) == set()
    assert report.dataset.records["partnerships"][0].value("host_company") == "BE-003"


@pytest.mark.parametrize("identifier", ["WECCO-2022-014", "SN-1044", "14", "sn_014".replace("_", ".")])
def test_ids_may_follow_a_scheme_of_ones_own(identifier: str) -> None:
    data = project()
    data["companies"][0]["id"] = data["partnerships"][0]["home_company"] = identifier
    for person in data["people"]:
        person["company"] = identifier if person.get("company") == "SN-014" else person.get("company")
    assert not {"wrong-pattern", "unknown-reference"} & codes(checked(data))


@pytest.mark.parametrize(("written", "nearest"), [("BE-03", "BE-003"), ("SN-0144", "SN-014"), ("Brouwerij", "")])
def test_a_broken_reference_is_named_with_the_nearest_id(written: str, nearest: str) -> None:
    data = project()
    data["partnerships"][0]["host_company"] = written
    finding = only(checked(data), "unknown-reference")
    assert (finding.cell, finding.record, finding.row) == ("[0].host_company", "P-07", 1)
    assert finding.facts["nearest"] == nearest
    assert finding.facts["target"] == "companies"


def test_rows_that_share_what_must_be_single_are_all_named_with_the_others() -> None:
    data = project()
    data["companies"][2]["ninea"] = data["companies"][0]["ninea"]
    found = [finding for finding in checked(data).findings if finding.code == "not-unique"]
    assert [(finding.cell, finding.facts["others"]) for finding in found] == [
        ("[0].ninea", "companies![2].ninea"),
        ("[2].ninea", "companies![0].ninea"),
    ]


def test_an_id_in_other_letters_is_the_same_id() -> None:
    data = project()
    data["people"].append({"id": "coach-01", "role": "coach", "given_names": "Awa", "family_name": "Sy"})
    assert "not-unique" in codes(checked(data))


def test_two_pairs_may_have_a_training_of_the_same_rank_and_one_pair_not() -> None:
    data = project()
    data["trainings"].append({"id": "T-08-1", "partnership": "P-08", "rank": 1})
    assert "not-unique" not in codes(checked(data))
    data["trainings"].append({"id": "T-07-2", "partnership": "P-07", "rank": 1})
    assert "not-unique" in codes(checked(data))


def test_empty_cells_are_never_double() -> None:
    data = project()
    for company in data["companies"]:
        company.pop("ninea", None)
    assert "not-unique" not in codes(checked(data))


def test_a_reference_to_a_double_id_leads_to_the_first_row() -> None:
    data = project()
    data["companies"].append({**data["companies"][1], "name": "Twice"})
    assert pair(data).host_company.name == "Bakkerij De Linde"


def test_the_data_speak_of_the_day_of_the_latest_version() -> None:
    data = project()
    assert checked(data).dataset.as_of.isoformat() == "2026-11-16"
    data["versions"].reverse()
    assert checked(data).dataset.as_of.isoformat() == "2026-11-16"


def test_a_finding_about_a_text_stands_in_the_column_of_its_language(tmp_path: Path) -> None:
    book = workbook(
        tmp_path,
        """
        == Charters
        | Pair | Aim (fr)  | Aim (nl)          |
        | P-07 | Vendre    | Zij moeten kopen. |
        """,
    )
    assert only(pemdocs.check(book), "charter-binds").cell == "C2"
    data = project()
    data["charters"][0]["aim"]["nl"] = "Zij moeten kopen."
    assert only(checked(data), "charter-binds").cell == "[0].aim.nl"


def test_the_same_data_in_a_workbook_and_in_json_are_the_same_dataset(tmp_path: Path) -> None:
    book = workbook(
        tmp_path,
        """
        == Entreprises
        | Identifiant | Dénomination | Pays    |
        | SN-014      | Céréales     | Sénégal |

        == Personnes
        | Identifiant | Entreprise | Rôle  | Prénoms | Nom    |
        | SN-014-A    | SN-014     | Coach | Awa     | Ndiaye |
        """,
    )
    json = {
        "companies": [{"id": "SN-014", "name": "Céréales", "country": "SN"}],
        "people": [
            {"id": "SN-014-A", "company": "SN-014", "role": "coach", "given_names": "Awa", "family_name": "Ndiaye"}
        ],
    }
    read = [pemdocs.check(book).dataset, checked(json).dataset]
    values = [
        {(table, name): cell.value for table in each.records for record in each.records[table]
         for name, cell in record.cells.items()}
        for each in read
    ]  # fmt: skip
    assert values[0] == values[1]
    assert read[0].table("people")[0].company.name == "Céréales"


@settings(max_examples=30)
@given(st.permutations(range(3)), st.permutations(range(5)))
def test_the_order_of_the_rows_changes_no_link(companies: list[int], people: list[int]) -> None:
    data = project()
    data["companies"] = [data["companies"][place] for place in companies]
    data["people"] = [data["people"][place] for place in people]
    case = pair(data)
    assert (case.home_company.record.id, case.host_person.company.record.id) == ("SN-014", "BE-003")
    assert sorted(ids(case.home_company.people)) == ["SN-014-A"]
