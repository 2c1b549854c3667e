from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from small import tables
from workbooks import book, workbook

from pemdocs.data import schema
from pemdocs.data.cleaning import clean, clean_code, fold
from pemdocs.model import FieldName, PemdocsError, Severity
from pemdocs.project import programme
from pemdocs.workbook.blank import blank
from pemdocs.workbook.headings import Column, lexicon
from pemdocs.workbook.read import read
from pemdocs.workbook.shapes import padded


def reading(folder, text, name="book.xlsx"):
    return read(workbook(folder, text, name), tables())


def values(result, table="companies"):
    return [{key: cell.value for key, cell in row.cells.items()} for row in result.rows if row.table == table]


def codes(result):
    return [finding.code for finding in result.findings]


def one(result, code):
    found = [finding for finding in result.findings if finding.code == code]
    assert len(found) == 1, codes(result)
    return found[0]


def saved(folder, made, name="book.xlsx"):
    made.save(folder / name)
    return read(folder / name, tables())


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path, contents):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def unreadable(path):
    with pytest.raises(PemdocsError) as caught:
        read(path, tables())
    assert caught.value.facts["file"] == path.name
    return caught.value.code


PLAIN = """
    == companies
    | id     | name             | turnover |
    | SN-014 | Exemple Céréales | 48500000 |
"""


# Sheets


def test_every_value_keeps_its_cell(tmp_path):
    result = reading(tmp_path, PLAIN)
    row = result.rows[0]
    assert (row.table, row.sheet, row.number) == ("companies", "companies", 2)
    assert {key: (cell.ref, cell.value) for key, cell in row.cells.items()} == {
        "id": ("A2", "SN-014"), "name": ("B2", "Exemple Céréales"), "turnover": ("C2", 48500000),
    }  # fmt: skip
    assert row.columns == {"id": "A", "name": "B", "turnover": "C"}
    assert (result.findings, dict(result.sheets), len(result.sha256)) == ((), {"companies": "companies"}, 64)


@pytest.mark.parametrize(
    "name", ["Entreprises", "ENTREPRISES", " bedrijven ", "2. Companies", "Company", "01-Entreprises"]
)
def test_a_sheet_is_known_by_any_name_in_any_language(tmp_path, name):
    made = book(PLAIN)
    made.worksheets[0].title = name
    assert dict(saved(tmp_path, made).sheets) == {"companies": name}


def test_an_unknown_sheet_names_the_nearest_table(tmp_path):
    result = reading(tmp_path, PLAIN + "== Personns\n| a | b |\n")
    found = one(result, "unknown-sheet")
    assert (found.sheet, found.facts, found.severity) == (
        "#2", {"sheet": "#2", "table": "people"}, Severity.WARNING,
    )  # fmt: skip


def test_an_unknown_sheet_with_clear_headings_is_read(tmp_path):
    result = reading(tmp_path, PLAIN.replace("companies", "Feuil1"))
    assert one(result, "sheet-by-headings").facts == {"sheet": "Feuil1", "table": "companies"}
    assert len(values(result)) == 1


def test_a_copy_of_a_sheet_is_not_read_twice(tmp_path):
    result = reading(tmp_path, PLAIN + PLAIN.replace("companies", "companies (2)"))
    assert (len(result.rows), codes(result)) == (1, ["unknown-sheet"])


def test_two_sheets_of_one_table_are_both_read(tmp_path):
    result = reading(tmp_path, PLAIN + PLAIN.replace("companies", "Bedrijven").replace("014", "015"))
    assert [row["id"] for row in values(result)] == ["SN-014", "SN-015"]
    assert one(result, "sheet-twice").facts == {"sheet": "Bedrijven", "first": "companies", "table": "companies"}


def test_the_sheets_of_our_own_workbook_and_empty_ones_are_passed_over(tmp_path):
    result = reading(tmp_path, PLAIN + "== Lisez-moi\n| Bonjour |\n== _lists\n| x | y |\n== Feuil3\n")
    assert result.findings == ()


def test_a_workbook_without_any_known_sheet_is_an_error(tmp_path):
    result = reading(tmp_path, "== Budget\n| poste | montant |\n")
    assert codes(result) == ["unknown-sheet", "no-known-sheet"]
    assert result.findings[-1].severity is Severity.ERROR


