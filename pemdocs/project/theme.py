"""Turn ``theme.toml`` into a ``Theme``. Only this module knows how the house style is written down."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pemdocs import resources
from pemdocs.model import PemdocsError
from pemdocs.resources import Templates

TABLES = ("colour", "font", "size", "page", "space", "align", "frame", "fit")
SIDES = ("left", "center", "right")
T = TypeVar("T")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Font:
    """One typeface under its two names: ``word`` is the one that Office has, ``pdf`` its free twin of equal widths."""

    word: str
    pdf: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The house style, each table of the file a mapping by the names written there.

    ``colour`` is ``#rrggbb``; ``size`` is points; ``page`` is millimetres; ``space`` is points,
    but ``space["line"]``, which is a factor on the size; ``align`` is left, center or right. ``frame``: the points of
    the lines around the sheet, on each side ``lines`` of them, ``distance`` millimetres from the edge of the paper.
    ``fit``: so many ``pages`` at the most (0: as many as it takes), for which ``air`` may grow and ``type`` shrink to
    these factors, ``reserve`` millimetres of each staying empty.
    """

    colour: Mapping[str, str]
    font: Mapping[str, Font]
    size: Mapping[str, float]
    page: Mapping[str, float]
    space: Mapping[str, float]
    align: Mapping[str, str]
    frame: Mapping[str, float]
    fit: Mapping[str, float]

    def at(self, type: float, air: float) -> Theme:
        """The same with the type and the spaces between paragraphs so many times as large; room to sign stays.

        Sizes are whole or half points, for Word knows no others.
        """
        size = {name: math.floor(points * type * 2) / 2 for name, points in self.size.items()}
        space = {name: points * (1 if name in FIXED else air) for name, points in self.space.items()}
        return replace(self, size=_freeze(size), space=_freeze(space))


FIXED = frozenset({"line", "cell", "apart", "signature"})
"""What of ``space`` no sheet stretches or shrinks."""


def of(templates: Templates, kind: str = "", *, two: bool = False) -> Theme:
    """The theme of a kind, or of the house: what is shipped, what the project sets otherwise, what the kind does.

    A kind may set something else again for ``two`` languages side by side.

    Raises ``PemdocsError`` as ``load`` does.
    """
    names = ("house/theme.toml", f"{kind}/theme.toml", f"{kind}/theme-two.toml")
    files = (file for name in names[: 3 if two else 2] for file in templates.files(name))
    return load(*files, shown=templates.shown)


def load(path: Path, *overrides: Path, shown: Callable[[Path], str] = lambda path: path.name) -> Theme:
    """Read a theme; the ``overrides`` replace single entries of it.

    Raises ``PemdocsError``: ``template-lacks`` for a table that is missing; ``template-key`` for an entry that no theme
    has; ``template-value`` for one of the wrong form; and as ``resources.read`` does.
    """
    read = {file: resources.read(file, shown(file)) for file in (path, *overrides)}
    base = read[path]
    for name in TABLES:
        if not isinstance(base.get(name), dict):
            raise PemdocsError("template-lacks", file=shown(path), found=name)
    tables = {name: dict(base[name]) for name in TABLES}
    for file, said in read.items():
        for name, entry, value in _entries(said, file, shown(file), tables):
            tables[name][entry] = value
    return Theme(
        colour=_freeze(tables["colour"]),
        font=_freeze({name: Font(**entry) for name, entry in tables["font"].items()}),
        size=_numbers(tables["size"]),
        page=_numbers(tables["page"]),
        space=_numbers(tables["space"]),
        align=_freeze(tables["align"]),
        frame=_numbers(tables["frame"]),
        fit=_numbers(tables["fit"]),
    )


def _entries(
    said: Mapping[str, Any], file: Path, shown: str, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str, Any]]:
    """What a theme sets: table, entry, value; a fault for what no theme has, or not in this form."""

    def fault(code: str, *keys: str, **facts: object) -> PemdocsError:
        line = resources.line_of(resources.text(file, shown), keys)
        return PemdocsError(code, file=shown, line=line, found=".".join(keys), **facts)

    for name, entries in said.items():
        if name not in TABLES:
            near = next(iter(get_close_matches(name, TABLES, 1)), "")
            raise fault("template-key", name, nearest=near, known=", ".join(TABLES))
        if not isinstance(entries, dict):
            raise fault("template-value", name, expected="dict")
        for entry, value in entries.items():
            if entry not in known[name]:
                near = next(iter(get_close_matches(entry, known[name], 1)), "")
                raise fault("template-key", name, entry, nearest=near, known=", ".join(known[name]))
            if not FORMS[name](value):
                raise fault("template-value", name, entry, expected=name)
            yield name, entry, value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_font(value: object) -> bool:
    return (
        isinstance(value, dict) and value.keys() == {"word", "pdf"} and all(isinstance(v, str) for v in value.values())
    )


FORMS: Mapping[str, Callable[[Any], bool]] = {
    "colour": lambda value: isinstance(value, str) and _HEX.fullmatch(value) is not None,
    "font": _is_font,
    "size": _is_number,
    "page": _is_number,
    "space": _is_number,
    "align": lambda value: value in SIDES,
    "frame": _is_number,
    "fit": _is_number,
}
"""How the entries of each table are written."""


def _numbers(entries: Mapping[str, Any]) -> Mapping[str, float]:
    return _freeze({name: float(value) for name, value in entries.items()})


def _freeze(entries: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(entries)
