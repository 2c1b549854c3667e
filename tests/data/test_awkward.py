"""For each type of field what people and programs leave in a cell, with what is read of it, or why nothing is."""
# ruff: noqa: E501 - the tables are read as tables

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from small import tables

from pemdocs.data.convert import Unfit, convert
from pemdocs.knowledge import locales

COUNTRIES = {
    code: {language: locales.countries(language)[code] for language in ("fr", "en", "nl")}
    for code in locales.countries("fr")
}
CURRENCIES = {code: {} for code in locales.currencies()}
D = Decimal


def answer(name: str, value: Any, currency: str = "", table: str = "companies", codes: Any = None) -> Any:
    """The typed value, or the code of the finding."""
    try:
        return convert(tables()[table].fields[name], value, codes, currency)
    except Unfit as unfit:
        return unfit.code


NUMBERS = {
    "1234": D(1234), "1 234": D(1234), "1\u00a0234,50": D("1234.50"), "1\u202f234\u202f567": D(1234567), "-5": D(-5),
    "−5,5": D("-5.5"), "–3": D(-3), "0,125": D("0.125"), "1'234'567": D(1234567), "1.234.567,8": D("1234567.8"),
    "１２": D(12), "１２，５": D("12.5"), "١٢٣": D(123), "1500¹": "not-a-number", "10²": "not-a-number", "½": "not-a-number",
    "1½": "not-a-number", "①": "not-a-number", "Ⅻ": "not-a-number", "1٢3": "not-a-number", "1２3": "not-a-number",
    "150\n200": "not-a-number", "1 200\t300": "not-a-number", "150 / 200": "not-a-number", "12 34": "not-a-number",
    "1  234": "not-a-number", "1_000": "not-a-number", "1e5": "not-a-number", "0x10": "not-a-number", "(500)": "not-a-number",
    "500-": "not-a-number", "~20": "not-a-number", "20?": "not-a-number", "≈ 20": "not-a-number", "12 kg": "not-a-number",
    "10-15": "not-a-number", "1.234": "number-ambiguous", "1,234": "number-ambiguous", "12 %": "percent-ambiguous",
    "5 ‰": "not-a-number", "1 000 F CFA": "currency-in-number", "$1500": "currency-in-number", "€ 12": "currency-in-number",
    "12 EUR": "currency-in-number", "NaN": "not-a-number", "∞": "not-a-number", True: "not-a-number",
    date(2026, 4, 3): "date-for-number", time(1, 30): "time-for-number", "": None, "\u00a0": None, 7: D(7),
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), NUMBERS.items())
def test_a_number_is_read_from_its_digits_or_not_at_all(written: Any, expected: Any) -> None:
    assert answer("turnover", written) == expected


@pytest.mark.parametrize(
    ("written", "currency", "expected"),
    [("1 500 €", "EUR", D(1500)), ("€1500", "EUR", D(1500)), ("$1500", "USD", D(1500)), ("£20", "GBP", D(20)),
     ("1 500 €", "XOF", "currency-in-number"), ("$1500", "XOF", "currency-in-number"), ("$1500", "EUR", "currency-in-number"),
     ("£20", "EUR", "currency-in-number"), ("¥20", "XOF", "currency-in-number"), ("20 ₵", "GHS", D(20)),
     ("1 500 €", "", "currency-in-number"), ("1500 FCFA", "XOF", "currency-in-number"), ("1500", "XOF", D(1500))],
)  # fmt: skip
def test_money_has_the_currency_that_stands_there(written: str, currency: str, expected: Any) -> None:
    assert answer("turnover", written, currency) == expected


WHOLE = {"3": 3, "3,0": 3, "1 200": 1200, "-4": -4, "3,5": "not-an-integer", "3½": "not-a-number", "3²": "not-a-number",
         "3 à 4": "not-a-number", "3+1": "not-a-number", "trois": "not-a-number", "12 %": "percent-ambiguous",
         "1.200": "number-ambiguous", "3 pers.": "not-a-number", D("2.0"): 2, D("2.5"): "not-an-integer"}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), WHOLE.items())