def test_a_sheet_without_headings_is_an_error(tmp_path):
    result = reading(tmp_path, "== companies\n| SN-014 | Exemple |\n")
    assert one(result, "no-heading-row").sheet == "companies"


# Headings


def test_the_heading_row_is_found_below_titles(tmp_path):
    result = reading(
        tmp_path,
        """
        == Entreprises
        | PEM-WECCO: cohorte 1 |
        |                      | Mis à jour le 3 mai |
        |
        | Identifiant *        | RAISON  SOCIALE | "chiffre d'affaires\\nannuel" |
        | SN-014               | Exemple         | 12            |
        """,
    )
    assert values(result) == [{"id": "SN-014", "name": "Exemple", "turnover": 12}]
    assert result.rows[0].cells["id"].ref == "A5"


def test_a_heading_merged_over_two_rows_counts(tmp_path):
    made = book(
        """
        == companies
        | id     | Identité |          |
        |        | name     | turnover |
        | SN-014 | Exemple  | 12       |
        """
    )
    made.worksheets[0].merge_cells("A1:A2")
    made.worksheets[0].merge_cells("B1:C1")
    assert values(saved(tmp_path, made)) == [{"id": "SN-014", "name": "Exemple", "turnover": 12}]


@pytest.mark.parametrize(
    "heading",
    ["activity::fr", "Activité (fr)", "Activité::Français (fr)", "activity_fr", "ACTIVITE [FR]", "Business (French)",
     "Activiteit - Frans", "Activité FR", "activity :: Français", "Activité (français)"],
)  # fmt: skip
def test_a_heading_names_the_language_of_a_translated_text(tmp_path, heading):
    result = reading(tmp_path, f"== companies\n| id | name | {heading} |\n| SN-014 | Exemple | Biscuits |\n")
    assert values(result)[0]["activity::fr"] == "Biscuits"
    assert result.findings == ()


@pytest.mark.parametrize(
    ("heading", "language"),
    [("Activité", "fr"), ("Business", "en"), ("Activiteit", "nl"), ("activity", "fr"), ("devise", "fr")],
)
def test_a_heading_without_language_is_told(tmp_path, heading, language):
    result = reading(tmp_path, f"== companies\n| id | name | {heading} |\n| SN-014 | Exemple | Biscuits |\n")
    assert one(result, "heading-language-assumed").facts == {"heading": heading, "language": language}
    assert language in [key.partition("::")[2] for key in values(result)[0]]


def test_a_language_in_brackets_is_not_a_plural_ending(tmp_path):
    result = reading(
        tmp_path, "== companies\n| id | Activiteit (nl) | Activiteit (en) |\n| SN-014 | Koekjes | Biscuits |\n"
    )
    assert values(result) == [{"id": "SN-014", "activity::nl": "Koekjes", "activity::en": "Biscuits"}]
    assert result.findings == ()


@pytest.mark.parametrize("name", schema.load())
def test_every_heading_of_the_schemas_leads_to_its_own_field(name):
    words = lexicon(schema.load()[name], "fr")
    for field in words.table.fields.values():
        for heading in field.accepted:
            assert words.column(heading).field.name == field.name, heading
        for language in field.label if field.translated else ():
            for heading in (f"{field.name}::{language}", f"{field.label[language]} ({language})"):
                assert words.column(heading) == Column(field, language), heading


