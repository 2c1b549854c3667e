import dataclasses
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date, time
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils import quote_sheetname
from openxml_audit import OpenXmlValidator

from pemdocs.data import schema
from pemdocs.data.records import type_rows
from pemdocs.model import PemdocsError, Severity
from pemdocs.project import kinds, programme
from pemdocs.workbook import columns, values, words
from pemdocs.workbook.asked import DECIDING, asked
from pemdocs.workbook.blank import blank
from pemdocs.workbook.read import read

LANGUAGES = words.available()
TABLES = schema.load()
STATUS = {
    "open": {"fr": "Ouvert", "en": "Open", "nl": "Lopend"},
    "done": {"fr": "+ fini; clos", "en": "Done", "nl": "Klaar"},
}
PEM = programme.load("pem-wecco")
PROGRAMME = dataclasses.replace(PEM, codelists={**PEM.codelists, "statuses": STATUS})


def said(text):
    return dict.fromkeys(("fr", "en", "nl"), text)


def field(label, **more):
    told = {"x-label": said(label), "x-help": said(f"Help on {label}.")}
    return {"type": "string", "x-audience": "public", **told, **more}


# One field of every sort, so that nothing depends on what today's tables happen to hold.
THINGS = {
    "title": "things",
    "x-record": "thing",
    "x-order": 1,
    "x-sheet": {"fr": "Choses d'ici", "en": "Things", "nl": "Dingen"},
    "x-help": said("One row per thing."),
    "required": ["id"],
    "properties": {
        "id": field("Id", format="code", examples=["T-01"]),
        "first_name": field("First name", **{"x-due": "matching"}),
        "other": field("Other", **{"x-ref": "things"}),
        "others": field("Others", type="array", items={"type": "string"}, **{"x-ref": "things"}),
        "country": field("Country", **{"x-codelist": "countries"}, examples=["SN"]),
        "status": field("Status", enum=["open", "done"], **{"x-labels": STATUS}, examples=["open"]),
        "many": field("Many", type="array", items={"type": "string"}, **{"x-codelist": "statuses"}),
        "tags": field("Tags", type="array", items={"type": "string"}, examples=["one; two"]),
        "agreed": field("Agreed", type="boolean", examples=[True]),
        "born": field("Born", format="date", examples=["1985-07-30"], **{"x-audience": "restricted"}),
        "at": field("At", format="time", examples=["14:30"]),
        "year": field("Year", type="integer", minimum=1990, maximum=2100, examples=[1998]),
        "price": field("Price", type="number", exclusiveMinimum=0, examples=[1234.5]),
        "phone": field("Phone", format="phone", examples=["+221 77 100 00 14"]),
        "story": field("Story", **{"x-translated": True, "x-multiline": True}),
    },
}


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schemas")
    (folder / "things.json").write_text(json.dumps(THINGS), "utf-8")
    return schema.load(folder)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request):
    """A language, and the workbook of every table in it."""
    return request.param, opened(blank(TABLES, PROGRAMME, request.param))


def laid_out(language, tables=TABLES):
    return columns.layouts(tables, PROGRAMME.languages, language, {})


def checks(sheet):
    """The validation of each column, by its letter."""
    found = sheet.data_validations.dataValidation
    return {str(check.sqref).rstrip("0123456789").partition(":")[2]: check for check in found}


def choices(workbook, formula):
    return [cell.value for (cell,) in workbook["_lists"][formula.partition("!")[2].replace("$", "")]] if formula else []


def test_every_table_has_its_sheet_in_order_after_the_explanation(made):
    language, workbook = made
    sheets = [table.sheet[language] for table in TABLES.values()]
    told = words.load(language)
    assert workbook.sheetnames == [told.sheet, *sheets, told.fields["sheet"], "_lists"]
    assert [sheet.sheet_state for sheet in workbook] == ["visible"] * (len(sheets) + 2) + ["hidden"]


