"""Turn a programme's profile into a ``Programme``. Only this module reads it and knows its keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from pemdocs import resources
from pemdocs.model import PemdocsError
from pemdocs.schema import Words

NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
"""Territories of CLDR that ISO 3166-1 does not assign to a country; neither does it those that begin with Q or X,
but Qatar."""

Codelist = Mapping[str, Words]
"""The allowed codes of a field, each with its label per language."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The profile of one mobility programme. ``profile`` is the whole file, for wording and layouts."""

    id: str
    folder: Path
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    home: str
    host: str
    codelists: Mapping[str, Codelist]
    profile: Mapping[str, Any]

    def codelist(self, name: str) -> Codelist:
        """The codes of a list with their labels.

        ``countries``, ``currencies`` and ``languages`` are built in, ``consent_covers`` and ``media`` are the house's.
        """
        return self.codelists[name]


@lru_cache(maxsize=1)
def available() -> tuple[str, ...]:
    """The ids of the programmes that are installed; first the one whose profile says ``default``, meant where none is
    named."""
    names = resources.names(_folder(), "programme.toml")
    return tuple(sorted(names, key=lambda name: not _profile(name).get("default", False)))


@lru_cache(maxsize=8)
def load(programme: str) -> Programme:
    """The programme with this id. Raises ``PemdocsError`` where there is none."""
    if programme not in available():
        raise PemdocsError("unknown-programme", programme=programme, known=", ".join(available()))
    profile = _profile(programme)
    languages = tuple(profile["languages"])
    return Programme(
        id=profile["id"],
        folder=_folder() / programme,
        languages=languages,
        kinds=tuple(profile["kinds"]),
        home=profile["countries"]["home"],
        host=profile["countries"]["host"],
        codelists={
            **_built_in(languages, tuple(profile["currencies"])),
            **_of_the_house(),
            **profile.get("codelists", {}),
        },
        profile=profile,
    )


def _folder() -> Path:
    return resources.folder("templates") / "programmes"


def _profile(programme: str) -> dict[str, Any]:
    return tomllib.loads((_folder() / programme / "programme.toml").read_text("utf-8"))


def _of_the_house() -> dict[str, Codelist]:
    """The lists that every programme shares: what a consent covers, and the media."""
    path = resources.folder("templates") / "house" / "codelists.toml"
    return dict(tomllib.loads(path.read_text("utf-8")))


def _built_in(languages: tuple[str, ...], currencies: tuple[str, ...]) -> dict[str, Codelist]:
    locales = {language: Locale.parse(language) for language in languages}
    countries = sorted(filter(_is_country, map(str, locales[languages[0]].territories)))
    return {
        "countries": {
            code: {language: locale.territories.get(code, code) for language, locale in locales.items()}
            for code in countries
        },
        "currencies": {code: dict.fromkeys(languages, code) for code in currencies},
        "languages": {
            code: {language: locale.languages.get(code, code) for language, locale in locales.items()}
            for code in languages
        },
    }


def _is_country(code: str) -> bool:
    """Whether a territory of Babel is a country: two letters, and not set aside for private use but for Qatar."""
    return code == "QA" or (len(code) == 2 and code.isalpha() and code[0] not in "QX" and code not in NO_COUNTRIES)
