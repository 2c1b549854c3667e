"""Find the folders that travel with the program, and the templates that a project lays over them.

Only this module knows where they lie in a checkout and in a wheel, and how many places templates come from.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from pemdocs.model import PemdocsError

PACKAGE = Path(__file__).resolve().parent

DEEPEST = 4
"""So many folders deep templates lie at the most: ``programmes/<id>/logos/<partner>/``."""


def folder(name: str) -> Path:
    """The folder ``templates``, ``schemas`` or ``examples``: in the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@lru_cache(maxsize=1)
def program() -> str:
    """The program itself as a hash: a version number would not tell that somebody mended a writer."""
    mark = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        mark.update(path.read_bytes())
    return mark.hexdigest()


@dataclass(frozen=True, slots=True)
class Templates:
    """Where the templates of a project lie: its own folder, one that it shares with others, what is shipped.

    The first place wins, piece by piece: of TOML files the single entry, of all others the whole file. It travels with
    the ``Programme``, and whatever is kept of templates is kept by it: two projects in one process never mix, and
    ``mark`` changes when a file of the project's does.
    """

    places: tuple[Path, ...]
    mark: str = ""
    without: frozenset[Path] = frozenset()
    """Files that are passed over, as if they were not there."""

    def file(self, path: str) -> Path | None:
        """The file that is valid under this path, such as ``house/macros.html``; ``None`` where there is none."""
        return next(reversed(self.files(path)), None)

    def files(self, path: str) -> tuple[Path, ...]:
        """The file of every place that has one under this path; the one that wins is the last."""
        if ".." in PurePosixPath(path).parts:
            return ()
        found = (place / path for place in reversed(self.places))
        own = tuple(file for file in found if file.is_file() and file not in self.without)
        other = self._elsewhere(path)
        return (*self.files(other), *own) if other else own

    def folders(self, path: str) -> tuple[Path, ...]:
        """The folder of every place that has one under this path; the one that wins is the first."""
        own = tuple(place / path for place in self.places if (place / path).is_dir())
        other = self._elsewhere(f"{path}/")
        return (*own, *self.folders(other.rstrip("/"))) if other else own

    def _elsewhere(self, path: str) -> str:
        """The same path in the folder that its folder says to be ``like``: what is not there is found here."""
        folder, slash, rest = path.partition("/")
        other = like(self, folder) if slash else ""
        return f"{other}/{rest}" if other else ""

    def names(self, pattern: str) -> tuple[str, ...]:
        """What the star of a pattern stands for, sorted: ``*/kind.toml`` gives the kinds. A folder is a plug-in."""
        head, tail = pattern.split("*")
        there = ((path, place) for place in self.places for path in place.glob(pattern) if path not in self.without)
        found = (path.relative_to(place).as_posix() for path, place in there)
        other = self._elsewhere(pattern)
        inherited = self.names(other) if other else ()
        return tuple(sorted({*inherited, *(each.removeprefix(head).removesuffix(tail) for each in found)}))

    def table(self, path: str) -> Mapping[str, Any]:
        """What the TOML files under this path say together; empty where there is none. Raises as ``read`` does."""
        said: dict[str, Any] = {}
        for file in self.files(path):
            said = over(said, read(file, self.shown(file)))
        return said

    def place(self, path: str, *keys: str) -> tuple[str, int]:
        """Where the value of these keys is written: the file as it is called to people, and the line; 0 where nowhere.

        The place that wins and has the first of them counts.
        """
        for file in reversed(self.files(path)):
            words = text(file, self.shown(file))
            if line := line_of(words, keys):
                return self.shown(file), line
        return self.missing(path), 0

    def missing(self, path: str) -> str:
        """How a file is called to people where it is, or where it would be: in the first place."""
        file = self.file(path)
        first = (*self.own, folder("templates"))[0]
        return f"{first.name}/{path}" if file is None else self.shown(file)

    def shown(self, file: Path) -> str:
        """How a file is called to people: by its path in the templates, ``templates/house/theme.toml``."""
        around = [place for place in self.places if file.is_relative_to(place)]
        if not around:
            return file.name
        place = min(around, key=lambda place: len(place.parts))  # a look lies inside of another place
        return f"{place.name}/{file.relative_to(place).as_posix()}"

    @property
    def own(self) -> tuple[Path, ...]:
        """The places that are the project's: all but what is shipped."""
        return tuple(
            place for place in self.places if not any(place.is_relative_to(each) for each in self._around(place))
        )

    def _around(self, place: Path) -> Iterator[Path]:
        """What is shipped, and the other places that a place may lie in."""
        yield folder("templates")
        yield from (each for each in self.places if each != place)