def test_a_whole_number_is_whole(written: Any, expected: Any) -> None:
    assert answer("staff", written) == expected


DAY = date(2026, 3, 1)
DATES = {
    **dict.fromkeys(
        ("2026-03-01", "2026/3/1", "01/03/2026", "1.3.2026", "01-03-2026", "1er mars 2026", "dimanche 1er mars 2026",
         "1 March 2026", "March 1, 2026", "Sunday, March 1st, 2026", "1 maart 2026", "zo 1 mrt 2026", "1-Mar-2026",
         "1\u00a0mars\u202f2026", "2026-03-01T00:00:00", DAY, datetime(2026, 3, 1)), DAY),
    "2026-03-01 14:30": "date-with-time", datetime(2026, 3, 1, 14, 30): "date-with-time", "31/02/2026": "date-impossible",
    "29/02/2027": "date-impossible", "30/02/2028": "date-impossible", "03/13/2026": "date-month-first",
    "3.4.26": "date-two-digit-year", "12 mars 26": "date-two-digit-year", "mars 2026": "date-incomplete",
    "12 mars": "date-incomplete", "03/2026": "date-incomplete", "2026": "date-incomplete", 2026: "date-incomplete",
    "lundi 1er mars 2026": "date-weekday", "12-14 mars 2026": "not-a-date", "vers le 1er mars 2026": "not-a-date",
    "1er mars 2026 ?": "not-a-date", "bientôt": "not-a-date", "N/A": "not-a-date", "12/03-2026": "not-a-date",
    45000: "date-as-number", D("45000.5"): "date-as-number", 3: "not-a-date", True: "not-a-date", time(0): "time-for-date",
    "28/02/1900": "date-out-of-range", date(1899, 12, 30): "date-out-of-range", "٠١/٠٣/٢٠٢٦": "not-a-date",
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), DATES.items())
def test_a_date_is_whole_or_it_is_none(written: Any, expected: Any) -> None:
    assert answer("founded", written) == expected


TIMES = {
    **dict.fromkeys(("14:30", "14h30", "14 h 30", "14\u00a0h\u00a030", "2:30 pm", "2.30 p.m.", "14u30", "14.30 uur",
                     "14:30:00", time(14, 30)), time(14, 30)),
    **dict.fromkeys(("9h", "9 heures", "09:00", "9 am", "9 uur"), time(9)), "12 am": time(0), "12 pm": time(12),
    "0:00": time(0), "23:59": time(23, 59),
    **dict.fromkeys(("24:00", "25:00", "14h75", "13 pm", "0 am", "matin", "midi", "14", "14:3", "14:30?", "vers 14h", "14h-15h",
                     "14:30 / 15:30", "14:30\n15:30", "1430", "14;30", "N/A", "-", 14, 1430, True), "not-a-time"),
    D("0.6041666"): "time-as-number", DAY: "date-for-time", datetime(2026, 3, 1, 9): "date-for-time",
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), TIMES.items())
def test_a_time_is_one_time_of_day(written: Any, expected: Any) -> None:
    assert answer("opens", written) == expected


ANSWERS = {
    **dict.fromkeys(("Oui", "OUI", "yes", "ja", "x", "X", "✓", "✔️", "VRAI", "TRUE", "waar", "1", 1, True, "O", "y", "oui."), True),
    **dict.fromkeys(("Non", "NO", "nee", "neen", "FAUX", "false", "onwaar", "0", 0, False, "n", "☐", "non."), False),
    **dict.fromkeys(("oui ?", "non?", "oui/non", "N/A", "s.o.", "-1", "1.0", "10", "(oui)", "oui!!", "~oui", "n°", "?", 2, "-",
                     "✗", "à voir", "nsp", D("0.5"), DAY), "not-a-boolean"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), ANSWERS.items())
def test_yes_and_no_are_said_without_a_doubt(written: Any, expected: Any) -> None:
    assert answer("exporter", written) is expected or answer("exporter", written) == expected


