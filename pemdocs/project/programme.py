"""Turn a programme's profile into a ``Programme``. Only this module reads it and knows its keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pemdocs import resources
from pemdocs.knowledge import locales
from pemdocs.model import PemdocsError, Words
from pemdocs.project import kinds
from pemdocs.resources import SHIPPED, Templates

FOLDER, FILE = "programmes", "programme.toml"
OPTIONAL = frozenset({"default", "tables", "examples", "facts", "terminology", "retention", "publication"})
"""What a profile need not have."""

Codelist = Mapping[str, Words]
"""The allowed codes of a field, each with its label per language."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The profile of one mobility programme. ``profile`` is the whole file, for wording and layouts.

    ``templates`` are those that everything of the programme is made with. ``tables``: those that a new workbook has
    sheets for, empty where it has all. ``examples``: what stands in its example rows instead of the schemas' own
    examples, by table and field. ``ordinary``: names that a project declares to be ordinary words too. ``example``:
    what the project tells is made up, and each of its pages says so.
    """

    id: str
    folder: Path
    templates: Templates
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    tables: tuple[str, ...]
    examples: Mapping[str, Mapping[str, Any]]
    home: str
    host: str
    codelists: Mapping[str, Codelist]
    profile: Mapping[str, Any]
    ordinary: tuple[str, ...] = ()
    example: bool = False

    def codelist(self, name: str) -> Codelist:
        """The codes of a list with their labels.

        ``countries``, ``currencies`` and ``languages`` are built in, ``consent_covers`` and ``media`` are the house's.
        """
        return self.codelists[name]

    def file(self, name: str) -> Path | None:
        """A file beside the profile, such as a logo: the project's own, else the one that came with the profile."""
        for folder in (*self.templates.folders(f"{FOLDER}/{self.id}"), self.folder):
            path = (folder / name).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                return path
        return None


@lru_cache(maxsize=32)
def available(templates: Templates = SHIPPED) -> tuple[str, ...]:
    """The ids of the programmes that there are; first the one whose profile says ``default``, meant where none is
    named."""
    names = templates.names(f"{FOLDER}/*/{FILE}")
    return tuple(sorted(names, key=lambda name: not _profile(name, templates).get("default", False)))


def load(programme: str, beside: Path | None = None, templates: Templates = SHIPPED) -> Programme:
    """The programme with this id, or that of the folder of this name: relative to ``beside``, else to where one is.

    Raises ``PemdocsError``: ``unknown-programme``, ``template-lacks``, and as ``resources.read`` does.
    """
    if programme in available(templates):
        return read(templates.folders(f"{FOLDER}/{programme}")[-1], templates)
    if not programme or not ((beside or Path()) / programme / FILE).is_file():
        raise PemdocsError("unknown-programme", programme=programme, known=", ".join(available(templates)))
    return read(((beside or Path()) / programme).resolve(), templates)


@lru_cache(maxsize=32)
def read(folder: Path, templates: Templates = SHIPPED) -> Programme:
    """The programme whose profile lies in this folder, with what the templates change of it.

    Raises ``PemdocsError`` as ``load`` does.
    """
    installed = folder in templates.folders(f"{FOLDER}/{folder.name}")
    profile = _profile(folder.name, templates) if installed else resources.read(folder / FILE, FILE)
    lacking = next(_lacking(profile), "")
    if lacking:
        raise _lack(lacking, folder, templates if installed else None)
    languages = tuple(profile["languages"])
    return Programme(
        id=profile["id"],
        folder=folder,
        templates=templates,
        languages=languages,
        kinds=_kinds(profile, templates),
        tables=tuple(profile.get("tables", ())),
        examples=profile.get("examples", {}),
        home=profile["countries"]["home"],
        host=profile["countries"]["host"],
        codelists={
            **_built_in(languages, tuple(profile["currencies"])),
            **templates.table("house/codelists.toml"),
            **profile.get("codelists", {}),
        },
        profile=profile,
    )


def _lack(key: str, folder: Path, templates: Templates | None) -> PemdocsError:
    """The fault of a profile that lacks a key, at the table where it should stand."""
    keys = tuple(key.split(".")[:-1]) or (key,)
    if templates is not None:
        file, line = templates.place(f"{FOLDER}/{folder.name}/{FILE}", *keys)
    else:
        file, line = FILE, resources.line_of(resources.text(folder / FILE, FILE), keys)
    return PemdocsError("template-lacks", file=file, line=line, found=key)


def _kinds(profile: Mapping[str, Any], templates: Templates) -> tuple[str, ...]:
    """The kinds that the profile names, then those that the project has of its own, which it need not name."""
    named = tuple(profile["kinds"])
    return (*named, *(kind for kind in kinds.own(templates) if kind not in named))


def _profile(programme: str, templates: Templates) -> Mapping[str, Any]:
    return templates.table(f"{FOLDER}/{programme}/{FILE}")


def _lacking(profile: Mapping[str, Any]) -> Iterator[str]:
    """The keys, dotted, that a profile must have and has not: those of the first installed one, with its own codes."""
    model = _profile(available()[0], SHIPPED)
    known, languages = model["languages"], profile.get("languages")
    if not isinstance(languages, list) or not languages or not all(each in known for each in languages):
        yield "languages"
        return
    words, country = model["name"], model["countries"][model["countries"]["home"]]
    own = {side: _inside(profile, "countries").get(side, "") for side in ("home", "host")}
    levels = _inside(profile, "codelists", "recommendation_levels")
    report = {**model["report"], "levels": {**model["report"]["levels"], "meaning": dict.fromkeys(levels, words)}}
    shape = {key: value for key, value in model.items() if key not in OPTIONAL} | {
        "countries": {**dict.fromkeys(own, ""), **{str(code): country for code in own.values()}},
        "codelists": {name: dict.fromkeys(_inside(profile, "codelists", name), words) for name in model["codelists"]},
        "report": report,
    }
    yield from _missing(shape, profile, known, languages, "")


def _inside(value: Any, *path: str) -> Mapping[str, Any]:
    """The table at a path; an empty one where there is none."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _missing(shape: Any, value: Any, known: list[str], languages: list[str], path: str) -> Iterator[str]:
    """Where a value has another form than its model; texts by language are wanted in the profile's own languages."""
    if not isinstance(value, type(shape)):
        yield path
    elif isinstance(shape, dict):
        spoken = bool(shape) and set(shape) <= set(known)
        model = dict.fromkeys(languages, next(iter(shape.values()))) if spoken else shape
        for key, inner in model.items():
            yield from _missing(inner, value.get(key), known, languages, f"{path}.{key}".lstrip("."))
    elif isinstance(shape, list) and all(isinstance(each, dict) for each in shape):
        common = {key: each for key, each in shape[0].items() if all(key in other for other in shape)}
        for number, entry in enumerate(value, 1):
            yield from _missing(common, entry, known, languages, f"{path} {number}")


def _built_in(languages: tuple[str, ...], currencies: tuple[str, ...]) -> dict[str, Codelist]:
    named = {language: locales.countries(language) for language in languages}
    return {
        "countries": {
            code: {language: names.get(code, code) for language, names in named.items()} for code in named[languages[0]]
        },
        "currencies": {code: dict.fromkeys(languages, code) for code in currencies},
        "languages": {code: {language: locales.tongue(code, language) for language in languages} for code in languages},
    }
