"""Turn the templates that a kind is made with into marks, one for each part that a person may have changed.

Only this module knows which file of the templates belongs to which part.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pemdocs import resources
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import FOLDER, Programme
from pemdocs.resources import Templates

LAYOUT, WORDING, THEME, PROFILE = "layout", "wording", "theme", "profile"
RULES, FIELDS, PROGRAM, CONVERTER = "rules", "fields", "program", "converter"

UNREAD = frozenset({"workbook"})
"""The folders of templates of which no page is made."""


def parts(kind: Kind, programme: Programme) -> dict[str, str]:
    """The mark of each part that the pages of a kind are made of, beside the data."""
    return {
        **_of_converter(kind),
        **_of_templates((kind.id, kind.like), kind.faulty, kind.templates),
        PROFILE: _of_profile(programme.id, programme.folder, kind.templates),
        FIELDS: _of_fields(),
        PROGRAM: resources.program(),
    }


def _of_converter(kind: Kind) -> dict[str, str]:
    """Who makes PDFs of Word files, for the kinds that are such."""
    if not kind.by_word:
        return {}
    from pemdocs.writing.own import converting  # what most kinds do not need

    return {CONVERTER: converting.maker()}


def everything(programme: Programme) -> str:
    """One mark for all that documents are made with: program, schemas, every template, the profile."""
    templates = programme.templates
    told = [resources.program(), _of_fields(), _of_profile(programme.id, programme.folder, templates)]
    return _together([*told, *(f"{path}\0{mark}" for path, mark in sorted(_files(templates).items()))])


@lru_cache(maxsize=256)
def _of_templates(own: tuple[str, str], telling: bool, templates: Templates) -> Mapping[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, mark in _files(templates).items():
        part = _part(path.split("/"), own, telling)
        if part:
            found[part].append(f"{path}\0{mark}")
    return {part: _together(found[part]) for part in (LAYOUT, WORDING, THEME, RULES)}


def _part(steps: list[str], own: tuple[str, str], telling: bool) -> str:
    """The part that a file belongs to, by its path; nothing where it is of no folder of this kind."""
    folder, name = steps[0], steps[-1]
    if folder in UNREAD or folder == FOLDER:
        return ""
    if name == "theme.toml":
        return THEME if folder in (*own, "house") else ""
    if folder in own:
        return WORDING if "wording" in steps else RULES if name.endswith(".toml") else LAYOUT
    if folder == "speech":  # what the check says is told by some papers
        return WORDING if telling else ""
    if folder == "house":
        return WORDING if name.endswith(".toml") else LAYOUT
    # Which papers there are, and what they need, other papers tell of.
    return RULES if name.endswith(".toml") and len(steps) == 2 else ""


@lru_cache(maxsize=8)
def _files(templates: Templates) -> Mapping[str, str]:
    """The mark of every file under its path, with that of what it lies over."""
    found: dict[str, list[str]] = defaultdict(list)
    for place in templates.places:
        for path in sorted(resources.inside(place)):
            found[path.relative_to(place).as_posix()].append(_mark(path))
    return {path: _together(marks) for path, marks in found.items()}


@lru_cache(maxsize=8)
def _of_profile(programme: str, folder: Path, templates: Templates) -> str:
    own = [f"{path}\0{mark}" for path, mark in _files(templates).items() if path.startswith(f"{FOLDER}/{programme}/")]
    beside = [f"{path.name}\0{_mark(path)}" for path in sorted(resources.inside(folder))]
    return _together([*own, *beside])


@lru_cache(maxsize=1)
def _of_fields() -> str:
    return _together([_mark(path) for path in sorted(_schemas())])


def _schemas() -> Iterator[Path]:
    yield from resources.folder("schemas").glob("*.json")


def _mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _together(marks: list[str]) -> str:
    return hashlib.sha256("\0".join(marks).encode()).hexdigest()[:16]