CODES = {
    **dict.fromkeys(("SN", "sn", "Sénégal", "SENEGAL", " sénégal ", "Senegal", "senegal.", "Sénégal,"), "SN"),
    **dict.fromkeys(("BE", "Belgique", "België", "belgium"), "BE"), "Côte d’Ivoire": "CI", "cote d'ivoire": "CI",
    "Ivoorkust": "CI", "NO": "NO", "Norvège": "NO", "Namibie": "NA", "Guinée-Bissau": "GW", "guinee bissau": "GW",
    **dict.fromkeys(("N/A", "n/a", "NA", "na", "n.a.", "s.o.", "S.O.", "SO", "so", "n.c.", "NC", "nc", "n.r.", "NR", "p.m.", "PM",
                     "pm", "do.", "do", "id.", "id", "no", "non", "in", "it", "is", "me", "my", "to", "at", "all", "-", "?", "…",
                     "Sénégal ?", "Sénégal?", "(Sénégal)", "~Sénégal", "Sénégal*", "Sénégal…", "✗ Sénégal", "Sénégal/Mali",
                     "Sénégal ou Mali", "Sénégal (?)", "à confirmer", "x", "0", "1", 0, 1, True, False, DAY, time(1)),
                    "unknown-code"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CODES.items(), ids=[repr(key) for key in CODES])
def test_a_code_comes_from_a_name_or_a_code_that_people_mean(written: Any, expected: Any) -> None:
    assert answer("country", written, codes=COUNTRIES) == expected


@pytest.mark.parametrize("written", ["x", True, False, "oui", 1, "F.", "N/A", "f?", "-", "homme/femme"])
def test_no_code_of_few_letters_is_guessed(written: Any) -> None:
    assert answer("gender", written, table="people") == "unknown-code"


@pytest.mark.parametrize(("written", "expected"), [("XOF", "XOF"), ("xof", "XOF"), ("Eur", "EUR"), ("mad", "unknown-code"),
                         ("MAD", "MAD"), ("try", "unknown-code"), ("€", "unknown-code"), ("EUR ?", "unknown-code")])  # fmt: skip
def test_a_currency_is_known_by_its_code(written: str, expected: str) -> None:
    assert answer("country", written, codes=CURRENCIES) == expected


@pytest.mark.parametrize(
    "written", ["P-01; P-02", "P-01, P-02", "P-01\nP-02", "P-01\r\nP-02", "• P-01\n• P-02", "- P-01\n- P-02", "P-01;;P-02;",
                "P–01; P–02", "P-01;P-02;P-01", " P-01 ;\u00a0P-02 ", ("P-01", "P-02"), "1. P-01\n2. P-02"],
)  # fmt: skip
def test_ids_stand_beside_or_below_each_other(written: Any) -> None:
    expected = ("1. P-01", "2. P-02") if "1." in str(written) else ("P-01", "P-02")
    assert answer("coaches", written, table="people") == expected


TEXTS = {1664: "1664", D("1664"): "1664", "_x000D_": "_x000D_", "a\tb": "a b", "12\t34": "12  34", "=1+1": "=1+1", "#": "#",
         "0012": "0012", "1e5": "1e5", D("1.5"): "decimal-for-text", True: "boolean-for-text", DAY: "date-for-text",
         time(3, 5): "time-for-text"}  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), TEXTS.items())
def test_a_text_is_what_stands_there(written: Any, expected: Any) -> None:
    assert answer("name", written) == expected


# More of each type, by the answer