@pytest.mark.parametrize("name", PEM.kinds)
def test_a_workbook_for_one_kind_can_be_filled_from_left_to_right(name):
    asked_for = asked(TABLES, dataclasses.replace(PEM, kinds=(name,)))
    order = list(asked_for)
    kind = kinds.load(kinds.members(name)[0])
    assert {kind.table} | {need.partition(".")[0] for need in kind.needs} & TABLES.keys() <= {*order, *asked_for}
    ahead = [
        (table, field.name)
        for table in order
        for field in asked_for[table].fields.values()
        if field.ref and field.ref != table and order.index(field.ref) > order.index(table)
    ]
    assert ahead == [], "drop-downs that would be empty when they are reached"
    if kind.audience == "public":
        fields = [field for table in asked_for.values() for field in table.fields.values()]
        deciding = {field.table for field in fields} & DECIDING
        others = [each for each in fields if each.table not in deciding and f"{each.table}.{each.name}" not in DECIDING]
        assert {field.audience for field in others if not field.required} == {"public"}


def test_headings_are_the_labels_with_a_column_per_language_of_a_translated_field(made):
    language, workbook = made
    for table in TABLES.values():
        wanted = []
        for field in table.fields.values():
            label = field.label[language]
            wanted += [f"{label} ({own})" for own in PROGRAMME.languages] if field.translated else [label]
        assert [cell.value for cell in workbook[table.sheet[language]][1]] == wanted


def test_every_column_says_what_to_enter_within_excels_limits(made):
    language, workbook = made
    for layout in laid_out(language).values():
        found = checks(workbook[layout.sheet])
        for number, column in enumerate(layout.columns, 1):
            note = found[columns.letter(number)]
            assert note.showInputMessage
            assert note.prompt == column.field.help[language]
            assert len(note.prompt) <= 255
            assert 0 < len(note.promptTitle) <= 32
            assert str(note.sqref) == layout.cells(number)


def test_every_code_and_reference_has_a_list_to_choose_from(made):
    language, workbook = made
    for layout in laid_out(language).values():
        found = checks(workbook[layout.sheet])
        for number, column in enumerate(layout.columns, 1):
            field, check = column.field, found[columns.letter(number)]
            if field.coded:
                assert check.type == "list"
                codes = PROGRAMME.codelist(field.codelist) if field.codelist else field.labels
                assert sorted(choices(workbook, check.formula1)) == sorted(codes[code][language] for code in codes)
            elif field.ref:
                assert (check.type, check.formula1) == ("list", f"ids_{field.ref}")
                assert check.errorStyle == "warning"
                assert TABLES[field.ref].sheet[language] in workbook.defined_names[check.formula1].attr_text


def test_a_list_of_ids_shows_the_names_beside_them():
    workbook = opened(blank(TABLES, PROGRAMME, "fr"))
    there = workbook.defined_names["ids_people"].attr_text
    column = there.partition("$")[2].partition("$")[0]
    first = workbook["_lists"][f"{column}2"].value
    assert all(each in first for each in ("'Personnes'!A3", '" · "', "'Personnes'!B3", "'Personnes'!C3"))
    company = checks(workbook["Personnes"])
    letter = next(cell.column_letter for cell in workbook["Personnes"][1] if cell.value == "Entreprise")
    # Who types the id alone is not stopped.
    assert company[letter].showErrorMessage is False


def test_the_next_id_is_offered_and_any_other_may_be_typed():
    workbook = openpyxl.load_workbook(io.BytesIO(blank(TABLES, PROGRAMME, "fr")))
    check = next(each for each in workbook["Entreprises"].data_validations.dataValidation if "A3" in each.sqref)
    assert (check.type, check.showErrorMessage) == ("list", False)
    offered = workbook["_lists"][check.formula1.partition("!")[2].replace("$", "")]
    assert '"SN-001"' in offered.value


def test_lists_of_the_profile_keep_their_order(made):
    language, workbook = made
    for layout in laid_out(language).values():
        found = checks(workbook[layout.sheet])
        for number, column in enumerate(layout.columns, 1):
            if (name := column.field.codelist) in PROGRAMME.profile["codelists"]:
                wanted = [labels[language] for labels in PROGRAMME.codelist(name).values()]
                assert choices(workbook, found[columns.letter(number)].formula1) == wanted


