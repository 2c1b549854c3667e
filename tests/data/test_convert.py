from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from small import tables

from pemdocs.data.convert import Unfit, convert
from pemdocs.data.convert.dates import months, weekdays

COUNTRIES = {
    "SN": {"fr": "Sénégal", "en": "Senegal", "nl": "Senegal"},
    "CI": {"fr": "Côte d’Ivoire", "en": "Côte d’Ivoire", "nl": "Ivoorkust"},
    "CG": {"fr": "Congo, République du", "en": "Congo", "nl": "Congo"},
    "CD": {"fr": "Congo, RD", "en": "Congo", "nl": "Congo-Kinshasa"},
}


def typed(name, value, table="companies"):
    field = tables()[table].fields[name]
    return convert(field, value, COUNTRIES if field.codelist else None)


def refused(name, value, table="companies"):
    with pytest.raises(Unfit) as caught:
        typed(name, value, table)
    return caught.value


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01", "2026/3/1", "2026-03-01T00:00:00", "2026-03-01 00:00", "01/03/2026", "1/3/2026", "1.3.2026",
        "01-03-2026", "1. 3. 2026", "1er mars 2026", "1 mars 2026", "le 1er mars 2026", "dimanche 1er mars 2026",
        "1 March 2026", "1st March 2026", "March 1, 2026", "Sunday, March 1st, 2026", "1 maart 2026", "zo 1 mrt 2026",
        "1-mars-2026", "1-Mar-2026", "1 MARS 2026", "1\u00a0mars\u202f2026", "  01/03/2026 ",
    ],
)  # fmt: skip
def test_a_date_in_a_declared_form_is_read(written):
    assert typed("founded", written) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/2026", "date-impossible"),
        ("29/02/2027", "date-impossible"),
        ("2026-13-01", "date-impossible"),
        ("03/13/2026", "date-month-first"),
        ("3.4.26", "date-two-digit-year"),
        ("12 mars 26", "date-two-digit-year"),
        ("12-Mar-26", "date-two-digit-year"),
        ("mars 2026", "date-incomplete"),
        ("03/2026", "date-incomplete"),
        ("12 mars", "date-incomplete"),
        ("2026", "date-incomplete"),
        ("12-14 mars 2026", "not-a-date"),
        ("bientôt", "not-a-date"),
        ("12/03-2026", "not-a-date"),
        ("lundi 1er mars 2026", "date-weekday"),
        ("2026-03-01 14:30", "date-with-time"),
        ("28/02/1900", "date-out-of-range"),
        ("1/1/2999", "date-out-of-range"),
        (datetime(2026, 3, 1, 14, 30), "date-with-time"),
        (date(1899, 12, 30), "date-out-of-range"),
        (time(0, 0), "time-for-date"),
        (2026, "date-incomplete"),
        (20260312, "not-a-date"),
        (3, "not-a-date"),
        (True, "not-a-date"),
    ],
)
def test_a_date_that_needs_a_guess_is_refused_with_the_reason(written, code):
    assert refused("founded", written).code == code


def test_a_number_in_a_date_column_is_refused_and_the_date_named():
    unfit = refused("founded", 45000)
    assert unfit.code == "date-as-number"
    assert unfit.facts == {"value": "45000", "date": date(2023, 3, 15)}


def test_a_personal_date_is_never_quoted():
    assert refused("born", "31/02/1990", "people").facts["value"] == "…"
    assert refused("born", 33000, "people").facts == {"value": "…", "date": "…"}


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2100, 12, 31)))
def test_a_date_survives_every_way_of_writing_it(day):
    months_fr, months_nl = (Locale.parse(code).months["format"]["wide"] for code in ("fr", "nl"))
    for written in (
        day.isoformat(),
        f"{day:%d/%m/}{day.year}",
        f"{day.day} {months_fr[day.month]} {day.year}",
        f"{day.day} {months_nl[day.month]} {day.year}",
    ):
        assert typed("founded", written) == day


