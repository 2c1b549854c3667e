"""A number or a date that is known no better than it is written is said so in every language, and never better."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pagesof import page_of, text_of, words
from projects import checked, codes, publication

from pemdocs.data import schema
from pemdocs.data.convert import convert
from pemdocs.data.convert.unfit import Unfit
from pemdocs.knowledge.rough import RoughDate, RoughNumber, precision_of, ratio, sign_of
from pemdocs.words import language

TABLES = schema.load()
VALUE, DATE = TABLES["results"].fields["value"], TABLES["results"].fields["date"]


@pytest.mark.parametrize(
    ("typed", "sign", "number"),
    [
        ("≈ 60", "≈", 60),
        ("~60", "≈", 60),
        ("env. 1 500", "≈", 1500),
        ("environ 60", "≈", 60),
        ("> 60", ">", 60),
        ("Plus de 60", ">", 60),
        ("meer dan 29", ">", 29),
        ("< 5", "<", 5),
        ("fewer than 5", "<", 5),
        (">= 12", "≥", 12),
        ("60", "", 60),
    ],
)
def test_a_number_keeps_the_sign_it_is_written_with(typed: str, sign: str, number: int) -> None:
    found = convert(VALUE, typed)
    assert (found, sign_of(found)) == (Decimal(number), sign)


@pytest.mark.parametrize(
    ("typed", "precision", "counts"),
    [
        ("2026-03", "month", date(2026, 3, 31)),
        ("03/2026", "month", date(2026, 3, 31)),
        ("mars 2026", "month", date(2026, 3, 31)),
        ("March 2026", "month", date(2026, 3, 31)),
        ("2024", "year", date(2024, 12, 31)),
        (2024, "year", date(2024, 12, 31)),
        ("12/03/2026", "", date(2026, 3, 12)),
    ],
)
def test_a_date_keeps_what_is_known_of_it(typed: Any, precision: str, counts: date) -> None:
    found = convert(DATE, typed)
    assert (found, precision_of(found)) == (counts, precision)


@pytest.mark.parametrize("typed", ["2026-13", "13/2026", "printemps 2026", "1026"])
def test_what_is_neither_month_nor_year_is_told(typed: str) -> None:
    with pytest.raises(Unfit):
        convert(DATE, typed)


def test_another_field_takes_no_sign_and_no_month() -> None:
    for field, typed in (
        (TABLES["companies"].fields["employees"], "> 60"),
        (TABLES["meetings"].fields["date"], "2026-03"),
    ):
        with pytest.raises(Unfit):
            convert(field, typed)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["environ 60", "plus de 60", "moins de 5", "mars 2026", "2024", "environ 26 %"]),
        ("en", ["about 60", "more than 60", "fewer than 5", "March 2026", "2024", "about 26%"]),
        ("nl", ["ongeveer 60", "meer dan 60", "minder dan 5", "maart 2026", "2024", "ongeveer 26 %"]),
    ],
)
def test_they_are_said_as_roughly_as_they_are_known(lang: str, said: list[str]) -> None:
    told = [language.say_number(RoughNumber(number, sign), lang) for number, sign in ((60, "≈"), (60, ">"), (5, "<"))]
    told += [
        language.say_date(RoughDate(2026, 3, 1, "month"), lang),
        language.say_date(RoughDate(2024, 1, 1, "year"), lang),
    ]
    told.append(language.say_percent(RoughNumber("0.256", "≈"), lang))
    assert [each.replace("\u00a0", " ") for each in told] == said


def test_a_share_is_no_surer_than_what_it_is_made_of() -> None:
    more, fewer, about = (RoughNumber(29, sign) for sign in (">", "<", "≈"))
    assert [sign_of(ratio(each, Decimal(60))) for each in (more, fewer, about, Decimal(29))] == [">", "<", "≈", ""]
    assert [sign_of(ratio(Decimal(29), each)) for each in (more, fewer, about)] == ["<", ">", "≈"]
    assert sign_of(ratio(more, about)) == "≈"
    assert language.say_percent(ratio(RoughNumber(293, ">"), Decimal(600)), "en") == "more than 48%"  # 48.8


def test_they_travel_between_processes_whole() -> None:
    for each in (RoughNumber(60, ">"), RoughDate(2026, 3, 31, "month")):
        found = pickle.loads(pickle.dumps(each))  # noqa: S301
        assert (found, repr(found)) == (each, repr(each))
    later = RoughDate(2026, 3, 31, "month") + timedelta(days=1)
    assert (later, precision_of(later)) == (date(2026, 4, 1), "")  # a day that was counted is a day
    assert repr(RoughNumber(60, ">")) != repr(Decimal(60))  # so that a change of the sign makes a document stale


def test_a_report_says_them_in_tables_figures_and_dates() -> None:
    data = publication()
    data["indicators"][0]["target"] = "≈ 60"
    for row in data["results"]:
        if row["indicator"] == data["indicators"][0]["id"] and "dimension" not in row:
            row["value"] = f"> {row['value']}"
    data["milestones"][0]["start"], data["reports"][0]["submitted"] = "2026-03", "2027"
    report = checked(data)
    assert not codes(report) & {"not-a-number", "date-incomplete", "not-a-date"}
    laid = page_of(report.dataset.table("reports")[0], "final-report", ("fr",))
    told = words(laid).replace("\u00a0", " ").replace("\u202f", " ")
    assert "environ 60" in told
    assert "plus de " in told
    assert "mars 2026" in told
    assert "1er mars 2026" not in told
    assert "31 décembre 2027" not in told


def test_fewer_than_five_people_are_as_few_as_four() -> None:
    data = publication()
    data["indicators"][0]["people"] = True
    data["results"][0] |= {"indicator": data["indicators"][0]["id"], "value": "< 5"}
    assert "number-suppressed" in codes(checked(data))


def test_a_large_figure_has_the_sign_and_no_words() -> None:
    data = publication()
    data["results"] = [
        {"indicator": "IND-03", "date": "2026-10-31", "value": "> 29", "stage": "final", "source": "Page"}
    ]
    laid = page_of(checked(data).dataset.table("reports")[0], "final-report", ("fr",))
    (huge,) = [text_of(each) for each in laid.tree.iter("p") if each.get("class") == "huge"]
    assert huge.replace("\u00a0", " ") == "> 29 sur 60"
