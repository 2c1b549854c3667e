"""Dates, times, numbers and money as each language says them, to the last space."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pemdocs.data import schema
from pemdocs.model import Value
from pemdocs.project import languages, programme
from pemdocs.words import language

LANGUAGES = languages.available()
PROGRAMME = programme.load(programme.available()[0])
N, NN = "\u00a0", "\u202f"

dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))
decimals = st.decimals(-(10**12), 10**12, allow_nan=False, places=3)


def each(fr: str, en: str, nl: str) -> list[tuple[str, str]]:
    """What the three languages say."""
    return [("fr", fr), ("en", en), ("nl", nl)]


def table(*rows: tuple[object, list[tuple[str, str]]]) -> list[tuple[object, str, str]]:
    return [(value, lang, words) for value, said in rows for lang, words in said]


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        (date(2026, 3, 1), each(f"1er{N}mars 2026", f"1{N}March 2026", f"1{N}maart 2026")),
        (date(2026, 8, 12), each(f"12{N}août 2026", f"12{N}August 2026", f"12{N}augustus 2026")),
        (date(1985, 12, 31), each(f"31{N}décembre 1985", f"31{N}December 1985", f"31{N}december 1985")),
    ),
)
def test_a_date_in_full(value: date, lang: str, words: str) -> None:
    assert language.say_date(value, lang) == words


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        (date(2026, 3, 1), each(f"1er{N}mars{N}2026", f"1{N}Mar{N}2026", f"1{N}mrt{N}2026")),
        (date(2026, 4, 12), each(f"12{N}avr.{N}2026", f"12{N}Apr{N}2026", f"12{N}apr{N}2026")),
    ),
)
def test_a_date_in_a_table(value: date, lang: str, words: str) -> None:
    assert language.say_short_date(value, lang) == words


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        ((3, 3, 3, 7), each("3–7 mars 2026", "3–7 Mar 2026", "3–7 mrt 2026")),
        ((3, 1, 3, 7), each("1er–7 mars 2026", "1–7 Mar 2026", "1–7 mrt 2026")),
        ((3, 11, 3, 21), each("11–21 mars 2026", "11–21 Mar 2026", "11–21 mrt 2026")),
        (
            (3, 28, 4, 1),
            each(f"28 mars{N}–{N}1er avr. 2026", f"28 Mar{N}–{N}1 Apr 2026", f"28 mrt{N}–{N}1 apr 2026"),
        ),
        ((3, 1, 3, 1), each(f"1er{N}mars{N}2026", f"1{N}Mar{N}2026", f"1{N}mrt{N}2026")),
    ),
)
def test_a_period_is_as_short_as_it_can_be(value: tuple[int, int, int, int], lang: str, words: str) -> None:
    first, last = date(2026, *value[:2]), date(2026, *value[2:])
    assert language.say_period(first, last, lang) == words


def test_a_period_over_the_new_year_names_both_years() -> None:
    assert language.say_period(date(2026, 12, 28), date(2027, 1, 1), "fr") == f"28 déc. 2026{N}–{N}1er janv. 2027"


def test_a_period_without_an_end_is_its_first_day() -> None:
    assert language.say_period(date(2026, 3, 2), None, "nl") == f"2{N}mrt{N}2026"


@given(dates, st.integers(0, 500), st.sampled_from(LANGUAGES))
def test_a_period_names_its_two_days_and_its_years(start: date, days: int, lang: str) -> None:
    end = start + timedelta(days=days)
    numbers = {int(number) for number in re.findall(r"\d+", language.say_period(start, end, lang))}
    assert numbers == {start.day, end.day, start.year, end.year}


@given(dates, st.sampled_from(LANGUAGES))
def test_a_date_keeps_its_day_month_and_year(value: date, lang: str) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", language.say_date(value, lang))]
    assert numbers == [value.day, value.year]
    months = {language.say_date(value.replace(day=1, month=month), lang) for month in range(1, 13)}
    assert len(months) == 12


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        (time(14, 30), each(f"14{N}h{N}30", "14:30", "14:30")),
        (time(9, 5), each(f"9{N}h{N}05", "09:05", "09:05")),
        (time(16), each(f"16{N}h", "16:00", "16:00")),
        (time(0), each(f"0{N}h", "00:00", "00:00")),
    ),
)
def test_a_time(value: time, lang: str, words: str) -> None:
    assert language.say_time(value, lang) == words


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        (1234567, each(f"1{NN}234{NN}567", "1,234,567", "1.234.567")),
        (Decimal("1234.5"), each(f"1{NN}234,5", "1,234.5", "1.234,5")),
        (Decimal("0.123456789"), each("0,123456789", "0.123456789", "0,123456789")),
        (Decimal(14), each("14", "14", "14")),
        (0, each("0", "0", "0")),
    ),
)
def test_a_number(value: int | Decimal, lang: str, words: str) -> None:
    assert language.say_number(value, lang) == words


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        (Decimal("0.256"), each(f"26{N}%", "26%", f"26{N}%")),
        (Decimal("1.5"), each(f"150{N}%", "150%", f"150{N}%")),
        (Decimal(0), each(f"0{N}%", "0%", f"0{N}%")),
    ),
)
def test_a_share(value: Decimal, lang: str, words: str) -> None:
    assert language.say_percent(value, lang) == words


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    table(
        (
            (5400000, "MAD"),
            each(f"5{NN}400{NN}000{N}MAD", f"MAD{N}5,400,000", f"MAD{N}5.400.000"),
        ),
        (
            (48500000, "XOF"),
            each(f"48{NN}500{NN}000{N}F{NN}CFA", f"F{NN}CFA{N}48,500,000", f"F{NN}CFA{N}48.500.000"),
        ),
        ((Decimal("0.5"), "XOF"), each(f"0,50{N}F{NN}CFA", f"F{NN}CFA{N}0.50", f"F{NN}CFA{N}0,50")),
        ((1170, "EUR"), each(f"1{NN}170{N}€", "€1,170", f"€{N}1.170")),
        ((Decimal("1234.5"), "EUR"), each(f"1{NN}234,50{N}€", "€1,234.50", f"€{N}1.234,50")),
        ((Decimal("1234.50"), "EUR"), each(f"1{NN}234,50{N}€", "€1,234.50", f"€{N}1.234,50")),
        ((Decimal("0.125"), "EUR"), each(f"0,125{N}€", "€0.125", f"€{N}0,125")),
        ((0, "EUR"), each(f"0{N}€", "€0", f"€{N}0")),
    ),
)
def test_an_amount(value: tuple[Decimal, str], lang: str, words: str) -> None:
    assert language.say_money(*value, lang) == words


def read_back(words: str, lang: str) -> Decimal:
    """The number that a reader of the language reads."""
    bare = re.sub(r"[^\d,.-]", "", words)
    mark = "." if lang == "en" else ","
    return Decimal("".join("." if each == mark else each for each in bare if each.isdigit() or each in {mark, "-"}))


@given(decimals, st.sampled_from(("XOF", "EUR")), st.sampled_from(LANGUAGES))
def test_no_amount_is_changed_by_saying_it(value: Decimal, currency: str, lang: str) -> None:
    assert read_back(language.say_money(value, currency, lang), lang) == value


@given(decimals, st.sampled_from(LANGUAGES))
def test_no_number_is_changed_by_saying_it(value: Decimal, lang: str) -> None:
    assert read_back(language.say_number(value, lang), lang) == value


def say(table: str, name: str, value: Value, lang: str, currency: str = "", country: str = "") -> str:
    return language.say(value, schema.load()[table].fields[name], PROGRAMME, lang, currency, country)


@pytest.mark.parametrize(
    ("field", "value", "lang", "words"),
    [
        ("charters.consent_names", True, "fr", "Oui"),
        ("charters.consent_names", False, "nl", "Nee"),
        ("companies.created", date(2019, 4, 15), "fr", f"15{N}avril 2019"),
        ("meetings.start", time(10), "fr", f"10{N}h"),
        ("companies.turnover_year", 2025, "fr", "2025"),
        ("companies.employees", 1200, "fr", f"1{NN}200"),
        ("companies.country", "SN", "nl", "Senegal"),
        ("companies.country", "BE", "fr", "Belgique"),
        ("companies.language", "nl", "en", "Dutch"),
        ("companies.currency", "XOF", "en", "XOF"),
        ("people.gender", "unheard-of", "en", "unheard-of"),
        ("companies.ninea", "0012345672G3", "fr", "001234567 2G3"),
        ("companies.kbo", "1000000120", "nl", "1000.000.120"),
        ("companies.name", "Fonio d'Exemple : « le vrai »", "fr", f"Fonio d’Exemple{N}: «{NN}le vrai{NN}»"),
        ("companies.activity", "Farines ; biscuits", "fr", f"Farines{NN}; biscuits"),
    ],
)
def test_a_field_is_said_by_its_type(field: str, value: Value, lang: str, words: str) -> None:
    table, name = field.split(".")
    assert say(table, name, value, lang) == words


def test_an_amount_is_said_with_its_currency_where_there_is_one() -> None:
    assert say("companies", "turnover", Decimal(1250), "fr", "EUR") == f"1{NN}250{N}€"
    assert say("companies", "turnover", Decimal(1250), "fr") == f"1{NN}250"


def test_a_local_phone_number_is_said_for_the_world() -> None:
    assert say("companies", "phone", "77 100 00 14", "fr", country="SN") == "+221 77 100 00 14"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_house_words(lang: str) -> None:
    assert language.house_words(lang).keys() == language.house_words("fr").keys()
    assert language.house_words(lang)["mark"].keys() == set(LANGUAGES)
    assert lang in language.TAGS


@pytest.mark.parametrize(
    ("field", "typed", "lang", "said_"),
    [
        ("logistics.contact", "Accueil, +32 9 300 01 71", "en", "Front desk, +32 9 300 01 71"),
        ("logistics.provider", "Verblijf Dampoort, Gent", "fr", "Verblijf Dampoort, Gand"),
        ("logistics.payer", "Programme", "nl", "Programma"),
        ("activities.participants", "Les deux entrepreneures, le coach", "en", "Both entrepreneurs, the coach"),
        ("meetings.host_name", "Projectteam, Brussel", "fr", "Équipe projet, Bruxelles"),
        ("trainings.provider", "Incubateur Accueil", "en", "Incubateur Accueil"),
    ],
)
def test_what_stands_in_the_place_of_a_name_is_said_in_the_language_and_names_stay(
    field: str, typed: str, lang: str, said_: str
) -> None:
    table, name = field.split(".")
    assert language.say(typed, schema.load()[table].fields[name], programme.load("pem-wecco"), lang) == said_
