"""Turn consents into what they allow, and a person or company into the words that stand in for the name.

Consent is specific (Regulation (EU) 2016/679, art. 4(11)): a medium or a language that is not written is not reached.
Only this module reads ``templates/house/pseudonyms``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pemdocs.model import Read, heard
from pemdocs.resources import Templates

NONE, WITHDRAWN, NOT_COVERED = "none", "consent-withdrawn", "not-covered"
ENDED, MEDIUM, LANGUAGE = "consent-ended", "consent-not-for-medium", "consent-not-for-language"

NEARNESS = (NONE, WITHDRAWN, NOT_COVERED, ENDED, MEDIUM, LANGUAGE, "")
"""The reasons why a consent does not reach, from the farthest to the nearest."""

PUBLISHED = "web"
"""The medium of what names none: whatever is for everybody ends up on the web."""

LETTERS: Mapping[str, str] = {"entrepreneur": "E", "trainee": "S", "counterpart": "P", "coach": "C", "team": "T"}
SIGNS = "0123456789BCDFGHJKMNPQRSTVWXYZ"
"""Signs of a code: no vowels, so that it never makes a word, and none that are taken for another."""

LENGTH = 4
ANY = "X"

Words = dict[str, str]
"""The same words by language."""


class Reach(NamedTuple):
    """Whether something may be printed; if not, why: one of ``NEARNESS``."""

    allowed: bool
    reason: str = ""


def reach(consents: Iterable[Any], what: str, medium: str, languages: Collection[str], on: date) -> Reach:
    """Whether one of the consents covers ``what`` in this medium, in all of these languages, on this day.

    ``what`` is a code of ``consent_covers``. A withdrawal counts whatever its date, for it is known by now.
    """
    reasons = [_reason(each, what, medium, languages, on) for each in consents]
    nearest = max(reasons, key=NEARNESS.index, default=NONE)
    return Reach(not nearest, nearest)


def _reason(consent: Any, what: str, medium: str, languages: Collection[str], on: date) -> str:
    if consent.withdrawn is not None:
        return WITHDRAWN
    if what not in (consent.covers or ()):
        return NOT_COVERED
    if (consent.until and on > consent.until) or (consent.valid_from and on < consent.valid_from):
        return ENDED
    if medium not in (consent.media or ()):
        return MEDIUM
    return "" if set(languages) <= set(consent.languages or ()) else LANGUAGE


def day(record: Any) -> date:
    """The day on which consents must hold: that of the data, but never one that is past when the document is made."""
    as_of: date = record.dataset.as_of
    return max(as_of, today())


def today() -> date:
    """The day on which the program runs."""
    return heard(Read.TODAY, None, "", clock())


def clock() -> date:
    """What the computer takes for the day: the one place that asks it."""
    return date.today()


def medium_of(case: Any) -> str:
    """The medium of a document about this record."""
    named = case.record.value("medium") if "medium" in case.table.fields else None
    return str(named or PUBLISHED)


def pseudonym(person: Any, language: str) -> str:
    """What a person is called who is not to be named, the same in every document of the programme.

    ``une entrepreneure, cohorte 1 (E-4F2K)``: role and gender as far as they are known, the cohort, and a code that is
    made from the id and the programme's id and does not lead back to them.
    """
    words = _words(language, person.dataset.programme.templates)
    role = person.role if person.role in words["who"] else "other"
    who = words["who"][role][person.gender if person.gender in ("m", "f") else "x"]
    cohort = _cohort(person, language)
    return str(words["line_of_cohort" if cohort else "line"]).format(who=who, cohort=cohort, code=code(person))


def code(person: Any) -> str:
    """The code of a person in publications: a letter for the role, and four signs."""
    told = f"{person.dataset.programme.id}\0{person.record.id}"
    number = int.from_bytes(hashlib.sha256(told.encode()).digest())
    signs = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return f"{LETTERS.get(person.role, ANY)}-{''.join(signs)}"


def _cohort(person: Any, language: str) -> str:
    for pair in person.dataset.table("partnerships"):
        if pair.cohort is not None and person in (pair.home_person, pair.host_person):
            name = str((pair.cohort.name or {}).get(language, ""))
            counted = _words(language, person.dataset.programme.templates)["counted"]
            return name[:1].lower() + name[1:] if re.match(counted, name) else name
    return ""


def description(company: Any, language: str) -> str:
    """What a company is called that is not to be named: ``une entreprise (Agroalimentaire, Dakar)``."""
    programme = company.dataset.programme
    words = _words(language, programme.templates)
    told = (programme.codelist("sectors").get(company.sector), programme.codelist("regions").get(company.region))
    about = [labels[language] for labels in told if labels and language in labels]
    return str(words["company"]).format(about=", ".join(about)) if about else str(words["company_bare"])


@lru_cache(maxsize=32)
def _words(language: str, templates: Templates) -> Mapping[str, Any]:
    return templates.table(f"house/pseudonyms/{language}.toml")