def test_the_home_and_host_countries_come_first(things):
    workbook = opened(blank(things, PROGRAMME, "fr"))
    found = choices(workbook, checks(workbook["Choses d'ici"])["E"].formula1)
    assert found[:2] == ["Belgique", "Sénégal"]
    assert found[2:5] == ["Afghanistan", "Afrique du Sud", "Albanie"]


@pytest.mark.parametrize(
    ("letter", "kind", "first", "second"),
    [
        ("I", "list", '"Oui,Non"', None),
        ("J", "date", "1", "73415"),
        ("K", "time", "0", "0.999999"),
        ("L", "whole", "1990", "2100"),
        ("M", "decimal", "0", None),
    ],
)
def test_answers_dates_times_and_numbers_are_asked_about_but_never_refused(things, letter, kind, first, second):
    check = checks(opened(blank(things, PROGRAMME, "fr"))["Choses d'ici"])[letter]
    assert (check.type, check.formula1, check.formula2) == (kind, first, second)
    assert check.errorStyle == "warning"


def test_only_a_single_choice_is_refused_and_a_list_in_one_cell_never(things):
    found = checks(opened(blank(things, PROGRAMME, "fr"))["Choses d'ici"])
    assert found["F"].showErrorMessage
    assert found["F"].errorStyle in (None, "stop")
    assert not found["G"].showErrorMessage
    assert not found["D"].showErrorMessage


def test_identifiers_are_text_down_the_whole_column(made):
    language, workbook = made
    dates = "yyyy-mm-dd" if language == "en" else "dd/mm/yyyy"
    for layout in laid_out(language).values():
        sheet = workbook[layout.sheet]
        for number, column in enumerate(layout.columns, 1):
            found = sheet.column_dimensions[columns.letter(number)].number_format
            if column.field.kept_as_text:
                assert found == "@"
            elif column.field.format == "date":
                assert found == dates


def test_headings_and_first_columns_stay_in_view_and_print_again(made):
    language, workbook = made
    for layout in laid_out(language).values():
        sheet = workbook[layout.sheet]
        assert sheet.freeze_panes == f"{columns.letter(layout.frozen + 1)}2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_the_second_row_is_an_example_that_the_import_passes_over(made):
    language, workbook = made
    for table in TABLES.values():
        example = [cell.value for cell in workbook[table.sheet[language]][2] if cell.value is not None]
        assert example
        # Who types over a single one of them leaves a row that is neither an example nor data, and is told.
        assert all(value.startswith("# ") or value == "#" for value in example)


def test_an_example_shows_labels_dates_and_numbers_as_a_person_enters_them(things):
    row = [cell.value for cell in opened(blank(things, PROGRAMME, "fr"))["Choses d'ici"][2]]
    assert row[0] == "# T-01"
    assert row[4:8] == ["# Sénégal", "# Ouvert", None, "# one; two"]
    assert row[8:14] == ["# Oui", "# 30/07/1985", "# 14:30", "# 1998", "# 1234.5", "# +221 77 100 00 14"]


def test_an_example_that_the_programme_does_not_know_gives_way_to_one_that_it_knows():
    other = dataclasses.replace(PEM, codelists={**PEM.codelists, "regions": {"MA-09": said("Souss-Massa")}})
    sheet = opened(blank(TABLES, other, "en"))["Companies"]
    shown = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert shown["Region"] == "# Souss-Massa"


ROW = {
    "id": "001",
    "first_name": "=HYPERLINK(1)",
    "other": "T-02",
    "others": ("T-02", "T-03"),
    "country": "SN",
    "status": "done",
    "many": ("open", "done"),
    "tags": ["#N/A", "-2"],
    "agreed": False,
    "born": date(1985, 7, 30),
    "at": time(9, 5),
    "year": 2024,
    "price": Decimal("1234.56"),
    "phone": "+221 77 100 00 14",
    "story": {"fr": "- un\ndeux", "en": "#N/A"},
    "story::nl": " 007 ",
}