MORE_WHOLE = [
    (0, ['0', '-0']),
    (7, ['007']),
    (12, [' 12 ', '12\xa0', '１２', '١٢', '12.0', '12,00', D('12')]),
    ('not-a-number', ['1٢', '1e3', '1_000', '12 00', '12-15', '12/15', '(12)', '12-', '~12', '≈ 12', '12?', '> 12', 'douze', 'XII', 'Ⅻ', '12 ½', '12 jours', '12j', '12\n13', True, 'N/A', '—', '#12', '10²']),
    ('not-an-integer', ['12,5']),
    (12000, ['12 000', '12\u202f000']),
    (1200, ["1'200"]),
    ('number-ambiguous', ['1,200']),
    (-12, ['−12']),
    ('date-for-number', [DAY]),
    ('time-for-number', [time(9)]),
    (None, ['']),
    (-3, [D('-3')]),
    ('percent-ambiguous', ['12 %']),
    ('currency-in-number', ['12 €']),
]  # fmt: skip

MORE_MONEY = [
    ('currency-in-number', [('1 500 XOF', 'XOF'), ('XOF 1500', 'XOF'), ('1 500 F CFA', 'XOF'), ('1,500.00 EUR', 'EUR'), ('1 500 euros', 'EUR'), ('1 500 EUROS', 'EUR'), ('1 500 €', 'MAD'), ('1500 dh', 'MAD'), ('1500 MAD', 'MAD'), ('1500 F', 'XOF'), ('1500 F', 'EUR'), ('1500€ 200 XOF', 'EUR'), ('1 500 000 FCFA', 'XOF'), ('1 500 000 FCFA', 'XAF')]),
    (D('1500.00'), [('1.500,00 €', 'EUR')]),
    ('not-a-number', [('1500 francs', 'XOF'), ('1 500 k€', 'EUR'), ('1,5 M€', 'EUR'), ('1500 €/mois', 'EUR'), ('1500 € TTC', 'EUR'), ('environ 1500 €', 'EUR'), ('1500-2000 €', 'EUR'), ('1500 + 200 €', 'EUR'), ('(1 500 €)', 'EUR'), ('1500 $US', 'USD'), ('US$ 1500', 'USD'), ('1500 ?', 'EUR'), ('gratuit', 'EUR'), ('-', 'EUR'), ('1500,-', 'EUR'), ('1500,- €', 'EUR'), ('1 500 millions', 'XOF'), (True, 'EUR')]),
    ('number-ambiguous', [('€ 1.500', 'EUR')]),
    (D('-1500'), [('-1 500 €', 'EUR')]),
    (D('0'), [('0 €', 'EUR')]),
    ('percent-ambiguous', [('15 %', 'EUR')]),
    (D('1500.5'), [(D('1500.5'), 'EUR')]),
]  # fmt: skip

ENUM = [
    ('female', ['female', 'FEMALE', 'Female']),
    ('unknown-code', ['femelle', 'F', 'f.', 'M', 'H', 'homme', 'x', 'X', '0', '1', 1, 0, 'oui', 'N/A', 'NA', 's.o.', '-', '?', 'female?', 'female ?', '(female)', 'female/male', 'female ou male', 'female, male', 'fem', 'femal', '✓', DAY, time(1), D('1.5')]),
    ('male', ['male', 'Male ', 'MALE', 'ma le', 'male\xa0', 'male\u200b', 'mâle', 'ｍａｌｅ']),
    (None, ['']),
]  # fmt: skip

MONIES = [
    ('unknown-code', ['€', 'EUR ?', 'EURO', 'euro', 'euros', 'F CFA', 'FCFA', 'CFA', 'X O F', 'xof/eur', '$', 'us$', 'dollar', '£', 'dh', 'mad', 'try', 'all', 'top', 'N/A', 'NA', '-', '0', 1, 'XOF?', '(XOF)', 'XOF ou EUR', 'franc suisse', 'ｘｏｆ']),
    ('XOF', ['XOF ']),
    ('USD', ['USD']),
    ('GBP', ['GBP']),
    ('MAD', ['MAD']),
    ('TRY', ['TRY']),
    ('ALL', ['ALL']),
    ('TOP', ['TOP']),
    ('CUP', ['CUP']),
    ('CHF', ['CHF', 'chf']),
]  # fmt: skip

