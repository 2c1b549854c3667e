"""Public holidays have their names in each language, and say which of them are estimated."""

from __future__ import annotations

from datetime import date

import pytest

from pemdocs.knowledge import calendars
from pemdocs.words import language

TABASKI = date(2027, 5, 16)


def test_holidays_of_both_countries_are_known() -> None:
    assert calendars.holidays_of("BE", 2026)[date(2026, 7, 21)] == "National Day"
    assert calendars.holidays_of("SN", 2026)[date(2026, 4, 4)] == "Independence Day"
    assert date(2026, 4, 4) not in calendars.holidays_of("BE", 2026)


def test_a_country_that_nobody_knows_has_none() -> None:
    assert calendars.holidays_of("XX", 2026) == {}
    assert calendars.estimated_holidays("XX", 2026) == frozenset()


def test_feasts_of_the_moon_are_estimated_and_their_names_do_not_say_so() -> None:
    names = {calendars.holidays_of("SN", 2027)[day] for day in calendars.estimated_holidays("SN", 2027)}
    assert {"Eid al-Adha", "Grand Magal of Touba"} <= names
    assert not calendars.estimated_holidays("BE", 2027)


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "Tabaski"), ("en", "Tabaski (Eid al-Adha)"), ("nl", "Tabaski (Offerfeest)")]
)
def test_a_holiday_is_said_as_people_say_it(lang: str, said: str) -> None:
    assert language.say_holiday("SN", TABASKI, lang) == said
    assert language.say_holiday("SN", date(2027, 5, 17), lang).startswith(f"{said}, ")


def test_a_holiday_without_a_name_of_the_house_has_that_of_the_package() -> None:
    assert language.say_holiday("CI", date(2026, 11, 15), "fr") == "Journée Nationale de la Paix"
    assert language.say_holiday("BE", date(2026, 7, 22), "fr") == ""