def test_no_sheet_name_stands_for_two_tables():
    names = [
        fold(name) for table in schema.load().values() for name in {fold(n) for n in (*table.accepted, table.record)}
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", ["fr", "en", "nl"])
def test_a_new_workbook_has_nothing_to_say(tmp_path, language):
    path = tmp_path / "new.xlsx"
    path.write_bytes(blank(schema.load(), programme.load(programme.available()[0]), language))
    result = read(path, schema.load())
    assert (result.rows, result.findings, result.sheets.keys()) == ((), (), schema.load().keys())


def test_headings_that_are_not_understood_say_why(tmp_path):
    result = reading(
        tmp_path, "== companies\n| id | name | turnovr | activity::de | ninea::fr | # note |\n| SN-1 | A |\n"
    )
    found = {finding.cell: (finding.code, finding.facts) for finding in result.findings}
    turnover = FieldName("companies", "turnover")
    activity, ninea = FieldName("companies", "activity"), FieldName("companies", "ninea")
    assert found == {
        "C1": ("unknown-column", {"heading": "…", "nearest": turnover}),
        "D1": (
            "unknown-language",
            {"heading": "activity::de", "field": activity, "language": "de", "known": "fr, en, nl"},
        ),
        "E1": ("not-translated", {"heading": "ninea::fr", "field": ninea}),
        "F1": ("comment-column", {"heading": "# note"}),
    }


def test_a_heading_written_twice_names_both_cells(tmp_path):
    result = reading(tmp_path, "== companies\n| id | name | Dénomination |\n| SN-014 | Un | Deux |\n")
    found = one(result, "duplicate-column")
    assert found.facts == {"heading": "Dénomination", "first": "B1", "second": "C1"}
    assert values(result) == [{"id": "SN-014", "name": "Un"}]


def test_values_without_heading_are_told(tmp_path):
    result = reading(tmp_path, "== companies\n| id | name |  |\n| SN-014 | Un | Deux |\n| SN-015 | Un | Trois |\n")
    found = one(result, "column-without-heading")
    assert (found.cell, found.facts) == ("C2", {"column": "C", "count": 2})


def test_headings_said_again_are_not_data(tmp_path):
    result = reading(tmp_path, "== companies\n| id | name |\n| Code | Naam |\n| SN-014 | Un |\n")
    assert len(result.rows) == 1
    assert one(result, "repeated-headings").row == 2


# Rows


def test_comments_totals_and_blank_rows_are_not_data(tmp_path):
    result = reading(
        tmp_path,
        """
        == companies
        | id       | name     | turnover |
        | # SN-014 | Exemple  | 1        |
        |          | # voir   | 1        |
        |
        | SN-014   | Un       | 5        |
        |          | " "      |          |
        |          | Total    | 5        |
        """,
    )
    assert values(result) == [{"id": "SN-014", "name": "Un", "turnover": 5}]
    assert [(finding.code, finding.row) for finding in result.findings] == [
        ("comment-row", 2), ("comment-row", 3), ("total-row", 7),
    ]  # fmt: skip


def test_a_company_called_total_is_a_company(tmp_path):
    result = reading(tmp_path, "== companies\n| id | name | country |\n| BE-001 | Total | BE |\n|  | Total | BE |\n")
    assert len(result.rows) == 2


def test_a_broken_reference_is_no_comment(tmp_path):
    result = reading(tmp_path, '== companies\n| id | name |\n| "#REF!" | Un |\n')
    assert values(result) == [{"name": "Un"}]
    assert one(result, "error-cell").facts == {"shown": "#REF!"}


def test_what_is_hidden_is_read_and_told(tmp_path):
    made = book(PLAIN + "== people\n| id | surname |\n| P-01 | Diop |\n")
    sheet = made.worksheets[0]
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    made.worksheets[1].sheet_state = "hidden"
    result = saved(tmp_path, made)
    assert len(result.rows) == 2
    assert [(finding.code, finding.sheet) for finding in result.findings] == [
        ("hidden-rows", "companies"), ("hidden-columns", "companies"), ("hidden-sheet", "people"),
    ]  # fmt: skip
    assert result.findings[1].facts == {"count": 1, "columns": "B"}


def test_a_merged_range_gives_one_value_and_a_warning(tmp_path):
    made = book("== companies\n| id | name |\n| SN-1 | Un |\n| SN-2 |  |\n")
    made.worksheets[0].merge_cells("B2:B3")
    result = saved(tmp_path, made)
    assert values(result) == [{"id": "SN-1", "name": "Un"}, {"id": "SN-2"}]
    found = one(result, "merged-cells")
    assert (found.cell, found.field, found.facts) == ("B2", "name", {"range": "B2:B3"})


def test_a_stray_cell_far_away_is_told_and_costs_nothing(tmp_path):
    made = book(PLAIN)
    made.worksheets[0]["XFD1048576"] = "oups"
    result = saved(tmp_path, made)
    found = one(result, "stray-cell")
    assert (found.cell, found.facts, len(result.rows)) == ("XFD1048576", {"count": 1}, 1)


def test_a_record_far_below_is_still_a_record(tmp_path):
    made = book(PLAIN)
    made.worksheets[0]["A5000"], made.worksheets[0]["B5000"] = "SN-015", "Loin"
    assert saved(tmp_path, made).rows[1].number == 5000


# Values


def test_dates_times_and_numbers_are_what_excel_means(tmp_path):
    made = book("== companies\n| id | name | founded | opens | turnover | exporter |\n| A | B | | | | true |\n")
    sheet = made.worksheets[0]
    sheet["C2"], sheet["D2"], sheet["E2"] = datetime(2026, 3, 12), time(14, 30), 1234.56
    sheet["A3"], sheet["C3"], sheet["D3"] = "C", datetime(2026, 3, 12, 23, 59, 59, 999500), timedelta(hours=9)
    sheet["A4"], sheet["C4"], sheet["E4"] = "D", datetime(2026, 3, 12, 14, 30), 0.1 + 0.2
    first, second, third = values(saved(tmp_path, made))
    assert (first["founded"], first["opens"], first["turnover"]) == (
        date(2026, 3, 12),
        time(14, 30),
        Decimal("1234.56"),
    )
    assert first["exporter"] is True
    assert (type(first["founded"]), second["founded"], second["opens"]) == (date, date(2026, 3, 13), time(9))
    assert (third["founded"], third["turnover"]) == (datetime(2026, 3, 12, 14, 30), Decimal("0.3"))


def test_the_1904_calendar_of_old_macs_is_respected(tmp_path):
    made = book("== companies\n| id | founded |\n| A | 2026-03-12 |\n")
    made.epoch = CALENDAR_MAC_1904
    assert values(saved(tmp_path, made))[0]["founded"] == date(2026, 3, 12)
    contents = parts(tmp_path / "book.xlsx")
    extension = b'<extLst><ext><x15:workbookPr xmlns:x15="x" chartTrackingRefBase="1"/></ext></extLst></workbook>'
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(b"</workbook>", extension)
    assert values(read(zipped(tmp_path / "new.xlsx", contents), tables()))[0]["founded"] == date(2026, 3, 12)


def test_a_percent_cell_is_what_it_shows(tmp_path):
    result = reading(
        tmp_path, "== companies\n| id | share | rate |\n| A | 0.125 {0.0%} | 0.12 {0%} |\n| B | 1 {0%} | 0 {0%} |\n"
    )
    assert values(result) == [
        {"id": "A", "share": "12.5 %", "rate": "12 %"}, {"id": "B", "share": "100 %", "rate": "0 %"},
    ]  # fmt: skip


def with_results(path, results):
    """Excel's results for formulas, which openpyxl never writes: cell to type and value."""
    contents = parts(path)
    text = contents["xl/worksheets/sheet1.xml"].decode()
    for cell, (kind, value) in results.items():
        head, tail = text.split(f'r="{cell}"', 1)
        text = f'{head}r="{cell}" t="{kind}"' + re.sub(r"<v */>|<v></v>", f"<v>{value}</v>", tail, count=1)
    contents["xl/worksheets/sheet1.xml"] = text.encode()
    return zipped(path, contents)


def test_formulas_give_their_results(tmp_path):
    path = workbook(
        tmp_path, "== companies\n| id | name | turnover | staff | ninea |\n| A | =B9 | =1+1 | =1/0 | =C3 |\n"
    )
    with_results(path, {"B2": ("str", ""), "C2": ("n", "2"), "D2": ("e", "#DIV/0!")})
    result = read(path, tables())
    assert values(result) == [{"id": "A", "turnover": 2}]
    assert {finding.cell: (finding.code, finding.severity) for finding in result.findings} == {
        "D2": ("error-cell", Severity.ERROR), "E2": ("formula-without-result", Severity.ERROR),
    }  # fmt: skip


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#VALEUR!", "#NOM?", "#WAARDE!", "#N/B", "#DIV/0!", "#VERW!"])
def test_an_error_pasted_as_text_is_an_error(tmp_path, shown):
    result = reading(tmp_path, f'== companies\n| id | name |\n| A | "{shown}" |\n')
    assert (values(result), codes(result)) == ([{"id": "A"}], ["error-cell"])


def test_zeros_that_a_number_format_shows_are_kept(tmp_path):
    result = reading(
        tmp_path,
        "== people\n| id | phone | passport |\n| A | 612345678 {00 00 00 00 00} | 1234 {000000} |\n"
        '| B | 612345678 {0#" "##" "##" "##" "##} | 12 {General} |\n',
    )
    assert values(result, "people") == [
        {"id": "A", "phone": "06 12 34 56 78", "passport": "001234"},
        {"id": "B", "phone": "06 12 34 56 78", "passport": "12"},
    ]
    found = one(result, "number-for-text")
    assert (found.cell, found.severity, found.facts) == ("C3", Severity.WARNING, {"value": "…"})


@pytest.mark.parametrize("value", ["1234567890123456", "12.5", "100000 {0.00E+00}"])
def test_digits_that_excel_has_lost_are_an_error(tmp_path, value):
    result = reading(tmp_path, f"== companies\n| id | ninea |\n| A | {value} |\n")
    assert (values(result), one(result, "digits-lost").cell) == ([{"id": "A"}], "B2")


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [(7, "000", "007"), (7, "General", None), (7, "0", None), (1234, "# ##0", None), (1234, "#,##0", None),
     (12345, "000", "12345"), (1, '"SN-"000', "SN-001"),
     (5, "0.00", None), (-5, "000", None), (7, "000;[Red]-000", "007"),
     (403019261, "0000\\.000\\.000", "0403.019.261"), (7, "dd/mm", None), (7, "@", None)],
)  # fmt: skip
def test_a_number_format_is_applied_only_where_it_pads(value, shape, expected):
    assert padded(value, shape) == expected