LISTS_OF_IDS = [
    (('P-01',), ['P-01', 'p-01', 'P-01;', '; P-01', 'P-01 ; p-01', 'Ｐ-01', ('P-01',), ('P-01', 'P-01')]),
    (('P-01 / P-02',), ['P-01 / P-02']),
    (('P-01 ET P-02',), ['P-01 et P-02']),
    (('P-01 & P-02',), ['P-01 & P-02']),
    (('P-01 + P-02',), ['P-01 + P-02']),
    (('P-01 P-02',), ['P-01 P-02', 'P-01\tP-02']),
    (('P-01', 'P-02'), ['P-01 · Awa Diop; P-02 · Lies', 'P-01 · Awa Diop\nP-02', 'P 01; P 02', 'Р-01; P-02', '* P-01\n* P-02', '– P-01\n– P-02', 'P-01\u2028P-02', 'P-01;\u200bP-02']),
    (('P-01', 'P-02', 'ET P-03'), ['P-01, P-02, et P-03']),
    (('1) P-01', '2) P-02'), ['1) P-01\n2) P-02']),
    (('(P-01)',), ['(P-01)']),
    (('P-01 (AWA)',), ['P-01 (Awa)']),
    (('"P-01"', '"P-02"'), ['"P-01"; "P-02"']),
    (('[P-01', 'P-02]'), ['[P-01, P-02]']),
    (('P-01|P-02',), ['P-01|P-02']),
    (('P-٠١',), ['P-٠١']),
    (('N/A',), ['N/A']),
    (('-',), ['-']),
    (None, ['', ()]),
    (('NÉANT',), ['néant']),
    (('12',), [12]),
    (('1',), [D('1')]),
    ('boolean-for-text', [True]),
    ('date-for-text', [DAY]),
]  # fmt: skip

SINGLE_IDS = [
    ('P-01', ['P-01', 'p-01', 'Ｐ-01']),
    ('P-01;', ['P-01;']),
    ('; P-01', ['; P-01']),
    ('P-01 ; P-01', ['P-01 ; p-01']),
    ('P-01 / P-02', ['P-01 / P-02']),
    ('P-01 ET P-02', ['P-01 et P-02']),
    ('P-01 & P-02', ['P-01 & P-02']),
    ('P-01 + P-02', ['P-01 + P-02']),
    ('P-01 P-02', ['P-01 P-02', 'P-01\tP-02', 'P-01\u2028P-02']),
    ('P-01 · AWA DIOP; P-02 · LIES', ['P-01 · Awa Diop; P-02 · Lies']),
    ('P-01 · AWA DIOP P-02', ['P-01 · Awa Diop\nP-02']),
    ('P-01; P-02', ['P 01; P 02', 'Р-01; P-02']),
    ('P-01, P-02, ET P-03', ['P-01, P-02, et P-03']),
    ('* P-01 * P-02', ['* P-01\n* P-02']),
    ('-P-01-P-02', ['– P-01\n– P-02']),
    ('1) P-01 2) P-02', ['1) P-01\n2) P-02']),
    ('(P-01)', ['(P-01)']),
    ('P-01 (AWA)', ['P-01 (Awa)']),
    ('"P-01"; "P-02"', ['"P-01"; "P-02"']),
    ('[P-01, P-02]', ['[P-01, P-02]']),
    ('P-01|P-02', ['P-01|P-02']),
    ('P-01;P-02', ['P-01;\u200bP-02']),
    ('P-٠١', ['P-٠١']),
    ('N/A', ['N/A']),
    ('-', ['-']),
    (None, ['', ()]),
    ('NÉANT', ['néant']),
    ('12', [12]),
    ('1', [D('1')]),
    ('boolean-for-text', [True]),
    ('date-for-text', [DAY]),
    ('list-for-one', [('P-01',), ('P-01', 'P-01')]),
]  # fmt: skip

