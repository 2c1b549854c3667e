"""Turn consents into what they allow, and a person or company into the words that stand in for the name.

Consent is specific (Regulation (EU) 2016/679, art. 4(11)): a medium or a language that is not written is not reached.
Only this module reads ``templates/house/pseudonyms``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pemdocs.consent import groups
from pemdocs.model import Read, heard
from pemdocs.resources import Templates

NONE, WITHDRAWN, NOT_COVERED = "none", "consent-withdrawn", "not-covered"
ENDED, MEDIUM, LANGUAGE = "consent-ended", "consent-not-for-medium", "consent-not-for-language"

NEARNESS = (NONE, WITHDRAWN, NOT_COVERED, ENDED, MEDIUM, LANGUAGE, "")
"""The reasons why a consent does not reach, from the farthest to the nearest."""

PUBLISHED = "web"
"""The medium of what names none: whatever is for everybody ends up on the web."""

SOCIAL = "social"
"""The medium that cards are for."""

NOTHING = "nothing"
"""What a refusal covers: it stands in the workbook, so that nobody asks again or takes silence for a yes."""

LETTERS: Mapping[str, str] = {"entrepreneur": "E", "trainee": "S", "counterpart": "P", "coach": "C", "team": "T"}
ANY = "X"

Words = dict[str, str]
"""The same words by language."""

Media = tuple[str, ...]
"""Where something appears: codes of ``media``."""


class Reach(NamedTuple):
    """Whether something may be printed; if not, why: one of ``NEARNESS``."""

    allowed: bool
    reason: str = ""


def reach(
    consents: Iterable[Any],
    what: str,
    media: Media,
    languages: Collection[str],
    days: tuple[date, date],
    item: str = "",
) -> Reach:
    """Whether one of the consents covers ``what`` in all of these media and languages, on these days.

    ``what`` is a code of ``consent_covers``. It must be given by the first of the ``days`` and last until the second. A
    withdrawal counts whatever its date, for it is known by now. A consent that names texts or pictures covers only
    those: ``item`` is the id of the one that is asked for.
    """
    reasons = [_reason(each, what, media, languages, days, item) for each in consents]
    nearest = max(reasons, key=NEARNESS.index, default=NONE)
    return Reach(not nearest, nearest)


def _reason(
    consent: Any, what: str, media: Media, languages: Collection[str], days: tuple[date, date], item: str
) -> str:
    if consent.withdrawn is not None:
        return WITHDRAWN
    covers = consent.covers or ()
    if what not in covers or NOTHING in covers or (consent.only and item not in consent.only):
        return NOT_COVERED
    if (consent.until and days[1] > consent.until) or (consent.valid_from and days[0] < consent.valid_from):
        return ENDED
    if not set(media) <= set(consent.media or ()):
        return MEDIUM
    return "" if set(languages) <= set(consent.languages or ()) else LANGUAGE


def days(record: Any) -> tuple[date, date]:
    """The days on which consents must hold: today, and the day of the data if it is later."""
    as_of: date = record.dataset.as_of
    return today(), max(as_of, today())


def day(record: Any) -> date:
    """The later one of these days."""
    return days(record)[1]


def today() -> date:
    """The day on which the program runs."""
    return heard(Read.TODAY, None, "", clock())


def clock() -> date:
    """What the computer takes for the day: the one place that asks it."""
    return date.today()


def media_of(case: Any) -> Media:
    """The media of a document about this record."""
    named = case.record.value("medium") if "medium" in case.table.fields else None
    return tuple(named) if isinstance(named, tuple) and named else (PUBLISHED,)


def pseudonym(person: Any, language: str) -> str:
    """What a person is called who is not to be named, the same in every document of the programme.

    ``une entrepreneure, cohorte 1 (E-4F2K)``: of role, gender and cohort what at least five people share, and a code
    that was drawn by lot; without one as long as none was.
    """
    words = _words(language, person.dataset.programme.templates)
    cohort = _cohort(person, language) if "cohort" in groups.told("person", person) else ""
    line = str(words["line_of_cohort" if cohort else "line"])
    line = line.format(who=who(person, language), cohort=cohort, code=code(person))
    return line if code(person) else line.replace(" ()", "")


def who(person: Any, language: str) -> str:
    """What a person is, as far as at least five are: ``une entrepreneure``."""
    words, told = _words(language, person.dataset.programme.templates), groups.told("person", person)
    sort = person.role if "role" in told and person.role in words["who"] else "other"
    gender = person.gender if "gender" in told and person.gender in ("m", "f") else "x"
    return str(words["who"][sort][gender])


def code(person: Any) -> str:
    """The code of a person in publications: a letter for the role, and the signs that were drawn; or nothing."""
    drawn = person.dataset.pseudonym(person.record.id)
    letter = LETTERS.get(person.role, ANY) if "role" in groups.told("person", person) else ANY
    return f"{letter}-{drawn}" if drawn else ""


def _cohort_of(person: Any) -> Any:
    pairs = person.dataset.table("partnerships")
    found = (each.cohort for each in pairs if person in (each.home_person, each.host_person))
    return next((each for each in found if each is not None), None)


def _cohort(person: Any, language: str) -> str:
    cohort = _cohort_of(person)
    name = str((cohort.name or {}).get(language, "")) if cohort is not None else ""
    counted = _words(language, person.dataset.programme.templates)["counted"]
    return name[:1].lower() + name[1:] if re.match(counted, name) else name


def description(company: Any, language: str) -> str:
    """What a company is called that is not to be named, by what at least five share: ``une entreprise (Dakar)``."""
    programme = company.dataset.programme
    words = _words(language, programme.templates)
    traits = groups.told("company", company)
    told = (
        programme.codelist("sectors").get(company.sector) if "sector" in traits else None,
        programme.codelist("regions").get(company.region) if "region" in traits else None,
    )
    about = [labels[language] for labels in told if labels and language in labels]
    return str(words["company"]).format(about=", ".join(about)) if about else str(words["company_bare"])


def function_of(function: str, company: Any, language: str) -> str:
    """What somebody does in a company that is not to be named: ``gérante d’une entreprise (Dakar)``."""
    small = function[:1].lower() + function[1:] if function[1:2].islower() else function
    said = str(_words(language, company.dataset.programme.templates)["function_of"])
    return said.format(function=small, company=description(company, language))


@lru_cache(maxsize=32)
def _words(language: str, templates: Templates) -> Mapping[str, Any]:
    return templates.table(f"house/pseudonyms/{language}.toml")