def test_text_is_cleaned_without_touching_its_words():
    assert clean("  Ame\u0301lie\u200b\u00ad \r\nDiop\r\n\u00a0\t") == "Amélie\nDiop"
    assert clean("1\u00a0234\u202f€") == "1\u00a0234\u202f€"
    assert clean("a_x0041_b_x005F_") == "a_x0041_b_x005F_"
    assert clean_code("ＳＮ\u2011０１４\u00a0") == "SN-014"


def test_a_code_that_was_cleaned_is_told(tmp_path):
    result = reading(tmp_path, '== companies\n| id | name |\n| SN–014 | Un |\n| "SN-015 " | Deux |\n')
    assert [row["id"] for row in values(result)] == ["SN-014", "SN-015"]
    found = one(result, "code-cleaned")
    assert (found.cell, found.facts) == ("A2", {"value": "SN-014"})


def test_letters_of_another_alphabet_are_told(tmp_path):
    result = reading(
        tmp_path, "== people\n| id | passport | surname |\n| P-01 | А0123 | Dіop |\n| P-02 | B1 | Иван |\n"
    )
    assert [(f.cell, f.code, f.severity, f.facts) for f in result.findings] == [
        ("B2", "lookalike-letters", Severity.ERROR, {"value": "…"}),
        ("C2", "lookalike-letters", Severity.WARNING, {"value": "…"}),
    ]
    assert values(result, "people")[0]["passport"] == "A0123"