MORE_TEXTS = [
    ('N/A', ['N/A']),
    ('-', ['-']),
    ('?', ['?']),
    ('a', [' a ']),
    ('a\xa0b', ['a\xa0b']),
    ('a  b', ['a  b']),
    ('a\nb', ['a\r\nb', 'a\u2028b']),
    ('ab', ['a\u200bb', 'a\x00b', 'a\ufeffb']),
    ('é', ['é']),
    ('ＡＢ', ['ＡＢ']),
    ('Аwa', ['Аwa']),
    ('“x”', ['“x”']),
    ('<b>', ['<b>']),
    ('{{ x }}', ['{{ x }}']),
    ('&amp;', ['&amp;']),
    ("'=1", ["'=1"]),
    ('1,5', ['1,5']),
    ('0001', ['0001']),
    ('12/03/2026', ['12/03/2026']),
    ('VRAI', ['VRAI']),
    ('#N/A', ['#N/A']),
    ('#REF!', ['#REF!']),
    ('12345678901234567890', [12345678901234567890]),
    ('12345678901234567', [D('12345678901234567')]),
    ('0', [0]),
    ('-5', [-5]),
    ('date-for-text', [datetime(2026, 3, 1, 9)]),
    ('boolean-for-text', [False]),
    ('😀', ['😀']),
    ('a b c', ['a\tb\tc']),
    ('1  2', ['1\t2']),
    ('[1]', ['[1]']),
    ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']),
    ('_x005F_', ['_x005F_']),
    ('N° 5', ['N° 5']),
    ('50 %', ['50 %']),
    ('1er mars', ['1er mars']),
]  # fmt: skip

PLAIN_CODES = [
    ('AB12', ['AB12', 'ＡＢ12', 'АВ12']),
    ('ab12', ['ab12']),
    ('AB 12', [' AB 12 ', 'AB\xa012', 'AB\u202f12']),
    ('AB-12', ['AB‑12', 'AB–12', 'AB—12']),
    ('AB', ['A\u200bB']),
    ('A B', ['A\tB', 'A\nB', 'A  B']),
    ('AB¹', ['AB¹']),
    ('AB½', ['AB½']),
    ('٠١', ['٠١']),
    ('A#1', ['A#1']),
    ('A/1', ['A/1']),
    ('A.1', ['A.1']),
    ('A_1', ['A_1']),
    ('(AB)', ['(AB)']),
    ('“AB”', ['“AB”']),
    ('AB?', ['AB?']),
    ('N/A', ['N/A']),
    ('-', ['-']),
    (None, ['']),
    ('0012', ['0012']),
    ('12', [12]),
    ('decimal-for-text', [D('1.5')]),
    ('boolean-for-text', [True]),
    ('date-for-text', [DAY]),
    ('time-for-text', [time(1)]),
    ('1e5', ['1e5']),
    ('12.0', ['12.0']),
    ("'0012", ["'0012"]),
    ('=1', ['=1']),
    ('é', ['é']),
    ('Œ1', ['Œ1']),
    ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']),
    ('{{ x }}', ['{{ x }}']),
]  # fmt: skip


@pytest.mark.parametrize(("name", "table", "codes", "answers"), [
    ("staff", "companies", None, MORE_WHOLE), ("gender", "people", None, ENUM), ("country", "companies", CURRENCIES, MONIES),
    ("coaches", "people", None, LISTS_OF_IDS), ("company", "people", None, SINGLE_IDS), ("name", "companies", None, MORE_TEXTS),
    ("passport", "people", None, PLAIN_CODES),
], ids=["whole numbers", "choices", "currencies", "lists of ids", "single ids", "texts", "codes"])  # fmt: skip
def test_each_type_has_one_answer_to_what_people_write(name: str, table: str, codes: Any, answers: list[Any]) -> None:
    found = [
        (expected, written, answer(name, written, table=table, codes=codes))
        for expected, some in answers
        for written in some
    ]
    assert [(written, got) for expected, written, got in found if got != expected] == []
    assert len(found) >= 38


@pytest.mark.parametrize(("expected", "some"), MORE_MONEY)
def test_an_amount_is_read_where_nothing_but_its_currency_stands_beside_it(expected: Any, some: Any) -> None:
    assert {answer("turnover", written, currency) for written, currency in some} == {expected}