def test_no_month_or_weekday_means_two_things_in_two_languages():
    for names, kind, widths in ((months(), "months", ("wide", "abbreviated")), (weekdays(), "days", ("wide",))):
        for code in ("fr", "en", "nl"):
            for width in widths:
                for number, name in getattr(Locale.parse(code), kind)["format"][width].items():
                    folded = "".join(letter for letter in name.lower() if letter.isalpha())
                    folded = folded.translate(str.maketrans("éû", "eu"))
                    assert names[folded] == number


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("14:30", time(14, 30)),
        ("14h30", time(14, 30)), ("14 h 30", time(14, 30)), ("14\u00a0h\u00a030", time(14, 30)),
        ("9h", time(9)), ("9 heures", time(9)), ("2:30 pm", time(14, 30)), ("2 p.m.", time(14)), ("12 am", time(0)),
        ("12:15 PM", time(12, 15)), ("14.30 uur", time(14, 30)), ("14u30", time(14, 30)),
        ("14:30:15", time(14, 30, 15)),
        (time(8, 5), time(8, 5)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(written, expected):
    assert typed("opens", written) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("25:00", "not-a-time"), ("14h75", "not-a-time"), ("matin", "not-a-time"), ("13 pm", "not-a-time"),
        (14, "not-a-time"), (Decimal("0.6041666"), "time-as-number"), (date(2026, 3, 1), "date-for-time"),
        (datetime(2026, 3, 1, 9), "date-for-time"), ("24:00", "not-a-time"),
    ],
)  # fmt: skip
def test_a_time_that_is_none_is_refused(written, code):
    assert refused("opens", written).code == code


def test_a_fraction_in_a_time_column_names_the_time_it_would_be():
    assert refused("opens", Decimal("0.60416666666")).facts["time"] == time(14, 30)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1234", "1234"), ("1 234", "1234"), ("1\u00a0234,50", "1234.50"), ("1\u202f234\u202f567", "1234567"),
        ("1234,567", "1234.567"), ("0,125", "0.125"), ("0.125", "0.125"),
        ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1.234.567", "1234567"), ("1,234,567.8", "1234567.8"),
        ("1'234'567", "1234567"), ("-5", "-5"), ("−5,5", "-5.5"), ("１２", "12"), (12, "12"), (Decimal("1.5"), "1.5"),
        ("12,5", "12.5"), ("1.5", "1.5"), ("48500000", "48500000"),
    ],
)  # fmt: skip
def test_a_number_is_read_with_comma_or_point(written, expected):
    assert typed("turnover", written) == Decimal(expected)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.234", "number-ambiguous"), ("1,234", "number-ambiguous"), ("-12,345", "number-ambiguous"),
        ("500 000 FCFA", "currency-in-number"), ("12 EUR", "currency-in-number"), ("XOF 5000", "currency-in-number"),
        ("12 500 MAD", "currency-in-number"), ("DH 800", "currency-in-number"), ("800 dhs", "currency-in-number"),
        ("3000 dirhams", "currency-in-number"), ("GHS 45.50", "currency-in-number"), ("45 cedis", "currency-in-number"),
        ("12 34", "not-a-number"), ("1.234.56", "not-a-number"), ("env. 20", "not-a-number"), ("10-15", "not-a-number"),
        ("1e5", "not-a-number"), ("12 km", "not-a-number"), ("€", "not-a-number"), ("12 %", "percent-ambiguous"),
        (True, "not-a-number"), (date(2026, 4, 3), "date-for-number"), (time(1, 30), "time-for-number"),
        (Decimal("NaN"), "not-a-number"), (Decimal("1e999999"), "not-a-number"), ("1,23,456", "not-a-number"),
    ],
)  # fmt: skip
def test_a_number_that_needs_a_guess_is_refused(written, code):
    assert refused("turnover", written).code == code


def test_an_ambiguous_number_names_both_readings():
    assert refused("turnover", "1.234").facts == {
        "value": "1.234",
        "grouped": Decimal(1234),
        "decimal": Decimal("1.234"),
    }


def test_a_percent_follows_the_range_of_its_field():
    assert typed("share", "12,5 %") == Decimal("12.5")
    assert typed("rate", "12 %") == Decimal("0.12")


def test_a_whole_number_may_show_idle_decimals_only():
    assert typed("staff", "3,0") == 3
    assert isinstance(typed("staff", "3,0"), int)
    assert refused("staff", "3,5").code == "not-an-integer"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_number_survives_french_english_and_dutch_writing(number):
    english = f"{number:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")
    dutch = french.replace("\u202f", ".")
    assert [typed("turnover", written) for written in (english, french, dutch)] == [number] * 3