def test_rows_are_read_back_as_they_were_given(things):
    sheet = opened(blank(things, PROGRAMME, "fr", {"things": [ROW]}))["Choses d'ici"]
    found = [cell.value for cell in sheet[3]]
    assert found[:6] == ["001", "=HYPERLINK(1)", "T-02", "T-02; T-03", "Sénégal", "+ fini; clos"]
    # A label with the sign that parts a list would fall apart on reading: the code stands for it.
    assert found[6:9] == ["Ouvert; done", "#N/A; -2", "Non"]
    assert found[9].date() == date(1985, 7, 30)
    assert found[10:] == [time(9, 5), 2024, 1234.56, "+221 77 100 00 14", "- un\ndeux", "#N/A", " 007 "]


def test_the_import_reads_the_same_rows_and_nothing_of_the_example(things, tmp_path):
    path = tmp_path / "things.xlsx"
    for language in LANGUAGES:
        row = {**ROW, "first_name": "Awa", "tags": ("one", "two"), "story": {"fr": "- un\ndeux", "en": "+ three"}}
        path.write_bytes(blank(things, PROGRAMME, language, {"things": [row]}))
        reading = read(path, things)
        (record,), findings = type_rows(reading.rows, things, PROGRAMME)
        assert [*reading.findings, *findings] == []
        wanted = values.flat(row) | {"story::nl": "007"}
        assert {name: record.value(name) for name in wanted} == wanted


def imported(content, path):
    """The typed values that the import finds: by table, a mapping by field for each row. Errors are not accepted."""
    path.write_bytes(content)
    reading = read(path, TABLES)
    records, findings = type_rows(reading.rows, TABLES, PEM)
    assert [found for found in (*reading.findings, *findings) if found.severity is Severity.ERROR] == []
    rows = {}
    for record in records:
        rows.setdefault(record.table, []).append({name: cell.value for name, cell in record.cells.items()})
    return rows


def test_every_field_of_every_table_survives_the_way_through_each_language(tmp_path):
    rows = {
        name: [{field.name: field.examples[0] for field in table.fields.values() if field.examples}]
        for name, table in TABLES.items()
    }
    typed = imported(blank(TABLES, PROGRAMME, "fr", rows), tmp_path / "fr.xlsx")
    assert {name: set(found[0]) for name, found in typed.items()} == {
        name: set(values.flat(records[0])) for name, records in rows.items()
    }
    for language in LANGUAGES:
        assert imported(blank(TABLES, PROGRAMME, language, typed), tmp_path / f"{language}.xlsx") == typed


def test_a_text_never_becomes_a_formula_or_an_error(things):
    sheet = opened(blank(things, PROGRAMME, "fr", {"things": [ROW]}))["Choses d'ici"]
    assert {cell.data_type for cell in (sheet["B3"], sheet["F3"], sheet["N3"], sheet["O3"], sheet["P3"])} == {"s"}
    assert all(sheet[place].quotePrefix for place in ("B3", "F3", "N3", "O3"))
    assert not sheet["A3"].quotePrefix


def test_days_that_excel_miscounts_and_digits_that_it_would_round_are_kept_as_text(things):
    row = {"id": "1", "born": date(1899, 5, 4), "price": Decimal("12345678901234567.89"), "phone": 770001122}
    sheet = opened(blank(things, PROGRAMME, "fr", {"things": [row]}))["Choses d'ici"]
    found = [sheet[place].value for place in ("J3", "M3", "N3")]
    assert found == ["1899-05-04", "12345678901234567.89", "770001122"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"wings": []}, "unknown-table"),
        ({"things": [{"id": "1", "colour": "red"}]}, "unknown-field"),
        ({"things": [{"id": "1", "story": "in no language"}]}, "unknown-field"),
        ({"things": [{"id": "1", "story": {"de": "ja"}}]}, "unknown-field"),
        ({"things": [{"id": "1", "first_name": "bell \x07"}]}, "cell-not-writable"),
        ({"things": [{"id": "1", "first_name": "x" * 32_768}]}, "cell-not-writable"),
        ({"things": [{"id": "1", "tags": ["one; two"]}]}, "cell-not-writable"),
        ({"things": [{"id": "# 1"}]}, "cell-not-writable"),
    ],
)
def test_what_the_workbook_would_lose_is_refused(things, rows, code):
    with pytest.raises(PemdocsError) as refused:
        blank(things, PROGRAMME, "fr", rows)
    assert refused.value.code == code


