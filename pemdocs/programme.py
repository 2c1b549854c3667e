"""Turn a programme's profile into a ``Programme``. Only this module reads ``programme.toml`` and knows its keys."""

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
        """The codes of a list with their labels; ``countries``, ``currencies`` and ``languages`` are built in."""
        return self.codelists[name]


def available() -> tuple[str, ...]:
    """The ids of the programmes that are installed."""
    return resources.names(resources.folder("templates") / "programmes", "programme.toml")


@lru_cache(maxsize=8)
def load(programme: str) -> Programme:
    """The programme with this id. Raises ``PemdocsError`` where there is none."""
    path = resources.folder("templates") / "programmes" / programme / "programme.toml"
    if programme not in available():
        raise PemdocsError("unknown-programme", programme=programme, known=", ".join(available()))
    profile = tomllib.loads(path.read_text("utf-8"))
    languages = tuple(profile["languages"])
    return Programme(
        id=profile["id"],
        folder=path.parent,
        languages=languages,
        kinds=tuple(profile["kinds"]),
        home=profile["countries"]["home"],
        host=profile["countries"]["host"],
        codelists={**_built_in(languages, tuple(profile["currencies"])), **profile.get("codelists", {})},
        profile=profile,
    )


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
