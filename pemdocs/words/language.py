"""Say a typed value in a language: dates, times, numbers, money, codes.

Only this module knows how each language writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pemdocs.data.schema import Field
from pemdocs.knowledge import calendars, identifiers, locales
from pemdocs.knowledge.rough import YEAR, precision_of, sign_of, to_percent
from pemdocs.knowledge.typography import NBSP, typeset
from pemdocs.model import Value
from pemdocs.project.programme import Programme
from pemdocs.resources import SHIPPED, Templates
from pemdocs.words.naming import say_name, say_place

TAGS = {"fr": "fr-FR", "en": "en-GB", "nl": "nl-BE"}


@lru_cache(maxsize=64)
def house_words(language: str, templates: Templates = SHIPPED) -> Mapping[str, Any]:
    """The words that every kind of document shares, in this language."""
    return templates.table(f"house/words/{language}.toml")


def _locale(language: str, templates: Templates) -> str:
    return str(house_words(language, templates)["locale"])


def say_date(value: date, language: str, templates: Templates = SHIPPED) -> str:
    """A date in full: ``1er mars 2026``, ``12 March 2026``, ``12 maart 2026``; no-break between day and month."""
    if precision_of(value):
        return say_rough_date(value, language, templates)
    text = locales.write_date(value, "d MMMM y", _locale(language, templates))
    day, rest = text.split(" ", 1)
    return f"{house_words(language, templates)['ordinal_first'] if value.day == 1 else day}{NBSP}{rest}"


def say_rough_date(value: date, language: str, templates: Templates = SHIPPED, *, short: bool = False) -> str:
    """A month or a year, as much as is known of a date: ``mars 2026``, ``2026``."""
    months = "MMM y" if short else "MMMM y"
    pattern = "y" if precision_of(value) == YEAR else months
    return locales.write_date(value, pattern, _locale(language, templates)).replace(" ", NBSP)


def say_short_date(value: date, language: str, templates: Templates = SHIPPED) -> str:
    """A date for tables: ``12 mars 2026``, ``12 Mar 2026``, ``12 mrt 2026``, all spaces no-break."""
    if precision_of(value):
        return say_rough_date(value, language, templates, short=True)
    text = locales.write_date(value, "d MMM y", _locale(language, templates))
    day, rest = text.split(" ", 1)
    first = house_words(language, templates)["ordinal_first"] if value.day == 1 else day
    return f"{first} {rest}".replace(" ", NBSP)


def say_period(start: date, end: date | None, language: str, templates: Templates = SHIPPED) -> str:
    """A span as short as it can be: ``3–7 mars 2026``, ``28 mars – 4 avr. 2026``; one day is one date."""
    if end is None or end == start:
        return say_short_date(start, language, templates)
    if precision_of(start) or precision_of(end):
        first, last = (say_short_date(each, language, templates) for each in (start, end))
        return first if first == last else f"{first}{NBSP}– {last}"
    text = locales.write_interval(start, end, "yMMMd", _locale(language, templates))
    if start.day == 1 or end.day == 1:
        text = re.sub(r"(?<!\d)1(?=\D)(?!er)", str(house_words(language, templates)["ordinal_first"]), text)
    return text.replace("\u2009", NBSP)


def say_digits(value: date) -> str:
    """A date in digits, which readers of every language here read alike: ``28/06/2026``; of a month ``06/2026``."""
    if precision_of(value):
        return f"{value:%Y}" if precision_of(value) == YEAR else f"{value:%m/%Y}"
    return f"{value:%d/%m/%Y}"


def say_digit_period(start: date, end: date | None) -> str:
    """A span in digits, as short as it can be: ``28/06 – 11/07/2026``; one day is one date."""
    if end is None or end == start:
        return say_digits(start)
    first = f"{start:%d/%m}" if start.year == end.year else say_digits(start)
    return f"{first}{NBSP}– {say_digits(end)}"


def say_start(start: date, end: date, language: str, templates: Templates = SHIPPED) -> str:
    """The first day of a span, without what its last day says again: ``22 mars`` before ``4 avril 2026``."""
    text = say_date(start, language, templates)
    if start.year != end.year:
        return text
    text = text.removesuffix(f" {start.year}")
    return text.split(NBSP, 1)[0] if start.month == end.month else text


def say_month(value: date, language: str, templates: Templates = SHIPPED) -> str:
    """A month of a calendar, short: ``mars``, ``Mar``, ``mrt``."""
    return locales.write_date(value, "LLL", _locale(language, templates))


def say_weekday_letter(value: date, language: str, templates: Templates = SHIPPED) -> str:
    """The letter of a day of the week in a calendar: ``L``."""
    return locales.write_date(value, "ccccc", _locale(language, templates))


def say_weekday(value: date, language: str, templates: Templates = SHIPPED) -> str:
    """The day of the week: ``lundi``."""
    return locales.write_date(value, "EEEE", _locale(language, templates))


def say_time(value: time, language: str, templates: Templates = SHIPPED) -> str:
    """A time: ``14 h 30`` in French, ``14:30`` elsewhere."""
    if language == "fr":
        return f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}" if value.minute else f"{value.hour}{NBSP}h"
    return f"{value.hour:02d}:{value.minute:02d}"


def say_number(value: int | Decimal, language: str, templates: Templates = SHIPPED) -> str:
    """A number with the language's marks and all its decimals: ``1 234,5``, ``1,234.5``, ``1.234,5``.

    One that is known no better says so: ``environ 60``, ``more than 60``.
    """
    said = locales.write_number(value, _locale(language, templates))
    return _roughly(said, value, language, templates)


def _roughly(said: str, value: object, language: str, templates: Templates) -> str:
    """A number with the words of its sign, if it has one."""
    sign = sign_of(value)
    return str(house_words(language, templates)["rough"][sign]).format(number=said) if sign else said


def say_percent(share: Decimal, language: str, templates: Templates = SHIPPED) -> str:
    """A share as whole percent: 0.256 is ``26 %``; English writes ``26%``."""
    pattern = "#,##0%" if language == "en" else f"#,##0{NBSP}%"
    rounded = to_percent(share) if sign_of(share) else share
    return _roughly(locales.write_percent(rounded, pattern, _locale(language, templates)), share, language, templates)


def say_money(value: int | Decimal, currency: str, language: str, templates: Templates = SHIPPED) -> str:
    """An amount with its currency, decimals only where there are any: ``48 500 000 F CFA``, ``€ 1.234,50``.

    No decimal is rounded away: where there are more than the currency has, all are said.
    """
    usual = value == round(Decimal(value), locales.decimals(currency)) and value != int(value)
    text = locales.write_money(value, currency, _locale(language, templates), rounded=usual)
    if value == int(value):
        text = re.sub(r"[.,]00(?!\d)", "", text)
    text = _roughly(text, value, language, templates)
    return re.sub(r"(?<=[^\W\d_])(?=\d)", NBSP, text)


def say_country(code: str, language: str, templates: Templates = SHIPPED) -> str:
    """The name of a country by its ISO code: ``Sénégal``, ``Senegal``; a code that is none is said as it is."""
    return locales.territory(code, language)


def say_holiday(country: str, day: date, language: str, templates: Templates = SHIPPED) -> str:
    """The name of a country's holiday, ``Tabaski``; empty where the day is none."""
    own: Mapping[str, str] = house_words(language, templates)["holidays"]
    names = calendars.holidays_of(country, day.year).get(day, "").split("; ")
    if all(name in own for name in names):
        return ", ".join(own[name] for name in names)
    return calendars.holidays_of(country, day.year, language).get(day, "")