@lru_cache(maxsize=512)
def like(templates: Templates, folder: str) -> str:
    """The folder that another one is like, by its ``kind.toml``; empty where it stands for itself."""
    paths = (place / folder / "kind.toml" for place in templates.places)
    file = next((path for path in paths if path.is_file() and path not in templates.without), None)
    other = read(file, templates.shown(file)).get("like", "") if file else ""
    return other if isinstance(other, str) and other != folder else ""


SHIPPED = Templates((folder("templates"),))
"""What is shipped, with nothing of a project over it."""


def templates(*places: Path) -> Templates:
    """The templates of a project: those of its places that exist, the first wins, over what is shipped."""
    there = tuple(place.resolve() for place in places if place.is_dir())
    return Templates((*there, *SHIPPED.places), _mark(there)) if there else SHIPPED


def with_look(base: Templates, path: str) -> Templates:
    """The templates with a look, the folder under this path, between what is the project's and what is shipped."""
    looks = base.folders(path)
    there = (*base.places[: -len(SHIPPED.places)], *looks)
    return Templates((*there, *SHIPPED.places), _mark(there))


def _mark(places: tuple[Path, ...]) -> str:
    mark = hashlib.sha256()
    for place in places:
        for path in sorted(inside(place)):
            state = path.stat()
            mark.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\0".encode())
    return mark.hexdigest()


def inside(place: Path) -> Iterator[Path]:
    """Every file of a place that templates may lie in."""
    for depth in range(DEEPEST):
        yield from (path for path in place.glob("*/" * depth + "*") if path.is_file() and path.name[0] not in ".~")


def over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A table with another laid over it: its tables piece by piece, everything else whole."""
    said = dict(base)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(said.get(key), dict)
        said[key] = over(said[key], value) if both else value
    return said


def read(file: Path, shown: str) -> dict[str, Any]:
    """What a TOML file says. Raises ``PemdocsError`` ``template-toml`` (``file``, ``line``, ``found``) or
    ``template-unreadable``."""
    words = text(file, shown)
    try:
        return tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else len(words.rstrip().split("\n"))
        found = words.split("\n")[line - 1].strip()
        raise PemdocsError("template-toml", file=shown, line=line, found=found) from None


def text(file: Path, shown: str) -> str:
    """The text of a template. Raises ``PemdocsError``: ``template-unreadable``; ``template-encoding`` with the line."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise PemdocsError("template-unreadable", file=shown, reason=error.strerror or "") from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PemdocsError("template-encoding", file=shown, line=line) from None


def line_of(words: str, keys: tuple[str, ...]) -> int:
    """The line of a TOML text on which the value of these keys begins, or that of the nearest table around it; or 0."""
    around: tuple[str, ...] = ()
    best, depth = 0, 0
    for number, line in enumerate(words.split("\n"), start=1):
        if head := re.match(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#|$)", line):
            around = _keys(head[1])
            here = around
        elif entry := re.match(r"\s*([\w\"'.\- ]+?)\s*=", line):
            here = (*around, *_keys(entry[1]))
        else:
            continue
        if keys[: len(here)] == here and len(here) > depth:
            best, depth = number, len(here)
    return best


def _keys(written: str) -> tuple[str, ...]:
    return tuple(each.strip().strip("\"'") for each in written.split("."))
