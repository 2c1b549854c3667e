"""Turn ``templates/workbook/<lang>.toml`` into the words of a new workbook. Only this module reads those files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pemdocs import resources
from pemdocs.model import PemdocsError


@dataclass(frozen=True, slots=True)
class MarkingWords:
    """The words of the sheet that lists what is to be mended. ``severities`` hold the placeholder ``{count}``."""

    sheet: str
    title: str
    lead: str
    clean: str
    workbook: str
    more: str
    columns: tuple[str, ...]
    severities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """One file of words, each of its tables a mapping by the names written there.

    ``sheet`` is the name of the explanation sheet; ``title`` holds the placeholder ``{programme}``.
    """

    sheet: str
    title: str
    lead: str
    steps: Mapping[str, Any]
    legend: Mapping[str, str]
    sheets: Mapping[str, str]
    fields: Mapping[str, Any]
    stages: Mapping[str, str]
    audiences: Mapping[str, str]
    values: Mapping[str, str]
    answers: Mapping[str, str]
    entry: Mapping[str, str]
    marking: MarkingWords


def available() -> tuple[str, ...]:
    """The languages in which a workbook can be made: one file each."""
    return tuple(sorted(path.stem for path in (resources.folder("templates") / "workbook").glob("*.toml")))


@lru_cache(maxsize=8)
def load(language: str) -> WorkbookWords:
    """The words of one language. Raises ``PemdocsError`` ``no-workbook-language`` (facts: ``language``, ``known``)."""
    if language not in available():
        raise PemdocsError("no-workbook-language", language=language, known=", ".join(available()))
    path = resources.folder("templates") / "workbook" / f"{language}.toml"
    found = tomllib.loads(path.read_text("utf-8"))
    return WorkbookWords(**found | {"marking": MarkingWords(**found["marking"])})


def marking_sheets() -> tuple[str, ...]:
    """What the first cell of a list of findings says in every language: such a sheet holds no data."""
    return tuple(load(language).marking.title for language in available())


def explanation_sheets() -> tuple[str, ...]:
    """The names of the sheets that explain the workbook, in every language: they hold no data."""
    words = [load(language) for language in available()]
    return tuple(name for each in words for name in (each.sheet, str(each.fields["sheet"])))