def say_nationality(country: str, language: str, templates: Templates = SHIPPED) -> str:
    """A nationality as an adjective: ``sénégalaise``, ``Senegalese``; the country's name where none is known."""
    known = _nationalities(templates).get(country, {})
    return str(known.get(language) or say_country(country, language, templates))


@lru_cache(maxsize=8)
def _nationalities(templates: Templates) -> Mapping[str, Mapping[str, str]]:
    return templates.table("house/nationalities.toml")


def say_code(code: str, field: Field, programme: Programme, language: str) -> str:
    """The label of a code; a code without a label in this language is said as it is."""
    labels = field.labels if field.enum else programme.codelist(field.codelist)
    return str(labels.get(code, {}).get(language, code))


def say(value: Value, field: Field, programme: Programme, language: str, currency: str = "", country: str = "") -> str:
    """Any typed value of a field in a language; a text comes back as it is, prose with the language's spaces."""
    if isinstance(value, bool):
        return str(house_words(language, programme.templates)["yes" if value else "no"])
    if isinstance(value, date):
        return say_date(value, language, programme.templates)
    if isinstance(value, time):
        return say_time(value, language)
    if isinstance(value, int | Decimal):
        return _amount(value, field, programme, currency, language)
    if isinstance(value, tuple):
        return ", ".join(say(each, field, programme, language) for each in value)
    return _words(str(value), field, programme, language, country)


def _amount(value: int | Decimal, field: Field, programme: Programme, currency: str, language: str) -> str:
    if field.money and currency:
        return say_money(value, currency, language, programme.templates)
    return str(value) if field.name.endswith("year") else say_number(value, language, programme.templates)


def _words(value: str, field: Field, programme: Programme, language: str, country: str) -> str:
    if field.said == "nationality":
        return say_nationality(value, language, programme.templates)
    if field.coded:
        return say_code(value, field, programme, language)
    if field.said == "name":
        value = say_name(value, language, programme.languages[0], people=field.personal, templates=programme.templates)
    if field.said == "place":
        value = say_place(value, language, programme.templates)
    if field.format:
        return identifiers.written(field.format, value, country)
    return typeset(value, language)