def test_text_that_is_no_text_is_told(tmp_path):
    made = book("== companies\n| id | name | ninea |\n| A |  |  |\n")
    made.worksheets[0]["B2"] = "=SOMME(A1:A2)"
    made.worksheets[0]["B2"].data_type = "s"
    made.worksheets[0]["C2"] = "12_x0007_3"
    result = saved(tmp_path, made)
    assert codes(result) == ["formula-as-text", "control-characters", "code-cleaned"]
    assert values(result) == [{"id": "A", "name": "=SOMME(A1:A2)", "ninea": "123"}]


# Files


def test_a_strict_workbook_is_read_like_any_other(tmp_path):
    contents = parts(workbook(tmp_path, PLAIN))
    usual = b"http://schemas.openxmlformats.org/"
    for name, content in contents.items():
        content = content.replace(usual + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        contents[name] = content.replace(usual + b"officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")
    result = read(zipped(tmp_path / "strict.xlsx", contents), tables())
    assert (values(result)[0]["turnover"], result.findings) == (48500000, ())


def test_an_old_xls_is_read_like_any_other(tmp_path):
    made = xlwt.Workbook()
    sheet = made.add_sheet("Entreprises")
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for column, heading in enumerate(("id", "name", "turnover", "founded"), 1):
        sheet.write(1, column, heading)
    for column, value in enumerate(("SN-014", "Un", 12.5), 1):
        sheet.write(2, column, value)
    sheet.write(2, 4, date(2026, 3, 12), style)
    made.save(str(tmp_path / "old.xls"))
    result = read(tmp_path / "old.xls", tables())
    assert values(result) == [{"id": "SN-014", "name": "Un", "turnover": Decimal("12.5"), "founded": date(2026, 3, 12)}]
    assert result.rows[0].cells["id"].ref == "B3"
    assert result.findings == ()


def test_an_ods_is_read_like_any_other(tmp_path):
    made = OpenDocumentSpreadsheet()
    table = Table(name="Bedrijven")
    for line in (("Code", "Naam"), ("SN-014", "Un")):
        row = TableRow()
        for text in line:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    made.spreadsheet.addElement(table)
    made.save(str(tmp_path / "book.ods"))
    result = read(tmp_path / "book.ods", tables())
    assert (values(result), codes(result)) == ([{"id": "SN-014", "name": "Un"}], [])


def record(kind, content=b""):
    """A record of the binary workbook format: its type and length in groups of seven bits, then its content."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return head + bytes([len(content)]) + content


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_row(number, texts):
    cells = (record(6, struct.pack("<II", column, 0) + wide(text)) for column, text in enumerate(texts))
    return record(0, struct.pack("<IIHBBBI", number, 0, 0, 0, 0, 0, 0)) + b"".join(cells)


def test_a_binary_workbook_is_read_like_any_other(tmp_path):
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    listed = record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("companies")) + record(144)
    cells = binary_row(0, ["id", "name"]) + binary_row(1, ["SN-014", "Un"])
    size = record(148, struct.pack("<IIII", 0, 1, 0, 1))
    contents = {
        "xl/workbook.bin": record(131) + listed + record(132),
        "xl/_rels/workbook.bin.rels": relations,
        "xl/worksheets/sheet1.bin": record(129) + size + record(145) + cells + record(146) + record(130),
    }
    result = read(zipped(tmp_path / "book.xlsb", contents), tables())
    assert (values(result), codes(result)) == ([{"id": "SN-014", "name": "Un"}], [])


def test_macros_are_never_run_and_told(tmp_path):
    contents = parts(workbook(tmp_path, PLAIN))
    result = read(zipped(tmp_path / "book.xlsm", {**contents, "xl/vbaProject.bin": b"x"}), tables())
    assert (len(result.rows), codes(result)) == (1, ["macros-ignored"])


def test_styles_that_break_the_rules_do_not_matter(tmp_path):
    contents = parts(workbook(tmp_path, PLAIN))
    contents["xl/styles.xml"] = contents["xl/styles.xml"].replace(b"gray125", b"ultraviolet")
    result = read(zipped(tmp_path / "book.xlsx", contents), tables())
    assert result.findings == ()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable-empty"),
        (b"id;name\nSN-014;Un\n", "unreadable-csv"),
        ("id\tname\n".encode("utf-16"), "unreadable-csv"),
        (b"<html><table>", "unreadable-web-page"),
        (b"%PDF-1.7", "unreadable-pdf"),
        (b"PK\x03\x04 cut off", "unreadable-damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "unreadable-password"),
        (OLE + "WordDocument".encode("utf-16-le"), "unreadable-word"),
        (OLE + "Workbook".encode("utf-16-le"), "unreadable-damaged"),
        (OLE, "unreadable-unknown"),
        (b"\x00\x01\x02\x03", "unreadable-unknown"),
        (b'{"companies": [', "unreadable-json"),
        (b'{"companies": NaN}', "unreadable-json"),
        (b"[" * 100_000, "unreadable-json"),
        (b"[1]", "unreadable-json-shape"),
        (b'{"url": "https://docs.google.com/x", "doc_id": "1"}', "unreadable-cloud-link"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_has_one_clear_reason(tmp_path, content, code):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert unreadable(path) == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["Index/Document.iwa"], "unreadable-numbers"),
        (["word/document.xml"], "unreadable-word"),
        (["a.txt"], "unreadable-zip"),
    ],
)
def test_other_archives_have_their_own_reason(tmp_path, names, code):
    assert unreadable(zipped(tmp_path / "book.xlsx", dict.fromkeys(names, b"<x/>"))) == code


def test_what_is_no_file_has_its_own_reason(tmp_path):
    assert unreadable(tmp_path / "nothing.xlsx") == "unreadable-not-found"
    assert unreadable(tmp_path / "~$book.xlsx") == "unreadable-lock-file"
    (tmp_path / "folder.xlsx").mkdir()
    assert unreadable(tmp_path / "folder.xlsx") == "unreadable-directory"


def test_swollen_and_booby_trapped_archives_are_refused(tmp_path):
    contents = parts(workbook(tmp_path, PLAIN))
    assert (
        unreadable(zipped(tmp_path / "a.xlsx", {**contents, "xl/media/x.bin": bytes(20_000_000)}))
        == "unreadable-swollen"
    )
    trap = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert unreadable(zipped(tmp_path / "b.xlsx", {**contents, "xl/theme/theme1.xml": trap})) == "unreadable-entities"
    damaged = bytearray((tmp_path / "book.xlsx").read_bytes())
    damaged[len(damaged) // 2] ^= 255
    (tmp_path / "c.xlsx").write_bytes(damaged)
    assert unreadable(tmp_path / "c.xlsx") == "unreadable-damaged"


def test_a_merged_range_over_whole_columns_costs_nothing(tmp_path):
    contents = parts(workbook(tmp_path, PLAIN))
    sheet = contents["xl/worksheets/sheet1.xml"]
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    contents["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", merge)
    result = read(zipped(tmp_path / "book.xlsx", contents), tables())
    assert (len(result.rows), codes(result)) == (1, [])


# JSON


def json_reading(folder, content):
    path = folder / "data.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return read(path, tables())


def test_json_takes_the_same_road(tmp_path):
    result = json_reading(
        tmp_path,
        {
            "$schema": "…",
            "companies": [
                {
                    "id": "SN-014",
                    "turnover": 12.50,
                    "activity": {"fr": "Biscuits", "en": None},
                    "sectors": ["lait", "miel"],
                },
                {"Code": "SN–015", "activity::nl": "Koekjes", "exporter": True, "ninea": 1234567},
            ],
        },
    )
    assert values(result) == [
        {"id": "SN-014", "turnover": Decimal("12.5"), "activity::fr": "Biscuits", "sectors": ("lait", "miel")},
        {"id": "SN-015", "activity::nl": "Koekjes", "exporter": True, "ninea": "1234567"},
    ]
    assert result.rows[0].cells["activity::fr"].ref == "[0].activity.fr"
    assert [(f.code, f.cell, f.row) for f in result.findings] == [
        ("code-cleaned", "[1].Code", 2), ("number-for-text", "[1].ninea", 2),
    ]  # fmt: skip


def test_json_of_another_shape_is_told(tmp_path):
    result = json_reading(
        tmp_path,
        '{"companies": [{"id": "A", "nme": 1, "id": "B", "name": ["x"], "turnover": 1e999999999, "staff": {"a": 1}},'
        " 5],"
        ' "people": {}, "persns": []}',
    )
    assert [(f.code, f.cell) for f in result.findings] == [
        ("unknown-sheet", ""), ("unknown-column", "[0]"), ("duplicate-column", "[0].id"),
        ("json-value", "[0].name"),
        ("digits-lost", "[0].turnover"), ("unknown-column", "[0].staff.a"), ("json-not-an-object", "[1]"),
        ("json-not-a-list", ""),
    ]  # fmt: skip
    assert values(result) == [{"id": "A"}]


def test_a_json_number_is_exact(tmp_path):
    result = json_reading(tmp_path, '{"companies": [{"turnover": 0.1000000000000000055, "staff": 3.0}]}')
    assert values(result) == [{"turnover": Decimal("0.1000000000000000055"), "staff": 3}]


# Properties

ACCENTED = {"a": "â", "e": "É", "i": "ï", "c": "ç", "o": "Ô", "u": "ù"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.data())
def test_headings_are_known_in_any_case_with_any_accents_and_spaces(tmp_path, data):
    field = data.draw(st.sampled_from([f for f in tables()["companies"].fields.values() if not f.translated]))
    heading = data.draw(st.sampled_from(field.accepted))
    dressed = "".join(
        data.draw(
            st.sampled_from([letter, letter.upper(), letter + " ", letter + "\u00a0", ACCENTED.get(letter, letter)])
        )
        for letter in heading
    )
    other = "name" if field.name == "id" else "id"
    made = openpyxl.Workbook()
    made.active.title = "companies"
    made.active.append([other, dressed])
    made.active.append(["A", "B"])
    assert list(values(saved(tmp_path, made))[0]) == [other, field.name]


CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")),
    st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)), st.times(), st.none(),
    st.sampled_from(["#REF!", "=1+1", "=", "#", "Total", "id", "name::fr"]),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.lists(CELL, max_size=6), max_size=5))
def test_any_cell_is_read_and_nothing_vanishes_unsaid(tmp_path, lines):
    made = openpyxl.Workbook()
    made.active.title = "companies"
    made.active.append(["id", "name", "ninea", "turnover", "founded", "activity::fr"])
    for line in lines:
        made.active.append([value[:1000] if isinstance(value, str) else value for value in line])
    result = saved(tmp_path, made)
    told = {finding.cell for finding in result.findings}
    read_cells = {cell.ref for row in result.rows for cell in row.cells.values()}
    passed_over = {finding.row for finding in result.findings if finding.code in ("total-row", "repeated-headings")}
    for row in made.active.iter_rows(min_row=2):
        filled = [cell for cell in row if cell.value is not None and clean(str(cell.value))]
        comment = bool(filled) and str(filled[0].value).lstrip().startswith("#") and filled[0].value != "#REF!"
        for cell in filled:
            assert cell.coordinate in read_cells | told or comment or cell.row in passed_over


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)), st.floats(-1e11, 1e11).map(lambda number: round(number, 3)))
def test_dates_and_numbers_come_back_as_they_were(tmp_path, day, number):
    made = openpyxl.Workbook()
    made.active.title = "companies"
    made.active.append(["id", "founded", "turnover"])
    made.active.append(["A", day, number])
    row = values(saved(tmp_path, made))[0]
    assert (row["founded"], float(row["turnover"])) == (day, number)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest),
                 st.binary(max_size=200).map(lambda rest: OLE + "Workbook".encode("utf-16-le") + rest),
                 st.recursive(st.none() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(
                     st.sampled_from(["companies", "id", "activity", "fr", "x"]), inner)).map(
                     lambda value: json.dumps(value).encode())))  # fmt: skip
def test_any_bytes_are_read_or_refused_in_words(tmp_path, content):
    path = tmp_path / "any.xlsx"
    path.write_bytes(content)
    try:
        read(path, tables())
    except PemdocsError as error:
        refused = error
    else:
        return
    assert refused.code.startswith("unreadable-")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_workbook_with_a_bad_byte_is_read_or_refused_in_words(tmp_path_factory, data):
    content = io.BytesIO()
    book(PLAIN).save(content)
    raw = bytearray(content.getvalue())
    for _ in range(3):
        raw[data.draw(st.integers(0, 1_000_000)) % len(raw)] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("bad") / "book.xlsx"
    path.write_bytes(raw)
    try:
        read(path, tables())
    except PemdocsError as error:
        refused = error
    else:
        return
    assert refused.code.startswith("unreadable-")


@given(st.text())
def test_cleaning_is_done_once(text):
    assert clean(clean(text)) == clean(text)
    assert fold(clean(text)) == fold(text)
