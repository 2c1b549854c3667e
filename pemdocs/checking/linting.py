"""Turn the templates of a project into everything that is wrong with them, without a workbook and without a build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from pemdocs import resources
from pemdocs.model import Finding, PemdocsError, Severity
from pemdocs.page.proofreading import declared
from pemdocs.page.proofreading.flaws import Place, flaw, nearest, of_fault
from pemdocs.page.proofreading.kind import house, proofs
from pemdocs.project import kinds, settings
from pemdocs.project import programme as programmes
from pemdocs.project.programme import Programme
from pemdocs.resources import SHIPPED, Templates

READ = (
    "house/theme.toml", "house/house.css", "house/web.css", "house/*.html", "house/words/*.toml", "programmes/*/*",
    "visa-pack/*.toml", "looks/*/*/*/*",
)  # fmt: skip
"""The files that are read, beside those in the folder of a kind and those that are shipped under the same path."""
NOT_OURS = frozenset({"speech", "workbook"})
"""What the program says itself is not a project's."""
OF_A_KIND = (
    "kind.toml",
    "pack.toml",
    "page.html",
    "page.css",
    "web.css",
    "theme.toml",
    "theme-two.toml",
    "wording/*.toml",
    "*.html",
    "*.docx",
)
PASSED_OVER = ("*.md", "*.txt", "LICENSE*", "README*", "Thumbs.db", "desktop.ini")
"""What may lie anywhere."""


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found in templates, by file and line, and how many kinds of documents were read."""

    findings: tuple[Finding, ...]
    kinds: int

    @property
    def clean(self) -> bool:
        """Whether nothing needs mending."""
        return not self.findings

    def __repr__(self) -> str:
        return f"<Linted {self.kinds} kinds: {len(self.findings)} findings>"


def lint(target: Path | str = "") -> Linted:
    """Check every layout, wording, theme and profile that a project builds with; without a target what is shipped.

    Each finding has a ``file`` and a ``line``, and its facts what was ``found`` and the ``nearest`` name there is::

        for finding in pemdocs.lint("my-cohort").findings:
            print(finding.file, finding.line, finding)

    Raises ``PemdocsError`` where the folder or its ``pemdocs.toml`` cannot be read.
    """
    templates, named, folder = (SHIPPED, "", Path()) if target == "" else settings.templates_in(Path(target))
    found = [*_files(templates)]
    templates = readable(templates)
    programme = _programme(named, folder, templates, found)
    found += _overrides(templates)
    found += _profiles(programme)
    there = kinds.available(templates)
    for kind in there:
        found += _of_kind(kind, programme)
    found += _caught(lambda: house(templates, programme))
    once = {(each.code, each.file, each.line, str(sorted(each.facts.items()))): each for each in found}
    return Linted(tuple(sorted(once.values(), key=lambda each: (each.file, each.line, each.code))), len(there))


def _programme(named: str, folder: Path, templates: Templates, found: list[Finding]) -> Programme:
    """The programme of the project; where it is not as it should be, that is found, and the one that comes along."""
    try:
        return programmes.load(named or programmes.available(templates)[0], folder, templates)
    except PemdocsError as fault:
        if not fault.code.startswith("template-"):
            raise
        found.append(of_fault(fault))
    shipped = named if named in programmes.available() else programmes.available()[0]
    return replace(programmes.load(shipped), templates=templates)


def _of_kind(kind: str, programme: Programme) -> list[Finding]:
    """What is wrong with one kind."""

    def read() -> Iterator[Finding]:
        loaded = kinds.load(kind, programme.templates)
        wrong = list(declared.flaws(loaded))
        yield from wrong
        if not any(each.code == "template-choice" for each in wrong):
            yield from proofs(loaded, programme)

    return _caught(read)


def _caught(read: Any) -> list[Finding]:
    """What is found, or the fault that keeps from reading on."""
    found: list[Finding] = []
    try:
        for each in read():
            found.append(each)
    except PemdocsError as fault:
        if not fault.code.startswith("template-"):
            raise
        found.append(of_fault(fault))
    return found


# Files


def _files(templates: Templates) -> Iterator[Finding]:
    """The project's files that nothing reads, and those that cannot be read."""
    for place in templates.own:
        for path in sorted(resources.inside(place)):
            name, shown = path.relative_to(place).as_posix(), templates.shown(path)
            if any(fnmatch(path.name, each) for each in PASSED_OVER):
                continue
            stray = _stray(name, shown, templates)
            if stray is not None:
                yield stray
            elif path.suffix == ".toml":
                yield from _caught(lambda path=path, shown=shown: (resources.read(path, shown), ())[1])


