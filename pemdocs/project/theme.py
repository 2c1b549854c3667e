"""Turn ``theme.toml`` into a ``Theme``. Only this module knows how the house style is written down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pemdocs import resources
from pemdocs.model import PemdocsError
from pemdocs.resources import Templates

TABLES = ("colour", "font", "size", "page", "space", "align")
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
    but ``space["line"]``, which is a factor on the size; ``align`` is left, center or right.
    """

    colour: Mapping[str, str]
    font: Mapping[str, Font]
    size: Mapping[str, float]
    page: Mapping[str, float]
    space: Mapping[str, float]
    align: Mapping[str, str]


def of(templates: Templates, kind: str = "") -> Theme:
    """The theme of a kind, or of the house: what is shipped, what the project sets otherwise, what the kind does."""
    return load(*templates.files("house/theme.toml"), *templates.files(f"{kind}/theme.toml"))


def load(path: Path, *overrides: Path) -> Theme:
    """Read a theme; files of ``overrides`` that exist replace single entries of it.

    Raises ``PemdocsError`` ``theme-invalid`` (facts: ``file``, ``entry``), and as ``resources.read`` does.
    """
    data = _read(path)
    tables = {name: dict(_table(data, name, path.name)) for name in TABLES}
    for further in overrides:
        for name, entries in _read(further).items() if further.is_file() else ():
            if name not in tables or not isinstance(entries, dict):
                raise PemdocsError("theme-invalid", file=further.name, entry=name)
            tables[name] |= entries
    return Theme(
        colour=_freeze({name: _colour(path.name, name, entry) for name, entry in tables["colour"].items()}),
        font=_freeze({name: _font(path.name, name, entry) for name, entry in tables["font"].items()}),
        size=_numbers(path.name, "size", tables["size"]),
        page=_numbers(path.name, "page", tables["page"]),
        space=_numbers(path.name, "space", tables["space"]),
        align=_freeze({name: _side(path.name, name, entry) for name, entry in tables["align"].items()}),
    )


def _read(path: Path) -> dict[str, object]:
    return resources.read(path, path.name)


def _table(data: Mapping[str, object], name: str, file: str) -> dict[str, object]:
    table = data.get(name)
    if not isinstance(table, dict):
        raise PemdocsError("theme-invalid", file=file, entry=name)
    return table


def _colour(file: str, name: str, entry: object) -> str:
    if not (isinstance(entry, str) and _HEX.fullmatch(entry)):
        raise PemdocsError("theme-invalid", file=file, entry=f"colour.{name}")
    return entry


def _side(file: str, name: str, entry: object) -> str:
    if entry not in SIDES:
        raise PemdocsError("theme-invalid", file=file, entry=f"align.{name}")
    return str(entry)


def _font(file: str, name: str, entry: object) -> Font:
    match entry:
        case {"word": str(word), "pdf": str(pdf)}:
            return Font(word=word, pdf=pdf)
    raise PemdocsError("theme-invalid", file=file, entry=f"font.{name}")


def _numbers(file: str, table: str, entries: Mapping[str, object]) -> Mapping[str, float]:
    return _freeze({name: _number(file, f"{table}.{name}", entry) for name, entry in entries.items()})


def _number(file: str, entry: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PemdocsError("theme-invalid", file=file, entry=entry)
    return float(value)


def _freeze(entries: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(entries)
