"""Turn a user's folder into a ``Project``. Only this module reads ``pemdocs.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pemdocs import resources
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, programme
from pemdocs.project.languages import spoken
from pemdocs.project.programme import Programme
from pemdocs.resources import Templates

FILE = "pemdocs.toml"
KEYS: Mapping[str, type] = {
    "programme": str, "workbook": str, "lang": str, "languages": list, "kinds": list, "out": str, "templates": str,
    "charter": str, "note": str, "ordinary_words": list, "example": bool,
}  # fmt: skip
"""What a project file may say: the programme, the workbook, the speech of the program, what to build in which
languages, where to, the folder of templates that it shares with other projects, the looks of its charters and notes,
names that are ordinary words too, and whether all of it is an example."""

LOOKS = {"charter": ("partnership-charter", "classic"), "note": ("learning-note", "brief")}
"""The papers of which there are several looks: their kind, and the look that they have unless told."""

TEMPLATES = "templates"
"""The folder of a project's own templates."""

SNAPSHOT = "as-of-"
"""What the folder of a snapshot is called, before its day."""

Languages = tuple[str, ...]
"""The languages of one document: one, or two side by side."""


@dataclass(frozen=True, slots=True)
class Project:
    """A working folder. ``languages`` are the versions that are built when nothing else is asked."""

    folder: Path
    workbook: Path
    programme: Programme
    lang: str
    languages: tuple[Languages, ...]
    out: Path

    def snapshot(self, day: date) -> Path:
        """The folder for the documents as they stood on another day."""
        return self.out / f"{SNAPSHOT}{day.isoformat()}"

    def snapshots(self) -> tuple[Path, ...]:
        """The folders of this sort that there are."""
        return tuple(sorted(self.out.glob(f"{SNAPSHOT}*")))


def open_project(target: Path) -> Project:
    """The project of a folder, or of a workbook: then with the settings that lie beside it, or else the defaults.

    Raises ``PemdocsError``: ``not-found``, ``no-workbook``, ``project-unreadable``, ``project-key``,
    ``project-value``, ``templates-missing``, ``unknown-programme``, ``template-lacks``, ``unknown-language``, and as
    ``resources.read`` does for a template.
    """
    try:
        there = target.exists()
    except OSError:  # a name too long to be one
        there = False
    if not there:
        raise PemdocsError("not-found", file=target.name[:80])
    folder = target if target.is_dir() else target.parent
    settings = _settings(folder / FILE)
    templates = _templates(folder, settings)
    profile = programme.load(settings.get("programme") or programme.available(templates)[0], folder, templates)
    workbook = folder / settings["workbook"] if target.is_dir() and "workbook" in settings else target
    if target.is_dir() and workbook == target:
        workbook = _only_workbook(folder)
    lang = settings.get("lang", profile.languages[0])
    spoken(lang)
    versions = tuple(versions_of(each, profile) for each in settings.get("languages") or [profile.languages[0]])
    if settings.get("kinds"):
        names = (kinds.named(each, profile.kinds, profile.templates) for each in settings["kinds"])
        profile = replace(profile, kinds=tuple(dict.fromkeys(names)))
    profile = replace(
        profile, ordinary=tuple(settings.get("ordinary_words", ())), example=settings.get("example", False)
    )
    return Project(folder, workbook, profile, lang, versions, folder / settings.get("out", "out"))


def templates_in(target: Path) -> tuple[Templates, str, Path]:
    """The templates of a project folder, whether it has a workbook or not; its programme's name, and the folder.

    Raises ``PemdocsError`` as ``open_project`` does.
    """
    try:
        there = target.exists()
    except OSError:  # a name too long to be one
        there = False
    if not there:
        raise PemdocsError("not-found", file=target.name[:80])
    folder = target if target.is_dir() else target.parent
    settings = _settings(folder / FILE)
    return _templates(folder, settings), settings.get("programme", ""), folder


def out_of(folder: Path) -> Path:
    """The output folder of a project folder, whether it has a workbook or not."""
    return folder / str(_settings(folder / FILE).get("out", "out"))


def templates_of(folder: Path, shared: str = "") -> Templates:
    """The templates of a project's folder: its own, then those of the folder that it shares with other projects."""
    if shared and not (folder / shared).is_dir():
        raise PemdocsError("templates-missing", folder=shared)
    return resources.templates(folder / TEMPLATES, *([folder / shared] if shared else []))


def _templates(folder: Path, settings: Mapping[str, Any]) -> Templates:
    """The templates of a project, with those of the looks that it has chosen."""
    found = templates_of(folder, settings.get("templates", ""))
    for paper, (kind, usual) in LOOKS.items():
        chosen = settings.get(paper, usual)
        known = found.names(f"looks/{paper}/*/{kind}/theme.toml")
        if chosen not in known:
            nearest = next(iter(get_close_matches(chosen, known, 1)), "")
            raise PemdocsError("project-look", key=paper, found=chosen, nearest=nearest, known=", ".join(known))
        if chosen != usual:
            found = resources.with_look(found, f"looks/{paper}/{chosen}")
    return found


def versions_of(written: str, profile: Programme) -> Languages:
    """The languages of one version as people write it: ``fr``, ``fr+nl``."""
    found = tuple(each.strip() for each in written.lower().split("+"))
    unknown = [each for each in found if each not in profile.languages]
    if unknown or len(found) > 2 or len(set(found)) < len(found):
        raise PemdocsError("unknown-language", language=written, known=", ".join(profile.languages))
    return found


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PemdocsError("project-unreadable", file=FILE, reason=str(error)) from error
    for key, value in settings.items():
        if key not in KEYS:
            raise PemdocsError("project-key", key=key, nearest=_nearest(key), known=", ".join(KEYS))
        texts = not isinstance(value, list) or all(isinstance(each, str) for each in value)
        if not isinstance(value, KEYS[key]) or not texts:
            raise PemdocsError("project-value", key=key)
    return settings


def _nearest(key: str) -> str:
    return next(iter(get_close_matches(key, KEYS, 1)), "")


def _only_workbook(folder: Path) -> Path:
    """The workbook of a folder whose settings name none; a JSON file counts only where there is no other."""
    there = [path for path in sorted(folder.iterdir()) if path.name[0] not in "~."]
    found = [path for path in there if path.suffix.lower() in SUFFIXES]
    found = found or [path for path in there if path.suffix.lower() == ".json"]
    if len(found) != 1:
        raise PemdocsError("no-workbook", folder=folder.resolve().name, count=len(found))
    return found[0]


SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb")
"""How a spreadsheet's name may end."""
