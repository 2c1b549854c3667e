"""Look up what a function is told the name of: sentences, words of the house, texts of the profile, figures, lists.

All of it is the project's where that lays something of its own over what is shipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from pemdocs.page.proofreading.kind import CHARTS
from pemdocs.page.view import localised
from pemdocs.project.kinds import Kind
from pemdocs.project.programme import Programme
from pemdocs.words import language
from pemdocs.writing.own.lint.flaws import nearest

PROFILE = "profile"


def absent(function: str, name: str, kind: Kind, programme: Programme) -> tuple[str, dict[str, str]] | None:
    """The code and the facts of what is wrong where a function knows no such name; ``None`` where it does."""
    if function == PROFILE:
        return _off_path(name.split("."), localised(programme.folder, kind.templates, programme.languages[0]))
    if function == "logo":
        return None if programme.file(name) else ("template-logo", _told(PurePosixPath(name).name, _files(programme)))
    code, known = _known(function, kind, programme)
    if not code or name in known:
        return None
    told = {"key": name} if function == "say" else {"found": name}
    return code, {**told, "nearest": nearest(name, known)}


def _known(function: str, kind: Kind, programme: Programme) -> tuple[str, Iterable[str]]:
    """What a function may be told, and the code of what is wrong where it is told something else."""
    if function == "say":
        return "tag-no-sentence", {name for words in kind.wording.values() for name in words}
    if function == "house":
        return "template-house", language.house_words(programme.languages[0], kind.templates)
    if function == "chart":
        return "template-chart", CHARTS
    return ("template-codelist", programme.codelists) if function == "legend" else ("", ())


def _off_path(path: list[str], profile: Any) -> tuple[str, dict[str, str]] | None:
    """Where a dotted path leaves the profile."""
    part = profile
    for at, step in enumerate(path):
        if not isinstance(part, Mapping) or step not in part:
            near = nearest(step, part) if isinstance(part, Mapping) else ""
            right = ".".join([*path[:at], near, *path[at + 1 :]]) if near else ""
            return "template-profile", {"found": ".".join(path), "nearest": right}
        part = part[step]
    return None


def _files(programme: Programme) -> list[str]:
    return [path.name for path in programme.folder.rglob("*") if path.is_file()]


def _told(name: str, known: Iterable[str]) -> dict[str, str]:
    return {"found": name, "nearest": nearest(name, known)}