def readable(templates: Templates) -> Templates:
    """The templates without the project's TOML files that cannot be read: what they break must not hide the rest."""
    broken = set()
    for place in templates.own:
        for path in resources.inside(place):
            try:
                if path.suffix == ".toml":
                    resources.read(path, "")
            except PemdocsError:
                broken.add(path)
    return replace(templates, without=frozenset(broken))


def _stray(name: str, shown: str, templates: Templates) -> Finding | None:
    """The finding on a file that nothing reads."""
    first, _, rest = name.partition("/")
    namesake = first not in NOT_OURS and SHIPPED.file(name) is not None
    if namesake or any(fnmatch(name, each) for each in READ):
        return None
    known = (*kinds.available(templates), *templates.names("*/pack.toml"))
    if first in known or not rest or first in ("house", programmes.FOLDER):
        if first in known and any(fnmatch(rest, each) and rest.count("/") == each.count("/") for each in OF_A_KIND):
            return None
        possible = [f"{first}/{each}" for each in OF_A_KIND if "*" not in each] if first in known else []
        possible += [each for each in READ if "*" not in each]
        possible += [f"{first}/wording/{Path(name).name}"] if name.endswith(".toml") else []
        near = nearest(name, possible) or nearest(f"house/{name}", possible)
        return flaw("template-stray", Place(shown, 0), Severity.WARNING, found=name, nearest=near)
    place = Place(shown.removesuffix(f"/{rest}"), 0)
    return flaw("template-folder", place, found=first, nearest=nearest(first, known))


# What is laid over what is shipped


def _overrides(templates: Templates) -> Iterator[Finding]:
    """Words of the house that are filled in otherwise, and keys that are nearly those of what lies below."""
    for place in templates.own:
        below = Templates(templates.places[templates.places.index(place) + 1 :])
        for path in sorted(set(resources.inside(place)) - templates.without):
            name = path.relative_to(place).as_posix()
            if fnmatch(name, "house/*/*.toml") or fnmatch(name, f"{programmes.FOLDER}/*/{programmes.FILE}"):
                yield from _caught(lambda name=name, path=path, below=below: _against(name, path, below, templates))


def _against(name: str, path: Path, below: Templates, templates: Templates) -> Iterator[Finding]:
    shown, base = templates.shown(path), below.table(name)
    words = resources.text(path, shown)
    for keys, value, beside in _entries(resources.read(path, shown), base, ()):
        place = Place(shown, resources.line_of(words, keys))
        near = nearest(keys[-1], beside)
        if keys[-1] not in beside and near and "codelists" not in keys:
            yield flaw("template-key", place, Severity.WARNING, found=".".join(keys), nearest=near,
                       known=", ".join(beside))  # fmt: skip
        usual = beside.get(keys[-1])
        if isinstance(value, str) and isinstance(usual, str) and name.startswith("house/"):
            asked = re.findall(r"\{\w*\}", usual)
            if sorted(set(re.findall(r"\{\w*\}", value))) != sorted(set(asked)):
                yield flaw("template-placeholder", place, found=".".join(keys), known=", ".join(asked) or "–")


def _entries(
    own: Mapping[str, Any], base: Mapping[str, Any], head: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Mapping[str, Any]]]:
    """Every entry of a table with its keys, its value, and the table that it is laid over."""
    for key, value in own.items():
        if base:
            yield (*head, key), value, base
        inner = base.get(key)
        if isinstance(value, Mapping) and isinstance(inner, Mapping):
            yield from _entries(value, inner, (*head, key))


# The profile


def _profiles(programme: Programme) -> Iterator[Finding]:
    """The kinds and the logos that the profile names and that there are not."""
    templates = programme.templates
    path = f"{programmes.FOLDER}/{programme.folder.name}/{programmes.FILE}"
    known = (*kinds.available(templates), *(kinds.load(each, templates).place for each in _sound(templates)))
    for each in programme.kinds:
        if each not in known:
            yield flaw("template-choice", Place(*templates.place(path, "kinds")), key="kinds", found=each,
                       nearest=nearest(each, known), known=", ".join(dict.fromkeys(known)))  # fmt: skip
    for partner in programme.profile.get("partners", ()):
        name = partner.get("logo")
        if name and programme.file(name) is None:
            files = [file.name for file in programme.folder.rglob("*") if file.is_file()]
            place = Place(*templates.place(path, "partners"))
            yield flaw("template-logo", place, found=name, nearest=nearest(PurePosixPath(name).name, files))


def _sound(templates: Templates) -> Iterator[str]:
    """The kinds that can be loaded."""
    for each in kinds.available(templates):
        try:
            kinds.load(each, templates)
        except PemdocsError:
            continue
        yield each
