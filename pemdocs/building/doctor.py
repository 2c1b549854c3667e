"""Turn this computer into what it can do for a project, and what it lacks. Nothing is changed.

Each organ has its words in ``templates/speech``: ``doctor.pango.lacks`` is said where Pango is not found.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

from pemdocs.knowledge import systems
from pemdocs.model import PemdocsError
from pemdocs.project import programme, theme
from pemdocs.project.settings import open_project
from pemdocs.project.theme import Theme
from pemdocs.writing import engine
from pemdocs.writing.own import converting

WELL, LACKS, OPTIONAL = STATES = "well", "lacks", "optional"
"""There; not there, so that documents fail or look otherwise; not there, and needed only by who wants what it does."""

EXTRAS = {"sign": ("pyhanko", "pypdfium2", "zxing-cpp"), "web": ("starlette", "uvicorn"), "cluster": ("distributed",)}
"""What may be installed besides, by the name of the extra, with the packages that it consists of."""


@dataclass(frozen=True, slots=True)
class Organ:
    """One thing that documents need: its name, its state, and the facts that its sentence tells."""

    name: str
    state: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def doctor(target: Path | str = "") -> tuple[Organ, ...]:
    """Look at Python, Pango, typefaces, LibreOffice, Word templates, extras, and the right to write, in this order.

    ``target`` is the project whose theme and output folder count; without it the house's theme, and no folder. Of a
    project that cannot be opened the organ ``project`` says why. No measure is taken for longer than a page needs.
    """
    return tuple(_organs(Path(target) if target else None))


def _organs(target: Path | None) -> Iterator[Organ]:
    yield Organ("python", WELL, {"version": platform.python_version(), "program": version("pemdocs")})
    yield _pango()
    house, folder, wrong = _project(target)
    if engine.starts():
        yield _typefaces(house)
    maker = converting.maker()
    yield Organ(
        "libreoffice", WELL if maker == converting.LIBREOFFICE else OPTIONAL, {"install_office": systems.here()}
    )
    yield Organ("word", WELL, {"version": version("docxtpl")})
    yield from (_extra(name, packages) for name, packages in EXTRAS.items())
    if wrong:
        yield wrong
    if folder is not None:
        yield _rights(folder)


def _pango() -> Organ:
    if not engine.starts():
        return Organ("pango", LACKS, {"install_pango": systems.here()})
    return Organ("pango", WELL, {"version": version("weasyprint")})


def _project(target: Path | None) -> tuple[Theme, Path | None, Organ | None]:
    """The theme and the output folder of a project, and what is wrong where it cannot be opened."""
    shipped = programme.load(programme.available()[0]).templates
    if target is None:
        return theme.of(shipped), None, None
    try:
        project = open_project(target)
        return theme.of(project.programme.templates), project.out, None
    except PemdocsError as fault:
        return theme.of(shipped), None, Organ("project", LACKS, {"why": fault})


def _typefaces(house: Theme) -> Organ:
    """Whether each family that the theme names for PDFs is found."""
    families = dict.fromkeys(each.pdf for each in house.font.values())
    missing = [family for family in families if not engine.has_typeface(family)]
    return Organ("typefaces", LACKS if missing else WELL, {"names": ", ".join(missing or families)})


def _extra(name: str, packages: tuple[str, ...]) -> Organ:
    missing = [package for package in packages if not _installed(package)]
    return Organ(name, OPTIONAL if missing else WELL, {"python": sys.executable})


def _installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _rights(out: Path) -> Organ:
    """Whether a file can be made where documents go: in the folder, or in the nearest one above that is there."""
    there = next(folder for folder in (out, *out.absolute().parents) if folder.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            return Organ("rights", WELL, {"folder": str(out)})
    except OSError:
        return Organ("rights", LACKS, {"folder": str(out)})