@pytest.mark.parametrize("written", ["Oui", "x", "X", "✓", "✔️", "VRAI", "TRUE", "1", 1, True, "ja", "waar", "yes", "O"])
def test_yes_is_understood(written):
    assert typed("exporter", written) is True


@pytest.mark.parametrize("written", ["Non", "NO", "nee", "FAUX", "0", 0, False, "☐", "Neen"])
def test_no_is_understood(written):
    assert typed("exporter", written) is False


@pytest.mark.parametrize("written", ["peut-être", "?", 2, "-", "✗", date(2026, 1, 1)])
def test_what_is_neither_yes_nor_no_is_refused(written):
    assert refused("exporter", written).code == "not-a-boolean"


@pytest.mark.parametrize("written", ["micro", "MICRO", "très petite", "Tres  petite", "Micro ", "TRÈS-PETITE"])
def test_a_code_is_known_by_its_name_or_any_label(written):
    assert typed("size", written) == "micro"


def test_a_code_of_a_list_is_known_by_any_label():
    assert [typed("country", written) for written in ("SN", "sénégal", "Ivoorkust", "cote d'ivoire")] == [
        "SN", "SN", "CI", "CI",
    ]  # fmt: skip


def test_an_unknown_code_names_the_nearest_one():
    unfit = refused("size", "Klien")
    assert (unfit.code, unfit.facts) == (
        "unknown-code",
        {"value": "…", "nearest": "Klein", "codes": "micro, small, medium"},
    )


def test_a_label_of_two_codes_is_refused():
    unfit = refused("country", "congo")
    assert (unfit.code, unfit.facts["codes"]) == ("ambiguous-code", "CG, CD")


def test_a_personal_answer_is_neither_quoted_nor_approached():
    assert refused("gender", "femal", "people").facts == {"value": "…", "nearest": "", "codes": "female, male"}


def test_a_truth_value_stands_for_yes_in_a_list_that_offers_it():
    assert typed("certified", True) == "yes"
    assert typed("certified", "nee") == "no"


def test_a_list_is_split_at_semicolons_and_lines():
    assert typed("sectors", "lait; céréales, farine\n• biscuits;;") == ("lait", "céréales, farine", "biscuits")


def test_a_list_of_ids_is_split_at_commas_too_and_says_each_once():
    assert typed("coaches", "P-01, P–02;P-01", "people") == ("P-01", "P-02")


def test_a_list_of_json_stays_a_list():
    assert typed("sectors", ("lait; frais", "")) == ("lait; frais",)
    assert refused("name", ("a", "b")).code == "list-for-one"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (date(2026, 5, 3), "date-for-text"), (time(3, 5), "time-for-text"), (True, "boolean-for-text"),
        (Decimal("1.5"), "decimal-for-text"),
    ],
)  # fmt: skip
def test_what_excel_made_of_a_text_is_refused(value, code):
    assert refused("name", value).code == code


def test_a_whole_number_is_a_text_without_loss():
    assert typed("name", 1664) == "1664"


def test_an_empty_cell_is_nothing():
    assert [typed("name", value) for value in (None, "", "  \u00a0", ())] == [None] * 4


CELLS = st.one_of(
    st.text(), st.integers(), st.decimals(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.none(),
    st.lists(st.text()).map(tuple), st.from_regex(r"[0-9 .,/€%h:-]{0,20}", fullmatch=True),
)  # fmt: skip


@given(CELLS, st.sampled_from([(table.name, name) for table in tables().values() for name in table.fields]))
def test_whatever_a_cell_holds_it_is_typed_or_refused(value, where):
    table, name = where
    field = tables()[table].fields[name]
    result = verdict(field, value)
    if isinstance(result, Unfit):
        hidden = field.personal or field.audience == "restricted"
        assert result.code
        assert "value" in result.facts
        assert not hidden or result.facts["value"] == "…"
        return
    assert result is None or isinstance(
        result, {"number": Decimal, "integer": int, "boolean": bool, "array": tuple}.get(field.type, str | date | time)
    )


def verdict(field, value):
    try:
        return convert(field, value, COUNTRIES if field.codelist else None)
    except Unfit as unfit:
        return unfit