def test_a_language_without_words_is_refused_by_name():
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "no-workbook-language"):
        blank(TABLES, PROGRAMME, "de")


def test_long_tables_are_checked_to_their_last_row(things):
    rows = {"things": [{"id": f"T-{number}"} for number in range(700)]}
    workbook = opened(blank(things, PROGRAMME, "en", rows))
    assert str(checks(workbook["Things"])["A"].sqref) == "A3:A702"
    assert "$A$702" in workbook.defined_names["ids_things"].attr_text


def test_the_explanation_names_every_sheet_and_every_field_and_leads_there(made):
    language, workbook = made
    opening, columns_ = workbook.worksheets[0], workbook[words.load(language).fields["sheet"]]
    links = {cell.hyperlink.location for row in opening for cell in row if cell.hyperlink}
    told = " ".join(str(cell.value) for row in opening for cell in row)
    texts = {cell.value for row in columns_ for cell in row}
    for layout in laid_out(language).values():
        assert f"{quote_sheetname(layout.sheet)}!A1" in links
        assert layout.table.help[language] in told
        assert {field.help[language] for field in layout.table.fields.values()} <= texts


def test_the_same_input_gives_the_same_bytes(things):
    rows = {"things": [ROW]}
    assert blank(things, PROGRAMME, "nl", rows) == blank(things, PROGRAMME, "nl", rows)
    assert blank(TABLES, PROGRAMME, "fr") == blank(TABLES, PROGRAMME, "fr")


def test_the_file_is_small_and_tells_no_date_of_its_own():
    content = blank(TABLES, PROGRAMME, "fr")
    assert len(content) < 280_000
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {2026}
    properties = opened(content).properties
    assert properties.created == properties.modified
    assert properties.creator == "PEM WECCO"


def test_the_file_keeps_to_the_standard(things, tmp_path):
    for name, content in {
        "all": blank(TABLES, PROGRAMME, "nl"),
        "things": blank(things, PROGRAMME, "fr", {"things": [ROW]}),
    }.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        assert OpenXmlValidator().validate(path).errors == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_what_it_offers(things, tmp_path):
    (tmp_path / "all.xlsx").write_bytes(blank(TABLES, PROGRAMME, "fr"))
    (tmp_path / "things.xlsx").write_bytes(blank(things, PROGRAMME, "en", {"things": [ROW]}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / name) for name in ("all.xlsx", "things.xlsx")]
    out = ["--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run(["soffice", profile, "--headless", *out, *files], check=True, capture_output=True, timeout=180)
    assert openpyxl.load_workbook(tmp_path / "out" / "all.xlsx").sheetnames[:-1] == [
        words.load("fr").sheet,
        *(table.sheet["fr"] for table in TABLES.values()),
        words.load("fr").fields["sheet"],
    ]
    sheet = openpyxl.load_workbook(tmp_path / "out" / "things.xlsx")["Things"]
    assert [cell.value for cell in sheet[3]][:3] == ["001", "=HYPERLINK(1)", "T-02"]
    assert sheet["B3"].data_type == "s"
    assert {check.type for check in checks(sheet).values()} >= {"list", "date", "time", "whole", "decimal"}
    offered = openpyxl.load_workbook(tmp_path / "out" / "things.xlsx", data_only=True)["_lists"]
    ids = {column[0].value: column[1].value for column in offered.columns if str(column[0].value).endswith(".next")}
    assert ids == {"things.next": "002"}


def test_every_language_has_words_for_the_same_things():
    languages = [dataclasses.asdict(words.load(language)) for language in LANGUAGES]
    shapes = [{name: sorted(part) for name, part in spoken.items() if isinstance(part, dict)} for spoken in languages]
    assert all(shape == shapes[0] for shape in shapes)
    assert {len(spoken["steps"]["lines"]) for spoken in languages} == {6}
    assert sorted(languages[0]["stages"]) == sorted(schema.STAGES)
    assert sorted(languages[0]["audiences"]) == sorted(schema.AUDIENCES)


def test_loading_the_step_does_not_load_openpyxl():
    code = "import sys, pemdocs.workbook.blank; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
